"""One query under a condition, and what it costs: engines take turns, every query timed by itself, answers checked."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.core.model import Step
from generator.evaluation.common.memory import available
from generator.evaluation.speed.comparison import Lists, difference
from generator.evaluation.speed.datasets import Sample, condition, questions
from generator.evaluation.speed.engine_run import EngineRun
from generator.evaluation.speed.peers.engine import Ask, Engine, allowed_rows, padded
from generator.evaluation.speed.records import Budget, Measurement

ROUNDS = 5  # turns of every engine, for each repetition asked for
TURN = 0.1  # seconds that a turn lasts about
LONGEST_TURN = 20  # queries
CHECKED = 32  # queries whose answers are compared with ours


@dataclass(slots=True)
class Turns(EngineRun):
    """One engine's answers under one condition so far; seconds are those of one call."""

    ask: Ask | None = None
    build: float = 0.0
    turn: int = 1  # calls in a turn
    turns: int = 1


def measure(
    sample: Sample, blanks: Sequence[Measurement], engines: Sequence[Engine], budget: Budget, step: Step
) -> list[Measurement]:
    """Return a measurement for each blank (a share and a batch) and engine; the first engine is the reference."""
    held = fitting(engines, sample)
    allows: dict[str, Any] = {}
    found = []
    for blank in blanks:
        cells = condition(sample, blank.share, budget.seed)
        blank = replace(blank, allowed=len(allowed_rows(sample, cells)))
        runs = [Turns(engine, note=held[engine.name]) for engine in engines]
        queries = questions(sample, max(blank.batch, CHECKED) * (1 if blank.batch > 1 else 8), budget.seed)
        reference: list[Lists] = []
        for run in runs:
            run.attempt(prepare, allows, sample, cells, budget)
            run.attempt(check, sample, cells, blank, queries, reference)
            run.attempt(foresee, blank, queries, budget)
            step.advance()
        rounds(runs, blank, queries, budget)
        step.advance()
        found += [measured(run, blank) for run in runs]
    return found


def fitting(engines: Sequence[Engine], sample: Sample) -> dict[str, str]:
    """Return for each engine why memory does not suffice for it beside those before it, or nothing."""
    free, notes = available(), {}
    left = float("inf") if free is None else float(free)
    for engine in engines:
        needed = engine.copies * sample.vectors.nbytes
        fits = needed <= left
        notes[engine.name] = "" if fits else f"needs about {needed / 2**30:.1f} GiB of memory beside the others"
        left -= needed if fits else 0
    return notes


def prepare(run: Turns, allows: dict[str, Any], sample: Sample, cells: NDArray[np.int64], budget: Budget) -> None:
    """Build what the engine keeps for all conditions, once, and what it keeps for this one."""
    assert run.engine.query is not None
    begun = time.perf_counter()
    name = run.engine.name
    if name not in allows:
        allows[name] = run.engine.query(sample, budget.threads)
    run.ask = allows[name](cells)
    run.build = time.perf_counter() - begun


def check(
    run: Turns,
    sample: Sample,
    cells: NDArray[np.int64],
    blank: Measurement,
    queries: NDArray[np.float32],
    reference: list[Lists],
) -> None:
    """Compare the engine's answers with the first engine's, asked as they will be: one by one, or at once."""
    assert run.ask is not None
    size = min(blank.batch, CHECKED)
    blocks = [run.ask(queries[i : i + size], blank.k) for i in range(0, CHECKED, size)]
    near = [padded((run.engine.similarity(value), rows), blank.k) for value, rows in blocks]
    lists = Lists(
        np.concatenate([rows for _, rows in near])[:, None].astype(np.int32),
        np.concatenate([similarity for similarity, _ in near])[:, None].astype(np.float32),
    )
    differs = partial(
        difference,
        queries=queries[:CHECKED],
        points=sample.vectors,
        permits=lambda query, one, row: np.isin(sample.cell_of[row], cells),
    )
    run.judge(lists, reference, differs)


def foresee(run: Turns, blank: Measurement, queries: NDArray[np.float32], budget: Budget) -> None:
    """Decide how many calls fit into a turn, and how many turns into the budget."""
    once = min(call(run, queries, i, blank) for i in range(2))
    run.predicted = once / blank.batch
    if once > budget.seconds:
        run.note = f"a call would take about {once:,.0f} s, the limit is {budget.seconds:,.0f} s"
    longest = LONGEST_TURN if blank.batch == 1 else 1
    run.turn = int(np.clip(TURN / max(once, 1e-9), 1, longest))
    run.turns = int(np.clip(budget.seconds / max(once * (run.turn + 1), 1e-9), 1, ROUNDS * budget.repeat))


def call(run: Turns, queries: NDArray[np.float32], at: int, blank: Measurement) -> float:
    """Return the seconds of one call, with the at-th vectors."""
    assert run.ask is not None
    first = at * blank.batch % (len(queries) - blank.batch + 1)
    vectors = queries[first : first + blank.batch]
    begun = time.perf_counter()
    run.ask(vectors, blank.k)
    return time.perf_counter() - begun


def rounds(runs: list[Turns], blank: Measurement, queries: NDArray[np.float32], budget: Budget) -> None:
    """Let the engines take turns in an order drawn anew; a turn begins with a call that is not counted."""
    random = np.random.default_rng([budget.seed, 4])
    for turn in range(ROUNDS * budget.repeat):
        for i in random.permutation(len(runs)):
            if turn < runs[i].turns:
                runs[i].attempt(take_turn, blank, queries, turn)


def take_turn(run: Turns, blank: Measurement, queries: NDArray[np.float32], turn: int) -> None:
    call(run, queries, turn * run.turn, blank)  # whoever was before has left the caches and the threads otherwise
    run.seconds += [call(run, queries, turn * run.turn + i + 1, blank) for i in range(run.turn)]


def measured(run: Turns, blank: Measurement) -> Measurement:
    """Return what is reported of an engine: seconds of one query."""
    return replace(run.measured(blank, of=blank.batch), build=run.build or None)
