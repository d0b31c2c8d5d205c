"""The shipped collection, built with the default encoder: what its site must hold."""

import posixpath
import re
from html import unescape
from urllib.parse import unquote

import pytest
from support import validator
from support.kinds import kinds, some

pytestmark = [pytest.mark.real, pytest.mark.slow]

HTML, SCRIPTS = 30_000, 20_000  # bytes a page may have, and bytes of scripts that it may load unasked
ID = re.compile(r'\bid="([^"]*)"')
ADDRESS = re.compile(r'\s(?:href|src|data-[\w-]*-(?:url|src))="([^"]*)"')
SET = re.compile(r'\ssrcset="([^"]*)"')
ELSEWHERE = re.compile(r"(?:https?|mailto|data):|//")
FLOOR = {"culture": 0.53, "medium": 0.58}  # a little below what the default encoder reaches: 0.57 and 0.62


def pages(folder):
    return {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))}


def test_the_network_finds_the_motif_in_another_culture_and_another_medium_far_above_chance(shipped):
    by_facet = {agreement.facet: agreement for agreement in shipped.outcome.agreements}

    assert set(by_facet) == {"culture", "medium"}
    for agreement in by_facet.values():
        assert agreement.guesses > 1000, agreement
        assert agreement.right > FLOOR[agreement.facet], agreement
        assert agreement.right > 3 * agreement.chance, agreement


def addresses(text):
    """Return all that a page refers to in this site, each once: by links, scripts, styles and pictures."""
    sets = [part.split()[0] for value in SET.findall(text) for part in unescape(value).split(",") if part.strip()]
    return {one for one in [*map(unescape, ADDRESS.findall(text)), *sets] if not ELSEWHERE.match(one)}


def test_every_link_of_every_page_leads_to_a_file_and_a_place_on_it(shipped):
    files = {path.relative_to(shipped.folder).as_posix() for path in shipped.folder.rglob("*") if path.is_file()}
    texts = {path.relative_to(shipped.folder).as_posix(): text for path, text in pages(shipped.folder).items()}
    ids = {path: frozenset(ID.findall(text)) for path, text in texts.items()}
    lost = []
    for page, text in texts.items():
        for address in addresses(text):
            path, _, place = address.partition("#")
            path = unquote(path.partition("?")[0])
            if path.startswith(shipped.base):  # as on the page for what is not there, which is served at every depth
                target = path.removeprefix(shipped.base) or "index.html"
            else:  # a file: a folder's name would do on a server, but not where the site is opened from files
                target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
            if target not in files or (place and place not in ids.get(target, ())):
                lost.append((page, address))

    assert lost == []


def test_no_page_asks_another_host_for_anything(shipped):
    fetched = re.compile(
        r"""<(?:img|script|source|iframe|video|audio)[^>]+(?:src|srcset)=["']?https?:|<link[^>]+rel=["']?(?:stylesheet|icon|preload)[^>]+https?:"""
    )
    for path, text in pages(shipped.folder).items():
        assert not fetched.search(text), path


def test_there_is_nothing_that_a_host_would_swallow(shipped):
    names = {path.name for path in shipped.folder.iterdir()}

    assert {".nojekyll", "404.html", "robots.txt", "index.html"} <= names


def test_every_kind_of_page_is_valid(shipped):
    pages = {path for paths in kinds(shipped.folder).values() for path in (paths[0], paths[len(paths) // 2], paths[-1])}

    assert validator.faults(sorted(pages)) == {}


def test_no_page_is_larger_than_its_budget(shipped):
    large = {str(path): path.stat().st_size for path in shipped.folder.rglob("*.html") if path.stat().st_size > HTML}

    assert large == {}


def test_no_kind_of_page_loads_more_scripts_unasked_than_its_budget(shipped):
    weights = {}
    for kind, page in some(shipped.folder).items():
        text = page.read_text(encoding="utf-8")
        named = {(page.parent / name).resolve() for name in re.findall(r'<script[^>]* src="([^"]+)"', text)}
        # What is not found at this depth, as on the page for what is not there, is not loaded either.
        weights[kind] = sum(path.stat().st_size for path in imported({path for path in named if path.is_file()}))

    assert {kind: weight for kind, weight in weights.items() if weight > SCRIPTS} == {}


def imported(scripts):
    """Return the scripts and all that they import at once."""
    found, ahead = set(), set(scripts)
    while ahead:
        script = ahead.pop()
        found.add(script)
        names = re.findall(r'^(?:import|export)[^;]*?from "(\./[^"]+)"', script.read_text(encoding="utf-8"), re.M)
        ahead |= {(script.parent / name).resolve() for name in names} - found
    return found


PARTS = {  # of the prediction, and the files that it speaks of; the rest is "data and search"
    "link previews": r"images/pairs/",
    "pictures": r"images/\d+/",
    "combinations": r"works/[^/]+/combinations/",
    "works": r"works/",
    "side-by-side pages": r"pairs/",
    "neighbors": r"data/near/",
    "lists and views": r"browse/|connections/",
    "map": r"map/|data/map/|images/map/",  # not predicted
}


def test_each_part_of_the_site_is_about_as_large_as_predicted(shipped):
    written = dict.fromkeys([*PARTS, "data and search"], 0)
    for path in shipped.folder.rglob("*"):
        if path.is_file():
            name = path.relative_to(shipped.folder).as_posix()
            part = next((part for part, pattern in PARTS.items() if re.match(pattern, name)), "data and search")
            written[part] += path.stat().st_size
    assert shipped.outcome.predicted is not None
    predicted = {part.name: part.bytes for part in shipped.outcome.predicted.parts if part.bytes}

    assert predicted.keys() == written.keys() - {"map"}
    assert {name: size for name, size in predicted.items() if not 0.75 <= size / written[name] <= 1.25} == {}
    assert 0.95 <= sum(predicted.values()) / sum(written.values()) <= 1.05
