"""A grid: pictures of which two things are known, what each shows (content) and in which manner (style).

A grid lies in a folder, so that it is made once, can be looked at, and anyone can bring their own:

    grid.csv     picture,content,style      a row a picture, picture relative to the folder
    sources.csv  source,license             what the pictures were made of
    images/      the pictures
"""

import csv
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator import images
from generator.core.errors import Problem, StudyError
from generator.core.model import Picture, freeze
from generator.evaluation.common.files import put_rows

TABLE, SOURCES, IMAGES = "grid.csv", "sources.csv", "images"


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureOrigin:
    """What some pictures were made of, and on what terms."""

    name: str
    license: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureGrid:
    """n pictures, each with one of the contents and one of the styles; no pair of them twice."""

    pictures: tuple[Picture, ...]
    contents: tuple[str, ...]
    styles: tuple[str, ...]
    content: NDArray[np.int32]  # (n,) index in contents
    style: NDArray[np.int32]  # (n,) index in styles
    sources: tuple[PictureOrigin, ...]

    def __post_init__(self) -> None:
        for name in ("content", "style"):
            freeze(self, name, np.int32, (len(self.pictures),))

    def digest(self) -> str:
        """Return the SHA-256 of pictures, contents and styles."""
        rows = [[picture.digest for picture in self.pictures], self.contents, self.styles]
        said = json.dumps([*rows, self.content.tolist(), self.style.tolist()])
        return hashlib.sha256(said.encode()).hexdigest()


def write_table(folder: Path, rows: Iterable[tuple[str, str, str]], sources: Sequence[PictureOrigin]) -> None:
    """Write grid.csv (picture, content, style) and sources.csv; grid.csv comes last and says that all is there."""
    put_rows(folder / SOURCES, ("source", "license"), [(source.name, source.license) for source in sources])
    put_rows(folder / TABLE, ("picture", "content", "style"), rows)


def read(folder: Path) -> PictureGrid:
    """Return the grid in a folder. Raises StudyError where its table or a picture is at fault."""
    rows = _rows(folder / TABLE, ("picture", "content", "style"))
    sources = _rows(folder / SOURCES, ("source", "license")) if (folder / SOURCES).exists() else []
    contents, styles = (_numbered(row[name] for _, row in rows) for name in ("content", "style"))
    seen: set[tuple[str, str]] = set()
    for line, row in rows:
        if (pair := (row["content"], row["style"])) in seen:
            raise StudyError(f"{folder / TABLE}:{line}: {pair[0]!r} in {pair[1]!r} twice; give each pair one picture")
        seen.add(pair)
    return PictureGrid(
        pictures=tuple(_picture(folder, line, row["picture"]) for line, row in rows),
        contents=tuple(contents),
        styles=tuple(styles),
        content=np.array([contents[row["content"]] for _, row in rows], np.int32),
        style=np.array([styles[row["style"]] for _, row in rows], np.int32),
        sources=tuple(PictureOrigin(name=row["source"], license=row["license"]) for _, row in sources),
    )


def _numbered(names: Iterable[str]) -> dict[str, int]:
    """Return different names in the order in which they first come, each with its place."""
    return {name: number for number, name in enumerate(dict.fromkeys(names))}


def _rows(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(enumerate(csv.DictReader(file), 2))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise StudyError(
            f"{path}: cannot be read ({error}); expected a table with the columns {', '.join(columns)}"
        ) from error
    for line, row in rows:
        if missing := [name for name in columns if not row.get(name)]:
            raise StudyError(f"{path}:{line}: no {missing[0]}; fill it in")
    return rows


def _picture(folder: Path, line: int, name: str) -> Picture:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise StudyError(f"{folder / TABLE}:{line}: {name} is outside the folder; move it inside")
    facts = images.inspect(path) if path.is_file() else Problem(found="no such file", expected="", fix="put it there")
    if isinstance(facts, Problem):
        raise StudyError(f"{folder / TABLE}:{line}: {name}: {facts.found}; {facts.fix}")
    return Picture(path=path, digest=facts.digest, width=facts.width, height=facts.height)
