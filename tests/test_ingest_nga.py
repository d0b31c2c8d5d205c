"""The National Gallery of Art's tables -> records. The rows are ours, written to its data dictionary."""

import pytest
from support.asking import read, table

from generator.core.errors import IngestError


def nga(folder, *, displaydate="c. 1510", virtual="0", opened="1"):
    thing = {
        "objectid": "45",
        "accessionnum": "1942.1.1",
        "title": "The _Great_ Wave",
        "displaydate": displaydate,
        "beginyear": "1505",
        "endyear": "1515",
        "medium": "oil on panel",
        "attribution": "Workshop of Example",
        "creditline": "A collection",
        "classification": "Painting",
        "subclassification": "",
        "visualbrowserclassification": "painting",
        "isvirtual": virtual,
    }
    image = {"iiifurl": "https://api.nga.gov/iiif/", "width": "3000", "height": "800", "maxpixels": ""}
    image |= {"openaccess": opened, "depictstmsobjectid": "45", "assistivetext": "A wave."}
    images = [
        image | {"iiifurl": "https://api.nga.gov/iiif/back", "viewtype": "alternate", "sequence": "0"},
        image | {"iiifurl": "https://api.nga.gov/iiif/front", "viewtype": "primary", "sequence": "1"},
        image | {"iiifurl": "https://api.nga.gov/iiif/first", "viewtype": "primary", "sequence": "0"},
    ]
    makers = [
        {"objectid": "45", "constituentid": "8", "roletype": "artist"},
        {"objectid": "45", "constituentid": "9", "roletype": "donor"},
    ]
    people = [{"constituentid": "8", "nationality": "Venetian"}, {"constituentid": "9", "nationality": "American"}]
    terms = [
        {"objectid": "45", "termtype": "School", "term": "Italian"},
        {"objectid": "45", "termtype": "Keyword", "term": "sea"},
    ]
    table(folder / "published_images.csv", *images)
    table(folder / "objects_constituents.csv", *makers)
    table(folder / "constituents.csv", *people)
    table(folder / "objects_terms.csv", *terms)
    table(folder / "objects.csv", thing)
    (found,) = read("nga", str(folder))
    return found


def test_an_object_of_the_national_gallery_is_joined_with_its_other_tables(tmp_path):
    found = nga(tmp_path)

    assert (found.place, found.number, found.title) == ("objects.csv:2", "45", "The Great Wave")
    assert (found.begin, found.end, found.free, found.alt) == (1505, 1515, True, "A wave.")
    assert (found.words["culture"], found.words["nationality"]) == ("Italian", "Venetian")
    assert found.pictures == ("https://api.nga.gov/iiif/first/full/!1024,1024/0/default.jpg",)


def test_an_undated_object_of_the_national_gallery_gets_no_years_of_its_maker(tmp_path):
    found = nga(tmp_path, displaydate="")

    assert (found.begin, found.end) == (None, None)
    assert dict(found.extra)["date_note"] == "undated; the maker may have lived 1505 to 1515"


def test_the_national_gallery_says_of_each_picture_whether_it_is_open(tmp_path):
    assert nga(tmp_path, opened="0").free is False
    assert nga(tmp_path, virtual="1").reason == "represents several works"


def test_the_national_gallery_needs_its_table_of_images(tmp_path):
    with pytest.raises(IngestError, match=r"published_images\.csv: no such file"):
        read("nga", table(tmp_path / "objects.csv", {"objectid": "1", "title": "", "attribution": ""}))
