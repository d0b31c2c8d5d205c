"""The map of a site: sheets of pictures, data, pages in words."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from support import sites
from support.making import Silent
from support.sites import Page, context_of, make

from generator.analysis import map_areas
from generator.core.findings import Layout
from generator.core.run import Run
from generator.core.store import Store
from generator.images import sprite_sheet as drawing
from generator.site import render
from generator.site.pages import map as map_page
from generator.site.pages import map_images

COLORS = ((200, 40, 40), (40, 160, 60), (50, 60, 200))


def laid_out(n, columns, rows, *, seed=0):
    """Return a map with n works in fields drawn at random."""
    chosen = np.random.default_rng(seed).choice(columns * rows, n, replace=False)
    fields = np.stack([chosen % columns, chosen // columns], axis=1).astype(np.int32)
    return Layout(fields=fields, columns=columns, rows=rows)


def painted(folder, pictures, *, size=(60, 30)):
    """Make the works' smallest pictures real ones: work i is of COLORS[i % 3], in lossless WebP."""
    for row, (first, *_) in enumerate(pictures):
        Image.new("RGB", size, COLORS[row % 3]).save(first.path, "WEBP", lossless=True)
    return pictures


def write(folder, made, layout, **changes):
    """Write a site with a map."""
    areas = map_areas.find(*made[:2], layout) if layout else ()
    return sites.write(folder, made, found={"layout": layout, "areas": areas}, **changes)


def write_map(folder, made, layout, **changes):
    """Write the map alone."""
    found = {"layout": layout, "areas": map_areas.find(*made[:2], layout)}
    context = context_of(folder, made, found=found, navigation=["map"], **changes)
    map_page.write(context, Run(store=Store(folder / "store"), progress=Silent()))
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("map")
    made = make(folder / "pictures", n=50)
    painted(folder, made[2])
    layout = laid_out(50, 11, 9)
    return write(folder, made, layout), made[0], layout


def test_each_picture_is_in_its_field_on_every_level(built):
    out, _, layout = built
    for field in map_images.levels(layout):
        for row, (column, line) in enumerate(layout.fields.tolist()):
            span = drawing.SIDE // field
            sheet = Image.open(out / f"images/map/{field}/{column // span}-{line // span}.webp").convert("RGBA")
            middle = tuple(round((place % span + 0.5) * field) for place in (column, line))

            *color, alpha = sheet.getpixel(middle)

            assert alpha > 200 and np.abs(np.subtract(color, COLORS[row % 3])).max() < 40, (field, row)


def test_a_field_without_a_work_is_clear(built):
    out, _, layout = built
    taken = set(map(tuple, layout.fields.tolist()))
    column, line = next((c, r) for c in range(8) for r in range(8) if (c, r) not in taken)
    sheet = Image.open(out / "images/map/64/0-0.webp").convert("RGBA")

    assert sheet.getpixel((column * 64 + 32, line * 64 + 32))[3] == 0


def test_the_last_level_is_one_sheet_and_levels_halve():
    levels = map_images.levels(laid_out(3, 346, 207))

    assert levels == [64, 32, 16, 8, 4, 2, 1]
    assert map_images.levels(laid_out(3, 8, 5)) == [64]


