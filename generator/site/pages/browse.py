"""Ways into the collection: every facet, every value, and every combination of values that exists, in pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from generator.site import urls
from generator.site.context import Context
from generator.site.render import BUDGET, paged
from generator.site.urls import Choice

REFINED = 60  # values of another facet that a page of works links to
LISTED = 120  # values on one page of a facet


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueLink:
    """A link to all works of a value."""

    name: str
    path: str
    count: int
    typical: int = 0  # row of a work that stands for it


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetLinks:
    """The values of one facet that can be chosen from here."""

    facet: str
    ways: Sequence[ValueLink]
    wider: str = ""  # the page without this facet's choice, where it is chosen


class BrowsePages:
    """Writes the lists of works."""

    def __init__(self, context: Context) -> None:
        self.cards, self.printer, self.collection = context.cards, context.printer, context.collection
        self.typical, self.per_page = context.findings.highlights.typical, context.config.per_page
        # The facets each of whose values has a page of its connections.
        self.met = frozenset(across.facet for across in context.findings.overview.facets)
        self.sizes = np.bincount(self.collection.cell_of, minlength=len(self.collection.cells))

    def choices(self) -> list[Choice]:
        """Return every choice of one value in one or more facets that some work has."""
        found: set[Choice] = set()
        facets = range(len(self.collection.facets))
        for count in range(1, len(facets) + 1):
            for chosen in combinations(facets, count):
                distinct = np.unique(self.collection.cells[:, chosen], axis=0).tolist()
                found.update(tuple(zip(chosen, values, strict=True)) for values in distinct)
        return sorted(found, key=lambda choice: (len(choice), choice))

    def values(self, facet: int, *, by_size: bool = False) -> list[ValueLink]:
        """Return all values of a facet, in their order or the largest first."""
        sizes = np.bincount(self.collection.labels[:, facet], minlength=len(self.collection.facets[facet].values))
        order = np.argsort(-sizes, kind="stable") if by_size else np.arange(len(sizes))
        names = self.collection.facets[facet].values
        return [
            ValueLink(
                name=names[value],
                path=self.cards.places.value(facet, value),
                count=int(sizes[value]),
                typical=self.typical[facet][value],
            )
            for value in order.tolist()
        ]

    def write_index(self) -> None:
        """Write the page of all facets, and one of all values for each facet."""
        every = [
            FacetLinks(facet=self.cards.facet(facet), ways=self.values(facet))
            for facet in range(len(self.collection.facets))
        ]
        most = LISTED // len(every)
        shown = [
            FacetLinks(facet=ways.facet, ways=ways.ways[:most], wider=self.cards.places.facet(facet))
            for facet, ways in enumerate(every)
        ]
        self.printer.page(
            urls.BROWSE, "browse.html", all=shown, sizes=[len(ways.ways) for ways in every], cards=self.cards
        )
        for facet, ways in enumerate(every):
            pages = [slice(start, start + LISTED) for start in range(0, len(ways.ways), LISTED)]
            for number, part in enumerate(pages, 1):
                self.printer.page(
                    self.cards.places.facet(facet, number),
                    "facet.html",
                    ways=ways.ways[part],
                    facet=ways.facet,
                    number=number,
                    pages=len(pages),
                    total=len(ways.ways),
                    places=self.cards.places,
                    index=facet,
                    cards=self.cards,
                )

    def write(self, choice: Choice) -> None:
        """Write all pages of the works of a choice."""
        rows = self._rows(choice)
        refine = [ways for facet in range(len(self.collection.facets)) if (ways := self._refine(choice, facet)).ways]
        path = self.cards.places.choice(choice, 2)
        title = [self.collection.facets[facet].values[value] for facet, value in choice]
        given = {
            "choice": choice,
            "title": title,
            "refine": refine,
            "total": len(rows),
            "places": self.cards.places,
            "connected": self._connected(choice),
            "facets": [self.cards.facet(facet) for facet, _ in choice],
        }
        empty = self.printer.html(path, "works.html", cards=[], number=1, pages=9, **given)
        root = urls.root_of(path)
        drawn = [self.cards.plain(row, root) for row in rows.tolist()]
        pages = paged(drawn, BUDGET - 1_500 - len(empty.encode()), self.per_page)
        for number, part in enumerate(pages, 1):
            path = self.cards.places.choice(choice, number)
            shown = (
                drawn[part]
                if number > 1
                else [self.cards.plain(row, urls.root_of(path)) for row in rows[part].tolist()]
            )
            self.printer.page(path, "works.html", cards=shown, number=number, pages=len(pages), **given)

    def _connected(self, choice: Choice) -> str:
        """Return the page of the connections of a single value, where it has one."""
        facet, value = choice[0]
        chosen = self.collection.facets[facet]
        return urls.connected(chosen.name, chosen.slugs[value]) if len(choice) == 1 and facet in self.met else ""

    def _rows(self, choice: Choice) -> NDArray[np.int64]:
        return np.flatnonzero(np.all([self.collection.labels[:, facet] == value for facet, value in choice], axis=0))

    def _refine(self, choice: Choice, facet: int) -> FacetLinks:
        """Return the values of a facet that go with the rest of the choice, the largest first.

        None where the facet is all that is chosen.
        """
        others = tuple((other, value) for other, value in choice if other != facet)
        if not others:
            return FacetLinks(facet=self.cards.facet(facet), ways=())
        cells = np.all([self.collection.cells[:, other] == value for other, value in others], axis=0)
        sizes = np.bincount(
            self.collection.cells[cells, facet], self.sizes[cells], len(self.collection.facets[facet].values)
        )
        names, chosen = self.collection.facets[facet].values, dict(choice).get(facet)
        ways = [
            ValueLink(
                name=names[value],
                path=self.cards.places.choice(tuple(sorted((*others, (facet, value))))),
                count=int(sizes[value]),
            )
            for value in np.argsort(-sizes, kind="stable")[:REFINED].tolist()
            if sizes[value] and value != chosen
        ]
        wider = self.cards.places.choice(others) if chosen is not None else ""
        return FacetLinks(facet=self.cards.facet(facet), ways=ways, wider=wider)
