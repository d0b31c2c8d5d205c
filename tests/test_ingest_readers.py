"""Files of any museum -> rows, and cells -> values: whatever comes, there are rows or a clear error."""

import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.core.errors import IngestError
from generator.ingest.sources.base import LeftOut
from generator.ingest.sources.readers import LINE, FileShape, read_all
from generator.ingest.sources.values import by_size, entries, first, joined, names, number, plain, text, truth, years

SHAPE = FileShape(needs=("id",), within=("data",), rename={"Identifier": "id"})
TABLE = "id,title\n1,Vase\n2,Bowl\n"


def rows(path, content, shape=SHAPE):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_all([str(path)], shape))


def cells(path, content):
    return [row.cells for row in rows(path, content)]


def refusal(path, content):
    with pytest.raises(IngestError) as error:
        rows(path, content)
    return str(error.value)


def test_a_row_says_its_file_and_its_number_in_a_spreadsheet(tmp_path):
    found = rows(tmp_path / "works.csv", TABLE)

    assert [(row.place, row.cells["title"]) for row in found] == [("works.csv:2", "Vase"), ("works.csv:3", "Bowl")]


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + TABLE,
        gzip.compress(TABLE.encode(), mtime=0),
        TABLE.replace(",", ";"),
        TABLE.replace(",", "\t").replace("\n", "\r\n"),
        TABLE.replace("id", " Identifier "),
        '[{"id": "1", "title": "Vase"},\n {"id": "2", "title": "Bowl"}]',
        '{"id": "1", "title": "Vase"}\n{"id": "2", "title": "Bowl"}\n',
        '\n {"info": {}, "data": [{"id": "1", "title": "Vase"}, {"id": "2", "title": "Bowl"}]}',
        gzip.compress(b'\xef\xbb\xbf[{"id": "1", "title": "Vase"}, {"id": "2", "title": "Bowl"}]', mtime=0),
    ],
)
def test_the_same_rows_come_from_every_way_to_write_them(tmp_path, content):
    assert cells(tmp_path / "file", content) == [{"id": "1", "title": "Vase"}, {"id": "2", "title": "Bowl"}]


def test_a_folder_gives_the_records_of_its_json_files_in_order(tmp_path):
    for name in ("b/2.json", "a/1.json", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(json.dumps({"data": {"id": name}}))
    found = list(read_all([str(tmp_path)], SHAPE))

    assert [row.cells["id"] for row in found] == ["a/1.json", "b/2.json"]
    assert found[0].place == f"{tmp_path.name}/a/1.json:1"


def test_json_longer_than_what_is_read_at_once_comes_whole(tmp_path):
    long = [{"id": i, "title": "x" * 700_000} for i in range(5)]

    assert cells(tmp_path / "data.json", json.dumps(long)) == long


def test_a_row_with_a_cell_too_many_is_left_out_and_the_others_stay(tmp_path):
    found = rows(tmp_path / "works.csv", "id,title\n1,Vase,blue\n\n2,Bowl\n")

    assert found[0] == LeftOut(
        place="works.csv:2",
        number="",
        title="",
        reason="row with too few or too many cells",
        detail="3 cells, but 2 in the header",
    )
    assert found[1].place == "works.csv:4"


def test_what_is_no_record_among_json_records_is_left_out(tmp_path):
    found = rows(tmp_path / "data.json", '[17, {"id": 1}, null]')

    assert [one.reason for one in found if isinstance(one, LeftOut)] == ["not a record"] * 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", 'a column "Identifier"'),
        ("IDENTIFIER,title\n1,Vase\n", 'rename "IDENTIFIER"'),
        (b"id,title\n1,caf\xe9\n", "UTF-8"),
        (TABLE.encode("utf-16"), "UTF-8"),
        (gzip.compress(TABLE.encode(), mtime=0)[:-9], "incomplete"),
        (b"\x1f\x8b damaged", "incomplete or damaged"),
        (b"PK\x03\x04...", "unpack it"),
        (b"version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
        ('id,title\n1,"Vase\n' + "2,Bowl\n" * 150_000, "missing closing quotation mark in row 2"),
        ("id,title\n1," + "x" * LINE, "a line of more than"),
        ('[{"id": 1}, {"id": 2', "JSON that is incomplete"),
        ('[{"id": 1}] [{"id": 2}]', "more after the end"),
        ('{"id": 1}\n]', "invalid"),
        ("[" * 100_000, "incomplete or invalid"),
        ('[{"id": ' + "9" * 5000 + "}]", "invalid"),
    ],
)
def test_a_file_that_cannot_be_read_on_is_refused_with_what_to_do(tmp_path, content, said):
    message = refusal(tmp_path / "file", content)

    assert said in message and "Fix: " in message and message.startswith("file")


