"""The pictures of a content folder: found, checked, and not checked twice."""

import json
import os

import pytest
from support.loading import changed, faults, load
from support.making import Silent, draw, make_content


@pytest.fixture
def folder(tmp_path):
    return make_content(tmp_path / "content", 12)


def test_a_bad_picture_is_named_with_its_file(folder):
    (folder / "images" / "w004.png").write_text("<svg/>")
    (fault,) = faults(folder)

    assert fault.found == "images/w004.png is an SVG drawing"
    assert "PNG" in fault.fix


def test_a_misspelt_file_is_guessed_from_those_that_no_row_names(folder):
    (folder / "images" / "w003.png").rename(folder / "images" / "w0O3.png")
    (fault,) = faults(folder)

    assert "write w0O3.png, if that is the file" in fault.fix


def test_links_may_lead_to_other_pictures_but_not_out_of_the_folder(tmp_path):
    folder = changed(
        tmp_path, {"image": "inside.png"}, {"image": "outside.png"}, {"image": "out/w.png"}, {"image": "loop.png"}
    )
    (tmp_path / "elsewhere").mkdir()
    draw(9, (20, 20)).save(tmp_path / "elsewhere" / "w.png")
    (folder / "images" / "inside.png").symlink_to("w000.png")
    (folder / "images" / "outside.png").symlink_to(tmp_path / "elsewhere" / "w.png")
    (folder / "images" / "out").symlink_to(tmp_path / "elsewhere")
    (folder / "images" / "loop.png").symlink_to("loop.png")
    found = faults(folder)

    assert [fault.row for fault in found] == [3, 4, 5]
    assert all("a link out of the folder" in fault.found for fault in found[:2])


def test_images_as_a_link_out_of_the_folder_is_refused(tmp_path):
    folder = changed(tmp_path)
    (folder / "images").rename(tmp_path / "elsewhere")
    (folder / "images").symlink_to(tmp_path / "elsewhere")
    (fault,) = faults(folder)

    assert fault.file == "images"


@pytest.fixture
def no_race(monkeypatch):
    monkeypatch.setattr("generator.content.image_files.RACY", -(10**18))


@pytest.mark.usefixtures("no_race")
def test_pictures_are_decoded_once_and_again_when_their_file_changed(folder):
    first, again, later = Silent(), Silent(), Silent()
    plain = load(folder, progress=first)[0]
    same = load(folder, progress=again)[0]
    path = folder / "images" / "w007.png"
    stat = path.stat()
    content_before = path.read_bytes()
    path.write_bytes(content_before[:-1] + b"\x83")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # same size and time of content: its other time tells
    changed_now = load(folder, progress=later)[0]

    assert first.stages == [("Checking pictures", 12)] and first.done == 12
    assert again.stages == []
    assert later.stages == [("Checking pictures", 1)]
    assert same.digest == plain.digest != changed_now.digest


def test_pictures_written_just_now_are_not_remembered(folder):
    load(folder)
    again = Silent()
    load(folder, progress=again)

    assert again.stages == [("Checking pictures", 12)]


@pytest.mark.usefixtures("no_race")
@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b'{"w001.png": 3}', b'{"w001.png": [1, 2]}', b"\xff", b'{"a": null}']
)
def test_a_damaged_memory_is_made_again(content, folder, tmp_path):
    plain = load(folder)[0].digest
    (memory,) = (tmp_path / "cache" / "facts").rglob("*.json")
    memory.write_bytes(content)

    assert load(folder)[0].digest == plain
    assert len(json.loads(memory.read_bytes())) == 12
