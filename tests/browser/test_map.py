"""Journeys of a visitor on the map of the shipped collection: mouse, finger, keyboard, filters, addresses that can be sent."""

import re
from math import floor

import pytest
from support import probes
from support.fingers import touch

PAGE = "map/index.html"
FIELDS = """async () => { const part = document.querySelector('.atlas'), facts = JSON.parse(part.dataset.map);
  const bytes = await (await fetch('../data/map/fields.bin')).arrayBuffer();
  return [facts, Array.from(new Uint16Array(bytes))]; }"""
# The works whose own pictures were asked for.
PICTURES = r"""() => [...new Set(performance.getEntriesByType('resource')
  .map((one) => one.name.match(/images\/[12]\/(.*)\.webp/)?.[1]).filter(Boolean))]"""


@pytest.fixture
def atlas(visitor, site):
    """Return a function that opens the map at an address and waits until it can be used."""

    def come(query="", **given):
        page = visitor(**given)
        probes.visit(page, f"{site}{PAGE}{query}")
        return page

    return come


def place_of(page, row, at=None):
    """Return where the picture of a work is on the screen, given what the address says is seen."""
    facts, fields = page.evaluate(FIELDS)
    box = page.locator(".atlas canvas").bounding_box()
    if at:
        x, y, across = at
        scale = box["width"] / across
    else:
        x, y = facts["columns"] / 2, facts["rows"] / 2
        scale = whole(facts, box)
    column, line = fields[2 * row : 2 * row + 2]
    return (
        box["x"] + box["width"] / 2 + (column + 0.5 - x) * scale,
        box["y"] + box["height"] / 2 + (line + 0.5 - y) * scale,
    )


def whole(facts, box):
    """Return how many pixels a field is across where the whole map is seen."""
    return min(box["width"] / (facts["columns"] + 0.5), box["height"] / (facts["rows"] + 0.5))


def seen(page):
    """Return middle and width of what is seen, as the address says."""
    page.wait_for_function("() => location.search.includes('at=')")
    return [float(number) for number in re.search(r"at=([^&]+)", page.url)[1].split(",")]


def in_sight(page, x, y, across):
    """Return how many works lie, be it in part, in what is seen."""
    box = page.locator(".atlas canvas").bounding_box()
    wide, high = across / 2, across / 2 * box["height"] / box["width"]
    fields = page.evaluate(FIELDS)[1]
    return sum(
        floor(x - wide) <= column <= floor(x + wide) and floor(y - high) <= line <= floor(y + high)
        for column, line in zip(fields[::2], fields[1::2], strict=True)
    )


def title(page):
    return page.locator(".here h2").inner_text()


def wait_for_colors(page, x, y, size=7):
    """Wait until a little square of the map shows more than one color."""
    page.wait_for_function(
        """([x, y, size]) => { const canvas = document.querySelector('.atlas canvas'), box = canvas.getBoundingClientRect();
        const ratio = canvas.width / box.width, context = canvas.getContext('2d');
        const data = context.getImageData((x - box.left) * ratio - size / 2, (y - box.top) * ratio - size / 2, size, size).data;
        const found = new Set(); for (let i = 0; i < data.length; i += 4) found.add([...data.slice(i, i + 4)].join());
        return found.size > 1; }""",
        arg=[x, y, size],
    )


def test_all_works_are_drawn_at_first(atlas):
    page = atlas()
    for row in (0, 100, 459):
        wait_for_colors(page, *place_of(page, row))


def test_pointing_at_a_picture_says_what_it_is_and_a_click_opens_it(atlas):
    page = atlas()
    page.mouse.move(*place_of(page, 7))
    page.wait_for_selector(".here h2")
    name = title(page)
    page.mouse.click(*place_of(page, 7))
    page.wait_for_url(re.compile("/works/"))

    assert page.locator("h1").inner_text() == name


def test_the_wheel_comes_closer_to_what_is_under_the_pointer_and_goes_away_again(atlas):
    page = atlas()
    before = place_of(page, 50)
    page.mouse.move(*before)
    page.mouse.wheel(0, -600)
    after = place_of(page, 50, seen(page))

    assert after == pytest.approx(before, abs=12)
    page.mouse.wheel(0, 3000)
    page.wait_for_function("() => !location.search.includes('at=')")


def test_dragging_moves_the_map_and_opens_nothing(atlas):
    page = atlas("?at=10,10,8")
    x, y = place_of(page, 0, (10, 10, 8))
    box = page.locator(".atlas canvas").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] - 120, middle[1] - 60, steps=4)
    page.mouse.up()
    # On a slow machine the address is written more than once on the way.
    there = pytest.approx((x - 120, y - 60), abs=12)
    probes.wait_until(page, lambda: place_of(page, 0, seen(page)) == there)

    assert "/map/" in page.url


def test_a_filter_dims_the_others_and_counts_what_is_left(atlas):
    page = atlas()
    choice = page.locator(".atlas select").first
    name, number = re.match(r"(.*) \((\d+)\)", choice.locator("option").nth(2).inner_text()).groups()
    choice.select_option(index=2)

    assert page.locator(".turning .status").inner_text().startswith(f"{number} of 460 works")
    assert f"{choice.get_attribute('name') or ''}" and re.search(r"\?\w+=[\w-]+$", page.url), name
    page.locator(".atlas button[type=reset]").click()

    assert page.locator(".turning .status").inner_text() == "460 works on the map."
    assert "?" not in page.url


