import codecs
import json
import os
import shutil

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.making import SITE, Silent, draw, make_content, make_row, write_cells, write_table

from generator import content
from generator.cli import commands
from generator.content import facets
from generator.core import config
from generator.core.errors import ContentError
from generator.core.model import Collection
from generator.core.resources import TEMPLATES
from generator.core.store import Store


def load(folder, *, limit=None, jobs=1, progress=None, cache=None):
    made, _ = config.load(folder, TEMPLATES / "defaults.toml")
    store = Store(cache or folder.parent / "cache")
    return content.load(folder, made, store=store, limit=limit, jobs=jobs, progress=progress or Silent())


def faults(folder):
    """Return what is wrong with the folder; warnings are told after it."""
    with pytest.raises(ContentError) as caught:
        load(folder)
    for fault in caught.value.faults:
        assert fault.file and fault.found and fault.expected and fault.fix
        assert "\n" not in str(fault)
    wrong = [fault for fault in caught.value.faults if not fault.warning]
    assert wrong and list(caught.value.faults[: len(wrong)]) == wrong
    return wrong


def changed(tmp_path, *changes, n=6, site=SITE):
    """Make a folder with the given cells changed, one dictionary a row."""
    return make_content(tmp_path / "content", n, site=site, changes=dict(enumerate(changes)))


def table(tmp_path, cells, n=6, **how):
    folder = make_content(tmp_path / "content", n)
    write_cells(folder / "works.csv", cells, **how)
    return folder


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


def test_all_faults_of_table_and_pictures_are_found_at_once(tmp_path):
    folder = changed(tmp_path, {"year": "x"}, {"image": "no.png"}, {"title": "", "source_url": "x"}, {"medium": ""})
    (folder / "images" / "w004.png").write_bytes(b"no picture")
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


def test_a_bad_picture_is_named_with_its_file(folder):
    (folder / "images" / "w004.png").write_text("<svg/>")
    (fault,) = faults(folder)

    assert fault.found == "images/w004.png is an SVG drawing"
    assert "PNG" in fault.fix


def test_a_misspelt_file_is_guessed_from_those_that_no_row_names(folder):
    (folder / "images" / "w003.png").rename(folder / "images" / "w0O3.png")
    (fault,) = faults(folder)

    assert "write w0O3.png, if that is the file" in fault.fix


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


def test_missing_files_and_folders_are_faults(folder):
    shutil.rmtree(folder / "images")
    assert [fault.file for fault in faults(folder)] == ["images"]

    (folder / "works.csv").rename(folder / "metadata.csv")
    (fault,) = faults(folder)
    assert "is this it: metadata.csv?" in fault.fix


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


def test_an_empty_facet_becomes_the_named_value_and_stands_last(tmp_path):
    site = SITE + 'not_recorded = "A missing word"\n'
    found, _ = load(changed(tmp_path, {"culture": ""}, {"culture": "Zulu"}, site=site))

    assert found.facets[0].values == ("Celtic", "Chinese", "Greek", "Zulu", "A missing word")


def test_the_period_is_made_from_the_year_in_the_order_of_time(tmp_path):
    site = SITE.replace('["culture", "medium"]', '["period"]') + 'not_recorded = "Undated"\n'
    years = ["1500", "1501", "", "-300", "-1", "1", "100", "101", "-12000", "2000", "1600"]
    found, _ = load(changed(tmp_path, *({"year": year} for year in years), n=11, site=site))
    century = dict(zip([work.id for work in found.works], found.labels[:, 0], strict=True))

    assert found.facets[0].values == (
        "12th millennium BCE",
        "3rd century BCE",
        "1st century BCE",
        "1st century",
        "2nd century",
        "15th century",
        "16th century",
        "20th century",
        "Undated",
    )
    assert century["w000"] != century["w001"] == century["w010"]
    assert "3rd-century-bce" in found.facets[0].slugs


def test_a_work_without_a_year_has_no_period(tmp_path):
    (fault,) = faults(changed(tmp_path, {"year": ""}, site=SITE.replace('"medium"', '"period"')))

    assert (fault.row, fault.column) == (2, "year")
    assert "not_recorded" in fault.fix


def test_no_slug_is_that_of_a_further_page_of_a_list():
    assert facets.slugs(["Page 2"])[0].startswith("page-2-")


def test_the_line_by_which_excel_names_the_delimiter_is_no_header(folder):
    table = folder / "works.csv"
    table.write_text("sep=,\r\n" + table.read_text(encoding="utf-8"), encoding="utf-8")

    assert len(load(folder)[0].works) == 12


def test_slugs_are_readable_safe_and_unique():
    values = ["Greek", "greek!", "Æthel & Œuvre", "中国", "Русский", "???", "CON", "any", "a" * 200, "a" * 201]
    found = facets.slugs(values)

    assert found[0] == "greek" and found[1].startswith("greek-")
    assert found[2:5] == ("aethel-oeuvre", "zhongguo", "russkiy")
    assert found[5].startswith("value-") and found[6].startswith("con-") and found[7].startswith("any-")
    assert len(set(found)) == len(values)
    assert facets.slugs(values[:4]) == found[:4]


