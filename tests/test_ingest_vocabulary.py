from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.core.errors import ConfigError
from generator.ingest.normalize.rules import FIELDS
from generator.ingest.normalize.vocabulary import explain, read_vocabulary

DEFAULT = Path(__file__).resolve().parent.parent / "templates" / "vocabulary.toml"


@pytest.fixture(scope="module")
def default():
    return read_vocabulary(DEFAULT)


def read(folder, text):
    (folder / "vocabulary.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_vocabulary(folder / "vocabulary.toml")


def faults(folder, text):
    with pytest.raises(ConfigError) as caught:
        read(folder, text)
    for fault in caught.value.faults:
        assert fault.file == "vocabulary.toml" and fault.found and fault.expected and fault.fix
    return caught.value.faults


def values(vocabulary, begin=None, end=None, **words):
    return tuple(decision.value for decision in vocabulary.map(words, begin=begin, end=end))


def origin(vocabulary, begin=None, end=None, **words):
    return values(vocabulary, begin, end, **words)[0]


SMALL = """
[origin]
fallback = "Elsewhere"
fields = ["culture", "geography", "creator"]
only_if_named = ["creator"]
ignore = ["in the * style"]

[[origin.rules]]
value = "Modern Egypt"
words = ["Egypt*"]
after = 640
examples = ["Egyptian", "geography: Egypt"]

[[origin.rules]]
value = "Ancient Egypt"
words = ["Egypt*"]
examples = ["Egypt"]

[[origin.rules]]
value = "Native American"
words = ["Native American"]

[[origin.rules]]
value = "American"
words = ["American", "Côte d'Azur, Florida"]
not = ["Pre-Columbian"]

[[origin.rules]]
value = "Europe"
words = ["European"]
vague = true

[[origin.rules]]
value = "France"
words = ["French", "France"]

[[origin.rules]]
value = "British"
words = ["Turner"]
fields = ["creator"]
"""


@pytest.fixture
def small(tmp_path):
    return read(tmp_path, SMALL)


def test_words_are_whole_words_without_case_accents_and_punctuation(small):
    assert origin(small, culture="FRENCH; Paris") == "France"
    assert origin(small, culture="Frenchman") == "Elsewhere"
    assert origin(small, culture="cote d’azur (florida)") == "American"


def test_a_star_stands_for_letters_and_alone_for_a_word(small):
    assert origin(small, culture="Egyptians") == "Ancient Egypt"
    assert origin(small, culture="in the Egyptian style, French") == "France"
    assert origin(small, culture="French*") == "France"


def test_the_word_said_first_decides_then_the_longer_one(small):
    assert origin(small, culture="French or Egyptian") == "France"
    assert origin(small, culture="Native American") == "Native American"


def test_the_first_field_in_which_a_rule_finds_a_word_decides(small):
    decision = small.map({"geography": "Egypt", "culture": "unknown; French"}, begin=None, end=None)[0]

    assert (decision.facet, decision.value, decision.field, decision.word) == ("origin", "France", "culture", "French")


def test_a_vague_rule_gives_way_to_any_other_field(small):
    assert origin(small, culture="European", geography="France") == "France"
    assert origin(small, culture="European") == "Europe"


def test_a_rule_for_some_years_passes_works_of_others_and_without_a_date_by(small):
    assert origin(small, culture="Egypt", begin=1300, end=1400) == "Modern Egypt"
    assert origin(small, culture="Egypt", begin=-1300, end=-1200) == "Ancient Egypt"
    assert origin(small, culture="Egypt", begin=500, end=700) == "Ancient Egypt"
    assert origin(small, culture="Egypt", end=1400) == "Modern Egypt"
    assert origin(small, culture="Egypt") == "Ancient Egypt"


def test_a_rule_does_not_apply_where_its_not_is_said(small):
    assert origin(small, culture="American, Pre-Columbian") == "Elsewhere"


def test_a_field_that_is_only_if_named_is_looked_into_by_rules_that_name_it(small):
    assert origin(small, creator="J. M. W. Turner") == "British"
    assert origin(small, creator="Marie French") == "Elsewhere"


def test_without_a_rule_the_fallback_stands_and_no_rule_is_named(small):
    decision = small.map({}, begin=None, end=None)[0]

    assert (decision.value, decision.rule, decision.field, decision.word) == ("Elsewhere", None, "", "")


def test_no_word_spans_two_of_several_values(small):
    assert origin(small, culture="Native|American") == "American"


def test_an_explanation_names_every_rule_that_finds_a_word(small):
    told = explain(small, "origin", "Egyptian or French")

    assert [(hit.rule.value, hit.word, hit.rule.limits()) for hit in told[0].hits] == [
        ("Modern Egypt", "Egypt*", "from 640 on"),
        ("Ancient Egypt", "Egypt*", ""),
        ("France", "French", ""),
    ]
    assert [(one.fields, len(one.hits)) for one in told] == [(("culture", "geography"), 3), (("creator",), 0)]


def test_an_explanation_of_what_no_rule_knows_has_no_hits(small):
    (told,) = explain(small, None, "Martian")

    assert (told.fields, told.hits) == (("culture", "geography", "creator"), ())


def test_every_fault_is_found_at_once_with_its_line(tmp_path):
    found = faults(
        tmp_path,
        '[origin]\nfalback = "?"\nfields = ["culture", "cultures"]\n'
        '[[origin.rules]]\nvalue = ""\nwords = []\nbefore = "1500"\n'
        '[[origin.rules]]\nvalue = "A"\nwords = ["a", "a", "..."]\nafter = 5\nbefore = 5\nvague = 1\nexamples = "a"\n'
        '[[origin.rules]]\nvalue = "B"\nwords = [7]\nfields = ["object", "titel"]\n',
    )

    assert sorted((fault.row, fault.column) for fault in found) == [
        (1, "origin"),
        (1, "origin fields"),
        (1, "origin.fallback"),
        (4, "origin rule 1"),
        (4, "origin rule 1 value"),
        (4, "origin rule 1 words"),
        (8, "origin rule 2"),
        (8, "origin rule 2"),
        (8, "origin rule 2 examples"),
        (8, "origin rule 2 words"),
        (8, "origin rule 2 words"),
        (15, "origin rule 3 fields"),
        (15, "origin rule 3 words"),
    ]
    assert found[0].fix == "did you mean fallback?"


def test_an_example_that_another_rule_gets_is_a_fault(tmp_path):
    rule = '[[origin.rules]]\nvalue = "X"\nwords = ["de France"]\nexamples = ["France"]\n'
    (fault,) = faults(tmp_path, SMALL + rule)

    assert fault.column == "origin rule 8" and 'goes to rule 6, "France"' in fault.found


def test_an_example_that_no_rule_gets_is_a_fault(tmp_path):
    (fault,) = faults(tmp_path, SMALL + 'examples = ["Constable"]\n')

    assert "matches no rule" in fault.found and fault.row == SMALL.splitlines().index('value = "British"')


def test_a_word_that_an_earlier_rule_always_takes_is_a_fault(tmp_path):
    (fault,) = faults(tmp_path, SMALL + '[[origin.rules]]\nvalue = "Gaul"\nwords = ["FRANCE", "Gaul"]\n')

    assert fault.column == "origin rule 8" and 'rule 6, "France"' in fault.found


@pytest.mark.parametrize(
    "text",
    [
        b"\xff",
        "",
        "= 1",
        "[origin",
        "origin = 1",
        "[[origin]]",
        "[origin]",
        "a = " + "[" * 5000,
        "[origin]\nrules = 5",
        '[origin]\nfallback = "x"\nrules = [5]',
        '[origin]\nfallback = "x"\nfields = []\nrules = [{value = "x", words = ["y"]}]',
    ],
)
def test_what_is_no_vocabulary_is_a_fault_and_no_crash(tmp_path, text):
    assert faults(tmp_path, text)


def test_a_missing_file_is_a_fault(tmp_path):
    with pytest.raises(ConfigError, match=r"rules\.toml"):
        read_vocabulary(tmp_path / "rules.toml")


SCALARS = st.one_of(st.integers(), st.booleans(), st.text('abc*|., "', max_size=6))
ANY = st.one_of(SCALARS, st.lists(SCALARS, max_size=3))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(["value", "words", "fields", "not", "before", "vague", "examples"]), ANY))
def test_any_rule_is_read_or_refused_with_faults(tmp_path, rule):
    lines = [f"{key} = {in_toml(value)}" for key, value in rule.items()]
    text = '[origin]\nfallback = "x"\n[[origin.rules]]\n' + "\n".join(lines)
    try:
        read(tmp_path, text).map(dict.fromkeys(FIELDS, "abc a b c"), begin=1, end=2)
    except ConfigError as error:
        assert error.faults


