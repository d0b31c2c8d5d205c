"""data/open/: the works, their neighbors and the facets as tables, a data package that describes them, and a page.

    works.csv           a row for each work: all that its record says
    neighbors.csv.gz    the nearest k of each work, and its nearest in every value of every facet, with distances
    facets.csv          every value, and how many works have it
    datapackage.json    Frictionless Data Package 2.0: columns, licenses, bytes, hashes

Neighbors grow with works times values: about 60 bytes a row, 12 compressed. The nearest of every combination are in
data/near/ (files.py), which the page explains.
"""

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from generator.analysis.closeness import SAME_COSINE
from generator.core import rights
from generator.core.model import Work
from generator.site import urls
from generator.site.context import Context
from generator.site.data import atom

PROFILE = "https://datapackage.org/profiles/2.0/"
ITSELF = (  # columns of works.csv that are fields of a work, and what says what they are
    ("title", "data.column.title"),
    ("creator", "data.column.creator"),
    ("date", "data.column.date"),
    ("year", "data.column.year"),
    ("museum", "data.column.museum"),
    ("accession_number", "data.column.accession_number"),
    ("credit", "data.column.credit"),
    ("rights", "data.column.rights"),
    ("rights_basis", "data.column.rights_basis"),
    ("source_url", "data.column.source_url"),
    ("alt", "data.column.alt"),
)
KINDS = {"year": "integer", "width": "integer", "height": "integer"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table."""

    name: str
    kind: str  # as Table Schema calls it
    said: str  # what it holds


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSchema:
    """What a table holds."""

    name: str
    file: str
    said: str
    columns: Sequence[Column]
    key: Sequence[str]  # the columns that together name a row
    refers: Sequence[tuple[str, str]] = ()  # a column, and the table whose first column it names


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTable:
    """One file as it was written."""

    schema: TableSchema
    rows: int
    bytes: int
    digest: str  # SHA-256, hexadecimal


def write(context: Context) -> None:
    """Write the tables, the package and the page that explains them."""
    tables = [_works(context), _neighbors(context), _facets(context)]
    context.printer.write(urls.opened("datapackage.json"), _json(package(context, tables)))
    config, cards = context.config, context.cards
    context.printer.page(
        urls.DATA,
        "data.html",
        tables=tables,
        license=rights.address(config.data_license),
        feed=atom.offered(context),
        k=context.findings.analogies.rows.shape[2],
        example=context.collection.works[0].id,
        facets=[cards.facet(facet) for facet in range(len(context.collection.facets))],
    )


def package(context: Context, tables: Sequence[WrittenTable]) -> dict[str, Any]:
    """Return the description of the tables."""
    config = context.config
    address = rights.address(config.data_license)
    said = {
        "$schema": f"{PROFILE}datapackage.json",
        "name": "collection",
        "title": config.title,
        "description": config.subtitle,
        "homepage": config.base_url,
        "created": f"{config.published}T00:00:00Z" if config.published else "",
        "licenses": [{"path": address, "title": config.data_license}] if address else [],
        "keywords": [facet.name for facet in context.collection.facets],
        "resources": list(map(_resource, tables)),
    }
    return {name: value for name, value in said.items() if value}


def _resource(table: WrittenTable) -> dict[str, Any]:
    schema = {
        "$schema": f"{PROFILE}tableschema.json",
        "fields": [
            {"name": column.name, "type": column.kind, "description": column.said} for column in table.schema.columns
        ],
        "primaryKey": list(table.schema.key),
        "foreignKeys": [
            {"fields": [column], "reference": {"resource": other, "fields": ["id"]}}
            for column, other in table.schema.refers
        ],
    }
    return {
        "name": table.schema.name,
        "path": table.schema.file,
        "type": "table",
        "description": table.schema.said,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": table.bytes,
        "hash": f"sha256:{table.digest}",
        "schema": {name: value for name, value in schema.items() if value},
    }


def _works(context: Context) -> WrittenTable:
    words, collection, base = context.cards.words, context.collection, context.config.base_url
    facets = [facet.name for facet in collection.facets]
    fields = [(name, said) for name, said in ITSELF if name not in facets]
    last = [
        ("rights_address", "data.column.rights_address"),
        ("page", "data.column.page"),
        ("picture", "data.column.picture"),
        ("width", "data.column.width"),
        ("height", "data.column.height"),
    ]
    taken = {"id", *(name for name, _ in (*fields, *last)), *facets}
    further = {name: None for work in collection.works for name, _ in work.extra}
    columns = [
        Column(name="id", kind="string", said=words("data.column.id")),
        *(Column(name=name, kind="string", said=words("data.column.facet")) for name in facets),
        *(Column(name=name, kind=KINDS.get(name, "string"), said=words(said)) for name, said in fields),
        *(Column(name=_free(name, taken), kind="string", said=words("data.column.further")) for name in further),
        *(Column(name=name, kind=KINDS.get(name, "string"), said=words(said)) for name, said in last),
    ]

    def cells(row: int, work: Work) -> Iterator[Any]:
        extra, derivatives = dict(work.extra), context.assets.pictures[row]
        yield from (work.id, *context.cards.values[row], *(getattr(work, name) for name, _ in fields))
        yield from (extra.get(name, "") for name in further)
        yield from (rights.address(work.rights), urls.absolute(base, urls.work(work.id)))
        yield from (base + urls.picture(len(derivatives) - 1, work.id), derivatives[-1].width, derivatives[-1].height)

    rows = (cells(row, work) for row, work in enumerate(collection.works))
    schema = TableSchema(name="works", file="works.csv", said=words("data.works"), columns=columns, key=["id"])
    return _written(context, schema, rows)


def _free(name: str, taken: set[str]) -> str:
    """Return the name of a further column, changed where the table has one of that name, and take it."""
    while name in taken:
        name += "_"
    taken.add(name)
    return name


def _neighbors(context: Context) -> WrittenTable:
    words = context.cards.words
    columns = [
        Column(name="work", kind="string", said=words("data.column.work")),
        Column(name="facet", kind="string", said=words("data.column.among")),
        Column(name="value", kind="string", said=words("data.column.among_value")),
        Column(name="rank", kind="integer", said=words("data.column.rank")),
        Column(name="neighbor", kind="string", said=words("data.column.neighbor")),
        Column(name="distance", kind="number", said=words("data.column.distance")),
        Column(name="closer_than", kind="number", said=words("data.column.closer_than")),
        Column(name="same_picture", kind="boolean", said=words("data.column.same_picture", cosine=SAME_COSINE)),
    ]
    rows = (cells for row in range(len(context.collection.works)) for cells in _near(row, context))
    said = words("data.neighbors", k=context.findings.analogies.rows.shape[2])
    schema = TableSchema(
        name="neighbors",
        file="neighbors.csv.gz",
        said=said,
        columns=columns,
        key=["work", "facet", "value", "rank"],
        refers=[("work", "works"), ("neighbor", "works")],
    )
    return _written(context, schema, rows)


def _near(row: int, context: Context) -> Iterator[Sequence[Any]]:
    """Yield the rows of one work: its nearest k, then its nearest in every value of every facet."""
    collection, near = context.collection, context.neighborhood.of(row)
    work, works = collection.works[row].id, collection.works
    # From the stored code, as everything the site says of closeness; half a step of it is 0.000015.
    distances = (1 - (near.codes.astype(np.float64) / 32767.5 - 1)).round(5).tolist()
    others, ranks, same = near.rows.tolist(), (near.ranks / 10).tolist(), near.same.tolist()

    def found(place: int, facet: str, value: str, rank: int) -> Sequence[Any]:
        marked = "true" if same[place] else "false"
        return work, facet, value, rank, works[others[place]].id, distances[place], ranks[place], marked

    for place in range(min(context.findings.analogies.rows.shape[2], len(others))):
        yield found(place, "", "", place + 1)
    for number, facet in enumerate(collection.facets):
        values, first = np.unique(collection.labels[near.rows, number], return_index=True)
        for value, place in zip(values.tolist(), first.tolist(), strict=True):
            yield found(place, facet.name, facet.values[value], 1)


def _facets(context: Context) -> WrittenTable:
    words, collection, base = context.cards.words, context.collection, context.config.base_url
    columns = [
        Column(name="facet", kind="string", said=words("data.column.facet_name")),
        Column(name="value", kind="string", said=words("data.column.value")),
        Column(name="works", kind="integer", said=words("data.column.works")),
        Column(name="page", kind="string", said=words("data.column.value_page")),
    ]
    rows = (
        (facet.name, value, size, urls.absolute(base, context.cards.places.value(number, place)))
        for number, facet in enumerate(collection.facets)
        for place, (value, size) in enumerate(
            zip(facet.values, np.bincount(collection.labels[:, number]).tolist(), strict=True)
        )
    )
    key = ["facet", "value"]
    schema = TableSchema(name="facets", file="facets.csv", said=words("data.facets"), columns=columns, key=key)
    return _written(context, schema, rows)


def _written(context: Context, schema: TableSchema, rows: Iterable[Iterable[Any]]) -> WrittenTable:
    """Write a table row by row, compressed where its name says so, and return what there is to know of it."""
    path, count = context.printer.out / urls.opened(schema.file), 0
    context.printer.folder(urls.opened(schema.file))
    with path.open("wb") as raw:
        packed = gzip.GzipFile("", "wb", 6, raw, mtime=0) if schema.file.endswith(".gz") else io.BufferedWriter(raw)
        with io.TextIOWrapper(packed, encoding="utf-8", newline="") as text:
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow([column.name for column in schema.columns])
            for row in rows:
                writer.writerow(row)
                count += 1
    with path.open("rb") as raw:
        digest = hashlib.file_digest(raw, "sha256").hexdigest()
    return WrittenTable(schema=schema, rows=count, bytes=path.stat().st_size, digest=digest)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
