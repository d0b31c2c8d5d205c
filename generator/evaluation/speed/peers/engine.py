"""Engines, and what they share: a search in each cell, written into one pair of arrays."""

import importlib.util
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.evaluation.speed.comparison import Lists
from generator.evaluation.speed.datasets import Sample

Answer = Callable[[int, int], Lists]  # the lists of rows first .. past - 1 of the sample
Found = tuple[NDArray[Any], NDArray[Any]]  # values and rows, (q, k) each, nearest first
Ask = Callable[[NDArray[np.float32], int], Found]  # the nearest k of each vector, under the condition it was made for
Allow = Callable[[NDArray[np.int64]], Ask]  # an ask among the rows of these cells
Search = Callable[[NDArray[np.float32], int], Found]  # the same with places in a set instead of rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """One way to search. Making an answer or an ask is building an index; calling it is searching."""

    name: str
    summary: str
    module: str | None = None  # what is imported; None: always there
    filters: Callable[[Sample, int, int], Answer] | None = None  # (sample, k, threads): every cell, for every row
    query: Callable[[Sample, int], Allow] | None = None  # (sample, threads)
    similarity: Callable[[NDArray[Any]], NDArray[Any]] = np.asarray  # of the values that an ask found
    copies: float = 1.0  # how often the vectors are held besides the sample's own
    reference: bool = False  # the others are checked against it; filters answers for all rows or not at all

    @property
    def installed(self) -> bool:
        return self.module is None or importlib.util.find_spec(self.module) is not None


def from_distance(distance: NDArray[Any]) -> NDArray[np.float32]:
    """Return the cosine of vectors of length 1 at a Euclidean distance."""
    return (1 - np.square(distance.astype(np.float64)) / 2).astype(np.float32)


def from_complement(distance: NDArray[Any]) -> NDArray[np.float32]:
    """Return the cosine where 1 - cosine was found."""
    return (1 - distance).astype(np.float32)


class CellRows:
    """The rows of each cell: order[start[j] : start[j + 1]] are those of cell j, ascending."""

    def __init__(self, sample: Sample) -> None:
        self.order = np.argsort(sample.cell_of, kind="stable").astype(np.int32)
        self.start = np.searchsorted(sample.cell_of[self.order], np.arange(sample.cells + 1))

    def __iter__(self) -> Iterator[tuple[int, NDArray[np.int32]]]:
        for cell in range(len(self.start) - 1):
            yield cell, self.order[self.start[cell] : self.start[cell + 1]]


def cell_by_cell(
    sample: Sample,
    k: int,
    index: Callable[[NDArray[np.float32]], Search],
    similarity: Callable[[Any], Any] = np.asarray,
) -> Answer:
    """Return an answer from one index a cell: index(points) returns a search among them."""
    cells = CellRows(sample)
    searches = [index(sample.vectors[inside]) for _, inside in cells]

    def answer(first: int, past: int) -> Lists:
        lists = empty(past - first, sample.cells, k)
        queries = sample.vectors[first:past]
        for (cell, inside), search in zip(cells, searches, strict=True):
            value, place = search(queries, min(k + 1, len(inside)))
            enter(lists, cell, similarity(value), inside[place], np.arange(first, past), sample.cell_of[first:past])
        return lists

    return answer


def empty(q: int, cells: int, k: int) -> Lists:
    """Return lists to be filled."""
    return Lists(np.empty((q, cells, k), np.int32), np.empty((q, cells, k), np.float32))


def enter(
    lists: Lists,
    cell: int,
    similarity: NDArray[Any],
    rows: NDArray[np.int32],
    asked: NDArray[np.integer],
    cell_of: NDArray[np.int32],
) -> None:
    """Write what was found in a cell, min(k + 1, size) rows for every row asked about, without the row itself."""
    k, width = lists.rows.shape[2], rows.shape[1]
    kept = min(k, width)
    lists.rows[:, cell, :kept], lists.similarity[:, cell, :kept] = rows[:, :kept], similarity[:, :kept]
    lists.rows[:, cell, kept:], lists.similarity[:, cell, kept:] = -1, -np.inf
    inside = np.flatnonzero(cell_of == cell)  # only rows of the cell find themselves
    if not len(inside):
        return
    other = rows[inside] != asked[inside, None]
    other[other.all(axis=1), -1] = False  # so many are as near as the row itself that it was crowded out
    left = min(k, width - 1)
    for array, found, fill in ((lists.rows, rows, -1), (lists.similarity, similarity, -np.inf)):
        array[inside, cell, :left] = found[inside][other].reshape(len(inside), width - 1)[:, :left]
        array[inside, cell, left:] = fill


def allowed_rows(sample: Sample, cells: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return the rows whose cell is among these, ascending."""
    return np.flatnonzero(np.isin(sample.cell_of, cells)).astype(np.int32)


def over_allowed(sample: Sample, index: Callable[[NDArray[np.float32]], Search]) -> Allow:
    """Return what makes an ask from an index built beforehand over the allowed rows alone."""

    def allow(cells: NDArray[np.int64]) -> Ask:
        inside = allowed_rows(sample, cells)
        search = index(sample.vectors[inside])

        def ask(vectors: NDArray[np.float32], k: int) -> Found:
            value, place = search(vectors, min(k, len(inside)))
            return value, inside[place]

        return ask

    return allow


def padded(found: Found, k: int) -> Found:
    """Return lists of k, filled up with -inf and -1 where there are fewer."""
    value, rows = found
    short = k - rows.shape[1]
    if short <= 0:
        return found
    return (
        np.pad(value.astype(np.float32), ((0, 0), (0, short)), constant_values=-np.inf),
        np.pad(rows, ((0, 0), (0, short)), constant_values=-1),
    )


@contextmanager
def limited_threads(count: int, kind: str | None = None) -> Iterator[bool]:
    """Within the block BLAS and OpenMP (or one kind, "blas") use so many threads; yields whether they can be told to."""
    if importlib.util.find_spec("threadpoolctl") is None:
        yield False
        return
    from threadpoolctl import threadpool_limits

    with threadpool_limits(count, user_api=kind):
        yield True
