"""Whatever lies in a content folder: an answer or its faults, within bounds, and nothing half written.

Set TESSERAE_FUZZ to a number to try that many times more cases, new ones each time.
"""

import io
import json
import os
import shutil

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from support.making import Silent, draw, make_content, make_row

from generator import content, images
from generator.cli import commands
from generator.content import coverage
from generator.content.table import read_table
from generator.core import config
from generator.core.config import Config
from generator.core.errors import ContentError, FaultyError, Problem
from generator.core.resources import TEMPLATES
from generator.core.run import Run
from generator.core.store import Store
from generator.images import ImageFacts

TIMES = int(os.environ.get("TESSERAE_FUZZ", "0"))
SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
MOST = 3_000_000  # pixels: what a damaged picture may claim and still be decoded here
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "tif": "TIFF", "jp2": "JPEG2000", "bmp": "BMP"}
HEADER = list(make_row(0))
ODD = [
    "",
    '"',
    '""',
    "\x00",
    "\ufeff",
    "\u202e",
    "\r",
    "\n",
    ",",
    ";",
    "\t",
    "=1+1",
    "../x",
    "nul",
    "w000.png",
    "🏺",
    "\ud800",
]


def fuzz(examples):
    """Return the settings of a fuzz test: the same cases each time, unless more are asked for."""
    return settings(
        max_examples=examples * max(1, TIMES),
        derandomize=not TIMES,
        deadline=None,
        suppress_health_check=SHARED,
        database=None,
    )


def changed(good):
    """Strategy: the good bytes with a few places overwritten, bytes put in or left out, and perhaps cut short."""
    place = st.integers(0, len(good))
    edits = st.lists(st.tuples(place, st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=4)
    return st.builds(_edited, st.just(good), edits, st.one_of(st.none(), place))


def _edited(good, edits, end):
    for at, gone, put in edits:
        good = good[:at] + put + good[at + gone :]
    return good[:end]


def encoded(kind):
    buffer = io.BytesIO()
    draw(3, (40, 30)).save(buffer, FORMATS[kind])
    return buffer.getvalue()


def tables():
    """Strategy: bytes of a works.csv, from noise to a table with odd cells."""
    good = "\n".join([",".join(HEADER), *(",".join(make_row(i).values()) for i in range(4))]).encode()
    cell = st.one_of(st.sampled_from(ODD), st.sampled_from(list(make_row(1).values())), st.text(max_size=10))
    rows = st.lists(st.lists(cell, min_size=len(HEADER) - 1, max_size=len(HEADER) + 1), max_size=4)
    odd = st.builds(
        lambda header, rows, sign: "\n".join(sign.join(row) for row in [header, *rows]).encode(
            "utf-8", "surrogatepass"
        ),
        st.one_of(st.just(HEADER), st.permutations(HEADER), st.lists(cell, max_size=30)),
        rows,
        st.sampled_from(",;\t"),
    )
    noise = st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda text: text.encode("utf-16")))
    return st.one_of(noise, changed(good), odd)


NAMES = st.one_of(
    st.sampled_from(
        ["title", "about", "facets", "theme", "dark", "accent", "neighbors", "language", "base_url", "map"]
    ),
    st.text(max_size=5),
)
LEAVES = st.one_of(
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=20),
    st.dates(),
    st.times(),
    st.sampled_from(["culture", "period", "#123456", "https://a.b", "javascript:alert(1)", "../.."]),
)
TREES = st.dictionaries(
    NAMES,
    st.recursive(
        LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8
    ),
    max_size=6,
)


def as_toml(value):
    match value:
        case bool():
            return str(value).lower()
        case str():
            return '"' + "".join(f"\\U{ord(sign):08x}" for sign in value if not 0xD800 <= ord(sign) < 0xE000) + '"'
        case list():
            return f"[{', '.join(map(as_toml, value))}]"
        case dict():
            return "{" + ", ".join(f"{as_toml(name)} = {as_toml(inner)}" for name, inner in value.items()) + "}"
        case int() | float():
            return repr(value).replace("e+", "e")
    return value.isoformat()


def sites():
    """Strategy: bytes of a site.toml: noise, lines of TOML, or any tree of values."""
    good = (TEMPLATES / "defaults.toml").read_bytes()
    trees = TREES.map(lambda tree: "\n".join(f"{as_toml(name)} = {as_toml(value)}" for name, value in tree.items()))
    return st.one_of(st.binary(max_size=200), changed(good), trees.map(str.encode))


