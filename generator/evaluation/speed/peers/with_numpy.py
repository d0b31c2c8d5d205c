"""numpy: products by BLAS, the best by argpartition."""

from concurrent.futures import ThreadPoolExecutor

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
    empty,
    enter,
    limited_threads,
    over_allowed,
)

PRODUCTS = 2**25  # similarities held at a time by a thread: 128 MiB


def every_cell(sample: Sample, k: int, threads: int) -> Answer:
    """Return blocks of queries times all points, and the best of each cell; a thread a block, BLAS alone in each."""
    cells = CellRows(sample)
    points = sample.vectors[cells.order].T
    step = max(1, PRODUCTS // len(sample.vectors))

    def block(lists: Lists, first: int, at: int) -> None:
        part = slice(at, min(at + step, len(lists.rows)))
        asked = first + np.arange(part.start, part.stop)
        product = sample.vectors[asked[0] : asked[-1] + 1] @ points
        ours = Lists(lists.rows[part], lists.similarity[part])
        for cell, inside in cells:
            value, place = best(product[:, cells.start[cell] : cells.start[cell + 1]], min(k + 1, len(inside)))
            enter(ours, cell, value, inside[place], asked, sample.cell_of[asked])

    def answer(first: int, past: int) -> Lists:
        lists = empty(past - first, sample.cells, k)
        with limited_threads(1, "blas") as alone, ThreadPoolExecutor(threads if alone else 1) as pool:
            for done in [pool.submit(block, lists, first, at) for at in range(0, past - first, step)]:
                done.result()
        return lists

    return answer


def best(similarity: NDArray[np.float32], k: int) -> Found:
    """Return the greatest k of every row and their places, greatest first."""
    n = similarity.shape[1]
    if k < n:
        place = np.argpartition(similarity, n - k, axis=1)[:, n - k :]
        value = np.take_along_axis(similarity, place, 1)
    else:
        place, value = np.broadcast_to(np.arange(n), similarity.shape), similarity
    order = np.argsort(-value, axis=1)
    return np.take_along_axis(value, order, 1), np.take_along_axis(place, order, 1)


def scanned(points: NDArray[np.float32]) -> Search:
    """Return the product with contiguous points, and the best."""

    def search(vectors: NDArray[np.float32], k: int) -> Found:
        return best_of(points, vectors, k)

    return search


def best_of(points: NDArray[np.float32], vectors: NDArray[np.float32], k: int) -> Found:
    """Return the best of points; one vector is a matrix times a vector, and sorted without a second axis."""
    if len(vectors) > 1:
        return best(vectors @ points.T, k)
    similarity = points @ vectors[0]
    place = np.argpartition(similarity, len(points) - k)[len(points) - k :] if k < len(points) else np.arange(k)
    place = place[np.argsort(-similarity[place])]
    return similarity[place][None], place[None]


def masked(sample: Sample, threads: int) -> Allow:
    """Return a product with all points where they lie, of which the allowed are kept."""

    def allow(cells: NDArray[np.int64]) -> Ask:
        inside = allowed_rows(sample, cells)

        def ask(vectors: NDArray[np.float32], k: int) -> Found:
            alone = len(vectors) == 1
            similarity = (sample.vectors @ vectors[0])[None] if alone else vectors @ sample.vectors.T
            value, place = best(similarity[:, inside], min(k, len(inside)))
            return value, inside[place]

        return ask

    return allow


ENGINES = (
    Engine(
        name="numpy",
        summary="BLAS products in blocks, argpartition per cell; scan of the allowed rows, gathered",
        filters=every_cell,
        query=lambda sample, threads: over_allowed(sample, scanned),
    ),
    Engine(
        name="numpy-masked",
        summary="scan of all rows where they lie, of which the allowed are kept",
        query=masked,
        copies=0,
    ),
)
