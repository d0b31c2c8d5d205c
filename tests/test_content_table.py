"""works.csv as programs write it, and as it should not be."""

import codecs

import pytest
from support.loading import faults, load, table
from support.making import make_content, make_row, write_table


@pytest.fixture
def folder(tmp_path):
    return make_content(tmp_path / "content", 12)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_ways_to_write_a_table_all_give_the_same(delimiter, end, encoding, folder):
    rows = [make_row(i) | {"title": f'A, "b"; c\t{i}', "description": "one\ntwo é"} for i in range(12)]
    write_table(folder / "works.csv", rows)
    plain = load(folder)[0]
    write_table(folder / "works.csv", rows, delimiter=delimiter, encoding=encoding, end=end)
    found = load(folder)[0]

    assert found.digest == plain.digest
    assert found.works[0].extra[-1] == ("description", "one\ntwo é")


def test_headers_are_known_without_regard_to_case_spaces_and_aliases(tmp_path):
    for name in ("pid", "ID", "Object ID", " objectid "):
        rows = [list(make_row(i).values()) for i in range(2)]
        header = list(make_row(0))
        header[0], header[5], header[15] = name, "Culture ", "Image Alt Text"
        found, warnings = load(table(tmp_path, [header, *rows], n=2))

        assert [work.id for work in found.works] == ["w001", "w000"]
        assert warnings == ()


def test_rows_count_as_in_a_spreadsheet(tmp_path):
    header, *rows = list(make_row(0)), *(list(make_row(i).values()) for i in range(3))
    rows[0][1] = "a title\nof three\nlines"
    rows[2][4] = "bad"
    empty = [""] * len(header)
    (found,) = faults(table(tmp_path, [header, rows[0], empty, rows[1], [], rows[2]]))

    assert (found.row, found.column) == (6, "year")


@pytest.mark.parametrize("column", ["objectid", "title", "image", "culture", "motif"])
def test_an_absent_column_is_a_fault_of_the_header(column, folder):
    rows = [make_row(i) for i in range(12)]
    for row in rows:
        del row[column]
    write_table(folder / "works.csv", rows)
    (fault,) = faults(folder)

    assert (fault.row, fault.column) == (1, column)
    assert f"add a column {column}" in fault.fix


@pytest.mark.parametrize(
    ("header", "fix"),
    [("object_location", "rename the column to image"), ("filename", "rename the column to image")],
)
def test_a_table_of_collectionbuilder_is_told_how_to_name_its_pictures(header, fix, folder):
    rows = [{header if name == "image" else name: cell for name, cell in make_row(i).items()} for i in range(12)]
    write_table(folder / "works.csv", rows)
    (fault,) = faults(folder)

    assert fix in fault.fix


def test_a_misspelt_column_is_recognized(folder):
    text = (folder / "works.csv").read_text().replace("culture,", "cultur,", 1)
    (folder / "works.csv").write_text(text)
    (fault,) = faults(folder)

    assert fault.fix == "rename the column cultur to culture"


def broken_tables():
    good = [list(make_row(0)), *(list(make_row(i).values()) for i in range(3))]
    text = "\n".join(",".join(row) for row in good) + "\n"
    lines = text.splitlines(keepends=True)
    yield "short row", "".join([*lines[:2], lines[2].rsplit(",", 1)[0] + "\n", lines[3]]), 3, "16 cells"
    yield "long row", "".join([*lines[:2], lines[2][:-1] + ",more\n", lines[3]]), 3, "18 cells"
    yield "duplicate header", text.replace("materials", "Title", 1), 1, "in places 2 and 8"
    yield "quotes within quotes", text.replace("Chinese rings 1", '"a "b" c"'), 3, "quotation mark"
    yield "quote never closed", text.replace("Chinese rings 1", '"a'), 3, "never ends"
    yield "utf-16", text.encode("utf-16"), None, "UTF-16"
    yield "utf-16 without mark", text.encode("utf-16-le"), None, "UTF-16"
    yield "utf-32", codecs.BOM_UTF32_LE + text.encode("utf-32-le"), None, "UTF-32"
    yield (
        "cp1252",
        text.replace("Chinese rings 1", "Käse").encode("cp1252"),
        3,
        "0xE4, which is ä in Windows-1252, in Käse",
    )
    yield "excel", b"PK\x03\x04rest", None, "a spreadsheet"
    yield "nothing", "", None, "an empty file"
    yield "blank", "\n\n \n", None, "an empty file"
    yield "header only", lines[0], None, "a table without works"


@pytest.mark.parametrize(
    ("name", "text", "row", "found"), list(broken_tables()), ids=[case[0] for case in broken_tables()]
)
def test_a_broken_table_is_named_with_row_and_fix(name, text, row, found, folder):
    (folder / "works.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    fault = faults(folder)[0]

    assert (fault.file, fault.row) == ("works.csv", row)
    assert found in fault.found


def test_the_line_by_which_excel_names_the_delimiter_is_no_header(folder):
    table = folder / "works.csv"
    table.write_text("sep=,\r\n" + table.read_text(encoding="utf-8"), encoding="utf-8")

    assert len(load(folder)[0].works) == 12
