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
@click.option("--content", type=FOLDER, help="Content folder whose works to compare by --facet instead.")
@click.option(
    "--facet", default="", metavar="NAME", help="A facet of that collection; each value is compared with all others."
)
@click.option(
    "--trial",
    is_flag=True,
    help="Test the method: draw letters, train a model with one letter held back, and look for that letter.",
)
@click.option(
    "--left",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="With --trial: how often the model sees that letter, compared with the others; 1 is a control.",
)
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("blindspots"),
    show_default=True,
    help="Folder for the report.",
)
@click.option(
    "--level",
    type=click.FloatRange(0, 0.5, min_open=True),
    default=0.05,
    show_default=True,
    help="Accepted risk of reporting anything if there is nothing to find.",
)
@click.option(
    "--permutations",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    help="Number of random shuffles of the labels.",
)
@click.option(
    "--smallest",
    type=click.IntRange(min=2),
    default=20,
    show_default=True,
    help="Smallest group to examine, in pictures.",
)
@click.option(
    "--detail",
    type=click.IntRange(min=4),
    metavar="PIXELS",
    help="Shrink pictures to this size first, so that what they show counts more than their sharpness.",
)
@options("encoder", "jobs", "seed")
def blindspots_command(**given: Any) -> None:
    """Find kinds of picture that a generator misses, or that almost only one value of a facet has."""
    # These bring numpy and jinja2, which the other commands do without.
    from generator.evaluation import blindspots
    from generator.evaluation.blindspots import trial

    if given["trial"] and any(given[name] for name in ("real", "generated", "content", "facet")):
        raise click.UsageError("--trial makes its own pictures; leave out --real, --generated, --content and --facet")
    if given["left"] and not given["trial"]:
        raise click.UsageError("--left only works with --trial; give both")
    voice = Output(given, stopped="stopped; run again to continue.")
    with voice:
        request = _request(given)
        truth = None
        if given["trial"]:
            truth = trial.StarvedTrial(fonts=trial.fonts_of_matplotlib(), left=given["left"], seed=given["seed"])
            real, generated = trial.make(truth, given["to"] / "trial", voice.console)
            detail = given["detail"] or trial.DETAIL
            request = replace(request, real=real, generated=generated, detail=detail)
        findings = blindspots.find(request, voice.console)
        voice.line(f"{count(len(findings.regions), 'region')}; see {given['to'] / 'index.html'}")
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
