"""Conditions: sets of labels, which of those that occur are allowed, and where their points are.

A label's index is its place among the labels that occur, so that sparse or negative labels cost nothing. Points are
ordered by label, so the points of a set of labels are a few spans.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from generator.condtree.arrays import LabelArrays, TreeArrays, chosen_labels, frozen

Labels = Iterable[int] | NDArray[Any]
Arrays = TypeVar("Arrays", TreeArrays, LabelArrays)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A set of labels, looked up once: where their points are. Good for the engine that made it."""

    spans: NDArray[np.int32]  # (s, 2) first and one-past-last place of each run of allowed points, ascending
    start: NDArray[np.int64]  # the start array of that engine
    count: int  # how many points are allowed

    def __post_init__(self) -> None:
        object.__setattr__(self, "spans", frozen(self.spans, np.int32))


def grouped(labels: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]]:
    """labels (n,) int32 -> rows (n,) by label and then by row, the l labels that occur, where each begins (l + 1,)."""
    names, index = np.unique(labels, return_inverse=True)
    rows = np.argsort(index, kind="stable")
    start = np.searchsorted(index[rows], np.arange(len(names) + 1))
    return frozen(rows, np.int32), frozen(names), frozen(start, np.int64)


def condition_of(names: NDArray[np.int32], start: NDArray[np.int64], allowed: Labels | None) -> Condition:
    """Return where the points with an allowed label are; None allows all, labels that do not occur allow none."""
    if allowed is None:
        index = np.arange(len(names))
    else:
        chosen = chosen_labels(allowed)
        index = np.searchsorted(names, chosen)
        index, chosen = index[index < len(names)], chosen[index < len(names)]
        index = index[names[index] == chosen]
    first, past = start[index], start[index + 1]
    gaps = np.flatnonzero(first[1:] != past[:-1])  # after these, the next allowed points are not the next points
    ends = np.append(gaps, len(index) - 1) if len(index) else gaps
    spans = np.stack([first[np.append(0, gaps + 1)[: len(ends)]], past[ends]], axis=1)
    return Condition(spans=spans, start=start, count=int((past - first).sum()))


class LabeledPoints(Generic[Arrays]):
    """Points ordered by label, and the conditions under which they are searched: what Tree and BruteForce share."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays: Arrays = arrays
        self.everything = self.condition(None)

    def condition(self, allowed: Labels | None) -> Condition:
        """Return a set of labels looked up once, for query."""
        return condition_of(self.arrays.names, self.arrays.start, allowed)

    def condition_for(self, allowed: Condition | Labels | None) -> Condition:
        """Return the condition that a query is to be answered under. Raises ValueError for that of other points."""
        if allowed is None:
            return self.everything
        if not isinstance(allowed, Condition):
            return self.condition(allowed)
        if allowed.start is not self.arrays.start:
            raise ValueError("allowed is a condition of other points; make one with this object's condition()")
        return allowed
