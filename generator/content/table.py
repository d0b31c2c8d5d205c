"""Table: CSV -> rows of named cells. Knows how tables are written and nothing of what they say.

A fault never ends the reading: what can be read is read on, so that all faults are found at once.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.core.errors import Fault, plain
from generator.core.file_kinds import FileKind, kind_of
from generator.core.works_table import BIDI, CELL, CONTROL, FILE, FORMULA, bare, csv_reader

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
LARGEST = 1_000_000_000  # bytes of the table
BOMS = {b"\xff\xfe\x00\x00": "UTF-32", b"\x00\x00\xfe\xff": "UTF-32", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
SURROGATE = re.compile(r"[\udc80-\udcff]")  # a byte that is not UTF-8, as Python reads it with surrogateescape
GUARD = re.compile(rf"\A'(?=[{re.escape(FORMULA)}])")  # keeps spreadsheets from computing the cell
LOST = re.compile("\ufffd")  # the sign for a character that could not be read
SHOWN = 8  # rows that a warning names before it says how many more there are


@dataclass(frozen=True, slots=True)
class TableRow:
    """One record of the table."""

    number: int  # as a spreadsheet counts: the header is row 1
    cells: dict[str, str]  # by column; stripped, Unicode NFC, without control characters; a column of the header each


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The whole table."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


def fault(found: str, expected: str, fix: str, *, row: int | None = None, column: str | None = None) -> Fault:
    """Return a fault of the table."""
    return Fault(file=FILE, row=row, column=column, found=found, expected=expected, fix=fix)


def warning(rows: Sequence[int], found: str, expected: str, fix: str, *, column: str | None = None) -> Fault:
    """Return one warning for all the rows it concerns, which stand in it."""
    words = f"{found} ({listed(rows)})" if rows else found
    first = rows[0] if rows else None
    return Fault(file=FILE, row=first, column=column, found=words, expected=expected, fix=fix, warning=True)


def listed(rows: Sequence[int]) -> str:
    """Return "row 3" or "rows 3, 8, 9 and 96 more"."""
    first = ", ".join(map(str, rows[:SHOWN]))
    more = f" and {len(rows) - SHOWN} more" if len(rows) > SHOWN else ""
    return f"row{'s' if len(rows) > 1 else ''} {first}{more}"


def read_table(path: Path, known: dict[str, str], *, limit: int | None, faults: list[Fault]) -> Table | None:
    """Return the table with its first `limit` records; None where there is no table at all.

    `known` gives the columns' names by their bare ones; others keep the name that the file gives them.
    """
    text = _text(path, faults)
    if text is None:
        return None
    records = _records(text, _delimiter(text, known), faults)
    header = next(records, None)
    if header is None:
        faults.append(fault("an empty file", "a header and a row for each work", "export the table again"))
        return None
    columns = _columns(header[1], known, faults)
    rows: list[TableRow] = []
    seen = _Mended()
    for number, cells in records:
        if limit is not None and len(rows) >= limit:
            break
        if _fits(number, cells, columns, faults):  # else its cells may stand under wrong names
            rows.append(TableRow(number, _named(number, cells, columns, seen, faults)))
    faults.extend(seen.told())
    return Table(columns=tuple(filter(None, columns)), rows=tuple(rows))


def _text(path: Path, faults: list[Fault]) -> str | None:
    """Return the file's text, bytes that are not UTF-8 as surrogates."""
    try:
        if path.exists() and (not path.is_file() or path.stat().st_size > LARGEST):  # a pipe or a device never ends
            faults.append(fault("not a file, or too large", f"at most {LARGEST:,} bytes of text", "export it again"))
            return None
        content = path.read_bytes()
    except FileNotFoundError:
        others = sorted(other.name for other in path.parent.glob("*.[cCtT][sS][vV]"))
        fix = f"name your table {FILE}" + (f"; is this it: {plain(others[0])}?" if others else "")
        faults.append(fault("no such file", f"a table of the works in {path.parent}", fix))
        return None
    except OSError as error:
        faults.append(fault(f"a file that cannot be read ({error.strerror})", "a table", "check its permissions"))
        return None
    encoding = next((name for bom, name in BOMS.items() if content.startswith(bom)), None)
    if encoding is None and content[:2000].count(0) > len(content[:2000]) // 4:
        encoding = "UTF-16"
    if kind_of(content) in (FileKind.ZIP, FileKind.OFFICE):
        faults.append(fault("a spreadsheet file", "a CSV file", "save it as CSV UTF-8 in your spreadsheet program"))
        return None
    if encoding:
        faults.append(fault(f"a file in {encoding}", "UTF-8", "save as UTF-8 (in Excel: CSV UTF-8)"))
        return None
    # Excel's line that names the delimiter stays as an empty line, so that rows keep their numbers.
    return re.sub(r"\Asep=.\r?\n", "\n", content.decode("utf-8-sig", "surrogateescape"), flags=re.IGNORECASE)


