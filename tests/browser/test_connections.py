"""A visitor to the views of the whole collection, without scripts: from the first page to a pair, at any width."""

import re

import pytest
from support import probes

WAYS = ("culture", "medium", "each-other", "across-time", "widest-leaps", "only-here/culture", "of-their-own/medium")


def test_a_visitor_goes_by_keyboard_from_the_navigation_over_a_table_to_a_value_and_a_pair(visitor, site):
    page = visitor(java_script_enabled=False)
    page.goto(site)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Connections").press("Enter")
    page.get_by_role("link", name=re.compile("^All [0-9]+ in a table$")).first.press("Enter")
    head = page.get_by_role("rowheader").get_by_role("link").nth(3)
    value = head.inner_text()
    head.press("Enter")

    assert page.get_by_role("heading", level=1).inner_text().startswith(value)
    page.locator(".pairs a.duo").first.press("Enter")
    assert page.locator("article.pair figure").count() == 2


def test_a_figure_of_the_table_leads_to_a_pair_of_its_row_and_its_column(visitor, site):
    page = visitor(java_script_enabled=False)
    page.goto(f"{site}connections/culture/index.html")
    cell = page.locator("td:has(a)").first
    row = cell.locator("xpath=../th").locator("a").inner_text()
    column = page.locator("thead th").nth(cell.evaluate("one => one.cellIndex") - 1).inner_text()
    cell.locator("a").click()
    said = page.locator("article.pair figcaption p").all_inner_texts()

    assert said[0].startswith(row) and said[1].startswith(column)


@pytest.mark.parametrize("way", WAYS)
def test_no_view_is_wider_than_the_narrowest_window(visitor, site, way):
    page = visitor(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page.goto(f"{site}connections/{way}/index.html")

    assert probes.overflow(page) == {}


def test_the_names_of_rows_stay_in_sight_while_a_wide_table_is_moved(visitor, site):
    page = visitor(viewport={"width": 360, "height": 800})
    page.goto(f"{site}connections/culture/index.html")
    frame = page.get_by_role("region", name=re.compile("close match"))
    frame.evaluate("one => one.scrollLeft = 400")
    head = page.get_by_role("rowheader").first.bounding_box()

    assert frame.evaluate("one => one.scrollLeft") == 400
    assert head["x"] >= 0 and head["x"] + head["width"] <= 360


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_figures_can_be_read_on_every_shade(visitor, site, scheme):
    page = visitor(color_scheme=scheme)
    page.goto(f"{site}connections/medium/index.html")
    contrasts = page.evaluate(
        """() => { const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
        const light = (color) => { canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
          const part = [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((one) => one / 255)
            .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
          return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2]; };
        return Object.fromEntries(["s0", "s1", "s2", "s3"].map((name) => [name, document.querySelector(`.grid tr:not(.few) .${name}`)])
          .filter(([, cell]) => cell).map(([name, cell]) => { const style = getComputedStyle(cell);
            const both = [light(style.color), light(style.backgroundColor)].sort();
            return [name, (both[1] + 0.05) / (both[0] + 0.05)]; })); }"""
    )

    assert len(contrasts) >= 3 and min(contrasts.values()) >= 4.5, contrasts
