"""Cards of two works, as others show a shared link: what is drawn, and that only what changed is drawn again."""

import io
from dataclasses import replace

import pytest
from PIL import Image
from support import sites
from support.making import Silent, draw
from support.sites import make, settings

from generator.images import share_card
from generator.images.share_card import ShareCard
from generator.site.data import social

BASE = "https://me.github.io/art/"


def card(folder, one=(300, 400), other=(400, 300), **changes):
    folder.mkdir(exist_ok=True)
    paths = folder / "one.webp", folder / "other.webp"
    for number, (path, size) in enumerate(zip(paths, (one, other), strict=True)):
        draw(number, size).save(path, "WEBP", lossless=True)
    plain = ShareCard(
        pictures=paths,
        titles=("A bowl", "A dish"),
        lines=("Greek, Clay", "Roman, Glass"),
        word="close",
        apart=0.5,
        name="A museum",
        paper="#ffffff",
        ink="#000000",
        quiet="#666666",
        accent="#aa0000",
    )
    return replace(plain, **changes)


def pixels(content):
    return Image.open(io.BytesIO(content)).convert("RGB")


@pytest.mark.parametrize(
    ("one", "other"),
    [((300, 400), (300, 400)), ((400, 300), (400, 300)), ((20, 900), (30, 900)), ((900, 20), (900, 90))],
)
def test_a_card_has_its_size_whatever_the_pictures(tmp_path, one, other):
    image = pixels(share_card.draw(card(tmp_path, one, other, titles=("long words " * 40, "x" * 300))))
    edges = [image.crop(box) for box in ((0, 0, 1200, 30), (0, 600, 1200, 630), (0, 0, 30, 630), (1170, 0, 1200, 630))]

    assert image.size == (1200, 630)
    assert all(min(low for low, _ in edge.getextrema()) > 240 for edge in edges)


def test_the_same_card_has_the_same_bytes(tmp_path):
    assert share_card.draw(card(tmp_path)) == share_card.draw(card(tmp_path))


def test_words_that_the_font_cannot_draw_are_left_out(tmp_path):
    shown = share_card.draw(card(tmp_path, titles=("花鳥 A bowl", "مزهرية"), name="A 花 museum"))

    assert shown == share_card.draw(card(tmp_path, titles=("A bowl", ""), name="A museum"))


def test_letters_with_accents_are_drawn_and_what_has_no_such_accent_is_drawn_without(tmp_path):
    plain = share_card.draw(card(tmp_path))

    assert share_card.draw(card(tmp_path, titles=("À böwl", "A dish"))) != plain
    assert share_card.draw(card(tmp_path, titles=("A bo\u0353wl", "A dish"))) == plain


def write(folder, made, **changes):
    """Write a site with cards into a new folder and return it and how many cards were drawn."""
    progress = Silent()
    out = sites.write(folder, made, progress=progress, **{"base_url": BASE, "share_cards": "pairs", **changes})
    return out, dict(progress.stages).get("Drawing link previews", 0)


@pytest.fixture
def made(tmp_path):
    """Return what a site is made from, with pictures that can be drawn."""
    collection, analogies, pictures = make(tmp_path / "pictures", n=8)
    for number, derivatives in enumerate(pictures):
        for one in derivatives:
            draw(number, (one.width // 8, one.height // 8)).save(one.path, "WEBP")
    return collection, analogies, pictures


def test_every_side_by_side_page_has_a_card_that_both_orders_share(tmp_path, made):
    out, drawn = write(tmp_path, made)
    pages = [path.parent for path in (out / "pairs").rglob("index.html")]
    rows = {work.id: row for row, work in enumerate(made[0].works)}
    couples = {tuple(sorted((page.parent.name, page.name), key=rows.get)) for page in pages}

    assert drawn == len(couples) < len(pages)
    for page in pages:
        one, other = sorted((page.parent.name, page.name), key=rows.get)

        assert f'content="{BASE}images/pairs/{one}/{other}.jpg"' in (page / "index.html").read_text()
        assert (out / f"images/pairs/{one}/{other}.jpg").is_file()


def test_only_cards_that_changed_are_drawn_again(tmp_path, made):
    out, first = write(tmp_path, made)
    again, none = write(tmp_path, made)
    works = (replace(made[0].works[0], title="Another title"), *made[0].works[1:])
    _, few = write(tmp_path, (replace(made[0], works=works), *made[1:]))
    mine = len({path.stem for path in out.glob("images/pairs/w.0/*.jpg")})

    assert (none, few) == (0, mine) and 0 < few < first
    assert all(
        path.read_bytes() == (again / path.relative_to(out)).read_bytes() for path in out.glob("images/pairs/*/*.jpg")
    )


@pytest.mark.parametrize(("share_cards", "base_url"), [("none", BASE), ("pairs", "")])
def test_there_are_no_cards_where_none_are_wanted_or_could_be_found(tmp_path, share_cards, base_url):
    assert social.chosen([[1], [0]], settings(tmp_path, share_cards=share_cards, base_url=base_url)) == frozenset()


def test_of_works_only_the_first_pair_of_each_has_a_card(tmp_path):
    given = settings(tmp_path, share_cards="works", base_url=BASE)

    assert social.chosen([[2, 1], [0], [0]], given) == {(0, 2), (0, 1)}
