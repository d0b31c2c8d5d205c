"""A content folder -> Collection. The only reader of works.csv and images/.

    table     the table's text into rows of cells
    fields    a row into a checked record
    pictures  a record's picture, decoded in full once
    facets    the values of the facets, their order and names in paths
    choosing  works as an owner names them: an id, facet=value
    overrides pairs that a curator hides or pins
    notes     what is not wrong, but worth a warning

Every fault of table and pictures is found before any is raised.
"""

import difflib
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.content import facets, fields, overrides
from generator.content.facets import PERIOD
from generator.content.fields import WorkFields
from generator.content.image_files import load_pictures, twins_of
from generator.content.selectors import Selectors, Wrong
from generator.content.table import FILE, Table, bare, fault, read_table
from generator.content.warnings import warnings_of
from generator.core.config import Config
from generator.core.errors import ContentError, Fault
from generator.core.model import Collection, Facet, Hidden, Picture, Pin, Progress, Work
from generator.core.store import Store

LONGEST = 200  # characters of a facet's value
MOST = 1_000_000_000  # neighbors kept in all: 8 bytes each, in memory and on the disk


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What the table says, read without decoding a picture."""

    works: tuple[dict[str, str], ...]  # the cells of each row by column; those of the facets as a filter has them
    twins: tuple[tuple[str, ...], ...]  # ids of works with the very same picture, two or more together
    faults: int  # what `load` would not accept, pictures that cannot be decoded apart


def load(
    folder: Path,
    config: Config,
    *,
    noted: Sequence[Fault] = (),
    store: Store,
    limit: int | None = None,
    jobs: int = 1,
    progress: Progress,
) -> tuple[Collection, tuple[Fault, ...]]:
    """Return the collection of the first `limit` works, and warnings. Raises ContentError with every fault and warning.

    `noted` is what was found in site.toml: it is told with the rest, and what follows from a fault in it is not.
    """
    table, records, values, notes = _read(folder, config, limit, noted)
    _check_values(records, values, config, notes)
    pictures, unused = load_pictures(folder, records, store=store, jobs=jobs, progress=progress, faults=notes)
    found = _facets(records, values, config)
    wrong = _wrong(notes)
    order, labels = _ordered(values, found)
    choosing = Selectors([records[row].id for row in order], found, labels)
    hidden, pins = overrides.read(folder, choosing, whole=not (limit or _wrong(notes)), faults=notes)
    told = _content_notes(records, values, choosing, config, None if limit else notes)
    notes += warnings_of(table, records, pictures, found, unused=None if limit or wrong else unused, wrong=wrong)
    notes = [*noted, *_independent(notes, noted, config)]
    if _wrong(notes):
        raise ContentError(sorted(notes, key=lambda note: (note.warning, note.file, note.row or 0)))
    good = [picture for picture in pictures if picture is not None]
    collection = _collection(records, values, good, found, config, told)
    digest = _digest(collection, hidden, pins)
    return replace(collection, hidden=hidden, pins=pins, digest=digest), tuple(notes)


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


def _collection(
    records: Sequence[WorkFields],
    values: Sequence[tuple[str, ...]],
    pictures: Sequence[Picture],
    facets: tuple[Facet, ...],
    config: Config,
    content_notes: Sequence[str],
) -> Collection:
    order, labels = _ordered(values, facets)
    cells, cell_of = np.unique(labels, axis=0, return_inverse=True)
    return Collection(
        facets=facets,
        works=tuple(_work(records[row], values[row], pictures[row], config, content_notes[row]) for row in order),
        labels=labels,
        cells=cells.astype(np.int32),
        cell_of=cell_of.reshape(-1).astype(np.int32),
        digest="",
    )


def _ordered(values: Sequence[tuple[str, ...]], facets: Sequence[Facet]) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
    """Return the records in the order of the works, and the works' labels."""
    labels = _labels(values, facets)
    order = np.lexsort(labels.T[::-1])  # by the first facet, then the second ...; stable, so file order within a cell
    return order, labels[order]


def _content_notes(
    records: Sequence[WorkFields],
    values: Sequence[tuple[str, ...]],
    choosing: Selectors,
    config: Config,
    notes: list[Fault] | None,
) -> list[str]:
    """Return each record's content note: its own, or those of its values in site.toml; values unknown are noted."""
    told: dict[tuple[int, str], str] = {}
    for name, text in config.notes:
        found = choosing.value(name)
        if not isinstance(found, Wrong):
            told[found[0], choosing.facets[found[0]].values[found[1]]] = text
        elif notes is not None:
            said = {"found": found.found, "expected": found.expected, "fix": found.fix}
            notes.append(Fault(file="site.toml", column=f"notes.{name}", **said))
    return [
        record.content_note or " ".join(dict.fromkeys(told[one] for one in enumerate(mine) if one in told))
        for record, mine in zip(records, values, strict=True)
    ]


def _facets(records: Sequence[WorkFields], values: Sequence[tuple[str, ...]], config: Config) -> tuple[Facet, ...]:
    years = [record.year for record in records]
    columns = zip(config.facets, zip(*values, strict=True) if values else [()] * len(config.facets), strict=True)
    return tuple(facets.facet(name, found, years, config.not_recorded) for name, found in columns)


def _labels(values: Sequence[tuple[str, ...]], facets: Sequence[Facet]) -> NDArray[np.int32]:
    number = [{value: i for i, value in enumerate(facet.values)} for facet in facets]
    return np.array([[number[j][value] for j, value in enumerate(row)] for row in values], np.int32).reshape(
        -1, len(facets)
    )


def _work(record: WorkFields, values: Sequence[str], picture: Picture, config: Config, content_note: str) -> Work:
    return Work(
        id=record.id,
        title=record.title,
        picture=picture,
        alt=record.image_alt_text or _alt(record, values, config.not_recorded),
        year=record.year,
        source_url=record.source_url,
        extra=record.extra,
        content_note=content_note,
        **record.texts,
    )


def _alt(record: WorkFields, values: Sequence[str], not_recorded: str) -> str:
    """Return what the record says of the work, where nobody has described the picture."""
    date = record.texts["date"] or ("" if record.year is None else _year(record.year))
    said = [record.texts["creator"], date, *(value for value in values if value != not_recorded)]
    return ", ".join(dict.fromkeys(part for part in (record.title, *said) if part))


def _year(year: int) -> str:
    return str(year) if year > 0 else f"{-year} BCE"


def _digest(collection: Collection, hidden: Sequence[Hidden], pins: Sequence[Pin]) -> str:
    """Return the SHA-256 of the whole collection; where the pictures lie does not count, what they hold does."""
    facets = [[facet.name, facet.values, facet.slugs] for facet in collection.facets]
    rows = [
        [
            work.id,
            work.title,
            work.alt,
            work.creator,
            work.date,
            work.year,
            work.museum,
            work.accession_number,
            work.credit,
            work.rights,
            work.rights_basis,
            work.source_url,
            work.extra,
            work.content_note,
            work.picture.digest,
            work.picture.width,
            work.picture.height,
        ]
        for work in collection.works
    ]
    said = json.dumps([facets, rows, collection.labels.tolist(), overrides.said(hidden, pins)])
    return hashlib.sha256(said.encode()).hexdigest()
