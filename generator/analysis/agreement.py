"""How often the first match under a filter shows what the owner says it should.

Where a collection has a column of ground truth (such as the motif of an ornament), each work is
restricted to each other value of a facet that holds the same truth, and its nearest work there is
looked at. Chance is the share of works there that would have been right.
"""

import numpy as np
from numpy.typing import NDArray

from generator.core.findings import Agreement, Analogies
from generator.core.model import Collection


def measure(collection: Collection, analogies: Analogies, column: str) -> tuple[Agreement, ...]:
    """Return one Agreement per facet for the column of ground truth; facets without a question are left out."""
    truth = _codes(collection, column)
    found = (_across(collection, analogies, truth, facet) for facet in range(len(collection.facets)))
    return tuple(agreement for agreement in found if agreement.guesses)


def _codes(collection: Collection, column: str) -> NDArray[np.int64]:
    """Return the ground truth as one number per distinct value; a work without it is alone with its own."""
    words = [dict(work.extra).get(column, "") for work in collection.works]
    number = {word: i for i, word in enumerate(sorted(set(words) - {""}))}
    return np.array([number.get(word, -1 - row) for row, word in enumerate(words)])


def _across(collection: Collection, analogies: Analogies, truth: NDArray[np.int64], facet: int) -> Agreement:
    labels, name = collection.labels[:, facet], collection.facets[facet].name
    right, chance = [np.zeros(0, bool)], [np.zeros(0)]
    for value in range(len(collection.facets[facet].values)):
        here = labels == value
        same = (truth[:, None] == truth[here][None, :]).sum(axis=1)
        asks = ~here & (same > 0)
        first = first_match(analogies, collection.cells[:, facet] == value)[asks]
        right.append(truth[first] == truth[asks])
        chance.append(same[asks] / here.sum())
    hits, blind = np.concatenate(right), np.concatenate(chance)
    mean = (float(hits.mean()), float(blind.mean())) if len(hits) else (0.0, 0.0)
    return Agreement(facet=name, guesses=len(hits), right=mean[0], chance=mean[1])


def first_match(analogies: Analogies, allowed: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Return the nearest row within the allowed cells (c,) for every work, ties by lower row; -1 for none."""
    rows, similarity = analogies.rows[:, allowed, 0], analogies.similarity[:, allowed, 0]
    best = similarity.max(axis=1, keepdims=True, initial=-np.inf)
    none = np.iinfo(np.int32).max
    lowest = np.where((similarity == best) & (rows >= 0), rows, none).min(axis=1, initial=none)
    return np.where(lowest == none, -1, lowest).astype(np.int32)