def in_toml(value):
    if isinstance(value, list):
        return "[" + ", ".join(map(in_toml, value)) + "]"
    if isinstance(value, str):
        return '"' + value.replace('"', '\\"') + '"'
    return str(value).lower()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=60)), st.none() | st.integers(-9999, 2100))
def test_any_words_give_one_value_a_facet(default, words, year):
    decisions = default.map(words, begin=year, end=None)

    assert [decision.facet for decision in decisions] == list(default.facets)
    assert all(decision.value for decision in decisions)


def test_every_rule_of_the_default_has_an_example(default):
    for facet in default.rules:
        for rule in facet.rules:
            assert rule.examples, f"{facet.name} rule {rule.number}"


@pytest.mark.parametrize(
    ("words", "year", "value"),
    [
        ({"culture": "Romanesque"}, 1100, "Various"),
        ({"culture": "probably Italian"}, None, "Italian"),
        ({"culture": "Italian or Spanish"}, None, "Italian"),
        ({"culture": "French, for the British market"}, None, "French"),
        ({"culture": "Chinese, for export"}, None, "Chinese"),
        ({"culture": "after the French, German"}, None, "German"),
        ({"culture": "Greek, Attic"}, -500, "Ancient Greek"),
        ({"nationality": "Greek"}, 1600, "Greek"),
        ({"geography": "Egypt"}, -1300, "Ancient Egyptian"),
        ({"geography": "Egypt"}, 1300, "Egyptian"),
        ({"geography": "Iran"}, -400, "Ancient Iranian"),
        ({"geography": "Iran"}, 900, "Iranian"),
        ({"geography": "Peru"}, 900, "Ancient American"),
        ({"geography": "Peru"}, 1900, "Latin American"),
        ({"culture": "American Indian"}, 1890, "Native American"),
        ({"culture": "Indian"}, 1800, "Indian"),
        ({"nationality": "Georgian"}, 1900, "Caucasus"),
        ({"period": "Georgian"}, 1780, "British"),
        ({"geography": "United States|Georgia"}, 1850, "American"),
        ({"culture": "Edo peoples"}, 1600, "West African"),
        ({"period": "Edo period (1615–1868)"}, 1700, "Japanese"),
        ({"culture": "Edo period"}, 1700, "Japanese"),
        ({"period": "Norwich School"}, 1810, "British"),
        ({"culture": "African", "geography": "Nigeria"}, None, "West African"),
        ({"culture": "European", "department": "The American Wing"}, None, "European"),
        ({"department": "Greek and Roman Art"}, 100, "Roman"),
        ({"department": "Greek and Roman Art"}, -400, "Ancient Greek"),
        ({"nationality": "American, born England"}, 1900, "American"),
        ({"culture": "New Guinean"}, None, "Oceanic"),
        ({"culture": "Egypt, Staffordshire"}, None, "Ancient Egyptian"),
        ({"culture": "Etruria, Staffordshire"}, 1800, "British"),
    ],
)
def test_the_default_tells_like_names_apart(default, words, year, value):
    assert values(default, year, year, **words)[0] == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ({"classification": "Wood-Sculpture"}, "Sculpture"),
        ({"classification": "Bronzes", "object": "Statuette of a horse", "materials": "Bronze"}, "Sculpture"),
        ({"classification": "Bronzes", "object": "Hydria", "materials": "Bronze"}, "Metalwork"),
        ({"classification": "containers", "materials": "black basaltes"}, "Ceramics"),
        ({"classification": "on paper, print", "materials": "Photograph, gelatin silver print"}, "Photographs"),
        ({"classification": "on paper, print", "materials": "Etching and watercolour on paper"}, "Prints"),
        ({"classification": "on paper, unique"}, "Drawings and watercolors"),
        ({"materials": "India ink, graphite on paper"}, "Drawings and watercolors"),
        ({"materials": "lithograph on india paper"}, "Prints"),
        ({"materials": "transfer-printed earthenware"}, "Ceramics"),
        ({"materials": "Watercolor on ivory"}, "Paintings"),
        ({"materials": "Silk, metal thread"}, "Textiles"),
        ({"materials": "Copper plate (for etching)"}, "Printing blocks and plates"),
        ({"materials": "Oil lamp of bronze"}, "Metalwork"),
        ({"object": "Fan", "materials": "Ivory, paper"}, "Costume and accessories"),
        ({"materials": "unobtainium"}, "Uncategorized"),
    ],
)
def test_the_default_tells_materials_apart(default, words, value):
    assert values(default, **words)[1] == value
