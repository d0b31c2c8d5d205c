"""What a cell may say, and what is wrong with it."""

import pytest
from support.loading import changed, faults, load
from support.making import make_content

FAULTY_CELLS = [  # column, what is written, a word of what was found, a word of the fix
    ("objectid", "", "an empty cell", "fill it in"),
    ("objectid", "a b", '"a b"', "write a-b"),
    ("objectid", "../etc/passwd", "../etc/passwd", "write etc-passwd"),
    ("objectid", "a/b", "a/b", "a-b"),
    ("objectid", ".hidden", ".hidden", "write hidden"),
    ("objectid", "x" * 101, "xxx…", "write xxx"),
    ("objectid", "CON", "CON", "write CON-1"),
    ("objectid", "nul.txt", "nul.txt", "write nul.txt-1"),
    ("objectid", "work.", "work.", "write work"),
    ("objectid", "wоrk", "wоrk", "write w-rk"),  # a Cyrillic o
    ("objectid", "w001", "also used in row 3", "change one of them"),
    ("objectid", "W001", 'as "w001"', "change one of them"),
    ("title", "", "an empty cell", "fill it in"),
    ("title", "a\x00b", "U+0000", "remove it"),
    ("title", "a\x1bb", "U+001B", "remove it"),
    ("year", "ca. 1570", "ca. 1570", 'write 1570 and put "ca. 1570" into date'),
    ("year", "1501/1550", "1501/1550", "write 1501"),
    ("year", "300 BC", "300 BC", "write -300 "),
    ("year", "300-201 B.C.E.", "300-201", "write -300 "),
    ("year", "500 v. Chr.", "500 v. Chr.", "write -500 "),
    ("year", "3rd century BC", "3rd century", "leave it empty"),
    ("year", "n.d.", "n.d.", "leave it empty"),
    ("year", "1642.5", "1642.5", ""),
    ("year", "2101", "2101", "correct it"),
    ("year", "0", '"0"', "leave it empty"),
    ("year", "-200000", "-200000", "correct it"),
    ("year", "٣", "٣", "leave it empty"),
    ("year", "9" * 5000, "999", "leave it empty"),
    ("culture", "", "an empty cell", "not_recorded"),
    ("source_url", "javascript:alert(1)", "javascript:", "whole address"),
    ("source_url", "www.example.org/a", "www.", "write https://www.example.org/a"),
    ("source_url", "https://", "https://", "whole address"),
    ("source_url", "https://me:secret@example.org", "secret", "whole address"),
    ("source_url", "ftp://example.org/x", "ftp:", "whole address"),
    ("source_url", "http://[", "http://[", "whole address"),
    ("image", "", "an empty cell", "fill it in"),
    ("image", "/etc/passwd", "an absolute path", "write passwd"),
    ("image", "C:\\art\\a.jpg", "an absolute path", "write a.jpg"),
    ("image", "../works.csv", "out of the folder", "write works.csv"),
    ("image", "a/../../works.csv", "out of the folder", "write works.csv"),
    ("image", "sub\\w000.png", "backslashes", "write sub/w000.png"),
    ("image", "https://example.org/a.jpg", "a web address", "write a.jpg"),
    ("image", "W000.PNG", "does not exist", "write w000.png, with the same capitals"),
    ("image", "w000.jpg", "does not exist", "write w000.png, if"),
    ("image", "w000", "does not exist", "write w000.png, if"),
    ("image", "images/w000.png", "does not exist", "write w000.png"),
    ("image", "quite different.tif", "does not exist", "put the file there"),
    ("image", "x" * 5000, "does not exist", "put the file there"),
    ("image", ".", "does not exist", "put the file there"),
]


@pytest.mark.parametrize(("column", "text", "found", "fix"), FAULTY_CELLS)
def test_a_faulty_cell_is_named_with_row_column_and_fix(column, text, found, fix, tmp_path):
    (fault,) = faults(changed(tmp_path, {}, {}, {column: text}))

    assert (fault.file, fault.row, fault.column) == ("works.csv", 4, column)
    assert found in fault.found
    assert fix in fault.fix
    assert len(str(fault)) < 600


GOOD_CELLS = [
    ("year", "-550", "year", -550),
    ("year", "−550", "year", -550),
    ("year", "1642.0", "year", 1642),
    ("year", "+79", "year", 79),
    ("title", "  a\n b  ", "title", "a b"),
    ("title", "<script>alert(1)</script>", "title", "<script>alert(1)</script>"),
    ("title", '=HYPERLINK("x")', "title", '=HYPERLINK("x")'),
    ("title", '\'=HYPERLINK("x")', "title", '=HYPERLINK("x")'),
    ("title", "'s-Hertogenbosch", "title", "'s-Hertogenbosch"),
    ("title", "é", "title", "é"),
    ("title", "🏺 " * 5000, "title", ("🏺 " * 5000).strip()),
    ("image_alt_text", "", "alt", "Greek checks 6, Maker 1, about 1640, Greek, Mosaic"),
    (
        "source_url",
        "https://example.org/Dürer a?b=c%20d#e",
        "source_url",
        "https://example.org/D%C3%BCrer%20a?b=c%20d#e",
    ),
    ("source_url", "HTTP://example.org", "source_url", "HTTP://example.org"),
    ("image", "./w006.png", "id", "w006"),
]


@pytest.mark.parametrize(("column", "text", "field", "value"), GOOD_CELLS)
def test_what_a_cell_may_say(column, text, field, value, tmp_path):
    folder = make_content(tmp_path / "content", 9, changes={6: {column: text}})
    work = next(work for work in load(folder)[0].works if work.id == "w006")

    assert getattr(work, field) == value
