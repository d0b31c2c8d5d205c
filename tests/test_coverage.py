"""What a collection covers, counted by hand."""

import json

import pytest
from click.testing import CliRunner
from support.making import SITE, make_content

from generator.cli import commands
from generator.content import coverage


def work(form, stuff, **cells):
    return {"form": form, "stuff": stuff, **cells}


WORKS = [
    work("vase", "clay", date="about 1500", rights="CC0"),
    work("vase", "clay", year="1510", rights="CC0"),
    work("vase", "glass", creator="A. Maker"),
    work("coin", "gold", date="1600", year="1600"),
    work("Various", "gold", image_alt_text="A gold thing"),
]


@pytest.fixture
def found():
    return coverage.measure(WORKS, ("form", "stuff"), k=1)


def test_values_are_counted_the_largest_first(found):
    counted = [[(value.name, value.works) for value in facet.values] for facet in found.facets]

    assert counted == [[("vase", 3), ("Various", 1), ("coin", 1)], [("clay", 2), ("gold", 2), ("glass", 1)]]
    assert found.facets[0].values[0].share == 0.6


def test_combinations_are_counted_and_those_that_could_be_too(found):
    assert [(one.values, one.works) for one in found.combinations] == [
        (("vase", "clay"), 2),
        (("Various", "gold"), 1),
        (("coin", "gold"), 1),
        (("vase", "glass"), 1),
    ]
    assert found.possible == 9


def test_what_a_filter_shows_whole_is_thin(found):
    assert [value.name for facet in found.facets for value in facet.values if value.thin] == [
        "Various",
        "coin",
        "glass",
    ]
    assert found.in_thin == 3
    assert not any(one.thin for one in coverage.measure(WORKS, ("form", "stuff"), k=0).combinations)


def test_a_value_that_says_nothing_is_unmapped(found):
    assert (found.mapped, found.facets[0].mapped, found.facets[1].mapped) == (4, 4, 5)
    assert coverage.measure(WORKS, ("form",), k=1, unmapped=("VASE",)).mapped == 2


def test_fields_that_say_nothing_are_counted_and_a_year_does_for_a_date(found):
    missing = {one.field: one.works for one in found.missing}

    assert (missing["date"], missing["year"], missing["rights"], missing["creator"]) == (2, 3, 3, 4)
    assert (missing["source_url"], missing["image_alt_text"]) == (5, 4)


def test_no_works_have_no_coverage():
    found = coverage.measure([], ("form", "stuff"), k=10)

    assert (found.works, found.possible, found.combinations) == (0, 0, ())


def run(folder, *words):
    return CliRunner().invoke(commands, ["stats", "--content", str(folder), *words])


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("TESSERAE_CACHE", str(tmp_path / "cache"))
    changes = {0: {"culture": "Various", "year": "x"}, 1: {"image": "w002.png"}, 3: {"rights": "", "culture": ""}}
    return make_content(tmp_path / "content", 6, changes=changes, site=SITE + 'not_recorded = "Nobody knows"\n')


def test_stats_says_what_is_there_without_decoding_a_picture(folder):
    for path in (folder / "images").iterdir():
        path.write_bytes(path.name[:3].encode())
    done = run(folder, "--format", "json")
    said = json.loads(done.stdout)

    assert done.exit_code == 0
    assert {value["name"]: value["unmapped"] for value in said["facets"][0]["values"]} == {
        "Various": True,
        "Nobody knows": True,
        "Chinese": False,
        "Celtic": False,
    }
    assert (said["works"], said["k"], said["faults"], said["mapped"]) == (6, 3, 1, 4)
    assert said["twins"] == [["w000", "w001", "w002", "w003", "w004", "w005"]]


def test_stats_for_a_person_names_what_is_thin_and_what_is_twice(folder):
    done = run(folder, "--thin", "2")

    assert "culture x medium (* few, - none)" in done.stdout
    assert "w001 = w002" in done.stdout
    assert "1 error: see `check`" in done.stdout
    assert "combinations: 6 of 6 (8 possible), with 6 (100.0%) of the works" in done.stdout


def test_stats_of_a_table_without_the_columns_to_filter_by_is_refused(folder):
    (folder / "site.toml").write_text('facets = ["school"]\n')
    done = run(folder)

    assert done.exit_code == 1
    assert "no column school" in done.stderr
