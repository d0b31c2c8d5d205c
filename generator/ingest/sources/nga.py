"""The National Gallery of Art, Washington: objects.csv of its open data, with the tables that lie beside it.

github.com/NationalGalleryOfArt/opendata describes them (its Data Dictionary). Tried on records written to that
description, not on the museum's own files. published_images.csv is needed; objects_constituents.csv with
constituents.csv gives nationalities, and objects_terms.csv schools, places and styles, where they are there. What
these tell of an object is held in memory (some 200 MB for the whole collection); objects are read one at a time.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.ingest.sources.base import LeftOut, Record, SourceQuery
from generator.ingest.sources.museum import Museum, Rows, left_out
from generator.ingest.sources.readers import FileShape, SourceRow, broken, read_rows
from generator.ingest.sources.values import extra, joined, names, number, plain, text, truth, words, years

SHAPE = FileShape(needs=("objectid", "title", "attribution"))
IMAGES = FileShape(needs=("depictstmsobjectid", "iiifurl", "viewtype"))
MAKERS = FileShape(needs=("objectid", "constituentid", "roletype"))
PEOPLE = FileShape(needs=("constituentid", "nationality"))
TERMS = FileShape(needs=("objectid", "termtype", "term"))
KEPT = {"School": "school", "Place Executed": "place", "Style": "style"}  # kinds of terms -> column they become
SLANTED = re.compile(r"(?<!\w)_([^_]+)_(?!\w)")  # how the museum marks what it prints in italics
Found = dict[str, dict[str, str]]  # by object: columns that other tables add to its row


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tables:
    """Where the tables lie; None where one is not there."""

    objects: Path
    images: Path
    makers: Path | None
    people: Path | None
    terms: Path | None


def read(asked: SourceQuery, shape: FileShape) -> Rows:
    """Yield the objects' rows with what the other tables add: picture, nationality, school, place, style."""
    tables = _tables(asked)
    images, more = _images(tables.images), _more(tables)
    for row in read_rows(tables.objects, tables.objects.name, shape):
        if isinstance(row, LeftOut):
            yield row
            continue
        known = text(row.cells.get("objectid"))
        yield SourceRow(row.place, {**row.cells, **images.get(known, {}), **more.get(known, {})})


def _tables(asked: SourceQuery) -> _Tables:
    """Return the tables in the folder, or beside the file, that was named; all may be named, too."""
    given = [Path(name) for name in asked.inputs]
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in given)
    return _Tables(
        objects=_needed("objects", folders),
        images=_needed("published_images", folders),
        makers=_table("objects_constituents", folders),
        people=_table("constituents", folders),
        terms=_table("objects_terms", folders),
    )


def _table(name: str, folders: Iterable[Path]) -> Path | None:
    """Return where a table lies, packed or not; None where it is not there."""
    files = (folder / f"{name}.csv{packed}" for folder in folders for packed in ("", ".gz"))
    return next((file for file in files if file.is_file()), None)


def _needed(name: str, folders: Iterable[Path]) -> Path:
    """Return where a table lies. Raises IngestError where it is not there."""
    found = _table(name, folders)
    if found is None:
        where = ", ".join(map(str, folders))
        raise broken(
            f"{name}.csv", f"no such file in {where}", "the museum's tables in one folder", "download this file too"
        )
    return found


def _rows(path: Path, shape: FileShape) -> Iterator[Mapping[str, Any]]:
    """Yield the cells of a table that is looked up; its broken rows have nothing to say."""
    return (row.cells for row in read_rows(path, path.name, shape) if isinstance(row, SourceRow))


def _images(path: Path) -> Found:
    """Return of each object the first of its primary pictures, else the first at all."""
    found: Found = {}
    ranks: dict[str, tuple[bool, int]] = {}
    for cells in _rows(path, IMAGES):
        known = text(cells["depictstmsobjectid"])
        rank = (cells["viewtype"] != "primary", number(cells.get("sequence")) or 0)
        if known and rank < ranks.get(known, (True, 10**9)):
            ranks[known] = rank
            found[known] = {
                name: text(cells.get(name))
                for name in ("iiifurl", "width", "height", "maxpixels", "openaccess", "assistivetext")
            }
    return found


def _more(tables: _Tables) -> Found:
    """Return of each object the nationality of its makers, and its school, place and style."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    if tables.makers and tables.people:
        nations = {text(cells["constituentid"]): text(cells["nationality"]) for cells in _rows(tables.people, PEOPLE)}
        for cells in _rows(tables.makers, MAKERS):
            nation = nations.get(text(cells["constituentid"]))
            if nation and cells["roletype"] == "artist":
                _add(found[text(cells["objectid"])], "nationality", nation)
    if tables.terms:
        for cells in _rows(tables.terms, TERMS):
            if cells["termtype"] in KEPT:
                _add(found[text(cells["objectid"])], KEPT[cells["termtype"]], text(cells["term"]))
    return found


def _add(cells: dict[str, str], name: str, value: str) -> None:
    cells[name] = joined(cells.get(name, ""), value)


def record(row: SourceRow, asked: SourceQuery) -> Record | LeftOut:
    """Return the record of an object."""
    of = row.cells.get
    known, title = text(of("objectid")), _upright(of("title"))
    if truth(of("isvirtual")):
        return left_out(row, known, title, "represents several works", "isvirtual is 1")
    begin, end, note = years(of("beginyear"), of("endyear")) if text(of("displaydate")) else _lived(of)
    free = truth(of("openaccess"))
    return Record(
        place=row.place,
        source=NGA.name,
        number=known,
        title=title,
        creator=names([text(of("attribution"))]),
        date=text(of("displaydate")),
        begin=begin,
        end=end,
        words=words(
            culture=of("school"),
            nationality=of("nationality"),
            geography=of("place"),
            period=of("style"),
            classification=joined(of("classification"), of("subclassification")),
            object=of("visualbrowserclassification"),
            materials=_upright(of("medium")),
        ),
        pictures=_pictures(row, asked.width),
        free=free,
        museum="National Gallery of Art, Washington",
        accession_number=text(of("accessionnum")),
        credit=text(of("creditline")),
        rights={True: "CC0", False: "Not open access according to the museum", None: ""}[free],
        rights_basis="openaccess of the museum's published images" if free is not None else "",
        source_url=f"https://www.nga.gov/collection/art-object-page.{known}.html",
        alt=text(of("assistivetext")),
        extra=note + extra(dimensions=of("dimensions"), series=_upright(of("series"))),
    )


def _upright(value: object) -> str:
    """Return the text without the marks for italics."""
    return SLANTED.sub(r"\1", plain(value))


def _lived(of: Any) -> tuple[None, None, tuple[tuple[str, str], ...]]:
    """Return no years for a work without a date: its numbers are those of its maker's life, says the museum."""
    lived = f"{text(of('beginyear'))} to {text(of('endyear'))}".strip()
    return None, None, extra(date_note="" if lived == "to" else f"undated; the maker may have lived {lived}")


def _pictures(row: SourceRow, width: int) -> tuple[str, ...]:
    """Return the address of the picture, through the museum's IIIF service, no larger than it is or may be."""
    of = row.cells.get
    address = text(of("iiifurl"))
    sides = [side for name in ("width", "height") if (side := number(of(name)))]
    most = [most for most in (width, max(sides, default=width), number(of("maxpixels"))) if most]
    return (f"{address}/full/!{min(most)},{min(most)}/0/default.jpg",) if address else ()


NGA = Museum(
    name="nga",
    about="the National Gallery of Art's open data (the folder with objects.csv and published_images.csv)",
    shape=SHAPE,
    record=record,
    read=read,
)
