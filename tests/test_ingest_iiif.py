"""Manifests and collections of IIIF become records."""

import pytest
from support.manifests import HOST, IMAGE, Hosts, canvas3, found, manifest2, manifest3, service3

from generator.core.errors import FetchError, IngestError
from generator.ingest.sources.base import Record, SourceQuery
from generator.ingest.sources.iiif import DEEPEST, IIIF
from generator.ingest.sources.iiif_manifest import holder, number_of


def test_a_manifest_of_version_3_becomes_a_record(tmp_path):
    (record,) = found(manifest3(), tmp_path=tmp_path)

    assert record == Record(
        place="m0.json",
        source="example",
        number="jug",
        title="A jug",
        creator="Ana Potter; Rui Potter",
        date="about 1820",
        words={"materials": "clay|glaze"},
        pictures=(
            f"{IMAGE}/full/!1024,1024/0/default.jpg",
            f"{IMAGE}/full/1024,/0/default.jpg",
            f"{IMAGE}/full/max/0/default.jpg",
        ),
        free=True,
        museum="The Harbor Museum",
        accession_number="MS 4",
        credit="Given by a friend",
        rights="CC0 1.0",
        rights_basis="http://creativecommons.org/publicdomain/zero/1.0/",
        source_url="https://harbor.example.org/jug",
        extra=(("Height", "12 cm"), ("description", "A jug with a bird.")),
    )


def test_a_manifest_of_version_2_becomes_a_record(tmp_path):
    (record,) = found(manifest2(), tmp_path=tmp_path)

    assert (record.number, record.title, record.creator, record.date) == ("jug", "A jug", "Ana Potter", "um 1820")
    assert (record.credit, record.accession_number) == ("Given by a friend", "MS 4")
    assert (record.rights, record.free) == ("In Copyright", False)
    assert record.source_url == "https://harbor.example.org/jug"
    assert record.pictures[0] == f"{IMAGE}/full/800,/0/default.jpg"  # the service allows no more


def test_the_picture_is_that_of_the_canvas_that_a_manifest_starts_with(tmp_path):
    second = canvas3("c2", service=[service3(id=f"{HOST}/image/back")])
    items = [canvas3("c1"), second]
    plain3, started3, specific3 = (
        manifest3(items=items, **start)
        for start in (
            {},
            {"start": {"id": "c2", "type": "Canvas"}},
            {"start": {"type": "SpecificResource", "source": {"id": "c2"}}},
        )
    )
    records = found(plain3, started3, specific3, tmp_path=tmp_path)

    assert [record.pictures[0].split("/")[4] for record in records] == ["jug", "back", "back"]
    assert dict(records[0].extra)["canvases"] == "2"


def test_a_choice_of_pictures_gives_the_default_one(tmp_path):
    body3 = {
        "type": "Choice",
        "items": [{"id": f"{HOST}/day.jpg", "type": "Image"}, {"id": f"{HOST}/xray.jpg", "type": "Image"}],
    }
    choice3 = manifest3()
    choice3["items"][0]["items"][0]["items"][0]["body"] = body3
    choice2 = manifest2()
    default, item = ({"@id": f"{HOST}/{name}.jpg", "@type": "dctypes:Image"} for name in ("day", "xray"))
    choice2["sequences"][0]["canvases"][0]["images"][0]["resource"] = {
        "@type": "oa:Choice",
        "default": default,
        "item": [item],
    }

    assert [record.pictures for record in found(choice3, choice2, tmp_path=tmp_path)] == [(f"{HOST}/day.jpg",)] * 2


def test_a_manifest_without_a_picture_is_left_out_with_the_place_in_its_json(tmp_path):
    film = manifest3(items=[canvas3("c1", type="Video")])
    empty = manifest2(sequences=[])
    first, second = found(film, empty, tmp_path=tmp_path)

    assert (first.reason, second.reason) == ("no picture", "no picture")
    assert "$.items[0]" in first.detail and second.detail == "no canvas in $.sequences[0].canvases"


def test_the_user_says_what_labels_mean(tmp_path):
    columns = {"geography": "height", "museum": "=Elsewhere", "source": "=own", "number": "Shelfmark", "period": "Age"}
    record, note = found(manifest3(), tmp_path=tmp_path, **columns)

    assert record.words == {"materials": "clay|glaze", "geography": "12 cm"}
    assert (record.museum, record.source, record.number) == ("Elsewhere", "own", "MS 4")
    assert note.reason == "a label that no manifest has" and "Artist, Date, Materials" in note.detail


