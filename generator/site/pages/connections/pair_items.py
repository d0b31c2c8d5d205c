"""Two works as one picture: how a pair appears in the lists of the whole collection."""

from collections.abc import Iterator, Sequence

from generator.analysis import closeness
from generator.analysis.neighbors import Match
from generator.site import records, urls
from generator.site.context import Context
from generator.site.pages.work import pair_ratio
from generator.site.render import BUDGET, paged

TITLE = 80  # characters
ALT = 90  # of what each of the two pictures shows
SPARE = 700  # bytes of a page that are not counted beforehand


class PairItems:
    """Draws pairs, and pages of them."""

    def __init__(self, context: Context) -> None:
        self.context, self.cards, self.printer = context, context.cards, context.printer
        self.ready = [set(others) for others in context.findings.highlights.compared]

    def draw(self, pair: Sequence[int], *, head: str = "") -> str:
        """Return a pair as an item of a list, with marks for the way up; `head` is what stands above it."""
        one, other = (int(row) for row in pair)
        match = self.context.neighborhood.pair(one, other) or self.context.neighborhood.pair(other, one)
        match = match or Match(other, 0, len(closeness.NAMES) - 1, False)
        works = [self.context.collection.works[row] for row in (one, other)]
        return str(
            self.printer.fragment(
                "pair-item.html",
                root=urls.MARK,
                works=works,
                ratio=pair_ratio(self.cards, one, other),
                head=head,
                ready=other in self.ready[one],
                title=TITLE,
                pictures=[self.cards.picture(row, urls.MARK, steps=(1, 2), alt=ALT) for row in (one, other)],
                values=[self.cards.values[row] for row in (one, other)],
                dates=[self.cards.dates[row] for row in (one, other)],
                word=self.cards.word(match.level, match.same),
                level=match.level,
                percent=self.cards.words.percent(match.rank),
                years=records.years_between(one, other, self.context.collection),
            )
        )

    def drawn(self, pairs: Sequence[Sequence[int]], path: str) -> list[str]:
        """Return the pairs as they stand on a page."""
        return [self.draw(pair).replace(urls.MARK, urls.root_of(path)) for pair in pairs]

    def write(self, parts: Sequence[str], template: str, drawn: Sequence[str], **given: object) -> None:
        """Write the pages of a list whose items have marks for the way up."""
        for path, number, pages, shown in self.pages(parts, template, drawn, **given):
            self.printer.page(path, template, items=shown, number=number, pages=pages, **given)

    def pages(
        self, parts: Sequence[str], template: str, drawn: Sequence[str], **given: object
    ) -> Iterator[tuple[str, int, int, list[str]]]:
        """Yield path, number, how many pages there are, and the items, of each page that they fill."""
        path = urls.connected(*parts, page=2)
        empty = self.printer.html(path, template, items=[], number=1, pages=9, **given)
        root = urls.root_of(path)
        room = BUDGET - SPARE - len(empty.encode())
        slices = paged([item.replace(urls.MARK, root) for item in drawn], room, self.context.config.per_page)
        for number, part in enumerate(slices, 1):
            path = urls.connected(*parts, page=number)
            yield path, number, len(slices), [item.replace(urls.MARK, urls.root_of(path)) for item in drawn[part]]
