"""Page rendering, how fast it is: our pages, of drawn works with as many cards as a page holds.

    n works, f facets of v values each, c = v^f cells, k neighbors

Nothing but the pages about works is written: no pictures, no data files, no whole-collection views. Plain is the same
with every card made anew wherever it stands, as a template without kept fragments does.
"""

import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from generator.analysis import highlights, periods
from generator.analysis.neighbors import Neighborhood
from generator.core import config
from generator.core.findings import Analogies, Findings, Highlights, Overview
from generator.core.model import Collection, Derivative, Facet, Network, Picture, Progress, Work, each
from generator.core.resources import TEMPLATES
from generator.evaluation.common import memory
from generator.evaluation.speed.records import MIB
from generator.site.cards import Cards
from generator.site.context import Assets, gather
from generator.site.pages.work import WorkPages

VALUES, FACETS, K = 21, 2, 2  # twenty other values of two facets: forty cards
SIZES = (1_000, 10_000)
FEW = 200  # works whose pages are written with nothing kept
WORDS = ("bowl", "with", "a", "running", "meander", "and", "palmettes", "after", "painted", "vase", "archaic", "period")
SIDES = (240, 480, 960)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderingSpeed:
    """How fast the pages of some works were written."""

    n: int
    way: str
    works: int  # whose pages were written
    pages: int  # theirs: the work's own, those of its combinations, side by side
    cards: float  # on the page of a work, in the mean
    seconds: float
    busy: float  # of them, seconds of one processor that were spent on it: what a machine with nothing else to do would take
    mib: float | None  # most memory held beyond what the drawn works take

    @property
    def rate(self) -> float:
        """Pages a second of one processor."""
        return self.pages / self.busy

    def __str__(self) -> str:
        taken = "" if self.mib is None else f", {self.mib:.0f} MiB"
        return (
            f"{self.n:>7,} works, {self.way}: {self.rate:,.0f} pages per second of processor time "
            f"({self.pages / self.seconds:,.0f} in real time), {self.works / self.busy:,.0f} works "
            f"({self.pages:,} pages, {self.cards:.1f} cards per work{taken})"
        )


def study(sizes: Sequence[int], *, progress: Progress, seed: int = 0) -> Iterator[RenderingSpeed]:
    """Yield how fast pages are written at each size, and at the last one with nothing kept."""
    for n in sizes:
        yield measure(n, progress=progress, seed=seed)
    yield measure(sizes[-1], progress=progress, written=FEW, plain=True, seed=seed)


def measure(
    n: int, *, progress: Progress, written: int | None = None, plain: bool = False, seed: int = 0
) -> RenderingSpeed:
    """Write the pages of the first `written` of n drawn works, and return how fast that went."""
    collection, analogies, pictures = draw(n, seed)
    with tempfile.TemporaryDirectory() as folder:
        settings, _ = config.load(Path(folder), TEMPLATES / "defaults.toml")
        context = gather(
            collection, _findings(collection, analogies), settings, Assets(pictures=pictures), Path(folder), ()
        )
        cards = context.cards
        if plain:
            keep_nothing(cards)
        pages = WorkPages(context)
        rows = range(min(n, written or n))
        with memory.watching() as peak, progress.stage(f"Writing pages for {n:,} works", len(rows)) as step:
            begun, busy = time.perf_counter(), time.process_time()
            for row in each(rows, step):
                pages.write(row, context.neighborhood.of(row))
            seconds, busy = time.perf_counter() - begun, time.process_time() - busy
        taken = None if peak.bytes is None else peak.bytes / MIB
        return RenderingSpeed(
            n=n,
            way="nothing kept" if plain else "ours",
            works=len(rows),
            pages=sum(1 for _ in Path(folder).rglob("*.html")),
            seconds=seconds,
            busy=busy,
            mib=taken,
            cards=_cards(Path(folder), collection),
        )


def keep_nothing(cards: Cards) -> None:
    """Make cards anew every time they are asked for, as a template without kept fragments does."""
    anew = lru_cache(0)
    cards.card, cards.analog, cards.closeness = anew(cards._card), anew(cards._analog), anew(cards._closeness)
    cards.link, cards.line, cards.around = anew(cards._link), anew(cards._line), anew(cards._around)
    cards.listing, cards.picture = anew(cards._listing), anew(cards._picture)


