"""The command line: parse, call one function, print. The only module that prints or exits."""

import os
import shlex
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from generator import __version__, config, output, pipeline, serve
from generator.console import Console
from generator.errors import Fault, FaultyError, TesseraeError
from generator.pipeline import HOME, Outcome, Request, WarningsError
from generator.store import Store, default_root

DONE, AT_FAULT, USAGE, WARNED = 0, 1, 2, 4  # exit codes; click itself exits with USAGE


def main() -> None:
    """Run the command line; without a command it builds."""
    words = sys.argv[1:]
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help", "--version")):
        words = ["build", *words]
    commands.main(args=words)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="Tesserae")
def commands() -> None:
    """From a folder of artworks to a site of analogies. Without a command, build."""


def _options(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the named options, in this order, and those that every command has."""

    def give(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed([OPTIONS[name] for name in (*names, "verbose", "quiet", "no_color", "debug")]):
            command = option(command)
        return command

    return give


OPTIONS = {
    "content": click.option(
        "--content",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=HOME / "content",
        help="Folder with works.csv, images/ and site.toml.  [default: the shipped collection]",
    ),
    "out": click.option(
        "--out",
        type=click.Path(path_type=Path),
        default=Path("_site"),
        show_default=True,
        help="Folder to put the site into; replaced whole.",
    ),
    "base_url": click.option(
        "--base-url", metavar="URL", help="Where the site will be published, such as https://me.github.io/art/."
    ),
    "encoder": click.option(
        "--encoder", metavar="NAME", help="dinov2-small, efficientnet-lite0 or open_clip:MODEL/PRETRAINED."
    ),
    "limit": click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the first N works."),
    "jobs": click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        default=os.cpu_count() or 1,
        help="Processes to use.  [default: all cores]",
    ),
    "strict": click.option("--strict", is_flag=True, help="Stop at warnings, with exit code 4."),
    "port": click.option(
        "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free port."
    ),
    "cache": click.option("--cache", is_flag=True, help="Remove kept vectors, pictures and weights too."),
    "verbose": click.option("-v", "--verbose", count=True, help="Say more."),
    "quiet": click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong."),
    "no_color": click.option("--no-color", is_flag=True, envvar="NO_COLOR", help="No colors."),
    "debug": click.option("--debug", is_flag=True, help="Show where in the program an error arose."),
}
MAKING = ("content", "out", "base_url", "encoder", "limit", "jobs", "strict")


@commands.command("build")
@_options(*MAKING)
def build_command(**given: Any) -> None:
    """Make the site."""
    voice = Voice(given)
    with voice:
        _build(_request(given), voice)


@commands.command("check")
@_options("content", "encoder", "limit", "jobs", "strict")
def check_command(**given: Any) -> None:
    """Find every fault of a content folder, and write nothing."""
    voice = Voice(given)
    with voice:
        _, collection, warnings = pipeline.check(_request(given), voice.console)
        voice.faults(warnings)
        voice.line(f"{_count(len(collection.works), 'work')} without a fault, {_count(len(warnings), 'warning')}.")


@commands.command("serve")
@_options(*MAKING, "port")
def serve_command(**given: Any) -> None:
    """Build, serve the site on this machine, and build again whenever a file changes."""
    voice = Voice(given)
    with voice:
        request = _request(given)
        settings, _ = pipeline.settle(request)
        base = serve.base_path(settings.base_url)
        server = serve.listen(request.out.resolve(), base=base, port=given["port"])
        _build(request, voice)
        voice.line(f"http://127.0.0.1:{server.server_port}{base}  (Ctrl-C ends)")
        watched = [request.content, pipeline.TEMPLATES, pipeline.STATIC]
        serve.rebuild_on_change(watched, lambda: _rebuild(request, voice))
        server.shutdown()


@commands.command("clean")
@_options("out", "cache")
def clean_command(**given: Any) -> None:
    """Remove the built site."""
    voice = Voice(given)
    with voice:
        removed = output.remove(given["out"])
        voice.line(f"Removed {given['out']}." if removed else f"There is no {given['out']}.")
        if given["cache"]:
            root = default_root()
            Store(root).remove()
            voice.line(f"Removed {root}.")


def _request(given: dict[str, Any]) -> Request:
    """Return what is asked of the pipeline; bad values of options end with exit code 2."""
    if given.get("base_url") is not None:
        try:
            given["base_url"] = config.checked_base_url(given["base_url"])
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--base-url") from error
    asked = {name: given[name] for name in MAKING if name in given}
    return Request(**{"out": Path("_site"), **asked}, store=Store(default_root()))


def _build(request: Request, voice: "Voice") -> None:
    begun = time.perf_counter()
    outcome = pipeline.build(request, voice.console)
    voice.faults(outcome.warnings)
    voice.line(_sentence(request, outcome, time.perf_counter() - begun))
    for agreement in outcome.agreements:
        voice.line(f"  {agreement}")


def _rebuild(request: Request, voice: "Voice") -> None:
    """Build again; what is wrong is said, and the last good site stays."""
    try:
        _build(request, voice)
    except FaultyError as error:
        voice.faults(error.faults)
    except (TesseraeError, OSError) as error:
        voice.error(str(error))


def _sentence(request: Request, outcome: Outcome, seconds: float) -> str:
    works = _count(len(outcome.collection.works), "work")
    if not outcome.changed:
        return f"{request.out} already holds this site of {works}; nothing to do ({seconds:.1f} s)."
    size = f"{outcome.files:,} files, {outcome.bytes / 1e6:.1f} MB"
    return f"{request.out}: a site of {works} ({size}) in {seconds:.1f} s. Look at it: {_hint(request)}"


def _hint(request: Request) -> str:
    """Return the command that serves just this site."""
    words = ["python", "build.py", "serve"]
    if request.content != HOME / "content":
        words += ["--content", str(request.content)]
    if request.out != Path("_site"):
        words += ["--out", str(request.out)]
    given = {"--base-url": request.base_url, "--encoder": request.encoder, "--limit": request.limit}
    words += [str(word) for option, value in given.items() if value is not None for word in (option, value)]
    return shlex.join(words)


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


class Voice:
    """How a command speaks: results to stdout, progress and faults to stderr; ends the program on errors."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.quiet = given["quiet"]
        self.debug = given["debug"]
        self.color = False if given["no_color"] else None  # None: click looks whether it is a terminal
        self.console = Console(verbosity=-1 if self.quiet else given["verbose"])

    def line(self, text: str) -> None:
        if not self.quiet:
            click.echo(text)

    def error(self, text: str) -> None:
        click.secho(f"error: {text}", fg="red", err=True, color=self.color)

    def faults(self, faults: Sequence[Fault]) -> None:
        for fault in faults:
            word, hue = ("warning", "yellow") if fault.warning else ("error", "red")
            click.echo(click.style(f"{word}: ", fg=hue) + str(fault), err=True, color=self.color)

    def __enter__(self) -> "Voice":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, (TesseraeError, OSError)) and self.debug:
            traceback.print_exception(error)
        if isinstance(error, FaultyError):
            self.faults(error.faults)
            if isinstance(error, WarningsError):
                sys.exit(WARNED)
            self.error(f"{_count(sum(not fault.warning for fault in error.faults), 'fault')}; nothing was written.")
            sys.exit(AT_FAULT)
        if isinstance(error, (TesseraeError, OSError)):
            self.error(str(error))
            sys.exit(AT_FAULT)
        if isinstance(error, KeyboardInterrupt):
            self.error("stopped; the next build goes on from here.")
            sys.exit(AT_FAULT)
