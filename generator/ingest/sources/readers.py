"""Readers: a museum's files -> rows, one at a time: CSV, JSON, JSON lines, with gzip or not, or a folder of JSON.

Memory does not grow with the file: of a CSV one row is held, of JSON one record. A row that is broken by itself is
handed on as LeftOut; a file that cannot be read on ends with an IngestError that says where and what to do.
"""

import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from generator.core.errors import Fault, IngestError
from generator.core.file_kinds import HEAD, FileKind, kind_of
from generator.core.works_table import csv_reader
from generator.ingest.sources.base import LeftOut

LINE = 4_000_000  # characters of a line of a CSV
RECORD = 64_000_000  # characters of a JSON record, at most
CHUNK = 1_000_000  # characters of JSON read at once
BETWEEN = re.compile(r"[\s,]*")
PACKED = {FileKind.ZIP: "a zip file or spreadsheet", FileKind.BZIP2: FileKind.BZIP2, FileKind.XZ: FileKind.XZ}
UNEVEN = "row with too few or too many cells"


class SourceRow(NamedTuple):  # quicker to make than a dataclass, half a million times
    """One record as a file holds it."""

    place: str  # "MetObjects.csv:123", as a spreadsheet counts: the header is row 1; of JSON the record's number
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileShape:
    """What the files of a museum look like."""

    needs: tuple[str, ...]  # columns without which a CSV is not this museum's
    within: tuple[str, ...] = ()  # keys of a JSON answer under which its records lie
    rename: Mapping[str, str] = field(default_factory=dict)  # a column's name -> the name its cells get


def read_all(inputs: Iterable[str], shape: FileShape) -> Iterator[SourceRow | LeftOut]:
    """Yield the rows of all files; in a folder, of every file that ends in .json."""
    for given in inputs:
        if re.match(r"[a-z][a-z0-9+.-]+://", given, re.IGNORECASE):
            raise broken(given, "an address", "a file", "download it first, or choose works with --ids or --query")
        path = Path(given)
        if path.is_dir():
            for file in sorted(path.rglob("*.json")):
                yield from read_rows(file, str(file.relative_to(path.parent)), shape)
        else:
            yield from read_rows(path, path.name, shape)


def read_rows(path: Path, name: str, shape: FileShape) -> Iterator[SourceRow | LeftOut]:
    """Yield the rows of one file; `name` is how places call it. Raise IngestError."""
    with _open(path, name) as file, _told(name):
        start = file.read(1)
        while start.isspace():
            start = file.read(1)
        if start in ("[", "{"):
            yield from _records(name, _values(start, file, name), shape)
        else:
            yield from _table(start, file, name, shape)


def broken(name: str, found: str, expected: str, fix: str, *, row: int | None = None) -> IngestError:
    """Return the error for a file that cannot be read on."""
    return IngestError(str(Fault(file=name, row=row, found=found, expected=expected, fix=fix)))


