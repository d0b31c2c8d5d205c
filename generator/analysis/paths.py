"""Collection + Analogies -> Graph, and the path from one work to another: a chain of small steps between works.

A step leads between two works that are near each other, either way. It costs the sixth power of how far they are apart,
so that one wide step costs more than some small ones, and a path is the cheapest of at most MOST steps; where there is
none, of as few more as it takes. A step between works that are not even related costs MOST times as much besides, and one
without any closeness as much again: such are taken only where no path does without. Costs are whole numbers, the same
in the browser (static/shortest-path.js), which must find the same paths: of two that cost the same, that of fewer steps, and then, from its end, of lower rows.

    n works, s steps, f facets, m neighbors of one work: all of its cells' lists, joined
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.analysis.closeness import LIMITS, RELATED, SAME, encode
from generator.core.findings import Analogies, Graph
from generator.core.model import Collection

# How many steps each work brings, so that no filter cuts the works apart: to the nearest of all; of its own value of a
# facet; of all other values of it; of its own cell. Their number does not grow with the values or the cells.
NEAREST, OWN, OTHER, CELL = 8, 4, 4, 4
DOORS = 8  # steps that an end may take besides
MOST, LONGEST = 8, 24  # steps of a path, and where it cannot be otherwise
# 24 steps of 255 ** 6 / 64 * 64 are below 2 ** 53, up to which JavaScript counts exactly.
COARSE, WIDEST, POWER, SHARE = 7, 255, 6, 64
WIDE = LIMITS[RELATED:]  # ranks below which works are not related, and below which nothing is close
NEVER = 1 << 60
ENTRIES = 4_000_000  # neighbors that are looked through at once

SHOWN = 8  # examples
SEED, SOURCES, TRIED = 0, 48, 24  # of examples: works to begin at, and ends tried for each
FEWEST = 6  # steps

Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What a path must obey; its ends need not be among those it goes through."""

    through: NDArray[np.bool_] | None = None  # (n,) the works that may lie between
    differing: int | None = None  # the facet whose value changes at every step
    in_time: bool = False  # never back in time, or never forth, as its ends demand