def test_arrow_keys_go_from_work_to_work_and_enter_opens_it(atlas):
    page = atlas()
    canvas = page.locator(".atlas canvas")
    canvas.focus()
    names = []
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        before = page.locator(".aloud").text_content()
        page.keyboard.press(key)
        page.wait_for_function("before => document.querySelector('.aloud').textContent !== before", arg=before)
        names.append(page.locator(".aloud").text_content())

    assert len(set(names)) == 3
    name = title(page)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/works/"))

    assert page.locator("h1").inner_text() == name


def test_plus_and_minus_and_nought_come_closer_and_leave(atlas):
    page = atlas()
    page.locator(".atlas canvas").focus()
    page.keyboard.press("+")
    near = seen(page)[2]
    page.keyboard.press("+")
    page.wait_for_function("near => Number(location.search.split(',').at(-1)) < near - .1", arg=near)
    page.keyboard.press("0")
    page.wait_for_function("() => !location.search.includes('at=')")


def test_an_address_that_was_sent_shows_the_same(atlas):
    page = atlas()
    page.locator(".atlas select").first.select_option(index=3)
    page.locator(".atlas canvas").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => location.search.includes('work=')")
    page.keyboard.press("+")
    seen(page)
    address, name, said = page.url, title(page), page.locator(".turning .status").inner_text()
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector(".here h2")

    assert (page.url, title(page), page.locator(".turning .status").inner_text()) == (address, name, said)


def test_a_work_that_the_address_names_is_shown_in_the_middle(atlas, shipped):
    name = sorted(path.name for path in (shipped.folder / "works").iterdir())[3]
    page = atlas(f"?work={name}")
    page.wait_for_selector(".here h2")

    assert page.locator(".here a").first.get_attribute("href").endswith(f"works/{name}/index.html")


def test_a_finger_chooses_first_and_opens_what_is_chosen(atlas):
    page = atlas(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740})
    where = place_of(page, 20)
    page.touchscreen.tap(*where)
    page.wait_for_selector(".here h2")

    assert "/map/" in page.url
    page.touchscreen.tap(*where)
    page.wait_for_url(re.compile("/works/"))


def test_two_fingers_come_closer_one_moves_the_map_and_nothing_opens(atlas):
    page = atlas(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740})
    box, (facts, _) = page.locator(".atlas canvas").bounding_box(), page.evaluate(FIELDS)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch(page, [(x - 20 - 10 * i, y) for i in range(8)], [(x + 20 + 10 * i, y) for i in range(8)])
    near = pytest.approx(box["width"] / whole(facts, box) * 40 / 180, rel=0.2)
    probes.wait_until(page, lambda: seen(page)[2] == near)
    page.wait_for_timeout(400)  # the address is written when the fingers have been still
    before = seen(page)
    touch(page, [(x + 10 * i, y + 5 * i) for i in range(9)])
    there = pytest.approx([before[0] - 80 / box["width"] * before[2], before[2]], abs=before[2] / 20)
    probes.wait_until(page, lambda: seen(page)[::2] == there)

    assert "/map/" in page.url and page.evaluate("scrollY") == 0


def test_a_finger_on_the_whole_map_scrolls_the_page_past_it(atlas):
    page = atlas(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740})
    box = page.locator(".atlas canvas").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 10
    touch(page, [(x, y - 15 * i) for i in range(12)])
    page.wait_for_function("() => scrollY > 80")

    assert "at=" not in page.url


def test_close_by_the_works_own_pictures_are_loaded_and_only_those_in_sight(atlas):
    page = atlas()
    page.mouse.move(*place_of(page, 50))
    page.mouse.wheel(0, -3000)
    expected = in_sight(page, *seen(page))
    page.wait_for_function(f"count => ({PICTURES})().length >= count", arg=expected)

    assert 1 <= expected <= len(page.evaluate(PICTURES)) <= 60


def test_what_the_first_view_loads_is_little(visitor, site):
    page, sizes = visitor(), []
    page.on("response", lambda answer: sizes.append((answer.url, int(answer.headers.get("content-length", 0)))))
    probes.visit(page, site + PAGE)
    wait_for_colors(page, *place_of(page, 0))
    drawn = [size for url, size in sizes if "/images/map/" in url or "/data/map/" in url]

    assert 0 < sum(drawn) < 400_000


def test_without_scripts_the_whole_map_is_a_picture_with_ways_to_its_districts(visitor, site):
    page = visitor(java_script_enabled=False)
    page.goto(site + PAGE)

    assert page.locator(".plane svg image").first.bounding_box()["width"] > 200
    page.locator(".plane svg a").nth(4).click()

    assert "Neighborhood 5 of" in page.locator("main").inner_text()


def test_nothing_moves_when_the_map_appears(atlas):
    page = atlas()
    wait_for_colors(page, *place_of(page, 0))

    assert probes.layout_shift(page) < 0.02
