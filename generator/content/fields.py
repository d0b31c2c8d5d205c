"""Fields: one row of the table -> a checked record; what each known column must say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from generator.content.facets import PERIOD, period
from generator.content.table import TableRow, fault
from generator.core.errors import Fault
from generator.core.web import is_web_address
from generator.core.works_table import ALIASES, DEVICES, LATEST, LONGEST_ID, OLDEST, bare

COLUMNS = (
    "objectid",
    "title",
    "image",
    "year",
    "source_url",
    "image_alt_text",
    "content_note",
    "creator",
    "date",
    "museum",
    "accession_number",
    "credit",
    "rights",
    "rights_basis",
)
REQUIRED = ("objectid", "title", "image")
ELSEWHERE = {  # columns of CollectionBuilder that name the picture's file, and what to do with them
    "object_location": "rename the column to image, keep only the file names in it and move the files into images/",
    "filename": "rename the column to image and move the files into images/",
}
ID = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._-]{{0,{LONGEST_ID - 1}}}")
YEAR = re.compile(r"([+-]?)([0-9]{1,6})(?:[.,]0+)?")
LONGEST_NOTE = 300  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFields:
    """The checked cells of one work, without its picture."""

    row: int
    id: str
    title: str
    image: str  # as written; relative to images/
    creator: str
    date: str
    year: int | None
    museum: str
    accession_number: str
    credit: str
    rights: str
    rights_basis: str
    source_url: str
    image_alt_text: str
    content_note: str
    values: tuple[str, ...]  # of the facets; "" where there is none
    extra: tuple[tuple[str, str], ...]


def known(facets: Sequence[str], truth: str) -> dict[str, str]:
    """Return the columns that have a meaning, by the bare form of every name they go by."""
    asked = [name for name in (*facets, truth) if name and name != PERIOD]
    return {bare(name): name for name in (*asked, *COLUMNS)} | ALIASES


def record(row: TableRow, facets: Sequence[str], faults: list[Fault]) -> WorkFields:
    """Return the record of a row; every fault of its cells is noted."""
    cells = row.cells
    used = {*COLUMNS, *facets} - {PERIOD}  # a column of that name is the owner's and shown as any other
    year = _year(row, faults)
    return WorkFields(
        row=row.number,
        id=_id(row, faults),
        title=_required(row, "title", "the work's title", faults),
        image=_required(row, "image", "the name of a file in images/", faults),
        creator=_line(cells.get("creator", "")),
        date=_line(cells.get("date", "")),
        year=year,
        museum=_line(cells.get("museum", "")),
        accession_number=_line(cells.get("accession_number", "")),
        credit=_line(cells.get("credit", "")),
        rights=_line(cells.get("rights", "")),
        rights_basis=_line(cells.get("rights_basis", "")),
        source_url=_source_url(row, faults),
        image_alt_text=_line(cells.get("image_alt_text", "")),
        content_note=_content_note(row, faults),
        values=tuple(period(year) if name == PERIOD else _line(cells.get(name, "")) for name in facets),
        extra=tuple((name, value) for name, value in cells.items() if value and name not in used),
    )


def _line(text: str) -> str:
    """Return the text with every run of spaces and line ends as one space."""
    return " ".join(text.split())


def shown(text: str) -> str:
    """Return a cell as a fault quotes it: on one line, cut where it is long."""
    line = _line(text)
    return f'"{line}"' if len(line) <= 60 else f'"{line[:59]}…"'


def _required(row: TableRow, column: str, expected: str, faults: list[Fault]) -> str:
    text = _line(row.cells.get(column, ""))
    if not text and column in row.cells:
        faults.append(fault("an empty cell", expected, "fill it in", row=row.number, column=column))
    return text


def _id(row: TableRow, faults: list[Fault]) -> str:
    text = _required(row, "objectid", "a unique ID for the work", faults)
    if text and (not ID.fullmatch(text) or text.endswith(".") or DEVICES.fullmatch(text)):
        expected = f"1 to {LONGEST_ID} letters A-Z, a-z, digits, dots, hyphens and underscores, starting with a letter or digit"
        if DEVICES.fullmatch(text) or text.endswith("."):
            expected = "an ID that can be a file name on every system"
        faults.append(fault(shown(text), expected, f"write {_safe(text)}", row=row.number, column="objectid"))
    return text


def _safe(text: str) -> str:
    """Return an id like the text that would do."""
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("._-")[:LONGEST_ID] or "work-1"
    return f"{safe}-1" if DEVICES.fullmatch(safe) else safe


def _meant(text: str) -> str:
    """Return the year that words such as "ca. 1642" or "300-201 B.C." begin with, or ""."""
    if re.search(r"b\.?\s?c\b|bce\b|v\.\s?chr|av\.\s?j|a\.\s?c\.", text, re.IGNORECASE):
        years = [int(number) for number in re.findall(r"(?<![0-9.])[0-9]{1,4}(?![0-9])", text)]
        return f"-{max(years)}" if years and not re.search(r"cent|[0-9](?:st|nd|rd|th)\b", text, re.IGNORECASE) else ""
    number = re.search(r"(?<![0-9.])-?[0-9]{3,4}(?![0-9])", text)
    return number[0] if number else ""


def _year(row: TableRow, faults: list[Fault]) -> int | None:
    """Return the year; "1642.0" is what some spreadsheets make of 1642."""
    text = row.cells.get("year", "").replace("\u2212", "-")
    if not text:
        return None
    match = YEAR.fullmatch(text)
    if match is None:
        meant = _meant(text)
        fix = f"write {meant} and put {shown(text)} into date" if meant else "leave it empty and use date for words"
        expected = "a whole number such as 1642, or -550 for 550 BCE"
        faults.append(fault(shown(text), expected, fix, row=row.number, column="year"))
        return None
    year = int(match[1] + match[2])
    if year == 0 or not OLDEST <= year <= LATEST:
        fix = "leave it empty if the year is not known" if year == 0 else "correct it, or leave it empty"
        faults.append(
            fault(shown(text), f"a year from {OLDEST} to {LATEST}, but not 0", fix, row=row.number, column="year")
        )
        return None
    return year


def _content_note(row: TableRow, faults: list[Fault]) -> str:
    text = _line(row.cells.get("content_note", ""))
    if len(text) > LONGEST_NOTE:
        found, expected = f"a note of {len(text):,} characters", f"at most {LONGEST_NOTE}, to fit above a picture"
        faults.append(fault(found, expected, "shorten it", row=row.number, column="content_note"))
    return text


def _source_url(row: TableRow, faults: list[Fault]) -> str:
    """Return the address, percent-encoded where it holds spaces, quotes or letters beyond ASCII."""
    text = row.cells.get("source_url", "")
    if not text:
        return ""
    if is_web_address(text):
        return quote(text, safe="%/:=&?~#+!$,;'@()*[]")
    fix = (
        f"write https://{text}"
        if re.fullmatch(r"[\w.-]+\.[a-z]{2,}(/\S*)?", text)
        else "write the whole address, or leave it empty"
    )
    expected = "an address that starts with https:// or http://"
    faults.append(fault(shown(text), expected, fix, row=row.number, column="source_url"))
    return ""
