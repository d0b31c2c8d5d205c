"""One row of works.csv: clean text, no formulas, ids that are unlike."""

import pytest

from generator.ingest.normalize.row import Ids, clean, guarded


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@home", "'@home"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("＝1", "'＝1"),
        ("-550", "-550"),
        ("+1.5", "+1.5"),
        ("-", "-"),
        ("a=b", "a=b"),
    ],
)
def test_a_cell_that_would_be_a_formula_begins_with_an_apostrophe(cell, written):
    assert guarded(cell) == written


def test_text_is_cleaned_of_what_nobody_sees():
    assert clean(" a\u200e\tb\x00\n c\ufeff ") == "a b c"


def test_ids_are_unlike_even_where_capitals_do_not_count_and_the_same_number_is_refused():
    ids = Ids()
    given = [ids.give("mu", number) for number in ("A 1", "a-1", "A 1", "n" * 200, "é", "")]

    assert given[:3] == ["mu-A-1", f"mu-a-1-{given[1][-8:]}", None]
    assert all(len(name) <= 100 for name in given if name) and given[4] == "mu-e"
    assert given[5].startswith("mu-")
