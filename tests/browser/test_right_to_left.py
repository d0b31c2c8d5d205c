"""An Arabic interface over English records: mirrored, within the window, counted as Arabic counts, accessible."""

import json

import pytest
from PIL import Image
from support import probes
from support.kinds import asked, some
from support.sites import make, write
from support.windows import served


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a small site whose pictures are all of one color."""
    home = tmp_path_factory.mktemp("arabic")
    collection, analogies, pictures = make(home / "made", n=40)
    for picture in (one for each in pictures for one in each):
        Image.new("RGB", (picture.width, picture.height), "#8c2f1b").save(picture.path)
    return write(home, (collection, analogies, pictures), interface="ar")


@pytest.fixture(scope="module")
def arabic(folder):
    """Return the address of the site's home."""
    with served(folder) as home:
        yield home


@pytest.fixture(scope="module")
def addresses(folder):
    """Return one page of each part of the site and depth of folders, and what scripts show when asked."""
    files = [file.relative_to(folder) for file in some(folder).values()]
    pages = {f"{file.parts[0]} {len(file.parts)}": file.as_posix() for file in files}
    return pages | asked(folder)


def work(page, arabic):
    page.goto(f"{arabic}works/w.3/index.html")
    page.locator(".strip li").first.wait_for()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_no_page_is_wider_than_the_window_or_breaks_a_rule_of_wcag(visitor, arabic, addresses, width, scheme):
    page, found = visitor(color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce"), {}
    for kind, address in addresses.items():
        probes.visit(page, arabic + address)
        found |= {f"{kind}: {rule}": broken for rule, broken in probes.violations(page).items()}
        found |= {f"{kind}: width": over for over in [probes.overflow(page)] if over}

    assert found == {}, json.dumps(found, indent=1)


def test_lines_begin_at_the_right_whatever_language_they_are_in(visitor, arabic):
    page = visitor()
    work(page, arabic)
    edges = page.evaluate(
        "() => { const right = (one) => { const text = document.createRange(); text.selectNodeContents(one);"
        " return text.getBoundingClientRect().right; };"
        " const record = document.querySelector('.record');"
        " return ['h1', '.labels a', '.byline span', 'dt'].map((name) => Math.round(record.getBoundingClientRect().right"
        " - right(record.querySelector(name)))); }"
    )

    assert max(map(abs, edges)) <= 1


def test_the_picture_stands_to_the_right_of_its_record_and_the_match_to_the_left_of_the_work(visitor, arabic):
    page = visitor()
    work(page, arabic)
    names = (".picture", ".record", ".duo .this", ".chosen")
    left = {name: page.locator(name).first.bounding_box()["x"] for name in names}

    assert left[".picture"] > left[".record"] and left[".duo .this"] > left[".chosen"]


def test_filters_work_and_what_they_find_is_counted_as_arabic_counts(visitor, arabic):
    page = visitor()
    work(page, arabic)
    select = page.locator("select[name=f0]")
    select.select_option(index=1)
    page.wait_for_function("document.querySelectorAll('.strip li').length < 10")
    number = page.locator(".strip li").count()
    said = page.locator("#explore .status").inner_text()

    assert 3 <= number <= 10 and said.startswith(f"أقرب {number} أعمال.")
    assert "form=f-0" in page.url
    assert "\u2068form & 0\u2069" in select.locator("option").nth(1).text_content()


def test_the_left_arrow_goes_on_along_a_wall(visitor, arabic):
    page = visitor()
    page.goto(f"{arabic}wall/index.html?work=w.3")
    page.locator(".tiles li").first.wait_for()
    page.locator(".tiles a").first.focus()
    page.keyboard.press("ArrowLeft")

    assert page.evaluate("[...document.querySelectorAll('.tiles a')].indexOf(document.activeElement)") == 1
