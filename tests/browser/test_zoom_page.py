"""Looking closely: the picture over the whole window, by OpenSeadragon, by IIIF's tiles, and plainly."""

from contextlib import ExitStack
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect
from support import probes
from support.fingers import touch
from support.making import Silent
from support.sites import make, write
from support.windows import served

from generator.core.model import Picture
from generator.core.store import Store, default_root
from generator.images import tiling
from generator.publish import npm_packages

SIZE = (1500, 1100)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Works with a real picture each, and its derivatives."""
    folder = tmp_path_factory.mktemp("drawn")
    collection, analogies, derived = make(folder / "pictures", n=6)
    picture = Image.fromarray(np.random.default_rng(0).integers(0, 255, (SIZE[1], SIZE[0], 3), dtype=np.uint8))
    picture.save(folder / "one.png")
    for one in (one for mine in derived for one in mine):
        picture.resize((one.width, one.height)).save(one.path, "WEBP")
    facts = Picture(path=folder / "one.png", digest="one", width=SIZE[0], height=SIZE[1])
    return (
        replace(collection, works=tuple(replace(work, picture=facts) for work in collection.works)),
        analogies,
        derived,
    )


@pytest.fixture(scope="module")
def viewer():
    return npm_packages.openseadragon(store=Store(default_root()), progress=Silent())


@pytest.fixture(scope="module")
def cut(drawn, tmp_path_factory):
    return tiling.cut(drawn[0], store=Store(tmp_path_factory.mktemp("store")), jobs=1, progress=Silent())


@pytest.fixture(scope="module")
def looked_at(drawn, viewer, cut, tmp_path_factory):
    """Return a function that gives the address of a work's page, in a site with OpenSeadragon, tiles, both or neither.

    Each is written once, and served until all visitors have left: a window may still ask for something when its test is over.
    """
    with ExitStack() as servers:

        @cache
        def address(*, deep=False, tiled=False):
            assets = {"viewer": viewer if deep else None, "tiles": cut if tiled else ()}
            out = write(tmp_path_factory.mktemp("zoom"), drawn, assets=assets)
            return servers.enter_context(served(out, "/under/a/path/")) + "works/w.2/index.html"

        yield address


def opened(page, address, *, by="click"):
    """Open the picture of the work and wait until it is there."""
    page.goto(address)
    link = page.locator("a.zoom").first
    link.click() if by == "click" else link.press(by)
    expect(page.locator(".zoomed .status-of-zoom")).to_have_text("")
    return page.locator(".zoomed")


def test_a_picture_opens_by_keyboard_takes_the_focus_and_gives_it_back(visitor, looked_at):
    page = visitor()
    dialog = opened(page, looked_at(deep=True), by="Enter")

    assert dialog.get_attribute("aria-label") == "Zoom: Work number 2"
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "What work 2 shows"
    assert page.url.endswith("#zoom-w.2")
    for name in ("Zoom out", "Zoom in", "Whole picture", "Close"):
        assert dialog.get_by_role("button", name=name, exact=True).is_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)

    assert page.evaluate("document.activeElement.className") == "zoom"
    assert "#" not in page.url


def test_the_viewer_is_loaded_only_when_a_picture_is_opened(visitor, looked_at):
    page, asked = visitor(), []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    address = looked_at(deep=True)
    probes.visit(page, address)

    assert not {"openseadragon.min.js", "zoom-dialog.js"} & set(asked)
    opened(page, address)

    assert {"openseadragon.min.js", "zoom-dialog.js"} <= set(asked)


def test_an_address_that_was_sent_opens_the_picture_and_back_closes_it(visitor, looked_at):
    page = visitor()
    address = looked_at(deep=True)
    page.goto(address + "#zoom-w.2")

    expect(page.locator(".zoomed")).to_be_visible()
    other = visitor()
    opened(other, address)
    other.go_back()
    expect(other.locator("dialog")).to_have_count(0)

    assert other.url == address


def test_every_tile_that_is_asked_for_is_there_wherever_the_site_lies(visitor, looked_at):
    page, answers = visitor(), []
    page.on("response", lambda answer: answers.append((answer.status, answer.url)))
    dialog = opened(page, looked_at(deep=True, tiled=True))
    for _ in range(5):
        dialog.get_by_role("button", name="Zoom in").click()
    probes.wait_until(page, lambda: any("/512,512,512,512/512,512/" in url for _, url in answers))
    asked = [url for _, url in answers if "/tiles/w.2/" in url and url.endswith(".jpg")]

    assert [answer for answer in answers if answer[0] >= 400] == []
    assert any("/0,0,1024,1024/512,512/" in url or "/full/750,550/" in url or "/0,0,1024,1024/" in url for url in asked)
    assert any("/512,512,512,512/512,512/" in url for url in asked)


@pytest.mark.parametrize("tiled", [False, True])
def test_without_openseadragon_the_picture_is_enlarged_and_scrolls(visitor, looked_at, tiled):
    page = visitor()
    dialog = opened(page, looked_at(tiled=tiled))
    picture = dialog.locator("img")
    fitting = picture.bounding_box()["width"]
    dialog.get_by_role("button", name="Zoom in").click()
    page.keyboard.press("Tab")

    assert picture.evaluate("one => one.naturalWidth") == (SIZE[0] if tiled else 480)
    assert picture.bounding_box()["width"] == pytest.approx(fitting * 1.5, rel=0.02)
    assert dialog.locator(".plain-of-zoom").evaluate("one => one.scrollLeft > 0 && one.scrollWidth > one.clientWidth")
    dialog.get_by_role("button", name="Whole picture").click()

    assert picture.bounding_box()["width"] == pytest.approx(fitting, rel=0.02)


@pytest.mark.parametrize("scripted", [False, True])
def test_both_pictures_of_a_pair_open(visitor, site, shipped, scripted):
    one, other = sorted((shipped.folder / "pairs").glob("*/*"))[0].parts[-2:]
    page = visitor()
    page.goto(f"{site}pair/index.html?a={one}&b={other}" if scripted else f"{site}pairs/{one}/{other}/index.html")
    for place in range(2):
        link = page.locator("figure .zoom").nth(place)
        title = link.locator("xpath=ancestor::figure").locator("h2").inner_text()
        link.click()

        expect(page.locator(".zoomed")).to_have_attribute("aria-label", f"Zoom: {title}")
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_have_count(0)


def test_a_click_with_a_key_held_leaves_the_picture_to_the_browser(visitor, looked_at):
    page = visitor()
    page.goto(looked_at())
    with page.context.expect_page() as fresh:
        page.locator("a.zoom").click(modifiers=["Control"])

    assert fresh.value.url.endswith("/images/2/w.2.webp")
    assert page.locator("dialog").count() == 0


def test_two_fingers_come_closer_to_the_picture(visitor, looked_at):
    page = visitor(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    stage = opened(page, looked_at(deep=True)).locator(".stage-of-zoom")
    before = stage.screenshot()
    touch(page, [(160 - 10 * i, 400) for i in range(10)], [(200 + 10 * i, 400) for i in range(10)])
    probes.wait_until(page, lambda: stage.screenshot() != before)
    closer = stage.screenshot()
    touch(page, [(180 + 8 * i, 400) for i in range(10)])
    probes.wait_until(page, lambda: stage.screenshot() not in (before, closer))

    assert page.evaluate("visualViewport.scale") == 1 and page.locator(".zoomed").is_visible()
