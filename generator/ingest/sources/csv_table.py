"""CSV, and any other table of works -> Records: with any separator, JSON and JSON lines, packed with gzip or not.

What a column means is said with --map or [map] in site.toml (column_mapping); else it is told by its name, for the
tables of CollectionBuilder, Omeka Classic and S, Wax, plain Dublin Core and Tesserae itself. Other columns are kept.

The table is the owner's own, so a picture may be shown where it says nothing of rights. One that it says is in
copyright is left out, unless a column rights_basis says on what ground it may be shown. A picture is an http(s)
address or a file in the table's folder (of a table in _data/, as Jekyll's sites have it, in the folder around that),
in its images/ or its objects/; none is taken from elsewhere. The ids are the table's own, without a name before
them, unless `source` is mapped. A row of CollectionBuilder with a parentid is another view of a work, and
left out.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from urllib.parse import urlsplit

from generator.core.errors import IngestError
from generator.core.rights import called, may_be_shown
from generator.core.works_table import bare
from generator.ingest.sources.base import WORDS, LeftOut, Record, Source, SourceQuery
from generator.ingest.sources.column_mapping import (
    FIELDS,
    SOURCE,
    ColumnRule,
    joined,
    listed,
    read_mapping,
    resolve,
)
from generator.ingest.sources.museum import left_out, only, whole
from generator.ingest.sources.readers import FileShape, SourceRow, broken, read_rows
from generator.ingest.sources.values import number, plain, text, years

SHAPE = FileShape(needs=(), within=("objects", "records"))
NAMES = {  # the bare names by which the columns of a field are known; the first that is there counts before others
    "number": "objectid pid itemid id oid identifier recordid",
    "title": "title label otitle objecttitle name titel titre titolo",
    "creator": "creator artist maker creators artists author contributorauthor photographer",
    "date": "date datecreated created objectdate dates dateissued",
    "year": "year",
    "begin": "begin yearbegin beginyear startyear yearstart datebegin objectbegindate earliestyear",
    "end": "end yearend endyear endingyear dateend objectenddate latestyear",
    "picture": "image picture objectlocation originalurl ooriginalurl filename file files fileurl imageurl imagefile "
    "full imagelarge imagesmall imagethumb thumbnail media",
    "museum": "museum institution holdinginstitution contributinginstitution repository currentlocation",
    "accession_number": "accessionnumber accessionno inventorynumber objectnumber shelfmark callnumber",
    "credit": "creditline credit",
    "rights": "rights license licence rightsstatement standardizedrights copyright accessrights",
    "rights_basis": "rightsbasis",
    "source_url": "sourceurl objecturl itemurl itemuri referenceurl permalink weburl url link source identifier",
    "alt": "imagealttext alttext oalttext imagealt alt",
    "culture": "culture cultures",
    "nationality": "nationality artistnationality creatornationality",
    "geography": "geography country region city place placeoforigin origin location spatial spatialcoverage coverage",
    "period": "period dynasty era temporal temporalcoverage",
    "department": "department",
    "classification": "classification category genre worktype type",
    "object": "object objectname objecttype",
    "materials": "materials material medium technique materialstechniques format",
    "view_of": "parentid",  # CollectionBuilder's column of the work that a row shows another view of
}
PREFIX = re.compile(r"\s*(?:dublin ?core|dcterms|dcmi|dc|vra|schema|item type metadata)\s*[:.]\s*", re.IGNORECASE)
KIND = re.compile(
    r"\s*(?::\s*(?:literal|uri|resource|customvocab|numeric|valuesuggest)\b.*|\[[a-z_@-]*\])$", re.IGNORECASE
)
WHOLE = re.compile(r"\A([0-9]+)\.0\Z")  # what some spreadsheets make of 1642
MIME = re.compile(r"(?:image|application|audio|video|text|model)/[\w.+-]+", re.IGNORECASE)
SEVERAL = re.compile(r"\^\^|\||[;,]\s*(?=https?://)")  # between the pictures of a cell
WEB = re.compile(r"https?://", re.IGNORECASE)
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")  # of another address, or the letter of a drive
NO_PICTURE = frozenset(
    {
        ".pdf",
        ".mp3",
        ".mp4",
        ".m4a",
        ".m4v",
        ".wav",
        ".mov",
        ".webm",
        ".ogg",
        ".txt",
        ".md",
        ".doc",
        ".docx",
        ".zip",
        ".csv",
        ".json",
        ".xml",
        ".html",
        ".htm",
        ".svg",
        ".glb",
        ".obj",
    }
)
SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".numbers"})
FOLDERS = ("", "images", "objects")  # where a file may lie
JEKYLL = "_data"
HEAD = 100  # rows by which the columns are known; those of JSON may differ


class Tables(Source):
    """The owner's own table."""

    name = "csv"
    about = "any table of works: CSV, JSON or JSON lines; exports of Omeka, CollectionBuilder and Wax"

    def records(self, asked: SourceQuery) -> Iterator[Record | LeftOut]:
        """Yield every row as a record, or why it is none. Raises IngestError."""
        if not asked.inputs:
            raise IngestError(f"{self.name}: no input. It reads {self.about}. Fix: give a file")
        rules = read_mapping(asked.columns)
        found = chain.from_iterable(_read(given, rules) for given in asked.inputs)
        return only(found, asked.ids) if asked.ids else found


