"""The interface in other languages than English, above all one that is written from right to left."""

import re

import pytest
from support.sites import make, write

from generator.core import i18n
from generator.core.config import examine
from generator.core.resources import TEMPLATES
from generator.site.render import Printer

STRINGS = TEMPLATES / "strings"


@pytest.fixture(scope="module")
def arabic():
    return i18n.Words(STRINGS, "ar")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("arabic")
    return write(folder, make(folder / "made", n=24), interface="ar")


def test_an_interface_may_speak_another_language_than_the_records(tmp_path):
    (tmp_path / "site.toml").write_text('title = "T"\nlanguage = "en"\ninterface = "ar"\n')
    made, notes = examine(tmp_path, TEMPLATES / "defaults.toml")
    printer = Printer(tmp_path, TEMPLATES, made)

    assert (made.language, made.interface, notes, printer.words.language) == ("en", "ar", (), "ar")
    assert printer._own() == ' lang="en" dir="auto"'


def test_an_interface_speaks_the_language_of_the_records_where_nothing_is_said(tmp_path):
    (tmp_path / "site.toml").write_text('title = "T"\nlanguage = "ar-EG"\n')
    made, notes = examine(tmp_path, TEMPLATES / "defaults.toml")

    assert (made.interface, notes) == ("ar-EG", ())


@pytest.mark.parametrize(("given", "column"), [("qaa", "interface"), ("Arabic!", "interface")])
def test_an_interface_that_cannot_be_is_named(tmp_path, given, column):
    (tmp_path / "site.toml").write_text(f'title = "T"\ninterface = "{given}"\n')
    made, notes = examine(tmp_path, TEMPLATES / "defaults.toml")

    assert [note.column for note in notes] == [column]
    assert made.language == "en"


def test_arabic_counts_in_six_forms(arabic):
    said = [arabic.count("count.works", number) for number in (0, 1, 2, 3, 11, 100, 1_234)]

    assert said == ["لا أعمال", "عمل واحد", "عملان", "3 أعمال", "11 عملًا", "100 عمل", "1,234 عملًا"]


def test_a_name_turns_nothing_around_it_where_the_language_is_written_from_right_to_left(arabic):
    assert arabic("zoom.of", title="Vase (1)") == "تكبير: \u2068Vase (1)\u2069"
    assert arabic("browse.page", number=2, pages="3") == "صفحة 2 من 3"
    assert i18n.Words(STRINGS, "en")("zoom.of", title="إناء") == "Zoom: إناء"


def test_each_name_of_a_list_stands_apart_and_the_list_is_not_marked_again(arabic):
    said = arabic("home.pairs_note", facets=arabic.listed(["culture", "medium"]))

    assert "«\u2068culture\u2069» و«\u2068medium\u2069»" in said


@pytest.mark.parametrize(
    ("names", "said"),
    [(["culture"], "culture"), (["culture", "medium"], "culture or medium"), (["a", "b", "c"], "a, b or c")],
)
def test_a_list_of_names_reads_as_in_a_sentence(names, said):
    words = i18n.Words(STRINGS, "en")

    assert words.listed(names, "or") == said
    assert words.listed(names) == said.replace(" or ", " and ")


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("culture", "cultures"),
        ("medium", "media"),
        ("art form", "art forms"),
        ("Category", "Categories"),
        ("day", "days"),
        ("class", "classes"),
        ("box", "boxes"),
        ("branch", "branches"),
        ("materials", "materials"),
        ("museum", "museums"),
    ],
)
def test_the_name_of_a_column_is_put_in_the_plural_in_english_alone(one, many):
    assert i18n.plural(one, "en-GB") == many
    assert i18n.plural(one, "de") == one


def test_what_a_translation_lacks_stays_english(tmp_path):
    (tmp_path / "en.toml").write_text('[zoom]\nopen = "Zoom"\nof = "Zoom: {title}"\n')
    (tmp_path / "pt.toml").write_text('[zoom]\nopen = "Ampliar"\n')
    words = i18n.Words(tmp_path, "pt-BR")

    assert (words("zoom.open"), words("zoom.of", title="A")) == ("Ampliar", "Zoom: A")


def test_arabic_is_punctuated_as_arabic(arabic):
    wrong = {name: text for name, text in arabic.texts.items() if re.search(r"[\u0621-\u064a][,;?]|[“”\"]", text)}

    assert wrong == {}


RIGHT = ["ar", "ckb", "dv", "fa", "fa-AF", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]
LEFT = ["en", "de-1901", "ff", "ja", "ku", "tr", "zh-Hans", "xx", "no-such-language"]
# The script decides, also where CLDR has no such pair of language and script.
RIGHT_BY_SCRIPT = ["az-Arab", "en-Arab", "ff-Adlm", "ku-Arab", "ku-arab", "pa-Arab", "und-Hebr", "xx-Thaa"]
LEFT_BY_SCRIPT = ["ar-Latn", "ks-Deva", "mn-Mong", "sd-Deva", "sr-Cyrl", "ur-Latn-PK"]


@pytest.mark.parametrize("language", [*RIGHT, *RIGHT_BY_SCRIPT, *LEFT, *LEFT_BY_SCRIPT])
def test_the_direction_is_that_of_the_named_script_or_else_of_the_language(language):
    assert i18n.direction(language) == ("rtl" if language in RIGHT + RIGHT_BY_SCRIPT else "ltr")


def test_every_page_says_its_language_and_direction_and_whose_language_the_records_are_in(site):
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")

        assert '<html lang="ar" dir="rtl">' in text, page
        assert "<h1" in text and 'lang="en" dir="auto"' in text, page


def test_a_page_of_works_counts_in_the_languages_own_form(site):
    text = max(site.glob("browse/form/*/index.html")).read_text(encoding="utf-8")
    number = len(re.findall('class="card ', text))

    assert 3 <= number <= 10
    assert f'<p class="subtitle">{number} أعمال · ' in text


def test_scripts_are_given_every_form_of_what_they_count(site):
    words = (site / "data/collection.json").read_text(encoding="utf-8")

    assert all(f'"ready.{form}"' in words for form in ("zero", "one", "two", "few", "many", "other"))
