import csv
import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.core.errors import IngestError
from generator.core.rights import called, may_be_shown
from generator.ingest.sources.base import LeftOut, Record, SourceQuery
from generator.ingest.sources.column_mapping import FIELDS
from generator.ingest.sources.csv_table import TABLES, home

OMEKA_CLASSIC = (
    "Dublin Core:Title,Dublin Core:Creator,Dublin Core:Date,Dublin Core:Format,Dublin Core:Rights,Item Id,file"
)
OMEKA_S = (
    "o:id,dcterms:title:literal,dcterms:creator:literal,dcterms:spatial:literal,dcterms:license:uri,o:original_url"
)
COLLECTION_BUILDER = (
    "objectid,parentid,title,creator,date,subject,location,source,identifier,format,rights,rightsstatement,"
    "object_location,image_small,image_thumb,image_alt_text"
)
WAX = "pid,label,artist,location,_date,object_type,current_location,source,order,manifest,thumbnail,full"


def found(path, **columns):
    """Return all that a table gives; columns are as after --map."""
    return list(TABLES.records(SourceQuery(inputs=(str(path),), columns=columns)))


def one(tmp_path, header, *cells, name="works.csv", **columns):
    """Return what a table of one row gives."""
    return found(table(tmp_path, header.split(","), cells, name=name), **columns)[0]


def table(tmp_path, *rows, name="works.csv", delimiter=","):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def refused(tmp_path, text, **columns):
    path = tmp_path / "works.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(IngestError) as caught:
        found(path, **columns)
    return str(caught.value)


def test_a_collectionbuilder_row_becomes_a_record(tmp_path):
    record = one(
        tmp_path,
        COLLECTION_BUILDER,
        "jug_1",
        "",
        "A jug",
        "Ana Potter",
        "about 1820",
        "jugs; birds",
        "Faro, Portugal",
        "Box 4",
        "MS 4",
        "image/jpeg",
        "Public domain",
        "http://rightsstatements.org/vocab/NoC-US/1.0/",
        "https://example.org/jug.jpg",
        "https://example.org/jug_sm.jpg",
        "",
        "A jug with a bird",
    )

    assert (record.source, record.number, record.title, record.creator) == ("", "jug_1", "A jug", "Ana Potter")
    assert record.date == "about 1820"
    assert record.words == {"geography": "Faro, Portugal"}
    assert record.pictures == ("https://example.org/jug.jpg", "https://example.org/jug_sm.jpg")
    assert record.rights == "Public domain" and record.free is True
    assert record.alt == "A jug with a bird"
    assert record.place == "works.csv:2"
    assert dict(record.extra) == {
        "subject": "jugs; birds",
        "source": "Box 4",
        "identifier": "MS 4",
        "format": "image/jpeg",
        "rightsstatement": "http://rightsstatements.org/vocab/NoC-US/1.0/",
    }


def test_a_further_view_of_a_work_is_left_out_with_its_reason(tmp_path):
    left = one(tmp_path, "objectid,parentid,title", "jug_2", "jug_1", "The jug from below")

    assert isinstance(left, LeftOut) and left.reason == "another view of a work"
    assert left.number == "jug_2" and "jug_1" in left.detail


def test_an_omeka_classic_row_becomes_a_record_with_its_first_picture(tmp_path):
    record = one(
        tmp_path,
        OMEKA_CLASSIC,
        "A jug",
        "Ana Potter^^Rui Potter",
        "1820",
        "earthenware",
        "CC BY-SA 4.0",
        "17",
        "https://example.org/jug.pdf,https://example.org/jug.jpg,https://example.org/back.jpg",
    )

    assert (record.number, record.creator, record.date) == ("17", "Ana Potter; Rui Potter", "1820")
    assert record.words == {"materials": "earthenware"}
    assert record.pictures == ("https://example.org/jug.jpg",)
    assert record.free is True