TABLES = Tables()


def home(path: Path) -> Path:
    """Return the folder within which the pictures of a table may lie."""
    folder = path.resolve().parent
    return folder.parent if folder.name == JEKYLL else folder


def _read(given: str, rules: Mapping[str, ColumnRule]) -> Iterator[Record | LeftOut]:
    """Yield what the rows of one file become."""
    path = Path(given)
    if WEB.match(given):
        raise broken(given, "an address", "a file", "download the table; its pictures can stay web addresses")
    if path.suffix.lower() in SPREADSHEETS:
        raise broken(path.name, "a spreadsheet", "a CSV file", "save it as CSV UTF-8 in your spreadsheet program")
    rows = read_rows(path, path.name, SHAPE)
    head = list(islice(rows, HEAD))
    names = dict.fromkeys(name for row in head if isinstance(row, SourceRow) for name in row.cells if name)
    if names:
        rules = _recognized(names) | resolve(rules, names, file=path.name)
        _check(path.name, names, rules)
    for row in chain(head, rows):
        if isinstance(row, LeftOut):
            yield row
        elif found := _record(row, rules, home(path)):
            yield found


def _recognized(columns: Iterable[str]) -> dict[str, ColumnRule]:
    """Return a rule for every field of which a column bears a known name."""
    known: dict[str, list[str]] = {}
    for column in columns:
        known.setdefault(bare(KIND.sub("", PREFIX.sub("", column))), []).append(column)
    rules = {}
    for field, names in NAMES.items():
        found = tuple(column for name in names.split() for column in known.get(name, ()))
        if found:
            rules[field] = ColumnRule(
                columns=found[:1] if field == "number" else found, together=field in (*WORDS, "picture")
            )
    if "number" not in rules and "accession_number" in rules:
        rules["number"] = rules["accession_number"]
    return rules


def _check(name: str, columns: Iterable[str], rules: Mapping[str, ColumnRule]) -> None:
    """Raise IngestError where the table does not tell a number and a title."""
    missing = [field for field in ("number", "title") if field not in rules]
    if missing:
        fix = " ".join(f'--map {field}="COLUMN"' for field in missing)
        fix += "; number must be unique, such as an inventory number" if "number" in missing else ""
        raise broken(name, f"no column known as {' or '.join(missing)}", f"one of {listed(columns)}", fix)


