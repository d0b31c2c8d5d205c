"""works.csv: what its writer, ingest, and its reader, content, both hold to: what the one writes the other takes."""

import csv
import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

FILE = "works.csv"
ALIASES = {"pid": "objectid", "id": "objectid"}  # other names of a column
OLDEST, LATEST = -100_000, 2100  # years
LONGEST_ID = 100
CELL = 1_000_000  # characters; a quotation mark that is never closed makes longer ones
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
BIDI = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")  # turn the direction of text, unseen
FORMULA = "=+-@＝＋－＠"  # with these a spreadsheet's formula begins; an apostrophe before them says that it is text
DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)  # no file of Windows has such a name

if TYPE_CHECKING:
    from _csv import Reader


def bare(name: str) -> str:
    """Return a column's name as it is compared: "Object ID", "objectid" and "object_id" are one."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", name).casefold())


def csv_reader(lines: Iterable[str], delimiter: str, *, strict: bool = False) -> "Reader":
    """Return a reader of CSV that takes cells of up to CELL characters: Python's own limit is an eighth of it."""
    csv.field_size_limit(CELL)
    return csv.reader(lines, delimiter=delimiter, strict=strict)
