"""CSV files of a content folder: works.csv read to be merged with, and rows written as any program may open them."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from generator.core.errors import IngestError
from generator.core.works_table import ALIASES, FORMULA, bare, csv_reader
from generator.ingest.normalize.row import guarded

DELIMITERS = ",;\t"
BOM = "\ufeff"


def column(name: str) -> str:
    """Return a column's bare name, for an alias that of objectid."""
    plain = bare(name)
    return ALIASES.get(plain, plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvFile:
    """A table of works as it lies on disk."""

    columns: tuple[str, ...]
    rows: dict[str, list[str]] = field(default_factory=dict)  # by id, in the order of the file; a cell a column
    delimiter: str = ","
    bom: bool = False

    def places(self) -> dict[str, int]:
        """Return the place of every column by its bare name; of two alike the first counts."""
        return {column(name): place for place, name in reversed(list(enumerate(self.columns)))}


def write_rows(file: TextIO, rows: Iterable[Sequence[object]], *, delimiter: str = ",") -> None:
    """Write rows of cells as they are."""
    csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)


def write_guarded(file: TextIO, rows: Iterable[Sequence[str]]) -> None:
    """Write rows of cells, none of which a spreadsheet takes for a formula."""
    write_rows(file, ([guarded(cell) if cell and cell[0] in FORMULA else cell for cell in row] for row in rows))


def read_sheet(path: Path) -> CsvFile | None:
    """Return a table of works; None where there is none. Raises IngestError for what cannot be merged with."""
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise IngestError(f"{path}: is not UTF-8; save it as CSV UTF-8 before you add works") from error
    plain = unicodedata.normalize("NFC", text.removeprefix(BOM))
    first = plain.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv_reader(io.StringIO(plain, newline=""), delimiter, strict=True)
    try:
        sheet = CsvFile(columns=tuple(next(reader, ())), delimiter=delimiter, bom=text.startswith(BOM))
        if sheet.columns:
            _fill(sheet, reader, path)
    except csv.Error as error:
        raise IngestError(
            f"{path}: line {reader.line_num} cannot be read ({error}); correct it, then run ingest again"
        ) from error
    return sheet if sheet.columns else None


def _fill(sheet: CsvFile, rows: Iterable[list[str]], path: Path) -> None:
    place = sheet.places().get("objectid")
    if place is None:
        raise IngestError(f"{path}: has no column objectid, which identifies works; add it in row 1")
    for number, row in enumerate(rows, 2):
        if not any(row):
            continue
        if len(row) != len(sheet.columns):
            found = f"has {len(row)} cells, but the header has {len(sheet.columns)}"
            raise IngestError(f"{path}: row {number} {found}; correct it, then run ingest again")
        if sheet.rows.setdefault(row[place].strip(), row) is not row:
            raise IngestError(f"{path}: row {number} repeats an objectid; change one of them")
