"""Sources of records: what every one is, what may be asked of it, and what it hands on. No source is named here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

WORDS = ("culture", "nationality", "geography", "period", "department", "classification", "object", "materials")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One work as its museum describes it; "" and None where it says nothing."""

    place: str  # where it was read, for the report: "MetObjects.csv:123", or an address
    source: str  # short name of the collection, with which its ids begin: "met"
    number: str  # what the source calls the work, unique within it: "436535"
    title: str
    creator: str = ""
    date: str = ""  # in the museum's words: "ca. 1570"
    begin: int | None = None  # first and last year in numbers, where the museum gives them; -550 is 550 BCE
    end: int | None = None
    words: Mapping[str, str] = field(default_factory=dict)  # the museum's own, by a name of WORDS; several with "|"
    pictures: tuple[str, ...] = ()  # addresses of the same picture, the one to take first
    free: bool | None = None  # may the picture be shown by anyone? None where the source does not say
    museum: str = ""
    accession_number: str = ""
    credit: str = ""
    rights: str = ""
    rights_basis: str = ""
    source_url: str = ""
    alt: str = ""  # a description of the picture
    extra: tuple[tuple[str, str], ...] = ()  # further columns and what they say


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """One record that does not become a work, and why."""

    place: str
    number: str
    title: str
    reason: str  # one of few, so that they can be counted: "not in the public domain"
    detail: str = ""  # what was found, and where it helps what to do


class Web(Protocol):
    """What a source needs of the HTTP layer: http.client.Client, or a stand-in in tests."""

    def json(self, url: str) -> Any:
        """Return what the address holds, parsed; raise FetchError where it cannot be had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceQuery:
    """What the user wants of a source."""

    inputs: tuple[str, ...] = ()  # files, folders or addresses, as given
    ids: tuple[str, ...] = ()  # numbers of single works, asked of the museum's API
    query: str = ""  # words to search the museum's API for
    columns: Mapping[str, str] = field(default_factory=dict)  # field of a Record -> column of the user's table
    width: int = 1024  # pixels wanted of the longer side of a picture
    client: Web | None = None  # None where only files are read


class Source(Protocol):
    """A museum or format whose records can be read; subclass it to inherit `pictures`."""

    name: str  # what the user types, and with which ids begin: "met"
    about: str  # one line for --help: what it reads

    def records(self, asked: SourceQuery) -> Iterator[Record | LeftOut]:
        """Yield every record asked for, one at a time, and each that cannot become a work with its reason."""
        ...

    def pictures(self, number: str, client: Web) -> tuple[str, ...]:
        """Return addresses of a work's picture that its record lacks; raise FetchError.

        Called only for works that may be shown and have no pictures: it may cost a request a work.
        """
        return ()
