"""Values: a museum's cell, of whatever type it comes as, -> text, number, yes or no, years. Nothing here raises."""

import ast
import json
import math
import re
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

LONGEST = 1_000_000  # characters of a cell that are looked into for a list
OLDEST, LATEST = -5_000_000, 2100  # years of works
NUMBER = re.compile(r"\s*([+-]?[0-9]{1,9})(?:\.0*)?\s*")
SURROGATE = re.compile(r"[\ud800-\udfff]")  # half a character, as JSON may escape it: it cannot be written
MARKUP = re.compile(r"</?(?:i|em|b|strong|u|sub|sup|span|p|br)\b[^<>]{0,200}>", re.IGNORECASE)
LINKED = re.compile(r"(?<=\bor); |(?<=\band); |; (?=(?:and|or)\b)")  # "A or; B", "A; and B"
UNDATED = frozenset({"", "n.d", "n. d", "no date", "not dated", "undated", "unknown", "date unknown", "date not known"})
WIDE = 50  # years: as bounds of a work without a date, more are too many
YES = frozenset({"true", "1", "yes", "y"})
NO = frozenset({"false", "0", "no", "n"})
Columns = tuple[tuple[str, str], ...]


def text(value: object) -> str:
    """Return a cell as text without spaces around; a list's members with "|" between; "" for anything else."""
    if isinstance(value, str):
        return (value if value.isascii() else SURROGATE.sub("\ufffd", value)).strip()
    if isinstance(value, list):
        return "|".join(dict.fromkeys(filter(None, (text(item) for item in value if not isinstance(item, list)))))
    if isinstance(value, float) and math.isfinite(value):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, int):  # True and False among them; a number of more digits is none of a museum
        return str(value) if abs(value) < 10**18 else ""
    return ""


def joined(*values: object) -> str:
    """Return the different words of all values with "|" between, in order; each value may hold several."""
    if len(values) == 1 and isinstance(values[0], str) and "|" not in values[0]:
        return text(values[0])
    parts = (part.strip() for value in values for part in text(value).split("|"))
    return "|".join(dict.fromkeys(filter(None, parts)))


def plain(value: object) -> str:
    """Return the text without the few HTML tags with which museums slant words; no other "<" is taken for a tag."""
    found = text(value)
    return MARKUP.sub("", found).strip() if "<" in found else found


def number(value: object) -> int | None:
    """Return a whole number, also of "1642.0"; None of anything else."""
    if isinstance(value, str):
        found = NUMBER.fullmatch(value)
        return int(found[1]) if found else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if abs(value) < 10**9 and value == int(value) else None


def truth(value: object) -> bool | None:
    """Return what "True", 1 or "no" say; None where it is neither."""
    said = text(value).casefold()
    return True if said in YES else False if said in NO else None


def years(begin: object, end: object, *, date: str = "dated") -> tuple[int | None, int | None, Columns]:
    """Return first and last year, never 0, and a column for the owner where the museum's numbers cannot be used.

    There is no year 0. Two of them say, in museums' databases, that nothing is known; a single one is the turn of
    the eras: 1 as a beginning, -1 as an end. Numbers that run backwards are both dropped, since nothing says which
    is wrong; the date's own words remain. Where those say nothing, numbers far apart are the bounds of what may be,
    often the maker's life, and no date of the work.
    """
    first, last = number(begin), number(end)
    if not first and not last:
        return None, None, ()
    if first is not None and last is not None and first > last:
        return (
            None,
            None,
            (("date_note", f"the museum's years, {first} to {last}, are in reverse order and were not used"),),
        )
    if any(year is not None and not OLDEST <= year <= LATEST for year in (first, last)):
        return (
            None,
            None,
            (("date_note", f"the museum's years, {_span(first, last)}, are impossible and were not used"),),
        )
    if date.strip(" .").casefold() in UNDATED and (first is None or last is None or last - first > WIDE):
        return None, None, (("date_note", f"undated; the museum gives {_span(first, last)}"),)
    return 1 if first == 0 else first, -1 if last == 0 else last, ()


def _span(begin: int | None, end: int | None) -> str:
    return f"until {end}" if begin is None else f"from {begin}" if end is None else f"{begin} to {end}"


def entries(value: object) -> list[Mapping[str, Any]]:
    """Return the records in a cell: a list of them, one, or either as text in JSON or as Python prints it."""
    if isinstance(value, str):
        value = _read(value)
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, dict)]


def first(value: object) -> Mapping[str, Any]:
    """Return the first record in a cell; an empty one where there is none."""
    return next(iter(entries(value)), {})


def _read(cell: str) -> object:
    """Return what the text stands for; None where it stands for no list or record."""
    if not cell.lstrip().startswith(("[", "{")) or len(cell) > LONGEST:
        return None
    for read in (json.loads, _literal):
        try:
            return read(cell)
        except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
            continue
    return None


def _literal(cell: str) -> object:
    """Return what Python printed, without its remarks about how it is written."""
    with warnings.catch_warnings(action="ignore"):
        return ast.literal_eval(cell)


def words(**named: object) -> dict[str, str]:
    """Return words under their names (base.WORDS), those with nothing left out."""
    return {name: found for name, value in named.items() if (found := joined(value))}


def extra(**named: object) -> Columns:
    """Return further columns and what they say, those with nothing left out."""
    return tuple((name, found) for name, value in named.items() if (found := text(value)))


def names(makers: Iterable[str]) -> str:
    """Return several makers as one line: "A; B", and "A or B" where the museum says so."""
    different = dict.fromkeys(filter(None, (" ".join(maker.split()) for maker in makers)))
    return LINKED.sub(" ", "; ".join(different))


def by_size(pictures: Iterable[tuple[str, int | None]], width: int) -> tuple[str, ...]:
    """Return addresses, the best first: the smallest that is `width` on its longer side, then smaller, then larger."""
    known = [(address, size or 0) for address, size in pictures if address]
    enough = sorted((found for found in known if found[1] >= width), key=lambda found: found[1])
    less = sorted((found for found in known if found[1] < width), key=lambda found: -found[1])
    return tuple(address for address, _ in [*enough[:1], *less, *enough[1:]])
