"""Museums' APIs -> records, asked of a client that answers from a dictionary; and records of any shape whatever."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.asking import Answers, read, table

from generator.core.errors import IngestError
from generator.ingest.sources import SOURCES, aic, cleveland, met
from generator.ingest.sources.base import WORDS, LeftOut, Record, SourceQuery
from generator.ingest.sources.readers import SourceRow

MUSEUMS = ("met", "tate", "cmoa", "cleveland", "nga", "aic", "rijks")
CLEVELAND = {
    "id": 130000,
    "accession_number": "1950.1",
    "share_license_status": "CC0",
    "title": "The <i>Wave</i>",
    "creation_date": "c. 1550–1650",
    "creation_date_earliest": 1550,
    "creation_date_latest": 1650,
    "culture": ["Italy, Naples, 17th century"],
    "technique": "oil on canvas",
    "department": "European Painting",
    "collection": "P - Italian",
    "type": "Painting",
    "creators": [{"description": "Anna (called Nina) Example (Italian, 1580–1650)", "role": "artist"}],
    "creditline": "A fund",
    "url": "https://clevelandart.org/art/1950.1",
    "images": {
        "web": {"url": "https://cdn.example.org/web.jpg", "width": "900", "height": "700"},
        "print": {"url": "https://cdn.example.org/print.jpg", "width": "3400", "height": "2600"},
        "full": {"url": "https://cdn.example.org/full.tif", "width": "6000", "height": "4600"},
    },
}
AIC = {
    "id": 11,
    "title": "Waves",
    "thumbnail": {"width": 6000, "height": 8000, "alt_text": "A wave."},
    "main_reference_number": "1887.1",
    "date_start": 1878,
    "date_end": 1879,
    "date_display": "1878/79",
    "artist_display": "Ann Example (American, 1838–1909)\nborn Japanese, 1838–1909",
    "artist_titles": ["Ann Example"],
    "place_of_origin": "United States",
    "medium_display": "Oil on canvas",
    "credit_line": "Gift of a friend",
    "is_public_domain": True,
    "artwork_type_title": "Painting",
    "department_title": "Arts of the Americas",
    "style_titles": ["Impressionism"],
    "classification_titles": ["painting", "american arts"],
    "material_titles": ["oil paint (paint)"],
    "image_id": "abc-1",
}


def test_an_object_of_the_mets_api_becomes_a_record_and_one_that_is_missing_is_left_out():
    thing = {"objectID": 7, "isPublicDomain": True, "title": "Jar", "primaryImage": "https://m.org/7.jpg"}
    thing |= {
        "constituents": [{"name": "Ann"}],
        "tags": None,
        "objectDate": "1st century BCE",
        "objectBeginDate": -100,
        "objectEndDate": 0,
    }
    found, missing = read("met", answers={f"{met.API}/objects/7": thing}, ids=("7", "../8", "7"))

    assert (found.number, found.creator, found.begin, found.end) == ("7", "Ann", -100, -1)
    assert found.pictures == ("https://m.org/7.jpg",)
    assert (missing.place, missing.number) == (f"{met.API}/objects/..%2F8", "../8")
    assert missing.reason == "the museum's API: not found (404)"


def test_a_search_of_the_met_asks_for_one_object_after_the_other_as_they_are_wanted():
    client = Answers({f"{met.API}/search?hasImages=true&q=a+wave": {"total": 3, "objectIDs": [1, 2, 3]}})
    found = SOURCES["met"].records(SourceQuery(query="a wave", client=client))
    next(found)

    assert client.asked[1:] == [f"{met.API}/objects/1"]


def test_a_search_of_the_met_that_finds_nothing_gives_nothing():
    assert (
        read("met", answers={f"{met.API}/search?hasImages=true&q=x": {"total": 0, "objectIDs": None}}, query="x") == []
    )


def test_the_picture_of_a_row_of_the_met_is_asked_of_its_api():
    thing = {"isPublicDomain": True, "primaryImage": "https://m.org/7.jpg", "primaryImageSmall": "https://m.org/s.jpg"}
    answers = Answers({f"{met.API}/objects/7": thing})

    assert SOURCES["met"].pictures("7", answers) == ("https://m.org/7.jpg", "https://m.org/s.jpg")


def test_a_work_of_cleveland_becomes_a_record():
    (found,) = read("cleveland", answers={f"{cleveland.API}1950.1": {"data": CLEVELAND}}, ids=("1950.1",))

    assert (found.number, found.accession_number, found.title) == ("130000", "1950.1", "The Wave")
    assert (found.begin, found.end, found.free, found.rights) == (1550, 1650, True, "CC0")
    assert found.words["culture"] == "Italy, Naples, 17th century"
    assert found.words["nationality"] == "Italian"
    assert found.pictures == ("https://cdn.example.org/print.jpg", "https://cdn.example.org/web.jpg")


@pytest.mark.parametrize(("status", "free"), [("CC0", True), ("Copyrighted", False), ("", None)])
def test_cleveland_says_of_each_work_whether_it_is_free(status, free):
    row = SourceRow("data.json:1", CLEVELAND | {"share_license_status": status})

    assert cleveland.record(row, SourceQuery()).free is free


def test_the_table_of_cleveland_is_read_too(tmp_path):
    row = {name: CLEVELAND[name] for name in ("id", "share_license_status", "title", "type")}
    row |= {"creators": "Anna Example (Italian, 1580–1650)", "image_web": "https://c.org/w.jpg", "image_print": ""}
    (found,) = read("cleveland", table(tmp_path / "data.csv", row))

    assert (found.creator, found.words["nationality"]) == ("Anna Example (Italian, 1580–1650)", "Italian")
    assert found.pictures == ("https://c.org/w.jpg",)


def test_a_search_of_cleveland_asks_page_after_page():
    def page(skip):
        return f"{cleveland.API}?cc0&q=wave&has_image=1&limit=100&skip={skip}"

    works = [CLEVELAND | {"id": i} for i in range(150)]
    answers = {
        page(0): {"info": {"total": 150}, "data": works[:100]},
        page(100): {"info": {"total": 150}, "data": works[100:]},
    }

    assert [found.number for found in read("cleveland", answers=answers, query="wave")] == [str(i) for i in range(150)]


def test_a_file_of_chicago_becomes_a_record(tmp_path):
    (tmp_path / "11.json").write_text(json.dumps(AIC))
    (found,) = read("aic", str(tmp_path))

    assert (found.number, found.creator, found.alt, found.free) == ("11", "Ann Example", "A wave.", True)
    assert (found.begin, found.end, found.date) == (1878, 1879, "1878/79")
    assert found.words["nationality"] == "born Japanese"
    assert found.words["materials"] == "Oil on canvas|oil paint (paint)"
    assert found.pictures == tuple(f"https://www.artic.edu/iiif/2/abc-1/full/{n},/0/default.jpg" for n in (1686, 843))


@pytest.mark.parametrize(
    ("display", "expected"),
    [
        ("Ann Example\nAmerican, 1838–1909", {"nationality": "American"}),
        ("Ann Example\nAmerican, 1838–1909\nPrinted by Jo\nFrench, founded 1900", {"nationality": "American|French"}),
        ("Inca", {"culture": "Inca"}),
        ("Ann Example, born 1900", {}),
    ],
)
def test_lines_of_artist_display_tell_peoples(display, expected):
    found = aic.record(SourceRow("x", AIC | {"artist_display": display}), SourceQuery())

    assert {name: found.words[name] for name in ("culture", "nationality") if name in found.words} == expected


def test_a_search_of_chicago_says_how_many_works_the_api_keeps_back():
    class Endless(Answers):
        def json(self, url):
            self.asked.append(url)
            return {"pagination": {"total": 1234}, "data": [AIC] * 100}

    client = Endless({})
    *found, last = SOURCES["aic"].records(SourceQuery(query="wave", client=client))

    assert (len(found), len(client.asked)) == (1000, 10)
    assert (last.reason, last.detail[:9]) == ("beyond the 1,000 works that the API returns for a search", "234 works")


@pytest.mark.parametrize("source", MUSEUMS)
def test_a_museum_of_which_nothing_is_asked_says_what_it_reads(source):
    with pytest.raises(IngestError, match="Fix: give a file"):
        read(source)


KEYS = sorted(
    {
        *met.COLUMNS.values(),
        *CLEVELAND,
        *AIC,
        "identified_by",
        "classified_as",
        "made_of",
        "produced_by",
        "subject_to",
        "access_point",
        "id",
        "acno",
        "dateRange",
        "movements",
        "all_artists",
        "creator",
        "full_name",
        "role",
        "images",
        "creation_date_earliest",
        "iiifurl",
        "width",
        "openaccess",
        "displaydate",
        "objectNumber",
        "dating",
        "webImage",
        "principalMakers",
        "seen",
        "shown",
        "objectid",
        "isvirtual",
        "content",
        "name",
        "@value",
        "notation",
        "part",
        "timespan",
    }
)
ODD = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(["1", "True", "0"])
)
CELLS = st.dictionaries(
    st.sampled_from(KEYS),
    st.recursive(
        ODD,
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
        max_leaves=5,
    ),
    max_size=12,
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cells=CELLS, museum=st.sampled_from(MUSEUMS))
def test_cells_of_any_kind_give_a_record_or_a_reason(cells, museum):
    found = SOURCES[museum].record(SourceRow("x:1", cells), SourceQuery())

    assert isinstance(found, Record | LeftOut)
    if isinstance(found, Record):
        assert set(found.words) <= set(WORDS)
        assert all(
            isinstance(said, str)
            for said in (found.number, found.title, found.creator, *found.pictures, *found.words.values())
        )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answer=CELLS | st.lists(CELLS, max_size=2) | ODD, museum=st.sampled_from(["met", "cleveland", "aic", "rijks"]))
def test_answers_of_any_kind_give_records_or_reasons(answer, museum):
    class Always(Answers):
        def json(self, url):
            return answer

    for asked in (SourceQuery(ids=("1", "20012"), client=Always({})), SourceQuery(query="x", client=Always({}))):
        assert all(isinstance(found, Record | LeftOut) for found in SOURCES[museum].records(asked))
