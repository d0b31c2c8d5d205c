"""Files written whole or not at all."""

import pytest

from generator.core.files import replacing, replacing_text


def test_a_file_appears_when_its_block_ends(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with replacing(path) as temporary:
        temporary.write_text("new")

        assert path.read_text() == "old" and temporary.parent == tmp_path

    assert path.read_text() == "new" and list(tmp_path.iterdir()) == [path]


def test_after_an_error_the_old_file_stays_and_nothing_is_left(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(KeyError), replacing_text(path) as file:
        file.write("half")
        raise KeyError

    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_a_file_that_would_hold_the_same_is_left_alone(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("same")
    before = path.stat()
    with replacing_text(path) as file:
        file.write("same")

    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    with replacing_text(path) as file:
        file.write("sane")

    assert path.read_text() == "sane"


def test_a_folder_takes_its_name_with_all_that_is_in_it(tmp_path):
    left = tmp_path / ".there.new"  # by a run that was killed
    left.mkdir()
    (left / "stale").write_text("")
    with replacing(tmp_path / "there") as temporary:
        temporary.mkdir()
        (temporary / "a").write_text("1")

    assert [path.name for path in (tmp_path / "there").iterdir()] == ["a"]
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_line_ends_and_letters_are_written_as_they_are(tmp_path):
    with replacing_text(tmp_path / "a") as file:
        file.write("é\r\nb\n")

    assert (tmp_path / "a").read_bytes() == "é\r\nb\n".encode()
