"""What the probes find on pages that are wrong on purpose: a probe that finds nothing anywhere would keep no promise."""

from support import probes

LATE = "await new Promise((done) => setTimeout(done, 200)); document.body.textContent = 'filled';"
LINE = "<body style='margin: 0'><p style='font: 20px var(--serif); inline-size: max-content'>A line that does not break</p>"
STATIC = "<script type='module' src='late.js'></script>"


def test_a_page_settles_when_its_modules_have_filled_it(visitor):
    page = visitor()
    page.route("**/page.html", lambda route: route.fulfill(content_type="text/html", body=STATIC))
    page.route("**/late.js", lambda route: route.fulfill(content_type="text/javascript", body=LATE))
    probes.visit(page, "http://127.0.0.1/page.html")

    assert page.locator("body").inner_text() == "filled"


def test_what_moves_is_measured_and_what_stands_is_not(visitor):
    page = visitor()
    page.set_content("<p style='block-size: 300px; background: tan'>A text</p>")
    probes.settle(page)

    assert probes.layout_shift(page) == 0
    page.evaluate("document.body.prepend(Object.assign(document.createElement('img'), { width: 300, height: 300 }))")
    probes.settle(page)
    assert probes.layout_shift(page) > 0.1


def test_a_line_too_wide_in_wide_faces_is_found_where_it_fits_in_narrow_ones(visitor):
    page = visitor(viewport={"width": 235, "height": 300})
    page.set_content(LINE)

    assert probes.overflow(page).keys() == {"wide"}


def test_a_focus_without_an_outline_is_found(visitor):
    page = visitor()
    page.set_content("<a href='#one'>Shown</a> <a href='#other' style='outline: none'>Not shown</a>")
    found = probes.unseen_focus(page, steps=2)

    assert len(found) == 1 and "Not shown" in found[0]


def test_an_animation_that_runs_is_counted(visitor):
    page = visitor()
    page.set_content("<p>A text</p>")

    assert probes.running_animations(page) == 0
    page.evaluate("document.querySelector('p').animate([{ opacity: 0 }, { opacity: 1 }], 60_000)")
    assert probes.running_animations(page) == 1


def test_a_picture_that_nothing_describes_breaks_a_rule(visitor):
    page = visitor()
    page.set_content("<html lang='en'><title>A page</title><main><h1>A page</h1><img src='data:,'></main></html>")

    assert "image-alt" in probes.violations(page)
