"""The pages there is one of: home, about, the pair of any two works, what is not found."""

from collections.abc import Sequence
from typing import Protocol
from urllib.parse import urlsplit

import numpy as np

from generator.analysis import closeness
from generator.analysis.neighbors import Match, Neighborhood
from generator.core.model import Analogies, Network
from generator.site import records, urls
from generator.site.cards import Cards
from generator.site.data import social
from generator.site.data.social import Pairs
from generator.site.pages.browse import BrowsePages, FacetLinks
from generator.site.pages.work import pair_ratio
from generator.site.render import BUDGET, Printer, fitting

PAIRS = 13  # on the home page, the first of them large
DEPTHS = 7  # folders deep that an address not found may lie


class Agreement(Protocol):
    """How often the first match across a facet is what the owner says it should be (agreement.py)."""

    facet: str
    guesses: int
    right: float
    chance: float


def write_home(
    pairs: Sequence[tuple[int, int]],
    neighborhood: Neighborhood,
    cards: Cards,
    browse: BrowsePages,
    printer: Printer,
    shared: Pairs,
) -> None:
    """Write the first page: what this is, striking pairs, ways in; `shared` are the pairs that have a card."""
    shown = [_pair(one, other, neighborhood, cards, first=place == 0) for place, (one, other) in enumerate(pairs)]
    given = {
        "cards": cards,
        "sizes": [(cards.facet(j), len(facet.values)) for j, facet in enumerate(cards.collection.facets)],
        "works": len(cards.collection.works),
        "cells": len(cards.collection.cells),
        "share": social.of_site(pairs, shared, cards),
    }
    count = len(cards.collection.facets)
    drawn = [
        [printer.fragment("way.html", way=way, root="", cards=cards) for way in browse.values(facet, by_size=True)]
        for facet in range(count)
    ]
    room = BUDGET - 1_000 - len(printer.html(urls.HOME, "home.html", pairs=shown, ways=[], **given).encode())
    ways = [
        FacetLinks(
            facet=cards.facet(facet),
            ways=fitting(drawn[facet], room // count, 36),
            wider=cards.places.facet(facet),
        )
        for facet in range(count)
    ]
    printer.page(urls.HOME, "home.html", pairs=shown, ways=ways, **given)


def _pair(one: int, other: int, neighborhood: Neighborhood, cards: Cards, *, first: bool) -> dict[str, object]:
    match = neighborhood.pair(one, other) or Match(other, 0, len(closeness.NAMES) - 1, False)
    sizes = "(min-width: 60em) 45vw, 50vw" if first else ""
    return {
        "works": [cards.collection.works[row] for row in (one, other)],
        "ratio": pair_ratio(cards, one, other),
        "pictures": [
            cards.picture(row, "", first=int(not first), widest=9 if first else 2, sizes=sizes, eager=first)
            for row in (one, other)
        ],
        "values": [cards.values[row] for row in (one, other)],
        "dates": [cards.dates[row] for row in (one, other)],
        "word": cards.word(match.level),
        "level": match.level,
        "percent": cards.words.percent(match.rank),
    }


def write_about(
    cards: Cards, analogies: Analogies, network: Network, agreements: Sequence[Agreement], printer: Printer
) -> None:
    """Write what was compared, how, and what "close" means in this collection."""
    thousandths = (*closeness.LIMITS, 0)
    levels = [
        (number, cards.word(number), cards.words.percent(rank), float(analogies.scale[rank]))
        for number, rank in enumerate(thousandths)
    ]
    collection = cards.collection
    years = [work.year for work in collection.works if work.year is not None]
    printer.page(
        urls.ABOUT,
        "about.html",
        network=network,
        agreements=agreements,
        levels=levels,
        cards=cards,
        works=len(collection.works),
        cells=len(collection.cells),
        k=analogies.rows.shape[2],
        sizes=[(cards.facet(j), len(facet.values)) for j, facet in enumerate(collection.facets)],
        median=float(analogies.scale[500]),
        same=closeness.SAME_COSINE,
        years=(cards.year(min(years)), cards.year(max(years))) if years else None,
        pictures=int(np.unique([work.picture.digest for work in collection.works]).size),
    )


def write_any_pair(cards: Cards, printer: Printer) -> None:
    """Write the page that shows any two works by script."""
    printer.page(urls.ANY_PAIR, "any-pair.html", listed=False, untold=sorted(records.untold(cards)))


def write_not_found(printer: Printer) -> None:
    """Write the page for what is not there, which is served at every depth.

    Where the site will lie is known: links begin there. Else the style sheet and a script are asked for at every
    depth above; the one that is there shows the way home.
    """
    base = urlsplit(printer.config.base_url).path if printer.config.base_url else ""
    ups = [base] if base else ["../" * depth for depth in range(DEPTHS)]
    printer.page("404.html", "404.html", listed=False, ups=ups, base=base or "./")
