"""Walking from work to work: over pairs, walls and filters, along a trail that the address carries."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect


def query(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def ids(shipped):
    return sorted(path.name for path in (shipped.folder / "works").iterdir())


def hung(page):
    expect(page.locator(".tiles a").first).to_be_visible()
    return page.locator(".middle h2").inner_text()


def steps(page):
    """Return the pictures of the walk: links back, and where the visitor is."""
    return page.locator(".walk li a"), page.locator(".walk [aria-current]")


def test_a_visitor_walks_from_question_to_question_and_shares_the_walk(visitor, site):
    page = visitor()
    page.goto(site)
    page.locator("a.duo").first.click()
    on = page.locator(".pair .onward a[href*='trail=']").first
    for length in (1, 2, 3):
        right = page.locator(".duo figcaption h2").nth(1).inner_text()
        on.click()
        expect(page.locator(".duo figcaption h2").first).to_have_text(right)  # the match is the next question
        assert len(query(page)["trail"].split(",")) == length
        expect(steps(page)[0]).to_have_count(length)
        expect(on).to_be_visible()
    walk = query(page)["trail"].split(",")
    assert len({*walk, query(page)["a"], query(page)["b"]}) == 5  # no step leads back

    another = visitor()
    another.goto(page.url)
    expect(steps(another)[0]).to_have_count(3)
    steps(another)[0].nth(1).click()
    another.wait_for_url(re.compile(f"works/{re.escape(walk[1])}/"))

    assert query(another)["trail"] == walk[0]


def test_filters_go_along_from_a_work_to_its_pairs_and_on(visitor, site, shipped):
    page = visitor()
    page.goto(f"{site}works/{ids(shipped)[0]}/index.html")
    select = page.locator("#explore select[name=f1]")
    expect(select).to_be_enabled()
    select.select_option(index=1)
    page.wait_for_url(re.compile("medium="))
    value = query(page)["medium"]
    page.locator("#explore .caption a[href*='/pair/'][href*='medium=']").click()
    for length in (1, 2, 3):
        page.locator(".onward a[href*='trail=']").first.click()
        page.wait_for_url(re.compile(f"trail=[^,&]+(,[^,&]+){{{length - 1}}}(&|$)"))
        expect(page.locator(".between .among")).to_be_visible()
        assert query(page)["medium"] == value
    among = page.locator(".among span").inner_text()

    assert all(among in text for text in page.locator(".duo figcaption p").all_inner_texts())


def test_a_period_can_be_chosen_and_offers_no_dead_end(visitor, site, shipped):
    page = visitor()
    page.goto(f"{site}works/{ids(shipped)[0]}/index.html")
    period = page.locator("#explore select[name=f2]")
    expect(period).to_be_enabled()
    period.select_option(index=2)
    page.wait_for_url(re.compile("period="))
    for place in (0, 1):
        select = page.locator(f"#explore select[name=f{place}]")
        enabled = select.locator("option").evaluate_all(
            "all => all.filter((one) => !one.disabled && one.value).map((one) => one.value)"
        )
        select.select_option(enabled[-1])
        expect(page.locator("#explore .strip img").first).to_be_visible()
    address = page.url

    assert {"period", "culture", "medium"} <= query(page).keys()
    another = visitor()
    another.goto(address)
    expect(another.locator("#explore .strip img")).to_have_count(page.locator("#explore .strip img").count())


def test_a_wall_is_hung_anew_around_the_work_that_is_chosen(visitor, site, shipped):
    page = visitor()
    page.goto(f"{site}works/{ids(shipped)[0]}/index.html")
    page.locator(".tools a[href*='wall/']").click()
    first = hung(page)
    expect(page.locator(".tiles a")).to_have_count(30)
    chosen = page.locator(".tiles a").nth(4)
    name = chosen.locator("b").inner_text()
    chosen.click()
    expect(page.locator(".middle h2")).to_have_text(name)
    expect(page.locator(".plate-of-wall")).to_be_focused()
    expect(steps(page)[0]).to_have_count(1)
    shared = page.url
    page.go_back()
    expect(page.locator(".middle h2")).to_have_text(first)
    expect(steps(page)[0]).to_have_count(0)

    another = visitor(reduced_motion="reduce")
    another.goto(shared)
    expect(another.locator(".middle h2")).to_have_text(name)
    expect(steps(another)[0]).to_have_count(1)


def test_the_keyboard_alone_walks_over_a_wall(visitor, site, shipped):
    page = visitor()
    page.goto(f"{site}wall/index.html?work={ids(shipped)[1]}")
    first = hung(page)
    page.locator(".plate-of-wall").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft"):
        page.keyboard.press(key)
    where = page.evaluate("[...document.querySelectorAll('.tiles a')].indexOf(document.activeElement)")
    assert where > 2  # a row below
    page.keyboard.press("Enter")
    expect(page.locator(".plate-of-wall")).to_be_focused()

    expect(page.locator(".middle h2")).not_to_have_text(first)


def test_fingers_walk_too(visitor, site, shipped):
    page = visitor(has_touch=True, viewport={"width": 360, "height": 740})
    page.goto(f"{site}wall/index.html?work={ids(shipped)[2]}")
    first = hung(page)
    page.locator(".tiles a").nth(2).tap()
    expect(page.locator(".middle h2")).not_to_have_text(first)
    steps(page)[0].first.tap()
    expect(page.locator(".middle h2")).to_have_text(first)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_walk_is_twelve_works_long_at_most_and_knows_only_works(visitor, site, shipped):
    all_of = ids(shipped)
    page = visitor()
    page.goto(f"{site}wall/index.html?work={all_of[0]}&trail={','.join(all_of[1:20])},nobody,%3Cb%3E,constructor")
    hung(page)
    expect(steps(page)[0].first).to_be_visible()
    assert 1 < steps(page)[0].count() <= 12
    page.locator(".tiles a").first.click()
    page.wait_for_url(lambda address: f"work={all_of[0]}&" not in address)

    assert len(query(page)["trail"].split(",")) == 12


def test_a_walk_ends_when_the_visitor_says_so(visitor, site, shipped):
    one, other = ids(shipped)[:2]
    page = visitor()
    page.goto(f"{site}works/{one}/index.html?trail={other}")
    page.locator(".walk > a").click()
    page.wait_for_url(re.compile(r"index\.html$"))

    expect(page.locator(".walk")).to_have_count(0)


def test_a_wall_of_no_work_says_so(visitor, site):
    page = visitor()
    for asked in ("", "?work=nobody", "?work=..%2F..%2Fx", "?work=constructor"):
        page.goto(f"{site}wall/index.html{asked}")

        expect(page.locator(".wall .status")).to_contain_text("find that work")


def test_without_scripts_pairs_lead_on_and_the_wall_says_what_it_is(visitor, site):
    page = visitor(java_script_enabled=False)
    page.goto(site)
    page.locator("a.duo").first.click()
    for _ in range(3):
        right = page.locator(".duo figcaption h2").nth(1).inner_text()
        page.locator(".pair .onward a").first.click()
        assert page.locator(".duo figcaption h2").first.inner_text() == right
    page.goto(f"{site}wall/index.html")

    assert "JavaScript" in page.locator("main").inner_text()
    assert page.locator("main a[href*='browse/']:visible").count() == 1


def test_any_two_works_are_summed_up_as_their_own_page_does(visitor, site):
    page = visitor()
    page.goto(site)
    for address in page.locator("a.duo").evaluate_all("all => all.slice(0, 3).map((one) => one.href)"):
        page.goto(address)
        said = page.locator(".between div").all_inner_texts()
        one, other = address.split("/")[-3:-1]
        page.goto(f"{site}pair/index.html?a={one}&b={other}")
        expect(page.locator("table.facts")).to_be_visible()

        assert page.locator(".between div").all_inner_texts() == said
