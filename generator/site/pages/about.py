"""Pages that stand by themselves: about the site, any two works side by side by script, and what is not found."""

from urllib.parse import urlsplit

import numpy as np

from generator.analysis import closeness
from generator.site import records, urls
from generator.site.context import Context
from generator.site.render import Printer

DEPTHS = 7  # folders deep that an address not found may lie


def write(context: Context) -> None:
    """Write the pages."""
    _write_about(context)
    context.printer.unlisted(
        urls.ANY_PAIR, "any-pair.html", untold=sorted(records.untold(context.cards)), longest=records.LONGEST
    )
    _write_not_found(context.printer)


def _write_about(context: Context) -> None:
    """Write what was compared, how, and what "close" means in this collection."""
    cards, analogies = context.cards, context.findings.analogies
    thousandths = (*closeness.LIMITS, 0)
    levels = [
        (number, cards.word(number), cards.words.percent(rank), float(analogies.scale[rank]))
        for number, rank in enumerate(thousandths)
    ]
    collection = cards.collection
    years = [work.year for work in collection.works if work.year is not None]
    context.printer.page(
        urls.ABOUT,
        "about.html",
        network=context.findings.network,
        agreements=context.findings.agreements,
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


def _write_not_found(printer: Printer) -> None:
    """Write the page for what is not there, which is served at every depth.

    Where the site will lie is known: links begin there. Else the style sheet and a script are asked for at every
    depth above; the one that is there shows the way home.
    """
    base = urlsplit(printer.config.base_url).path if printer.config.base_url else ""
    ups = [base] if base else ["../" * depth for depth in range(DEPTHS)]
    printer.unlisted("404.html", "404.html", ups=ups, base=base or "./")
