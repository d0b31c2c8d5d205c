"""Files written whole or not at all: beside their place, and renamed into it. Artefacts go into the store instead."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

PIECE = 1 << 20  # bytes compared at a time


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a path beside `path` for a file or a folder; when it is made it takes that name. After an error nothing is left.

    A file that would hold the very same stays as it is, its time too. A folder takes the place of none.
    """
    temporary = path.with_name(f".{path.name}.new")
    _remove(temporary)
    try:
        yield temporary
        if not (temporary.is_file() and _same(temporary, path)):
            temporary.replace(path)
    finally:
        _remove(temporary)


@contextmanager
def replacing_text(path: Path) -> Iterator[TextIO]:
    """Yield a file for text in UTF-8, line ends as they are written; it takes the name at the end."""
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        yield file


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _same(one: Path, other: Path) -> bool:
    """Return whether both files hold the same."""
    if not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as left, other.open("rb") as right:
        while piece := left.read(PIECE):
            if piece != right.read(PIECE):
                return False
    return True
