"""feed.xml (Atom, RFC 4287): the pairs that the curator pinned, then those of the first page, for those who follow what is found here.

A feed must say when it was changed, and pages know no clock: the owner says it (`published`), or there is no feed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.site import urls
from generator.site.context import Context
from generator.site.data import social
from generator.site.data.social import SocialPreview


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A pair, as the feed tells of it."""

    share: SocialPreview
    told: tuple[str, ...]  # what the two works are, and the curator's note


def offered(context: Context) -> bool:
    """Return whether the site has a feed: it needs a date and whole addresses."""
    return bool(context.config.base_url and context.config.published)


def write(context: Context) -> None:
    """Write the feed."""
    if offered(context):
        feed = context.printer.fragment("feed.xml", entries=_entries(context))
        context.printer.write(urls.FEED, f"{feed}\n".encode())


def _entries(context: Context) -> Iterator[Entry]:
    cards, pins = context.cards, context.collection.pins
    shared = social.chosen(context.findings.highlights.compared, context.config, cards.veiled)
    notes = {(pin.one, pin.other): pin.note for pin in pins}
    pinned = {frozenset(pair) for pair in notes}
    for one, other in (*notes, *(pair for pair in context.findings.highlights.pairs if frozenset(pair) not in pinned)):
        share = social.of_pair(one, other, shared, cards)
        match = context.neighborhood.pair(one, other)
        text = f"{share.text}. {cards.word(match.level, match.same)}" if match else share.text
        yield Entry(share=share, told=tuple(filter(None, (text, notes.get((one, other), "")))))
