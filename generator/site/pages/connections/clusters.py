"""Kinds of their own: groups of works that look alike, which one value of a facet has nearly alone."""

from collections.abc import Sequence

from generator.core.findings import Region
from generator.site import urls
from generator.site.pages.connections.pair_items import ALT, PairItems
from generator.site.pages.connections.pair_lists import Siblings

SHOWN, BESIDE = 12, 4  # works of a kind, and the nearest others
BRIEF = 8  # works on the first page


def path(facet: int, pair_items: PairItems) -> str:
    return urls.connected(*_parts(facet, pair_items))


def _parts(facet: int, pair_items: PairItems) -> tuple[str, str]:
    return "of-their-own", pair_items.context.collection.facets[facet].name


def draw(facet: int, region: Region, pair_items: PairItems, *, brief: bool = False) -> str:
    """Return a kind as an item of a list, with marks for the way up; only some of its works where it is brief."""
    words, value = pair_items.cards.words, pair_items.context.collection.facets[facet].values[region.mark]
    marked, size = len(region.marked), len(region.marked) + len(region.others)
    counts = {"value": value, "marked": words.number(marked), "all": words.number(size)}
    expected = words.number(round(region.expected) if region.expected >= 10 else round(region.expected, 1))
    parts = [
        (region.marked[: BRIEF if brief else SHOWN], ""),
        (region.beside[:BESIDE], words("connections.own_beside")),
    ]
    return str(
        pair_items.printer.fragment(
            "cluster.html",
            root=urls.MARK,
            head=words("connections.own_head", **counts),
            level=3 if brief else 2,
            said=words("connections.own_said", expected=expected, facet=pair_items.cards.facet(facet), **counts),
            parts=[
                ([_picture(int(row), pair_items) for row in rows], label) for rows, label in parts[: 1 if brief else 2]
            ],
        )
    )


def _picture(row: int, pair_items: PairItems) -> tuple[str, str, str]:
    """Return the address of a work, its picture, and the class of the picture's ratio."""
    work = pair_items.context.collection.works[row]
    return (
        urls.work(work.id),
        pair_items.cards.picture(row, urls.MARK, steps=(1, 2), alt=ALT),
        pair_items.cards.ratio(row),
    )


def write(facet: int, regions: Sequence[Region], pair_items: PairItems, siblings: Siblings) -> None:
    """Write the pages of a facet."""
    drawn = [draw(facet, region, pair_items) for region in regions]
    pair_items.write(
        _parts(facet, pair_items), "clusters.html", drawn, facet=pair_items.cards.facet(facet), siblings=siblings
    )
