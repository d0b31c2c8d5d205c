"""How a work appears beside others: fragments of HTML that are rendered once for each work and used on many pages."""

import math
from collections.abc import Sequence
from functools import cache, lru_cache

from markupsafe import Markup, escape

from generator.analysis import closeness
from generator.analysis.neighbors import Match
from generator.core.i18n import shortened
from generator.core.model import Collection, Derivative, Work
from generator.site import theme, urls
from generator.site.render import Printer

TITLE, ALT = 110, 160  # characters of a title and of an alternative text on a card; pages have all of it
RECENT = 4_096  # pictures kept in the form that one kind of page shows them
SLOT = "\x01"  # stands in a card for what depends on the work it is shown beside


def ratio_class(width: float, height: float) -> str:
    """Return the class that tells the style sheet a picture's width over its height (theme.py)."""
    step = round(math.log(width / height) / math.log(theme.FACTOR)) + theme.STEPS // 2
    return f"r{min(max(step, 0), theme.STEPS)}"


class Cards:
    """The cards of a collection."""

    def __init__(self, collection: Collection, pictures: Sequence[Sequence[Derivative]], printer: Printer) -> None:
        self.collection, self.pictures, self.printer, self.words = collection, pictures, printer, printer.words
        self.places = urls.Places(collection=collection)
        self.values = [self._values(row) for row in range(len(collection.works))]
        self.dates = [self.date(work) for work in collection.works]
        noted = (row for row, work in enumerate(collection.works) if work.content_note and printer.config.veil)
        self.veiled = frozenset(noted)  # works whose picture is shown only to those who ask for it
        # Bound methods are cached here and not by a decorator, which would keep the collection alive.
        self.card, self.analog, self.closeness = cache(self._card), cache(self._analog), cache(self._closeness)
        self.link, self.line, self.around = cache(self._link), cache(self._line), cache(self._around)
        self.listing, self._compare = cache(self._listing), escape(self.words("card.compare"))
        self.picture = lru_cache(RECENT)(self._picture)

    def _values(self, row: int) -> tuple[str, ...]:
        labels = self.collection.labels[row].tolist()
        return tuple(facet.values[label] for facet, label in zip(self.collection.facets, labels, strict=True))

    def facet(self, facet: int) -> str:
        """Return the facet's name as text: "art_form" is "art form"."""
        return self.collection.facets[facet].name.replace("_", " ")

    def facets(self) -> list[str]:
        """Return the names of all facets as text."""
        return [self.facet(facet) for facet in range(len(self.collection.facets))]

    def date(self, work: Work) -> str:
        return work.date or ("" if work.year is None else self.year(work.year))

    def year(self, year: int) -> str:
        return self.words("years.before" if year < 0 else "years.after", year=abs(year))

    def _picture(
        self,
        row: int,
        root: str,
        *,
        first: int = 0,
        widest: int = 2,
        sizes: str = "",
        eager: bool = False,
        alt: int = ALT,
    ) -> Markup:
        """Return the <img> of a work with its derivatives from `first` (0 is the narrowest) up to before `widest`.

        `sizes` where it is more than a card. Of a picture with fewer derivatives it is the last.

        The alternative text has at most `alt` characters; none where the picture only adorns a link with words.
        """
        work, first = self.collection.works[row], min(first, len(self.pictures[row]) - 1)
        derivatives = self.pictures[row][first:widest]
        sources = [f"{root}{urls.picture(step, work.id)}" for step in range(first, first + len(derivatives))]
        sized = [f"{source} {one.width}w" for source, one in zip(sources, derivatives, strict=True)]
        others = ", ".join(sized if sizes else [f"{source} 2x" for source in sources[1:2]]) if len(sources) > 1 else ""
        shown = -1 if sizes else 0
        return self.printer.fragment(
            "picture.html",
            source=sources[shown],
            others=others,
            sizes=sizes,
            eager=eager,
            width=derivatives[shown].width,
            height=derivatives[shown].height,
            alt=shortened(work.alt, alt) if alt else "",
            veiled=row in self.veiled,
            ratio=ratio_class(derivatives[0].width, derivatives[0].height),
        )

    def largest(self, row: int) -> str:
        """Return where the widest derivative of a work lies."""
        return urls.picture(len(self.pictures[row]) - 1, self.collection.works[row].id)

    def shown(self, row: int) -> str:
        """Return where the picture lies that shows a work elsewhere; nothing where it is veiled, as nobody veils it there."""
        return "" if row in self.veiled else self.largest(row)

    def sides(self, row: int) -> list[int]:
        """Return width and height of each derivative, the narrowest first."""
        return [side for derivative in self.pictures[row] for side in (derivative.width, derivative.height)]

    def _card(self, row: int, first: int = 0) -> str:
        """Return the card of a work with marks for the way up and for what depends on the page.

        Its picture is derivative number `first`, or twice as wide where a screen has twice the pixels.
        """
        work = self.collection.works[row]
        return str(
            self.printer.fragment(
                "card.html",
                work=work,
                root=urls.MARK,
                title=shortened(work.title, TITLE),
                values=self.values[row],
                date=shortened(self.dates[row]),
                picture=self.picture(row, urls.MARK, first=first),
                slot=SLOT,
                ratio=self.ratio(row),
                veiled=row in self.veiled,
            )
        )

    def ratio(self, row: int) -> str:
        """Return the class of the ratio of a work's picture."""
        return ratio_class(self.pictures[row][0].width, self.pictures[row][0].height)

    def plain(self, row: int, root: str) -> str:
        """Return the card of a work for a page of works, where pictures hang larger than beside a work."""
        return self.card(row, 1).replace(SLOT, "").replace(urls.MARK, root)

    def _analog(self, row: int) -> tuple[str, str]:
        """Return the card's two parts for the pages of works, which all lie two folders deep."""
        before, after = self.card(row).replace(urls.MARK, "../../").split(SLOT)
        return before, after

    def beside(self, match: Match, compare: str, *, scripted: bool, remark: str = "") -> str:
        """Return the card of a match with how close it is, a remark, and a link to see both side by side."""
        before, after = self.analog(match.row)
        kind = ' class="js"' if scripted else ""
        link = f'<a{kind} href="../../{escape(compare)}">{self._compare}</a>'
        said = Markup('<p class="remark">{}</p>').format(remark) if remark else ""
        return f"{before}{self.closeness(match.rank, match.level, match.same)}{said}{link}{after}"

    def _closeness(self, rank: int, level: int, same: bool) -> Markup:
        return self.printer.fragment(
            "closeness.html", level=level, same=same, percent=self.words.percent(rank), word=self.word(level, same)
        )

    def word(self, level: int, same: bool = False) -> str:
        return self.words("closeness.same" if same else f"closeness.{closeness.NAMES[level]}")

    def _link(self, row: int, root: str) -> Markup:
        """Return the title as a link."""
        work = self.collection.works[row]
        return self.printer.fragment("link.html", work=work, root=root, title=shortened(work.title, 70)).strip()

    def listed(self, value: str, row: int, level: int) -> Markup:
        """Return the item of a list that says of what value a work is the best, and how close, two folders deep."""
        before, after = self.listing(value, level)
        return Markup(f"{before}{self.link(row, '../../')}{after}")

    def _listing(self, value: str, level: int) -> tuple[str, str]:
        """Return what stands before and after the link in such an item."""
        return self._parted("listed.html", value=value, word=self.word(level))

    def _line(self, row: int, level: int, same: bool) -> tuple[str, str]:
        """Return the work's value of the first facet, and a row of a table of the best of its cell, with marks for the way up."""
        first, *rest = names = self.values[row]
        before, after = self.around(tuple(rest) or names, level, same)
        return first, f"{before}{self.link(row, urls.MARK)}{after}"

    def _around(self, names: tuple[str, ...], level: int, same: bool) -> tuple[str, str]:
        """Return what stands before and after the link in a row of a table: of what it is the best, how close."""
        return self._parted("line.html", names=names, level=level, word=self.word(level, same))

    def _parted(self, template: str, **given: object) -> tuple[str, str]:
        """Return what stands before and after the slot of a fragment."""
        before, after = self.printer.fragment(template, slot=SLOT, **given).split(SLOT)
        return str(before), str(after)
