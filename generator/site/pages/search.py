"""The search page, and what the pages of works tell the index beside their text (generator/publish/search_index.py makes it)."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.site import urls
from generator.site.cards import Cards
from generator.site.context import Context
from generator.site.data.search_filters import MUSEUM, PERIOD
from generator.site.render import BUDGET, fitting

SPARE = 500  # bytes of a filter that are not counted beforehand


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One choice of the search form."""

    name: str  # in the index and in the address
    label: str
    facet: bool
    options: Sequence[Markup]  # those there is room for; the script adds the others


def write(context: Context) -> None:
    """Write the search page where the site will have an index."""
    if not context.assets.searchable:
        return
    cards, printer = context.cards, context.printer
    offered = context.filters.offered()
    given = {"works": len(context.collection.works), "cards": cards}
    empty = printer.html(urls.SEARCH, "search.html", filters=[], **given)
    room = (BUDGET - len(empty.encode())) // len(offered) - SPARE
    drawn = {name: [_option(value, count, cards) for value, count in values] for name, values in offered.items()}
    facets = {facet.name for facet in context.collection.facets}
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
