"""Linked Art (linked.art): an object, as the Rijksmuseum's data services give it -> Record."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from generator.ingest.sources.base import Record, SourceQuery
from generator.ingest.sources.readers import SourceRow
from generator.ingest.sources.values import entries, first, joined, names, plain, text, words, years

ENGLISH = ("300388277", "en")  # the Getty's number of the language, and the language's own
MAKER, MATERIALS, CREDIT = "300435416", "300435429", ("300435418", "300026687")  # kinds of statements
YEAR = re.compile(r"(-?[0-9]{4,6})-")
OPEN = re.compile(r"https?://creativecommons\.org/publicdomain/(zero|mark)/", re.IGNORECASE)
OTHER = re.compile(r"https?://(creativecommons\.org/licenses|rightsstatements\.org)/", re.IGNORECASE)
IIIF = re.compile(r"/full/(?:max|full|[!^]?[0-9]*,[0-9]*)/0/default\.(?:jpg|png)$")
Node = Mapping[str, Any]


def record(row: SourceRow, asked: SourceQuery, *, source: str, museum: str) -> Record:
    """Return the record of an object; `seen` in it is the visual item, `shown` the digital object."""
    of = row.cells.get
    made = first(of("produced_by"))
    parts = [made, *entries(made.get("part"))]
    span = first(made.get("timespan"))
    begin, end, note = years(*(_year(span.get(name)) for name in ("begin_of_the_begin", "end_of_the_end")))
    number = _identifier(row)
    marks = [text(mark.get("id")) for right in entries(first(of("seen")).get("subject_to")) for mark in _kinds(right)]
    free = True if any(map(OPEN.match, marks)) else False if any(map(OTHER.match, marks)) else None
    return Record(
        place=row.place,
        source=source,
        number=number,
        title=plain(_content(named for named in entries(of("identified_by")) if named.get("type") != "Identifier")),
        creator=names([_statement(made, MAKER)] if _statement(made, MAKER) else _all(parts, "carried_out_by")),
        date=_content(entries(span.get("identified_by"))) or text(span.get("_label")),
        begin=begin,
        end=end,
        words=words(
            geography=_all(parts, "took_place_at"),
            object=_labels(of("classified_as")),
            materials=joined(_statement(row.cells, MATERIALS), _labels(of("made_of")), _all(parts, "technique")),
        ),
        pictures=_pictures(first(of("shown")), asked.width),
        free=free,
        museum=museum,
        accession_number=number,
        credit=next(filter(None, (_statement(row.cells, kind) for kind in CREDIT)), ""),
        rights=next((mark for mark in marks if OPEN.match(mark) or OTHER.match(mark)), ""),
        rights_basis="subject_to of the visual item in the museum's data services" if free is not None else "",
        source_url=text(of("id")),
        extra=note,
    )


def listed(answer: Any) -> list[str]:
    """Return the identifiers in a page of a search."""
    items = answer.get("orderedItems") if isinstance(answer, dict) else None
    return [identifier for item in entries(items) if (identifier := text(item.get("id")))]


def _kinds(node: Node) -> list[Node]:
    return entries(node.get("classified_as"))


def _is_english(node: Node) -> bool:
    return any(text(language.get("id")).endswith(ENGLISH[0]) for language in entries(node.get("language")))


def _content(nodes: Iterable[Node]) -> str:
    """Return what the nodes say, in English where one does."""
    said = [node for node in nodes if text(node.get("content"))]
    best = next(filter(_is_english, said), said[0] if said else {})
    return text(best.get("content"))


def _statement(node: Node, kind: str) -> str:
    """Return what is said of one kind, by the Getty's number of it."""
    return _content(
        said
        for said in entries(node.get("referred_to_by"))
        if any(text(one.get("id")).endswith(kind) for one in _kinds(said))
    )


def _labels(value: object) -> list[str]:
    """Return the names of things, in English where there is one."""
    return [label for node in entries(value) if (label := _label(node))]


def _label(node: Node) -> str:
    notation = entries(node.get("notation"))
    english = next((one for one in notation if one.get("@language") in ENGLISH), first(node.get("notation")))
    return text(english.get("@value")) or text(node.get("_label")) or _content(entries(node.get("identified_by")))


def _all(parts: Iterable[Node], name: str) -> list[str]:
    return [label for part in parts for label in _labels(part.get(name))]


def _identifier(row: SourceRow) -> str:
    """Return the inventory number, else the last part of the address."""
    named = [node for node in entries(row.cells.get("identified_by")) if node.get("type") == "Identifier"]
    return next(
        filter(None, (text(node.get("content")) for node in named)), text(row.cells.get("id")).rpartition("/")[2]
    )


def _year(moment: object) -> int | None:
    found = YEAR.match(text(moment))
    return int(found[1]) if found else None


def _pictures(digital: Node, width: int) -> tuple[str, ...]:
    """Return the address of the picture, through its IIIF service at the size that is wanted."""
    address = text(first(digital.get("access_point")).get("id"))
    return (IIIF.sub(f"/full/!{width},{width}/0/default.jpg", address),) if address else ()
