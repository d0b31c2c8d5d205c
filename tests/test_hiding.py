"""What a curator hides and pins: exact lists of what is left, every fault of overrides.csv, and the pages."""

import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from support.curated import TOML, folder_with, notes_of, request, write
from support.making import Silent, make_content

from generator import pipeline
from generator.analysis import hiding
from generator.condtree import nearest_per_cell
from generator.core.errors import ContentError

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://me.github.io/art/"


def naive(vectors, cell_of, k, cells, forbidden):
    """Return the nearest k of every cell by looking at every pair; forbidden (n, n) may not be together."""
    n = len(vectors)
    rows = np.full((n, cells, k), -1, np.int32)
    for one in range(n):
        score = hiding.cosines(vectors, one, np.arange(n))
        for cell in range(cells):
            there = [row for row in range(n) if cell_of[row] == cell and row != one and not forbidden[one, row]]
            best = sorted(there, key=lambda row: (-score[row], row))[:k]
            rows[one, cell, : len(best)] = best
    return rows


@pytest.mark.parametrize("k", [1, 4, 9])
def test_every_list_holds_the_true_nearest_of_what_is_left(k):
    random = np.random.default_rng(k)
    cell_of = np.sort(random.integers(0, 5, 60)).astype(np.int32)
    vectors = random.normal(size=(60, 6)).astype(np.float32).round(1)  # some scores are equal
    found = nearest_per_cell(vectors, cell_of, k, cells=5)
    rules = [
        (np.array([3], np.int32), np.array([3, 20, 21], np.int32)),  # one work from some
        (np.flatnonzero(cell_of == 1).astype(np.int32), np.flatnonzero(cell_of == 4).astype(np.int32)),  # two cells
        (np.array([7], np.int32), np.arange(60, dtype=np.int32)),  # one from all
    ]
    forbidden = np.zeros((60, 60), bool)
    for one, other in rules:
        forbidden[np.ix_(one, other)] = forbidden[np.ix_(other, one)] = True

    rows, similarity = hiding.without(found.rows, found.similarity, vectors, cell_of, rules)

    assert (rows == naive(vectors, cell_of, k, 5, forbidden)).all()
    assert (np.isneginf(similarity) == (rows < 0)).all()


@pytest.mark.parametrize("hidden", [0, 1, 29])
def test_the_first_work_is_hidden_like_any_other(hidden):
    vectors = np.random.default_rng(2).normal(size=(30, 4)).astype(np.float32)
    cell_of = np.zeros(30, np.int32)
    found = nearest_per_cell(vectors, cell_of, 5, cells=1)
    rows, _ = hiding.without(
        found.rows, found.similarity, vectors, cell_of, [(np.array([hidden], np.int32), np.arange(30, dtype=np.int32))]
    )

    assert hidden in found.rows and hidden not in rows
    assert (rows[hidden] == -1).all()


def test_works_beyond_those_looked_through_at_once_are_hidden_too(monkeypatch):
    monkeypatch.setattr(hiding, "PART", 7)
    vectors = np.random.default_rng(3).normal(size=(30, 4)).astype(np.float32)
    cell_of = np.zeros(30, np.int32)
    found = nearest_per_cell(vectors, cell_of, 29, cells=1)
    rules = [(np.array([4], np.int32), np.arange(30, dtype=np.int32))]

    assert 4 not in hiding.without(found.rows, found.similarity, vectors, cell_of, rules)[0]


def test_scores_of_lists_made_anew_are_those_of_the_search_to_the_bit():
    vectors = np.random.default_rng(0).normal(size=(40, 300)).astype(np.float32)
    found = nearest_per_cell(vectors, np.zeros(40, np.int32), 39, cells=1)

    assert all(
        (hiding.cosines(vectors, row, found.rows[row, 0]) == found.similarity[row, 0]).all() for row in range(40)
    )


def faults_of(folder: Path, *rows: tuple[str, str, str, str]):
    with pytest.raises(ContentError) as caught:
        pipeline.check(request(folder_with(folder / "content", *rows)), Silent())
    return [fault for fault in caught.value.faults if not fault.warning]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (("w001", "w0O2", "hide", ""), "other", "did you mean w002"),
        (("", "w002", "hide", ""), "one", "an empty cell"),
        (("w001", "w001", "hide", ""), "other", "the same work twice"),
        (("w001", "w002", "show", ""), "action", "hide or pin"),
        (("cultur=Greek", "w002", "hide", ""), "one", "culture, medium"),
        (("culture=Greec", "w002", "hide", ""), "one", "did you mean culture=Greek"),
        (("culture=Greek", "w002", "pin", ""), "one", "one by one"),
        (("w001", "*", "pin", ""), "other", "one by one"),
        (("w001", "w002", "pin", "x" * 501), "note", "501 characters"),
    ],
)
def test_a_fault_names_file_row_column_and_fix(tmp_path, row, column, words):
    (fault,) = faults_of(tmp_path, ("w003", "w004", "hide", ""), row)

    assert (fault.file, fault.row, fault.column) == ("overrides.csv", 3, column)
    assert words in str(fault)


