"""Ours: condtree's one pass over all cells, its tree, and its brute force."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from generator.condtree import BruteForce, Tree, nearest_per_cell
from generator.evaluation.speed.comparison import Lists
from generator.evaluation.speed.datasets import Sample
from generator.evaluation.speed.peers.engine import Allow, Answer, Ask, Engine, Found, from_distance


def all_cells(sample: Sample, k: int, threads: int) -> Answer:
    """Return the one pass; it answers for all rows at once."""

    def answer(first: int, past: int) -> Lists:
        near = nearest_per_cell(sample.vectors, sample.cell_of, k, cells=sample.cells, threads=threads)
        return Lists(near.rows[first:past], near.similarity[first:past])

    return answer


def searching(kind: type[Tree] | type[BruteForce]) -> Callable[[Sample, int], Allow]:
    """Return what builds a tree, or its brute twin, once for all conditions."""

    def query(sample: Sample, threads: int) -> Allow:
        tree = kind.build(sample.vectors, sample.cell_of)

        def allow(cells: NDArray[np.int64]) -> Ask:
            allowed = tree.condition(cells)

            def ask(vectors: NDArray[np.float32], k: int) -> Found:
                near = tree.query(vectors, k, allowed, threads=threads)
                return near.distances, near.rows

            return ask

        return allow

    return query


ENGINES = (
    Engine(
        name="tesserae",
        summary="condtree: nearest_per_cell; Tree",
        filters=all_cells,
        query=searching(Tree),
        similarity=from_distance,
        reference=True,
    ),
    Engine(
        name="tesserae-brute", summary="condtree: BruteForce", query=searching(BruteForce), similarity=from_distance
    ),
)
