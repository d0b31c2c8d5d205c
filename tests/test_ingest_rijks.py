"""The Rijksmuseum's dump, former API and data services -> records, all written by us to its descriptions."""

import json

from support.asking import read

from generator.ingest.sources import rijks

OBJECT = {
    "id": "https://id.rijksmuseum.nl/20012",
    "type": "HumanMadeObject",
    "identified_by": [
        {"type": "Name", "content": "De golf", "language": [{"id": "http://vocab.getty.edu/aat/300388256"}]},
        {"type": "Name", "content": "The Wave", "language": [{"id": "http://vocab.getty.edu/aat/300388277"}]},
        {"type": "Identifier", "content": "SK-X-12"},
    ],
    "classified_as": [
        {"notation": [{"@language": "nl", "@value": "schilderij"}, {"@language": "en", "@value": "painting"}]}
    ],
    "made_of": [{"notation": [{"@language": "en", "@value": "canvas"}]}],
    "produced_by": {
        "timespan": {
            "identified_by": [{"type": "Name", "content": "c. 1642"}],
            "begin_of_the_begin": "1640-01-01T00:00:00",
            "end_of_the_end": "1644-12-31T23:59:59",
        },
        "part": [{"carried_out_by": [{"notation": [{"@language": "en", "@value": "Jan Example"}]}]}],
    },
    "shows": [{"id": "https://id.rijksmuseum.nl/20212", "type": "VisualItem"}],
}
SEEN = {
    "subject_to": [{"classified_as": [{"id": "https://creativecommons.org/publicdomain/mark/1.0/"}]}],
    "digitally_shown_by": [{"id": "https://id.rijksmuseum.nl/500"}],
}
SHOWN = {"access_point": [{"id": "https://iiif.micr.io/AbC/full/max/0/default.jpg"}]}


def data(number):
    return f"{rijks.DATA}/{number}?{rijks.PROFILE}"


def test_a_work_of_the_rijksmuseum_is_followed_to_its_rights_and_picture():
    search = f"{rijks.SEARCH}?objectNumber=SK-X-12"
    answers = {
        search: {"orderedItems": [{"id": OBJECT["id"]}]},
        data(20012): OBJECT,
        data(20212): SEEN,
        data(500): SHOWN,
    }
    (found,) = read("rijks", answers=answers, ids=("SK-X-12",), width=800)

    assert (found.number, found.title, found.creator) == ("SK-X-12", "The Wave", "Jan Example")
    assert (found.date, found.begin, found.end) == ("c. 1642", 1640, 1644)
    assert (found.free, found.rights) == (True, "https://creativecommons.org/publicdomain/mark/1.0/")
    assert found.words == {"object": "painting", "materials": "canvas"}
    assert found.pictures == ("https://iiif.micr.io/AbC/full/!800,800/0/default.jpg",)


def test_the_rijksmuseum_is_not_followed_to_another_house():
    answers = {data(20012): OBJECT | {"shows": [{"id": "https://elsewhere.example.org/20212"}]}}
    (found,) = read("rijks", answers=answers, ids=("20012",))

    assert (found.free, found.pictures) == (None, ())


def test_a_search_of_the_rijksmuseum_goes_on_to_the_next_page_once():
    first = f"{rijks.SEARCH}?type=painting&imageAvailable=true"
    again = {"orderedItems": [{"id": OBJECT["id"]}], "next": {"id": f"{rijks.SEARCH}?pageToken=2"}}
    answers = {
        first: again,
        f"{rijks.SEARCH}?pageToken=2": again,
        data(20012): OBJECT,
        data(20212): SEEN,
        data(500): SHOWN,
    }

    assert [found.number for found in read("rijks", answers=answers, query="type=painting")] == ["SK-X-12"] * 2


def test_the_dump_and_the_former_api_of_the_rijksmuseum_are_read(tmp_path):
    dump = "objectInventoryNumber,objectPersistentIdentifier,objectTitle[1],objectType[1],objectCreator[1],"
    dump += "objectCreationDate[1],objectImage\n"
    dump += "SK-X-1,http://hdl.handle.net/1,Golf,schilderij,Jan,1642,http://lh3.googleusercontent.com/a=s0\n"
    (tmp_path / "dump.csv").write_text(dump)
    thing = {
        "objectNumber": "SK-X-2",
        "title": "Wave",
        "dating": {"presentingDate": "1642", "yearEarly": 1642, "yearLate": 1642},
    }
    thing |= {"principalMakers": [{"name": "Jan", "nationality": "Dutch"}], "objectTypes": ["painting"]}
    thing |= {"materials": ["canvas", "oil paint"], "webImage": {"url": "https://lh3.example.org/b=s0"}}
    (tmp_path / "api.json").write_text(
        json.dumps({"elapsedMilliseconds": 1, "artObject": thing | {"permitDownload": True}})
    )
    one, two = read("rijks", str(tmp_path / "dump.csv"), str(tmp_path / "api.json"))

    assert (one.number, one.creator, one.date, one.free) == ("SK-X-1", "Jan", "1642", None)
    assert one.pictures == ("http://lh3.googleusercontent.com/a=s1024",)
    assert (two.number, two.begin, two.free, two.words["nationality"]) == ("SK-X-2", 1642, True, "Dutch")