def test_the_data_names_every_work_once_and_where_it_lies(built):
    out, collection, layout = built
    fields = np.frombuffer((out / "data/map/fields.bin").read_bytes(), "<u2").reshape(-1, 2)
    listed = {}
    for path in (out / "data/map").glob("*-*.json"):
        for row, identity, *_ in json.loads(path.read_bytes()):
            listed[row] = identity

            assert path.stem == "{}-{}".format(*(layout.fields[row] // 8))
    assert (fields == layout.fields).all()
    assert listed == {row: work.id for row, work in enumerate(collection.works)}


def test_the_map_in_words_names_every_work_once(built):
    out, collection, _ = built
    links = [link for path in (out / "map").glob("district-*/**/*.html") for link in Page(path).links]
    works = [link.split("/")[-2] for link in links if "/works/" in link]

    assert sorted(works) == sorted(work.id for work in collection.works)


def test_every_link_and_picture_of_the_map_is_there(built):
    out, _, _ = built
    for path in (out / "map").rglob("*.html"):
        for link in Page(path).links:
            assert (path.parent / link.partition("?")[0].partition("#")[0]).resolve().exists() or not link, (path, link)
    pieces = re.findall(r'<image href="([^"]+)"', (out / "map/index.html").read_text(encoding="utf-8"))

    assert pieces and all((out / "map" / piece).is_file() for piece in pieces)


def test_a_district_is_a_rectangle_that_no_other_shares():
    layout = laid_out(200, 20, 16)
    parts = map_areas.divided(layout.fields, np.arange(200), 7)
    of = np.full((20, 16), -1)
    for number, rows in enumerate(parts):
        of[tuple(layout.fields[rows].T)] = number

    assert max(len(rows) for rows in parts) < 1.6 * min(len(rows) for rows in parts)
    for number, rows in enumerate(parts):
        (left, top), (right, bottom) = layout.fields[rows].min(axis=0), layout.fields[rows].max(axis=0)
        inside = of[left : right + 1, top : bottom + 1]

        assert set(inside[inside >= 0].tolist()) == {number}


def test_works_that_follow_each_other_lie_close():
    layout = laid_out(200, 20, 16)
    order = map_areas.ordered(layout.fields, np.arange(200))
    steps = np.abs(np.diff(layout.fields[order], axis=0)).sum(axis=1)

    assert np.median(steps) <= 2


def test_a_veiled_work_cannot_be_recognized_on_the_map(tmp_path):
    rows = np.indices((32, 32)).sum(axis=0) // 4 % 2 * 255
    Image.fromarray(rows.astype(np.uint8)).save(tmp_path / "checks.webp", lossless=True)
    plain, veiled = (
        np.asarray(_opened(tmp_path, drawing.draw((64, 64), [drawing.Inset(tmp_path / "checks.webp", 0, 0, hide)])))[
            8:56, 8:56, 0
        ]
        for hide in (False, True)
    )

    assert plain.std() > 100 > 30 > veiled.std()


def _opened(folder, content):
    (folder / "sheet.webp").write_bytes(content)
    return Image.open(folder / "sheet.webp").convert("RGBA")


def test_sheets_are_kept_and_only_changed_ones_are_drawn_again(tmp_path):
    made = make(tmp_path / "pictures", n=50)
    pictures = painted(tmp_path, made[2])
    layout, store = laid_out(50, 40, 9), Store(tmp_path / "store")
    again, other = Silent(), Silent()
    for veiled, progress in (((), Silent()), ((), again), ((0,), other)):
        map_images.make(layout, pictures, veiled, Run(store=store, progress=progress))

    assert again.stages == []
    assert [count for _, count in other.stages] == [1] * len(map_images.levels(layout))


def test_many_works_stay_within_the_budget_of_a_page(tmp_path):
    made = make(tmp_path / "pictures", n=600, title="A very long title, " * 60, alt="shown " * 400)
    painted(tmp_path, made[2], size=(4, 3))
    out = write_map(tmp_path, made, laid_out(600, 40, 25), per_page=24)

    assert max(path.stat().st_size for path in (out / "map").rglob("*.html")) <= render.BUDGET
    assert (out / "map/district-1/page-2/index.html").is_file()


def test_without_a_layout_there_is_no_map_and_no_link_to_one(tmp_path):
    made = make(tmp_path / "pictures", n=12)
    out = write(tmp_path, made, None)

    assert not (out / "map").exists() and not (out / "data/map").exists()
    assert "map/index.html" not in (out / "index.html").read_text(encoding="utf-8")


def test_two_writes_of_a_map_give_the_same_bytes(tmp_path):
    made = make(tmp_path / "pictures", n=30)
    painted(tmp_path, made[2])
    trees = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        out = write_map(tmp_path / folder, made, laid_out(30, 11, 9))
        trees.append({path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()})

    assert trees[0] == trees[1] and len(trees[0]) > 8


def test_the_typical_work_of_a_district_has_no_content_note_where_another_has_none(tmp_path):
    collection, analogies, _ = make(tmp_path / "pictures", n=30)
    layout = laid_out(30, 11, 9)
    first = map_areas.find(collection, analogies, layout)[0].typical
    noted = replace(collection.works[first], content_note="Something to know.")
    works = tuple(noted if row == first else work for row, work in enumerate(collection.works))

    assert map_areas.find(replace(collection, works=works), analogies, layout)[0].typical != first
