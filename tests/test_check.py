"""The command check: every fault in one list, as text or JSON, and the exit code."""

import json

import pytest
from click.testing import CliRunner
from support.loading import changed
from support.making import SITE, make_content

from generator.cli import commands


@pytest.fixture
def folder(tmp_path):
    return make_content(tmp_path / "content", 12)


def check(folder, *words):
    return CliRunner().invoke(commands, ["check", "--content", str(folder), *words])


@pytest.fixture
def cached(tmp_path, monkeypatch):
    monkeypatch.setenv("TESSERAE_CACHE", str(tmp_path / "cache"))


@pytest.mark.usefixtures("cached")
def test_faults_of_site_table_and_pictures_come_in_one_list_and_warnings_apart(tmp_path):
    folder = changed(
        tmp_path, {"year": "x"}, {"rights": ""}, {"image": "no.png"}, site=SITE + "per_page = 1\nfacet = 1\n"
    )
    done = check(folder, "--format", "json")
    report = json.loads(done.stdout)

    assert (done.exit_code, report["format"], report["works"], report["errors"], report["warnings"]) == (
        1,
        1,
        None,
        4,
        1,
    )
    assert [(one["level"], one["file"], one["row"], one["column"]) for one in report["faults"]] == [
        ("error", "site.toml", 11, "per_page"),
        ("error", "site.toml", 12, "facet"),
        ("error", "works.csv", 2, "year"),
        ("error", "works.csv", 4, "image"),
        ("warning", "works.csv", 3, "rights"),
    ]
    assert set(report["faults"][0]) == {"level", "file", "row", "column", "found", "expected", "fix"}


@pytest.mark.usefixtures("cached")
@pytest.mark.parametrize("site", ["facets = 3\n", "facets = [", "\x00", "not_recorded = 1\n"])
def test_what_only_follows_from_a_fault_of_site_toml_is_not_told(site, tmp_path):
    folder = changed(tmp_path, {"culture": ""}, {"title": ""}, site=site)
    report = json.loads(check(folder, "--format", "json").stdout)

    assert {one["file"] for one in report["faults"]} == {"site.toml", "works.csv"}
    assert {one["column"] for one in report["faults"] if one["file"] == "works.csv"} == {"title"}


@pytest.mark.usefixtures("cached")
def test_check_ends_with_the_code_of_what_it_found(folder):
    (folder / "site.toml").write_text(
        SITE.replace("title", "subtitle", 1).replace('subtitle = "made', 'credits = "made')
    )
    codes = [
        check(folder, "--format", form, *words).exit_code for form in ("text", "json") for words in ([], ["--strict"])
    ]
    report = json.loads(check(folder, "--format", "json").stdout)

    assert codes == [0, 4, 0, 4]
    assert (report["works"], report["errors"], report["warnings"]) == (12, 0, 1)


@pytest.mark.usefixtures("cached")
def test_check_says_the_same_as_text_with_a_count_at_the_end(tmp_path):
    done = check(changed(tmp_path, {"year": "x"}, {"rights": ""}))

    assert done.stdout == ""
    assert "works.csv:2 [year]" in done.stderr and "warning: works.csv:3 [rights]" in done.stderr
    assert done.stderr.endswith("1 error, 1 warning; correct the errors before you build.\n")
