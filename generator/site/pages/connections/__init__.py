"""The whole collection at once: how its values and its times meet, who is whose closest, and what stands alone.

meetings    value against value, and each value's page      couples     ranked lists of pairs
eras        time against time                               alone       works with nothing close elsewhere
own         kinds of picture that one value has alone       duos        how a pair appears in all of these
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.analysis.overview import Overview
from generator.site import urls
from generator.site.context import Material
from generator.site.pages.connections import clusters, outliers, pair_lists, value_tables
from generator.site.pages.connections.pair_items import PairItems
from generator.site.pages.connections.pair_lists import Listing, Siblings
from generator.site.pages.connections.value_tables import ValueTables

EXAMPLES = 3  # pairs of each view, on the first page
SAMPLE = 4  # works that stand alone, on the first page


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One view on the first page: what it is, a few examples, and the ways there."""

    title: str
    note: str
    ways: Siblings
    items: Sequence[str]
    kind: str = "pairs"  # the list's class


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """The views that this collection has."""

    tables: Sequence[ValueTables]
    mutual: Sequence[Listing]
    leaps: Listing | None
    lonely: Siblings
    own: Siblings


def wanted(whole: Overview) -> bool:
    """Return whether there is anything to tell."""
    return bool(whole.facets or whole.time)


def write(material: Material) -> None:
    """Write all pages of the views."""
    if not wanted(material.whole):
        return
    duos = PairItems(material)
    views = _views(duos)
    for pages in views.tables:
        pages.write()
    for listing in views.mutual:
        pair_lists.write(listing, duos, [one.sibling() for one in views.mutual])
    if material.whole.time:
        value_tables.write_periods(duos, views.leaps)
    if views.leaps:
        pair_lists.write(views.leaps, duos, ())
    for across in material.whole.facets:
        if across.alone:
            outliers.write(across, duos, views.lonely)
    for facet, regions in enumerate(material.regions):
        if regions:
            clusters.write(facet, regions, duos, views.own)
    material.printer.page(urls.CONNECTIONS, "connections.html", invitations=list(_invitations(views, duos)))


def _views(duos: PairItems) -> Views:
    whole, name = duos.material.whole, duos.cards.facet
    return Views(
        tables=[ValueTables(across, duos) for across in whole.facets],
        mutual=list(pair_lists.mutual(duos)),
        leaps=next(pair_lists.leaps(duos), None),
        lonely=[(name(across.facet), outliers.path(across, duos)) for across in whole.facets if across.alone],
        own=[(name(facet), clusters.path(facet, duos)) for facet, found in enumerate(duos.material.regions) if found],
    )


def _invitations(views: Views, duos: PairItems) -> Iterator[Invitation]:
    words, root = duos.cards.words, urls.root_of(urls.CONNECTIONS)
    yield from (_table(pages, duos) for pages in views.tables)
    if views.mutual:
        items = duos.drawn(views.mutual[0].pairs[:EXAMPLES], urls.CONNECTIONS)
        ways = [listing.sibling() for listing in views.mutual]
        yield Invitation(
            title=words("connections.mutual"), note=words("connections.mutual_short"), ways=ways, items=items
        )
    if duos.material.whole.time:
        yield _time(views, duos)
    if views.lonely:
        across = next(across for across in duos.material.whole.facets if across.alone)
        items = [outliers.draw(row, across, duos).replace(urls.MARK, root) for row in across.alone[:SAMPLE]]
        note = words("connections.alone_short")
        yield Invitation(title=words("connections.alone"), note=note, ways=views.lonely, items=items, kind="lonely")
    if views.own:
        facet, regions = next((facet, regions) for facet, regions in enumerate(duos.material.regions) if regions)
        items = [clusters.draw(facet, regions[0], duos, brief=True).replace(urls.MARK, root)]
        yield Invitation(
            title=words("connections.own"), note=words("connections.own_short"), ways=views.own, items=items, kind="own"
        )


def _time(views: Views, duos: PairItems) -> Invitation:
    words = duos.cards.words
    ways, items = [(words("connections.time_way"), value_tables.TIME)], []
    if views.leaps:
        ways.append(views.leaps.sibling())
        items = duos.drawn(views.leaps.pairs[:EXAMPLES], urls.CONNECTIONS)
    return Invitation(title=words("connections.time"), note=words("connections.time_short"), ways=ways, items=items)


def _table(pages: ValueTables, duos: PairItems) -> Invitation:
    words = duos.cards.words
    return Invitation(
        title=words("connections.table", facet=pages.name),
        note=words("connections.table_short", facet=pages.name),
        ways=[(words("connections.table_way", number=len(pages.facet.values)), urls.connected(pages.facet.name))],
        items=duos.drawn([pages.grid.pairs[a, b] for a, b in pages.closest(EXAMPLES)], urls.CONNECTIONS),
    )
