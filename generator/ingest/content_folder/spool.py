"""Spool: works between two steps, on disk; half a million of them need no memory but for their ids.

a work: 4 bytes, how many follow, and the work as marshal writes it, which is quick and read by this process only
"""

import marshal
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

SIZE = 4


class StagedWork(NamedTuple):  # of what marshal writes
    """A work whose row is made and whose picture is still to come."""

    id: str
    place: str  # where it was read
    number: str  # what the source calls it
    cells: dict[str, str]  # of its row, by column
    pictures: tuple[str, ...]  # addresses; none: the source is asked for them


class Spool:
    """Staged works, found again by their ids."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.starts: dict[str, int] = {}
        self.file = path.open("w+b")
        self.end = 0

    def add(self, work: StagedWork) -> None:
        self.starts[work.id] = self.end
        content = marshal.dumps(tuple(work))
        self.end += self.file.write(len(content).to_bytes(SIZE) + content)

    def work(self, id: str) -> StagedWork:
        self.file.seek(self.starts[id])
        return _next(self.file)

    def works(self) -> Iterator[StagedWork]:
        """Yield all, as they were added; others may be asked for meanwhile."""
        self.file.flush()
        with self.path.open("rb") as file:
            for _ in self.starts:
                yield _next(file)

    def close(self) -> None:
        self.file.close()
        self.path.unlink(missing_ok=True)


def _next(file: BinaryIO) -> StagedWork:
    return StagedWork._make(marshal.loads(file.read(int.from_bytes(file.read(SIZE)))))
