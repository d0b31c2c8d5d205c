"""The map: all works on one plane, drawn by static/map.js, and in words for those who do not see it or run no scripts.

map/index.html               the map, and its areas
map/district-Q/index.html    the works of an area, in pages
data/map/fields.bin         column and row of every work's field, little-endian uint16, in the collection's order
data/map/C-R.json           the works of a sheet of the largest pictures: [row, then what a card holds (browser.py)]
images/map/FIELD/C-R.webp   the sheets (map_images.py)
"""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.core.findings import Layout, MapArea
from generator.core.run import Run
from generator.images.sprite_sheet import SIDE
from generator.site import urls
from generator.site.context import Context
from generator.site.data import browser
from generator.site.pages import map_images
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


def write(context: Context, run: Run) -> None:
    """Write the map where there is one: pages, sheets and data."""
    layout, pictures = context.findings.layout, context.assets.pictures
    if layout is None:
        return
    found = map_images.make(layout, pictures, context.cards.veiled, run)
    map_images.put(found, context.printer)
    context.printer.write("data/map/fields.bin", layout.fields.astype("<u2").tobytes())
    for place, rows in map_images.blocks(layout).items():
        context.printer.write(urls.block(*place), browser.listed_json(context.cards, pictures, rows))
    _write_map(layout, found, context)
    for number, area in enumerate(context.findings.areas, 1):
        _write_area(number, area, context)


def _write_map(layout: Layout, found: dict[int, map_images.Places], context: Context) -> None:
    areas = context.findings.areas
    facts = {"columns": layout.columns, "rows": layout.rows, "side": SIDE, "levels": map_images.levels(layout)[::-1]}
    context.printer.page(
        urls.MAP,
        "map.html",
        layout=layout,
        facts=facts,
        works=len(context.collection.works),
        facets=context.cards.facets(),
        periods=context.filters.dated,
        pieces=list(_pieces(layout, found)),
        boxes=[area.box for area in areas],
        districts=[_drawn(number, area, context) for number, area in enumerate(areas, 1)],
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


def _drawn(number: int, area: MapArea, context: Context) -> Markup:
    """Return an area as it stands in the list of all."""
    cards, row = context.cards, area.typical
    values = [facet.values for facet in context.collection.facets]
    return context.printer.fragment(
        "map-district.html",
        number=number,
        total=len(area.rows),
        title=context.collection.works[row].title,
        common=[(names[value], count) for names, (value, count) in zip(values, area.common, strict=True)],
        ratio=cards.ratio(row),
        box=area.box,
        picture=cards.picture(row, urls.root_of(urls.MAP), alt=ALT),
    )


def _write_area(number: int, area: MapArea, context: Context) -> None:
    """Write the pages of the works of an area."""
    cards, printer = context.cards, context.printer
    title = context.collection.works[area.typical].title
    given = {
        "number": number,
        "count": len(context.findings.areas),
        "district": area,
        "total": len(area.rows),
        "title": title,
    }
    path = urls.district(number, 2)
    empty = printer.html(path, "map-works.html", cards=[], page=1, pages=9, **given)
    drawn = [cards.card(row) for row in area.rows]
    pages = paged(drawn, BUDGET - SPARE - len(empty.encode()), context.config.per_page)
    for page, part in enumerate(pages, 1):
        path = urls.district(number, page)
        shown = [cards.plain(row, urls.root_of(path)) for row in area.rows[part]]
        printer.page(path, "map-works.html", cards=shown, page=page, pages=len(pages), **given)
