"""feed.xml (Atom, RFC 4287): the pairs that the curator pinned, then those of the first page, for those who follow what is found here.

A feed must say when it was changed, and pages know no clock: the owner says it (`published`), or there is no feed.
"""

from collections.abc import Iterator

from markupsafe import Markup, escape

from generator.site import urls
from generator.site.context import Context
from generator.site.data import social

NAMESPACE = "http://www.w3.org/2005/Atom"


def offered(context: Context) -> bool:
    """Return whether the site has a feed: it needs a date and whole addresses."""
    return bool(context.config.base_url and context.config.published)


def write(context: Context) -> None:
    """Write the feed."""
    if not offered(context):
        return
    config, base = context.config, context.config.base_url
    when = f"{config.published}T00:00:00Z"
    head = [
        _element("title", config.title),
        _element("subtitle", config.subtitle) if config.subtitle else "",
        _element("id", base),
        _element("updated", when),
        f'<link rel="self" type="application/atom+xml" href="{escape(base + urls.FEED)}"/>',
        f'<link rel="alternate" type="text/html" href="{escape(base)}"/>',
        f"<author>{_element('name', config.title)}</author>",
        _element("rights", config.credits) if config.credits else "",
    ]
    lines = "\n".join(filter(None, (*head, *_entries(context, when))))
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="{NAMESPACE}" xml:lang="{config.language}">\n'
    context.printer.write(urls.FEED, f"{start}{lines}\n</feed>\n".encode())


def _entries(context: Context, when: str) -> Iterator[str]:
    base, cards, pins = context.config.base_url, context.cards, context.collection.pins
    shared = social.chosen(context.findings.highlights.compared, context.config, context.cards.veiled)
    notes = {(pin.one, pin.other): pin.note for pin in pins}
    pinned = {frozenset(pair) for pair in notes}
    for one, other in (*notes, *(pair for pair in context.findings.highlights.pairs if frozenset(pair) not in pinned)):
        share = social.of_pair(one, other, shared, cards)
        address = urls.absolute(base, share.path)
        match = context.neighborhood.pair(one, other)
        told = [
            f"{share.text}. {cards.word(match.level, match.same)}" if match else share.text,
            notes.get((one, other), ""),
        ]
        picture = Markup('<img src="{}" width="{}" height="{}" alt="{}">').format(
            base + share.picture, share.width, share.height, share.alt
        )
        parts = [
            Markup('<a href="{}">{}</a>').format(address, picture if share.picture else share.title),
            *filter(None, told),
        ]
        html = Markup("").join(Markup("<p>{}</p>").format(part) for part in parts)
        yield "\n".join(
            (
                "<entry>",
                _element("title", share.title),
                _element("id", address),
                _element("updated", when),
                f'<link rel="alternate" type="text/html" href="{escape(address)}"/>',
                f'<content type="html">{escape(str(html))}</content>',
                "</entry>",
            )
        )


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"
