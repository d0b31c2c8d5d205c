"""What every source of records is, and what may be asked of one. The table of them all is in available.py."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from generator.ingest.records import LeftOut, Record


class Web(Protocol):
    """What a source needs of the HTTP layer: download.Client, or a stand-in in tests."""

    def json(self, url: str) -> Any:
        """Return what the address holds, parsed; raise FetchError where it cannot be had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
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

    def records(self, asked: Asked) -> Iterator[Record | LeftOut]:
        """Yield every record asked for, one at a time, and each that cannot become a work with its reason."""
        ...

    def pictures(self, record: Record, client: Web) -> tuple[str, ...]:
        """Return addresses of a record's picture that the records themselves lack; raise FetchError.

        Called only for records that may be shown and have no pictures: it may cost a request a record.
        """
        return record.pictures
