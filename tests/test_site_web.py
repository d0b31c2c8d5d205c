"""What the site says to programs: manifests, linked data, citations, the feed, sitemaps, open data."""

import csv
import gzip
import hashlib
import html
import json
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from support.sites import HOSTILE, K, context_of, make, settings, write

from generator.analysis.neighbors import Neighborhood
from generator.core import config, rights
from generator.core.errors import ConfigError
from generator.core.model import Tiles
from generator.core.resources import TEMPLATES
from generator.site.cards import Cards
from generator.site.data import citations, iiif, linked_data, sitemap
from generator.site.render import Printer

BASE = "https://me.github.io/art/"
ATOM = "{http://www.w3.org/2005/Atom}"
PLACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return the site of a small collection that knows its address, and the collection."""
    folder = tmp_path_factory.mktemp("web")
    made = make(folder / "pictures", n=24)
    return write(folder, made, base_url=BASE, published="2026-11-25", data_license="CC0 1.0"), made


def cards_of(folder, n=6, base_url=BASE, **changes):
    collection, _, pictures = make(folder / "pictures", n=n, **changes)
    return Cards(collection, pictures, Printer(folder, TEMPLATES, settings(folder, base_url=base_url)))


def read(path):
    return json.loads(path.read_bytes())


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("CC0", "publicdomain/zero/1.0/"),
        ("CC0 1.0", "publicdomain/zero/1.0/"),
        ("CC0 (Met Open Access)", "publicdomain/zero/1.0/"),
        ("CC BY 4.0 (Getty publication)", "licenses/by/4.0/"),
        ("CC-BY-NC-SA-3.0", "licenses/by-nc-sa/3.0/"),
        ("https://creativecommons.org/licenses/by-sa/4.0/deed.de", "licenses/by-sa/4.0/"),
        ("Public domain by age (Catalogue: public domain mark)", "publicdomain/mark/1.0/"),
    ],
)
def test_a_license_is_known_by_its_name_or_address(said, address):
    assert rights.address(said) == f"http://creativecommons.org/{address}"


@pytest.mark.parametrize(
    "said", ["", "Public domain", "CC BY", "Not CC0", "© The Museum", "All rights reserved", "CC0.5"]
)
def test_what_names_no_license_without_doubt_has_no_address(said):
    assert rights.address(said) == ""


def test_a_statement_of_rightsstatements_is_known_by_its_address():
    assert (
        rights.address("https://rightsstatements.org/page/NoC-US/1.0/?l=en")
        == "http://rightsstatements.org/vocab/NoC-US/1.0/"
    )


def test_a_manifest_shows_the_largest_picture_on_one_canvas_under_whole_addresses(built):
    out, (_, _, pictures) = built
    manifest = read(out / "iiif/w.3/manifest.json")
    (canvas,) = manifest["items"]
    (annotation,) = canvas["items"][0]["items"]
    largest = pictures[3][-1]

    assert manifest["id"] == f"{BASE}iiif/w.3/manifest.json" and manifest["type"] == "Manifest"
    assert manifest["label"] == {"en": ["Work number 3"]} and manifest["rights"].endswith("/zero/1.0/")
    assert (canvas["width"], canvas["height"]) == (largest.width, largest.height)
    assert annotation["target"] == canvas["id"] and annotation["body"]["id"] == f"{BASE}images/2/w.3.webp"
    assert [page["id"] for page in manifest["homepage"]] == [f"{BASE}works/w.3/", "https://example.org/3"]


def test_every_address_of_a_manifest_within_the_site_leads_somewhere(built):
    out, _ = built
    inside = ("canvas", "page", "image")  # names of parts of a manifest, which are no files
    for path in [*out.glob("iiif/*/manifest.json"), out / "data/iiif/collection.json"]:
        for address in re.findall(rf'"id":"{BASE}([^"]*)"', path.read_text()):
            target = out / (address + "index.html" if address.endswith("/") or not address else address)

            assert target.is_file() or address.rpartition("/")[2] in inside, address


def test_the_collection_lists_every_manifest(built):
    out, (collection, *_) = built
    listed = [item["id"] for item in read(out / "data/iiif/collection.json")["items"]]

    assert listed == [f"{BASE}iiif/{work.id}/manifest.json" for work in collection.works]


def test_a_large_collection_is_listed_in_parts(tmp_path, monkeypatch):
    monkeypatch.setattr("generator.site.data.iiif.PART", 4)
    out = write(tmp_path, make(tmp_path / "pictures", n=9), base_url=BASE)
    whole = read(out / "data/iiif/collection.json")
    parts = [read(out / item["id"].removeprefix(BASE)) for item in whole["items"]]

    assert [part["label"]["en"] for part in parts] == [["Works 1 to 4"], ["Works 5 to 8"], ["Works 9 to 9"]]
    assert sum(len(part["items"]) for part in parts) == 9


def test_where_there_are_tiles_a_manifest_leads_viewers_to_them(tmp_path):
    tiles = Tiles(path=tmp_path, width=4_000, height=3_000, side=512, factors=(1, 2, 4, 8), sizes=((500, 375),))
    made = make(tmp_path / "pictures", n=6)
    context = context_of(tmp_path, made, assets={"tiles": [tiles] * 6}, base_url=BASE)
    (canvas,) = iiif.Maker(context).manifest(0)["items"]
    body = canvas["items"][0]["items"][0]["body"]

    assert (canvas["width"], canvas["height"]) == (4_000, 3_000)
    assert body["id"] == f"{BASE}tiles/w.0/full/max/0/default.jpg" and body["format"] == "image/jpeg"
    assert body["service"] == [{"id": f"{BASE}tiles/w.0", "type": "ImageService3", "profile": "level0"}]


def test_rights_in_words_must_be_shown_and_what_looks_like_html_stays_text(tmp_path):
    made = make(tmp_path / "pictures", n=3, rights="Ask us", credit="A gift", title="<b>Bold</b>")
    manifest = read(write(tmp_path, made, base_url=BASE) / "iiif/w.0/manifest.json")

    assert "rights" not in manifest
    assert manifest["requiredStatement"]["value"] == {"en": ["Museum", "A gift", "Ask us"]}
    assert manifest["label"] == {"en": ["<b>Bold</b> "]}


def test_without_an_address_there_is_nothing_that_needs_one(tmp_path):
    out = write(tmp_path, make(tmp_path / "pictures", n=6), published="2026-11-25")
    page = (out / "works/w.0/index.html").read_text()

    assert not (out / "iiif").exists() and not (out / "data/iiif").exists() and not (out / "feed.xml").exists()
    assert "og:" not in page and "manifest.json" not in page and "DCTERMS.title" in page
    assert "built without its own" in (out / "data/index.html").read_text()


def test_a_work_is_linked_data_and_dublin_core(built):
    out, _ = built
    page = (out / "works/w.3/index.html").read_text()
    said = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])

    assert (said["@type"], said["name"], said["dateCreated"]) == ("VisualArtwork", "Work number 3", "1503")
    assert said["url"] == f"{BASE}works/w.3/" and said["image"]["contentUrl"] == f"{BASE}images/2/w.3.webp"
    assert '<meta name="DCTERMS.creator" content="A. Maker">' in page
    assert f'<meta property="og:image" content="{BASE}images/2/w.3.webp">' in page


def test_columns_that_others_know_have_their_names(tmp_path):
    cards = cards_of(tmp_path, facets=(("medium", 1), ("form", 1)), extra=(("Materials", "oak"),))
    said = linked_data.Heads(cards).linked(0)

    assert (said["artMedium"], said["keywords"], said["material"]) == (["medium & 0"], ["form & 0"], ["oak"])


@pytest.mark.parametrize(
    ("date", "year", "said"),
    [
        ("about 1500", 1500, "1500"),
        ("", 79, "0079"),
        ("550 BCE", -550, "-0549"),
        ("19th century", 1801, "19th century"),
        ("", None, None),
    ],
)
def test_a_year_is_given_to_programs_where_the_record_names_it(tmp_path, date, year, said):
    assert linked_data.Heads(cards_of(tmp_path, date=date, year=year)).linked(0).get("dateCreated") == said


def test_no_record_ends_the_script_that_holds_it(tmp_path):
    head = str(linked_data.Heads(cards_of(tmp_path, title=HOSTILE + "<!--", creator="</script>")).of(0))
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', head)[1]

    assert head.count("<script") == head.count("</script>") == 1 and "<" not in script
    assert json.loads(script)["name"] == HOSTILE + "<!--"


def test_the_head_of_long_records_stays_small(tmp_path):
    long = {name: "many words " * 900 for name in ("title", "creator", "date", "museum", "credit", "rights", "alt")}
    head = linked_data.Heads(cards_of(tmp_path, **long)).of(0)

    assert len(head.encode()) < 4_000


def test_a_work_is_cited_in_each_style(tmp_path):
    found = {one.style: re.sub("<[^>]*>", "", one.text) for one in citations.styles(2, cards_of(tmp_path))}
    here = f"{BASE}works/w.2/"

    assert found == {
        "Plain text": f"A. Maker. Work number 2. About 1502. Museum, T.2. In A title &amp; more. {here}",
        "MLA": f"A. Maker. Work number 2. About 1502, Museum, T.2. A title &amp; more, {here}.",
        "Chicago": f"A. Maker. Work number 2. About 1502. Museum, T.2. {here}.",
        "APA": f"A. Maker. (about 1502). Work number 2 [Artwork]. Museum, T.2. {here}",
    }


def test_a_work_without_maker_or_date_is_cited_too(tmp_path):
    cards = cards_of(tmp_path, base_url="", creator="", date="", year=None, title="What is it?", source_url="")
    apa = citations.styles(0, cards)[-1].text

    assert apa == "<cite>What is it?</cite> [Artwork]. (n.d.). Museum, T.0."


TRAIN = {"creator": "Bearden, Romare", "title": "The Train", "date": "1975", "year": 1975}
FAUST = {"creator": "Delacroix, E.", "title": "Faust attempts to seduce Marguerite", "date": "1826–1827", "year": 1826}
BULL = {"creator": "Picasso, Pablo", "title": "Bull’s Head", "date": "spring 1942", "year": 1942}


@pytest.mark.parametrize(
    ("style", "record", "expected"),
    [  # The examples of each style's own guide, but for what records do not have: a technique, the kind of work.
        (
            "MLA",
            {**TRAIN, "museum": "Museum of Modern Art, New York"},
            f"Bearden, Romare. <cite>The Train</cite>. 1975, Museum of Modern Art, New York. <cite>MoMA</cite>, {BASE}works/w.0/.",
        ),
        (
            "APA",
            {**FAUST, "museum": "The Louvre, Paris, France"},
            "Delacroix, E. (1826–1827). <cite>Faust attempts to seduce Marguerite</cite> [Artwork]. "
            f"The Louvre, Paris, France. {BASE}works/w.0/",
        ),
        (
            "Chicago",
            {**BULL, "museum": "Musée Picasso Paris"},
            f"Picasso, Pablo. <cite>Bull’s Head</cite>. Spring 1942. Musée Picasso Paris. {BASE}works/w.0/.",
        ),
    ],
)
def test_citations_are_those_of_the_styles_own_guides(tmp_path, style, record, expected):
    collection, _, pictures = make(tmp_path / "pictures", n=6, **record, accession_number="")
    cards = Cards(collection, pictures, Printer(tmp_path, TEMPLATES, settings(tmp_path, base_url=BASE, title="MoMA")))
    found = {one.style: one.text for one in citations.styles(0, cards)}

    assert found[style] == expected


def test_what_a_record_says_is_text_in_every_citation(tmp_path):
    cards = cards_of(tmp_path, title=HOSTILE, creator=HOSTILE, date=HOSTILE, museum=HOSTILE, accession_number="<i>")
    page = str(citations.of(0, cards))

    assert "<script" not in page and "<i>" not in page and page.count("&lt;script") >= 4 * 4


@pytest.mark.parametrize(
    ("date", "year", "issued"),
    [
        ("about 1502", 1502, {"literal": "about 1502"}),
        ("1502", 1502, {"date-parts": [[1502]]}),
        ("", -450, {"date-parts": [[-450]]}),
        ("", None, None),
    ],
)
def test_processors_of_csl_are_given_the_work_as_its_record_has_it(tmp_path, date, year, issued):
    cards = cards_of(tmp_path, title="A <b> & c", date=date, year=year, creator="")
    (found,) = json.loads(citations.csl(1, cards))

    assert found.pop("issued", None) == issued
    assert found == {
        "id": "w.1",
        "type": "graphic",
        "title": "A <b> & c",
        "archive": "Museum",
        "archive_location": "T.1",
        "URL": f"{BASE}works/w.1/",
    }


def test_programs_that_keep_references_read_bibtex_and_ris(tmp_path):
    cards = cards_of(tmp_path, title="50 % {off} & more_or\\less")
    entry, record = citations.bibtex(1, cards), citations.ris(1, cards)

    assert r"title = {{50 \% \{off\} \& more\_or\textbackslash{}less}}" in entry and "year = {1501}" in entry
    assert record.splitlines()[0] == "TY  - ART" and record.splitlines()[-1] == "ER  -" and "PY  - 1501" in record


def test_the_feed_is_atom_and_names_the_pairs_of_the_first_page(built):
    out, _ = built
    feed = ElementTree.parse(out / "feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    addresses = [entry.find(f"{ATOM}id").text for entry in entries]
    home = re.findall(r'class="duo[^"]*" href="(pairs/[^"]*)index.html"', (out / "index.html").read_text())

    assert (
        feed.find(f"{ATOM}updated").text == "2026-11-25T00:00:00Z" and feed.find(f"{ATOM}author/{ATOM}name") is not None
    )
    assert addresses == [BASE + path for path in home] and len(set(addresses)) == len(addresses) > 0
    assert 'type="application/atom+xml"' in (out / "index.html").read_text()


def test_what_records_say_is_text_in_the_feed_its_html_and_the_sitemap(tmp_path):
    base, made = "https://me.github.io/a&b's/", make(tmp_path / "pictures", n=12, title=HOSTILE, alt=HOSTILE)
    out = write(tmp_path, made, base_url=base, published="2026-11-25", credits="me & <you>")
    feed = ElementTree.parse(out / "feed.xml").getroot()
    shown = feed.find(f"{ATOM}entry/{ATOM}content").text
    places = ElementTree.parse(out / "sitemap.xml").getroot().findall(f"{PLACE}url/{PLACE}loc")

    assert feed.find(f"{ATOM}rights").text == "me & <you>" and feed.find(f"{ATOM}id").text == base
    assert "<script" not in shown and "<script" in html.unescape(shown) and shown.count("<img") == 1
    assert f"{base}works/w.0/" in {place.text for place in places}


def test_the_sitemap_names_the_picture_of_every_work(built):
    out, (collection, *_) = built
    places = ElementTree.parse(out / "sitemap.xml").getroot().findall(f"{PLACE}url")
    pictured = {place.find(f"{PLACE}loc").text: place[1][0].text for place in places if len(place) > 1}

    assert pictured == {f"{BASE}works/{work.id}/": f"{BASE}images/2/{work.id}.webp" for work in collection.works}


def test_more_addresses_than_a_sitemap_may_hold_are_in_several(tmp_path):
    files = dict(sitemap.sitemaps(cards_of(tmp_path).printer, [(f"{i}/index.html", "") for i in range(5)], most=2))

    assert sorted(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    assert re.findall("<loc>(.*?)</loc>", files["sitemap.xml"].decode()) == [
        f"{BASE}sitemap-{i}.xml" for i in (1, 2, 3)
    ]
    assert re.findall("<loc>(.*?)</loc>", files["sitemap-3.xml"].decode()) == [f"{BASE}4/"]


def test_what_is_not_found_has_no_address_of_its_own(built):
    assert "canonical" not in (built[0] / "404.html").read_text()


def table(path):
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(raw.decode().splitlines()))


def test_the_package_describes_each_table_as_it_is(built):
    out, _ = built
    package = read(out / "data/open/datapackage.json")

    assert package["licenses"][0]["path"].endswith("/zero/1.0/") and package["title"] == "A title & more"
    for resource in package["resources"]:
        path = out / "data/open" / resource["path"]
        rows = table(path)
        key = [tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in rows]

        assert resource["hash"] == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
        assert resource["bytes"] == path.stat().st_size
        assert list(rows[0]) == [field["name"] for field in resource["schema"]["fields"]]
        assert len(set(key)) == len(key)


def test_open_data_have_all_that_a_record_says(built):
    out, (collection, *_) = built
    rows = table(out / "data/open/works.csv")

    assert [row["id"] for row in rows] == [work.id for work in collection.works]
    assert (rows[3]["title"], rows[3]["year"], rows[3]["further_column"]) == ("Work number 3", "1503", "said of 3")
    assert rows[3]["page"] == f"{BASE}works/w.3/" and rows[3]["form"] in collection.facets[0].values


def test_open_neighbors_are_the_nearest_of_all_and_of_every_value(built):
    out, (collection, analogies, _) = built
    near = Neighborhood(collection, analogies).of(5)
    mine = [row for row in table(out / "data/open/neighbors.csv.gz") if row["work"] == "w.5"]
    others = [collection.works[row].id for row in near.rows]
    values = np.array(collection.facets[1].values)[collection.labels[near.rows, 1]].tolist()

    assert [row["neighbor"] for row in mine if not row["facet"]] == others[:K]
    assert {row["value"]: row["neighbor"] for row in mine if row["facet"] == "stuff"} == {
        value: others[values.index(value)] for value in set(values)
    }


def test_distances_are_one_minus_the_cosine(built):
    out, (_, analogies, _) = built
    first = next(row for row in table(out / "data/open/neighbors.csv.gz") if row["work"] == "w.5")

    assert float(first["distance"]) == pytest.approx(1 - analogies.similarity[5].max(), abs=2e-5)


def test_a_column_of_the_owner_that_is_called_as_one_of_ours_is_kept_beside_it(tmp_path):
    made = make(tmp_path / "pictures", n=3, extra=(("picture", "theirs"),))
    row = table(write(tmp_path, made) / "data/open/works.csv")[0]

    assert row["picture_"] == "theirs" and row["picture"] == "images/2/w.0.webp"


def test_what_a_person_reads_of_open_data_names_every_file_and_column(built):
    out, _ = built
    page = (out / "data/index.html").read_text()
    package = read(out / "data/open/datapackage.json")
    names = [field["name"] for resource in package["resources"] for field in resource["schema"]["fields"]]

    assert all(f'href="open/{resource["path"]}"' in page for resource in package["resources"])
    assert all(f"<code>{name}</code>" in page for name in names)
    assert "data/index.html" in (out / "about/index.html").read_text()


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ('published = "soon"', "published"),
        ('data_license = "free"', "data_license"),
        ('share_cards = "all"', "share_cards"),
    ],
)
def test_a_setting_that_cannot_be_is_told_with_what_can(tmp_path, line, column):
    (tmp_path / "site.toml").write_text(f'title = "T"\n{line}\n')
    with pytest.raises(ConfigError) as caught:
        config.load(tmp_path, TEMPLATES / "defaults.toml")

    assert [(fault.row, fault.column) for fault in caught.value.faults] == [(2, column)]
