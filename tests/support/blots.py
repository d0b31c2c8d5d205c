"""Pictures of soft blots and what embeds them; imported by programs of their own too, so nothing heavy at its top."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image

from generator import embedding
from generator.core.model import Collection, Embeddings, Picture, Work
from generator.core.store import Store

SMALL = "efficientnet-lite0"
SIZES = [
    (90, 60),
    (60, 90),
    (80, 80),
    (200, 40),
    (90, 60),
    (64, 48),
    (30, 120),
    (90, 60),
    (100, 70),
    (48, 64),
    (80, 80),
    (90, 60),
]


class Counting:
    """Progress that nobody sees; it counts."""

    def __init__(self) -> None:
        self.stages: dict[str, int] = {}
        self.done = 0
        self.said: list[str] = []

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator["Counting"]:
        self.stages[name] = total
        yield self

    def advance(self, count: int = 1) -> None:
        self.done += count

    def say(self, line: str) -> None:
        self.said.append(line)


def picture(path: Path) -> Picture:
    with Image.open(path) as image:
        width, height = image.size
    return Picture(path=path, digest=hashlib.sha256(path.read_bytes()).hexdigest(), width=width, height=height)


def collection(pictures: Sequence[Picture]) -> Collection:
    rest = dict.fromkeys(
        ("creator", "date", "museum", "accession_number", "credit", "rights", "rights_basis", "source_url"), ""
    )
    n = len(pictures)
    return Collection(
        facets=(),
        works=tuple(
            Work(id=str(i), title=str(i), picture=each, alt="A pattern", year=None, extra=(), **rest)
            for i, each in enumerate(pictures)
        ),
        labels=np.zeros((n, 0), np.int32),
        cells=np.zeros((1, 0), np.int32),
        cell_of=np.zeros(n, np.int32),
        digest="",
    )


def draw(folder: Path, sizes: Sequence[tuple[int, int]] = SIZES) -> list[Picture]:
    """Write one picture of soft random blots per size."""
    folder.mkdir(parents=True, exist_ok=True)
    generator = np.random.default_rng(7)
    for number, size in enumerate(sizes):
        blots = Image.fromarray(generator.integers(0, 256, (5, 5, 3), np.uint8))
        blots.resize(size, Image.Resampling.BICUBIC).save(folder / f"{number:02}.png")
    return [picture(path) for path in sorted(folder.glob("*.png"))]


def embed(pictures: Sequence[Picture], store: Store, *, jobs: int = 2, progress: Counting | None = None) -> Embeddings:
    return embedding.embed(
        collection(pictures), SMALL, store=store, weights=None, jobs=jobs, progress=progress or Counting()
    )


def files(store: Store) -> list[Path]:
    return sorted(path for path in (store.root / "vectors").rglob("*") if path.is_file())
