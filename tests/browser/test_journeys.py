"""What a visitor does, in a real browser: with JavaScript, without it, with the keyboard alone."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from support import probes

READY = re.compile(r"\w")


def open_a_work(page, site):
    """From home to the page of the first work that home shows."""
    page.goto(site)
    page.locator("main .captions a").first.click()
    expect(page.locator("h1")).to_be_visible()


def wait_for_filters(page):
    expect(page.locator("#explore select").first).to_be_enabled()
    expect(page.locator("#explore .strip img").first).to_be_attached()


def choose(page, place, value, name):
    """Choose the value of a filter, and wait until what is shown is chosen by it."""
    page.locator(f"#explore select[name=f{place}]").select_option(value)
    page.wait_for_url(re.compile(rf"[?&]{name}="))
    expect(page.locator(f"#explore .strip a[href*='{name}=']").first).to_be_visible()


def choosable(page, place):
    """Return the values of a filter that may be chosen now."""
    options = page.locator(f"#explore select[name=f{place}] option").evaluate_all(
        "all => all.filter(one => !one.disabled && one.value !== '').map(one => one.value)"
    )
    return options


def test_a_visitor_filters_opens_a_match_and_shares_what_they_see(visitor, site):
    page = visitor()
    open_a_work(page, site)
    wait_for_filters(page)
    everything = len(choosable(page, 1))
    choose(page, 0, choosable(page, 0)[1], "culture")
    assert 0 < len(choosable(page, 1)) < everything  # what no work of that culture is made in cannot be chosen
    choose(page, 1, choosable(page, 1)[0], "medium")
    page.locator("#explore .strip a").last.click()
    page.wait_for_url(re.compile(r"match="))
    title = page.locator("#explore .caption h3")
    expect(title).to_have_text(READY)
    seen, shared = title.inner_text(), page.url

    another = visitor()
    another.goto(shared)
    expect(another.locator("#explore .caption h3")).to_have_text(seen)
    for name, place in (("culture", 0), ("medium", 1)):
        chosen = another.locator(f"#explore select[name=f{place}] option:checked").inner_text()
        assert parse_qs(urlsplit(shared).query)[name] and chosen

    another.locator("#explore .caption h3 a").click()
    expect(another.locator("h1")).to_have_text(seen)


def test_every_filter_shows_only_works_with_the_chosen_values(visitor, site):
    page = visitor()
    open_a_work(page, site)
    wait_for_filters(page)
    value = choosable(page, 0)[2]
    choose(page, 0, value, "culture")
    chosen = re.sub(r"\s*[(\d].*$", "", page.locator("#explore select[name=f0] option:checked").inner_text())
    for number in range(min(4, page.locator("#explore .strip a").count())):
        page.locator("#explore .strip a").nth(number).click()

        expect(page.locator("#explore .caption p").first).to_contain_text(chosen)


def test_the_back_button_undoes_a_choice(visitor, site):
    page = visitor()
    open_a_work(page, site)
    wait_for_filters(page)
    first = page.locator("#explore .caption h3").inner_text()
    choose(page, 0, choosable(page, 0)[-1], "culture")
    page.go_back()

    expect(page.locator("#explore select[name=f0]")).to_have_value("")
    expect(page.locator("#explore .caption h3")).to_have_text(first)


def test_nonsense_in_the_address_is_no_error(visitor, site):
    page = visitor()
    open_a_work(page, site)
    page.goto(page.url + "?culture=atlantis&medium=%3Cscript%3E&match=nobody")
    wait_for_filters(page)

    expect(page.locator("#explore select[name=f0]")).to_have_value("")
    expect(page.locator("#explore .caption h3")).to_have_text(READY)


def test_the_same_journey_without_javascript(visitor, site):
    page = visitor(java_script_enabled=False)
    open_a_work(page, site)
    start = page.locator("h1").inner_text()
    page.locator("a[href='combinations/index.html']").first.click()
    row = page.locator("table tbody tr:has(td a)").nth(3)
    match = row.locator("td a").first
    name = match.inner_text()
    match.click()
    assert page.locator("h1").inner_text().startswith(name.rstrip("…")) and name != start
    shared = page.url

    another = visitor(java_script_enabled=False)
    another.goto(shared)
    assert another.locator("h1").inner_text() == page.locator("h1").inner_text()


def test_a_pair_can_be_seen_side_by_side_without_javascript(visitor, site):
    page = visitor(java_script_enabled=False)
    page.goto(site)
    page.locator("a.duo").first.click()

    assert page.locator(".duo img").count() == 2
    assert "/pairs/" in page.url


def test_any_pair_can_be_seen_side_by_side(visitor, site):
    page = visitor()
    open_a_work(page, site)
    wait_for_filters(page)
    page.locator("#explore .caption a[href*='/pair/']").click()

    expect(page.locator(".duo img")).to_have_count(2)
    expect(page.locator(".verdict")).to_be_visible()


def test_how_close_two_works_are_does_not_depend_on_which_stands_left(visitor, site):
    page = visitor()
    page.goto(site)
    for link in page.locator("a.duo").evaluate_all("all => all.slice(0, 4).map(one => one.href)"):
        one, other = link.split("/")[-3:-1]
        said = []
        for left, right in ((one, other), (other, one)):
            page.goto(f"{site}pair/index.html?a={left}&b={right}")
            expect(page.locator("table.facts")).to_be_visible()
            expect(page.locator(".verdict")).to_be_visible()
            said.append(page.locator(".verdict").inner_text())

        assert said[0] == said[1]


def test_filters_that_could_not_be_fetched_work_when_asked_again(chromium, site):
    page = chromium.new_page()
    page.route("**/data/cards/*", lambda route: route.abort())
    open_a_work(page, site)
    expect(page.locator("#explore .status")).to_contain_text("could not be loaded")
    page.unroute("**/data/cards/*")
    page.locator("#explore select[name=f0]").select_option(choosable(page, 0)[0])

    expect(page.locator("#explore .caption h3")).to_have_text(READY)
    page.close()


def test_a_visitor_browses_by_one_value_and_refines_by_another(visitor, site):
    page = visitor()
    page.goto(site + "browse/index.html")
    page.locator("main a[href*='browse/']").nth(4).click()
    whole = int(re.sub(r"\D", "", page.locator(".subtitle").inner_text().split("·")[0]))
    page.locator(".refine a").first.click()
    part = int(re.sub(r"\D", "", page.locator(".subtitle").inner_text().split("·")[0]))

    assert 0 < part <= whole
    assert page.locator(".hang .card").count() == min(part, 60)


def test_the_keyboard_alone_chooses_a_filter(visitor, site):
    page = visitor()
    open_a_work(page, site)
    wait_for_filters(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('skip')")
    page.locator("#explore select[name=f0]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")

    page.wait_for_url(re.compile(r"\?culture="))
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_what_is_not_there_leads_home(chromium, site):
    page = chromium.new_page()
    answer = page.goto(site + "works/nobody/index.html")
    assert answer.status == 404
    page.locator("#home").click()

    assert page.url == site
    page.close()


@pytest.mark.parametrize("width", [320, 768, 2560])
def test_no_page_scrolls_sideways(visitor, site, width):
    page = visitor(viewport={"width": width, "height": 800})
    open_a_work(page, site)
    work = page.url
    for address in (
        site,
        work,
        work.replace("index.html", "combinations/index.html"),
        site + "browse/index.html",
        site + "about/index.html",
    ):
        probes.visit(page, address)

        assert probes.overflow(page) == {}, address
