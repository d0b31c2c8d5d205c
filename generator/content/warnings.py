"""Warnings: what is not wrong in a collection but worth a word; one for all rows that it concerns."""

import unicodedata
from collections.abc import Iterator, Sequence

from anyascii import anyascii

from generator.content.fields import WorkFields
from generator.content.table import Table, warning
from generator.core.errors import Fault
from generator.core.model import Facet, Picture

MANY = 200  # values of a facet that a visitor can still look through


def warnings_of(
    table: Table,
    records: Sequence[WorkFields],
    pictures: Sequence[Picture | None],
    facets: Sequence[Facet],
    *,
    unused: int | None,
    wrong: Sequence[Fault],
) -> list[Fault]:
    """Return the warnings beside what is wrong; `unused` is how many files of images/ no work names.

    It is None where not all of the table could be read, or was: then nothing is said of what may be in the rest.
    """
    notes = [*_empty(table, wrong), *_twice(records, pictures), *_values(facets, whole=unused is not None)]
    if unused:
        found = f"{unused:,} file{'s' if unused > 1 else ''} not used by any work"
        notes.append(
            Fault(
                file="images",
                found=found,
                expected="a row for each picture",
                fix="remove them, or add rows for them",
                warning=True,
            )
        )
    return notes


def _empty(table: Table, wrong: Sequence[Fault]) -> Iterator[Fault]:
    """Yield a warning for each field that a visitor will miss."""
    missed = {
        "image_alt_text": (
            "description of the picture",
            "what the picture shows, for those who cannot see it",
            "fill it in; until then, title, creator and date are used",
        ),
        "rights": ("rights statement", "who may use the picture, such as CC0", "fill it in"),
        "year": ("year", "a number, to compare works in time", "fill it in if a year is known, even roughly"),
    }
    for column, (what, expected, fix) in missed.items():
        told = {fault.row for fault in wrong if fault.column == column}
        rows = [row.number for row in table.rows if not row.cells.get(column) and row.number not in told]
        if not rows:
            continue
        if column not in table.columns:
            yield warning([], f"no column {column}, so {_works(rows)} without a {what}", expected, fix, column=column)
        else:
            plural = f"{len(rows):,} row{'s' if len(rows) > 1 else ''} without a {what}"
            yield warning(rows, plural, expected, fix, column=column)


def _works(rows: Sequence[int]) -> str:
    return f"{len(rows):,} work{'s' if len(rows) > 1 else ''}"


def _twice(records: Sequence[WorkFields], pictures: Sequence[Picture | None]) -> Iterator[Fault]:
    """Yield a warning where works have the very same picture, as one file or as copies."""
    first: dict[str, int] = {}
    rows = [
        record.row
        for record, picture in zip(records, pictures, strict=True)
        if picture and first.setdefault(picture.digest, record.row) != record.row
    ]
    if rows:
        found = f"{_works(rows)} with the same picture as another work"
        yield warning(rows, found, "a picture for each work", "check that this is intended", column="image")


def _values(facets: Sequence[Facet], *, whole: bool) -> Iterator[Fault]:
    for facet in facets:
        if len(facet.values) == 1 and whole:
            found = f"only one value, {facet.values[0]}"
            yield warning([], found, "at least two values", "choose other facets in site.toml", column=facet.name)
        if len(facet.values) > MANY:
            found = f"{len(facet.values):,} different values"
            fix = "group them, or choose another column in site.toml"
            yield warning([], found, f"at most {MANY}", fix, column=facet.name)
        yield from _alike(facet)


def _alike(facet: Facet) -> Iterator[Fault]:
    """Yield a warning for values that differ in nothing but capitals, spaces, accents and letters that look alike."""
    groups: dict[str, list[str]] = {}
    for value in facet.values:
        alike = "".join(anyascii(unicodedata.normalize("NFKC", value)).casefold().split())
        groups.setdefault(alike or value, []).append(value)
    for group in groups.values():
        if len(group) > 1:
            words = " and ".join(f'"{value}"{_foreign(value, group)}' for value in group)
            yield warning([], f"the values {words}", "one spelling", "spell them the same way", column=facet.name)


def _foreign(value: str, group: Sequence[str]) -> str:
    """Return the name of the first sign beyond ASCII that not all of the group have: it may look as theirs do."""
    signs = (sign for sign in value if not sign.isascii() and any(sign not in other for other in group))
    sign = next(signs, None)
    return "" if sign is None else f" (with {unicodedata.name(sign, f'U+{ord(sign):04X}')})"
