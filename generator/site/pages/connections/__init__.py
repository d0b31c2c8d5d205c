"""The whole collection at once: how its values and its times meet, who is whose closest, and what stands alone.

meetings    value against value, and each value's page      couples     ranked lists of pairs
eras        time against time                               alone       works with nothing close elsewhere
own         kinds of picture that one value has alone       pair_items        how a pair appears in all of these
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.core.findings import Overview
from generator.site import urls
from generator.site.context import Context
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


def write(context: Context) -> None:
    """Write all pages of the views."""
    if not wanted(context.findings.overview):
        return
    pair_items = PairItems(context)
    views = _views(pair_items)
    for pages in views.tables:
        pages.write()
    for listing in views.mutual:
        pair_lists.write(listing, pair_items, [one.sibling() for one in views.mutual])
    if context.findings.overview.time:
        value_tables.write_periods(pair_items, views.leaps)
    if views.leaps:
        pair_lists.write(views.leaps, pair_items, ())
    for across in context.findings.overview.facets:
        if across.outliers:
            outliers.write(across, pair_items, views.lonely)
    for facet, regions in enumerate(context.findings.clusters):
        if regions:
            clusters.write(facet, regions, pair_items, views.own)
    context.printer.page(urls.CONNECTIONS, "connections.html", invitations=list(_invitations(views, pair_items)))


def _views(pair_items: PairItems) -> Views:
    whole, name = pair_items.context.findings.overview, pair_items.cards.facet
    return Views(
        tables=[ValueTables(across, pair_items) for across in whole.facets],
        mutual=list(pair_lists.mutual(pair_items)),
        leaps=next(pair_lists.leaps(pair_items), None),
        lonely=[(name(across.facet), outliers.path(across, pair_items)) for across in whole.facets if across.outliers],
        own=[
            (name(facet), clusters.path(facet, pair_items))
            for facet, found in enumerate(pair_items.context.findings.clusters)
            if found
        ],
    )


def _invitations(views: Views, pair_items: PairItems) -> Iterator[Invitation]:
    words, root = pair_items.cards.words, urls.root_of(urls.CONNECTIONS)
    yield from (_table(pages, pair_items) for pages in views.tables)
    if views.mutual:
        items = pair_items.drawn(views.mutual[0].pairs[:EXAMPLES], urls.CONNECTIONS)
        ways = [listing.sibling() for listing in views.mutual]
        yield Invitation(
            title=words("connections.mutual"), note=words("connections.mutual_short"), ways=ways, items=items
        )
    if pair_items.context.findings.overview.time:
        yield _time(views, pair_items)
    if views.lonely:
        across = next(across for across in pair_items.context.findings.overview.facets if across.outliers)
        items = [outliers.draw(row, across, pair_items).replace(urls.MARK, root) for row in across.outliers[:SAMPLE]]
        note = words("connections.alone_short")
        yield Invitation(title=words("connections.alone"), note=note, ways=views.lonely, items=items, kind="lonely")
    if views.own:
        facet, regions = next(
            (facet, regions) for facet, regions in enumerate(pair_items.context.findings.clusters) if regions
        )
        items = [clusters.draw(facet, regions[0], pair_items, brief=True).replace(urls.MARK, root)]
        yield Invitation(
            title=words("connections.own"), note=words("connections.own_short"), ways=views.own, items=items, kind="own"
        )


def _time(views: Views, pair_items: PairItems) -> Invitation:
    words = pair_items.cards.words
    ways, items = [(words("connections.time_way"), value_tables.TIME)], []
    if views.leaps:
        ways.append(views.leaps.sibling())
        items = pair_items.drawn(views.leaps.pairs[:EXAMPLES], urls.CONNECTIONS)
    return Invitation(title=words("connections.time"), note=words("connections.time_short"), ways=ways, items=items)


def _table(pages: ValueTables, pair_items: PairItems) -> Invitation:
    words = pair_items.cards.words
    return Invitation(
        title=words("connections.table", facet=pages.name),
        note=words("connections.table_short", facet=pages.name),
        ways=[(words("connections.table_way", number=len(pages.facet.values)), urls.connected(pages.facet.name))],
        items=pair_items.drawn([pages.matrix.pairs[a, b] for a, b in pages.closest(EXAMPLES)], urls.CONNECTIONS),
    )
