"""What the writer and the reader of works.csv agree on, and which addresses can be linked to."""

import csv

import pytest

from generator.core.web import is_web_address
from generator.core.works_table import CELL, DEVICES, LATEST, LONGEST_ID, OLDEST, bare, csv_reader


@pytest.mark.parametrize("name", ["Object ID", "objectid", "object_id", "OBJECT-ID ", "Objectid."])
def test_names_of_a_column_that_differ_in_signs_and_capitals_are_one(name):
    assert bare(name) == "objectid"


def test_an_accent_counts_in_a_columns_name_however_it_is_encoded():
    assert bare("e\u0301poque") == bare("\u00e9poque") != bare("epoque")


def test_the_limits_are_those_that_owners_are_told():
    assert (OLDEST, LATEST) == (-100_000, 2100)
    assert (LONGEST_ID, CELL) == (100, 1_000_000)


def test_a_cell_may_be_as_long_as_the_limit_and_no_longer():
    assert next(csv_reader(["a" * CELL], ",")) == ["a" * CELL]
    with pytest.raises(csv.Error, match="limit"):
        next(csv_reader(["a" * (CELL + 1)], ","))


@pytest.mark.parametrize(("name", "is_one"), [("con", True), ("COM1.jpg", True), ("lpt9", True), ("cone", False)])
def test_names_of_devices_are_known(name, is_one):
    assert bool(DEVICES.fullmatch(name)) == is_one


@pytest.mark.parametrize(
    "text",
    [
        "https://a.org/",
        "http://a.org",
        "https://a.org:8080/x?y=1#z",
        "https://[2001:db8::1]/",
        "https://münchen.de/ö ö",
    ],
)
def test_an_address_that_can_be_linked_to(text):
    assert is_web_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.org",
        "ftp://a.org/",
        "https:///x",
        "https://me@a.org/",
        "https://a.org:0/",
        "https://a b.org/",
        "https://[1/",
    ],
)
def test_what_is_no_address_to_link_to(text):
    assert not is_web_address(text)
