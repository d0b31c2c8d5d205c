"""Every address of the site, in one place: relative links, with index.html written out so that file:// reads too."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from generator.core.model import Collection

MARK = "\x00"  # stands for the way up to the site's root in cached fragments
HOME = "index.html"
BROWSE = "browse/index.html"
ABOUT = "about/index.html"
ANY_PAIR = "pair/index.html"
WALL = "wall/index.html"
MAP = "map/index.html"
PATHS = "paths/index.html"
CONNECTIONS = "connections/index.html"
SEARCH = "search/index.html"
DATA = "data/index.html"
FEED = "feed.xml"
HIDDEN = "data/hidden.json"
IIIF = "data/iiif/collection.json"
# What every page leads to, in this order.
SECTIONS = {"browse": BROWSE, "connections": CONNECTIONS, "map": MAP, "paths": PATHS, "search": SEARCH, "about": ABOUT}

Choice = tuple[tuple[int, int], ...]  # (facet, value) of each chosen facet, in the facets' order


def root_of(path: str) -> str:
    """Return the way from a page up to the site's root: "../../" for works/x/index.html."""
    return "../" * path.count("/")


def work(identity: str) -> str:
    return f"works/{identity}/index.html"


def combinations(identity: str, page: int = 1) -> str:
    return f"works/{identity}/combinations/{numbered(page)}"


def pair(one: str, other: str) -> str:
    return f"pairs/{one}/{other}/index.html"


def path(one: str, other: str) -> str:
    """Return the page of an example of a path."""
    return f"paths/{one}/{other}/index.html"


def any_pair(one: str, other: str) -> str:
    return f"{ANY_PAIR}?a={one}&b={other}"


def connected(*parts: str, page: int = 1) -> str:
    """Return a page of the whole collection's views; of the parts, only names of facets hold no hyphen."""
    return "/".join(["connections", *parts, numbered(page)])


def picture(step: int, identity: str) -> str:
    """Return where derivative number `step` (0 is the narrowest) of a work lies."""
    return f"images/{step + 1}/{identity}.webp"


def image_service(identity: str) -> str:
    """Return the folder of a work's tiles and info.json (IIIF's Image API)."""
    return f"tiles/{identity}"


def manifest(identity: str) -> str:
    """Return the IIIF Presentation manifest of a work."""
    return f"iiif/{identity}/manifest.json"


def iiif_part(number: int) -> str:
    return f"data/iiif/collection-{number}.json"


def card(one: str, other: str) -> str:
    """Return the picture card of two works, the one of the lower row first."""
    return f"images/pairs/{one}/{other}.jpg"


def sheet(field: int, column: int, row: int) -> str:
    """Return where a sheet of the map's pictures lies, those of a level with fields of so many pixels."""
    return f"images/map/{field}/{column}-{row}.webp"


def block(column: int, row: int) -> str:
    """Return what is known of the works on a sheet of the map's largest pictures."""
    return f"data/map/{column}-{row}.json"


def district(number: int, page: int = 1) -> str:
    """Return a page of the works of one district of the map."""
    return f"map/district-{number}/{numbered(page)}"


def opened(file: str) -> str:
    """Return where a file of the open data lies."""
    return f"data/open/{file}"


def near(identity: str) -> str:
    return f"data/near/{identity}.bin"


def ids(bucket: int) -> str:
    return f"data/ids/{bucket}.json"


def cards(shard: int) -> str:
    return f"data/cards/{shard}.json"


def numbered(page: int) -> str:
    """Return the file of a page of a longer list. No facet's name holds a hyphen, so no folder is called so."""
    return "index.html" if page == 1 else f"page-{page}/index.html"


def linked(path: str) -> str:
    """Return the path as it stands in a link: a facet's name may hold letters beyond ASCII."""
    return path if path.isascii() else quote(path, safe="/?&=.#")


def absolute(base_url: str, path: str) -> str:
    """Return the full address of a page, by its folder."""
    return base_url + linked(path).removesuffix("index.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Addresses that need the names of facets and values."""

    collection: Collection

    def value(self, facet: int, value: int) -> str:
        return self.choice(((facet, value),))

    def facet(self, facet: int, page: int = 1) -> str:
        return f"browse/{self.collection.facets[facet].name}/{numbered(page)}"

    def choice(self, choice: Choice, page: int = 1) -> str:
        """Return the page of all works with the chosen values."""
        return "/".join(["browse", *self._parts(choice), numbered(page)])

    def _parts(self, choice: Choice) -> Sequence[str]:
        facets = self.collection.facets
        return [part for facet, value in choice for part in (facets[facet].name, facets[facet].slugs[value])]
