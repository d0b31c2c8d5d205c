"""Every kind of page is valid HTML within its budget, and every link of every page leads somewhere."""

import re
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from support import validator
from support.kinds import kinds, some

HTML, SCRIPTS = 30_000, 20_000  # bytes a page may have, and bytes of scripts that it may load unasked
ID = re.compile(r'\bid="([^"]*)"')


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


@pytest.fixture(scope="module")
def known(shipped):
    """Return a function that gives the ids on a page, None where there is no such file."""

    @cache
    def ids(path: Path) -> frozenset[str] | None:
        if not path.is_file():
            return None
        return frozenset(ID.findall(path.read_text(encoding="utf-8"))) if path.suffix == ".html" else frozenset()

    return ids


def test_every_link_of_every_page_leads_to_a_file_and_a_place_on_it(shipped, known):
    lost = set()
    for page in shipped.folder.rglob("*.html"):
        if page.name == "404.html":  # it is served at every depth, and tries all
            continue
        for target in targets(page.read_text(encoding="utf-8")):
            path, _, place = target.partition("#")
            path = path.partition("?")[0]
            ids = known(Path(f"{page.parent}/{unquote(path)}").resolve() if path else page)
            if ids is None or (place and place not in ids):
                lost.add(f"{page.relative_to(shipped.folder)}: {target}")

    assert lost == set()


def targets(text):
    """Return the relative addresses of a page: in links, scripts, styles and pictures."""
    for value in re.findall(r'\b(?:href|src)="([^"]*)"', text):
        if not re.match(r"[a-z]+:|//", value):
            yield unescape(value)
    for value in re.findall(r'\bsrcset="([^"]*)"', text):
        yield from (part.split()[0] for part in unescape(value).split(",") if part.strip())
