"""Filters beside the facets: what the search index and the filters by period are told of each work."""

from collections import Counter

import numpy as np

from generator.core.findings import Periods
from generator.site.cards import Cards

MUSEUM, PERIOD = "museum", "period"


class SearchFilters:
    """The values by which works are found beside their facets: a period and a museum, where these are no facets."""

    def __init__(self, cards: Cards, periods: Periods) -> None:
        self.cards, collection = cards, cards.collection
        self.facets = [facet.name for facet in collection.facets]
        self.spans = [f"{cards.year(first)}–{cards.year(last)}" for first, last in periods.spans]
        self.period_of: list[int] = periods.of.tolist()
        self.dated = len(self.spans) > 1 and PERIOD not in self.facets  # there are periods to choose from

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
        periods, museums = (Counter(one[name] for one in told if name in one) for name in (PERIOD, MUSEUM))
        if periods:
            offered[PERIOD] = sorted(periods.items(), key=lambda one: self.spans.index(one[0]))
        if museums:
            offered[MUSEUM] = sorted(museums.items(), key=lambda one: one[0].casefold())
        return offered
