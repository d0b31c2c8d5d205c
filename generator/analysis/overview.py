"""What is true of the collection as a whole: which values come close, which works are each other's closest, or alone.

n works, v values of a facet
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from generator.analysis import best_matches, closeness, periods, value_matrix
from generator.analysis.best_matches import BestMatches
from generator.analysis.closeness import Scale
from generator.analysis.periods import Periods
from generator.analysis.value_matrix import ValueMatrix
from generator.core.model import Analogies, Collection

LEAPS = 96  # pairs that lie far apart in time
KEPT = 4_096  # leaps of one block of works that are kept until all are known
ENOUGH = 12  # leaps of the closest kind; where there are fewer, what is only close follows

Pairs = tuple[tuple[int, int], ...]


class Region(Protocol):
    """A group of works that look alike, which one value has nearly alone (regions/widening.py)."""

    mark: int  # the value
    marked: NDArray[np.int32]  # its works here, the most typical first
    others: NDArray[np.int32]  # and those of other values
    beside: NDArray[np.int32]  # the nearest of other values, wherever
    expected: float  # works of the value, if looks had nothing to do with it
    adjusted: float  # how often chance alone would find anything as far from its share, of all that was tested


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetOverview:
    """What is true across the values of one facet."""

    facet: int
    grid: ValueMatrix
    mutual: Pairs  # each is the other's closest outside its own value; the closest pair first
    alone: tuple[int, ...]  # works with nothing close outside their value; the most alone first
    nearest: NDArray[np.int64]  # (n,) the closest work outside a work's own value; -1 where there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All that the whole-collection views tell."""

    facets: tuple[FacetOverview, ...]  # those with two values and more
    mutual: (
        Pairs  # each is the other's closest of all that differ from it in every facet; none where there is one facet
    )
    periods: Periods
    time: ValueMatrix | None  # period against period; None where there are not two
    leaps: Pairs  # close in looks, far apart in time; the widest first

    def pairs(self, most: int) -> Iterator[tuple[int, int]]:
        """Yield the pairs that are to have a page each: those that are listed, and the best of up to `most` values."""
        yield from (pair for across in self.facets for pair in across.mutual)
        yield from self.mutual
        yield from self.leaps
        grids = [across.grid for across in self.facets] + ([self.time] if self.time else [])
        cells = sorted(
            (-float(one.cosine[a, b]), one.pairs[a, b].tolist())
            for one in grids
            for a, b in zip(*np.triu_indices(len(one.sizes), 1), strict=True)
            if one.pairs[a, b, 0] >= 0
        )
        yield from ((one, other) for _, (one, other) in cells[:most])


def find(collection: Collection, analogies: Analogies) -> Overview:
    """Return what the whole-collection views tell."""
    scale = Scale(analogies)
    found = best_matches.of_facets(collection, analogies)
    facets = tuple(
        _across(collection, best, facet, scale) for facet, best in enumerate(found) if best.rows.shape[1] > 1
    )
    differing = best_matches.across_all(collection, analogies) if len(facets) > 1 else None
    spans = periods.of(collection)
    count = len(spans.spans)
    time = best_matches.of_groups(collection, analogies, spans.of, count) if count > 1 else None
    return _tactful(
        collection,
        Overview(
            facets=facets,
            periods=spans,
            mutual=_mutual(differing.rows[:, 0], differing.cosine[:, 0], scale) if differing else (),
            time=value_matrix.compare(time, spans.of, scale, sort=False) if time else None,
            leaps=_leaps(collection, analogies, spans, scale) if time else (),
        ),
    )


def _tactful(collection: Collection, found: Overview) -> Overview:
    """Return the lists without works that have a content note: these are found, and not shown off."""
    noted = {row for row, work in enumerate(collection.works) if work.content_note}

    def plain(pairs: Pairs) -> Pairs:
        return tuple(pair for pair in pairs if not noted & set(pair))

    facets = tuple(
        replace(one, mutual=plain(one.mutual), alone=tuple(row for row in one.alone if row not in noted))
        for one in found.facets
    )
    return replace(found, facets=facets, mutual=plain(found.mutual), leaps=plain(found.leaps))


