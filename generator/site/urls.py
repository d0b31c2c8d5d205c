"""Every address of the site, in one place: relative links, with index.html written out so that file:// reads too."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from generator.model import Collection

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


def any_pair(one: str, other: str) -> str:
    return f"{ANY_PAIR}?a={one}&b={other}"


def picture(step: int, identity: str) -> str:
    """Return where derivative number `step` (0 is the narrowest) of a work lies."""
    return f"images/{step + 1}/{identity}.webp"


def near(identity: str) -> str:
    return f"data/near/{identity}.bin"


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
