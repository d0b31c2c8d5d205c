"""Each museum's files -> records. The rows are ours, written to the publishers' schemas."""

import json

import pytest
from support.asking import read, table

from generator.ingest.sources.base import LeftOut

MET_COLUMNS = """Object Number,Is Highlight,Is Timeline Work,Is Public Domain,Object ID,Gallery Number,Department,
AccessionYear,Object Name,Title,Culture,Period,Dynasty,Reign,Portfolio,Constituent ID,Artist Role,Artist Prefix,
Artist Display Name,Artist Display Bio,Artist Suffix,Artist Alpha Sort,Artist Nationality,Artist Begin Date,
Artist End Date,Artist Gender,Artist ULAN URL,Artist Wikidata URL,Object Date,Object Begin Date,Object End Date,
Medium,Dimensions,Credit Line,Geography Type,City,State,County,Country,Region,Subregion,Locale,Locus,Excavation,
River,Classification,Rights and Reproduction,Link Resource,Object Wikidata URL,Metadata Date,Repository,Tags,
Tags AAT URL,Tags Wikidata URL""".replace("\n", "").split(",")
MET = {
    "Object Number": "99.1.2",
    "Is Public Domain": "True",
    "Object ID": "7001",
    "Department": "Egyptian Art",
    "Object Name": "Jar",
    "Title": "Jar with waves",
    "Culture": "Egyptian",
    "Period": "New Kingdom",
    "Dynasty": "Dynasty 18",
    "Artist Nationality": "Italian|Italian|",
    "Object Date": "ca. 1479–1425 B.C.",
    "Object Begin Date": "-1479",
    "Object End Date": "-1425",
    "Medium": "Faience",
    "Credit Line": "Gift of a friend, 1899",
    "Country": "Egypt",
    "City": "Thebes",
    "Classification": "Ceramics",
    "Tags": "Birds|Waves",
}
TATE = {
    "id": "12",
    "acno": "X00012",
    "all_artists": "after Jane Example",
    "title": "Waves",
    "dateText": "c.1830–41",
    "dateRange": '{"startYear": 1830, "endYear": 1841, "text": "c.1830-41"}',
    "medium": "Graphite on paper",
    "classification": "on paper, unique",
    "creditLine": "Given by a friend 1900",
    "movements": '[{"era": {"id": 1, "name": "19th century"}, "id": 2, "name": "Wave School"}]',
    "thumbnailUrl": "http://www.tate.org.uk/art/images/X00012_8.jpg",
    "thumbnailCopyright": "",
    "url": "http://www.tate.org.uk/art/artworks/example-waves-x00012",
}
CMOA = {
    "title": "Waves",
    "creation_date": "1512",
    "creation_date_earliest": "1511-12-22",
    "creation_date_latest": "1511-12-22",
    "medium": "engraving",
    "accession_number": "77.1",
    "id": "cmoa:things/0000-aa",
    "credit_line": "A fund",
    "department": "Fine Arts",
    "web_url": "http://collection.cmoa.org/CollectionDetail.aspx?item=1",
    "classification": "prints",
    "images": '[{"image_url": "http://collection.cmoa.org/CollectionImage.aspx?irn=1&size=Medium"}]',
    "creator": json.dumps(
        [
            {"full_name": "Ann Cutter", "role": "engraver", "nationality": "Dutch"},
            {"full_name": "Bob Painter", "role": "after", "nationality": "German"},
        ]
    ),
}


def met(tmp_path, **changes):
    (found,) = read("met", table(tmp_path / "MetObjects.csv", MET | changes, columns=MET_COLUMNS))
    return found


def tate(tmp_path, **changes):
    (found,) = read("tate", table(tmp_path / "tate.csv", TATE | changes))
    return found


def cmoa(tmp_path, **changes):
    (found,) = read("cmoa", table(tmp_path / "cmoa.csv", CMOA | changes))
    return found


def test_a_row_of_the_met_becomes_a_record(tmp_path):
    found = met(tmp_path)

    assert (found.place, found.source, found.number, found.title) == (
        "MetObjects.csv:2",
        "met",
        "7001",
        "Jar with waves",
    )
    assert (found.date, found.begin, found.end) == ("ca. 1479–1425 B.C.", -1479, -1425)
    assert found.words == {
        "culture": "Egyptian",
        "nationality": "Italian",
        "geography": "Egypt|Thebes",
        "period": "New Kingdom|Dynasty 18",
        "department": "Egyptian Art",
        "classification": "Ceramics",
        "object": "Jar",
        "materials": "Faience",
    }
    assert (found.free, found.rights, found.accession_number) == (True, "CC0", "99.1.2")
    assert found.source_url == "https://www.metmuseum.org/art/collection/search/7001"
    assert found.extra == (("subject", "Birds; Waves"),)


@pytest.mark.parametrize("said", ["False", ""])
def test_a_work_of_the_met_that_is_not_in_the_public_domain_is_left_out(tmp_path, said):
    found = met(tmp_path, **{"Is Public Domain": said})

    assert (found.number, found.reason) == ("7001", "not in the public domain")


def test_a_work_of_the_met_without_a_title_goes_by_what_it_is(tmp_path):
    assert met(tmp_path, Title="").title == "Jar"
    assert met(tmp_path, **{"Title": "", "Object Name": " "}).reason == "no title"


def test_makers_of_the_met_keep_what_the_museum_says_of_their_part(tmp_path):
    makers = {
        "Artist Prefix": "Workshop of|possibly",
        "Artist Display Name": "Giovanni Example|Marco Example",
        "Artist Suffix": "or| ",
    }

    assert met(tmp_path, **makers).creator == "Workshop of Giovanni Example or possibly Marco Example"