def _delimiter(text: str, known: dict[str, str]) -> str:
    """Return the character between cells: the one that makes most known names, then most cells, of the header."""

    def score(delimiter: str) -> tuple[int, int]:
        cells = next((record for _, record in _records(text, delimiter, [])), [])
        return sum(bare(cell) in known for cell in cells), len(cells)

    return max(DELIMITERS, key=score)  # the first of the best: a comma where nothing speaks for another


def _records(text: str, delimiter: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Yield each record's number and cells; records of empty cells count, but are left out."""
    reader = csv_reader(io.StringIO(text, newline=""), delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            faults.append(_broken(number, delimiter, str(error)))
            if "expected after" not in str(error):  # not a matter of one line: the rest cannot be told apart
                return
            continue
        if any(cell.strip() for cell in cells):
            yield number, cells


def _broken(number: int, delimiter: str, error: str) -> Fault:
    if "expected after" in error:
        found = "a quotation mark in the middle of a quoted cell"
        return fault(
            found,
            f"quoted cells separated by {DELIMITERS[delimiter]}",
            'double the marks inside: ""like this""',
            row=number,
        )
    found = f"a quoted cell that never ends, or is longer than {CELL:,} characters"
    return fault(found, "a closing quotation mark", "close the quotation mark that opens in this row", row=number)


def _columns(header: list[str], known: dict[str, str], faults: list[Fault]) -> list[str]:
    """Return the name of each column, "" for one without."""
    columns: list[str] = []
    first: dict[str, int] = {}
    for place, cell in enumerate(header, 1):
        clean = " ".join(CONTROL.sub("", BIDI.sub("", unicodedata.normalize("NFC", cell))).split())
        key = bare(clean)
        name = known.get(key, clean) if key else ""
        if key and bare(name) in first:
            found = f"the column {clean} twice, in places {first[bare(name)]} and {place}"
            faults.append(fault(found, "each column once", "remove or rename one of them", row=1, column=name))
            name = ""
        elif key:
            first[bare(name)] = place
        columns.append(name)
    return columns


class _Mended:
    """What was mended or left out, to be told once for all rows."""

    def __init__(self) -> None:
        self.bidi: list[int] = []
        self.lost: list[int] = []
        self.unnamed: list[int] = []

    def told(self) -> Iterator[Fault]:
        if self.bidi:
            found = f"invisible characters that change the text direction in {len(self.bidi)} rows; removed"
            yield warning(self.bidi, found, "plain text", "remove them in the table")
        if self.lost:
            found = f"the character � in place of lost ones in {len(self.lost)} rows"
            yield warning(self.lost, found, "the original characters", "export the table again as UTF-8")
        if self.unnamed:
            found = f"cells without a column name in {len(self.unnamed)} rows; left out"
            yield warning(self.unnamed, found, "a name for each column", "name the column in row 1, or clear its cells")


def _fits(number: int, cells: list[str], columns: list[str], faults: list[Fault]) -> bool:
    """True where a record has a cell for each column; empty ones beyond do not count."""
    if len(cells) >= len(columns) and not any(cell.strip() for cell in cells[len(columns) :]):
        return True
    fix = "look for a missing or an extra separator, or for missing quotation marks around a cell that contains one"
    faults.append(fault(f"{len(cells)} cells", f"{len(columns)}, as in the header", fix, row=number))
    return False


def _named(number: int, cells: list[str], columns: list[str], seen: _Mended, faults: list[Fault]) -> dict[str, str]:
    """Return the cells of one record by column, cleaned."""
    row = {}
    for name, cell in zip(columns, cells, strict=False):
        if name:
            row[name] = _clean(number, name, cell, seen, faults)
        elif cell.strip() and (not seen.unnamed or seen.unnamed[-1] != number):
            seen.unnamed.append(number)
    return row


def _clean(number: int, column: str, cell: str, seen: _Mended, faults: list[Fault]) -> str:
    """Return the cell stripped and in NFC, without what guards it in a spreadsheet; line ends within it become \\n."""
    if cell.isascii() and cell.isprintable():
        return GUARD.sub("", cell.strip())
    for mark, rows in ((BIDI, seen.bidi), (LOST, seen.lost)):
        if mark.search(cell) and (not rows or rows[-1] != number):
            rows.append(number)
    bad = CONTROL.search(cell)
    if bad:
        faults.append(_unfit(number, column, bad[0], cell))
    text = BIDI.sub("", CONTROL.sub("", cell.replace("\r\n", "\n").replace("\r", "\n")))
    return GUARD.sub("", unicodedata.normalize("NFC", text).strip())


def _unfit(number: int, column: str, sign: str, cell: str) -> Fault:
    if SURROGATE.match(sign):
        byte = ord(sign) - 0xDC00
        found = f"the byte 0x{byte:02X}"
        read = bytes([byte]).decode("cp1252", "ignore")
        if read:
            found += f", which is {read} in Windows-1252,"
        word = next(part for part in cell.split() if sign in part)
        near = word.encode("utf-8", "surrogateescape").decode("cp1252", "replace")[:40]
        return fault(f"{found} in {near}", "UTF-8", "save as UTF-8 (in Excel: CSV UTF-8)", row=number, column=column)
    return fault(f"the control character U+{ord(sign):04X}", "text", "remove it", row=number, column=column)