@given(st.lists(st.text(max_size=12), unique=True, max_size=20))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_any_values_have_slugs(values):
    found = facets.slugs(values)

    assert len(set(found)) == len(values)
    assert all(
        slug and len(slug) <= 140 and slug.strip("abcdefghijklmnopqrstuvwxyz0123456789-") == "" for slug in found
    )


def test_values_are_sorted_as_a_reader_expects(tmp_path):
    names = ["Room 10", "room 9", "Élan", "zebra", "Eland", "Öl"]
    found, _ = load(changed(tmp_path, *({"culture": name} for name in names)))

    assert found.facets[0].values == ("Élan", "Eland", "Öl", "room 9", "Room 10", "zebra")


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
    assert "1 file that no work names" in warnings[3].found


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


def test_the_digest_depends_on_records_and_pictures_and_not_on_the_place(folder, tmp_path):
    plain = load(folder)[0].digest
    shutil.copytree(folder, tmp_path / "copy")

    assert load(tmp_path / "copy")[0].digest == plain

    draw(99, (96, 72)).save(tmp_path / "copy" / "images" / "w003.png")
    assert load(tmp_path / "copy")[0].digest != plain

    text = (folder / "works.csv").read_text(encoding="utf-8")
    (folder / "works.csv").write_text(text.replace("Maker 1", "Maker One", 1), encoding="utf-8")
    assert load(folder)[0].digest != plain


def age(folder):
    """Let the pictures look older than the moment in which a change could go unseen."""
    for path in (folder / "images").iterdir():
        os.utime(path, (1, 1))


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


def test_several_processes_find_the_same(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("generator.core.workers.WORTH", 0)

    assert load(folder, jobs=2, cache=tmp_path / "other")[0].digest == load(folder)[0].digest


def test_the_collection_does_not_depend_on_the_order_of_rows_within_other_cells(folder):
    plain = load(folder)[0]
    header, *lines = (folder / "works.csv").read_text(encoding="utf-8").splitlines()
    lines.sort(key=lambda line: line.split(",")[5])
    (folder / "works.csv").write_text("\n".join([header, *lines]), encoding="utf-8")

    assert load(folder)[0].digest == plain.digest


def check(folder, *words):
    return CliRunner().invoke(commands, ["check", "--content", str(folder), *words])


@pytest.fixture
def cached(tmp_path, monkeypatch):
    monkeypatch.setenv("TESSERAE_CACHE", str(tmp_path / "cache"))


@pytest.mark.usefixtures("cached")
def test_faults_of_site_table_and_pictures_come_in_one_list_and_warnings_apart(tmp_path):
    folder = changed(
        tmp_path, {"year": "x"}, {"rights": ""}, {"image": "no.png"}, site=SITE + "per_page = 1\nfacet = 1\n"
    )
    done = check(folder, "--format", "json")
    report = json.loads(done.stdout)

    assert (done.exit_code, report["format"], report["works"], report["errors"], report["warnings"]) == (
        1,
        1,
        None,
        4,
        1,
    )
    assert [(one["level"], one["file"], one["row"], one["column"]) for one in report["faults"]] == [
        ("error", "site.toml", 11, "per_page"),
        ("error", "site.toml", 12, "facet"),
        ("error", "works.csv", 2, "year"),
        ("error", "works.csv", 4, "image"),
        ("warning", "works.csv", 3, "rights"),
    ]
    assert set(report["faults"][0]) == {"level", "file", "row", "column", "found", "expected", "fix"}


@pytest.mark.usefixtures("cached")
@pytest.mark.parametrize("site", ["facets = 3\n", "facets = [", "\x00", "not_recorded = 1\n"])
def test_what_only_follows_from_a_fault_of_site_toml_is_not_told(site, tmp_path):
    folder = changed(tmp_path, {"culture": ""}, {"title": ""}, site=site)
    report = json.loads(check(folder, "--format", "json").stdout)

    assert {one["file"] for one in report["faults"]} == {"site.toml", "works.csv"}
    assert {one["column"] for one in report["faults"] if one["file"] == "works.csv"} == {"title"}


@pytest.mark.usefixtures("cached")
def test_check_ends_with_the_code_of_what_it_found(folder):
    (folder / "site.toml").write_text(
        SITE.replace("title", "subtitle", 1).replace('subtitle = "made', 'credits = "made')
    )
    codes = [
        check(folder, "--format", form, *words).exit_code for form in ("text", "json") for words in ([], ["--strict"])
    ]
    report = json.loads(check(folder, "--format", "json").stdout)

    assert codes == [0, 4, 0, 4]
    assert (report["works"], report["errors"], report["warnings"]) == (12, 0, 1)


@pytest.mark.usefixtures("cached")
def test_check_says_the_same_as_text_with_a_count_at_the_end(tmp_path):
    done = check(changed(tmp_path, {"year": "x"}, {"rights": ""}))

    assert done.stdout == ""
    assert "works.csv:2 [year]" in done.stderr and "warning: works.csv:3 [rights]" in done.stderr
    assert done.stderr.endswith("1 error, 1 warning; correct the errors before you build.\n")


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