def test_an_omeka_s_row_becomes_a_record(tmp_path):
    record = one(
        tmp_path,
        OMEKA_S,
        "17",
        "A jug",
        "Ana Potter|Rui Potter",
        "Faro|Portugal",
        "https://creativecommons.org/licenses/by/4.0/",
        "https://example.org/files/original/a.jpg",
    )

    assert (record.number, record.title, record.creator) == ("17", "A jug", "Ana Potter; Rui Potter")
    assert record.words == {"geography": "Faro|Portugal"}
    assert record.rights == "CC BY 4.0"
    assert record.pictures == ("https://example.org/files/original/a.jpg",)


def test_a_wax_row_in_the_data_folder_finds_pictures_in_the_site_around_it(tmp_path):
    picture = tmp_path / "site/img/derivatives/obj1/full.jpg"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"")
    record = one(
        tmp_path,
        WAX,
        "obj1",
        "A jug",
        "Ana Potter",
        "Faro",
        "1820",
        "jug",
        "The Harbor Museum",
        "https://example.org/jug",
        "0",
        "/img/derivatives/obj1/manifest.json",
        "",
        "/img/derivatives/obj1/full.jpg",
        name="site/_data/jugs.csv",
    )

    assert record.pictures == (str(picture.resolve()),)
    assert home(tmp_path / "site/_data/jugs.csv") == tmp_path / "site"
    assert (record.title, record.creator, record.date, record.museum) == (
        "A jug",
        "Ana Potter",
        "1820",
        "The Harbor Museum",
    )
    assert record.words == {"geography": "Faro", "object": "jug"}
    assert record.source_url == "https://example.org/jug"


def test_plain_dublin_core_is_known_with_any_prefix(tmp_path):
    for header in (
        "identifier,title,medium",
        "dc:identifier,dc:title,dc:medium",
        "dc.identifier,dc.title[en],dc.medium",
    ):
        record = one(tmp_path, header, "7", "A jug", "clay")

        assert (record.number, record.title, record.words) == ("7", "A jug", {"materials": "clay"})


def test_the_user_says_what_columns_mean(tmp_path):
    record = one(
        tmp_path,
        "Inv. No.,Thing,Subtitle,Wann,Woraus",
        "7",
        "A jug",
        "with a bird",
        "1820",
        "clay; glaze",
        number="Inv. No.",
        title="Thing + Subtitle",
        year="Wann",
        materials="woraus",
        museum="=The Harbor Museum",
        source="=harbor",
    )

    assert (record.source, record.number, record.title) == ("harbor", "7", "A jug, with a bird")
    assert (record.begin, record.date) == (1820, "1820")
    assert record.words == {"materials": "clay|glaze"}
    assert record.museum == "The Harbor Museum"
    assert record.extra == ()


def test_a_column_with_a_plus_in_its_name_is_one_column(tmp_path):
    record = one(tmp_path, "id,Title + Date", "7", "A jug (1820)", title="Title + Date")

    assert record.title == "A jug (1820)"


def test_fields_and_columns_that_are_not_there_are_named_with_the_nearest(tmp_path):
    text = "id,Object title\n7,A jug\n"

    assert "Fix: write title" in refused(tmp_path, text, titel="Object title")
    assert 'Fix: write --map title="Object title"' in refused(tmp_path, text, title="Object titel")
    assert "nothing after =" in refused(tmp_path, text, title="")
    assert "one of id, Object title" in refused(tmp_path, text, title="Zzz")


def test_a_table_without_numbers_says_how_to_name_them(tmp_path):
    message = refused(tmp_path, "title,color\nA jug,blue\n")

    assert "no column known as number" in message and "title, color" in message
    assert '--map number="COLUMN"' in message


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_separator_is_told_by_the_header(tmp_path, delimiter):
    path = table(tmp_path, ["id", "title"], ["7", "A jug, blue; tall"], delimiter=delimiter)

    assert found(path)[0].title == "A jug, blue; tall"