def _findings(collection: Collection, analogies: Analogies) -> Findings:
    """Return what pages about works tell; nothing of the collection as a whole."""
    overview = Overview(facets=(), mutual=(), periods=periods.of(collection), time=None, leaps=())
    compared = highlights.compared(Neighborhood(collection, analogies), ())
    return Findings(
        network=Network(name="", title="", source="", reads="", dimensions=0),
        vectors=np.empty((0, 0), np.float32),
        analogies=analogies,
        overview=overview,
        highlights=Highlights(pairs=(), typical=(), compared=compared),
        clusters=((),) * len(collection.facets),
    )


def _cards(folder: Path, collection: Collection) -> float:
    """Return how many cards there are on a page, of the first few pages."""
    pages = [folder / "works" / work.id / "index.html" for work in collection.works[:20]]
    found = [page.read_text(encoding="utf-8").count('<li class="card') for page in pages if page.is_file()]
    return sum(found) / max(1, len(found))


def draw(n: int, seed: int = 0) -> tuple[Collection, Analogies, list[list[Derivative]]]:
    """Return n works of every combination in turn, near works that lie at random, and pictures of which there is no file."""
    random = np.random.default_rng(seed)
    every = np.stack(np.meshgrid(*[np.arange(VALUES)] * FACETS, indexing="ij"), axis=-1).reshape(-1, FACETS)
    cells = every.astype(np.int32)[:n]
    cell_of = np.sort(np.arange(n, dtype=np.int32) % len(cells))
    names = [f"facet_{letter}" for letter in "ab"[:FACETS]]
    facets = tuple(
        Facet(
            name=name,
            values=tuple(f"Value {i} of {name[-1]}" for i in range(VALUES)),
            slugs=tuple(f"value-{i}" for i in range(VALUES)),
        )
        for name in names
    )
    collection = Collection(
        facets=facets, works=tuple(_works(n, random)), labels=cells[cell_of], cells=cells, cell_of=cell_of, digest=""
    )
    return collection, _analogies(collection, random), [_pictures(i) for i in range(n)]


def _analogies(collection: Collection, random: np.random.Generator) -> Analogies:
    """Return K works of every cell for each work, all of them close enough for a card."""
    n, c = len(collection.works), len(collection.cells)
    starts, ends = (np.searchsorted(collection.cell_of, np.arange(c), side=side) for side in ("left", "right"))
    rows = (starts + random.integers(0, np.maximum(1, ends - starts - K), (n, c)))[..., None] + np.arange(K)
    rows = np.where(rows < ends[:, None], rows, -1).astype(np.int32)
    near = np.sort(random.uniform(0.6, 0.94, (n, c, K)).astype(np.float32))[..., ::-1]
    near = np.where(rows < 0, np.float32(-np.inf), near)
    return Analogies(rows=rows, similarity=near, scale=np.linspace(-0.3, 0.6, 1001).astype(np.float32))


def _works(n: int, random: np.random.Generator) -> Iterator[Work]:
    for i in range(n):
        title = " ".join(random.choice(WORDS, 7)).capitalize()
        picture = Picture(path=Path("none"), digest=f"{i:064x}", width=960, height=640 + i % 640)
        yield Work(
            id=f"work-{i}",
            title=title,
            picture=picture,
            alt=f"A {title}, seen from the front",
            creator="A. Maker",
            date=f"about {1500 + i % 400}",
            year=1500 + i % 400,
            museum="A museum",
            accession_number=f"T.{i}",
            credit="Given by somebody",
            rights="CC0 1.0",
            rights_basis="",
            source_url=f"https://example.org/{i}",
            extra=(("materials", "clay"),),
        )


def _pictures(i: int) -> list[Derivative]:
    ratio = (640 + i % 640) / 960
    return [Derivative(path=Path("none"), width=side, height=round(side * ratio), bytes=side * 60) for side in SIDES]
