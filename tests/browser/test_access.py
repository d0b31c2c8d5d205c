"""WCAG 2.2 A and AA by axe-core on every kind of page, in light and in dark; and what axe cannot see.

Three visitors, who differ in all that a visitor may prefer, see every kind of page once. Each test asserts one promise on
what they saw.
"""

import itertools
import json

import pytest
from support import probes
from support.kinds import asked, some
from support.windows import open_window

ENLARGE = "document.documentElement.style.fontSize = '200%'"


@pytest.fixture(scope="module")
def addresses(shipped):
    """Return the path within the site of one page of each kind, and of what scripts show when asked."""
    pages = {kind: page.relative_to(shipped.folder).as_posix() for kind, page in some(shipped.folder).items()}
    return pages | asked(shipped.folder)


@pytest.fixture(scope="module")
def tour(chromium, site, addresses):
    """Return a function that visits every kind of page once: what `look(page)` saw of each, and its errors."""

    def go(look, **given):
        wrong, seen = [], {}
        page = open_window(chromium, wrong, **given)
        for kind, address in addresses.items():
            probes.visit(page, site + address)
            seen[kind] = look(page) | {"titles": page.locator("h1:visible").count(), "errors": [*wrong]}
            wrong.clear()
        page.context.close()
        return seen

    return go


@pytest.fixture(scope="module")
def in_light(tour):
    """On a desk."""

    def look(page):
        return {
            "shift": probes.layout_shift(page),  # first, for what follows moves the page
            "levels": probes.heading_levels(page),
            "violations": probes.violations(page),
            "unseen": probes.unseen_focus(page, steps=12),
        }

    return tour(look, color_scheme="light", viewport={"width": 1280, "height": 900})


@pytest.fixture(scope="module")
def in_dark(tour):
    """On a phone, without motion, and then with large text."""

    def look(page):
        seen = {"running": probes.running_animations(page), "violations": probes.violations(page)}
        page.evaluate(ENLARGE)
        return seen | {"over": probes.overflow(page)}

    return tour(look, color_scheme="dark", reduced_motion="reduce", viewport={"width": 360, "height": 900})


@pytest.fixture(scope="module")
def in_few_colors(tour):
    """On a tablet, in the colors of the system, with large text."""

    def look(page):
        page.evaluate(ENLARGE)
        return {"over": probes.overflow(page)}

    return tour(look, forced_colors="active", viewport={"width": 1024, "height": 900})


@pytest.fixture(params=["in_light", "in_dark", "in_few_colors"])
def seen(request):
    return request.getfixturevalue(request.param)


def found(seen, what):
    """Return what was found on each kind of page on which anything was."""
    return {kind: page[what] for kind, page in seen.items() if page[what]}


def test_no_kind_of_page_breaks_under_what_a_visitor_prefers(seen):
    assert {kind: page["titles"] for kind, page in seen.items() if page["titles"] != 1} == {}
    assert found(seen, "errors") == {}


@pytest.mark.parametrize("seen", ["in_light", "in_dark"], indirect=True)
def test_axe_finds_no_violation_on_any_kind_of_page(seen):
    assert found(seen, "violations") == {}, json.dumps(found(seen, "violations"), indent=1)


def test_every_kind_of_page_has_one_title_and_headings_that_skip_no_level(in_light):
    wrong = {}
    for kind, page in in_light.items():
        levels = page["levels"]
        skipped = any(after > before + 1 for before, after in itertools.pairwise(levels))
        if levels.count(1) != 1 or levels[0] != 1 or skipped:
            wrong[kind] = levels

    assert wrong == {}


def test_whatever_has_the_focus_shows_it(in_light):
    assert found(in_light, "unseen") == {}


def test_nothing_moves_under_the_eye(in_light):
    assert {kind: page["shift"] for kind, page in in_light.items() if page["shift"] >= 0.02} == {}


def test_nothing_is_in_motion_for_those_who_want_none(in_dark):
    assert found(in_dark, "running") == {}


@pytest.mark.parametrize("seen", ["in_dark", "in_few_colors"], indirect=True)
def test_text_at_twice_its_size_stays_within_the_window_in_wide_and_narrow_faces(seen):
    assert found(seen, "over") == {}


def test_without_scripts_every_kind_of_page_reads(visitor, site, addresses):
    page = visitor(java_script_enabled=False)
    for kind, address in addresses.items():
        page.goto(site + address)

        assert page.locator("h1:visible").count() == 1, kind
        assert len(page.locator("main").inner_text()) > 40, kind
        assert page.locator(".js:visible").count() == 0, kind


def test_opened_from_files_every_kind_of_page_reads_and_says_what_needs_a_server(chromium, shipped):
    page = chromium.new_context().new_page()
    for kind, file in some(shipped.folder).items():
        page.goto(file.as_uri())
        asks = page.locator('script[src$="local.js"]').count()  # its scripts fetch

        assert page.locator("h1:visible").count() == 1, kind
        assert page.evaluate("[...document.images].every((one) => one.loading === 'lazy' || one.naturalWidth > 0)"), (
            kind
        )
        assert not asks or page.locator(".local:visible").count(), kind
    page.context.close()
