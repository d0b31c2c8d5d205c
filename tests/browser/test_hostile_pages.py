"""Content made to do harm, seen in Chromium: nothing runs, nothing is asked elsewhere, nothing leaves its place."""

import pytest
from support import probes
from support.making import make_content
from support.windows import served
from test_hostile import PAYLOAD, build

TITLES = ["W" * 10_000, "word " * 2_000, "مزهرية (زرقاء) 12", PAYLOAD, "🏺" * 3_000, "Z̸͔̈́a̷l̴g̶o̸" * 200]
PAGES = ["index.html", "browse/index.html", "browse/culture/greek/index.html", "about/index.html"]
PAGES += [f"works/w00{number}/index.html" for number in range(len(TITLES))]
PAGES += ["works/w000/combinations/index.html", "pair/index.html?a=w000&b=w001"]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Return the address of a site whose every text is hostile."""
    changes = {
        number: {"title": title, "creator": title[:300], "image_alt_text": title} for number, title in enumerate(TITLES)
    }
    folder = tmp_path_factory.mktemp("hostile")
    with served(build(make_content(folder / "content", 12, changes=changes))) as home:
        yield home


@pytest.mark.parametrize("width", [360, 1280])
def test_hostile_texts_run_nothing_and_hold_the_layout(visitor, hostile, width):
    page = visitor(viewport={"width": width, "height": 800})
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    for path in PAGES:
        probes.visit(page, hostile + path)

        assert page.evaluate(
            "[...document.scripts].every((one) => one.type === 'application/ld+json' || one.src.startsWith(location.origin))"
        ), path
        assert page.evaluate("document.querySelector('h1').getBoundingClientRect().right") <= width, path
        assert probes.overflow(page) == {}, path


def test_text_from_right_to_left_turns_nothing_around_it(visitor, hostile):
    page = visitor()
    page.goto(f"{hostile}works/w002/index.html")
    heading = page.locator("h1")

    assert heading.evaluate("(one) => getComputedStyle(one).unicodeBidi") == "plaintext"
    assert page.locator("html").evaluate("(one) => getComputedStyle(one).direction") == "ltr"


def test_the_policy_keeps_out_what_no_template_wrote(chromium, hostile):
    page = chromium.new_page()
    page.goto(f"{hostile}about/index.html")
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.evaluate(
        """() => {
          globalThis.ran = 0;
          const script = document.createElement("script");
          script.textContent = "ran = 1";
          const image = Object.assign(new Image(), { src: "https://example.org/spy.png" });
          document.body.setAttribute("style", "color: red");
          document.body.append(script, image);
          fetch("https://example.org/").catch(() => {});
        }"""
    )
    probes.wait_until(page, lambda: sum("Content Security Policy" in text for text in said) >= 4)

    assert page.evaluate("ran") == 0
    page.close()
