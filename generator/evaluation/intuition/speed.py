"""Speed, beside how well the search finds: a small speed study on drawn vectors as many and wide as these."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from generator.core.model import Progress
from generator.evaluation.speed import cases, study
from generator.evaluation.speed.datasets import SyntheticDataset
from generator.evaluation.speed.records import FILTERS, QUERY, REFERENCE, SAME, Budget, Measurement
from generator.evaluation.speed.report import disturbed, micro

D = 768  # numbers that the default network says of a picture
SHARES = (1.0, 0.1, 0.01)  # of the rows that conditions let through
SECONDS, REPEAT = 2.0, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """Engines, each with what it takes for each question, in words; empty where it was not asked."""

    questions: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    best: tuple[str, ...]  # the fastest engine of each question
    about: str


def measured(n: int, to: Path, *, jobs: int, seed: int, progress: Progress) -> list[Measurement]:
    """Return what every engine takes for n vectors, ours first; kept in the folder, and not measured again."""
    sizes = cases.SizeGrid(n=[n], d=[D], shares=SHARES, batches=[1])
    found: list[Measurement] = []
    asked = study.Study(
        cases=cases.grid(cases.SYNTHETIC, [FILTERS, QUERY], sizes),
        sources={cases.SYNTHETIC: SyntheticDataset(seed=seed)},
        engines=study.chosen(()),
        to=to,
        resume=True,
        budget=Budget(seconds=SECONDS, repeat=REPEAT, threads=jobs, seed=seed),
    )
    study.run(asked, progress, found.extend)
    return found


def costs(measurements: Sequence[Measurement]) -> Costs:
    """Return the measurements as a table; an engine whose answers differ, or that is not installed, is left out."""
    good = [one for one in measurements if one.predicted or one.answer in (REFERENCE, SAME)]
    ordered = sorted(good, key=_place)  # stable: engines stay in their order
    columns = [list(group) for _, group in groupby(ordered, _place)]
    at = {(one.engine, _place(one)): _time(one) for one in good}
    places = [_place(column[0]) for column in columns]
    names = dict.fromkeys(one.engine for one in good)
    return Costs(
        questions=tuple(_question(column[0]) for column in columns),
        rows=tuple((name, tuple(at.get((name, place), "") for place in places)) for name in names),
        best=tuple(min(column, key=lambda one: one.seconds or float("inf")).engine for column in columns),
        about=_about(good),
    )


def _place(one: Measurement) -> tuple[str, float]:
    """Return what sorts the questions: all filters first, then those that let more through."""
    return one.workload, -one.share


def _question(one: Measurement) -> str:
    if one.workload == FILTERS:
        return f"all {one.cells:,} filters for all works"
    return "one search, no filter" if one.share == 1 else f"one search, {one.share * 100:g} % pass the filter"


def _time(one: Measurement) -> str:
    if one.seconds is None:
        return f"about {one.predicted:,.0f} s"
    return f"{one.seconds:.2g} s" if one.workload == FILTERS else f"{micro(one.seconds)} µs"


def _about(measurements: Sequence[Measurement]) -> str:
    if not measurements:
        return ""
    one = measurements[0]
    threads = f"{one.threads} thread" + ("" if one.threads == 1 else "s")
    said = f"{one.n:,} random vectors of {one.d:,} numbers, the {one.k} closest, {threads}. {disturbed(measurements)}"
    return said.strip()
