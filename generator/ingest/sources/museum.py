"""Museum: a source that publishes its records as files, through an API, or both."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.core.errors import FetchError, IngestError
from generator.ingest.sources.base import LeftOut, Record, Source, SourceQuery, Web
from generator.ingest.sources.readers import FileShape, SourceRow, read_all

Rows = Iterator[SourceRow | LeftOut]


@dataclass(frozen=True, slots=True, kw_only=True)
class Museum(Source):
    """A source made of functions: where rows come from, and what a row says."""

    name: str
    about: str
    shape: FileShape
    record: Callable[[SourceRow, SourceQuery], Record | LeftOut]
    one: Callable[[str, Web], SourceRow | LeftOut] | None = None  # a single work, by number, from the API
    search: Callable[[SourceQuery, Web], Rows] | None = None  # the works that answer to a query, from the API
    find: Callable[[str, Web], tuple[str, ...]] | None = None  # a picture's addresses, from the API
    read: Callable[[SourceQuery, FileShape], Rows] = lambda asked, shape: read_all(asked.inputs, shape)

    def records(self, asked: SourceQuery) -> Iterator[Record | LeftOut]:
        """Yield every record asked for, one at a time, and each that cannot become a work with its reason."""
        rows = self.read(asked, self.shape) if asked.inputs else self._asked(asked)
        found = (row if isinstance(row, LeftOut) else whole(self.record(row, asked)) for row in rows)
        return only(found, asked.ids) if asked.inputs and asked.ids else found

    def pictures(self, number: str, client: Web) -> tuple[str, ...]:
        """Return addresses of a work's picture that its record lacks; raise FetchError."""
        return self.find(number, client) if self.find else ()

    def _asked(self, asked: SourceQuery) -> Rows:
        """Yield what the API gives to the numbers or the query."""
        if asked.ids and self.one and asked.client:
            return (self.one(number, asked.client) for number in dict.fromkeys(asked.ids))
        if asked.query and self.search and asked.client:
            return self.search(asked, asked.client)
        ways = ["a file or folder"] + ["--ids"] * bool(self.one) + ["--query"] * bool(self.search)
        raise IngestError(f"{self.name}: no input. It reads {self.about}. Fix: give {' or '.join(ways)}")


def whole(found: Record | LeftOut) -> Record | LeftOut:
    """Return a record that has a number and a title, else why it is none."""
    if isinstance(found, LeftOut) or (found.number and found.title):
        return found
    reason = "no title" if found.number else "no number"
    return LeftOut(place=found.place, number=found.number, title=found.title, reason=reason)


def only(found: Iterable[Record | LeftOut], ids: Iterable[str]) -> Iterator[Record | LeftOut]:
    """Yield what has one of the numbers, by number or accession number; then each number that nothing has."""
    wanted = dict.fromkeys(ids, True)
    for one in found:
        name = next((name for name in (one.number, getattr(one, "accession_number", "")) if name in wanted), None)
        if name is not None:
            wanted[name] = False
            yield one
    for number in (number for number, missing in wanted.items() if missing):
        yield LeftOut(place="--ids", number=number, title="", reason="not in the files")


def fetched(client: Web, address: str, number: str = "") -> Mapping[str, Any] | LeftOut:
    """Return an API's answer, or why there is none."""
    try:
        answer = client.json(address)
    except FetchError as error:
        return unfetched(error, number)
    if isinstance(answer, dict):
        return answer
    return LeftOut(place=address, number=number, title="", reason="the museum's API: unexpected answer")


def unfetched(error: FetchError, number: str) -> LeftOut:
    """Return that a work could not be had."""
    reason = f"the museum's API: {error.reason}"
    return LeftOut(place=error.address, number=number, title="", reason=reason, detail=error.detail)


def members(answer: Mapping[str, Any], key: str, address: str) -> list[SourceRow]:
    """Return the records that an answer lists under a key; one that is no record has nothing in it."""
    listed = answer.get(key)
    found = listed if isinstance(listed, list) else []
    return [SourceRow(f"{address}:{i}", cells if isinstance(cells, dict) else {}) for i, cells in enumerate(found, 1)]


def left_out(row: SourceRow, number: str, title: str, reason: str, detail: str = "") -> LeftOut:
    """Return why a row does not become a work."""
    return LeftOut(place=row.place, number=number, title=title, reason=reason, detail=detail)
