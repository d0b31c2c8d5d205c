"""Files of a study, each of which appears when it is complete."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.core.files import replacing_text


def put(path: Path, text: str) -> None:
    """Write a text."""
    with replacing_text(path) as file:
        file.write(text)


def put_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table as CSV."""
    with replacing_text(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
