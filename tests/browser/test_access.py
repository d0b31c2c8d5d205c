"""WCAG 2.2 A and AA by axe-core, on every kind of page, in light and in dark."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def kinds(page, site):
    """Return an address of every kind of page."""
    page.goto(site)
    pair = page.locator("a.duo").first.evaluate("link => link.href")
    work = page.locator("main .captions a").first.evaluate("link => link.href")
    page.goto(site + "browse/index.html")
    value = page.locator("main a[href*='browse/']").nth(4).evaluate("link => link.href")
    page.goto(value)
    both = page.locator(".refine a").first.evaluate("link => link.href")
    one, other = pair.split("/")[-3:-1]
    return {
        "home": site, "work": work, "filtered": work + "?culture=japanese",
        "combinations": work.replace("index.html", "combinations/index.html"), "pair": pair,
        "any pair": f"{site}pair/index.html?a={one}&b={other}", "browse": site + "browse/index.html", "value": value,
        "two values": both, "about": site + "about/index.html", "not found": site + "404.html",
    }  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violation_on_any_kind_of_page(visitor, site, scheme, width):
    page = visitor(color_scheme=scheme, viewport={"width": width, "height": 900})
    found = {}
    for kind, address in kinds(page, site).items():
        page.goto(address)
        page.wait_for_load_state("networkidle")
        for violation in Axe().run(page, options=RULES).response["violations"]:
            found[f"{kind}: {violation['id']}"] = [node["html"][:200] for node in violation["nodes"][:3]]

    assert found == {}, json.dumps(found, indent=1)
