"""What the pages of a site are made from, gathered once; every module that writes pages is given it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.analysis.neighbors import Neighborhood
from generator.core.config import Config
from generator.core.findings import Findings
from generator.core.model import Collection, Derivative, Tiles
from generator.core.resources import STATIC, TEMPLATES
from generator.site import scripts
from generator.site.cards import Cards
from generator.site.data.search_filters import SearchFilters
from generator.site.render import Printer


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """Files that pages show, ready before any page is written; and what pages are drawn from."""

    pictures: Sequence[Sequence[Derivative]]  # of each work, the narrowest first
    tiles: Sequence[Tiles] = ()  # of each work; none: no tiles are wanted
    viewer: Path | None = None  # a folder with OpenSeadragon; None: it could not be had
    searchable: bool = False  # the site will have an index
    templates: Path = TEMPLATES
    static: Path = STATIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """All that a page may speak of, and who writes it."""

    collection: Collection
    findings: Findings
    config: Config
    assets: Assets
    printer: Printer
    cards: Cards
    filters: SearchFilters
    neighborhood: Neighborhood


def gather(
    collection: Collection, findings: Findings, config: Config, assets: Assets, out: Path, navigation: Sequence[str]
) -> Context:
    """Return the context of a site in the folder `out`; `navigation` names what every page leads to."""
    printer = Printer(out, assets.templates, config, navigation, scripts.imports(assets.static))
    cards = Cards(collection, assets.pictures, printer)
    return Context(
        collection=collection,
        findings=findings,
        config=config,
        assets=assets,
        printer=printer,
        cards=cards,
        filters=SearchFilters(cards, findings.overview.periods),
        neighborhood=Neighborhood(collection, findings.analogies),
    )
