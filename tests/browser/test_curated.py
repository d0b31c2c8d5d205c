"""What a curator hides and veils, as scripts show it."""

import pytest
from playwright.sync_api import expect
from support.windows import served
from test_hiding import TOML, folder_with, notes_of, write


@pytest.fixture(scope="module")
def curated(tmp_path_factory):
    """Return the address of a site in which w000 and w001, and w005 and all Greek works, are hidden from each other; w004 has a note."""
    content = tmp_path_factory.mktemp("curated") / "content"
    rows = [("w000", "w001", "hide", ""), ("culture=Greek", "w005", "hide", "")]
    folder = write(folder_with(content, *rows, site=TOML, changes=notes_of({4: "Shows threads."})))[1]
    with served(folder) as home:
        yield home


@pytest.mark.parametrize("pair", [("w000", "w001"), ("w001", "w000"), ("w005", "w000"), ("w000", "w005")])
def test_a_typed_address_does_not_show_what_is_hidden(visitor, curated, pair):
    page = visitor()
    page.goto("{}pair/index.html?a={}&b={}".format(curated, *pair))

    expect(page.get_by_role("status")).to_contain_text("does not show these two works side by side")
    expect(page.locator(".status a")).to_have_count(2)
    assert not page.locator("main img").count()
    page.locator(".status a").nth(1).click()
    page.wait_for_url(f"{curated}works/{pair[1]}/index.html")


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("wall/index.html?work=w000", ".tiles li"),
        ("wall/index.html?work=w004", ".middle"),
        ("works/w000/index.html?culture=chinese&medium=mosaic&match=w004", ".stage"),
        ("pair/index.html?a=w000&b=w004", ".duo figure"),
    ],
)
def test_what_a_script_veils_is_shown_on_request_by_the_keyboard(visitor, curated, address, kept):
    page = visitor()
    page.goto(curated + address)
    veiled = page.locator(f"{kept} .veiled")
    expect(veiled).to_have_count(1)
    box = page.locator(kept).filter(has=page.locator(".veiled")).get_by_role("checkbox", name="Show the picture")

    assert "blur" in veiled.evaluate("(one) => getComputedStyle(one).filter")
    box.focus()
    page.keyboard.press("Space")
    assert veiled.evaluate("(one) => getComputedStyle(one).filter") == "none"


def test_any_other_pair_is_shown(visitor, curated):
    page = visitor()
    page.goto(f"{curated}pair/index.html?a=w000&b=w004")

    expect(page.locator(".duo img")).to_have_count(2)