def test_collections_are_read_lazily_each_manifest_once(tmp_path):
    top, inner, jug, cup = (f"{HOST}/{name}" for name in ("top", "inner", "jug", "cup"))
    hosts = Hosts(
        {
            top: {
                "id": top,
                "type": "Collection",
                "items": [
                    {"id": jug, "type": "Manifest"},
                    {"id": inner, "type": "Collection"},
                    {"id": cup, "type": "Manifest"},
                ],
            },
            inner: {
                "@id": inner,
                "@type": "sc:Collection",
                "collections": [{"@id": top, "@type": "sc:Collection"}],
                "manifests": [{"@id": jug, "@type": "sc:Manifest"}, {"@id": f"{HOST}/gone", "@type": "sc:Manifest"}],
            },
            jug: manifest3(id=jug),
            cup: manifest2(**{"@id": cup}),
        }
    )
    asked = SourceQuery(inputs=(top,), client=hosts)

    assert next(IIIF.records(asked)).number == "jug" and hosts.asked == [top, jug]
    assert [getattr(one, "reason", one.number) for one in IIIF.records(asked)] == [
        "jug",
        "listed more than once",
        "listed more than once",
        "the manifest could not be downloaded: not found (404)",
        "cup",
    ]


def test_a_collection_in_pages_is_read_to_its_end(tmp_path):
    first, second = f"{HOST}/page/1", f"{HOST}/page/2"
    top = {"@id": f"{HOST}/top", "@type": "sc:Collection", "first": first}
    hosts = Hosts(
        {
            first: {"@id": first, "@type": "sc:Collection", "manifests": [manifest2()], "next": second},
            second: {
                "@id": second,
                "@type": "sc:Collection",
                "manifests": [manifest2(**{"@id": f"{HOST}/2"})],
                "next": first,
            },
        }
    )
    records = found(top, client=hosts, tmp_path=tmp_path)

    assert [getattr(one, "reason", one.number) for one in records] == ["jug", "2", "listed more than once"]


def test_collections_within_collections_have_an_end(tmp_path):
    class Endless:
        def json(self, url):
            return {"id": url, "type": "Collection", "items": [{"id": f"{url}/x", "type": "Collection"}]}

    (left,) = IIIF.records(SourceQuery(inputs=(f"{HOST}/x",), client=Endless()))

    assert left.reason == "nested too deeply" and left.place == f"{HOST}/x{'/x' * DEEPEST}"


def test_what_a_collection_names_is_not_asked_for_without_a_client(tmp_path):
    collection = {
        "type": "Collection",
        "items": [{"id": f"{HOST}/1", "type": "Manifest"}, {"type": "Manifest"}, {"id": "x"}],
    }

    assert [left.reason for left in found(collection, tmp_path=tmp_path)] == [
        "not downloaded",
        "no address",
        "not a manifest",
    ]


@pytest.mark.parametrize("content", ["", "{", "[]", "3", '{"type": "Dataset"}', '{"type": {}}', "[" * 100_000, "\xff"])
def test_what_is_no_manifest_is_refused_with_what_was_found(tmp_path, content):
    path = tmp_path / "m.json"
    path.write_text(content, encoding="latin-1")

    with pytest.raises(IngestError, match=r"m\.json.*Fix:"):
        list(IIIF.records(SourceQuery(inputs=(str(path),))))


def test_addresses_need_a_client_and_something_must_be_given(tmp_path):
    with pytest.raises(IngestError, match="download it first"):
        list(IIIF.records(SourceQuery(inputs=(HOST + "/m",))))
    with pytest.raises(IngestError, match="give a file"):
        IIIF.records(SourceQuery())
    with pytest.raises(FetchError):
        list(IIIF.records(SourceQuery(inputs=(HOST + "/m",), client=Hosts({}))))


def test_a_manifest_is_named_by_what_its_address_has_of_its_own():
    assert number_of("https://x.org/iiif/presentation/v2/b18035723") == "b18035723"
    assert number_of("https://x.org/api/objects/12/manifest.json") == "objects-12"
    assert number_of("https://x.org/iiif/2/2") == "2"
    assert number_of("https://x.org/manifest?id=7") == "id=7"
    assert number_of("jug.json") == "jug"
    assert holder("https://iiif.bodleian.ox.ac.uk/x") == "ox"
    assert holder("https://media.getty.edu/x") == "getty"
    assert holder("jug.json") == holder("http://127.0.0.1/x") == holder("https://[") == "iiif"
