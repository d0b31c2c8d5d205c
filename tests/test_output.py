import json
import os

import pytest

from generator.core.errors import OutputError
from generator.publish import output


def write(out, key="k", text="hello"):
    with output.replacing(out, key) as fresh:
        (fresh / "index.html").write_text(text)


def test_a_site_appears_whole_and_knows_what_it_was_made_from(tmp_path):
    out = tmp_path / "_site"
    write(out)

    assert output.is_current(out, "k")
    assert not output.is_current(out, "other")
    assert [path.name for path in tmp_path.iterdir()] == ["_site"]


def test_a_site_with_a_file_missing_or_changed_in_size_is_not_current(tmp_path):
    out = tmp_path / "_site"
    write(out)
    (out / "index.html").write_text("longer than it was")
    assert not output.is_current(out, "k")
    (out / "index.html").unlink()

    assert not output.is_current(out, "k")


def test_a_damaged_stamp_is_not_current(tmp_path):
    out = tmp_path / "_site"
    write(out)
    for text in ("", "[]", '{"key": "k"}'):
        (out / output.STAMP).write_text(text)

        assert not output.is_current(out, "k")


def test_an_error_while_writing_leaves_the_old_site(tmp_path):
    out = tmp_path / "_site"
    write(out, text="old")
    with pytest.raises(ZeroDivisionError), output.replacing(out, "k2") as fresh:
        (fresh / "index.html").write_text("half")
        raise ZeroDivisionError

    assert (out / "index.html").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["_site"]


def test_a_folder_that_is_not_ours_is_never_replaced_or_removed(tmp_path):
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(OutputError, match="did not write"):
        output.check_ours(tmp_path)
    with pytest.raises(OutputError, match="did not write"):
        output.remove(tmp_path)

    assert (tmp_path / "thesis.doc").exists()


def test_a_file_or_a_link_is_no_output_folder(tmp_path):
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link"):
        with pytest.raises(OutputError, match="not a folder"):
            output.check_ours(tmp_path / name)


def test_what_a_killed_build_left_is_mended(tmp_path):
    gone = 2**22 - 3  # no process has this number
    (tmp_path / f"._site.new.{gone}").mkdir()
    aside = tmp_path / f"._site.old.{gone}"
    aside.mkdir()
    (aside / output.STAMP).write_text(json.dumps({"key": "k"}))
    mine = tmp_path / f"._site.new.{os.getppid()}"
    mine.mkdir()
    assert output.remove(tmp_path / "_site")

    assert [path.name for path in tmp_path.iterdir()] == [mine.name]


def test_removing_what_is_not_there_says_so(tmp_path):
    assert not output.remove(tmp_path / "_site")


def test_a_build_json_of_another_program_does_not_make_a_folder_ours(tmp_path):
    for text in ('{"scripts": 1}', "[]", "nonsense"):
        (tmp_path / output.STAMP).write_text(text)
        with pytest.raises(OutputError, match="did not write"):
            output.check_ours(tmp_path)
        with pytest.raises(OutputError, match="did not write"):
            output.remove(tmp_path)
