"""Row: a record -> the cells of its row in works.csv: clean, safe in a spreadsheet, and without a fault for check.

Of the museum's years the first becomes `year`; where it gives none, the first that the date in words name. A
word column whose name is that of a facet is called "NAME as recorded", for the facet holds our value and that one
the museum's. A cell that a spreadsheet would take for a formula begins with an apostrophe, the spreadsheets' own
sign for text.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from generator.core.web import is_web_address
from generator.core.works_table import ALIASES, BIDI, CONTROL, DEVICES, FORMULA, LATEST, LONGEST_ID, OLDEST, bare
from generator.ingest.normalize.dates import span
from generator.ingest.normalize.vocabulary import Vocabulary
from generator.ingest.sources.base import WORDS, Record

FIRST = ("objectid", "title", "creator", "date", "year")
LAST = ("museum", "accession_number", "credit", "rights", "rights_basis", "source_url", "image", "image_alt_text")
LONGEST = 10_000  # characters of a cell
MARK = 8  # hexadecimal digits that tell two ids apart
MOST = 100_000  # different words that are counted
INVISIBLE = re.compile(f"{CONTROL.pattern}|{BIDI.pattern}")
NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*")


def clean(text: str) -> str:
    """Return the text on one line in NFC, without what nobody sees, cut where it is endless."""
    if not (text.isascii() and text.isprintable()):
        text = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    elif "  " not in text and len(text) <= LONGEST:  # nearly all cells: half a million works have twelve million
        return text.strip()
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def guarded(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula."""
    risky = len(cell) > 1 and cell[0] in FORMULA and not NUMBER.fullmatch(cell)
    return f"'{cell}" if risky else cell


class Ids:
    """Names for works, each unlike all others even where a disk does not tell capitals; the same in every run."""

    def __init__(self) -> None:
        self.given: dict[str, tuple[str, str]] = {}

    def give(self, source: str, number: str) -> str | None:
        """Return the id of the source's work; None where that number has been seen."""
        work = source, number
        plain = safe_id(source, number)
        if self.given.setdefault(plain.casefold(), work) is work:
            return plain
        # Two numbers may differ in nothing but signs that no id may hold.
        other = _marked(plain, source, number)
        if self.given[plain.casefold()] == work or self.given.setdefault(other.casefold(), work) is not work:
            return None
        return other


def safe_id(source: str, number: str) -> str:
    """Return source and number as a name for files and addresses."""
    text = f"{source}-{number}" if source else number
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("._-")
    if len(name) > LONGEST_ID or not name or name == source or DEVICES.fullmatch(name):
        return _marked(name or "work", source, number)
    return name


def _marked(name: str, source: str, number: str) -> str:
    """Return the name, cut where it is long, with digits at its end that no other number has."""
    mark = hashlib.sha256(f"{source}\n{number}".encode("utf-8", "replace")).hexdigest()[:MARK]
    return f"{name[: LONGEST_ID - MARK - 1]}-{mark}"


@dataclass(slots=True)
class Tally:
    """What was counted while records became cells."""

    values: Counter[tuple[str, str]] = field(default_factory=Counter)  # facet, value
    rules: Counter[tuple[str, str, str, str, str]] = field(default_factory=Counter)  # facet, rule, value, field, word
    unmapped: Counter[tuple[str, str]] = field(default_factory=Counter)  # facet, the words that no rule took
    notes: Counter[str] = field(default_factory=Counter)  # where years come from, what was mended

    def missed(self, facet: str, words: str) -> None:
        """Count words that no rule took; those that come after so many different ones are not told apart."""
        if len(self.unmapped) < MOST:
            self.unmapped[facet, words] += 1
        else:
            self.unmapped[facet, "(others)"] += 1


class RowBuilder:
    """Makes the cells of one record after the other."""

    def __init__(self, vocabulary: Vocabulary, tally: Tally) -> None:
        self.vocabulary, self.tally = vocabulary, tally
        self.columns = (*FIRST, *vocabulary.facets)
        taken = {bare(name) for name in (*self.columns, *LAST, *ALIASES)}
        self.names = {name: name if bare(name) not in taken else f"{name} as recorded" for name in WORDS}
        self.extras: dict[str, str] = {}
        self.taken = taken | {bare(name) for name in self.names.values()}
        self.used: set[str] = set()  # columns beyond the fixed ones that some record fills

    def of(self, id: str, record: Record) -> dict[str, str]:
        """Return the record's cells by column, empty ones left out; the picture's name is not known yet."""
        begin, end = self._years(record)
        cells = {
            "objectid": id,
            "title": clean(record.title) or "Untitled",
            "creator": record.creator,
            "date": record.date,
            "year": "" if begin is None else str(begin),
            **self._values(record, begin, end),
            **{self.names[name]: text.replace("|", "; ") for name, text in record.words.items() if name in self.names},
            "museum": record.museum,
            "accession_number": record.accession_number,
            "credit": record.credit,
            "rights": record.rights,
            "rights_basis": record.rights_basis,
            "source_url": self._address(record.source_url),
            "image_alt_text": record.alt,
            **{self._extra(name): text for name, text in record.extra},
        }
        full = {name: text for name, cell in cells.items() if cell and (text := clean(cell))}
        self.used.update(full)
        return full

    def header(self) -> tuple[str, ...]:
        """Return all columns that works may fill, in the order of the file; ask when all records are read."""
        words = [name for name in self.names.values() if name in self.used]
        extras = [name for name in self.extras.values() if name in self.used]
        return (*self.columns, *words, *LAST, *extras)

    def _values(self, record: Record, begin: int | None, end: int | None) -> dict[str, str]:
        decisions = self.vocabulary.map({**record.words, "creator": record.creator}, begin=begin, end=end)
        for decision in decisions:
            self.tally.values[decision.facet, decision.value] += 1
            if decision.rule is None:
                self.tally.missed(decision.facet, _words(record))
            else:
                told = decision.facet, str(decision.rule), decision.value, decision.field, decision.word
                self.tally.rules[told] += 1
        return {decision.facet: decision.value for decision in decisions}

    def _years(self, record: Record) -> tuple[int | None, int | None]:
        """Return first and last year, of which none is 0."""
        begin, end = record.begin or record.end or None, record.end or record.begin or None
        origin = "the museum's numbers"
        if begin is None and record.date and (found := span(record.date)):
            (begin, end), origin = found, "the date in words"
        if begin is not None and not OLDEST <= begin <= LATEST:
            begin = end = None
        self.tally.notes[f"year from {origin}" if begin else "no year"] += 1
        return begin, end

    def _address(self, text: str) -> str:
        address = text.strip()
        if is_web_address(address):
            return address
        if text:
            self.tally.notes["source_url removed: not a web address"] += 1
        return ""

    def _extra(self, name: str) -> str:
        """Return the column for what the source calls so, unlike every other column."""
        if name not in self.extras:
            plain = clean(name)[:60] or "column"
            column, number = plain, 1
            while not bare(column) or bare(column) in self.taken:
                column = f"{plain} as recorded" if number == 1 else f"{plain} as recorded {number}"
                number += 1
            self.taken.add(bare(column))
            self.extras[name] = column
        return self.extras[name]


def _words(record: Record) -> str:
    """Return what the record says that rules could take, for the list of what none took."""
    return "; ".join(f"{name}: {record.words[name]}" for name in WORDS if record.words.get(name))
