"""Errors: every one that Tesserae raises on purpose, and the record of one fault in what the owner gave.

TesseraeError           caught by the command line, shown without a traceback, exit code 1
  ConfigError           site.toml has an invalid setting
  ContentError          works.csv or a picture has errors; carries every Fault found
  EncoderError          an encoder or its weights cannot be loaded
  OutputError           the output folder cannot be written, or is not ours to replace
  PackageError          a package of npm cannot be downloaded
  SearchError           the pages cannot be indexed for search
  StudyError            a speed study cannot be run as asked
  IngestError           a source cannot be read, or a content folder not be filled from it
    FetchError          an address cannot be fetched
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong in the owner's files: where, what was found, what was expected, how to mend it."""

    file: str  # relative to the content folder, as the owner knows it
    row: int | None = None  # line of a table as a spreadsheet counts it: the header is row 1
    column: str | None = None
    found: str
    expected: str
    fix: str
    warning: bool = False  # a warning does not stop a build, except under --strict

    def __str__(self) -> str:
        place = self.file if self.row is None else f"{self.file}:{self.row}"
        if self.column:
            place += f" [{self.column}]"
        return f"{place}: {self.found}; expected {self.expected}. Fix: {self.fix}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong, found where nobody knows yet in which row it stands: the words of a Fault."""

    found: str
    expected: str
    fix: str

    def at(self, file: str, *, row: int | None = None, column: str | None = None) -> Fault:
        """Return it as a fault of a file."""
        return Fault(file=file, row=row, column=column, found=self.found, expected=self.expected, fix=self.fix)


def plain(words: str) -> str:
    """Return what an owner wrote as a terminal may show it: on one line, cut where it is long."""
    plain = "".join(sign if sign.isprintable() else "�" for sign in words[:80])
    return plain if len(words) <= 80 else plain[:79] + "…"


class TesseraeError(Exception):
    """Anything raised on purpose."""


class FaultyError(TesseraeError):
    """Something with one or more faults, all of them carried along."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class ConfigError(FaultyError):
    """site.toml has an invalid setting."""


class ContentError(FaultyError):
    """works.csv or a picture has errors."""


class EncoderError(TesseraeError):
    """An encoder or its weights cannot be loaded."""


class OutputError(TesseraeError):
    """The output folder cannot be written, or is not ours to replace."""


class PackageError(TesseraeError):
    """A package of npm cannot be downloaded."""


class SearchError(TesseraeError):
    """The pages cannot be indexed for search."""


class StudyError(TesseraeError):
    """A speed study cannot be run as asked."""


class IngestError(TesseraeError):
    """A source cannot be read, or a content folder not be filled from it."""


class FetchError(IngestError):
    """An address cannot be fetched."""

    def __init__(self, address: str, *, reason: str, detail: str = "") -> None:
        self.address = address
        self.reason = reason  # one of few, so that they can be counted: "not found (404)"
        self.detail = detail
        super().__init__(f"{address}: {reason}" + (f" ({detail})" if detail else ""))
