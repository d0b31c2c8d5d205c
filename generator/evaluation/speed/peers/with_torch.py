"""torch on the CPU: products and topk. Its home in this package; the networks have their own."""

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.evaluation.speed.comparison import Lists
from generator.evaluation.speed.datasets import Sample
from generator.evaluation.speed.peers.engine import Answer, CellRows, Engine, Found, Search, empty, enter, over_allowed

PRODUCTS = 2**25  # similarities held at a time: 128 MiB


def every_cell(sample: Sample, k: int, threads: int) -> Answer:
    """Return blocks of queries times all points, and topk in each cell."""
    import torch

    torch.set_num_threads(threads)
    cells = CellRows(sample)
    points, step = torch.from_numpy(sample.vectors[cells.order]).T, max(1, PRODUCTS // len(sample.vectors))

    def answer(first: int, past: int) -> Lists:
        lists = empty(past - first, sample.cells, k)
        for at in range(0, past - first, step):
            part = slice(at, min(at + step, past - first))
            asked = first + np.arange(part.start, part.stop)
            product = tensor(sample.vectors[asked[0] : asked[-1] + 1]) @ points
            ours = Lists(lists.rows[part], lists.similarity[part])
            for cell, inside in cells:
                here = product[:, cells.start[cell] : cells.start[cell + 1]]
                value, place = here.topk(min(k + 1, len(inside)), dim=1)
                enter(ours, cell, value.numpy(), inside[place.numpy()], asked, sample.cell_of[asked])
        return lists

    return answer


def scanned(threads: int) -> Callable[[NDArray[np.float32]], Search]:
    """Return the product with contiguous points, and topk."""
    import torch

    torch.set_num_threads(threads)

    def index(points: NDArray[np.float32]) -> Search:
        held = torch.from_numpy(points)

        def search(vectors: NDArray[np.float32], k: int) -> Found:
            asked = torch.from_numpy(vectors)
            with torch.inference_mode():
                # A matrix times one vector is quicker than times a matrix of one row.
                product = (held @ asked[0])[None] if len(vectors) == 1 else asked @ held.T
                value, place = product.topk(k, dim=1)
            return value.numpy(), place.numpy()

        return search

    return index


def tensor(array: NDArray[np.float32]) -> Any:
    """Return a read-only array as a tensor that nobody writes to; torch warns that somebody could."""
    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return torch.from_numpy(array)


ENGINES = (
    Engine(
        name="torch",
        module="torch",
        summary="products in blocks, topk per cell; scan of the allowed rows, gathered",
        filters=every_cell,
        query=lambda sample, threads: over_allowed(sample, scanned(threads)),
    ),
)
