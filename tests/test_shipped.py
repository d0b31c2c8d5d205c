"""The shipped collection, built with the default encoder: what its site must hold."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

pytestmark = pytest.mark.real

FLOOR = {"culture": 0.53, "medium": 0.58}  # a little below what the default encoder reaches: 0.57 and 0.62


class Links(HTMLParser):
    """Collects every address that a page refers to, and its anchors."""

    def __init__(self, text):
        super().__init__()
        self.found, self.anchors = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id":
                self.anchors.add(value)
            elif name in ("href", "src") or (name.startswith("data-") and name.endswith(("-url", "-src"))):
                self.found.append(value or "")
            elif name == "srcset":
                self.found += [part.split()[0] for part in (value or "").split(",")]


def pages(folder):
    return {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))}


def test_the_network_finds_the_motif_in_another_culture_and_another_medium_far_above_chance(shipped):
    by_facet = {agreement.facet: agreement for agreement in shipped.outcome.agreements}

    assert set(by_facet) == {"culture", "medium"}
    for agreement in by_facet.values():
        assert agreement.guesses > 1000, agreement
        assert agreement.right > FLOOR[agreement.facet], agreement
        assert agreement.right > 3 * agreement.chance, agreement


def test_every_internal_link_of_every_page_resolves(shipped):
    texts = pages(shipped.folder)
    parsed = {path: Links(text) for path, text in texts.items()}
    root = shipped.folder.resolve()
    broken = []
    for path, links in parsed.items():
        for address in links.found:
            parts = urlsplit(address)
            if parts.scheme in ("http", "https", "mailto", "data"):
                continue
            above = root if parts.path.startswith(shipped.base) else path.parent
            target = (
                (above / unquote(parts.path.removeprefix(shipped.base))).resolve() if parts.path else path.resolve()
            )
            target = target / "index.html" if target.is_dir() else target
            anchors = parsed[target].anchors if target in parsed else set()
            if (
                not target.is_file()
                or not target.is_relative_to(root)
                or (parts.fragment and parts.fragment not in anchors)
            ):
                broken.append((str(path.relative_to(root)), address))

    assert broken == []


def test_no_page_asks_another_host_for_anything(shipped):
    fetched = re.compile(
        r"""<(?:img|script|source|iframe|video|audio)[^>]+(?:src|srcset)=["']?https?:|<link[^>]+rel=["']?(?:stylesheet|icon|preload)[^>]+https?:"""
    )
    for path, text in pages(shipped.folder).items():
        assert not fetched.search(text), path


def test_there_is_nothing_that_a_host_would_swallow(shipped):
    names = {path.name for path in shipped.folder.iterdir()}

    assert {".nojekyll", "404.html", "robots.txt", "index.html"} <= names
