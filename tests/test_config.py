import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.core import config
from generator.core.colors import contrast, parse
from generator.core.config import Config
from generator.core.errors import ConfigError

DEFAULTS = Path(__file__).resolve().parent.parent / "templates" / "defaults.toml"


def load(folder, text=None):
    if text is not None:
        (folder / "site.toml").write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return config.load(folder, DEFAULTS)


def faults(folder, text):
    with pytest.raises(ConfigError) as caught:
        load(folder, text)
    for fault in caught.value.faults:
        assert fault.file == "site.toml" and fault.found and fault.expected and fault.fix and not fault.warning
    return caught.value.faults


def test_without_a_file_the_defaults_hold_and_the_folder_gives_the_title(tmp_path):
    folder = tmp_path / "Silk Roads"
    folder.mkdir()
    made, warnings = load(folder)

    assert made.title == "Silk Roads"
    assert made.facets == ("culture", "medium")
    assert (made.neighbors, made.encoder, made.language, made.weights) == (10, "dinov2-small", "en", None)
    assert [warning.warning for warning in warnings] == [True]


def test_a_language_without_words_of_the_interface_is_warned_of(tmp_path):
    for language, count in (("en-GB", 0), ("qaa", 1)):
        _, warnings = load(tmp_path, f'title = "T"\nlanguage = "{language}"\n')

        assert [warning.column for warning in warnings] == ["language"] * count


def test_what_is_given_stands_above_the_defaults(tmp_path):
    (tmp_path / "weights.bin").touch()
    made, warnings = load(
        tmp_path,
        '\ufefftitle = "Käse"\r\nabout = """\r\nOne\r\ntwo.\r\n\r\n  Three.\r\n"""\r\n'
        'facets = ["Object Type", "period"]\r\n'
        'base_url = "https://me.github.io/art"\r\nneighbors = 50\r\nweights = "weights.bin"\r\nlanguage = "zh-Hant"\r\n'
        'truth = "Motif"\r\n[theme]\r\naccent = "#702010"\r\n[theme.dark]\r\nink = "#FFFFFF"\r\n',
    )

    assert [warning.column for warning in warnings] == ["language"]
    assert (made.title, made.about) == ("Käse", ("One two.", "Three."))
    assert made.facets == ("object_type", "period")
    assert made.base_url == "https://me.github.io/art/"
    assert made.weights == tmp_path / "weights.bin"
    assert (made.neighbors, made.language, made.truth) == (50, "zh-Hant", "motif")
    assert (made.light.accent, made.dark.ink, made.dark.paper) == ("#702010", "#ffffff", "#161513")


def test_the_digest_changes_with_every_choice_but_not_with_the_folder(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    plain = load(tmp_path / "a", 'title = "x"')[0].digest()

    assert load(tmp_path / "b", 'title = "x"')[0].digest() == plain
    assert load(tmp_path / "b", 'title = "x"\n[theme]\nink = "#000000"')[0].digest() != plain


@pytest.mark.parametrize(
    ("text", "row", "column", "fix"),
    [
        ('titel = "x"', 1, "titel", "title"),
        ('[theme]\nakzent = "#000000"', 2, "theme.akzent", "theme.accent"),
        ("\ntitle = 7", 2, "title", 'title = ""'),
        ('neighbors = "10"', 1, "neighbors", "neighbors = 10"),
        ("neighbors = 0", 1, "neighbors", "neighbors = 10"),
        ("neighbors = 51", 1, "neighbors", "neighbors = 10"),
        ("neighbors = true", 1, "neighbors", "neighbors = 10"),
        ("per_page = 1e3", 1, "per_page", "per_page"),
        ("facets = []", 1, "facets", "facets = ["),
        ('facets = "culture"', 1, "facets", "facets = ["),
        ('facets = ["a", "b", "c", "d"]', 1, "facets", "facets = ["),
        ('facets = ["a", "A"]', 1, "facets", "facets = ["),
        ('facets = ["../a"]', 1, "facets", "facets = ["),
        ("facets = [1]", 1, "facets", "facets = ["),
        ('language = "English"', 1, "language", 'language = "en"'),
        ('base_url = "me.github.io"', 1, "base_url", "https://"),
        ('base_url = "javascript:alert(1)"', 1, "base_url", "https://"),
        ('encoder = ""', 1, "encoder", "dinov2-small"),
        ('weights = "nothing.pt"', 1, "weights", "put the file there"),
        ('title = "a\\u0000b"', 1, "title", "remove them"),
        ('theme = "red"', 1, "theme", "[theme]"),
        ('[theme]\naccent = "red"', 2, "theme.accent", "#8c2f1b"),
        ('[theme]\naccent = "#ccbbaa"', 2, "theme.accent", "lighter or darker"),
        ('[theme.dark]\nink = "#333333"', 2, "theme.dark.ink", "lighter or darker"),
        ("[title]\n", 1, "title", "title"),
    ],
)
def test_a_fault_names_its_line_and_how_to_mend_it(text, row, column, fix, tmp_path):
    (found,) = faults(tmp_path, text)

    assert (found.row, found.column) == (row, column)
    assert fix in found.fix


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('title = "x"\nabout = "', 2),
        ("a = [\n\n", 1),
        ("x", 1),
        ('a = 1\na = 2\nb = "c"', 2),
        (b'a = 1\n\nb = "\xe9"', 3),
    ],
)
def test_what_is_no_toml_is_found_with_its_line(text, row, tmp_path):
    (found,) = faults(tmp_path, text)

    assert found.row == row


