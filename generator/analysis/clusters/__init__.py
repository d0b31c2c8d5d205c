"""Regions of their own: groups of pictures that look alike, of which one value of a facet has far more than its share.

grouping    vectors -> groups within groups, made without the labels
chances     exact chances of counts, and exact intervals
statistic   which groups hold too few or too many of a label, corrected for all that were tested
widening    what of these is shown

All of these know vectors and labels, not art; evaluation/blindspots asks them about generated pictures too.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.analysis.clusters import bisection, permutation_test
from generator.analysis.clusters.hypergeometric import EXCESS
from generator.analysis.clusters.merging import Region, regions_of
from generator.analysis.clusters.permutation_test import Question
from generator.analysis.whitening import whitened
from generator.core.model import Collection, Embeddings, Progress
from generator.core.store import Store, key

__all__ = ["Region", "find"]

RECIPE = "regions-1"  # changes whenever the same vectors would give other regions
SMALLEST = 10  # works in the least group that is looked at
OWN = 0.75  # of the works of a region: with so many, a value has it nearly alone
ARRAYS = ("marked", "others", "beside")


def find(
    collection: Collection, embeddings: Embeddings, *, unnamed: str, store: Store, progress: Progress
) -> tuple[tuple[Region, ...], ...]:
    """Return for each facet the regions that one value has nearly alone, the largest first; rows are of the collection.

    `unnamed` is the value that stands for none, which is asked about nowhere. Kept in the store.
    """
    return tuple(
        _kept(collection, embeddings, facet, unnamed, store, progress) for facet in range(len(collection.facets))
    )


def _kept(
    collection: Collection, embeddings: Embeddings, facet: int, unnamed: str, store: Store, progress: Progress
) -> tuple[Region, ...]:
    labels, values = collection.labels[:, facet], collection.facets[facet].values
    marks = tuple(value for value, name in enumerate(values) if name != unnamed)
    rows = _different(collection, labels)
    if len(values) < 2 or not marks or len(rows) < 2 * SMALLEST:
        return ()
    vectors, labels = np.ascontiguousarray(embeddings.vectors[rows]), np.ascontiguousarray(labels[rows])
    path = store.path("regions", key(RECIPE, vectors, labels, *marks), ".json")
    if not path.exists():
        found = _found(vectors, labels, marks, progress)
        with store.writing(path) as temporary:
            temporary.write_text(json.dumps([_plain(region) for region in found]), encoding="utf-8")
    return _read(path, rows)


def _different(collection: Collection, labels: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the first row of each picture under each value: the same picture twice is one observation."""
    first: dict[tuple[str, int], int] = {}
    for row, (work, label) in enumerate(zip(collection.works, labels.tolist(), strict=True)):
        first.setdefault((work.picture.digest, label), row)
    return np.array(list(first.values()), np.int32)


def _found(
    vectors: NDArray[np.float32], labels: NDArray[np.int32], marks: tuple[int, ...], progress: Progress
) -> Sequence[Region]:
    question = Question(marks=marks, directions=(EXCESS,))
    vectors = whitened(vectors)  # as works are compared everywhere else on the site
    partition = bisection.grow(vectors, SMALLEST, progress)
    verdict = permutation_test.judge(partition, labels, question, progress)
    regions = regions_of(vectors, labels, partition, question, verdict)
    own = [region for region in regions if region.share() >= OWN]
    return sorted(own, key=lambda region: (-len(region.marked), -region.share(), region.mark))


def _plain(region: Region) -> dict[str, Any]:
    return asdict(region) | {name: getattr(region, name).tolist() for name in ARRAYS}


def _read(path: Path, rows: NDArray[np.int32]) -> tuple[Region, ...]:
    """Return kept regions with the rows of the collection."""
    names = {field.name for field in fields(Region)}
    kept = json.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Region(**{name: rows[value] if name in ARRAYS else value for name, value in one.items() if name in names})
        for one in kept
    )
