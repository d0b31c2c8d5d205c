"""What a site brings for looking closely: links to the largest pictures, settings, a viewer, tiles."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from PIL import Image
from support.commands import run
from support.making import Silent, make_content
from support.sites import make, write

from generator import pipeline
from generator.cli import commands
from generator.core.model import Picture
from generator.core.store import Store
from generator.images import tiling
from generator.pipeline import Outcome


def written(folder, *, base_url="", **assets):
    """Return a small site's folder; `assets` are fields of Assets."""
    return write(folder, make(folder / "pictures", n=6), out=folder / "site", assets=assets, base_url=base_url)


def facts(out):
    text = (out / "assets" / "viewer.js").read_text()

    assert text.startswith("export default {") and text.endswith(";\n")
    return json.loads(text.removeprefix("export default ").removesuffix(";\n"))


def test_without_scripts_and_without_npm_a_work_leads_to_its_largest_picture(tmp_path):
    out = written(tmp_path)
    page = (out / "works" / "w.2" / "index.html").read_text()

    assert '<a class="zoom" data-id="w.2" href="../../images/2/w.2.webp">' in page
    assert facts(out)["viewer"] is None
    assert facts(out)["tiles"] is False
    assert not list((out / "assets").glob("*openseadragon*"))


def test_the_viewer_is_copied_with_its_licence(tmp_path):
    viewer = tmp_path / "viewer"
    viewer.mkdir()
    (viewer / "openseadragon.min.js").write_text("/* it */")
    (viewer / "LICENSE.txt").write_text("BSD")
    out = written(tmp_path, viewer=viewer)

    assert facts(out)["viewer"] == "openseadragon.min.js"
    assert (out / "assets" / "openseadragon.min.js").read_text() == "/* it */"
    assert (out / "assets" / "openseadragon.LICENSE.txt").read_text() == "BSD"


def test_the_script_is_told_the_words_of_the_interface(tmp_path):
    assert {"in", "out", "whole", "close", "label", "keys"} <= facts(written(tmp_path))["words"].keys()


@pytest.fixture
def cut(tmp_path):
    """The tiles of the six works of written(), whose pictures are drawn here."""
    collection = make(tmp_path / "others", n=6)[0]
    works = []
    for work in collection.works:
        path = tmp_path / f"{work.id}.png"
        Image.new("RGB", (900, 500), "olive").save(path)
        works.append(replace(work, picture=Picture(path=path, digest=work.id, width=900, height=500)))
    store = Store(tmp_path / "store")
    return tiling.cut(replace(collection, works=tuple(works)), store=store, jobs=1, progress=Silent())


@pytest.mark.parametrize(
    ("base_url", "identity"), [("https://a.example/x/", "https://a.example/x/tiles/w.1"), ("", "tiles/w.1")]
)
def test_tiles_lie_beside_information_that_names_their_address_where_it_is_known(tmp_path, cut, base_url, identity):
    out = written(tmp_path, base_url=base_url, tiles=cut)
    folder = out / "tiles" / "w.1"
    given = json.loads((folder / "info.json").read_text())

    assert given["id"] == identity
    assert (given["width"], given["height"]) == (900, 500)
    assert (folder / "full" / "max" / "0" / "default.jpg").is_file()
    assert (folder / "512,0,388,500" / "388,500" / "0" / "default.jpg").is_file()
    assert facts(out)["tiles"] is True


def test_a_machine_without_npm_does_without_what_npm_fetches(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    tools = pipeline.find_tools(Store(tmp_path / "store"), Silent())

    assert (tools.search, tools.viewer) == (None, None)
    assert [words.partition(";")[0] for words in tools.lacks] == [
        "no search (pagefind 1.6.0: npm, which downloads it, is not installed",
        "a plain zoom (openseadragon 6.1.1: npm, which downloads it, is not installed",
    ]


def test_the_build_says_what_a_site_lacks(tmp_path, monkeypatch):
    collection = make(tmp_path / "pictures", n=6)[0]
    outcome = Outcome(collection=collection, warnings=(), changed=True, lacks=("no search (this)",))
    monkeypatch.setattr(pipeline, "build", lambda *_: outcome)
    done = CliRunner().invoke(commands, ["build", "--out", str(tmp_path / "site")], catch_exceptions=False)

    assert "This site has no search (this).\n" in done.output


def test_tiles_are_wanted_with_true_or_false(tmp_path):
    content = make_content(tmp_path / "content", n=12)
    with (content / "site.toml").open("a") as file:
        file.write('tiles = "yes"\n')
    done = run(tmp_path / "cache", "check", "--content", content)

    assert done.returncode == 1
    assert '[tiles]: tiles = "yes"; expected true or false. Fix: write tiles = false or leave it out' in done.stderr