def _across(collection: Collection, best: BestMatches, facet: int, scale: Scale) -> FacetOverview:
    labels = collection.labels[:, facet]
    rows, cosine, copied = best.elsewhere(labels)
    levels = scale.levels(scale.ranks(closeness.encode(cosine)))
    alone = np.flatnonzero((levels > closeness.CLOSE) & ~copied & (rows >= 0))
    in_time = collection.facets[facet].name == periods.FACET
    return FacetOverview(
        facet=facet,
        grid=value_matrix.compare(best, labels, scale, sort=not in_time),
        nearest=rows,
        mutual=_mutual(rows, cosine, scale),
        alone=tuple(alone[np.argsort(cosine[alone], kind="stable")].tolist()),
    )


def _mutual(rows: NDArray[np.integer], cosine: NDArray[np.float32], scale: Scale) -> Pairs:
    """Return the pairs of works that are each other's nearest, closest first; what is not even related is no pair."""
    works = np.arange(len(rows))
    levels = scale.levels(scale.ranks(closeness.encode(cosine)))
    known = (rows >= 0) & (levels <= closeness.RELATED)
    mutual = np.flatnonzero(known & (rows[np.where(rows >= 0, rows, 0)] == works) & (works < rows))
    order = mutual[np.argsort(-cosine[mutual], kind="stable")]
    return tuple((int(row), int(rows[row])) for row in order)


def _leaps(collection: Collection, analogies: Analogies, spans: Periods, scale: Scale) -> Pairs:
    """Return pairs that are close, strikingly so where there are enough, and lie furthest apart in time; each work once."""
    listed = [_far(*block, analogies, spans, scale) for block in best_matches.blocks(collection, analogies)]
    levels, gaps, cosine, one, other = np.concatenate(listed, axis=1)
    striking = _apart(zip(*_sorted(levels == 0, gaps, cosine, one, other), strict=True))
    if len(striking) >= ENOUGH:
        return striking
    return _apart(zip(*_sorted(levels <= closeness.CLOSE, gaps, cosine, one, other), strict=True))


def _far(
    part: slice,
    rows: best_matches.Rows,
    cosine: best_matches.Cosines,
    _: best_matches.Marks,
    analogies: Analogies,
    spans: Periods,
    scale: Scale,
) -> NDArray[np.float64]:
    """Return (5, up to KEPT) level, years between, cosine, and both works of the close pairs furthest apart in time."""
    # Close is what lies above this quantile: only that is looked at further.
    places = np.nonzero(cosine >= analogies.scale[closeness.LIMITS[closeness.CLOSE] - 1])
    near, other = cosine[places], rows[places]
    one = places[0] + part.start
    levels = scale.levels(scale.ranks(closeness.encode(near)))
    gaps = np.abs(spans.years[one] - spans.years[other])
    good = (levels <= closeness.CLOSE) & (spans.of[one] >= 0) & (spans.of[other] >= 0) & (gaps > 0)
    found = np.stack([levels, gaps, near, np.minimum(one, other), np.maximum(one, other)]).astype(np.float64)[:, good]
    return found[:, np.lexsort((found[4], found[3], -found[2], -found[1], found[0]))[:KEPT]]


def _sorted(
    wanted: NDArray[np.bool_], gaps: NDArray[np.float64], cosine: NDArray[np.float64], *pair: NDArray[np.float64]
) -> tuple[list[int], list[int]]:
    one, other = (side[wanted].astype(int) for side in pair)
    order = np.lexsort((other, one, -cosine[wanted], -gaps[wanted]))
    return one[order].tolist(), other[order].tolist()


def _apart(ranked: Iterable[tuple[int, int]]) -> Pairs:
    """Return the first LEAPS of the pairs, each work in one of them."""
    chosen: list[tuple[int, int]] = []
    used: set[int] = set()
    for pair in ranked:
        if len(chosen) < LEAPS and not used & set(pair):
            chosen.append(pair)
            used |= set(pair)
    return tuple(chosen)