def test_packed_tables_json_and_json_lines_are_read(tmp_path):
    rows = [
        {"id": 7, "title": "A jug", "materials": ["clay", "glaze"], "size": {"cm": 12}},
        {"id": 8, "title": "A cup"},
    ]
    packed, whole, lines, site = (tmp_path / name for name in ("a.csv.gz", "a.json", "a.jsonl", "metadata.json"))
    packed.write_bytes(gzip.compress(b"\xef\xbb\xbfid,title\n7,A jug\n8,A cup\n"))
    whole.write_text(json.dumps(rows))
    lines.write_text("\n".join(map(json.dumps, rows)))
    site.write_text(json.dumps({"objects": rows}))

    for path in (packed, whole, lines, site):
        assert [(record.number, record.title) for record in found(path)] == [("7", "A jug"), ("8", "A cup")]
    assert found(whole)[0].words == {"materials": "clay|glaze"}
    assert found(whole)[0].extra == (("size", '{"cm": 12}'),)


def test_a_spreadsheet_or_an_address_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(IngestError, match="CSV UTF-8"):
        found(tmp_path / "works.xlsx")
    with pytest.raises(IngestError, match="download"):
        found("https://example.org/works.csv")
    with pytest.raises(IngestError, match="give a file"):
        next(TABLES.records(SourceQuery()))


def test_pictures_are_found_beside_the_table_in_images_or_in_objects(tmp_path):
    for folder, name in (("", "a.jpg"), ("images", "b.jpg"), ("objects", "c.jpg")):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_bytes(b"")
    path = table(
        tmp_path, ["id", "title", "image"], *([i, "A jug", f"{i}.jpg"] for i in "abc"), ["d", "A jug", "d.jpg"]
    )
    root = tmp_path.resolve()

    expected = [root / "a.jpg", root / "images/b.jpg", root / "objects/c.jpg", root / "d.jpg"]
    assert [record.pictures for record in found(path)] == [(str(path),) for path in expected]


@pytest.mark.parametrize(
    "name",
    [
        "../secret.jpg",
        "..\\secret.jpg",
        "link/secret.jpg",
        "file:///etc/passwd",
        "C:\\secret.jpg",
        "a/../../secret.jpg",
        "javascript:alert(1)",
        "data:image/png;base64,AA",
        "x\0.jpg",
    ],
)
def test_no_picture_leads_out_of_the_table_s_folder(tmp_path, name):
    (tmp_path / "secret.jpg").write_bytes(b"")
    (tmp_path / "table").mkdir()
    (tmp_path / "table/link").symlink_to(tmp_path)
    left = one(tmp_path, "id,title,image", "7", "A jug", name, name="table/works.csv")

    assert isinstance(left, LeftOut) and left.reason == "a picture outside the table's folder"


def test_a_path_from_the_root_is_one_from_the_table_s_folder(tmp_path):
    record = one(tmp_path, "id,title,image", "7", "A jug", "/etc/passwd.jpg")

    assert record.pictures == (str(tmp_path.resolve() / "etc/passwd.jpg"),)


def test_what_is_no_picture_is_left_out_unless_another_column_has_one(tmp_path):
    left = one(tmp_path, "id,title,object_location", "7", "A letter", "https://example.org/letter.pdf")
    record = one(
        tmp_path, "id,title,object_location,image_small", "7", "A letter", "/a.pdf", "https://example.org/a.jpg"
    )

    assert left.reason == "not a picture"
    assert record.pictures == ("https://example.org/a.jpg",)


@pytest.mark.parametrize(
    ("rights", "basis", "free"),
    [
        ("", "", True),  # the owner's own table
        ("© The Harbor Museum", "", True),
        ("CC0", "", True),
        ("In Copyright", "", False),
        ("http://rightsstatements.org/vocab/InC/1.0/", "", False),
        ("All rights reserved", "permission of the artist", True),
    ],
)
def test_an_own_picture_may_be_shown_unless_it_is_said_to_be_in_copyright(tmp_path, rights, basis, free):
    record = one(tmp_path, "id,title,rights,rights_basis", "7", "A jug", rights, basis)

    assert record.free is free


