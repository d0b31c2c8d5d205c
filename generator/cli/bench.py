"""The command that measures the conditional search against every exact peer."""

from collections.abc import Sequence
from typing import Any

import click

from generator.cli.options import options
from generator.cli.output import Output, command
from generator.evaluation.speed.records import PAGES, Budget, Measurement

DATA = ("features", "labels", "facets")
SIZES = ("n", "d", "cells", "k", "shares", "batches")
BUDGET = ("seconds", "repeat", "threads", "seed")


@click.command("bench")
@options(*DATA, *SIZES, "only", "full", "engines", *BUDGET, "to", "resume")
def bench_command(**given: Any) -> None:
    """Compare the speed of filtered search with other exact search libraries, or measure how fast pages are written."""
    # These bring numba, which takes seconds; an unchanged build does without.
    from generator.evaluation.speed import page_rendering
    from generator.evaluation.speed.report import lines
    from generator.evaluation.speed.run import BenchRequest, bench

    if (given["features"] is None) != (given["labels"] is None):
        raise click.UsageError("--features and --labels must be given together")
    if given["facets"] and given["labels"] is None:
        raise click.UsageError("--facets needs --labels")
    sizes = {name: given[name] for name in SIZES if given[name]}
    if given["full"] and sizes:
        raise click.UsageError(f"--full sets the sizes; leave out {', '.join(f'--{name}' for name in sizes)}")
    voice = Output(given, stopped="stopped; run again with --resume to continue.")
    if given["only"] == PAGES:
        sizes = [n for n in given["n"] if n] or page_rendering.SIZES
        with voice:
            for pace in page_rendering.study(sizes, progress=voice.console, seed=given["seed"]):
                voice.line(str(pace))
        return

    def tell(measurements: Sequence[Measurement]) -> None:
        for line in lines(measurements):
            voice.line(line)

    with voice:
        asked = {name: given[name] for name in (*DATA, "only", "full", "engines", "to", "resume")}
        budget = Budget(**{name: given[name] for name in BUDGET})
        bench(BenchRequest(**asked, **sizes, budget=budget, command=command()), voice.console, tell)
        voice.line(f"Results: {given['to'] / 'table.md'}")
