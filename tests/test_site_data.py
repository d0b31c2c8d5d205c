"""What the site computes: the one order of neighbors, closeness in words, pairs for the first page, colors, words."""

import json
import re
import tomllib
from collections import Counter

import numpy as np
import pytest
from support.sites import K, context_of, make, settings

from generator.analysis import closeness, highlights
from generator.analysis.closeness import Scale
from generator.analysis.neighbors import Neighborhood
from generator.core import colors, i18n
from generator.core.resources import PACKAGE, STATIC, TEMPLATES
from generator.site import theme, urls
from generator.site.data import browser

FORM = r"\.(zero|one|two|few|many|other)$"  # of a text that is counted (CLDR)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make(tmp_path_factory.mktemp("data"), n=60)


def read(content, collection):
    """Return rows and codes as the browser reads them."""
    width = browser.row_type(collection).itemsize
    m = len(content) // (width + 2)
    return np.frombuffer(content, browser.row_type(collection), m).tolist(), np.frombuffer(
        content, "<u2", m, m * width
    ).tolist()


def test_the_first_k_of_a_file_in_chosen_cells_are_the_nearest_of_those_cells(made):
    collection, analogies, _ = made
    neighborhood = Neighborhood(collection, analogies)
    for row in range(0, 60, 7):
        rows, _ = read(browser.near_bytes(neighborhood.of(row), collection), collection)
        for facet, value in ((0, 0), (0, 3), (1, 1), (None, None)):
            allowed = [True if facet is None else label[facet] == value for label in collection.labels]
            exact = sorted(
                (-similarity, other)
                for cell, mine in zip(analogies.rows[row], analogies.similarity[row], strict=True)
                for other, similarity in zip(cell, mine, strict=True)
                if other >= 0 and allowed[other]
            )

            assert [other for other in rows if allowed[other]][:K] == [other for _, other in exact][:K]


def test_codes_fall_along_a_file(made):
    collection, analogies, _ = made
    _, codes = read(browser.near_bytes(Neighborhood(collection, analogies).of(3), collection), collection)

    assert codes == sorted(codes, reverse=True)


def test_a_rank_is_the_share_of_random_pairs_that_are_less_alike(made):
    scale = Scale(made[1])
    middle = closeness.encode(made[1].scale[[0, 500, 900]] + np.float32(0.001))
    ranks = scale.ranks(middle).tolist()

    assert ranks[0] < 100 and 450 < ranks[1] < 600 and ranks[2] >= 900
    assert scale.ranks(closeness.encode(np.array([1.0, -1.0], np.float32))).tolist() == [999, 0]


@pytest.mark.parametrize(
    ("rank", "name"),
    [
        (999, "striking"),
        (998, "striking"),
        (997, "close"),
        (990, "close"),
        (989, "related"),
        (950, "related"),
        (949, "distant"),
        (849, "nothing"),
        (0, "nothing"),
    ],
)
def test_words_follow_from_ranks(made, rank, name):
    assert closeness.NAMES[Scale(made[1]).levels(np.array([rank]))[0]] == name


def test_the_same_picture_again_is_marked_and_no_analogy(made):
    collection, analogies, _ = made
    neighborhood = Neighborhood(collection, analogies)
    near = neighborhood.of(30)  # its vector is that of 20
    found = [match.row for facet in range(2) for match in neighborhood.across(30, near, facet)]

    assert near.same[near.rows.tolist().index(20)] and 20 not in found


def test_striking_pairs_differ_in_every_facet_and_show_no_work_twice(made):
    collection, analogies, _ = made
    pairs = highlights.pairs(collection, analogies, 12)
    used = Counter(row for pair in pairs for row in pair)

    assert pairs and max(used.values()) == 1
    assert all((collection.labels[one] != collection.labels[other]).all() for one, other in pairs)


def test_quiet_colors_can_be_read_on_paper_and_on_the_ground_of_pictures(tmp_path):
    for block in re.findall(r"\{(?:color-scheme:light dark;)?(--[^}]*)\}", theme.css(settings(tmp_path)))[:2]:
        color = {name: colors.parse(value) for name, value in re.findall(r"--(\w+):(#\w+)", block)}

        assert min(colors.contrast(color[name], color["ground"]) for name in ("quiet", "accent", "ink")) >= 4.5
        assert colors.contrast(color["edge"], color["paper"]) >= 3


