"""The page of each work, the page of its combinations, and its side-by-side pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from markupsafe import Markup

from generator.analysis import closeness
from generator.analysis.neighbors import Match, Nearby
from generator.core.model import Pin
from generator.site import records, urls
from generator.site.cards import SLOT, Cards, ratio_class
from generator.site.context import Context
from generator.site.data import citations, linked_data, social
from generator.site.render import BUDGET, fitting, paged

CARDS, LINES = 40, 60  # most cards and most lines of text on a work's page, all facets together
LEAST = 4  # cards that are shown even where nothing is close, and say so
ROWS = 150  # most rows on a page of combinations
HEAD = " " * 180  # about what heads a group of them, its value apart
SPARE = 600  # bytes of a page that are not counted beforehand


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalogSection:
    """One section of a work's page: its best analog in each other value of a facet."""

    name: str  # of the facet
    number: int
    cards: Sequence[str]
    lines: Sequence[str]  # value, link, how close: those for which there is no card
    nothing: int  # of the lines: how many are not close at all
    others: int  # values beyond the lines
    none: bool  # not even the first is close


class WorkPages:
    """Writes everything that is about one work."""

    def __init__(self, context: Context) -> None:
        self.context, self.neighborhood, self.cards = context, context.neighborhood, context.cards
        self.printer, self.collection, self.filters = context.printer, context.collection, context.filters
        self.pins: dict[int, list[Pin]] = {}
        for pin in self.collection.pins:
            self.pins.setdefault(pin.one, []).append(pin)
            self.pins.setdefault(pin.other, []).append(pin)
        self.compared = context.findings.highlights.compared
        self.heads = linked_data.Heads(self.cards)
        self.untold = records.untold(self.cards)
        self.shared = social.chosen(self.compared, context.config, self.cards.veiled)

    def write(self, row: int, near: Nearby) -> None:
        """Write all pages of one work."""
        self._work(row, near)
        self._combinations(row, near)
        for place, other in enumerate(self.compared[row]):
            self._pair(row, other, near, [*self.compared[row][place + 1 :], *self.compared[row][:place]])

    def _work(self, row: int, near: Nearby) -> None:
        work, path = self.collection.works[row], urls.work(self.collection.works[row].id)
        root = urls.root_of(path)
        # The first two, creator and date, stand under the title.
        record = records.record(row, self.cards)[bool(work.creator) + bool(self.cards.dates[row]) :]
        given = {
            "head": self.heads.of(row),
            "cite": citations.of(row, self.cards),
            "work": work,
            "row": row,
            "values": self.cards.values[row],
            "record": record,
            "date": self.cards.dates[row],
            "places": self.cards.places,
            "labels": self.collection.labels[row].tolist(),
            "picture": self.cards.picture(
                row, root, steps=(0, 9), sizes="(min-width: 60em) 58vw, 94vw", eager=True, alt=2_000
            ),
            "small": self.cards.picture(row, root, sizes="(min-width: 60em) 30vw, 46vw"),
            "largest": self.cards.largest(row),
            "sides": self.cards.sides(row),
            "told": self.filters.of(row),
            "notes": list(filter(None, [work.content_note])),
            "one": True,
            "pins": self._pins(row),
            "filters": self.filters.facets,
            "facets": self.context.cards.facets(),
            "periods": self.filters.dated,
            "cells": len(self.collection.cells),
            "same": [self.cards.link(int(other), root) for other in near.rows[near.same][:6]],
        }
        empty = self.printer.html(path, "work.html", sections=Markup(SLOT), **given)
        room = BUDGET - SPARE - len(empty.encode())
        sections = self.printer.fragment("across.html", sections=list(self._sections(row, near, room)))
        self.printer.put(path, empty.replace(SLOT, sections))

    def _pins(self, row: int) -> list[Markup]:
        """Return the cards of the works that the curator has put beside this one, each with the curator's note."""
        found = [(pin.other if row == pin.one else pin.one, pin.note) for pin in self.pins.get(row, ())]
        matches = [(self.neighborhood.pair(row, other), note) for other, note in found]
        return [Markup(self._beside(row, match, note)) for match, note in matches if match]

    def _sections(self, row: int, near: Nearby, room: int) -> Iterator[AnalogSection]:
        count = len(self.collection.facets)
        for facet in range(count):
            yield self._across(row, near, facet, room // count - SPARE)

    def _across(self, row: int, near: Nearby, facet: int, room: int) -> AnalogSection:
        """Return the section of a facet in at most `room` bytes: two thirds for cards, the rest for lines of text."""
        found = self.neighborhood.across(row, near, facet)
        count, values = len(self.collection.facets), self.collection.facets[facet].values
        labels = self.collection.labels[:, facet]
        worth = [match for match in found if match.level <= closeness.DISTANT]
        drawn = (self._beside(row, match) for match in found[: max(len(worth), LEAST)])
        shown = fitting(drawn, room * 2 // 3, CARDS // count)
        rest = found[len(shown) :]
        lines = (self.cards.listed(values[labels[match.row]], match.row, match.level) for match in rest)
        listed = fitting(lines, room // 3, LINES // count)
        return AnalogSection(
            name=self.cards.facet(facet),
            number=facet,
            cards=shown,
            lines=listed,
            nothing=len(found) - max(len(worth), len(shown)),
            others=len(rest) - len(listed),
            none=not worth,
        )

    def _beside(self, row: int, match: Match, remark: str = "") -> str:
        ids = self.collection.works[row].id, self.collection.works[match.row].id
        ready = match.row in self.compared[row]
        return self.cards.beside(
            match, urls.pair(*ids) if ready else urls.any_pair(*ids), scripted=not ready, remark=remark
        )

    def _combinations(self, row: int, near: Nearby) -> None:
        """Write the best match in every cell, by the first facet; in several pages where they are many."""
        work = self.collection.works[row]
        rows = [self.cards.line(match.row, match.level, match.same) for match in self.neighborhood.everywhere(near)]
        begins = [place == 0 or rows[place - 1][0] != value for place, (value, _) in enumerate(rows)]
        deepest = urls.root_of(urls.combinations(work.id, 2))
        drawn = [
            line.replace(urls.MARK, deepest) + begun * (HEAD + 2 * value)
            for begun, (value, line) in zip(begins, rows, strict=True)
        ]
        pages = paged(drawn, BUDGET - 3_500, ROWS)
        for number, part in enumerate(pages, 1):
            path = urls.combinations(work.id, number)
            root = urls.root_of(path)
            groups = [
                (value, Markup("".join(line for _, line in lines).replace(urls.MARK, root)))
                for value, lines in groupby(rows[part], itemgetter(0))
            ]
            self.printer.unlisted(
                path,
                "combinations.html",
                work=work,
                number=number,
                pages=len(pages),
                facets=self.context.cards.facets(),
                groups=groups,
                picture=self.cards.picture(row, root),
            )

    def _pair(self, one: int, other: int, near: Nearby, onward: Sequence[int]) -> None:
        """Write the page of two works side by side; `onward` are the rows it may lead on to."""
        places = near.rows.tolist()
        match = near.at(places.index(other)) if other in places else self.neighborhood.pair(other, one)
        left, right = (self.collection.works[row] for row in (one, other))
        path = urls.pair(left.id, right.id)
        facts = records.compare(one, other, self.cards)
        beyond = [self.collection.works[row] for row in self.compared[other] if row != one][:1]
        sizes = "(min-width: 60em) 45vw, 94vw"
        self.printer.unlisted(
            path,
            "pair.html",
            works=(left, right),
            match=match,
            pin=self._remark(one, other),
            notes=list(dict.fromkeys(filter(None, (left.content_note, right.content_note)))),
            one=not (left.content_note and right.content_note),
            share=social.of_pair(one, other, self.shared, self.cards),
            pictures=[
                self.cards.picture(row, urls.root_of(path), steps=(0, 9), sizes=sizes, eager=True)
                for row in (one, other)
            ],
            ratio=pair_ratio(self.cards, one, other),
            largest=[self.cards.largest(row) for row in (one, other)],
            ratios=[self.cards.ratio(row) for row in (one, other)],
            facts=facts,
            beyond=beyond,
            shared=records.shared(facts, self.untold),
            apart=records.apart(one, other, self.cards),
            values=[self.cards.values[row] for row in (one, other)],
            dates=[self.cards.dates[row] for row in (one, other)],
            mirrored=one in self.compared[other],
            following=[self.collection.works[row] for row in onward[:1]],
            word=self.cards.word(match.level, match.same) if match else "",
            percent=self.cards.words.percent(match.rank) if match else "",
        )

    def _remark(self, one: int, other: int) -> str | None:
        """Return what the curator says of a pinned pair, maybe ""; None of others."""
        return next((pin.note for pin in self.pins.get(one, ()) if {pin.one, pin.other} == {one, other}), None)


def pair_ratio(cards: Cards, one: int, other: int) -> str:
    """Return the class of the ratio of two pictures side by side at one height."""
    return ratio_class(sum(cards.pictures[row][0].width / cards.pictures[row][0].height for row in (one, other)), 1)
