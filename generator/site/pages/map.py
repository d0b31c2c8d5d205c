"""The map: all works on one plane, drawn by static/map.js, and in words for those who do not see it or run no scripts.

map/index.html              the map, and its districts
map/district-Q/index.html    the works of a district, in pages
data/map/fields.bin         column and row of every work's field, little-endian uint16, in the collection's order
data/map/C-R.json           the works of a sheet of the largest pictures: [row, then what a card holds (files.py)]
images/map/FIELD/C-R.webp   the sheets (sheets.py)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.analysis import map_areas
from generator.analysis.map_areas import MapArea
from generator.core.model import Layout
from generator.images.sprite_sheet import SIDE
from generator.site import urls
from generator.site.context import Material
from generator.site.data import browser
from generator.site.pages import map_images
from generator.site.pages.search import FilterOptions
from generator.site.render import BUDGET, paged

WHOLE = 1_200  # pixels at most across the picture of the whole map where scripts do not run
ALT = 60  # characters of an alternative text
SPARE = 1_500  # bytes of a page that are not counted beforehand


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedSheet:
    """A sheet in the picture of the whole map, in fields."""

    path: str
    left: float
    top: float
    width: float
    height: float


def write(material: Material) -> None:
    """Write the map where there is one: pages, sheets and data."""
    layout, store = material.layout, material.store
    if layout is None or store is None:
        return
    found = map_images.make(
        layout, material.pictures, material.cards.veiled, store=store, jobs=material.jobs, progress=material.progress
    )
    map_images.put(found, material.printer)
    material.printer.write("data/map/fields.bin", layout.fields.astype("<u2").tobytes())
    for place, rows in map_images.blocks(layout).items():
        material.printer.write(urls.block(*place), browser.listed_json(material.cards, material.pictures, rows))
    every = map_areas.find(layout, material.collection, material.analogies)
    _write_map(layout, every, found, material)
    for number, district in enumerate(every, 1):
        _write_district(number, district, every, material)


def _write_map(
    layout: Layout, every: Sequence[MapArea], found: dict[int, map_images.Places], material: Material
) -> None:
    cards = material.cards
    facts = {"columns": layout.columns, "rows": layout.rows, "side": SIDE, "levels": map_images.levels(layout)[::-1]}
    material.printer.page(
        urls.MAP,
        "map.html",
        layout=layout,
        facts=facts,
        works=len(material.collection.works),
        facets=[cards.facet(facet) for facet in range(len(material.collection.facets))],
        periods=FilterOptions(cards).dated(),
        pieces=list(_pieces(layout, found)),
        boxes=[district.box for district in every],
        districts=[_drawn(number, district, every, material) for number, district in enumerate(every, 1)],
    )


def _pieces(layout: Layout, found: dict[int, map_images.Places]) -> Iterator[PlacedSheet]:
    """Yield the sheets that show the whole map as well as a page is wide."""
    field = next((one for one in found if layout.columns * one <= WHOLE), min(found))
    span = SIDE / field
    for column, row in found[field]:
        width, height = map_images.extent(layout, field, column, row)
        yield PlacedSheet(
            path=urls.sheet(field, column, row),
            left=column * span,
            top=row * span,
            width=width / field,
            height=height / field,
        )


def _drawn(number: int, district: MapArea, every: Sequence[MapArea], material: Material) -> Markup:
    """Return a district as it stands in the list of all."""
    cards, row = material.cards, district.typical
    return material.printer.fragment(
        "map-district.html",
        number=number,
        total=len(district.rows),
        title=material.collection.works[row].title,
        common=district.common(material.collection),
        ratio=cards.ratio(row),
        box=district.box,
        picture=cards.picture(row, urls.root_of(urls.MAP), alt=ALT),
    )


def _write_district(number: int, district: MapArea, every: Sequence[MapArea], material: Material) -> None:
    """Write the pages of the works of a district."""
    cards, printer = material.cards, material.printer
    title = material.collection.works[district.typical].title
    given = {"number": number, "count": len(every), "district": district, "total": len(district.rows), "title": title}
    path = urls.district(number, 2)
    empty = printer.html(path, "map-works.html", cards=[], page=1, pages=9, **given)
    drawn = [cards.card(row) for row in district.rows]
    pages = paged(drawn, BUDGET - SPARE - len(empty.encode()), material.config.per_page)
    for page, part in enumerate(pages, 1):
        path = urls.district(number, page)
        shown = [cards.plain(row, urls.root_of(path)) for row in district.rows[part]]
        printer.page(path, "map-works.html", cards=shown, page=page, pages=len(pages), **given)
