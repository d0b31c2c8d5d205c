"""Journeys of a visitor who searches, in the shipped collection: words, filters, keyboard, addresses that can be sent."""

import re

import pytest
from playwright.sync_api import expect
from support import probes

PAGE = "search/index.html"


@pytest.fixture
def search(visitor, site):
    """Return a function that opens the search page at an address and waits until it has said what it found."""

    def come(query="", **given):
        page = visitor(**given)
        probes.visit(page, f"{site}{PAGE}{query}")
        return page

    return come


def said(page):
    return page.locator(".search .status").inner_text()


def count(page):
    return int(re.match(r"\d+", said(page))[0])


def settle(page, before):
    """Wait until the page says something else, and has shown it."""
    expect(page.locator(".search [aria-busy]")).to_have_count(0)
    expect(page.locator(".search .status")).not_to_have_text(re.compile(f"^({re.escape(before)}|Searching …)$"))


def test_words_find_works_and_show_them_as_cards_that_lead_to_them(search):
    page = search("?q=interlace")
    first = page.locator(".search .card").first

    assert count(page) > 10
    assert first.locator("img").evaluate("one => one.naturalWidth > 0")
    first.locator("a").click()
    page.wait_for_url(re.compile("/works/"))

    assert "interlace" in page.locator("main").inner_text().lower()


def test_nothing_of_the_index_is_loaded_before_somebody_asks(visitor, site):
    page, asked = visitor(), []
    page.on("request", lambda request: asked.append(request.url))
    probes.visit(page, site + PAGE)

    assert not [url for url in asked if "/pagefind/" in url]
    with page.expect_request(re.compile("/pagefind/.*pf_meta")):
        page.locator("input").focus()


def test_typing_finds_while_one_types_and_the_address_says_what(search):
    page = search()
    before = said(page)
    page.locator("input").press_sequentially("mosaic")
    settle(page, before)

    assert page.url.endswith("?q=mosaic")
    assert page.locator(".search .card").count() == min(24, count(page))


def test_filters_narrow_what_words_found_and_count_what_is_left(search):
    page = search("?q=interlace")
    found, before = count(page), said(page)
    choice = page.locator("select").first
    offered = [text for text in choice.locator("option:enabled").all_inner_texts() if "(" in text]
    name, number = re.match(r"(.*) \((\d+)\)", offered[0]).groups()
    choice.select_option(name)
    settle(page, before)

    assert count(page) == int(number) < found
    assert f"{choice.get_attribute('name')}=" in page.url
    assert [text for text in choice.locator("option:enabled").all_inner_texts() if "(" in text] == offered


def test_what_would_find_nothing_cannot_be_chosen(search):
    page = search("?q=interlace")

    for text in page.locator("select option:disabled").all_inner_texts():
        assert text.endswith("(0)")
    for text in page.locator("select option:enabled").all_inner_texts():
        assert not text.endswith("(0)")


def test_filters_alone_find_works_too(search):
    page = search()
    before = said(page)
    option = page.locator("select").nth(1).locator("option").nth(1)
    number = int(re.search(r"\((\d+)\)", option.inner_text())[1])
    page.locator("select").nth(1).select_option(option.get_attribute("value"))
    settle(page, before)

    assert count(page) == number


def test_an_address_that_was_sent_shows_the_same_and_back_undoes_the_last_step(search):
    page = search("?q=wave")
    words = said(page)
    page.locator("select").first.select_option(
        index=page.evaluate(
            "[...document.querySelector('select').options].findIndex((one, place) => place && !one.disabled)"
        )
    )
    settle(page, words)
    address, narrowed = page.url, said(page)
    page.go_back()
    settle(page, narrowed)

    assert said(page) == words
    assert page.locator("select").first.input_value() == ""
    probes.visit(page, address)

    assert said(page) == narrowed


def test_more_works_are_shown_on_demand_and_the_focus_goes_to_the_first_of_them(search):
    page = search("?q=panel")
    before = said(page)
    titles = page.locator(".search .card b").all_inner_texts()
    page.locator(".search .more button").press("Enter")
    settle(page, before)
    expect(page.locator(".search .card").nth(24).locator("a")).to_be_focused()

    assert page.locator(".search .card").count() == min(48, count(page)) > 24
    assert page.locator(".search .card b").all_inner_texts()[:24] == titles
    assert "show=48" in page.url


def test_where_nothing_is_found_the_page_says_so_and_leads_on(search):
    page = search("?q=qwertzuiop")

    assert said(page).startswith("Nothing found for “qwertzuiop”.")
    assert page.get_by_role("link", name="Browse all works").is_visible()
    assert page.locator(".search .card:visible").count() == 0


def test_everything_can_be_cleared_at_once(search):
    page = search("?q=wave")
    before = said(page)
    page.get_by_role("button", name="Clear all").click()
    settle(page, before)

    assert page.url.endswith(PAGE)
    assert page.locator("input").input_value() == ""
    assert page.locator(".search .card:visible").count() == 0
    assert page.evaluate("document.activeElement.name") == "q"


def test_without_scripts_the_page_says_so_and_every_work_is_reached_by_browsing(visitor, site):
    page = visitor(java_script_enabled=False)
    page.goto(site + PAGE)

    assert "Search needs JavaScript." in page.locator("main").inner_text()
    assert page.locator("form:visible").count() == 0
    assert page.get_by_role("link", name="Browse all works").is_visible()
