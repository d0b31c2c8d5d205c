"""Tables of value against value: how often works come close across a facet or across time; and a page of each value.

v values of one facet, or periods
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import escape
from numpy.typing import NDArray

from generator.analysis import value_matrix
from generator.core.findings import FacetOverview, Pair, ValueMatrix
from generator.site import urls
from generator.site.pages.browse import ValueLink
from generator.site.pages.connections.pair_items import PairItems
from generator.site.pages.connections.pair_lists import Listing
from generator.site.render import BUDGET, paged

SHOWN = 30  # values in a table; where there are more, those with the most works
LISTED = 100  # values on a page of all of them
OTHERS = 60  # values that a value's pages show beside it, the closest
OPENERS = 6  # widest leaps, below the table of periods
TIME = urls.connected("across-time")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How often works of the row's value have a close match in the column's."""

    percent: int
    shade: int  # value_matrix.shade
    path: str  # of the best pair; empty: no link
    own: bool  # row and column are the same value


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a table."""

    name: str
    path: str  # of the value's page; empty: no link
    works: int
    few: bool  # too few for their shares to say much
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixTable:
    """Values against each other, as one page shows them."""

    matrix: ValueMatrix
    values: Sequence[int]  # those that are shown, in their order
    names: Sequence[str]  # of all values
    paths: Sequence[str]  # of the values' pages; empty: no link
    page: str  # where the table stands

    def lines(self, pair_items: PairItems, *, room: int) -> list[Line]:
        """Return the rows; as many cells link to their best pair as `room` bytes allow."""
        percent, links = self.matrix.percent(), self._links(pair_items, room)
        return [
            Line(
                name=self.names[a],
                path=self.paths[a],
                works=int(self.matrix.sizes[a]),
                few=bool(self.matrix.sizes[a] < value_matrix.FEW),
                cells=[
                    Cell(
                        percent=int(percent[a, b]),
                        shade=value_matrix.shade(int(percent[a, b])),
                        path=links.get((a, b), ""),
                        own=a == b,
                    )
                    for b in self.values
                ],
            )
            for a in self.values
        ]

    def _links(self, pair_items: PairItems, room: int) -> dict[Pair, str]:
        """Return the addresses of the best pairs of two values, the largest shares first, in at most `room` bytes."""
        works, root = pair_items.context.collection.works, urls.root_of(self.page)
        percent, found, links = self.matrix.percent(), self.matrix, dict[Pair, str]()
        both = ((a, b) for a in self.values for b in self.values if a != b)
        ranked = sorted((-int(percent[a, b]), -float(found.cosine[a, b]), a, b) for a, b in both)
        for *_, a, b in ranked:
            one, other = found.pairs[a, b].tolist()
            if one < 0 or other not in pair_items.ready[one] or not found.close[a, b]:
                continue
            path = urls.pair(works[one].id, works[other].id)
            room -= len(root) + len(path) + len('<a href=""></a>')
            if room < 0:
                break
            links[a, b] = path
        return links


def _write(table: MatrixTable, template: str, pair_items: PairItems, **given: object) -> None:
    """Write the page of a table, with as many links as it has room for."""
    bare = pair_items.printer.html(table.page, template, lines=table.lines(pair_items, room=0), **given)
    lines = table.lines(pair_items, room=BUDGET - 200 - len(bare.encode()))
    pair_items.printer.page(table.page, template, lines=lines, **given)


class ValueTables:
    """Writes the table of a facet, and a page of each of its values with its best pair in every other."""

    def __init__(self, across: FacetOverview, pair_items: PairItems) -> None:
        self.across, self.matrix, self.pair_items = across, across.matrix, pair_items
        self.facet = pair_items.context.collection.facets[across.facet]
        self.name = pair_items.cards.facet(across.facet)
        self.paths = [urls.connected(self.facet.name, slug) for slug in self.facet.slugs]
        self.percent = self.matrix.percent()

    def write(self) -> None:
        """Write all pages of the facet."""
        self._table()
        self._all()
        for value in range(len(self.facet.values)):
            self._value(value)

    def closest(self, most: int) -> list[tuple[int, int]]:
        """Return the pairs of values of which the most works come close, both ways."""
        both = np.triu(np.minimum(self.percent, self.percent.T) * 1_000 + self.percent + self.percent.T, 1)
        order = np.argsort(-both, axis=None, kind="stable")[: 8 * most].tolist()
        cells = [divmod(place, len(self.percent)) for place in order if both.flat[place] > 0]
        return _varied(cells, most)

    def _table(self) -> None:
        path = urls.connected(self.facet.name)
        largest = set(np.argsort(-self.matrix.sizes, kind="stable")[:SHOWN].tolist())
        values = [value for value in self.matrix.order.tolist() if value in largest]
        table = MatrixTable(matrix=self.matrix, values=values, names=self.facet.values, paths=self.paths, page=path)
        _write(
            table,
            "value-matrix.html",
            self.pair_items,
            facet=self.name,
            total=len(self.facet.values),
            few=value_matrix.FEW,
            all=urls.connected(self.facet.name, "all"),
        )

    def _all(self) -> None:
        """Write the list of all values where the table has not all of them."""
        if len(self.facet.values) <= SHOWN:
            return
        first = np.unique(self.pair_items.context.collection.labels[:, self.across.facet], return_index=True)[
            1
        ].tolist()
        parts = zip(self.facet.values, self.paths, self.matrix.sizes.tolist(), first, strict=True)
        ways = [ValueLink(name=name, path=path, count=size, typical=row) for name, path, size, row in parts]
        pages = paged([""] * len(ways), BUDGET, LISTED)
        for number, part in enumerate(pages, 1):
            self.pair_items.printer.page(
                urls.connected(self.facet.name, "all", page=number),
                "value-list.html",
                facet=self.name,
                number=number,
                pages=len(pages),
                ways=ways[part],
                cards=self.pair_items.cards,
                up=urls.connected(self.facet.name),
            )

    def _value(self, value: int) -> None:
        others = [int(other) for other in self._ranked(value) if self.matrix.pairs[value, other, 0] >= 0][:OTHERS]
        drawn = [
            self.pair_items.draw(self.matrix.pairs[value, other], head=self._head(value, other)) for other in others
        ]
        self.pair_items.write(
            (self.facet.name, self.facet.slugs[value]),
            "value-pairs.html",
            drawn,
            facet=self.name,
            value=self.facet.values[value],
            works=int(self.matrix.sizes[value]),
            up=urls.connected(self.facet.name),
            browse=self.pair_items.cards.places.value(self.across.facet, value),
            shown=len(others),
            others=len(self.facet.values) - 1,
        )

    def _ranked(self, value: int) -> NDArray[np.int64]:
        """Return the other values: where the most of this value's works have a close match first, then the best pair."""
        order = np.lexsort((np.arange(len(self.percent)), -self.matrix.cosine[value], -self.percent[value]))
        others: NDArray[np.int64] = order[order != value]
        return others

    def _head(self, value: int, other: int) -> str:
        words, names = self.pair_items.cards.words, self.facet.values
        shares = [
            words("connections.from", value=names[one], percent=int(self.percent[one, two]))
            for one, two in ((value, other), (other, value))
        ]
        said = words("connections.both_ways", one=shares[0], other=shares[1])
        if not self.matrix.close[value, other] + self.matrix.close[other, value]:
            said = words("connections.neither")
        link = f'<a href="{urls.MARK}{escape(urls.linked(self.paths[other]))}">{escape(names[other])}</a>'
        return f"<h2>{link}</h2><p>{escape(said)}</p>"


