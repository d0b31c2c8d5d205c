"""The first page: what the collection is, its most striking pairs, and ways in."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.analysis import closeness
from generator.analysis.neighbors import Match
from generator.site import urls
from generator.site.context import Context
from generator.site.data import social
from generator.site.pages.browse import BrowsePages
from generator.site.pages.work import pair_ratio
from generator.site.render import BUDGET, fitting

WAYS = 36  # values of a facet on the first page


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The values of a facet, as links with pictures."""

    facet: str
    ways: Sequence[Markup]
    wider: str  # the page of all values


def write(context: Context, browse: BrowsePages) -> None:
    """Write the first page: what this is, striking pairs, ways in."""
    cards, printer, pairs = context.cards, context.printer, context.findings.highlights.pairs
    shown = [_pair(one, other, context, first=place == 0) for place, (one, other) in enumerate(pairs)]
    shared = social.chosen(context.findings.highlights.compared, context.config, cards.veiled)
    given = {
        "cards": cards,
        "sizes": [(cards.facet(j), len(facet.values)) for j, facet in enumerate(cards.collection.facets)],
        "works": len(cards.collection.works),
        "cells": len(cards.collection.cells),
        "share": social.of_site(pairs, shared, cards),
    }
    count = len(cards.collection.facets)
    drawn = [
        [
            printer.fragment("value-link.html", way=way, root="", cards=cards)
            for way in browse.values(facet, by_size=True)
        ]
        for facet in range(count)
    ]
    room = BUDGET - 1_000 - len(printer.html(urls.HOME, "home.html", pairs=shown, ways=[], **given).encode())
    ways = [
        Ways(facet=cards.facet(facet), ways=fitting(drawn[facet], room // count, WAYS), wider=cards.places.facet(facet))
        for facet in range(count)
    ]
    printer.page(urls.HOME, "home.html", pairs=shown, ways=ways, **given)


def _pair(one: int, other: int, context: Context, *, first: bool) -> dict[str, object]:
    cards = context.cards
    match = context.neighborhood.pair(one, other) or Match(other, 0, len(closeness.NAMES) - 1, False)
    sizes = "(min-width: 60em) 45vw, 50vw" if first else ""
    return {
        "works": [cards.collection.works[row] for row in (one, other)],
        "ratio": pair_ratio(cards, one, other),
        "pictures": [
            cards.picture(row, "", steps=(0, 9) if first else (1, 2), sizes=sizes, eager=first) for row in (one, other)
        ],
        "values": [cards.values[row] for row in (one, other)],
        "dates": [cards.dates[row] for row in (one, other)],
        "word": cards.word(match.level),
        "level": match.level,
        "percent": cards.words.percent(match.rank),
    }
