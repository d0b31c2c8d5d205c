"""Only here: works with nothing close outside their own value of a facet, the most alone first."""

from dataclasses import dataclass

import numpy as np

from generator.analysis import closeness
from generator.analysis.neighbors import Match
from generator.analysis.value_matrix import FEW
from generator.core.findings import FacetOverview
from generator.site import urls
from generator.site.cards import TITLE
from generator.site.pages.connections.pair_items import ALT, PairItems
from generator.site.pages.connections.pair_lists import Siblings

SHARES = 40  # values whose shares are told
PAGES = 12  # of works that are alone, the most alone first


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlierShare:
    """How many works of a value have nothing close elsewhere."""

    name: str
    path: str
    percent: int
    alone: int
    works: int


def path(across: FacetOverview, pair_items: PairItems) -> str:
    return urls.connected(*_parts(across, pair_items))


def _parts(across: FacetOverview, pair_items: PairItems) -> tuple[str, str]:
    return "only-here", pair_items.context.collection.facets[across.facet].name


def shares(across: FacetOverview, pair_items: PairItems) -> list[OutlierShare]:
    """Return the shares of the values, the largest first, values with few works last."""
    collection = pair_items.context.collection
    labels, facet = collection.labels[:, across.facet], collection.facets[across.facet]
    alone = np.bincount(labels[list(across.outliers)], minlength=len(facet.values))
    found = [
        OutlierShare(
            name=name,
            path=urls.connected(facet.name, facet.slugs[value]),
            percent=int(200 * alone[value] + size) // (2 * size),
            alone=int(alone[value]),
            works=size,
        )
        for value, (name, size) in enumerate(zip(facet.values, across.matrix.sizes.tolist(), strict=True))
        if size
    ]
    return sorted(found, key=lambda share: (share.works < FEW, -share.alone / share.works))


def draw(row: int, across: FacetOverview, pair_items: PairItems) -> str:
    """Return a work that is alone as an item of a list, and what is least distant from it; with marks for the way up."""
    cards, collection = pair_items.cards, pair_items.context.collection
    other = int(across.nearest[row])
    match = pair_items.context.neighborhood.pair(row, other) or Match(other, 0, len(closeness.NAMES) - 1, False)
    works = [collection.works[one] for one in (row, other)]
    return str(
        pair_items.printer.fragment(
            "outlier.html",
            root=urls.MARK,
            work=works[0],
            other=works[1],
            ratio=cards.ratio(row),
            title=TITLE,
            picture=cards.picture(row, urls.MARK, alt=ALT),
            small=cards.picture(other, urls.MARK, steps=(0, 1), alt=0),
            values=cards.values[row],
            date=cards.dates[row],
            elsewhere=cards.values[other][across.facet],
            level=match.level,
            word=cards.word(match.level),
            percent=cards.words.percent(match.rank),
        )
    )


def write(across: FacetOverview, pair_items: PairItems, siblings: Siblings) -> None:
    """Write the pages of a facet."""
    told = shares(across, pair_items)
    drawn = [draw(row, across, pair_items) for row in across.outliers[: PAGES * pair_items.context.config.per_page]]
    pair_items.write(
        _parts(across, pair_items),
        "outliers.html",
        drawn,
        siblings=siblings,
        facet=pair_items.cards.facet(across.facet),
        shares=told[:SHARES],
        further=len(told[SHARES:]),
        few=FEW,
        alone=len(across.outliers),
        total=len(pair_items.context.collection.works),
    )
