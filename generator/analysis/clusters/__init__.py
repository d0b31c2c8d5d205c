"""Clusters: groups of pictures that look alike, of which one value of a facet has far more than its share.

bisection           vectors -> groups within groups, made without the labels
hypergeometric      exact chances of counts, and exact intervals
permutation_test    which groups hold too few or too many of a label, corrected for all that were tested
merging             what of these is shown

All of these know vectors and labels, not art; evaluation/blindspots asks them about generated pictures too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from generator.analysis.clusters import bisection, permutation_test
from generator.analysis.clusters.merging import regions_of
from generator.analysis.clusters.permutation_test import Question
from generator.core import artefacts
from generator.core.findings import EXCESS, Region
from generator.core.model import Collection, Progress
from generator.core.run import Run
from generator.core.store import key

RECIPE = "clusters-1"  # changes whenever the same vectors would give other regions
SMALLEST = 10  # works in the least group that is looked at
OWN = 0.75  # of the works of a region: with so many, a value has it nearly alone

Vectors = NDArray[np.float32]  # (n, d)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Regions:
    found: tuple[Region, ...]


def find(collection: Collection, vectors: Vectors, unnamed: str, run: Run) -> tuple[tuple[Region, ...], ...]:
    """Return for each facet the regions that one value has nearly alone, the largest first; rows are of the collection.

    Vectors (n, d) are whitened ones. `unnamed` is the value that stands for none, which is asked about nowhere. Kept in
    the store.
    """
    return tuple(_of_facet(collection, vectors, facet, unnamed, run) for facet in range(len(collection.facets)))


def _of_facet(collection: Collection, vectors: Vectors, facet: int, unnamed: str, run: Run) -> tuple[Region, ...]:
    labels, values = collection.labels[:, facet], collection.facets[facet].values
    marks = tuple(value for value, name in enumerate(values) if name != unnamed)
    rows = _different(collection, labels)
    if len(values) < 2 or not marks or len(rows) < 2 * SMALLEST:
        return ()
    vectors, labels = np.ascontiguousarray(vectors[rows]), np.ascontiguousarray(labels[rows])
    kept = artefacts.kept(
        run.store,
        "clusters",
        key(RECIPE, vectors, labels, *marks),
        _Regions,
        lambda: _Regions(found=_found(vectors, labels, marks, run.progress)),
    )
    return tuple(
        replace(one, marked=rows[one.marked], others=rows[one.others], beside=rows[one.beside]) for one in kept.found
    )


def _different(collection: Collection, labels: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the first row of each picture under each value: the same picture twice is one observation."""
    first: dict[tuple[str, int], int] = {}
    for row, (work, label) in enumerate(zip(collection.works, labels.tolist(), strict=True)):
        first.setdefault((work.picture.digest, label), row)
    return np.array(list(first.values()), np.int32)


def _found(
    vectors: Vectors, labels: NDArray[np.int32], marks: tuple[int, ...], progress: Progress
) -> tuple[Region, ...]:
    question = Question(marks=marks, directions=(EXCESS,))
    partition = bisection.grow(vectors, SMALLEST, progress)
    verdict = permutation_test.judge(partition, labels, question, progress)
    regions: Sequence[Region] = regions_of(vectors, labels, partition, question, verdict)
    own = [region for region in regions if region.share() >= OWN]
    return tuple(sorted(own, key=lambda region: (-len(region.marked), -region.share(), region.mark)))
