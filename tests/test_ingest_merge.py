"""Ingest again after the owner was at work: what they edited, added and took away stays."""

import pytest
from support.misbehaving import picture
from support.museums import RULES, WORKS, check, edit, record, run, works

from generator.core.errors import IngestError
from generator.ingest.sources.base import LeftOut


def test_a_second_run_changes_nothing(place):
    run(place)
    files = {path: path.stat().st_mtime_ns for path in (place / "out").rglob("*.*") if "report" not in path.name}
    report = run(place)

    assert {path: path.stat().st_mtime_ns for path in files} == files
    assert report.pictures == {"unchanged": WORKS} and report.rows == {"unchanged": WORKS}


def test_what_the_owner_edited_added_and_took_away_stays(place):
    run(place)

    def change(rows: list[list[str]]) -> None:
        rows[0].append("room")
        for row in rows[1:]:
            row.append("Room 9")
        rows[1][rows[0].index("title")] = "My vase"
        del rows[2]
        drop = rows[0].index("rights")
        for row in rows:
            del row[drop]

    edit(place, change)
    report = run(place, *(record(i, title=f"New {i}", credit="A gift") for i in range(WORKS)))
    found = works(place)

    assert list(found) == ["mu-0", "mu-2"] and "rights" not in found["mu-0"]
    assert (found["mu-0"]["title"], found["mu-2"]["title"]) == ("My vase", "New 2")
    assert (found["mu-0"]["credit"], found["mu-0"]["room"]) == ("A gift", "Room 9")
    assert report.rows["edited by the owner"] == 2 and report.rows["removed by the owner"] == 1


def test_edits_stay_in_every_later_run(place):
    run(place)
    edit(place, lambda rows: rows[1].__setitem__(rows[0].index("title"), "My vase"))
    for i in range(3):
        run(place, record(0, title=f"New {i}"))

    assert works(place)["mu-0"]["title"] == "My vase"


def test_a_row_of_the_owner_with_the_same_id_is_not_touched(place):
    (place / "out" / "images").mkdir(parents=True)
    (place / "out" / "images" / "mine.png").write_bytes(picture())
    (place / "out" / "works.csv").write_text("\ufeffID;Title;image\nmu-0;Mine;mine.png\n", encoding="utf-8")
    for _ in range(2):
        run(place)
    text = (place / "out" / "works.csv").read_text(encoding="utf-8")

    assert text.startswith("\ufeffID;Title;image;creator;") or text.startswith("\ufeffID;Title;image;date;")
    assert text.splitlines()[1].startswith("mu-0;Mine;mine.png;;") and "mu-1;Vase 1;mu-1.png;" in text


def test_an_edited_vocabulary_changes_the_values_and_fetches_nothing(place):
    run(place)
    rules = place / "out" / "vocabulary.toml"
    rules.write_text(RULES.replace('value = "Greek"', 'value = "Hellenic"'))
    report = run(place)

    assert {row["culture"] for row in works(place).values()} == {"Hellenic"}
    assert report.pictures == {"unchanged": WORKS} and report.rows == {"changed": WORKS}


def test_a_second_source_adds_its_works(place):
    run(place)
    report = run(place, record(0, source="other", title="Theirs", extra=(("Gallery", "7"),)))

    check(place)
    assert list(works(place)) == ["mu-0", "mu-1", "mu-2", "other-0"]
    assert works(place)["other-0"]["Gallery"] == "7" and report.rows == {"added": 1, "not in this request": WORKS}


def test_a_work_that_the_source_leaves_out_now_goes_unless_it_was_edited(place):
    run(place)
    edit(place, lambda rows: rows[1].__setitem__(rows[0].index("title"), "My vase"))
    gone = [LeftOut(place="x", number=str(i), title="", reason="withdrawn") for i in (0, 1)]
    report = run(place, *gone, record(2))

    assert list(works(place)) == ["mu-0", "mu-2"]
    assert report.rows["left out now"] == 1 and report.rows["left out now, but edited by the owner"] == 1


def test_a_kill_between_the_two_tables_does_no_harm(place):
    run(place, record(0))
    before = (place / "out" / "ingest" / "works.csv").read_bytes()
    run(place, record(0, title="New"), record(1))
    (place / "out" / "ingest" / "works.csv").write_bytes(before)
    run(place, record(0, title="New"), record(1))
    run(place, record(0, title="Newer"), record(1, title="Newer"))

    assert [row["title"] for row in works(place).values()] == ["Newer", "Newer"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"title,image\na,b\n", "no column objectid"),
        (b"objectid,title\nx\n", "row 2 has 1 cells, but the header has 2"),
        (b"objectid,title\na,b\na,c\n", "row 3 repeats an objectid"),
        (b"objectid\n\xff\n", "not UTF-8"),
        (b'objectid,title\n"a,b\n', "cannot be read"),
    ],
)
def test_a_table_that_cannot_be_merged_with_is_left_alone(place, content, words):
    (place / "out").mkdir()
    (place / "out" / "works.csv").write_bytes(content)
    with pytest.raises(IngestError, match=words):
        run(place)

    assert (place / "out" / "works.csv").read_bytes() == content