@contextmanager
def _open(path: Path, name: str) -> Iterator[TextIO]:
    """Open a file as text, unpacking gzip."""
    try:
        raw = path.open("rb")
    except OSError as error:
        found = f"a file that cannot be opened ({error.strerror})"
        raise broken(name, found, "a museum's file", "check its name") from error
    with raw:
        kind = kind_of(raw.read(HEAD))
        raw.seek(0)
        if kind in PACKED:
            raise broken(
                name, PACKED[kind], "CSV or JSON, optionally compressed with gzip", "unpack it and give the file inside"
            )
        if kind is FileKind.LFS:
            raise broken(name, f"{kind} instead of the file", "the file itself", "download it, or run: git lfs pull")
        content = gzip.GzipFile(fileobj=raw) if kind is FileKind.GZIP else raw
        with io.TextIOWrapper(content, encoding="utf-8-sig", newline="") as file:
            yield file


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Turn what reading may raise into an error that says what to do."""
    try:
        yield
    except UnicodeDecodeError as error:
        found = f"bytes that are not UTF-8 ({error.object[error.start : error.start + 4].hex(' ')})"
        raise broken(name, found, "UTF-8", "save it as CSV UTF-8, or download it again") from error
    except (EOFError, zlib.error, gzip.BadGzipFile, OSError) as error:
        found = f"a file that is incomplete or damaged ({error})"
        raise broken(name, found, "a complete file", "download it again") from error


def _table(start: str, file: TextIO, name: str, shape: FileShape) -> Iterator[SourceRow | LeftOut]:
    """Yield the rows of a CSV, of which the first character has been read."""
    first = start + next(_lines(file, name), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv_reader(chain([first], _lines(file, name)), delimiter)
    row = 1
    try:
        header = _header(next(reader, []), name, shape)
        for row, cells in enumerate(reader, 2):
            if len(cells) == len(header):
                yield SourceRow(f"{name}:{row}", dict(zip(header, cells, strict=True)))
            elif cells:
                detail = f"{len(cells)} cells, but {len(header)} in the header"
                yield LeftOut(place=f"{name}:{row}", number="", title="", reason=UNEVEN, detail=detail)
    except csv.Error as error:
        fix = f"look for a missing closing quotation mark in row {row + 1} or above"
        raise broken(name, f"a cell that does not end ({error})", "a table", fix, row=row + 1) from error


def _header(cells: Sequence[str], name: str, shape: FileShape) -> list[str]:
    """Return the names of the columns; raise IngestError for a table of something else."""
    header = [shape.rename.get(cell.strip(), cell.strip()) for cell in cells]
    for missing in (needed for needed in shape.needs if needed not in header):
        column = next((old for old, new in shape.rename.items() if new == missing), missing)
        like = next((cell for cell in cells if cell.strip().casefold() == column.casefold()), None)
        fix = f'rename "{like}"' if like else "check that this is the museum's file, including its first line"
        found = f"a table of {len(header)} columns without it: {', '.join(cells)[:200]}"
        raise broken(name, found, f'a column "{column}"', fix, row=1)
    return header


def _lines(file: TextIO, name: str) -> Iterator[str]:
    """Yield the lines; raise IngestError for one without end, before it fills the memory."""
    while line := file.readline(LINE):
        if len(line) == LINE:
            raise broken(name, f"a line of more than {LINE:,} characters", "a table", "check that this is a CSV")
        yield line


def _values(start: str, file: TextIO, name: str) -> Iterator[Any]:
    """Yield the members of a JSON list, or the values of JSON lines, that begins with `start`."""
    decoder = json.JSONDecoder()
    buffer, at = ("", 0) if start == "[" else (start, 0)
    count = 0
    while True:
        at = _begin(buffer, at)
        if start == "[" and buffer.startswith("]", at):
            if buffer[at + 1 :].strip() or file.read(CHUNK).strip():
                raise broken(name, "more after the end of the list", "one list", "download it again", row=count + 1)
            return
        try:
            value, at = decoder.raw_decode(buffer, at)
        except (ValueError, RecursionError) as error:
            buffer, at = buffer[at:], 0
            added = file.read(max(CHUNK, len(buffer)))
            if not added and not buffer and start == "{":
                return
            if not added or len(buffer) > RECORD or isinstance(error, RecursionError):
                found = f"JSON that is incomplete or invalid ({str(error)[:100]})"
                raise broken(name, found, "complete JSON", "download it again", row=count + 1) from error
            buffer += added
            continue
        count += 1
        yield value


def _begin(buffer: str, at: int) -> int:
    """Return where the next value begins, spaces and commas passed over, or where the text ends."""
    found = BETWEEN.match(buffer, at)
    assert found is not None  # it matches nothing at all, too
    return found.end()


def _records(name: str, values: Iterator[Any], shape: FileShape) -> Iterator[SourceRow | LeftOut]:
    """Yield the records among the values, those within an answer of an API too."""
    row = 0
    for value in values:
        for cells in within(value, shape.within):
            row += 1
            if isinstance(cells, dict):
                yield SourceRow(f"{name}:{row}", cells)
            else:
                detail = json.dumps(cells)[:80]
                yield LeftOut(place=f"{name}:{row}", number="", title="", reason="not a record", detail=detail)


def within(value: Any, keys: Sequence[str]) -> list[Any]:
    """Return the records in an answer: what lies under the first of the keys that it has, else the answer itself."""
    key = next((key for key in keys if isinstance(value, dict) and isinstance(value.get(key), list | dict)), None)
    if key is None:
        return [value]
    return value[key] if isinstance(value[key], list) else [value[key]]
