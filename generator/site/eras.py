"""Time against time: how often the works of one period look like those of another."""

from generator.site import meetings, urls
from generator.site.couples import Listing
from generator.site.duos import Duos
from generator.site.render import BUDGET

OPENERS = 6  # widest leaps, below the table
PATH = urls.connected("across-time")


def write(duos: Duos, leaps: Listing | None) -> None:
    """Write the table of periods, with the widest of the leaps."""
    whole = duos.material.whole
    assert whole.time
    names = [_span(duos, *span) for span in whole.periods.spans]
    pairs = leaps.pairs[:OPENERS] if leaps else ()
    given = {
        "leaps": leaps.sibling()[1] if leaps else "",
        "items": duos.drawn(pairs, PATH),
        "undated": int((whole.periods.of < 0).sum()),
    }
    parts = {
        "names": names,
        "paths": [""] * len(names),
        "values": range(len(names)),
        "duos": duos,
        "root": urls.root_of(PATH),
    }
    lines = meetings.table(whole.time, room=0, **parts)
    room = BUDGET - 200 - len(duos.printer.html(PATH, "time.html", lines=lines, **given).encode())
    duos.printer.page(PATH, "time.html", lines=meetings.table(whole.time, room=room, **parts), **given)


def _span(duos: Duos, first: int, last: int) -> str:
    """Return "600–501 BCE", "100 BCE–200", or "1801–1900"."""
    name = "connections.span_after"
    if first < 0:
        name = "connections.span_before" if last < 0 else "connections.span_across"
    return duos.cards.words(name, first=abs(first), last=abs(last))
