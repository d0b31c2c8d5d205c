"""Works between two steps, on disk: half a million of them need no memory but for their ids.

a work: 4 bytes, how many follow, and the work as marshal writes it, which is quick and read by this process only
"""

import marshal
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

SIZE = 4


class Spool:
    """Works made of text, numbers, lists and dicts, found again by their ids."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.starts: dict[str, int] = {}
        self.file = path.open("w+b")
        self.end = 0

    def add(self, id: str, work: Any) -> None:
        self.starts[id] = self.end
        content = marshal.dumps(work)
        self.end += self.file.write(len(content).to_bytes(SIZE) + content)

    def work(self, id: str) -> Any:
        self.file.seek(self.starts[id])
        return _next(self.file)

    def works(self) -> Iterator[Any]:
        """Yield all, as they were added; others may be asked for meanwhile."""
        self.file.flush()
        with self.path.open("rb") as file:
            for _ in self.starts:
                yield _next(file)

    def close(self) -> None:
        self.file.close()
        self.path.unlink(missing_ok=True)


def _next(file: BinaryIO) -> Any:
    return marshal.loads(file.read(int.from_bytes(file.read(SIZE))))
