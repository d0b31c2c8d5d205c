"""The wall: a work among its nearest, hung by static/wall.js; one page for all works."""

from generator.site import urls
from generator.site.context import Context


def write(context: Context) -> None:
    """Write the page that shows the wall of any work by script."""
    context.printer.unlisted(urls.WALL, "wall.html", facets=context.cards.facets(), periods=context.filters.dated)
