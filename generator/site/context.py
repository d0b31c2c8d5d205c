"""What the pages of a site are made from, gathered once; every module that writes pages is given it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.analysis.neighbors import Neighborhood
from generator.analysis.overview import Overview, Region
from generator.core.config import Config
from generator.core.model import Analogies, Collection, Derivative, Graph, Layout, Network, Progress, Tiles
from generator.core.store import Store
from generator.site.cards import Cards
from generator.site.render import Printer


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that a page may speak of, and who writes it."""

    collection: Collection
    analogies: Analogies
    network: Network
    config: Config
    pictures: Sequence[Sequence[Derivative]]  # of each work, the narrowest first
    graph: Graph | None  # None: no paths are wanted
    layout: Layout | None  # None: no map is wanted
    tiles: Sequence[Tiles]  # of each work; none: no tiles are wanted
    viewer: Path | None  # a folder with OpenSeadragon; None: it could not be had
    searchable: bool  # the site will have an index
    pairs: Sequence[tuple[int, int]]  # the most striking, as on the home page
    whole: Overview  # what is true of the collection as a whole
    regions: Sequence[Sequence[Region]]  # of each facet, what one value has nearly alone
    compared: Sequence[Sequence[int]]  # of each work, the works it has a side-by-side page with
    neighborhood: Neighborhood
    cards: Cards
    printer: Printer
    store: Store | None  # where cards of pairs are kept; None: there are none
    jobs: int
    progress: Progress
