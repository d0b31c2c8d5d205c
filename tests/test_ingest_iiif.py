import copy
import json
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.core.errors import FetchError, IngestError
from generator.core.works_table import bare
from generator.ingest.sources.base import LeftOut, Record, SourceQuery
from generator.ingest.sources.column_mapping import FIELDS
from generator.ingest.sources.iiif import DEEPEST, IIIF
from generator.ingest.sources.iiif_image import addresses
from generator.ingest.sources.iiif_labels import TABLE, plain, text, texts
from generator.ingest.sources.iiif_manifest import holder, number_of

HOST = "https://iiif.harbor.example.org"
IMAGE = f"{HOST}/image/jug"


def manifest3(**changes):
    """Return a manifest of version 3 of one canvas."""
    return {
        "@context": "http://iiif.io/api/presentation/3/context.json",
        "id": f"{HOST}/presentation/v3/jug/manifest.json",
        "type": "Manifest",
        "label": {"pt": ["Um jarro"], "en": ["A jug"]},
        "summary": {"en": ["A jug with a <b>bird</b>."]},
        "metadata": [
            {"label": {"en": ["Artist"]}, "value": {"none": ["Ana Potter", "Rui Potter"]}},
            {"label": {"en": ["Date"]}, "value": {"en": ["about 1820"]}},
            {"label": {"en": ["Materials"]}, "value": {"en": ["clay", "glaze"]}},
            {"label": {"en": ["Shelfmark"]}, "value": {"none": ["MS 4"]}},
            {"label": {"en": ["Height"]}, "value": {"none": ["12 cm"]}},
        ],
        "requiredStatement": {"label": {"en": ["Attribution"]}, "value": {"en": ["Given by <i>a friend</i>"]}},
        "rights": "http://creativecommons.org/publicdomain/zero/1.0/",
        "provider": [{"id": HOST, "type": "Agent", "label": {"en": ["The Harbor Museum"]}}],
        "homepage": [{"id": "https://harbor.example.org/jug", "type": "Text", "label": {"en": ["The jug"]}}],
        "items": [canvas3("c1")],
    } | changes


def canvas3(id, **body):
    painted = {
        "id": f"{IMAGE}/full/max/0/default.jpg",
        "type": "Image",
        "width": 4000,
        "height": 3000,
        "service": [service3()],
    }
    annotation = {"type": "Annotation", "motivation": "painting", "body": painted | body}
    return {"id": id, "type": "Canvas", "items": [{"type": "AnnotationPage", "items": [annotation]}]}


def service3(**changes):
    return {"id": IMAGE, "type": "ImageService3", "profile": "level2"} | changes


def manifest2(**changes):
    """Return a manifest of version 2 of one canvas."""
    resource = {
        "@id": f"{IMAGE}/full/full/0/default.jpg",
        "@type": "dctypes:Image",
        "width": 4000,
        "height": 3000,
        "service": {
            "@context": "http://iiif.io/api/image/2/context.json",
            "@id": IMAGE,
            "profile": ["http://iiif.io/api/image/2/level1.json", {"maxWidth": 800}],
        },
    }
    canvas = {"@id": "c1", "@type": "sc:Canvas", "images": [{"motivation": "sc:painting", "resource": resource}]}
    return {
        "@context": "http://iiif.io/api/presentation/2/context.json",
        "@id": f"{HOST}/manifests/jug",
        "@type": "sc:Manifest",
        "label": [{"@value": "Ein Krug", "@language": "de"}, {"@value": "A jug", "@language": "en"}],
        "metadata": [
            {"label": [{"@value": "Künstler", "@language": "de"}], "value": "<a href='/ana'>Ana Potter</a>"},
            {"label": "Datierung", "value": "um 1820"},
            {"label": "Signatur", "value": ["MS 4"]},
        ],
        "attribution": "Given by a friend",
        "license": "http://rightsstatements.org/vocab/InC/1.0/",
        "related": {"@id": "https://harbor.example.org/jug", "format": "text/html"},
        "sequences": [{"@type": "sc:Sequence", "canvases": [canvas]}],
    } | changes


class Hosts:
    """Gives what addresses hold, and remembers what was asked for."""

    def __init__(self, held):
        self.held, self.asked = held, []

    def json(self, url):
        self.asked.append(url)
        if url not in self.held:
            raise FetchError(url, reason="not found (404)")
        return self.held[url]


