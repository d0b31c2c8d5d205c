"""Size budget: how many bytes a site will have, before its pages are written, and what would make it smaller.

Pictures and tiles are there by then, and are counted; of pages and data it is known how many there will be, and about how
much one holds. The constants are what pages held, in the mean, on two collections of 460 and 922 works: there the whole
was predicted within 5 % (docs/scale.md). They are for judging whether a site can be published, and nothing else is made of them.

    n works, f facets, v values of all facets, c cells, k neighbors
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.core.config import Config
from generator.core.errors import Fault
from generator.core.model import Collection, Derivative, Tiles

MB = 1_000_000
WORK, FULL = 11_000, 25_000  # bytes of a work's page without cards; of one that is full
CARD = 620  # of a card
LINE, FRAME = 130, 4_500  # of a line of a page of combinations, its title apart; of the rest of the page
PAIR, SAID = 4_900, 5  # of a side-by-side page; how often it holds each character of a record
MORE = 0.3  # side-by-side pages of a work beside the best of each facet
CARDED = 0.7  # cards to be shared for a side-by-side page: most serve both orders
SHARED = 2.7  # bytes of such a card for a byte of one of its pictures
LIST, VIEW = 9_500, 52_000  # of a page of works; of a value's part in the whole-collection views
EACH, FIXED = 5_300, 800_000  # of each work's manifest, card for scripts, rows in tables and index; of styles, scripts
PICTURES = (7_500, 25_000, 76_000)  # of a work's pictures where they are not made yet and large


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionShape:
    """What the size of a collection's pages depends on."""

    works: int
    facets: int
    values: int
    sizes: NDArray[np.int64]  # (c,) works of each cell
    title: float  # characters of an id and a title, in the mean
    record: float  # and of all that a record says


@dataclass(frozen=True, slots=True)
class SizePart:
    """Bytes of one kind of file, and the settings that would save some of them."""

    name: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """The parts of a site, and what can be saved."""

    parts: tuple[SizePart, ...]
    savings: tuple[SizePart, ...]  # what to write in site.toml, and the bytes that it saves; the most first

    @property
    def bytes(self) -> int:
        return sum(part.bytes for part in self.parts)

    def __str__(self) -> str:
        named = sorted(self.parts, key=lambda part: -part.bytes)
        return ", ".join(f"{part.name} {part.bytes / MB:,.1f}" for part in named if part.bytes >= MB / 20)


def shape_of(collection: Collection) -> CollectionShape:
    """Return what the size of a collection's pages depends on."""
    n = max(1, len(collection.works))
    said = [
        (work.title, work.alt, work.creator, work.credit, work.museum, work.rights, work.rights_basis, work.source_url)
        for work in collection.works
    ]
    extra = sum(len(name) + len(text) for work in collection.works for name, text in work.extra)
    return CollectionShape(
        works=len(collection.works),
        facets=len(collection.facets),
        values=sum(len(facet.values) for facet in collection.facets),
        sizes=np.bincount(collection.cell_of, minlength=len(collection.cells)),
        title=sum(len(work.id) + min(70, len(work.title)) for work in collection.works) / n,
        record=(sum(len(text) for texts in said for text in texts) + extra) / n,
    )


def shape_of_rows(rows: Sequence[Mapping[str, str]], facets: Sequence[str]) -> CollectionShape:
    """Return the same of a table: its rows by column, faulty ones included."""
    labels = [tuple(row.get(name, "") for name in facets) for row in rows]
    n = max(1, len(rows))
    return CollectionShape(
        works=len(rows),
        facets=len(facets),
        values=sum(len(set(column)) for column in zip(*labels, strict=True)),
        sizes=np.array(list(Counter(labels).values()), np.int64),
        title=sum(len(row.get("objectid", "")) + min(70, len(row.get("title", ""))) for row in rows) / n,
        record=sum(len(text) for row in rows for text in row.values()) / n,
    )