def test_years_are_numbers_or_stay_words(tmp_path):
    path = table(
        tmp_path,
        ["id", "title", "begin", "end"],
        ["1", "A", "-550.0", "-500"],
        ["2", "B", "ca. 1500", ""],
        ["3", "C", "1900", "1800"],
        ["4", "D", "0", "0"],
    )
    first, words, backwards, unknown = found(path)

    assert (first.begin, first.end) == (-550, -500)
    assert (words.begin, words.extra) == (None, (("begin", "ca. 1500"),))
    assert backwards.begin is None and "in reverse order" in dict(backwards.extra)["date_note"]
    assert (unknown.begin, unknown.end) == (None, None)


def test_rows_without_number_title_or_cells_are_told_apart(tmp_path):
    path = table(tmp_path, ["id", "title"], ["", "A jug"], ["7", ""], ["", ""], ["8", "A cup"], ["9"])

    *whole, short = found(path)

    assert [getattr(one, "reason", one.title) for one in whole] == ["no number", "no title", "A cup"]
    assert short.reason.startswith("row with too few") and short.place == "works.csv:6"


def test_a_number_that_a_spreadsheet_made_a_decimal_is_whole_again(tmp_path):
    assert one(tmp_path, "id,title", "1642.0", "A jug").number == "1642"
    assert one(tmp_path, "id,title", "16.42.0", "A jug").number == "16.42.0"


def test_single_works_can_be_asked_for(tmp_path):
    path = table(tmp_path, ["id", "title"], ["7", "A jug"], ["8", "A cup"])
    asked = SourceQuery(inputs=(str(path),), ids=("8", "9"))

    assert [getattr(one, "reason", one.title) for one in TABLES.records(asked)] == ["A cup", "not in the files"]


@pytest.mark.parametrize(
    ("text", "free", "name"),
    [
        ("http://creativecommons.org/publicdomain/zero/1.0/", True, "CC0 1.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", True, "Public Domain Mark 1.0"),
        ("https://creativecommons.org/licenses/by-sa/4.0/deed.de", True, "CC BY-SA 4.0"),
        ("https://creativecommons.org/licenses/by-nc/4.0/", None, "CC BY-NC 4.0"),
        ("http://rightsstatements.org/vocab/InC-EDU/1.0/", False, "In Copyright, Educational Use Permitted"),
        ("http://rightsstatements.org/vocab/NoC-NC/1.0/", None, "No Copyright, Non-Commercial Use Only"),
        ("http://rightsstatements.org/vocab/CNE/1.0/", None, "Copyright Not Evaluated"),
        ("CC BY-NC-ND 4.0", None, "CC BY-NC-ND 4.0"),
        ("CC-BY 4.0", True, "CC-BY 4.0"),
        ("not in the public domain", None, "not in the public domain"),
        ("no longer in copyright", None, "no longer in copyright"),
        ("gemeinfrei", True, "gemeinfrei"),
        ("Public domain? All rights reserved.", None, "Public domain? All rights reserved."),
        ("ask us", None, "ask us"),
    ],
)
def test_statements_of_rights_are_understood_or_left_open(text, free, name):
    assert may_be_shown(text) is free
    assert called(text) == name


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["=1+1", "../x.jpg", "https://[", "a|b^^c", "=", "1642.0", "0", "[", "{}", "<b>x", "\0", "file:x", "//h/x"]
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=5),
    st.dictionaries(st.sampled_from([*FIELDS, "no such"]), CELLS, max_size=3),
    st.sampled_from([",", ";", "\t"]),
)
def test_whatever_a_table_holds_gives_records_reasons_or_an_error(tmp_path, rows, columns, delimiter):
    path = table(tmp_path, [*COLLECTION_BUILDER.split(",")[:6]], *rows, delimiter=delimiter)

    try:
        for one in found(path, **columns):
            assert isinstance(one, Record | LeftOut)
    except IngestError as error:
        assert "Fix:" in str(error)
