"""The command bench: measures the conditional search against every exact peer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from generator.cli.options import options
from generator.cli.output import Output, command
from generator.evaluation.speed.records import PAGES, Budget, Measurement

if TYPE_CHECKING:
    from generator.evaluation.speed.run import BenchRequest

SIZES = ("n", "d", "cells", "k", "shares", "batches")


@click.command("bench")
@options(
    *("features", "labels", "facets"),
    *SIZES,
    *("only", "full", "engines", "seconds", "repeat", "threads", "seed", "to", "resume"),
)
def bench_command(**given: Any) -> None:
    """Compare the speed of filtered search with other exact search libraries, or measure how fast pages are written."""
    # These bring numba, which takes seconds; an unchanged build does without.
    from generator.evaluation.speed import page_rendering
    from generator.evaluation.speed.report import lines
    from generator.evaluation.speed.run import bench

    if (given["features"] is None) != (given["labels"] is None):
        raise click.UsageError("--features and --labels must be given together")
    if given["facets"] and given["labels"] is None:
        raise click.UsageError("--facets needs --labels")
    sizes = [name for name in SIZES if given[name]]
    if given["full"] and sizes:
        raise click.UsageError(f"--full sets the sizes; leave out {', '.join(f'--{name}' for name in sizes)}")
    voice = Output(given, stopped="stopped; run again with --resume to continue.")
    if given["only"] == PAGES:
        works = [n for n in given["n"] if n] or page_rendering.SIZES
        with voice:
            for pace in page_rendering.study(works, progress=voice.console, seed=given["seed"]):
                voice.line(str(pace))
        return

    def tell(measurements: Sequence[Measurement]) -> None:
        for line in lines(measurements):
            voice.line(line)

    with voice:
        bench(_request(given), voice.console, tell)
        voice.line(f"Results: {given['to'] / 'table.md'}")


def _request(given: dict[str, Any]) -> "BenchRequest":
    from generator.evaluation.speed import cases
    from generator.evaluation.speed.run import BenchRequest

    return BenchRequest(
        features=given["features"],
        labels=given["labels"],
        facets=given["facets"],
        n=given["n"],
        d=given["d"],
        cells=given["cells"],
        k=given["k"] or (cases.K,),
        shares=given["shares"] or cases.SHARES,
        batches=given["batches"] or cases.BATCHES,
        only=given["only"],
        full=given["full"],
        engines=given["engines"],
        budget=Budget(seconds=given["seconds"], repeat=given["repeat"], threads=given["threads"], seed=given["seed"]),
        to=given["to"],
        resume=given["resume"],
        command=command(),
    )
