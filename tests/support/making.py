"""Makes small content folders, tables and pictures for tests; the same ones every time."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image

CULTURES = ("Greek", "Chinese", "Celtic")
MEDIA = ("Mosaic", "Textile")
MOTIFS = ("stripes", "rings", "checks", "waves")
SITE = """title = "A small collection"
subtitle = "made for a test"
about = '''
The first paragraph.

The second.
'''
facets = ["culture", "medium"]
truth = "motif"
neighbors = 3
"""


class Silent:
    """Progress (model.py) that nobody sees; `stages` are the pieces of work that were begun."""

    def __init__(self) -> None:
        self.stages: list[tuple[str, int]] = []
        self.done = 0

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator["Silent"]:
        self.stages.append((name, total))
        yield self

    def advance(self, count: int = 1) -> None:
        self.done += count

    def say(self, line: str) -> None:
        pass


def make_content(
    folder: Path,
    n: int = 12,
    *,
    size: tuple[int, int] = (96, 72),
    site: str | None = SITE,
    changes: Mapping[int, Mapping[str, str]] | None = None,
) -> Path:
    """Make a content folder of n works without fault or warning; `changes` are cells by number of the work from 0.

    Work i is of CULTURES[i % 3] and MEDIA[i % 2]; its picture shows MOTIFS[i % 4].
    """
    (folder / "images").mkdir(parents=True, exist_ok=True)
    rows = [make_row(i) | dict((changes or {}).get(i, {})) for i in range(n)]
    for i in range(n):
        draw(i, size).save(folder / "images" / f"w{i:03}.png")
    write_table(folder / "works.csv", rows)
    if site is not None:
        (folder / "site.toml").write_text(site, encoding="utf-8")
    return folder


def make_row(i: int) -> dict[str, str]:
    """Return the cells of work i."""
    culture, medium, motif = CULTURES[i % 3], MEDIA[i % 2], MOTIFS[i % 4]
    return {
        "objectid": f"w{i:03}",
        "title": f"{culture} {motif} {i}",
        "creator": "" if i % 5 == 0 else f"Maker {i % 5}",
        "date": f"about {1400 + 40 * i}",
        "year": str(1400 + 40 * (i % 15)),
        "culture": culture,
        "medium": medium,
        "materials": "pixels",
        "museum": "Test Museum",
        "accession_number": f"T.{i}",
        "credit": "Given by a test",
        "rights": "CC0",
        "rights_basis": "made by a program",
        "source_url": f"https://example.org/works/{i}",
        "image": f"w{i:03}.png",
        "image_alt_text": f"{motif} in two colors",
        "motif": motif,
    }


def write_table(
    path: Path, rows: Sequence[Mapping[str, str]], *, delimiter: str = ",", encoding: str = "utf-8", end: str = "\n"
) -> None:
    """Write the rows under the columns of the first."""
    write_cells(
        path, [list(rows[0]), *(list(row.values()) for row in rows)], delimiter=delimiter, encoding=encoding, end=end
    )


def write_cells(
    path: Path, cells: Iterable[Sequence[str]], *, delimiter: str = ",", encoding: str = "utf-8", end: str = "\n"
) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator=end).writerows(cells)


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows by the names of their columns."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def draw(i: int, size: tuple[int, int]) -> Image.Image:
    """Return the picture of work i: its motif in two colors of its own."""
    y, x = np.mgrid[: size[1], : size[0]] / min(size)
    random = np.random.default_rng(i)
    scale, angle = random.uniform(5, 9), random.uniform(0, np.pi)
    along, across = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    field = {
        "stripes": np.sin(2 * np.pi * scale * along),
        "rings": np.sin(2 * np.pi * scale * np.hypot(x - 0.6, y - 0.5)),
        "checks": np.sin(2 * np.pi * scale * x) * np.sin(2 * np.pi * scale * y),
        "waves": np.sin(2 * np.pi * (scale * along + 0.4 * np.sin(2 * np.pi * 2 * across))),
    }[MOTIFS[i % 4]]
    dark, light = random.integers(0, 110, 3), random.integers(145, 256, 3)
    return Image.fromarray(np.where(field[..., None] > 0, light, dark).astype(np.uint8))
