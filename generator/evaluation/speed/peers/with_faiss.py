"""faiss: a flat index of each cell or of the allowed rows, and one flat index with a selector. The home of faiss."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.evaluation.speed.comparison import Lists
from generator.evaluation.speed.datasets import Sample
from generator.evaluation.speed.peers.engine import (
    Allow,
    Answer,
    Ask,
    CellRows,
    Engine,
    Found,
    Search,
    allowed_rows,
    cell_by_cell,
    empty,
    enter,
    over_allowed,
)


def library(threads: int) -> Any:
    """Return faiss with so many threads, untyped: its stubs describe the C++ classes, not what Python makes of them."""
    import faiss

    faiss.omp_set_num_threads(threads)
    return faiss


def flat(faiss: Any, points: NDArray[np.float32]) -> Any:
    """Return an IndexFlatIP of the points."""
    index = faiss.IndexFlatIP(points.shape[1])
    index.add(points)
    return index


def indexed(threads: int) -> Callable[[NDArray[np.float32]], Search]:
    """Return what makes a search of its own flat index."""
    faiss = library(threads)

    def search(points: NDArray[np.float32]) -> Search:
        found: Search = flat(faiss, points).search
        return found

    return search


def selected(sample: Sample, k: int, threads: int) -> Answer:
    """Return searches of one index ordered by cell, of which a range is selected: the quickest selector there is."""
    faiss = library(threads)
    cells = CellRows(sample)
    index = flat(faiss, sample.vectors[cells.order])

    def answer(first: int, past: int) -> Lists:
        lists = empty(past - first, sample.cells, k)
        for cell, inside in cells:
            select = faiss.IDSelectorRange(int(cells.start[cell]), int(cells.start[cell + 1]))
            value, place = index.search(
                sample.vectors[first:past], min(k + 1, len(inside)), params=faiss.SearchParameters(sel=select)
            )
            rows = cells.order[place]
            enter(lists, cell, value, rows, np.arange(first, past), sample.cell_of[first:past])
        return lists

    return answer


def selecting(kind: str) -> Callable[[Sample, int], Allow]:
    """Return what searches one index of all rows with a selector of this kind, made beforehand."""

    def query(sample: Sample, threads: int) -> Allow:
        faiss = library(threads)
        index = flat(faiss, sample.vectors)

        def allow(cells: NDArray[np.int64]) -> Ask:
            rows = allowed_rows(sample, cells).astype(np.int64)
            if kind == "IDSelectorBitmap":
                bits = np.zeros(len(sample.vectors), np.bool_)
                bits[rows] = True
                select = faiss.IDSelectorBitmap(np.packbits(bits, bitorder="little"))
            else:
                select = getattr(faiss, kind)(rows)
            params = faiss.SearchParameters(sel=select)

            def ask(vectors: NDArray[np.float32], k: int) -> Found:
                found: Found = index.search(vectors, min(k, len(rows)), params=params)
                return found

            return ask

        return allow

    return query


ENGINES = (
    Engine(
        name="faiss",
        module="faiss",
        summary="IndexFlatIP of each cell; of the allowed rows",
        filters=lambda sample, k, threads: cell_by_cell(sample, k, indexed(threads)),
        query=lambda sample, threads: over_allowed(sample, indexed(threads)),
    ),
    Engine(
        name="faiss-range",
        module="faiss",
        summary="one IndexFlatIP in the order of cells, IDSelectorRange",
        filters=selected,
    ),
    Engine(
        name="faiss-bitmap",
        module="faiss",
        summary="one IndexFlatIP, IDSelectorBitmap",
        query=selecting("IDSelectorBitmap"),
    ),
    Engine(
        name="faiss-batch",
        module="faiss",
        summary="one IndexFlatIP, IDSelectorBatch",
        query=selecting("IDSelectorBatch"),
    ),
    Engine(
        name="faiss-array",
        module="faiss",
        summary="one IndexFlatIP, IDSelectorArray",
        query=selecting("IDSelectorArray"),
    ),
)