def found(*resources, client=None, tmp_path, **columns):
    """Return all that files of these resources give."""
    paths = []
    for number, resource in enumerate(resources):
        paths.append(tmp_path / f"m{number}.json")
        paths[-1].write_text(json.dumps(resource), encoding="utf-8")
    return list(IIIF.records(SourceQuery(inputs=tuple(map(str, paths)), columns=columns, client=client)))


def image(service, client=None, width=1024, **resource):
    """Return the addresses of a picture whose service this is."""
    return addresses({"id": f"{IMAGE}/own.jpg", "type": "Image", "service": service} | resource, width, client)


def sizes(*given):
    return [{"width": width, "height": height} for width, height in given]


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


def test_level_2_fits_into_a_box_and_never_grows():
    assert image(service3(), width=500)[0] == f"{IMAGE}/full/!500,500/0/default.jpg"
    assert image([service3(width=300, height=200)])[0] == f"{IMAGE}/full/!300,300/0/default.jpg"
    assert image(service3(), width=500)[-1] == f"{IMAGE}/own.jpg"


def test_limits_of_width_height_and_area_are_kept():
    def first(**limits):
        return image(service3(profile="level1", width=4000, height=2000, **limits))[0].split("/")[-3]

    assert first() == "1024,"
    assert first(maxWidth=600) == "600,"
    assert first(maxWidth=2000, maxHeight=100) == "200,"
    assert first(maxArea=80_000) == "400,"


def test_level_0_gives_the_smallest_listed_size_that_is_large_enough_else_the_largest():
    listed = service3(profile="level0", sizes=sizes((2000, 1500), (500, 375), (1200, 900)))

    assert image(listed)[0] == f"{IMAGE}/full/1200,900/0/default.jpg"
    assert image(listed, width=5000)[0] == f"{IMAGE}/full/2000,1500/0/default.jpg"
    assert image({"@id": IMAGE, "profile": "http://iiif.io/api/image/2/level0.json", "sizes": sizes((500, 375))})[
        0
    ] == (f"{IMAGE}/full/500,/0/default.jpg")
    assert image(service3(profile="level0")) == (f"{IMAGE}/own.jpg",)


def test_info_json_is_asked_for_only_where_the_manifest_does_not_say_enough():
    info = {
        "id": IMAGE,
        "type": "ImageService3",
        "profile": "level0",
        "width": 400,
        "height": 300,
        "sizes": sizes((400, 300)),
    }
    hosts = Hosts({f"{IMAGE}/info.json": info})

    assert (
        image(service3(), hosts, width=100)[0].endswith("/!100,100/0/default.jpg") is False
    )  # its shape was not known
    assert image(service3(width=400, height=300), hosts, width=100)[0] == f"{IMAGE}/full/!100,100/0/default.jpg"
    assert hosts.asked == [f"{IMAGE}/info.json"]
    assert image(service3(profile="level0"), hosts)[0] == f"{IMAGE}/full/400,300/0/default.jpg"
    assert image({"@id": IMAGE}, Hosts({}))[0] == f"{IMAGE}/full/!1024,1024/0/default.jpg"  # no answer


def test_the_newest_image_service_is_taken_and_others_are_passed_over():
    auth = {"@id": f"{HOST}/login", "profile": "http://iiif.io/api/auth/1/login"}
    old = {"@id": f"{HOST}/old", "@context": "http://iiif.io/api/image/2/context.json", "profile": "level2"}
    oldest = {"@id": IMAGE, "profile": "http://library.stanford.edu/iiif/image-api/1.1/compliance.html#level2"}

    assert image([auth, old, service3()])[0].startswith(IMAGE)
    assert image([auth])[0] == f"{IMAGE}/own.jpg"
    assert image(oldest)[0] == f"{IMAGE}/full/!1024,1024/0/native.jpg"


def test_only_http_addresses_are_given():
    for bad in ("javascript:alert(1)", "file:///etc/passwd", "ftp://example.org/a", "https://a b", '"https://x'):
        assert addresses({"id": bad, "service": service3(id=bad)}, 1024, None) == ()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"de": ["Krug"], "en-GB": ["Jug"]}, "Jug"),
        ({"de": ["Krug"], "none": ["12"]}, "12"),
        ({"de": ["Krug", "Kanne"]}, "Krug; Kanne"),
        ([{"@value": "Krug", "@language": "de"}, {"@value": "12"}], "12"),
        (["a", "b", "a"], "a; b"),
        (1820, "1820"),
        ({"en": [None, True, {"x": {"y": {"z": "deep"}}}]}, ""),
        ("\ud800x", "\ufffdx"),
    ],
)
def test_a_value_is_said_in_english_or_no_language_or_the_first(value, said):
    assert text(value) == said


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<p>A <b>jug</b></p><p>blue</p>", "A jug blue"),
        ("a &lt;script&gt; &amp; b", "a <script> & b"),
        ("<script>alert(1)</script>A jug", "A jug"),
        ("<style>p {}</style><img src=x onerror=alert(1)>A jug", "A jug"),
        ("5 < 6 > 4", "5 < 6 > 4"),
        ("<!-- no --><br/>A jug<a href='x", "A jug<a href='x"),
        ("<script>a<style>b</script>A <template>c</template>jug<script>x", "A jug"),
    ],
)
def test_markup_is_taken_off(markup, said):
    assert plain(markup) == said


