"""Tables of value against value: how often works come close across a facet or across time; and a page of each value.

v values of one facet, or periods
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import escape

from generator.analysis import value_matrix
from generator.analysis.overview import FacetOverview
from generator.analysis.value_matrix import ValueMatrix
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
    shade: int  # grid.shade
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


def table(
    found: ValueMatrix,
    names: Sequence[str],
    paths: Sequence[str],
    values: Sequence[int],
    duos: PairItems,
    *,
    room: int,
    root: str,
) -> list[Line]:
    """Return the rows of a table of some values; as many cells link to their best pair as `room` bytes allow."""
    percent = found.percent()
    links = _links(found, values, duos, room, root)
    return [
        Line(
            name=names[a],
            path=paths[a],
            works=int(found.sizes[a]),
            few=bool(found.sizes[a] < value_matrix.FEW),
            cells=[
                Cell(
                    percent=int(percent[a, b]),
                    shade=value_matrix.shade(int(percent[a, b])),
                    path=links.get((a, b), ""),
                    own=a == b,
                )
                for b in values
            ],
        )
        for a in values
    ]


def _links(
    found: ValueMatrix, values: Sequence[int], duos: PairItems, room: int, root: str
) -> dict[tuple[int, int], str]:
    """Return the addresses of the best pairs of two values, the largest shares first, in at most `room` bytes."""
    works = duos.material.collection.works
    percent, links = found.percent(), {}
    ranked = sorted((-int(percent[a, b]), -float(found.cosine[a, b]), a, b) for a in values for b in values if a != b)
    for *_, a, b in ranked:
        one, other = found.pairs[a, b].tolist()
        if one < 0 or other not in duos.ready[one] or not found.close[a, b]:
            continue
        path = urls.pair(works[one].id, works[other].id)
        room -= len(root) + len(path) + len('<a href=""></a>')
        if room < 0:
            break
        links[a, b] = path
    return links


class ValueTables:
    """Writes the table of a facet, and a page of each of its values with its best pair in every other."""

    def __init__(self, across: FacetOverview, duos: PairItems) -> None:
        self.across, self.grid, self.duos = across, across.grid, duos
        self.facet = duos.material.collection.facets[across.facet]
        self.name = duos.cards.facet(across.facet)
        self.paths = [urls.connected(self.facet.name, slug) for slug in self.facet.slugs]
        self.percent = self.grid.percent()

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
        largest = set(np.argsort(-self.grid.sizes, kind="stable")[:SHOWN].tolist())
        values = [value for value in self.grid.order.tolist() if value in largest]
        given = {
            "facet": self.name,
            "total": len(self.facet.values),
            "few": value_matrix.FEW,
            "all": urls.connected(self.facet.name, "all"),
        }
        parts = {"paths": self.paths, "values": values, "duos": self.duos, "root": urls.root_of(path)}
        lines = table(self.grid, self.facet.values, room=0, **parts)
        size = len(self.duos.printer.html(path, "grid.html", lines=lines, **given).encode())
        lines = table(self.grid, self.facet.values, room=BUDGET - 200 - size, **parts)
        self.duos.printer.page(path, "grid.html", lines=lines, **given)

    def _all(self) -> None:
        """Write the list of all values where the table has not all of them."""
        if len(self.facet.values) <= SHOWN:
            return
        first = np.unique(self.duos.material.collection.labels[:, self.across.facet], return_index=True)[1].tolist()
        parts = zip(self.facet.values, self.paths, self.grid.sizes.tolist(), first, strict=True)
        ways = [ValueLink(name=name, path=path, count=size, typical=row) for name, path, size, row in parts]
        pages = paged([""] * len(ways), BUDGET, LISTED)
        for number, part in enumerate(pages, 1):
            self.duos.printer.page(
                urls.connected(self.facet.name, "all", page=number),
                "grid-all.html",
                facet=self.name,
                number=number,
                pages=len(pages),
                ways=ways[part],
                cards=self.duos.cards,
                up=urls.connected(self.facet.name),
            )

    def _value(self, value: int) -> None:
        others = [int(other) for other in self._ranked(value) if self.grid.pairs[value, other, 0] >= 0][:OTHERS]
        drawn = [self.duos.draw(self.grid.pairs[value, other], head=self._head(value, other)) for other in others]
        self.duos.write(
            (self.facet.name, self.facet.slugs[value]),
            "meetings.html",
            drawn,
            facet=self.name,
            value=self.facet.values[value],
            works=int(self.grid.sizes[value]),
            up=urls.connected(self.facet.name),
            browse=self.duos.cards.places.value(self.across.facet, value),
            shown=len(others),
            others=len(self.facet.values) - 1,
        )

    def _ranked(self, value: int) -> np.ndarray:
        """Return the other values: where the most of this value's works have a close match first, then the best pair."""
        order = np.lexsort((np.arange(len(self.percent)), -self.grid.cosine[value], -self.percent[value]))
        return order[order != value]

    def _head(self, value: int, other: int) -> str:
        words, names = self.duos.cards.words, self.facet.values
        shares = [
            words("connections.from", value=names[one], percent=int(self.percent[one, two]))
            for one, two in ((value, other), (other, value))
        ]
        said = words("connections.both_ways", one=shares[0], other=shares[1])
        if not self.grid.close[value, other] + self.grid.close[other, value]:
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


def write_periods(duos: PairItems, leaps: Listing | None) -> None:
    """Write the table of periods, with the widest of the leaps."""
    whole = duos.material.whole
    assert whole.time
    names = [_span(duos, *span) for span in whole.periods.spans]
    pairs = leaps.pairs[:OPENERS] if leaps else ()
    given = {
        "leaps": leaps.sibling()[1] if leaps else "",
        "items": duos.drawn(pairs, TIME),
        "undated": int((whole.periods.of < 0).sum()),
    }
    parts = {
        "names": names,
        "paths": [""] * len(names),
        "values": range(len(names)),
        "duos": duos,
        "root": urls.root_of(TIME),
    }
    lines = table(whole.time, room=0, **parts)
    room = BUDGET - 200 - len(duos.printer.html(TIME, "time.html", lines=lines, **given).encode())
    duos.printer.page(TIME, "time.html", lines=table(whole.time, room=room, **parts), **given)


def _span(duos: PairItems, first: int, last: int) -> str:
    """Return "600–501 BCE", "100 BCE–200", or "1801–1900"."""
    name = "connections.span_after"
    if first < 0:
        name = "connections.span_before" if last < 0 else "connections.span_across"
    return duos.cards.words(name, first=abs(first), last=abs(last))
