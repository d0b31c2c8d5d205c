"""Records and pictures -> Collection: the works in the order of their cells, labeled, and the digest of it all."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from generator.content import facets, overrides
from generator.content.fields import WorkFields
from generator.content.selectors import Selectors
from generator.core.config import Config
from generator.core.errors import Fault, Problem
from generator.core.model import Collection, Facet, Hidden, Picture, Pin, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class LabeledRecords:
    """The records of a table as the table has them, their facets, and the order of the works.

    n works, f facets
    """

    records: Sequence[WorkFields]
    values: Sequence[tuple[str, ...]]  # of each record's facets
    facets: tuple[Facet, ...]
    order: NDArray[np.intp]  # (n,) the record of each work
    labels: NDArray[np.int32]  # (n, f) of each work, in their order

    def selectors(self) -> Selectors:
        """Return what finds works as an owner names them."""
        return Selectors([self.records[row].id for row in self.order], self.facets, self.labels)


def labeled(records: Sequence[WorkFields], values: Sequence[tuple[str, ...]], config: Config) -> LabeledRecords:
    """Return the records with their facets, and the order in which they are works."""
    years = [record.year for record in records]
    columns = zip(config.facets, zip(*values, strict=True) if values else [()] * len(config.facets), strict=True)
    found = tuple(facets.facet(name, column, years, config.not_recorded) for name, column in columns)
    labels = _labels(values, found)
    order = np.lexsort(labels.T[::-1])  # by the first facet, then the second ...; stable, so file order within a cell
    return LabeledRecords(records=records, values=values, facets=found, order=order, labels=labels[order])


def _labels(values: Sequence[tuple[str, ...]], facets: Sequence[Facet]) -> NDArray[np.int32]:
    number = [{value: i for i, value in enumerate(facet.values)} for facet in facets]
    found = [[number[j][value] for j, value in enumerate(row)] for row in values]
    return np.array(found, np.int32).reshape(-1, len(facets))


def content_notes_of(
    rows: LabeledRecords, selectors: Selectors, config: Config, notes: list[Fault] | None
) -> list[str]:
    """Return each record's content note: its own, or those of its values in site.toml; values unknown are noted."""
    told: dict[tuple[int, str], str] = {}
    for name, text in config.notes:
        found = selectors.value(name)
        if not isinstance(found, Problem):
            told[found[0], rows.facets[found[0]].values[found[1]]] = text
        elif notes is not None:
            notes.append(found.at("site.toml", column=f"notes.{name}"))
    return [
        record.content_note or " ".join(dict.fromkeys(told[one] for one in enumerate(mine) if one in told))
        for record, mine in zip(rows.records, rows.values, strict=True)
    ]


def collection_of(
    rows: LabeledRecords, pictures: Sequence[Picture], content_notes: Sequence[str], config: Config
) -> Collection:
    """Return the collection, with nothing hidden or pinned and without a digest; pictures and notes by record."""
    cells, cell_of = np.unique(rows.labels, axis=0, return_inverse=True)
    return Collection(
        facets=rows.facets,
        works=tuple(
            _work(rows.records[row], rows.values[row], pictures[row], config, content_notes[row]) for row in rows.order
        ),
        labels=rows.labels,
        cells=cells.astype(np.int32),
        cell_of=cell_of.reshape(-1).astype(np.int32),
        digest="",
    )


def _work(record: WorkFields, values: Sequence[str], picture: Picture, config: Config, content_note: str) -> Work:
    return Work(
        id=record.id,
        title=record.title,
        picture=picture,
        alt=record.image_alt_text or _alt(record, values, config.not_recorded),
        creator=record.creator,
        date=record.date,
        year=record.year,
        museum=record.museum,
        accession_number=record.accession_number,
        credit=record.credit,
        rights=record.rights,
        rights_basis=record.rights_basis,
        source_url=record.source_url,
        extra=record.extra,
        content_note=content_note,
    )


def _alt(record: WorkFields, values: Sequence[str], not_recorded: str) -> str:
    """Return what the record says of the work, where nobody has described the picture."""
    date = record.date or ("" if record.year is None else _year(record.year))
    said = [record.creator, date, *(value for value in values if value != not_recorded)]
    return ", ".join(dict.fromkeys(part for part in (record.title, *said) if part))


def _year(year: int) -> str:
    return str(year) if year > 0 else f"{-year} BCE"


def with_overrides(collection: Collection, hidden: tuple[Hidden, ...], pins: tuple[Pin, ...]) -> Collection:
    """Return the collection with what is hidden and pinned, and with the digest of all of it."""
    digest = _digest(collection, hidden, pins)
    return replace(collection, hidden=hidden, pins=pins, digest=digest)


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
