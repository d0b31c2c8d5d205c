"""WCAG 2.2 A and AA by axe-core on every kind of page, in light and in dark; and what axe cannot see."""

import itertools
import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from support.kinds import asked, some

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture(scope="session")
def addresses(shipped):
    """Return the path within the site of one page of each kind, and of what scripts show when asked."""
    pages = {kind: page.relative_to(shipped.folder).as_posix() for kind, page in some(shipped.folder).items()}
    return pages | asked(shipped.folder)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_no_violation_on_any_kind_of_page(visitor, site, addresses, scheme, width):
    page = visitor(color_scheme=scheme, viewport={"width": width, "height": 900})
    found = {}
    for kind, address in addresses.items():
        page.goto(site + address)
        page.wait_for_load_state("networkidle")
        for violation in Axe().run(page, options=RULES).response["violations"]:
            found[f"{kind}: {violation['id']}"] = [node["html"][:200] for node in violation["nodes"][:3]]

    assert found == {}, json.dumps(found, indent=1)


def test_every_kind_of_page_has_one_title_and_headings_that_skip_no_level(visitor, site, addresses):
    page = visitor()
    wrong = {}
    for kind, address in addresses.items():
        page.goto(site + address)
        page.wait_for_load_state("networkidle")
        levels = page.locator(":is(h1, h2, h3, h4):visible").evaluate_all(
            "all => all.map((one) => Number(one.tagName[1]))"
        )
        skipped = any(after > before + 1 for before, after in itertools.pairwise(levels))
        if levels.count(1) != 1 or levels[0] != 1 or skipped:
            wrong[kind] = levels

    assert wrong == {}


def test_whatever_has_the_focus_shows_it(visitor, site, addresses):
    page = visitor()
    unseen = {}
    for kind, address in addresses.items():
        page.goto(site + address)
        page.wait_for_load_state("networkidle")
        for _ in range(12):
            page.keyboard.press("Tab")
            seen = page.evaluate(
                "() => { const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();"
                " return one === document.body || (style.outlineStyle !== 'none' && box.width > 0); }"
            )
            if not seen:
                unseen.setdefault(kind, []).append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))

    assert unseen == {}


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


def test_nothing_moves_under_the_eye(visitor, site, addresses):
    page = visitor()
    moved = {}
    for kind, address in addresses.items():
        page.goto(site + address)
        page.wait_for_load_state("networkidle")
        shifts = page.evaluate(
            "() => new Promise((tell) => { let sum = 0; new PerformanceObserver((list) => { for (const one of list.getEntries())"
            " if (!one.hadRecentInput) sum += one.value; }).observe({ type: 'layout-shift', buffered: true });"
            " setTimeout(() => tell(sum), 150); })"
        )
        if shifts >= 0.02:
            moved[kind] = shifts

    assert moved == {}


@pytest.mark.parametrize("given", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}])
def test_no_kind_of_page_breaks_under_what_a_visitor_prefers(visitor, site, addresses, given):
    page = visitor(**given)
    for kind, address in addresses.items():
        page.goto(site + address)
        page.wait_for_load_state("networkidle")
        running = page.evaluate(
            "document.getAnimations().filter((one) => one.playState === 'running' && one.effect.getTiming().duration > 0).length"
        )

        assert page.locator("h1:visible").count() == 1, kind
        assert "reduced_motion" not in given or running == 0, kind


@pytest.mark.parametrize("width", [360, 1024])
def test_text_at_twice_its_size_stays_within_the_window(visitor, site, addresses, width):
    page = visitor(viewport={"width": width, "height": 900})
    wide = {}
    for kind, address in addresses.items():
        page.goto(site + address)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 1:
            wide[kind] = over

    assert wide == {}