@fuzz(100)
@given(raw=tables())
def test_any_bytes_are_read_as_a_table_or_told_as_faults(raw, tmp_path):
    (tmp_path / "works.csv").write_bytes(raw)
    notes = []
    table = read_table(tmp_path / "works.csv", {}, limit=None, faults=notes)

    assert table is not None or notes
    assert all("\n" not in str(note) and len(str(note)) < 1000 for note in notes)
    assert table is None or all(set(row.cells) == set(table.columns) for row in table.rows)


@fuzz(100)
@given(raw=sites())
def test_any_site_toml_gives_a_configuration_to_go_on_with(raw, tmp_path):
    (tmp_path / "site.toml").write_bytes(raw)
    made, notes = config.examine(tmp_path, TEMPLATES / "defaults.toml")

    assert isinstance(made, Config) and made.title and 1 <= len(made.facets) <= 3 and 1 <= made.neighbors <= 50
    assert all("\n" not in str(note) and len(str(note)) < 1000 for note in notes)
    assert config.checked_base_url(made.base_url) == made.base_url


@pytest.mark.parametrize("kind", FORMATS)
@fuzz(25)
@given(data=st.data())
def test_any_bytes_of_a_picture_are_facts_or_a_flaw(kind, data, tmp_path, monkeypatch):
    monkeypatch.setattr(images, "LIMIT", MOST)
    path = tmp_path / f"a.{kind}"
    path.write_bytes(data.draw(changed(encoded(kind))))
    found = images.inspect(path)

    assert isinstance(found, (ImageFacts, Problem))
    if isinstance(found, ImageFacts):
        assert found.width * found.height <= MOST
        assert images.open_rgb(path, longest=16).mode == "RGB"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_content(tmp_path_factory.mktemp("fuzz") / "content", 4)


@fuzz(30)
@given(data=st.data())
def test_check_and_stats_answer_on_any_folder_and_write_nothing(data, folder, tmp_path, monkeypatch):
    monkeypatch.setattr(images, "LIMIT", MOST)
    monkeypatch.setenv("TESSERAE_CACHE", str(tmp_path / "cache"))
    work = tmp_path / "content"
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(folder, work)
    for name, strategy in (
        ("works.csv", tables()),
        ("site.toml", sites()),
        ("images/w001.png", changed(encoded("png"))),
    ):
        if data.draw(st.booleans()):
            (work / name).write_bytes(data.draw(strategy))
    before = {path: path.read_bytes() for path in work.rglob("*") if path.is_file()}
    for command in ("check", "stats"):
        done = CliRunner().invoke(commands, [command, "--content", str(work), "--format", "json"])

        assert done.exit_code in (0, 1) and isinstance(done.exception, (SystemExit, type(None))), done.exception
        assert json.loads(done.stdout or "{}").get("format", 1) == 1
    assert {path: path.read_bytes() for path in work.rglob("*") if path.is_file()} == before


@fuzz(30)
@given(raw=tables(), site=sites())
def test_what_is_accepted_is_covered_and_sound(raw, site, folder, tmp_path):
    work = tmp_path / "content"
    shutil.copytree(folder, work, dirs_exist_ok=True)
    (work / "works.csv").write_bytes(raw)
    (work / "site.toml").write_bytes(site)
    settled, noted = config.examine(work, TEMPLATES / "defaults.toml")
    store = Store(tmp_path / "cache")
    try:
        survey = content.survey(work, settled, store=store)
        found, _ = content.load(work, settled, Run(store=store, progress=Silent()), noted=noted)
    except FaultyError as error:
        assert isinstance(error, ContentError) and any(not fault.warning for fault in error.faults)
        return
    covered = coverage.measure(survey.works, settled.facets, k=3)

    assert survey.faults == 0 and covered.works == len(found.works)
    assert sum(one.works for one in covered.combinations) == covered.works
    assert len(covered.combinations) == len(found.cells)


def test_noise_is_not_taken_for_a_picture(tmp_path):
    (tmp_path / "a.jpg").write_bytes(bytes(range(256)) * 40)

    assert isinstance(images.inspect(tmp_path / "a.jpg"), Problem)
    with pytest.raises(Image.UnidentifiedImageError):
        images.open_rgb(tmp_path / "a.jpg")
