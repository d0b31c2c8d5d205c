"""The search page, and what the pages of works tell the index beside their text (generator/publish/search_index.py makes it)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from generator.analysis import periods
from generator.site import urls
from generator.site.cards import Cards
from generator.site.context import Material
from generator.site.render import BUDGET, fitting

MUSEUM, PERIOD = "museum", "period"
SPARE = 500  # bytes of a filter that are not counted beforehand


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One choice of the search form."""

    name: str  # in the index and in the address
    label: str
    facet: bool
    options: Sequence[Markup]  # those there is room for; the script adds the others


class FilterOptions:
    """What the index is told of each work beside its facets: a period and a museum, where these are no facets."""

    def __init__(self, cards: Cards) -> None:
        self.cards, collection = cards, cards.collection
        self.facets = [facet.name for facet in collection.facets]
        found = periods.of(collection)
        self.spans = [f"{cards.year(first)}–{cards.year(last)}" for first, last in found.spans]
        self.period_of: list[int] = found.of.tolist()

    def dated(self) -> bool:
        """Return whether there are periods to choose from, beside the facets."""
        return len(self.spans) > 1 and PERIOD not in self.facets

    def of(self, row: int) -> dict[str, str]:
        """Return the values of a work, by the name of the filter."""
        place, museum = self.period_of[row], self.cards.collection.works[row].museum
        told = {PERIOD: self.spans[place] if place >= 0 else "", MUSEUM: museum}
        return {name: value for name, value in told.items() if value and name not in self.facets}

    def offered(self) -> dict[str, list[tuple[str, int]]]:
        """Return the values of every filter and how many works have each, in the order to show: facets first."""
        collection = self.cards.collection
        offered = {
            facet.name: list(zip(facet.values, np.bincount(labels, minlength=len(facet.values)).tolist(), strict=True))
            for facet, labels in zip(collection.facets, collection.labels.T, strict=True)
        }
        told = [self.of(row) for row in range(len(collection.works))]
        for name, order in ((PERIOD, self.spans.index), (MUSEUM, str.casefold)):
            if counts := Counter(one[name] for one in told if name in one):
                offered[name] = sorted(counts.items(), key=lambda one: order(one[0]))
        return offered


def write(material: Material) -> None:
    """Write the search page where the site will have an index."""
    if not material.searchable:
        return
    cards, printer = material.cards, material.printer
    offered = FilterOptions(cards).offered()
    given = {"works": len(material.collection.works), "cards": cards}
    empty = printer.html(urls.SEARCH, "search.html", filters=[], **given)
    room = (BUDGET - len(empty.encode())) // len(offered) - SPARE
    drawn = {name: [_option(value, count, cards) for value, count in values] for name, values in offered.items()}
    facets = {facet.name for facet in material.collection.facets}
    filters = [
        Filter(
            name=name,
            label=_label(name, cards),
            facet=name in facets,
            options=fitting(options, room, len(options)),
        )
        for name, options in drawn.items()
    ]
    printer.page(urls.SEARCH, "search.html", filters=filters, **given)


def _option(value: str, count: int, cards: Cards) -> Markup:
    text = cards.words("search.script.option", value=value, count=cards.words.number(count))
    return Markup('<option value="{}">{}</option>').format(value, text)


def _label(name: str, cards: Cards) -> str:
    known = name in (PERIOD, MUSEUM) and all(facet.name != name for facet in cards.collection.facets)
    label = cards.words(f"search.{name}") if known else name.replace("_", " ")
    return label[:1].upper() + label[1:]
