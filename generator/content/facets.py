"""Facets: the order of their values, their names in paths, and the period made from a year."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from anyascii import anyascii

from generator.core.model import Facet

PERIOD = "period"
PAGE = re.compile(r"page-[0-9]+")  # the further pages of a list are called so
LONGEST = 60  # characters of a slug
TAKEN = {
    "index",
    "any",
    "all",
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{i}" for port in ("com", "lpt") for i in range(10)),
}


def facet(name: str, found: Sequence[str], years: Sequence[int | None], not_recorded: str) -> Facet:
    """Return the facet with all values found, in the order to show: by time for the period, else by the alphabet."""
    if name == PERIOD:
        by_time = {value: century(year) for value, year in zip(found, years, strict=True) if year is not None}
        values = sorted(set(found), key=lambda value: (value not in by_time, by_time.get(value, 0)))
    else:
        values = sorted(set(found), key=lambda value: (value == not_recorded, natural(value), value))
    return Facet(name=name, values=tuple(values), slugs=slugs(values))


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return the key that sorts "Room 9" before "Room 10", letters without regard to case and accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    parts = re.findall(r"[0-9]{1,300}|[^0-9]+", plain)
    return tuple((0, int(part), "") if part[0] in "0123456789" else (1, 0, part) for part in parts)


def century(year: int) -> int:
    """Return the century: 16 for 1501 to 1600, -3 for 300 to 201 BCE."""
    return (year + 99) // 100 if year > 0 else -((-year + 99) // 100)


def period(year: int | None) -> str:
    """Return "16th century", "3rd century BCE", or "" without a year; before 10,000 BCE a millennium."""
    if year is None:
        return ""
    number = abs(century(year))
    if year < -10_000:
        return f"{_ordinal(-(-number // 10))} millennium BCE"
    return f"{_ordinal(number)} century" + (" BCE" if year < 0 else "")


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def slugs(values: Sequence[str]) -> tuple[str, ...]:
    """Return one safe name per value, in ASCII and readable; where two would be the same, the later gets a mark."""
    given: dict[str, None] = {}
    for value in values:
        slug = re.sub(r"[^a-z0-9]+", "-", anyascii(value).lower().replace("'", "")).strip("-")[:LONGEST].strip("-")
        mark = hashlib.sha256(value.encode()).hexdigest()
        length = 6
        free = slug and slug not in TAKEN and not PAGE.fullmatch(slug)
        name = slug if free else f"{slug or 'value'}-{mark[:length]}"
        while name in given:
            name = f"{slug or 'value'}-{mark[:length]}"
            length += 1
        given[name] = None
    return tuple(given)