@pytest.mark.parametrize("given_", ["https://example.org/MetObjects.csv", "missing.csv"])
def test_what_is_no_file_is_refused(given_):
    with pytest.raises(IngestError, match="Fix:"):
        list(read_all([given_], SHAPE))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)),
    start=st.sampled_from([b"", b"[", b"id\n", b"\x1f\x8b"]),
)
def test_any_bytes_give_rows_or_a_clear_error(tmp_path, content, start):
    try:
        rows(tmp_path / "file", start + content)
    except IngestError as error:
        assert "Fix: " in str(error)


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        ("1642", "1642.0", (1642, 1642)),
        (-550, -530, (-550, -530)),
        ("0", "0", (None, None)),
        ("", "", (None, None)),
        (0, 199, (1, 199)),
        (-100, 0, (-100, -1)),
        (1642, None, (1642, None)),
        ("ca. 1642", "12" * 400, (None, None)),
    ],
)
def test_years_are_the_museums_and_never_0(begin, end, expected):
    assert years(begin, end) == (*expected, ())


@pytest.mark.parametrize(
    ("begin", "end", "why"), [(1785, 1779, "are in reverse order"), (1959, 71959, "are impossible")]
)
def test_years_that_cannot_be_right_are_not_used_and_said(begin, end, why):
    assert years(begin, end) == (
        None,
        None,
        (("date_note", f"the museum's years, {begin} to {end}, {why} and were not used"),),
    )


@pytest.mark.parametrize(
    ("date", "begin", "end", "used"),
    [
        ("", 1791, 1878, False),
        ("n.d.", 1896, 1972, False),
        ("", None, 1984, False),
        ("", 1545, 1555, True),
        ("Edo period", 1615, 1868, True),
    ],
)
def test_years_far_apart_of_a_work_that_is_not_dated_are_not_its_date(date, begin, end, used):
    found = years(begin, end, date=date)

    assert found[:2] == ((begin, end) if used else (None, None))
    assert bool(found[2]) is not used


def test_words_of_several_cells_are_joined_once_each():
    assert joined("Iran| Iran ", "", None, ["Nishapur", 7, ["deep"]]) == "Iran|Nishapur|7"


def test_makers_are_told_as_the_museum_links_them():
    assert names(["Workshop of  Bellini or", " possibly Lotto ", "", "and Workshop", "Titian"]) == (
        "Workshop of Bellini or possibly Lotto and Workshop; Titian"
    )


def test_markup_is_taken_off_and_other_angles_stay():
    assert plain("<i>The Great Wave</i>, a < b > c <script>") == "The Great Wave, a < b > c <script>"


def test_the_smallest_picture_that_is_large_enough_comes_first():
    assert by_size([("full", 4000), ("web", 900), ("print", 3400), ("", 1000)], 1024) == ("print", "web", "full")
    assert by_size([("web", 900), ("print", 3400)], 800) == ("web", "print")


def test_records_in_a_cell_are_read_as_json_and_as_python_prints_them():
    assert entries('[{"name": "Lions"}]') == entries("[{'name': 'Lions'}]") == [{"name": "Lions"}]
    assert first("{'a': None}") == {"a": None}
    assert entries("[__import__('os')]") == entries("[" * 5000) == entries("Lions") == []


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(value=anything, other=anything)
def test_no_value_is_too_odd_to_be_read(value, other):
    said = [text(value), joined(value, other), plain(value), text(truth(value)), text(number(value))]
    begin, end, _ = years(value, other)

    assert all(isinstance(one, str) and not csv_unfit(one) for one in said)
    assert begin != 0 and end != 0 and (begin is None or end is None or begin <= end)
    assert all(isinstance(entry, dict) for entry in entries(value))


def csv_unfit(said):
    """Return whether a text cannot be written as UTF-8."""
    return said != said.encode("utf-8", "replace").decode()