def _varied(cells: Sequence[tuple[int, int]], most: int) -> list[tuple[int, int]]:
    """Return the first of the pairs of values, those whose values were not seen yet before the others."""
    fresh: list[tuple[int, int]] = []
    for cell in cells:
        if not {value for pair in fresh for value in pair} & set(cell):
            fresh.append(cell)
    return [*fresh, *(cell for cell in cells if cell not in fresh)][:most]


def write_periods(pair_items: PairItems, leaps: Listing | None) -> None:
    """Write the table of periods, with the widest of the leaps."""
    whole = pair_items.context.findings.overview
    assert whole.time
    names = [_span(pair_items, *span) for span in whole.periods.spans]
    pairs = leaps.pairs[:OPENERS] if leaps else ()
    table = MatrixTable(matrix=whole.time, values=range(len(names)), names=names, paths=[""] * len(names), page=TIME)
    _write(
        table,
        "periods.html",
        pair_items,
        leaps=leaps.sibling()[1] if leaps else "",
        items=pair_items.drawn(pairs, TIME),
        undated=int((whole.periods.of < 0).sum()),
    )


def _span(pair_items: PairItems, first: int, last: int) -> str:
    """Return "600–501 BCE", "100 BCE–200", or "1801–1900"."""
    name = "connections.span_after"
    if first < 0:
        name = "connections.span_before" if last < 0 else "connections.span_across"
    return pair_items.cards.words(name, first=abs(first), last=abs(last))
