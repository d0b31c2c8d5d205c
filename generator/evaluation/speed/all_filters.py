"""All filters for all rows, and what they cost: each engine in turn, again and again, checked against ours."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from generator.condtree import merge
from generator.core.model import Step
from generator.evaluation.common.memory import available, watching
from generator.evaluation.speed.comparison import Lists, difference
from generator.evaluation.speed.datasets import Sample, wider
from generator.evaluation.speed.engine_run import EngineRun
from generator.evaluation.speed.peers.engine import Engine
from generator.evaluation.speed.records import MIB, Budget, Measurement

PROBE = 256  # rows asked for to predict a peer
HEAD = 8192  # rows searched to predict ours, which answers for all or none
BLOCKS = 256 * MIB  # held by an engine besides copies of the vectors
COMPARED = 200_000_000  # most places of lists that are compared with ours; beyond, rows are drawn


@dataclass(slots=True)
class Passes(EngineRun):
    """One engine's passes over one sample so far."""

    peaks: list[int] = field(default_factory=list)  # bytes beyond the result
    merge: float | None = None


def measure(
    sample: Sample, blank: Measurement, engines: Sequence[Engine], budget: Budget, step: Step
) -> list[Measurement]:
    """Return a measurement for each engine; the first engine's answer is what the others are checked against."""
    runs = [Passes(engine) for engine in engines]
    for run in runs:
        run.attempt(foresee, sample, blank, budget)
        if run is runs[0] and run.note:
            for other in runs[1:]:
                other.note = f"no reference to compare with: {run.note}"
        step.advance()
    rounds(runs, sample, blank, budget, step)
    return [measured(run, blank) for run in runs]


def foresee(run: Passes, sample: Sample, blank: Measurement, budget: Budget) -> None:
    """Warm the engine up, and note why it cannot be measured: memory or time."""
    result = blank.n * blank.cells * blank.k * 8
    needed = run.engine.copies * sample.vectors.nbytes + (1 if run.engine.reference else 2) * result + BLOCKS
    free = available()
    if free is not None and needed > free:
        run.note = f"needs about {needed / 2**30:.1f} GiB of memory, {free / 2**30:.1f} GiB are free"
        return
    run.predicted = predicted(run.engine, sample, blank.k, budget.threads)
    if run.predicted > budget.seconds:
        run.note = f"would take about {run.predicted:,.0f} s, the limit is {budget.seconds:,.0f} s"


def predicted(engine: Engine, sample: Sample, k: int, threads: int) -> float:
    """Return about how many seconds the engine takes: from a few rows, or from the head of the sample."""
    assert engine.filters is not None
    n = len(sample.vectors)
    if engine.reference:
        part = head(sample, HEAD)
        engine.filters(part, k, threads)(0, len(part.vectors))  # compiles
        begun = time.perf_counter()
        engine.filters(part, k, threads)(0, len(part.vectors))
        return (time.perf_counter() - begun) * (n / len(part.vectors)) ** 2
    few = min(PROBE, n)
    engine.filters(head(sample, PROBE), k, threads)(0, 1)  # imports, and starts threads
    begun = time.perf_counter()
    answer = engine.filters(sample, k, threads)
    built = time.perf_counter()
    answer(0, few)
    return built - begun + (time.perf_counter() - built) * n / few


def head(sample: Sample, count: int) -> Sample:
    """Return the first rows of a sample, in those cells that they are in."""
    cells, cell_of = np.unique(sample.cell_of[:count], return_inverse=True)
    return Sample(
        vectors=sample.vectors[:count], cell_of=cell_of.reshape(-1).astype(np.int32), facets=sample.facets[cells]
    )


def rounds(runs: list[Passes], sample: Sample, blank: Measurement, budget: Budget, step: Step) -> None:
    """Run every engine once a round, in an order drawn anew, so that none has the machine's best minutes."""
    random = np.random.default_rng([budget.seed, 3])
    rows = compared(sample, blank, random)
    reference: list[Lists] = []
    for turn in range(budget.repeat):
        order = runs if turn == 0 else [runs[i] for i in random.permutation(len(runs))]
        for run in order:
            run.attempt(once, sample, blank, budget, reference, rows if turn == 0 else None)
            step.advance()


def compared(sample: Sample, blank: Measurement, random: np.random.Generator) -> NDArray[np.int64]:
    """Return the rows whose lists are compared: all, or as many as memory allows."""
    count = max(1, min(blank.n, COMPARED // (blank.cells * blank.k)))
    return np.sort(random.permutation(blank.n)[:count])


def once(
    run: Passes,
    sample: Sample,
    blank: Measurement,
    budget: Budget,
    reference: list[Lists],
    rows: NDArray[np.int64] | None,
) -> None:
    """Measure one run; lists of these rows are checked against the reference, which the first engine gives."""
    assert run.engine.filters is not None
    with watching() as peak:
        begun = time.perf_counter()
        lists = run.engine.filters(sample, blank.k, budget.threads)(0, blank.n)
        run.seconds.append(time.perf_counter() - begun)
    if peak.bytes is not None:
        run.peaks.append(peak.bytes - lists.rows.nbytes - lists.similarity.nbytes)
    if rows is None:
        return
    if run.engine.reference:
        run.merge = merging(lists, sample)
    part = lists if len(rows) == blank.n else lists.of(rows)
    differs = partial(
        difference,
        queries=sample.vectors[rows],
        points=sample.vectors,
        permits=lambda query, cell, row: (sample.cell_of[row] == cell) & (rows[query] != row),
    )
    run.judge(part, reference, differs)


def merging(lists: Lists, sample: Sample) -> float:
    """Return the seconds that it takes to merge the lists into every wider filter."""
    k = lists.rows.shape[2]
    merge(lists.rows[:1], lists.similarity[:1], np.arange(sample.cells), k)  # compiles
    begun = time.perf_counter()
    for cells in wider(sample):
        merge(lists.rows, lists.similarity, cells, k)
    return time.perf_counter() - begun


def measured(run: Passes, blank: Measurement) -> Measurement:
    """Return what is reported of an engine."""
    beyond = max(run.peaks) / MIB if run.peaks else None
    return replace(run.measured(blank), merge=run.merge, beyond=beyond)
