"""Statements of rights: the license each names, its address, and whether anyone may show the picture."""

import pytest

from generator.core.rights import STATEMENTS, address, called, may_be_shown

CC = "http://creativecommons.org"
RS = "http://rightsstatements.org/vocab"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{CC}/publicdomain/zero/1.0/", f"{CC}/publicdomain/zero/1.0/"),
        ("https://creativecommons.org/publicdomain/mark/1.0/deed.en", f"{CC}/publicdomain/mark/1.0/"),
        ("see CreativeCommons.org/licenses/BY-NC-ND/4.0", f"{CC}/licenses/by-nc-nd/4.0/"),
        (f"{CC}/licenses/by/2.5/", f"{CC}/licenses/by/2.5/"),
        ("creativecommons.org/licenses/sampling/1.0/", ""),
        ("creativecommons.org/publicdomain/by/1.0/", ""),
        ("creativecommons.org/licenses/zero/1.0/", ""),
        ("creativecommons.org/licenses/by/", ""),
        ("https://rightsstatements.org/page/InC-EDU/1.0/?language=en", f"{RS}/InC-EDU/1.0/"),
        ("http://rightsstatements.org/vocab/NoC-US/1.0/", f"{RS}/NoC-US/1.0/"),
        ("rightsstatements.org/vocab/InC", ""),
        ("CC0", f"{CC}/publicdomain/zero/1.0/"),
        ("CC 0 1.0 Universal", f"{CC}/publicdomain/zero/1.0/"),
        ("cc-0", f"{CC}/publicdomain/zero/1.0/"),
        ("CC0.5", ""),
        ("CC BY 4.0 (Getty publication)", f"{CC}/licenses/by/4.0/"),
        ("CC-BY-SA-3.0", f"{CC}/licenses/by-sa/3.0/"),
        ("CC BY NC ND 4.0", f"{CC}/licenses/by-nc-nd/4.0/"),
        ("CC BY", ""),
        ("Photo: CC BY 4.0", ""),
        ("Public Domain Mark", f"{CC}/publicdomain/mark/1.0/"),
        ("Public domain", ""),
        ("", ""),
    ],
)
def test_an_address_stands_for_the_license_that_a_statement_names_without_doubt(text, said):
    assert address(text) == said


@pytest.mark.parametrize(
    ("text", "free"),
    [
        (f"{CC}/publicdomain/zero/1.0/", True),
        (f"{CC}/publicdomain/mark/1.0/", True),
        (f"{CC}/licenses/by/4.0/", True),
        (f"{CC}/licenses/by-sa/4.0/", True),
        (f"{CC}/licenses/by-nc/4.0/", None),
        (f"{CC}/licenses/by-nd/4.0/", None),
        ("creativecommons.org/licenses/by-nc-sa/4.0/ public domain", None),
        (f"{RS}/NoC-US/1.0/", True),
        (f"{RS}/InC/1.0/", False),
        (f"{RS}/InC-EDU/1.0/", False),
        (f"{RS}/CNE/1.0/", None),
        ("CC0", True),
        ("cc by-sa 4.0", True),
        ("CC BY-NC 4.0", None),
        ("in the public domain", True),
        ("not in the public domain", None),
        ("gemeinfrei", True),
        ("domaine public", True),
        ("All rights reserved", False),
        ("in copyright", False),
        ("no longer in copyright", None),
        ("not in copyright", None),
        ("public domain; all rights reserved", None),
        ("ask us", None),
        ("", None),
    ],
)
def test_a_picture_may_be_shown_where_its_statement_lets_anyone_do_so(text, free):
    assert may_be_shown(text) is free


def test_of_several_statements_those_that_contradict_each_other_say_nothing():
    assert may_be_shown("CC0", "", "ask us") is True
    assert may_be_shown("in copyright", "ask us") is False
    assert may_be_shown("CC0", "in copyright") is None
    assert may_be_shown() is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"{CC}/publicdomain/zero/1.0/", "CC0 1.0"),
        (f"{CC}/publicdomain/mark/1.0/", "Public Domain Mark 1.0"),
        (f"{CC}/licenses/by-sa/4.0/", "CC BY-SA 4.0"),
        ("creativecommons.org/licenses/by/", "CC BY"),
        (f"{RS}/InC/1.0/", "In Copyright"),
        (f"{RS}/NKC/1.0/", "No Known Copyright"),
        (f"{RS}/XYZ/1.0/", f"{RS}/XYZ/1.0/"),
        ("Ask us", "Ask us"),
    ],
)
def test_an_address_is_called_by_the_name_of_its_statement(text, name):
    assert called(text) == name


def test_every_statement_of_rightsstatements_org_has_its_name():
    names = {
        "inc": "In Copyright",
        "inc-ow-eu": "In Copyright, EU Orphan Work",
        "inc-edu": "In Copyright, Educational Use Permitted",
        "inc-nc": "In Copyright, Non-Commercial Use Permitted",
        "inc-ruu": "In Copyright, Rights-holder(s) Unlocatable",
        "noc-cr": "No Copyright, Contractual Restrictions",
        "noc-nc": "No Copyright, Non-Commercial Use Only",
        "noc-oklr": "No Copyright, Other Legal Restrictions",
        "noc-us": "No Copyright, United States",
        "cne": "Copyright Not Evaluated",
        "und": "Copyright Undetermined",
        "nkc": "No Known Copyright",
    }

    assert names == STATEMENTS
