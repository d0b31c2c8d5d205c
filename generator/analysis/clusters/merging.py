"""A verdict -> regions: what is worth showing of the groups that were found, and how far they are from chance.

The smallest significant groups are exact and many: where all of a kind are missing, every twenty of them are by
themselves. So a group is widened to the next larger one while that is significant too and no more in it than chance
lets parts of one group differ; groups that meet are one region. Each region is a node of the tree, and significant
after correction for all that were tested.

    n pictures   m nodes   v marks
"""

import numpy as np
from numpy.typing import NDArray

from generator.analysis.clusters import hypergeometric
from generator.analysis.clusters.bisection import Partition
from generator.analysis.clusters.permutation_test import Question, Verdict
from generator.core.findings import EXCESS, Region

INTERVAL = 0.95  # of the odds ratio
ALIKE = 0.05  # chance below which a part is taken to differ from the group around it
BESIDE = 48  # nearest pictures of the other kind that are named

Rows = NDArray[np.int32]
Floats = NDArray[np.float32]


def regions_of(
    vectors: Floats, labels: NDArray[np.int32], partition: Partition, question: Question, verdict: Verdict
) -> tuple[Region, ...]:
    """Return the regions of a verdict: what is missing before what is in excess, what is far before what is not."""
    facts = hypergeometric.log_factorials(len(labels))
    found = []
    for v, mark in enumerate(question.marks):
        for direction in question.directions:
            for node, parts in _widened(partition, verdict, v, direction, question.level):
                found.append(
                    _region(vectors, labels == mark, partition, verdict, facts, (v, mark, direction, node, parts))
                )
    return tuple(
        sorted(found, key=lambda one: (one.direction, not one.far(), -abs(len(one.marked) - one.expected), one.mark))
    )


def _widened(partition: Partition, verdict: Verdict, v: int, direction: int, level: float) -> list[tuple[int, int]]:
    """Return the outermost nodes that the smallest groups are widened to, and how many of these each holds."""
    smallest = np.flatnonzero(verdict.smallest[v, direction]).tolist()
    significant = (verdict.adjusted[v, direction] <= level) & (verdict.log_p[v, direction] < 0)
    reached = {_widen(node, partition, verdict.counts[v], significant) for node in smallest}
    outermost = [node for node in sorted(reached) if not any(_inside(partition, node, o) for o in reached if o != node)]
    return [(o, sum(node == o or _inside(partition, node, o) for node in smallest)) for o in outermost]


def _widen(node: int, partition: Partition, counts: NDArray[np.int32], significant: NDArray[np.bool_]) -> int:
    while (above := int(partition.parent[node])) > 0 and significant[above] and _alike(node, above, partition, counts):
        node = above
    return node


def _alike(node: int, above: int, partition: Partition, counts: NDArray[np.int32]) -> bool:
    """Return whether a node's share of marked ones is no other than chance would give a part of the node above."""
    size, whole = (int(last - first) for first, last in partition.span[[node, above]])
    least, tails = hypergeometric.log_tails(hypergeometric.log_factorials(whole), int(counts[above]), size)
    return bool(2 * np.exp(tails[:, counts[node] - least].min()) > ALIKE)


def _inside(partition: Partition, node: int, other: int) -> bool:
    (first, last), (start, end) = partition.span[node], partition.span[other]
    return bool(start <= first and last <= end and node != other)


def _region(
    vectors: Floats,
    is_marked: NDArray[np.bool_],
    partition: Partition,
    verdict: Verdict,
    facts: NDArray[np.float64],
    place: tuple[int, int, int, int, int],
) -> Region:
    v, mark, direction, node, parts = place
    rows = partition.rows(node)
    shown = rows[is_marked[rows] == (direction == EXCESS)]
    center = vectors[shown].mean(axis=0)
    total, x = int(is_marked.sum()), int(verdict.counts[v, node])
    low, high = hypergeometric.odds_interval(facts, total, len(rows), x, 1 - INTERVAL)
    return Region(
        mark=mark,
        direction=direction,
        parts=parts,
        marked=_nearest(vectors, rows[is_marked[rows]], center),
        others=_nearest(vectors, rows[~is_marked[rows]], center),
        beside=_nearest(vectors, np.flatnonzero(is_marked != (direction == EXCESS)).astype(np.int32), center)[:BESIDE],
        expected=total * len(rows) / len(is_marked),
        odds=hypergeometric.odds_ratio(len(is_marked), total, len(rows), x),
        low=low,
        high=high,
        p=float(np.exp(verdict.log_p[v, direction, node])),
        adjusted=float(verdict.adjusted[v, direction, node]),
    )


def _nearest(vectors: Floats, rows: Rows, center: Floats) -> Rows:
    """Return the rows, the nearest to a center first."""
    return rows[np.argsort(-(vectors[rows] @ center), kind="stable")]
