"""Column mapping: --map field=column, or [map] of site.toml -> rules that say where each field of a record is found.

    title = "Object title"            that column
    title = "Title A + Title B"       both, joined
    museum = "=The Harbor Museum"     these words for every work

The fields are FIELDS; a column that no rule names is recognized by its own name, or kept as it is.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from generator.core.errors import Fault, IngestError
from generator.core.works_table import bare
from generator.ingest.sources.base import WORDS

SOURCE = "source"  # what the ids of the works begin with
TEXTS = (
    "number",
    "title",
    "creator",
    "date",
    "year",
    "begin",
    "end",
    "picture",
    "museum",
    "accession_number",
    "credit",
    "rights",
    "rights_basis",
    "source_url",
    "alt",
    SOURCE,
)
FIELDS = (*TEXTS, *WORDS)
ASIDE = re.compile(r"\s*(?:\^\^|\|)\s*")  # between several values of a cell; ^^ is Omeka's
LISTED = re.compile(r"\s*(?:\^\^|\||;)\s*")  # between words
WHERE = "--map or [map]"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRule:
    """Where a field is found: fixed words, or columns."""

    columns: tuple[str, ...] = ()
    fixed: str = ""
    together: bool = False  # every column is joined; else the first that says something counts

    def take(self, cells: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what the cells say and the columns that said it; of fixed words no column."""
        if self.fixed:
            return (self.fixed,), ()
        found = [name for name in self.columns if cells.get(name)]
        found = found if self.together else found[:1]
        return tuple(cells[name] for name in found), tuple(found)


def read_mapping(given: Mapping[str, str]) -> dict[str, ColumnRule]:
    """Return the user's rules by field. Raises IngestError with every field that there is not."""
    faults = [_unknown(name) for name in given if name not in FIELDS]
    faults += [_empty(name) for name, text in given.items() if not text.strip().removeprefix("=").strip()]
    if faults:
        raise IngestError("\n".join(map(str, faults)))
    return {name: _rule(text.strip()) for name, text in given.items()}


def resolve(rules: Mapping[str, ColumnRule], columns: Collection[str], *, file: str) -> dict[str, ColumnRule]:
    """Return the rules with the columns' names as the table spells them. Raises IngestError with every one it lacks."""
    names = {bare(name): name for name in reversed(list(columns))} | {name: name for name in columns}
    faults: list[Fault] = []
    found: dict[str, ColumnRule] = {}
    for field, rule in rules.items():
        wanted = rule.columns
        if len(wanted) > 1 and (whole := " + ".join(wanted)) in names:  # the column's own name holds a plus
            wanted = (whole,)
        spelled = [names.get(name, names.get(bare(name))) for name in wanted]
        faults += [
            _missing(file, field, name, columns) for name, there in zip(wanted, spelled, strict=True) if not there
        ]
        found[field] = ColumnRule(columns=tuple(filter(None, spelled)), fixed=rule.fixed, together=rule.together)
    if faults:
        raise IngestError("\n".join(map(str, faults)))
    return found


def joined(field: str, values: Iterable[str]) -> str:
    """Return what a field says: words with "|" between, makers and the values of a cell with "; "."""
    if field in WORDS:
        parts = (part for value in values for part in LISTED.split(value))
        return "|".join(dict.fromkeys(filter(None, parts)))
    mark = {"number": "-", "creator": "; "}.get(field, ", ")
    return mark.join(value if field == "title" else ASIDE.sub("; ", value) for value in values)


def listed(names: Iterable[str], *, most: int = 40) -> str:
    """Return names one after the other, cut where they are many."""
    found = [" ".join(name.split())[:60] for name in names]
    return ", ".join(found[:most]) + (f" and {len(found) - most} more" if len(found) > most else "")


def _rule(text: str) -> ColumnRule:
    if text.startswith("="):
        return ColumnRule(fixed=text[1:].strip())
    columns = tuple(part for part in (part.strip() for part in text.split(" + ")) if part)
    return ColumnRule(columns=columns, together=len(columns) > 1)


def _unknown(name: str) -> Fault:
    near = get_close_matches(name, FIELDS, 1, 0.6)
    fix = f"write {near[0]}" if near else "use one of them; other columns are kept as they are"
    return Fault(file=WHERE, found=f"a field {name[:60]!r}", expected=f"one of {', '.join(FIELDS)}", fix=fix)


def _empty(name: str) -> Fault:
    fix = f'write --map {name}="COLUMN", or --map {name}="=words for every work"'
    return Fault(file=WHERE, column=name, found="nothing after =", expected="a column, or =words", fix=fix)


def _missing(file: str, field: str, name: str, columns: Collection[str]) -> Fault:
    near = get_close_matches(bare(name), {bare(column): column for column in columns}, 1, 0.6)
    spelled = next((column for column in columns if near and bare(column) == near[0]), None)
    fix = f'write --map {field}="{spelled}"' if spelled else "give an existing column, or =words"
    return Fault(
        file=file, column=field, found=f"no column {name[:60]!r}", expected=f"one of {listed(columns)}", fix=fix
    )