def test_years_of_the_met_that_run_backwards_are_dropped_and_noted(tmp_path):
    found = met(tmp_path, **{"Object Begin Date": "1785", "Object End Date": "1779"})

    assert (found.begin, found.end) == (None, None)
    assert dict(found.extra)["date_note"].startswith("the museum's years, 1785 to 1779, are in reverse order")


def test_rows_of_the_mets_api_are_read_too(tmp_path):
    row = {
        "objectID": "7002.0",
        "isPublicDomain": "True",
        "title": "Bull",
        "primaryImage": "https://images.metmuseum.org/large.jpg",
        "primaryImageSmall": "https://images.metmuseum.org/small.jpg",
        "constituents": "[{'role': 'Artist', 'name': 'Attributed to Jo'}, {'role': 'Founder', 'name': 'Cast by Co'}]",
        "artistSuffix": "and Workshop",
        "objectDate": "1st or 2nd century CE",
        "objectBeginDate": "0.0",
        "objectEndDate": "199.0",
        "tags": "[{'term': 'Bulls', 'AAT_URL': ''}]",
        "message": "",
    }
    void = {"message": "Not a valid object"}
    (found, none) = read("met", table(tmp_path / "api.csv", row, void), width=600)

    assert (found.number, found.creator) == ("7002", "Attributed to Jo and Workshop; Cast by Co")
    assert (found.begin, found.end, found.extra) == (1, 199, (("subject", "Bulls"),))
    assert found.pictures == ("https://images.metmuseum.org/small.jpg", "https://images.metmuseum.org/large.jpg")
    assert (none.reason, none.detail) == ("no object", "Not a valid object")


def test_only_the_asked_numbers_are_taken_and_missing_ones_told(tmp_path):
    rows = [MET | {"Object ID": str(n), "Object Number": f"1.{n}"} for n in range(5)]
    found = read("met", table(tmp_path / "MetObjects.csv", *rows, columns=MET_COLUMNS), ids=("3", "1.2", "9"))

    assert [one.number for one in found] == ["2", "3", "9"]
    assert found[-1] == LeftOut(place="--ids", number="9", title="", reason="not in the files")


def test_a_row_of_tate_becomes_a_record_of_which_the_rights_are_unknown(tmp_path):
    found = tate(tmp_path)

    assert (found.number, found.title, found.creator) == ("X00012", "Waves", "after Jane Example")
    assert (found.begin, found.end, found.free) == (1830, 1841, None)
    assert found.words == {
        "period": "Wave School",
        "classification": "on paper, unique",
        "materials": "Graphite on paper",
    }
    assert found.rights == "Not stated; Tate's open data covers the record, not the picture"


def test_a_copyright_notice_of_tate_makes_a_picture_unfree(tmp_path):
    found = tate(tmp_path, thumbnailCopyright="© The estate")

    assert (found.free, found.rights) == (False, "© The estate")


def test_a_school_that_tate_names_as_artist_stands_for_a_culture(tmp_path):
    assert tate(tmp_path, all_artists="British School 18th century").words["culture"] == "British School 18th century"


def test_artwork_data_and_json_files_of_tate_say_the_same(tmp_path):
    flat = {
        "id": "12",
        "accession_number": "X00012",
        "artist": "Example, Jane",
        "artistRole": "after",
        "title": "Waves",
        "dateText": "c.1830",
        "year": "1830",
    }
    nested = TATE | {name: json.loads(TATE[name]) for name in ("dateRange", "movements")}
    (tmp_path / "x00012.json").write_text(json.dumps(nested, indent=1))
    (row,) = read("tate", table(tmp_path / "artwork_data.csv", flat))
    (file,) = read("tate", str(tmp_path))

    assert (row.number, row.creator, row.begin, row.end) == ("X00012", "after Example, Jane", 1830, None)
    assert (file.number, file.begin, file.words) == ("X00012", 1830, tate(tmp_path).words)


def test_a_row_of_the_carnegie_becomes_a_record(tmp_path):
    found = cmoa(tmp_path)

    assert (found.number, found.creator) == ("0000-aa", "Ann Cutter (engraver); after Bob Painter")
    assert found.words["nationality"] == "Dutch|German"
    assert found.pictures == ("http://collection.cmoa.org/CollectionImage.aspx?irn=1&size=Medium",)
    assert found.free is None


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        ("1511-12-22", "1511-12-22", (1512, 1512)),  # how their export writes January 1, 1512
        ("1499-12-23", "1599-01-01", (1500, 1599)),
        ("1932-12-25", "1932-12-25", (1932, 1932)),
        ("-0999-01-10", "-0700-01-09", (-999, -700)),
        ("", "unknown", (None, None)),
    ],
)
def test_dates_of_the_carnegie_give_the_years_that_it_means(tmp_path, earliest, latest, expected):
    found = cmoa(tmp_path, creation_date_earliest=earliest, creation_date_latest=latest)

    assert (found.begin, found.end) == expected


def test_columns_of_the_carnegie_with_bars_between_are_read_as_lists(tmp_path):
    row = {name: value for name, value in CMOA.items() if name not in ("creator", "images")}
    row |= {"full_name": "Ann Cutter|Bob Painter", "role": "|after", "nationality": "Dutch|German"}
    row |= {"image_url": "http://collection.cmoa.org/1|http://collection.cmoa.org/2"}
    (found,) = read("cmoa", table(tmp_path / "cmoa.csv", row))

    assert (found.creator, found.pictures) == ("Ann Cutter; after Bob Painter", ("http://collection.cmoa.org/1",))