def test_a_pair_that_is_hidden_and_pinned_is_a_contradiction(tmp_path):
    (fault,) = faults_of(tmp_path, ("culture=Greek", "culture=Chinese", "hide", ""), ("w004", "w003", "pin", ""))

    assert "hidden by row 2" in str(fault)


def test_a_pair_that_is_pinned_twice_is_a_contradiction(tmp_path):
    (fault,) = faults_of(tmp_path, ("w001", "w002", "pin", "a"), ("w002", "w001", "pin", "b"))

    assert "already pinned in row 2" in str(fault)


def test_a_work_has_few_pins(tmp_path):
    (fault,) = faults_of(tmp_path, *[("w000", f"w{i:03}", "pin", "") for i in range(1, 8)])

    assert fault.row == 8 and "at most 6" in str(fault)


def test_a_column_that_lacks_is_a_fault(tmp_path):
    folder = folder_with(tmp_path / "content")
    (folder / "overrides.csv").write_text("one;other\nw001;w002\n")

    with pytest.raises(ContentError, match=r"overrides.csv:1 \[action\]: no column action"):
        pipeline.check(request(folder), Silent())


def test_works_that_a_limit_leaves_out_are_no_fault(tmp_path):
    folder = folder_with(tmp_path / "content", ("w001", "w011", "hide", ""))

    assert pipeline.check(request(folder, limit=6), Silent())[1].hidden == ()


def test_what_is_hidden_or_pinned_changes_the_digest_and_so_the_site(tmp_path):
    folder = folder_with(tmp_path / "content")
    before = pipeline.check(request(folder), Silent())[1].digest
    folder_with(folder, ("w001", "w002", "pin", "See the edge."))

    assert pipeline.check(request(folder), Silent())[1].digest != before


@pytest.fixture(scope="module")
def curated(tmp_path_factory):
    """A site in which w000 is hidden from w001 and all Celtic works, pinned to w010, and textiles have a content note."""
    folder = tmp_path_factory.mktemp("curated") / "content"
    folder_with(
        folder,
        ("w000", "w001", "hide", ""),
        ("w000", "culture=Celtic", "hide", ""),
        ("w003", "w010", "pin", "See the <edge>."),
        ("w003", "w005", "pin", ""),
        site=f'{TOML}base_url = "{BASE}"\npublished = "2026-11-25"\n[notes]\n"medium=Textile" = "Shows threads."\n',
        changes=notes_of({0: "Shows stripes."}),
    )
    return write(folder)


