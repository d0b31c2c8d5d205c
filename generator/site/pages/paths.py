"""Paths: a page on which a script finds the path between any two works, and a plain page for each of a few examples.

data/graph.bin   the steps between works, described in static/shortest-path.js
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from generator.analysis import closeness
from generator.analysis.neighbors import Match
from generator.core.findings import Graph
from generator.core.i18n import shortened
from generator.core.model import Collection, Work
from generator.site import urls
from generator.site.context import Context
from generator.site.data import browser, title_index
from generator.site.render import BUDGET, fitting

GRAPH = "data/graph.bin"
TITLE, SHORT, ALT = 56, 45, 90  # characters
SPARE = 500  # bytes of a page that are not counted beforehand


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One work of a path, and the step that led there."""

    work: Work
    ratio: str  # the class of its picture's
    picture: Markup
    title: str
    values: Sequence[tuple[str, bool]]  # of each facet, and whether it is another than that of the work before
    date: str
    near: Match | None  # None for the first
    word: str
    percent: str
    compare: str  # both side by side
    ready: bool  # is a page without scripts


def write(context: Context) -> None:
    """Write the page of paths, its examples and its data, where paths are wanted."""
    graph, printer, collection = context.findings.graph, context.printer, context.collection
    if graph is None:
        return
    printer.write(GRAPH, graph_bytes(graph, collection))
    for bucket, content in enumerate(title_index.index(collection)):
        printer.write(f"data/titles/{bucket}.json", content)
    for number, rows in enumerate(graph.examples):
        following = graph.examples[(number + 1) % len(graph.examples)]
        path = urls.path(*(collection.works[row].id for row in (rows[0], rows[-1])))
        printer.page(
            path,
            "path.html",
            links=_links(rows, urls.root_of(path), context),
            following=_ends(following, collection),
            count=printer.words.count("count.steps", len(rows) - 1),
            facets=context.cards.facets(),
            alone=len(graph.examples) == 1,
        )
    _write_index(graph, context)


def _write_index(graph: Graph, context: Context) -> None:
    cards, printer = context.cards, context.printer
    root = urls.root_of(urls.PATHS)
    drawn = [_example(rows, root, context) for rows in graph.examples]
    given = {
        "facets": cards.facets(),
        "periods": context.filters.dated,
        "dated": bool(graph.times.any()),
        "words": printer.words.part("paths.script.") | printer.words.part("count."),
    }
    empty = printer.html(urls.PATHS, "paths.html", examples=[], **given)
    shown = fitting(drawn, BUDGET - SPARE - len(empty.encode()), len(drawn))
    printer.page(urls.PATHS, "paths.html", examples=shown, **given)


def _links(rows: Sequence[int], root: str, context: Context) -> list[Link]:
    """Return the works of a path as they stand on its page."""
    return [_link(before, row, root, context) for before, row in zip((None, *rows[:-1]), rows, strict=True)]


def _link(before: int | None, row: int, root: str, context: Context) -> Link:
    cards, works = context.cards, context.collection.works
    near = _near(before, row, context)
    left = cards.values[row] if before is None else cards.values[before]
    ready = before is not None and row in context.findings.highlights.compared[before]
    address = urls.pair if ready else urls.any_pair
    return Link(
        work=works[row],
        ratio=cards.ratio(row),
        picture=cards.picture(row, root, alt=ALT),
        title=shortened(works[row].title, TITLE),
        values=[(value, before is None or value != old) for value, old in zip(cards.values[row], left, strict=True)],
        date=shortened(cards.dates[row]),
        near=near,
        word=cards.word(near.level, near.same) if near else "",
        percent=cards.words.percent(near.rank) if near else "",
        ready=ready,
        compare="" if before is None else address(works[before].id, works[row].id),
    )


def _near(before: int | None, row: int, context: Context) -> Match | None:
    """Return how near a work is to the one before it on a path."""
    if before is None:
        return None
    found = context.neighborhood.pair(before, row) or context.neighborhood.pair(row, before)
    return found or Match(row, 0, len(closeness.NAMES) - 1, False)


def _example(rows: Sequence[int], root: str, context: Context) -> Markup:
    """Return a path as an item of a list."""
    cards = context.cards
    ends = [rows[0], rows[-1]]
    return context.printer.fragment(
        "path-item.html",
        root=root,
        works=_ends(rows, context.collection),
        brief=SHORT,
        pictures=[cards.picture(row, root, widest=1, alt=0) for row in rows],
        ratios=[cards.ratio(row) for row in rows],
        values=[cards.values[row] for row in ends],
        count=cards.words.count("count.steps", len(rows) - 1),
    )


def _ends(rows: Sequence[int], collection: Collection) -> list[Work]:
    return [collection.works[row] for row in (rows[0], rows[-1])]


def graph_bytes(graph: Graph, collection: Collection) -> bytes:
    """Return the steps as the script reads them."""
    counts = np.bincount(graph.one, minlength=len(collection.works))
    parts = (
        graph.other.astype(browser.row_type(collection)),
        graph.codes.astype("<u2"),
        counts.astype("<u2"),
        graph.times.astype("<u2"),
    )
    return b"".join(part.tobytes() for part in parts)
