"""Which groups of a partition hold too few, or too many, pictures with a mark: more than chance and search explain.

Every node is tested, so some would look remarkable by chance alone. How remarkable the most remarkable one of all is
when marks mean nothing is found by dealing the same marks out anew, a thousand times, over the same tree; a node's
adjusted p-value is how often the most remarkable one of a deal is at least as remarkable (Westfall and Young 1993,
the minimum p). Nested nodes rise and fall together in every deal, so that nothing is paid for testing a group and its
halves. Under no difference at all, anything is reported with a chance of at most the level: exactly so, as deals and
truth are then alike (Phipson and Smyth 2010: one is added to both counts).

What is tested of a node is whether its share of marked ones is that of the whole. Where many are missing in one place,
all other places have a little more than their share.

    n pictures   m nodes   v marks   b deals at once
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.analysis.clusters import hypergeometric
from generator.analysis.clusters.bisection import Partition
from generator.core.findings import EXCESS, MISSING
from generator.core.model import Progress

DEALT = 2_000_000  # labels that are dealt out at once

Floats = NDArray[np.float64]
Labels = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: of which marks, in which directions, how surely."""

    marks: tuple[int, ...]  # values of a label; each is tested against all others
    directions: tuple[int, ...] = (MISSING, EXCESS)
    level: float = 0.05
    deals: int = 1000
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found of every node, mark and direction."""

    counts: NDArray[np.int32]  # (v, m) pictures with the mark
    log_p: Floats  # (v, 2, m) exact, of this node alone; 0 for a direction that was not asked about
    adjusted: Floats  # (v, 2, m) among all that were tested
    smallest: NDArray[np.bool_]  # (v, 2, m) significant, and nothing below it is


def judge(partition: Partition, labels: Labels, question: Question, progress: Progress) -> Verdict:
    """Return the verdict on a partition of pictures with labels (n,)."""
    tables = [_Table(partition, int((labels == mark).sum()), question.directions) for mark in question.marks]
    truth = labels[None, partition.order]
    counts = np.stack([_counts(partition, truth == mark)[0] for mark in question.marks])
    log_p = np.stack([table.of(count[None])[:, 0] for table, count in zip(tables, counts, strict=True)])
    best = np.sort(_best(partition, labels, question, tables, progress))
    deals = np.searchsorted(best, log_p, side="right")
    adjusted = (1 + deals) / (1 + question.deals)
    significant = (adjusted <= question.level) & (log_p < 0)
    return Verdict(counts=counts, log_p=log_p, adjusted=adjusted, smallest=_smallest(partition.parent, significant))


class _Table:
    """The log chance of every count of a mark in every node, looked up."""

    def __init__(self, partition: Partition, marked: int, directions: Sequence[int]) -> None:
        facts = hypergeometric.log_factorials(len(partition.order))
        sizes, self.which = np.unique(partition.span[:, 1] - partition.span[:, 0], return_inverse=True)
        found = [hypergeometric.log_tails(facts, marked, size) for size in sizes.tolist()]
        ends = np.cumsum([tails.shape[1] for _, tails in found])
        self.tails = np.concatenate([tails for _, tails in found], axis=1)
        self.tails[[side for side in (MISSING, EXCESS) if side not in directions]] = 0.0
        least = np.array([least for least, _ in found])
        # Where in `tails` the count 0 of a node would be.
        self.start = (np.concatenate([[0], ends[:-1]]) - least)[self.which]

    def of(self, counts: NDArray[np.int32]) -> Floats:
        """Return (2, b, m) the log chances of counts (b, m), in both directions."""
        return self.tails[:, self.start + counts]


def _counts(partition: Partition, marked: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Return (b, m) how many of each node are marked; marked is (b, n), in the partition's order."""
    sums = np.zeros((len(marked), marked.shape[1] + 1), np.int32)
    np.cumsum(marked, axis=1, out=sums[:, 1:])
    return sums[:, partition.span[:, 1]] - sums[:, partition.span[:, 0]]


def _best(
    partition: Partition, labels: Labels, question: Question, tables: Sequence[_Table], progress: Progress
) -> Floats:
    """Return (deals,) the least log chance of any node, mark and direction in each deal."""
    found = []
    with progress.stage(f"Testing against {question.deals:,} shuffles", question.deals) as step:
        for dealt in _deals(labels, question):
            least = [
                table.of(_counts(partition, dealt == mark)).min(axis=(0, 2))
                for table, mark in zip(tables, question.marks, strict=True)
            ]
            found.append(np.min(least, axis=0))
            step.advance(len(dealt))
    return np.concatenate(found)


def _deals(labels: Labels, question: Question) -> Iterator[Labels]:
    """Yield (b, n) labels in blind order, until there were enough."""
    random = np.random.default_rng(question.seed)
    b = max(1, DEALT // len(labels))
    for first in range(0, question.deals, b):
        yield random.permuted(np.tile(labels, (min(b, question.deals - first), 1)), axis=1)


def _smallest(parent: NDArray[np.int32], significant: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return (v, 2, m) which nodes are significant and have nothing significant below them."""
    below = np.zeros_like(significant)
    for node in range(len(parent) - 1, 0, -1):
        below[..., parent[node]] |= significant[..., node] | below[..., node]
    return significant & ~below
