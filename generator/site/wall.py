"""The wall: a work among its nearest, hung by static/wall.js; one page for all works."""

from generator.site import urls
from generator.site.context import Material
from generator.site.pages.search import FilterOptions


def write(material: Material) -> None:
    """Write the page that shows the wall of any work by script."""
    cards, printer = material.cards, material.printer
    names = [cards.facet(facet) for facet in range(len(material.collection.facets))]
    printer.page(urls.WALL, "wall.html", listed=False, facets=names, periods=FilterOptions(cards).dated())
