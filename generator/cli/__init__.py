"""The command line: parse, call one function, print. The only part that prints or exits."""

import sys
import time
from pathlib import Path
from typing import Any

import click

from generator import __version__, pipeline
from generator.cli.bench import bench_command
from generator.cli.blindspots import blindspots_command
from generator.cli.check import check_command
from generator.cli.evaluate import evaluate_command
from generator.cli.ingest import ingest_command
from generator.cli.new import new_command
from generator.cli.options import CONTENT, options
from generator.cli.output import Output, count, program
from generator.cli.stats import stats_command
from generator.core import config, resources
from generator.core.errors import FaultyError, TesseraeError
from generator.core.store import Store, default_root
from generator.pipeline import BuildRequest, Outcome
from generator.publish import dev_server, output

MAKING = ("content", "out", "base_url", "encoder", "limit", "jobs", "strict")


def main() -> None:
    """Run the command line; without a command it builds."""
    words = sys.argv[1:]
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help", "--version")):
        words = ["build", *words]
    commands.main(args=words)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="Tesserae")
def commands() -> None:
    """Build a website of visual matches from a folder of artworks. Without a command, build."""


commands.add_command(bench_command)
commands.add_command(blindspots_command)
commands.add_command(check_command)
commands.add_command(evaluate_command)
commands.add_command(ingest_command)
commands.add_command(new_command)
commands.add_command(stats_command)


@commands.command("build")
@options(*MAKING)
def build_command(**given: Any) -> None:
    """Build the site."""
    voice = Output(given)
    with voice:
        _build(_request(given), voice)


@commands.command("serve")
@options(*MAKING, "port")
def serve_command(**given: Any) -> None:
    """Build and serve the site on this machine, and rebuild it when a file changes."""
    voice = Output(given)
    with voice:
        request = _request(given)
        settings, _ = pipeline.settle(request)
        base = dev_server.base_path(settings.base_url)
        server = dev_server.listen(request.out.resolve(), base=base, port=given["port"])
        _build(request, voice)
        voice.line(f"http://127.0.0.1:{server.server_port}{base}  (Ctrl-C to stop)")
        watched = [request.content, resources.TEMPLATES, resources.STATIC]
        dev_server.rebuild_on_change(watched, lambda: _rebuild(request, voice))
        server.shutdown()


@commands.command("clean")
@options("out", "cache")
def clean_command(**given: Any) -> None:
    """Remove the built site."""
    voice = Output(given)
    with voice:
        removed = output.remove(given["out"])
        voice.line(f"Removed {given['out']}." if removed else f"There is no {given['out']}.")
        if given["cache"]:
            root = default_root()
            Store(root).remove()
            voice.line(f"Removed {root}.")


def _request(given: dict[str, Any]) -> BuildRequest:
    """Return what is asked of the pipeline; bad values of options end with exit code 2."""
    try:
        base_url = None if given["base_url"] is None else config.checked_base_url(given["base_url"])
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--base-url") from error
    return BuildRequest(
        content=given["content"],
        out=given["out"],
        store=Store(default_root()),
        base_url=base_url,
        encoder=given["encoder"],
        limit=given["limit"],
        jobs=given["jobs"],
        strict=given["strict"],
    )


def _build(request: BuildRequest, voice: Output) -> None:
    begun = time.perf_counter()
    outcome = pipeline.build(request, voice.console)
    voice.faults(outcome.warnings)
    for lack in outcome.lacks:
        voice.line(f"This site has {lack}.")
    voice.line(_sentence(request, outcome, time.perf_counter() - begun))
    if outcome.predicted:
        expected = f"{outcome.predicted.bytes / 1e6:,.0f} MB expected ({outcome.predicted})"
        voice.line(f"  {outcome.bytes / 1e6:,.0f} MB of {outcome.budget_mb:,} MB allowed; {expected}")
    for agreement in outcome.agreements:
        voice.line(f"  {agreement}")


def _rebuild(request: BuildRequest, voice: Output) -> None:
    """Build again; what is wrong is said, and the last good site stays."""
    try:
        _build(request, voice)
    except FaultyError as error:
        voice.faults(error.faults)
    except (TesseraeError, OSError) as error:
        voice.error(str(error))


def _sentence(request: BuildRequest, outcome: Outcome, seconds: float) -> str:
    works = count(len(outcome.collection.works), "work")
    if not outcome.changed:
        return f"{request.out} is up to date: {works}, nothing to do ({seconds:.1f} s)."
    size = f"{outcome.files:,} files, {outcome.bytes / 1e6:.1f} MB"
    return f"{request.out}: {works} ({size}), built in {seconds:.1f} s. To view it: {_hint(request)}"


def _hint(request: BuildRequest) -> str:
    """Return the command that serves just this site."""
    words = ["serve"]
    if request.content != CONTENT:
        words += ["--content", str(request.content)]
    if request.out != Path("_site"):
        words += ["--out", str(request.out)]
    given = {"--base-url": request.base_url, "--encoder": request.encoder, "--limit": request.limit}
    words += [str(word) for option, value in given.items() if value is not None for word in (option, value)]
    return program(*words)
