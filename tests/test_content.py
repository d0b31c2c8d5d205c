"""A content folder becomes a Collection, or every fault is told at once."""

import shutil

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.loading import changed, faults, load
from support.making import draw, make_content, make_row

from generator import content
from generator.core import config
from generator.core.errors import ContentError
from generator.core.model import Collection
from generator.core.resources import TEMPLATES
from generator.core.store import Store


@pytest.fixture
def folder(tmp_path):
    return make_content(tmp_path / "content", 12)


def test_a_good_folder_gives_its_works_by_cell_and_no_warning(folder):
    found, warnings = load(folder)

    assert warnings == ()
    assert [facet.name for facet in found.facets] == ["culture", "medium"]
    assert found.facets[0].values == ("Celtic", "Chinese", "Greek")
    assert found.facets[1].slugs == ("mosaic", "textile")
    assert [work.id for work in found.works] == [f"w{i:03}" for i in (2, 8, 5, 11, 4, 10, 1, 7, 0, 6, 3, 9)]
    assert found.cells.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1], [2, 0], [2, 1]]
    assert found.cell_of.tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert (found.cells[found.cell_of] == found.labels).all()


def test_a_work_carries_its_record(folder):
    work = next(work for work in load(folder)[0].works if work.id == "w003")

    assert (work.title, work.creator, work.date, work.year) == ("Greek waves 3", "Maker 3", "about 1520", 1520)
    assert (work.museum, work.accession_number, work.credit) == ("Test Museum", "T.3", "Given by a test")
    assert (work.rights, work.source_url, work.alt) == ("CC0", "https://example.org/works/3", "waves in two colors")
    assert work.extra == (("materials", "pixels"), ("motif", "waves"))
    assert (work.picture.width, work.picture.height) == (96, 72)
    assert work.picture.path == folder / "images" / "w003.png"


def test_the_first_rows_only_when_asked(folder):
    assert sorted(work.id for work in load(folder, limit=5)[0].works) == [f"w{i:03}" for i in range(5)]


def test_all_faults_of_table_and_pictures_are_found_at_once(tmp_path):
    folder = changed(tmp_path, {"year": "x"}, {"image": "no.png"}, {"title": "", "source_url": "x"}, {"medium": ""})
    (folder / "images" / "w004.png").write_bytes(b"not a picture")
    (folder / "images" / "w005.png").write_bytes((folder / "images" / "w005.png").read_bytes()[:200])
    found = [(fault.row, fault.column) for fault in faults(folder)]

    assert found == [
        (2, "year"),
        (3, "image"),
        (4, "title"),
        (4, "source_url"),
        (5, "medium"),
        (6, "image"),
        (7, "image"),
    ]


def test_missing_files_and_folders_are_faults(folder):
    shutil.rmtree(folder / "images")
    assert [fault.file for fault in faults(folder)] == ["images"]

    (folder / "works.csv").rename(folder / "metadata.csv")
    (fault,) = faults(folder)
    assert "is this it: metadata.csv?" in fault.fix


def test_the_digest_depends_on_records_and_pictures_and_not_on_the_place(folder, tmp_path):
    plain = load(folder)[0].digest
    shutil.copytree(folder, tmp_path / "copy")

    assert load(tmp_path / "copy")[0].digest == plain

    draw(99, (96, 72)).save(tmp_path / "copy" / "images" / "w003.png")
    assert load(tmp_path / "copy")[0].digest != plain

    text = (folder / "works.csv").read_text(encoding="utf-8")
    (folder / "works.csv").write_text(text.replace("Maker 1", "Maker One", 1), encoding="utf-8")
    assert load(folder)[0].digest != plain


def test_several_processes_find_the_same(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("generator.core.workers.WORTH", 0)

    assert load(folder, jobs=2, cache=tmp_path / "other")[0].digest == load(folder)[0].digest


def test_the_collection_does_not_depend_on_the_order_of_rows_within_other_cells(folder):
    plain = load(folder)[0]
    header, *lines = (folder / "works.csv").read_text(encoding="utf-8").splitlines()
    lines.sort(key=lambda line: line.split(",")[5])
    (folder / "works.csv").write_text("\n".join([header, *lines]), encoding="utf-8")

    assert load(folder)[0].digest == plain.digest


def test_a_survey_decodes_nothing_and_leaves_nothing_out(tmp_path):
    folder = changed(tmp_path, {"year": "x"}, {"title": ""}, {"image": "no.png"})
    for path in (folder / "images").iterdir():
        path.write_bytes(path.name.encode())
    made, _ = config.load(folder, TEMPLATES / "defaults.toml")
    found = content.survey(folder, made, store=Store(tmp_path / "cache"))

    assert (len(found.works), found.twins, found.faults) == (6, (), 3)
    assert not (tmp_path / "cache").exists()


CELL = st.one_of(
    st.sampled_from(
        ["", "w000.png", "w001.png", "Greek", "1500", "-1", "a", '"', '""', "\n", ";", "../x", "con", "\ufeff", "\x00"]
    ),
    st.text(max_size=8),
)


HEADER = st.lists(st.sampled_from([*make_row(0), "id", "Title", "", "x", "période"]), min_size=1, max_size=20)


@settings(
    max_examples=250, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_table_ends_in_anything_but_a_collection_or_its_faults(data, folder):
    kind = data.draw(st.integers(0, 3))
    if kind == 0:
        raw = data.draw(st.binary(max_size=300))
    elif kind == 1:
        raw = data.draw(st.text(max_size=300)).encode()
    else:
        delimiter = data.draw(st.sampled_from(",;\t"))
        header = list(make_row(0)) if kind == 2 else data.draw(HEADER)
        rows = data.draw(st.lists(st.lists(CELL, max_size=20), max_size=4))
        if kind == 2:
            rows = [(row + list(make_row(i).values())[len(row) :])[:17] for i, row in enumerate(rows)]
        raw = "\n".join(delimiter.join(row) for row in [header, *rows]).encode("utf-8", "surrogatepass")
    (folder / "works.csv").write_bytes(raw)
    try:
        found, _ = load(folder)
    except ContentError as error:
        assert error.faults
    else:
        assert isinstance(found, Collection)
        assert np.all(np.diff(found.cell_of) >= 0)
        assert all(work.alt and work.title and work.id for work in found.works)
