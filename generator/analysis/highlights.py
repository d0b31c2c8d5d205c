"""Highlights: the pairs that a first page begins with, a typical work of each value, and what is worth comparing."""

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np

from generator.analysis import best_matches, closeness, overview
from generator.analysis.closeness import Scale
from generator.analysis.neighbors import Neighborhood
from generator.core.findings import Analogies, Highlights, Overview, Pair
from generator.core.model import Collection

PAIRS = 13  # that the first page begins with
FEW = 2  # pairs in which one value may be, at first
TYPICAL = 3  # neighbors whose nearness makes a work typical of its value


def find(collection: Collection, analogies: Analogies, whole: Overview) -> Highlights:
    """Return what is worth showing first; `whole` lists further pairs that are worth comparing."""
    striking = pairs(collection, analogies, PAIRS)
    listed = overview.listed_pairs(whole, len(collection.works))
    return Highlights(
        pairs=tuple(striking),
        typical=tuple(tuple(rows) for rows in typical(collection, analogies)),
        compared=compared(Neighborhood(collection, analogies), [*striking, *listed]),
    )


def compared(neighborhood: Neighborhood, extra: Iterable[Pair]) -> tuple[tuple[int, ...], ...]:
    """Return for each work those it is worth seeing beside: its best across each facet, its pins, and `extra`."""
    collection = neighborhood.collection
    found: list[dict[int, None]] = [{} for _ in collection.works]
    for row in range(len(collection.works)):
        near = neighborhood.of(row)
        for facet in range(len(collection.facets)):
            found[row].update({match.row: None for match in neighborhood.across(row, near, facet)[:1]})
    for one, other in (*extra, *((pin.one, pin.other) for pin in collection.pins)):
        found[one][other] = None
        found[other][one] = None
    return tuple(tuple(others) for others in found)


def pairs(collection: Collection, analogies: Analogies, most: int) -> list[Pair]:
    """Return up to `most` striking pairs: alike across every facet, varied, each work once.

    First those that are each other's best, by their cosine. No value of a facet may take more than its share, and no
    two values may meet twice, until that leaves nothing more to choose from; what is not even related is no pair, and
    no work with a content note is in one.
    """
    found = best_matches.across_all(collection, analogies)
    best, cosine = found.rows[:, 0], found.cosine[:, 0]
    works = np.arange(len(best))
    scale = Scale(analogies)
    levels = scale.levels(scale.ranks(closeness.encode(cosine)))
    plain = np.array([not work.content_note for work in collection.works])
    known = (best >= 0) & (levels <= closeness.RELATED) & plain & plain[np.where(best >= 0, best, 0)]
    mutual = known & (best[np.where(known, best, 0)] == works)
    order = sorted(np.flatnonzero(known), key=lambda row: (not mutual[row], -cosine[row], row))
    chosen: list[Pair] = []
    ranked = [(int(row), int(best[row])) for row in order]
    close = [pair for pair in ranked if levels[pair[0]] <= closeness.CLOSE]
    for candidates, share in ((close, FEW), (close, 2 * FEW), (ranked, FEW), (ranked, most)):
        chosen = _varied(collection, candidates, chosen, most, share)
    return sorted(chosen, key=lambda pair: -cosine[pair[0]])


def _varied(collection: Collection, ranked: list[Pair], chosen: list[Pair], most: int, share: int) -> list[Pair]:
    """Return the chosen pairs and more, no value in more than `share` of them."""
    chosen, used = list(chosen), {row for pair in chosen for row in pair}
    values = Counter(value for pair in chosen for value in _values(collection, pair))
    meetings = {_meeting(collection, pair) for pair in chosen}
    for pair in ranked:
        if len(chosen) >= most:
            break
        mine, met = _values(collection, pair), _meeting(collection, pair)
        if used & set(pair) or any(values[value] >= share for value in mine) or (share <= 2 * FEW and met in meetings):
            continue
        chosen.append(pair)
        used |= set(pair)
        values.update(mine)
        meetings.add(met)
    return chosen


def _values(collection: Collection, pair: Pair) -> list[Pair]:
    """Return facet and value of everything the two works are."""
    return [(facet, int(label)) for row in pair for facet, label in enumerate(collection.labels[row])]


def _meeting(collection: Collection, pair: Pair) -> tuple[int, int]:
    """Return which two values of the last facet meet."""
    first, second = sorted(collection.labels[list(pair), -1].tolist())
    return first, second


def typical(collection: Collection, analogies: Analogies) -> list[list[int]]:
    """Return for each facet the row of a typical work of each value: the one nearest to its own nearest few.

    It has no content note where the value has a work without one.
    """
    return [list(_typical(collection, analogies, facet)) for facet in range(len(collection.facets))]


def _typical(collection: Collection, analogies: Analogies, facet: int) -> Iterator[int]:
    labels = collection.labels[:, facet]
    plain = np.array([row for row, work in enumerate(collection.works) if not work.content_note], int)
    for value in range(len(collection.facets[facet].values)):
        mine, cells = np.flatnonzero(labels == value), np.flatnonzero(collection.cells[:, facet] == value)
        mine = plain[labels[plain] == value] if (labels[plain] == value).any() else mine
        near = analogies.similarity[np.ix_(mine, cells)].reshape(len(mine), -1)
        near = np.where(closeness.encode(near) >= closeness.SAME, -np.inf, near)
        near = np.sort(near, axis=1)[:, ::-1][:, :TYPICAL]
        yield int(mine[np.where(np.isfinite(near), near, -1.0).sum(axis=1).argmax()])