FREE = Conditions()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRule:
    """Conditions, as they bind the steps between two works, the lower row first."""

    inside: NDArray[np.bool_]  # (n,) where a path may be
    labels: Rows | None  # (n,) of which each step must change
    times: NDArray[np.int64] | None  # (n,) that never go against the way
    way: int  # 1: forth in time, -1: back
    apart: tuple[int, int] | None  # the ends, where something must lie between

    def allows(self, start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which steps may be taken."""
        good = self.inside[start] & self.inside[end]
        if self.labels is not None:
            good &= self.labels[start] != self.labels[end]
        if self.times is not None:
            good &= (self.times[end] - self.times[start]) * self.way >= 0
        if self.apart is not None:
            good &= (
                np.minimum(start, end) * self.inside.size + np.maximum(start, end)
                != self.apart[0] * self.inside.size + self.apart[1]
            )
        return good


class Steps(NamedTuple):
    """Steps in one direction."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    cost: NDArray[np.int64]


def graph(collection: Collection, analogies: Analogies, *, showing: int = SHOWN) -> Graph:
    """Return the steps between all works, and up to `showing` examples of paths."""
    n = len(collection.works)
    size = max(1, ENTRIES // max(1, analogies.rows[0].size))
    found = [_brought(collection, analogies, slice(start, start + size)) for start in range(0, n, size)]
    ends, codes = (np.concatenate(part) for part in zip(*found, strict=True))
    ends, first = np.unique(ends, axis=0, return_index=True)
    steps = Graph(one=ends[:, 0].copy(), other=ends[:, 1].copy(), codes=codes[first], times=_times(collection))
    return replace(steps, examples=_examples(collection, analogies, steps, showing))


def _brought(collection: Collection, analogies: Analogies, part: slice) -> tuple[Rows, NDArray[np.uint16]]:
    """Return the steps that some works bring, (s, 2) the lower row first, and their codes."""
    rows = analogies.rows[part].reshape(len(analogies.rows[part]), -1)
    codes = encode(analogies.similarity[part]).reshape(rows.shape)
    known = (rows >= 0) & (codes < SAME)
    nearness = np.where(known, (65_535 - codes.astype(np.int64)) << 32 | rows, np.iinfo(np.int64).max)
    order = np.argsort(nearness, axis=1)
    rows, codes = np.take_along_axis(rows, order, axis=1), np.take_along_axis(codes, order, axis=1)
    known = np.take_along_axis(known, order, axis=1)
    wanted = np.zeros(rows.shape, bool)
    for kind, most in _kinds(collection, part, rows):
        kind &= known
        wanted |= kind & (np.cumsum(kind, axis=1) <= most)
    works = np.broadcast_to(np.arange(len(collection.works), dtype=np.int32)[part, None], rows.shape)
    return np.sort(np.stack([works[wanted], rows[wanted]], axis=1), axis=1), codes[wanted]


def _kinds(collection: Collection, part: slice, rows: Rows) -> Iterator[tuple[NDArray[np.bool_], int]]:
    """Yield which neighbors are of a kind (b, m), and how many of the kind a work brings."""
    yield np.ones(rows.shape, bool), NEAREST
    for labels in collection.labels.T:
        own = labels[rows] == labels[part, None]
        yield own.copy(), OWN
        yield ~own, OTHER
    yield collection.cell_of[rows] == collection.cell_of[part, None], CELL


def _times(collection: Collection) -> NDArray[np.uint16]:
    """Return the place of each work's year among all years, from 1; 0 without a year."""
    years = sorted({work.year for work in collection.works if work.year is not None})
    places = {year: place for place, year in enumerate(years, 1)}
    return np.array([0 if work.year is None else places[work.year] for work in collection.works], np.uint16)


def find(
    collection: Collection, analogies: Analogies, graph: Graph, one: int, other: int, conditions: Conditions = FREE
) -> tuple[int, ...] | None:
    """Return the rows of the path from one work to another, both among them; None where there is none.

    The way back is the same. The ends may also step to the nearest works that obey the conditions, wherever they are.
    """
    if one == other:
        return (one,)
    ends = min(one, other), max(one, other)
    rule = _rule(collection, graph, ends, conditions)
    doors = [_doors(analogies, graph, ends[way], ends[1 - way], rule) for way in (0, 1)]
    steps = _steps([graph, *doors], analogies, rule)
    costs = _spread(steps, len(collection.works), *ends)
    count = _steps_to(costs, ends[1])
    if count is None:
        return None
    path = _back(steps, costs, ends[1], count)
    return tuple(path if one > other else reversed(path))


def _rule(collection: Collection, graph: Graph, ends: tuple[int, int], conditions: Conditions) -> StepRule:
    """Return what the conditions mean for a path between two works."""
    inside = np.ones(len(collection.works), bool) if conditions.through is None else conditions.through.copy()
    inside[list(ends)] = True
    times, (first, last) = graph.times.astype(np.int64), graph.times[list(ends)].astype(int)
    if conditions.in_time:
        inside &= (times >= max(1, min(first, last))) & (times <= max(first, last))
    labels = None if conditions.differing is None else collection.labels[:, conditions.differing]
    return StepRule(
        inside=inside,
        labels=labels,
        times=times if conditions.in_time else None,
        way=int(np.sign(last - first)),
        apart=ends if conditions.through is not None else None,
    )


def _doors(analogies: Analogies, graph: Graph, row: int, other: int, rule: StepRule) -> Graph:
    """Return the steps from an end of the path to the nearest works that the rule allows there."""
    rows, cosine = analogies.rows[row].ravel(), analogies.similarity[row].ravel()
    order = np.lexsort((rows, -cosine))
    rows, codes = rows[order].astype(np.int64), encode(cosine[order])
    start = np.full(len(rows), row)
    # The path is reckoned from its lower end: towards the other one steps are taken the other way round.
    allowed = rule.allows(start, rows) if row < other else rule.allows(rows, start)
    good = np.flatnonzero((rows >= 0) & (codes < SAME) & (rows != other) & allowed)[:DOORS]
    return Graph(
        one=start[good].astype(np.int32), other=rows[good].astype(np.int32), codes=codes[good], times=graph.times
    )


def _steps(graphs: Sequence[Graph], analogies: Analogies, rule: StepRule | None = None) -> Steps:
    """Return all steps in both directions, as far as the rule allows them."""
    one, other, codes = (
        np.concatenate([getattr(graph, name) for graph in graphs]).astype(np.int64)
        for name in ("one", "other", "codes")
    )
    cost = np.minimum((65_535 - codes) >> COARSE, WIDEST) ** POWER // SHARE
    for limit in encode(analogies.scale[list(WIDE)]):
        cost[codes <= limit] *= MOST
    steps = Steps(np.concatenate([one, other]), np.concatenate([other, one]), np.concatenate([cost, cost]))
    return steps if rule is None else Steps(*(array[rule.allows(steps.start, steps.end)] for array in steps))


def _spread(steps: Steps, n: int, start: int, end: int | None = None) -> list[NDArray[np.int64]]:
    """Return for each number of steps, from 0, the least cost (n,) of so many steps from the start to each work."""
    costs = [np.full(n, NEVER)]
    costs[0][start] = 0
    while len(costs) <= MOST or (end is not None and len(costs) <= LONGEST and _steps_to(costs, end) is None):
        beyond = np.full(n, NEVER)
        np.minimum.at(beyond, steps.end, costs[-1][steps.start] + steps.cost)
        costs.append(np.minimum(beyond, NEVER))
    return costs


def _steps_to(costs: Sequence[NDArray[np.int64]], end: int) -> int | None:
    """Return in how many steps a work is reached at the least cost."""
    reached = [int(cost[end]) for cost in costs]
    return None if min(reached) == NEVER else reached.index(min(reached))


def _back(steps: Steps, costs: Sequence[NDArray[np.int64]], end: int, count: int) -> list[int]:
    """Return the works of the path, the last first."""
    path = [end]
    for cost, before in zip(costs[count:0:-1], costs[count - 1 :: -1] if count else [], strict=False):
        here = path[-1]
        came = (steps.end == here) & (before[steps.start] + steps.cost == cost[here])
        path.append(int(steps.start[came].min()))
    return path


def _examples(collection: Collection, analogies: Analogies, graph: Graph, most: int) -> tuple[tuple[int, ...], ...]:
    """Return up to `most` paths worth showing: between works that differ in every facet and look nothing alike.

    Of the ways between works drawn with a fixed seed, those of FEWEST steps and more, the smallest steps first. No work is
    in two; no value stands at the ends of two, until that leaves nothing more to choose from. No work has a content note.
    """
    plain = np.array([not work.content_note for work in collection.works])
    ranked = sorted(_tried(collection, analogies, graph, plain))
    chosen: list[tuple[int, ...]] = []
    for share in (1, 2, most):
        for _, *ends in ranked:
            if len(chosen) < most and _fresh(collection, chosen, ends, share):
                path = find(collection, analogies, graph, ends[0], ends[1]) or ()
                used = {row for other in chosen for row in other}
                if len(path) > FEWEST and plain[list(path)].all() and not used & set(path):
                    chosen.append(path)
    return tuple(chosen)


def _tried(
    collection: Collection, analogies: Analogies, graph: Graph, plain: NDArray[np.bool_]
) -> Iterator[tuple[int, int, int]]:
    """Yield the cost of some ways, and both their ends."""
    random, steps, works = np.random.default_rng(SEED), _steps([graph], analogies), np.flatnonzero(plain)
    for one in random.permutation(works)[:SOURCES].tolist():
        costs = np.stack(_spread(steps, len(plain), one))
        far = plain & (costs.argmin(axis=0) >= FEWEST) & (collection.labels != collection.labels[one]).all(axis=1)
        far[analogies.rows[one][analogies.similarity[one] > analogies.scale[len(analogies.scale) // 2]]] = False
        ends = random.permutation(np.flatnonzero(far & (costs.min(axis=0) < NEVER)))
        yield from ((int(costs[:, other].min()), one, other) for other in ends[:TRIED].tolist())


def _fresh(collection: Collection, chosen: Sequence[tuple[int, ...]], ends: Sequence[int], share: int) -> bool:
    """Return whether every value at these ends stands at the ends of fewer than `share` others."""
    held = Counter(value for path in chosen for row in (path[0], path[-1]) for value in _values(collection, row))
    return all(held[value] < share for row in ends for value in _values(collection, row))


def _values(collection: Collection, row: int) -> list[tuple[int, int]]:
    return list(enumerate(collection.labels[row].tolist()))
