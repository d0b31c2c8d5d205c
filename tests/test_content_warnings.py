"""What an owner is warned of, and may leave as it is."""

import shutil

from support.loading import changed, load
from support.making import draw, make_content


def test_warnings_are_one_for_all_rows(tmp_path):
    folder = make_content(tmp_path / "content", 30, changes={i: {"year": "", "rights": ""} for i in range(0, 30, 2)})
    draw(1, (9, 9)).save(folder / "images" / "nobody.png")
    shutil.copy(folder / "images" / "w003.png", folder / "images" / "w004.png")
    _, warnings = load(folder)

    assert [(warning.column, warning.warning) for warning in warnings] == [
        ("rights", True),
        ("year", True),
        ("image", True),
        (None, True),
    ]
    assert "15 rows without a year (rows 2, 4, 6, 8, 10, 12, 14, 16 and 7 more)" in warnings[1].found
    assert "1 work with the same picture as another" in warnings[2].found and warnings[2].row == 6
    assert "1 file not used by any work" in warnings[3].found


def test_text_that_turns_direction_is_mended_with_a_warning(tmp_path):
    found, (warning,) = load(changed(tmp_path, {"title": "abc\u202etxt.exe"}, n=4))

    assert "abctxt.exe" in {work.title for work in found.works}
    assert "row 2" in warning.found


def test_facets_that_cannot_be_chosen_from_are_warned_of(tmp_path):
    changes = [{"culture": "One", "medium": f"m{i}"} for i in range(210)]
    changes[0]["medium"], changes[1]["medium"] = "Oil paint", "oil  Paint"
    found, warnings = load(changed(tmp_path, *changes, n=210))

    assert len(found.facets[1].values) == 210
    assert [warning.column for warning in warnings] == ["culture", "medium", "medium"]
    assert '"Oil paint" and "oil Paint"' in warnings[2].found