def test_markup_without_end_takes_no_time():
    for endless in ("<a " * 50_000, "<!--" * 30_000, "<script>" * 20_000, "&" * 90_000 + "<b>", "<a x='" * 20_000):
        assert len(plain(endless)) <= 100_000


def test_every_label_is_as_labels_are_compared_and_leads_to_a_field():
    assert all(label == bare(label) for label in TABLE)
    assert set(TABLE.values()) <= set(FIELDS)
    assert TABLE["künstler"] == TABLE["kunstenaar"] == TABLE["auteur"] == "creator"


def test_a_manifest_is_named_by_what_its_address_has_of_its_own():
    assert number_of("https://x.org/iiif/presentation/v2/b18035723") == "b18035723"
    assert number_of("https://x.org/api/objects/12/manifest.json") == "objects-12"
    assert number_of("https://x.org/iiif/2/2") == "2"
    assert number_of("https://x.org/manifest?id=7") == "id=7"
    assert number_of("jug.json") == "jug"
    assert holder("https://iiif.bodleian.ox.ac.uk/x") == "ox"
    assert holder("https://media.getty.edu/x") == "getty"
    assert holder("jug.json") == holder("http://127.0.0.1/x") == holder("https://[") == "iiif"


def test_texts_are_few_and_short_whatever_a_manifest_holds():
    assert len(texts(["x" * 200_000])[0]) == 100_000
    assert len(texts([str(number) for number in range(5000)])) == 1000


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(
        [
            HOST,
            IMAGE,
            "Manifest",
            "sc:Manifest",
            "Collection",
            "Image",
            "Choice",
            "painting",
            "level0",
            "<![x",
            "javascript:x",
        ]
    )
)
KEYS = st.sampled_from(
    [
        "id",
        "@id",
        "type",
        "@type",
        "label",
        "metadata",
        "value",
        "items",
        "sequences",
        "canvases",
        "images",
        "resource",
        "body",
        "service",
        "profile",
        "sizes",
        "width",
        "height",
        "start",
        "rights",
        "license",
        "provider",
        "homepage",
        "thumbnail",
        "manifests",
        "members",
        "collections",
        "first",
        "next",
        "maxWidth",
        "maxArea",
        "default",
        "en",
        "requiredStatement",
        "summary",
        "navDate",
        "@value",
        "@language",
        "source",
    ]
)
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


def places(tree):
    """Yield every container and key within a tree."""
    for key in list(tree) if isinstance(tree, dict) else range(len(tree)):
        yield tree, key
        if isinstance(tree[key], dict | list):
            yield from places(tree[key])


def holds(tree, tmp_path):
    """True: a file of this tree gives records, reasons or an error that says what to do."""
    path = tmp_path / "m.json"
    path.write_text(json.dumps(tree), encoding="utf-8")
    asked = SourceQuery(inputs=(str(path),), client=Hosts({f"{IMAGE}/info.json": tree, HOST: tree}))
    try:
        return all(isinstance(one, Record | LeftOut) for one in islice(IIIF.records(asked), 1000))
    except IngestError as error:
        return "Fix:" in str(error)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(TREES)
def test_any_json_gives_records_reasons_or_an_error(tmp_path, tree):
    assert holds(tree, tmp_path)
    assert holds({"type": "Manifest", "label": "x"} | (tree if isinstance(tree, dict) else {"items": tree}), tmp_path)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.sampled_from([manifest2, manifest3]))
def test_a_manifest_spoiled_anywhere_gives_a_record_a_reason_or_an_error(tmp_path, data, make):
    tree = copy.deepcopy(make())
    for _ in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(list(places(tree))))
        container[key] = data.draw(TREES)

    assert holds(tree, tmp_path)
