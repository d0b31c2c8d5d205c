"""Tiles of IIIF's Image API, level 0: what a viewer asks for is there, and nothing is made twice."""

import io
import json

import numpy as np
import pytest
from PIL import Image
from support.making import Silent, make_content

from generator.content import load
from generator.core import config
from generator.core.model import Tiles
from generator.core.resources import TEMPLATES
from generator.core.run import Run
from generator.core.store import Store
from generator.images import iiif_tiles as cutting
from generator.images import tiling
from generator.site.pages import zoom


def asked(facts: dict, name: str = "") -> set[str]:
    """Return every file that OpenSeadragon asks for: a plain twin of IIIFTileSource.getTileUrl, API 3."""
    width, height, side = facts["width"], facts["height"], facts["tiles"][0]["width"]
    found = set()
    for factor in facts["tiles"][0]["scaleFactors"]:
        across, down = -(-width // factor), -(-height // factor)
        if across < side and down < side:
            size = "max" if (across, down) == (width, height) else f"{across},{down}"
            found.add(f"full/{size}/0/default.jpg")
            continue
        for x in range(-(-across // side)):
            for y in range(-(-down // side)):
                left, top = x * side * factor, y * side * factor
                box = (left, top, min(side * factor, width - left), min(side * factor, height - top))
                size = (min(side, across - x * side), min(side, down - y * side))
                region = "full" if box == (0, 0, width, height) else "{},{},{},{}".format(*box)
                found.add(f"{region}/{'max' if size == (width, height) else '{},{}'.format(*size)}/0/default.jpg")
    return found


@pytest.mark.parametrize("size", [(1, 1), (511, 40), (512, 512), (513, 3), (1025, 700), (300, 2049), (1536, 1024)])
def test_every_tile_that_a_viewer_asks_for_is_made_in_its_size(tmp_path, size):
    path = tmp_path / "one.png"
    Image.new("RGB", size, "teal").save(path)
    made = {name: Image.open(io.BytesIO(content)).size for name, content in cutting.cut(path)}
    facts = information(size)
    promised = {f"full/{one['width']},{one['height']}/0/default.jpg" for one in facts["sizes"]}

    assert asked(facts) | promised | {"full/max/0/default.jpg"} == set(made)
    for name, found in made.items():
        wanted = name.split("/")[1]

        assert found == (size if wanted == "max" else tuple(map(int, wanted.split(","))))


def information(size: tuple[int, int]) -> dict:
    factors = cutting.factors(*size)
    sizes = tuple(cutting.level(*size, factor) for factor in reversed(factors))
    one = Tiles(path=None, width=size[0], height=size[1], side=cutting.SIDE, factors=factors, sizes=sizes)
    return json.loads(zoom.information(one, "https://example.org/iiif/one"))


def test_the_levels_end_where_one_tile_holds_the_picture():
    assert cutting.factors(512, 100) == (1,)
    assert cutting.factors(513, 100) == (1, 2)
    assert cutting.factors(100, 2049) == (1, 2, 4, 8)


def test_tiles_put_together_are_the_picture(tmp_path):
    y, x = np.mgrid[:600, :700]
    Image.fromarray(np.stack([x / 3, y / 3, (x + y) / 6], axis=2).astype(np.uint8)).save(tmp_path / "one.png")
    whole = Image.new("RGB", (700, 600))
    made = dict(cutting.cut(tmp_path / "one.png"))
    for box, size in cutting.regions(700, 600, 1):
        name = cutting.name(700, 600, box, size)
        whole.paste(Image.open(io.BytesIO(made[name])), box[:2])

    difference = np.abs(np.asarray(whole, int) - np.asarray(Image.open(tmp_path / "one.png"), int))

    assert difference.max() < 16


def test_what_a_jpeg_cannot_hold_is_shown_smaller():
    assert cutting.shown(131_000, 10) == (65_500, 5)
    assert cutting.shown(700, 600) == (700, 600)


def test_information_promises_what_level_0_of_the_image_api_demands():
    facts = information((1025, 700))

    assert facts["id"] == "https://example.org/iiif/one"
    assert (facts["type"], facts["profile"], facts["protocol"]) == (
        "ImageService3",
        "level0",
        "http://iiif.io/api/image",
    )
    assert facts["@context"] == "http://iiif.io/api/image/3/context.json"
    assert facts["tiles"] == [{"width": 512, "height": 512, "scaleFactors": [1, 2, 4]}]
    assert facts["sizes"] == [
        {"width": 257, "height": 175},
        {"width": 513, "height": 350},
        {"width": 1025, "height": 700},
    ]


def test_tiles_are_kept_and_are_the_same_every_time(tmp_path, small):
    first, second = Store(tmp_path / "first"), Store(tmp_path / "second")
    made = tiling.cut(small, store=first, jobs=1, progress=Silent())
    again, other = Silent(), Silent()
    tiling.cut(small, store=first, jobs=1, progress=again)
    twin = tiling.cut(small, store=second, jobs=1, progress=other)

    assert again.stages == []
    assert other.stages == [("Cutting tiles", len(small.works))]
    for one, two in zip(made, twin, strict=True):
        names = sorted(path.relative_to(one.path) for path in one.path.rglob("*.jpg"))

        assert names
        assert all((one.path / name).read_bytes() == (two.path / name).read_bytes() for name in names)


@pytest.fixture
def small(tmp_path):
    folder = make_content(tmp_path / "content", 4)
    settings, noted = config.examine(folder, TEMPLATES / "defaults.toml")
    store = Store(tmp_path / "store")
    return load(folder, settings, Run(store=store, progress=Silent()), noted=noted)[0]
