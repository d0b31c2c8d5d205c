"""What is true of the collection as a whole: which values come close, which works are each other's closest, or alone.

n works, v values of a facet
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from generator.analysis import best_matches, closeness, periods, value_matrix
from generator.analysis.best_matches import BestMatches
from generator.analysis.closeness import Scale
from generator.core.findings import Analogies, FacetOverview, Overview, Pair, Pairs, Periods
from generator.core.model import Collection

LEAPS = 96  # pairs that lie far apart in time
KEPT = 4_096  # leaps of one block of works that are kept until all are known
ENOUGH = 12  # leaps of the closest kind; where there are fewer, what is only close follows


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
    return _without_noted(
        collection,
        Overview(
            facets=facets,
            periods=spans,
            mutual=_mutual(differing.rows[:, 0], differing.cosine[:, 0], scale) if differing else (),
            time=value_matrix.compare(time, spans.of, scale, sort=False) if time else None,
            leaps=_leaps(collection, analogies, spans, scale) if time else (),
        ),
    )


def listed_pairs(overview: Overview, most: int) -> Iterator[Pair]:
    """Yield the pairs that the views list, and the best of up to `most` pairs of values."""
    yield from (pair for across in overview.facets for pair in across.mutual)
    yield from overview.mutual
    yield from overview.leaps
    matrices = [across.matrix for across in overview.facets] + ([overview.time] if overview.time else [])
    cells = sorted(
        (-float(one.cosine[a, b]), one.pairs[a, b].tolist())
        for one in matrices
        for a, b in zip(*np.triu_indices(len(one.sizes), 1), strict=True)
        if one.pairs[a, b, 0] >= 0
    )
    yield from ((one, other) for _, (one, other) in cells[:most])


def _without_noted(collection: Collection, found: Overview) -> Overview:
    """Return the lists without works that have a content note: these are found, and not shown off."""
    noted = {row for row, work in enumerate(collection.works) if work.content_note}

    def plain(pairs: Pairs) -> Pairs:
        return tuple(pair for pair in pairs if not noted & set(pair))

    facets = tuple(
        replace(one, mutual=plain(one.mutual), outliers=tuple(row for row in one.outliers if row not in noted))
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
        matrix=value_matrix.compare(best, labels, scale, sort=not in_time),
        nearest=rows,
        mutual=_mutual(rows, cosine, scale),
        outliers=tuple(alone[np.argsort(cosine[alone], kind="stable")].tolist()),
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
    listed = [_far(block, analogies, spans, scale) for block in best_matches.blocks(collection, analogies)]
    levels, gaps, cosine, one, other = np.concatenate(listed, axis=1)
    striking = _apart(zip(*_sorted(levels == 0, gaps, cosine, one, other), strict=True))
    if len(striking) >= ENOUGH:
        return striking
    return _apart(zip(*_sorted(levels <= closeness.CLOSE, gaps, cosine, one, other), strict=True))


def _far(block: best_matches.Block, analogies: Analogies, spans: Periods, scale: Scale) -> NDArray[np.float64]:
    """Return (5, up to KEPT) level, years between, cosine, and both works of the close pairs furthest apart in time."""
    part, rows, cosine, _ = block
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


def _apart(ranked: Iterable[Pair]) -> Pairs:
    """Return the first LEAPS of the pairs, each work in one of them."""
    chosen: list[Pair] = []
    used: set[int] = set()
    for pair in ranked:
        if len(chosen) < LEAPS and not used & set(pair):
            chosen.append(pair)
            used |= set(pair)
    return tuple(chosen)
