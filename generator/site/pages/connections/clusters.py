"""Kinds of their own: groups of works that look alike, which one value of a facet has nearly alone."""

from collections.abc import Sequence

from generator.analysis.overview import Region
from generator.site import urls
from generator.site.pages.connections.pair_items import ALT, PairItems
from generator.site.pages.connections.pair_lists import Siblings

SHOWN, BESIDE = 12, 4  # works of a kind, and the nearest others
BRIEF = 8  # works on the first page


def path(facet: int, duos: PairItems) -> str:
    return urls.connected(*_parts(facet, duos))


def _parts(facet: int, duos: PairItems) -> tuple[str, str]:
    return "of-their-own", duos.material.collection.facets[facet].name


def draw(facet: int, region: Region, duos: PairItems, *, brief: bool = False) -> str:
    """Return a kind as an item of a list, with marks for the way up; only some of its works where it is brief."""
    words, value = duos.cards.words, duos.material.collection.facets[facet].values[region.mark]
    marked, size = len(region.marked), len(region.marked) + len(region.others)
    counts = {"value": value, "marked": words.number(marked), "all": words.number(size)}
    expected = words.number(round(region.expected) if region.expected >= 10 else round(region.expected, 1))
    parts = [
        (region.marked[: BRIEF if brief else SHOWN], ""),
        (region.beside[:BESIDE], words("connections.own_beside")),
    ]
    return str(
        duos.printer.fragment(
            "own-kind.html",
            root=urls.MARK,
            head=words("connections.own_head", **counts),
            level=3 if brief else 2,
            said=words("connections.own_said", expected=expected, facet=duos.cards.facet(facet), **counts),
            parts=[([_picture(int(row), duos) for row in rows], label) for rows, label in parts[: 1 if brief else 2]],
        )
    )


def _picture(row: int, duos: PairItems) -> tuple[str, str, str]:
    """Return the address of a work, its picture, and the class of the picture's ratio."""
    work = duos.material.collection.works[row]
    return urls.work(work.id), duos.cards.picture(row, urls.MARK, first=1, alt=ALT), duos.cards.ratio(row)


def write(facet: int, regions: Sequence[Region], duos: PairItems, siblings: Siblings) -> None:
    """Write the pages of a facet."""
    drawn = [draw(facet, region, duos) for region in regions]
    duos.write(_parts(facet, duos), "own.html", drawn, facet=duos.cards.facet(facet), siblings=siblings)
