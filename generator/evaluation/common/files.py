"""Files of a study, each of which appears when it is complete."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


def put(path: Path, text: str) -> None:
    """Write a text."""
    with _whole(path) as file:
        file.write(text)


def put_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table as CSV."""
    with _whole(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


@contextmanager
def _whole(path: Path) -> Iterator[TextIO]:
    temporary = path.with_name(f".{path.name}.tmp")
    with temporary.open("w", encoding="utf-8", newline="") as file:
        yield file
    temporary.replace(path)