def test_every_word_that_is_asked_for_is_in_the_catalogue_and_none_is_left_over():
    texts = i18n._flat(tomllib.loads((TEMPLATES / "strings/en.toml").read_text(encoding="utf-8")))
    sources = [
        path.read_text(encoding="utf-8")
        for path in (*TEMPLATES.glob("*.html"), *(PACKAGE / "site").rglob("*.py"), PACKAGE / "core/i18n.py")
    ]
    asked = set(re.findall(r"""(?:\bt|words|\.count)\("([a-z_.]+)\"""", " ".join(sources)))
    asked |= {
        name for pair in re.findall(r't\("([a-z_.]+)" if .*? else "([a-z_.]+)"', " ".join(sources)) for name in pair
    }
    scripts = " ".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.js"))
    said = set(re.findall(r'(?:say|label)\(\s*"(\w+)"', scripts)) | set(
        re.findall(r'counted\([\w.]+, "(\w+)"', scripts)
    )
    known = {re.sub(FORM, "", name) for name in texts}
    scripted = {
        name.rpartition("script.")[2] for name in known if "script." in name
    }  # of all scripts and of one page's
    scripted |= {name.removeprefix("count.") for name in known if name.startswith("count.")}

    assert {name for name in asked if not name.endswith(".")} - known == set()
    assert said - scripted == set()
    named = {
        name
        for name in known
        if re.search(rf"""["']{name}["']""", " ".join(sources))
        or re.search(rf"""["']{name.rpartition("script.")[2]}["']|words\.{name.rpartition("script.")[2]}\b""", scripts)
    }
    composed = {name for name in known if name.startswith(("closeness.", "fields.", "years."))} | {
        "home.and",
        "home.or",
    }
    composed |= {f"layout.{name}" for name in urls.SECTIONS} | {"paths.from", "paths.to"}
    composed |= {"search.period", "search.museum"}
    assert known - named - composed == set()


def test_a_language_without_a_catalogue_speaks_english_and_keeps_its_direction():
    words = i18n.Words(TEMPLATES / "strings", "fa-IR")

    assert words.language == "en" and i18n.direction("fa-IR") == "rtl"
    assert [i18n.direction(name) for name in ("en", "pt-BR", "az-Arab", "he-Latn")] == ["ltr", "ltr", "rtl", "ltr"]


def test_numbers_are_written_as_the_catalogue_has_it():
    words = i18n.Words(TEMPLATES / "strings", "en")

    assert words.count("count.works", 1) == "1 work" and words.count("count.works", 12345) == "12,345 works"
    assert words.percent(998) == "99.8"


def test_collection_json_has_a_cell_for_every_row(made, tmp_path):
    facts = json.loads(browser.collection_json(context_of(tmp_path, made)))
    cells = np.searchsorted(facts["starts"], np.arange(60), side="right") - 1

    assert cells.tolist() == made[0].cell_of.tolist()


def test_a_count_takes_the_form_that_the_language_has_for_the_number(tmp_path):
    forms = {"one": "عمل", "two": "عملان", "few": "{number} أعمال", "other": "{number} عمل"}
    (tmp_path / "ar.toml").write_text(
        "[count.works]\n" + "".join(f'{name} = "{text}"\n' for name, text in forms.items())
    )
    words = i18n.Words(tmp_path, "ar")

    assert [words.count("count.works", number) for number in (1, 2, 3, 1_100)] == [
        "عمل",
        "عملان",
        "3 أعمال",
        "1,100 عمل",
    ]


def test_numbers_are_written_as_the_language_writes_them(tmp_path):
    (tmp_path / "de.toml").write_text("")
    words = i18n.Words(tmp_path, "de-AT")

    assert (words.language, words.number(12_345), words.percent(998)) == ("de", "12.345", "99,8")


@pytest.mark.parametrize("language", [path.stem for path in sorted((TEMPLATES / "strings").glob("*.toml"))])
def test_a_catalogue_has_every_text_with_the_same_names_to_fill_in(language):
    english, other = (
        i18n._flat(tomllib.loads((TEMPLATES / f"strings/{name}.toml").read_text(encoding="utf-8")))
        for name in ("en", language)
    )
    counted = {re.sub(FORM, "", name) for name in english if re.search(FORM, name)}
    needed = i18n.Words(TEMPLATES / "strings", language).locale.plural_form.tags | {"other"}
    wanted = {name for name in english if not re.search(FORM, name)} | {
        f"{name}.{form}" for name in counted for form in needed
    }

    assert (wanted - other.keys(), other.keys() - wanted) == (set(), set())

    differ = {
        name
        for name, text in other.items()
        if not name.endswith(".zero")
        and _filled_in(name, text) != _filled_in(name, english[re.sub(FORM, ".other", name)])
    }

    assert differ == set()


def _filled_in(name, text):
    """Return the names in braces; a form may say its number in words."""
    return set(re.findall(r"{(\w+)}", text)) - ({"number"} if re.search(FORM, name) else set())