def near(out: Path, identity: str) -> list[str]:
    cards = json.loads((out / "data" / "cards" / "0.json").read_text())
    found = np.fromfile(out / "data" / "near" / f"{identity}.bin", "<u2")
    return [cards[row][0] for row in found[: len(found) // 2]]


def test_a_hidden_pair_is_nowhere_in_pages_and_data(curated):
    _, out = curated
    celtic = {f"w{i:03}" for i in range(2, 12, 3)}

    assert not {"w001", *celtic} & set(near(out, "w000"))
    assert not any("w000" in near(out, identity) for identity in ("w001", *celtic))
    assert not any((out / "pairs" / one / other).exists() for one, other in (("w000", "w001"), ("w001", "w000")))
    for page in (out / "works" / "w000").rglob("*.html"):
        assert not any(f"/works/{other}/" in page.read_text() for other in ("w001", *celtic))


def test_scripts_are_told_what_is_hidden(curated):
    collection, out = curated
    facts = json.loads((out / "data" / "collection.json").read_text())
    rules = json.loads((out / "data" / "hidden.json").read_text())
    rows = [[sorted(row for start, end in side for row in range(start, end)) for side in rule] for rule in rules]

    assert facts["hides"]
    assert rows == [[sorted(rule.one.tolist()), sorted(rule.other.tolist())] for rule in collection.hidden]
    assert max(len(side) for rule in rules for side in rule) == 1, "works of a value are runs of cells"


def test_the_feed_begins_with_the_pins_and_their_notes(curated):
    entries = ElementTree.parse(curated[1] / "feed.xml").getroot().findall(f"{ATOM}entry")
    told = [(entry.find(f"{ATOM}id").text, entry.find(f"{ATOM}content").text) for entry in entries]

    assert [address for address, _ in told[:2]] == [f"{BASE}pairs/w003/w010/", f"{BASE}pairs/w003/w005/"]
    assert "<p>See the &lt;edge&gt;.</p>" in told[0][1] and "<img" not in told[0][1]
    assert len({address for address, _ in told}) == len(told)


def test_a_veiled_picture_is_not_what_others_show_of_a_work(curated):
    collection, out = curated
    places = (out / "sitemap.xml").read_text()
    listed = json.loads((out / "data" / "iiif" / "collection.json").read_text())["items"]
    for work, item in zip(collection.works, listed, strict=True):
        page = (out / "works" / work.id / "index.html").read_text()
        linked = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
        manifest = json.loads((out / "iiif" / work.id / "manifest.json").read_text())
        shown = [
            f"/{work.id}.webp" in places,
            "image" in linked,
            "og:image" in page,
            "thumbnail" in item,
            "thumbnail" in manifest,
        ]

        assert shown == [not work.content_note] * 5, work.id
        assert not work.content_note or manifest["requiredStatement"]["value"]["en"][0] == work.content_note


def test_lists_of_what_is_not_hidden_are_full(curated):
    _, out = curated

    assert {"w003", "w004", "w006", "w007", "w009", "w010"} == set(near(out, "w000"))


def test_a_pinned_pair_is_first_on_both_pages_with_its_note(curated):
    _, out = curated
    for one, other in (("w003", "w010"), ("w010", "w003")):
        text = (out / "works" / one / "index.html").read_text()
        pinned = text[text.index('<section class="pinned"') : text.index('<section class="explore"')]

        assert f"/works/{other}/" in pinned and "See the &lt;edge&gt;." in pinned and "curator" in pinned
        assert "See the &lt;edge&gt;." in (out / "pairs" / one / other / "index.html").read_text()


def test_a_pin_without_a_note_is_still_said_to_be_the_curators(curated):
    text = (curated[1] / "pairs" / "w003" / "w005" / "index.html").read_text()

    assert '<div class="remark">' in text and "<p></p>" not in text


def test_a_noted_work_says_so_and_its_picture_is_veiled_everywhere(curated):
    _, out = curated
    page = (out / "works" / "w001" / "index.html").read_text()

    assert page.index("Shows threads.") < page.index("<h1") and 'type="checkbox"' in page
    for path in out.rglob("*.html"):
        images = [part.split(">")[0] for part in path.read_text().split("<img")[1:]]
        assert all(
            ("veiled" in image) == ("w001" in image) for image in images if "w001" in image or "w002" in image
        ), path


def test_the_note_of_a_work_stands_for_that_of_its_value(curated):
    collection = curated[0]
    notes = {work.id: work.content_note for work in collection.works}

    assert notes["w000"] == "Shows stripes." and notes["w001"] == "Shows threads." and notes["w002"] == ""


def test_noted_works_are_not_on_the_first_page_nor_in_curated_lists(curated):
    _, out = curated
    noted = [work.id for work in curated[0].works if work.content_note]
    lists = [out / "index.html", *(out / "connections").glob("*mutual*/**/*.html")]

    assert not any(f"/{identity}/" in page.read_text() for page in lists for identity in noted)


def test_scripts_know_which_pictures_are_veiled(curated):
    cards = json.loads((curated[1] / "data" / "cards" / "0.json").read_text())

    assert {card[0] for card in cards if card[5:] == [1]} == {"w000", *(f"w{i:03}" for i in range(1, 12, 2))}


def test_an_owner_may_want_the_note_and_no_veil(tmp_path):
    folder = make_content(
        tmp_path / "content", site=TOML + 'veil = false\n[notes]\n"medium=Textile" = "Shows threads."\n'
    )
    page = (write(folder)[1] / "works" / "w001" / "index.html").read_text()

    assert "Shows threads." in page and "veiled" not in page and "checkbox" not in page


def test_a_note_of_a_value_that_no_work_has_is_a_fault(tmp_path):
    folder = make_content(tmp_path / "content", site=TOML + '[notes]\n"medium=Textil" = "Shows threads."\n')

    with pytest.raises(ContentError, match="did you mean medium=Textile"):
        pipeline.check(request(folder), Silent())


def test_a_content_note_is_short(tmp_path):
    folder = make_content(tmp_path / "content", site=TOML, changes=notes_of({2: "x" * 301}))

    with pytest.raises(ContentError, match=r"works.csv:4 \[content_note\]: a note of 301 characters"):
        pipeline.check(request(folder), Silent())
