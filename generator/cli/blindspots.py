"""The command blindspots: finds what a generator leaves out, and what one value of a facet has alone."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.options import options
from generator.cli.output import Output, command, count
from generator.core.store import Store, default_root

if TYPE_CHECKING:
    from generator.evaluation.blindspots import BlindspotRequest

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("blindspots")
@click.option("--real", type=FOLDER, help="Folder of real pictures.")
@click.option("--generated", type=FOLDER, help="Folder of generated pictures.")
@click.option("--content", type=FOLDER, help="Content folder, whose works are compared by --facet instead.")
@click.option("--facet", default="", metavar="NAME", help="One of its facets: each value is compared with all others.")
@click.option(
    "--trial", is_flag=True, help="Draw letters, train a model that hardly sees one of them, and look for it."
)
@click.option(
    "--left",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="How often the model of --trial sees that letter, where it sees another once; 1 is a control.",
)
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("blindspots"),
    show_default=True,
    help="Folder to put the report into.",
)
@click.option(
    "--level",
    type=click.FloatRange(0, 0.5, min_open=True),
    default=0.05,
    show_default=True,
    help="How often anything may be reported where there is nothing.",
)
@click.option(
    "--permutations", type=click.IntRange(min=1), default=1000, show_default=True, help="Blind deals of the labels."
)
@click.option(
    "--smallest",
    type=click.IntRange(min=2),
    default=20,
    show_default=True,
    help="Pictures in the least group looked at.",
)
@click.option(
    "--detail",
    type=click.IntRange(min=4),
    metavar="PIXELS",
    help="Compare pictures made so small: what they show counts, and less how finely they were made.",
)
@options("encoder", "jobs", "seed")
def blindspots_command(**given: Any) -> None:
    """Find kinds of pictures that were never generated, or that one value of a facet has alone."""
    # These bring numpy and jinja2, which the other commands do without.
    from generator.evaluation import blindspots
    from generator.evaluation.blindspots import trial

    if given["trial"] and any(given[name] for name in ("real", "generated", "content", "facet")):
        raise click.UsageError("--trial brings its own pictures; leave out --real, --generated, --content and --facet")
    if given["left"] and not given["trial"]:
        raise click.UsageError("--left says what --trial shows its model; give both")
    voice = Output(given, stopped="stopped; what was embedded is kept, and the next run goes on from here.")
    with voice:
        request = _request(given)
        truth = None
        if given["trial"]:
            truth = trial.StarvedTrial(fonts=trial.fonts_of_matplotlib(), left=given["left"], seed=given["seed"])
            real, generated = trial.make(truth, given["to"] / "trial", voice.console)
            detail = given["detail"] or trial.DETAIL
            request = replace(request, real=real, generated=generated, detail=detail)
        findings = blindspots.find(request, voice.console)
        voice.line(f"{count(len(findings.regions), 'region')}; {given['to'] / 'index.html'} shows them.")
        if truth:
            for score in trial.scores(truth, findings.pool, findings.regions):
                voice.line(str(score))


def _request(given: dict[str, Any]) -> "BlindspotRequest":
    from generator.evaluation.blindspots import BlindspotRequest

    return BlindspotRequest(
        store=Store(default_root()),
        to=given["to"],
        real=given["real"],
        generated=given["generated"],
        content=given["content"],
        facet=given["facet"],
        encoder=given["encoder"],
        level=given["level"],
        permutations=given["permutations"],
        smallest=given["smallest"],
        detail=given["detail"],
        jobs=given["jobs"],
        seed=given["seed"],
        command=command(),
    )