def test_where_fields_are_found_in_a_table_to_ingest_is_not_for_the_site_to_judge(tmp_path):
    made, warnings = load(tmp_path, 'title = "T"\n[map]\ntitle = "Object title"\n')

    assert (made.title, warnings) == ("T", ())


def test_a_configuration_to_go_on_with_has_the_default_of_whatever_is_at_fault(tmp_path):
    (tmp_path / "site.toml").write_text('title = "T"\nfacets = 3\nneighbors = 0\nlanguage = "!"\nencoder = ""\n')
    made, notes = config.examine(tmp_path, DEFAULTS)

    assert (made.title, made.facets, made.neighbors) == ("T", ("culture", "medium"), 10)
    assert (made.language, made.encoder) == ("en", "dinov2-small")
    assert [note.column for note in notes if not note.warning] == ["language", "facets", "encoder", "neighbors"]


def test_the_name_of_a_folder_becomes_a_title_that_can_be_written(tmp_path):
    folder = tmp_path / "a\udcff\x1b\nb"
    folder.mkdir()

    assert load(folder)[0].title == "a? b"


def test_an_unknown_name_is_shown_on_one_line_and_without_signs_that_steer_a_terminal(tmp_path):
    (found,) = faults(tmp_path, '"a\\n\\u001b[31mb" = 1')

    assert str(found).isprintable()


def test_all_faults_are_found_at_once(tmp_path):
    found = faults(
        tmp_path, 'titel = "x"\nneighbors = -1\nfacets = 3\nlanguage = "!"\n[theme]\nink = "blue"\npaper = 1'
    )

    assert {fault.column for fault in found} == {"titel", "neighbors", "facets", "language", "theme.ink", "theme.paper"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ""),
        ("https://me.org", "https://me.org/"),
        ("http://127.0.0.1:8000/a/b/", "http://127.0.0.1:8000/a/b/"),
        *((bad, None) for bad in ("me.org", "ftp://me.org", "https://", "https://me.org/?a", "https://me.org/#a")),
        *(
            (bad, None)
            for bad in ("https://a:b@me.org", "https://me.org/a b", 'https://me.org/"', "https://[", "https://a:x")
        ),
    ],
)
def test_base_urls(text, wanted):
    if wanted is None:
        with pytest.raises(ValueError, match="not a web address"):
            config.checked_base_url(text)
    else:
        assert config.checked_base_url(text) == wanted


def test_the_defaults_are_complete_and_readable(tmp_path):
    made, _ = load(tmp_path, DEFAULTS.read_text(encoding="utf-8").replace('title = ""', 'title = "t"'))

    assert made.facets == ("culture", "medium")
    for scheme in (made.light, made.dark):
        assert contrast(parse(scheme.accent), parse(scheme.paper)) > 4.5


WORDS = st.sampled_from(
    ["title", "about", "facets", "theme", "dark", "accent", "neighbors", "weights", "base_url", "x"]
)
VALUES = st.recursive(
    st.one_of(
        st.booleans(), st.integers(), st.floats(), st.text(), st.sampled_from(["culture", "#123456", "https://a.b"])
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


def as_toml(value):
    match value:
        case bool():
            return str(value).lower()
        case str():
            return '"' + "".join(c if c in string.ascii_letters else f"\\U{ord(c):08x}" for c in value) + '"'
        case list():
            return "[" + ", ".join(map(as_toml, value)) + "]"
        case dict():
            return "{" + ", ".join(f"{name} = {as_toml(inner)}" for name, inner in value.items()) + "}"
    return repr(value)


@settings(
    max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, derandomize=True
)
@given(
    text=st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200),
        st.dictionaries(WORDS, VALUES).map(
            lambda table: "\n".join(f"{name} = {as_toml(value)}" for name, value in table.items())
        ),
    )
)
def test_no_file_ends_in_anything_but_a_configuration_or_its_faults(text, tmp_path):
    try:
        made, _ = load(tmp_path, text)
    except ConfigError as error:
        assert error.faults
    else:
        assert isinstance(made, Config)