def _record(row: SourceRow, rules: Mapping[str, ColumnRule], folder: Path) -> Record | LeftOut | None:
    """Return what a row becomes; None for one of empty cells."""
    cells = {name: found for name, value in row.cells.items() if name and (found := _cell(value))}
    if not cells:
        return None
    said, used = _said(cells, rules)
    if parent := said.get("view_of"):
        detail = f"of {parent[:80]}; clear that cell to make it a separate work"
        return left_out(row, said["number"], said["title"], "another view of a work", detail)
    pictures, problem = _pictures(rules["picture"].take(cells)[0] if "picture" in rules else (), folder)
    if problem and not pictures:
        return left_out(row, said["number"], said["title"], *problem)
    begin, end, note = years(said["begin"] or said["year"], said["end"])
    rights = called(said["rights"])
    statements = [cells[name] for name in rules["rights"].columns if name in cells] if rights else []
    return whole(
        Record(
            place=row.place,
            source=said[SOURCE],
            number=said["number"],
            title=said["title"],
            creator=said["creator"],
            date=said["date"] or said["year"],
            begin=begin,
            end=end,
            words={name: said[name] for name in WORDS if said[name]},
            pictures=pictures,
            free=bool(said["rights_basis"]) or may_be_shown(rights, *statements) is not False,
            museum=said["museum"],
            accession_number=said["accession_number"],
            credit=said["credit"],
            rights=rights,
            rights_basis=said["rights_basis"],
            source_url=said["source_url"],
            alt=said["alt"],
            extra=tuple((name, cell) for name, cell in cells.items() if name not in used) + note,
        )
    )


def _cell(value: object) -> str:
    """Return a cell as text; what JSON nests in it as JSON."""
    return text(value) or (json.dumps(value, ensure_ascii=False) if value and isinstance(value, list | dict) else "")


def _said(cells: Mapping[str, str], rules: Mapping[str, ColumnRule]) -> tuple[dict[str, str], set[str]]:
    """Return what each field says, "" where nothing, and the columns that need not be kept beside."""
    said = dict.fromkeys(FIELDS, "")
    used: set[str] = set()
    for field, rule in rules.items():
        fit = {name: cells[name] for name in rule.columns if name in cells and _fits(field, cells[name])}
        values, columns = rule.take(fit)
        said[field] = plain(joined(field, values))
        used.update(columns)
    said["number"] = WHOLE.sub(r"\1", said["number"])
    return said, used


def _fits(field: str, cell: str) -> bool:
    """True where a cell can be what its column seems to hold; Dublin Core's Source may be words or an address."""
    if field == "source_url":
        return bool(WEB.match(cell))
    if field in ("year", "begin", "end"):
        return number(cell) is not None
    return field != "materials" or not MIME.fullmatch(cell)


def _pictures(cells: Iterable[str], folder: Path) -> tuple[tuple[str, ...], tuple[str, str] | None]:
    """Return the addresses of the first picture of each cell, and why one was refused."""
    found: dict[str, None] = {}
    problem = None
    for cell in cells:
        names = [part.strip() for part in SEVERAL.split(cell) if part.strip()]
        fitting = [name for name in names if _may_be_picture(name)]
        if not fitting:
            problem = problem or ("not a picture", cell[:200])
        elif WEB.match(fitting[0]):
            found[fitting[0]] = None
        elif address := _file(fitting[0], folder):
            found[address] = None
        else:
            detail = f"{fitting[0][:200]}; move it beside the table"
            problem = ("a picture outside the table's folder", detail)
    return tuple(found), problem


def _may_be_picture(name: str) -> bool:
    """Return whether a file or address may be one of a picture, by its look."""
    try:
        path = urlsplit(name).path if WEB.match(name) else name
    except ValueError:
        return False
    return not name.startswith(("[", "{")) and Path(path).suffix.lower() not in NO_PICTURE


def _file(name: str, folder: Path) -> str:
    """Return the path of a file within the folder, though it may not be there; "" for one that leads out of it."""
    if SCHEME.match(name):
        return ""
    beside = name.replace("\\", "/").lstrip("/")  # a path from the root of a site is one from its folder
    real = folder.resolve()
    found = [path for place in FOLDERS if (path := _inside(folder / place / beside, real))]
    if not found or not _inside(folder / beside, real):
        return ""
    return str(next((path for path in found if path.is_file()), found[0]))


def _inside(path: Path, folder: Path) -> Path | None:
    """Return the real path of a file, if it lies in the folder."""
    try:
        real = path.resolve()
        real.is_file()  # raises what no system takes for a name
    except (OSError, ValueError, RuntimeError):
        return None
    return real if real.is_relative_to(folder) else None