def predict(
    shape: CollectionShape,
    config: Config,
    pictures: Sequence[Sequence[Derivative]] | None = None,
    tiles: Iterable[Tiles] = (),
) -> Prediction:
    """Return the size of a site; where pictures are not made yet, they are taken to be large."""
    widths, near = _widths(shape, pictures), _near(shape, config.neighbors)
    cut = sum(path.stat().st_size for one in tiles for path in one.path.rglob("*") if path.is_file())
    shared = _cards(shape, widths, config.share_cards if config.base_url else "none")
    parts = [
        ("pictures", sum(widths)),
        ("tiles", cut),
        ("link previews", shared),
        ("works", _works(shape)),
        ("combinations", _combinations(shape)),
        ("side-by-side pages", _pairs(shape) * (PAIR + SAID * shape.record)),
        ("neighbors", near),
        ("lists and views", LIST * (len(shape.sizes) + shape.values) + VIEW * shape.values),
        ("data and search", EACH * shape.works + FIXED),
    ]
    savings = [
        ("tiles = false", cut),
        ('share_cards = "none"', shared),
        ('share_cards = "works"', shared - _cards(shape, widths, "works") if config.share_cards == "pairs" else 0),
        (f"widths = {list(config.widths[:-1])}", widths[-1] if len(config.widths) > 1 else 0),
        (
            f"neighbors = {config.neighbors // 2}",
            near - _near(shape, config.neighbors // 2) if config.neighbors > 1 else 0,
        ),
        ("fewer values of the facets", _combinations(shape) / 2),
    ]
    worth = [SizePart(name, round(bytes)) for name, bytes in savings if bytes >= MB / 10]
    return Prediction(
        parts=tuple(SizePart(name, round(bytes)) for name, bytes in parts),
        savings=tuple(sorted(worth, key=lambda one: -one.bytes)),
    )


def _pairs(shape: CollectionShape) -> float:
    """Return how many side-by-side pages there are."""
    return shape.works * (shape.facets + MORE)


def _cards(shape: CollectionShape, widths: Sequence[float], shared: str) -> float:
    """Return the bytes of all cards for sharing, as site.toml asks for them."""
    count = {"none": 0.0, "works": 0.8 * shape.works, "pairs": CARDED * _pairs(shape)}[shared]
    return count * SHARED * (widths[min(1, len(widths) - 1)] / max(1, shape.works))


def _widths(shape: CollectionShape, pictures: Sequence[Sequence[Derivative]] | None) -> list[float]:
    """Return the bytes of all pictures of each width."""
    if pictures is None:
        return [float(shape.works * size) for size in PICTURES]
    most = max((len(mine) for mine in pictures), default=1)
    return [float(sum(mine[step].bytes for mine in pictures if step < len(mine))) for step in range(most)]


def _works(shape: CollectionShape) -> float:
    return shape.works * min(FULL, WORK + CARD * (shape.values - shape.facets))


def _combinations(shape: CollectionShape) -> float:
    line = LINE + shape.title
    lines = len(shape.sizes) * line
    return shape.works * (lines + FRAME * max(1.0, lines / 24_000))


def _near(shape: CollectionShape, k: int) -> float:
    """Return the bytes of all files of neighbors: a row and a code each."""
    return shape.works * float(np.minimum(shape.sizes, k).sum()) * (4 if shape.works <= 1 << 16 else 6)


def over(bytes: int, config: Config, prediction: Prediction, *, written: bool) -> Fault | None:
    """Return the warning that a site is larger than its owner wants, with what would help; None where it is not."""
    if bytes <= config.budget_mb * MB:
        return None
    verb = "is" if written else "will be about"
    helps = "; ".join(f"{one.name} saves {one.bytes / MB:,.0f} MB" for one in prediction.savings[:4])
    fix = f"{helps or 'publish fewer works'}; or set a larger budget_mb if your host allows it"
    found = f"a site that {verb} {bytes / MB:,.0f} MB"
    return Fault(
        file="site.toml",
        column="budget_mb",
        found=found,
        expected=f"at most {config.budget_mb:,} MB",
        fix=fix,
        warning=True,
    )


def measure(folder: Path) -> tuple[int, int]:
    """Return how many files a folder holds, and their bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)
