"""A content folder -> Collection. The only reader of works.csv and images/.

    table        the table's text into rows of cells
    fields       a row into a checked record
    image_names  the file in images/ that a record names
    image_files  that file, decoded in full once
    facets       the values of the facets, their order and names in paths
    collection   records and pictures, in order and numbered
    selectors    works as an owner names them: an id, facet=value
    overrides    pairs that a curator hides or pins
    warnings     what is not wrong, but worth a warning
    coverage     how many works a collection has of what

Every fault of table and pictures is found before any is raised.
"""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.content import fields, overrides
from generator.content.collection import collection_of, content_notes_of, labeled, with_overrides
from generator.content.facets import PERIOD
from generator.content.fields import WorkFields
from generator.content.image_files import load_pictures, twins_of
from generator.content.table import Table, fault, read_table
from generator.content.warnings import warnings_of
from generator.core.config import Config
from generator.core.errors import ContentError, Fault
from generator.core.model import Collection
from generator.core.run import Run
from generator.core.store import Store
from generator.core.works_table import FILE, bare

LONGEST = 200  # characters of a facet's value
MOST = 1_000_000_000  # neighbors kept in all: 8 bytes each, in memory and on the disk


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What the table says, read without decoding a picture."""

    works: tuple[dict[str, str], ...]  # the cells of each row by column; those of the facets as a filter has them
    twins: tuple[tuple[str, ...], ...]  # ids of works with the very same picture, two or more together
    faults: int  # what `load` would not accept, pictures that cannot be decoded apart


def load(
    folder: Path, config: Config, run: Run, *, noted: Sequence[Fault] = (), limit: int | None = None
) -> tuple[Collection, tuple[Fault, ...]]:
    """Return the collection of the first `limit` works, and warnings. Raises ContentError with every fault and warning.

    `noted` is what was found in site.toml: it is told with the rest, and what follows from a fault in it is not.
    """
    table, records, values, notes = _read(folder, config, limit, noted)
    _check_values(records, values, config, notes)
    pictures, unused = load_pictures(folder, records, run, notes)
    rows = labeled(records, values, config)
    wrong = _wrong(notes)
    selectors = rows.selectors()
    hidden, pins = overrides.read(folder, selectors, whole=not (limit or wrong), faults=notes)
    content_notes = content_notes_of(rows, selectors, config, None if limit else notes)
    notes += warnings_of(table, records, pictures, rows.facets, unused=None if limit or wrong else unused, wrong=wrong)
    notes = [*noted, *_independent(notes, noted, config)]
    if _wrong(notes):
        raise ContentError(sorted(notes, key=lambda note: (note.warning, note.file, note.row or 0)))
    good = [picture for picture in pictures if picture is not None]
    found = collection_of(rows, good, content_notes, config)
    return with_overrides(found, hidden, pins), tuple(notes)


def survey(folder: Path, config: Config, *, store: Store, limit: int | None = None) -> Survey:
    """Return what the first `limit` rows say, faulty ones included. Raises ContentError where columns are missing."""
    table, records, values, notes = _read(folder, config, limit)
    if header := [note for note in _wrong(notes) if note.row in (None, 1)]:
        raise ContentError(header)
    twins = twins_of(folder, records, store=store, faults=notes)
    works = tuple(
        row.cells | dict(zip(config.facets, found, strict=True)) for row, found in zip(table.rows, values, strict=True)
    )
    return Survey(works=works, twins=twins, faults=len(_wrong(notes)))


def _read(
    folder: Path, config: Config, limit: int | None, noted: Sequence[Fault] = ()
) -> tuple[Table, list[WorkFields], list[tuple[str, ...]], list[Fault]]:
    """Return the table, its records, their values of the facets, and every fault and warning of them.

    Raises ContentError with what was noted before where there is no table.
    """
    notes: list[Fault] = []
    table = read_table(folder / FILE, fields.known(config.facets, config.truth), limit=limit, faults=notes)
    if table is None:
        raise ContentError([*noted, *notes])
    _check_columns(table, config, notes)
    records = [fields.record(row, config.facets, notes) for row in table.rows]
    if not records and not _wrong(notes):
        notes.append(fault("a table without works", "a row for each work", "add rows for the works"))
    _check_ids(records, notes)
    return table, records, [_values(record, table, config, notes) for record in records], notes


def _wrong(notes: Sequence[Fault]) -> list[Fault]:
    return [note for note in notes if not note.warning]


def _independent(notes: Sequence[Fault], noted: Sequence[Fault], config: Config) -> Sequence[Fault]:
    """Return the notes without those on columns that are only guessed to be facets, as site.toml is at fault."""
    guessed = any(note.column in (None, "facets", "not_recorded") for note in _wrong(noted))
    return [note for note in notes if note.column not in config.facets] if guessed else notes


def _check_columns(table: Table, config: Config, notes: list[Fault]) -> None:
    """Note every column that must be there and is not."""
    asked = [name for name in config.facets if name != PERIOD]
    asked += ["year"] if PERIOD in config.facets else []
    asked += [config.truth] if config.truth else []
    for name in dict.fromkeys((*fields.REQUIRED, *asked)):
        if name in table.columns:
            continue
        here = {bare(column): column for column in table.columns if column not in fields.COLUMNS}
        fix = f"add a column {name}"
        if name == "image":
            fix = next((words for column, words in fields.ELSEWHERE.items() if column in here.values()), fix)
        elif near := difflib.get_close_matches(bare(name), here, n=1, cutoff=0.7):
            fix = f"rename the column {here[near[0]]} to {name}"
        elif name in asked:
            fix += ", or change facets or truth in site.toml"
        notes.append(fault(f"no column {name}", f"{name} in the header", fix, row=1, column=name))


def _check_ids(records: Sequence[WorkFields], notes: list[Fault]) -> None:
    """Note ids that are there already, also but for capitals: some disks take those for the same file."""
    first: dict[str, WorkFields] = {}
    for record in records:
        other = first.setdefault(record.id.casefold(), record)
        if record.id and other is not record:
            found = f"{fields.shown(record.id)}, also used in row {other.row}"
            found += "" if other.id == record.id else f" as {fields.shown(other.id)}"
            notes.append(
                fault(found, "a unique ID for each work", "change one of them", row=record.row, column="objectid")
            )


def _check_values(
    records: Sequence[WorkFields], values: Sequence[tuple[str, ...]], config: Config, notes: list[Fault]
) -> None:
    """Note what would make no filter: values too long to be chosen, combinations too many to be searched."""
    for record, row in zip(records, values, strict=True):
        for name, value in zip(config.facets, row, strict=True):
            if len(value) > LONGEST:
                found, expected = (
                    f"a text of {len(value):,} characters",
                    f"at most {LONGEST}, to fit in a list of filters",
                )
                fix = "write a short name of the group that the work belongs to"
                notes.append(fault(found, expected, fix, row=record.row, column=name))
    cells, most = len(set(values)), MOST // (max(1, len(records)) * config.neighbors)
    if cells > most:
        found = f"{cells:,} different combinations of {' and '.join(config.facets)} in {len(records):,} works"
        expected = f"at most {most:,}, because the {config.neighbors} closest works in every combination are stored for each work"
        fix = "group the values, or choose fewer or other facets or fewer neighbors in site.toml"
        notes.append(fault(found, expected, fix))


def _values(record: WorkFields, table: Table, config: Config, notes: list[Fault]) -> tuple[str, ...]:
    """Return the record's value of every facet; an empty one is a fault unless the owner named it."""
    for name, value in zip(config.facets, record.values, strict=True):
        column = "year" if name == PERIOD else name
        if value or config.not_recorded or column not in table.columns:
            continue
        found = "no year, which is needed for the period" if name == PERIOD else "an empty cell"
        fix = 'fill it in, or write not_recorded = "Not recorded" in site.toml'
        notes.append(fault(found, f"a value, because {name} is a filter", fix, row=record.row, column=column))
    return tuple(value or config.not_recorded for value in record.values)
