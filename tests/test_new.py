"""A new content folder: it builds at once, says what every setting is, and takes the place of nothing."""

import csv
import json
import re
import tomllib

import pytest
from click.testing import CliRunner

from generator.cli import commands
from generator.content import starter
from generator.core import config
from generator.core.resources import TEMPLATES

DEFAULTS = (TEMPLATES / "defaults.toml").read_text(encoding="utf-8")


def run(*words):
    return CliRunner().invoke(commands, [str(word) for word in words])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("new") / "my-collection"
    done = run("new", folder)
    assert done.exit_code == 0, done.output
    return folder


def test_a_new_folder_is_without_fault_or_warning(folder):
    done = run("check", "--strict", "--content", folder)  # tests/test_wheel.py builds one

    assert done.exit_code == 0, done.output
    assert "3 works" in done.output and "0 warnings" in done.output


def test_a_new_folder_has_three_works_of_two_values_in_each_facet(folder):
    with (folder / "works.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) == 3
    assert {row["image"] for row in rows} == {path.name for path in (folder / "images").iterdir()}
    assert len({row["culture"] for row in rows}) == len({row["medium"] for row in rows}) == 2


def test_a_new_folder_says_for_every_setting_what_holds_anyway():
    text = starter.settings(DEFAULTS, "My collection")
    uncommented = re.sub(r"^# (?=\w+ = |\[theme)", "", text, flags=re.MULTILINE)

    assert tomllib.loads(text) == {"title": "My collection"}
    assert tomllib.loads(uncommented) == tomllib.loads(DEFAULTS) | {"title": "My collection"}


def test_the_settings_of_a_new_folder_are_those_of_a_folder_without_any(folder, tmp_path):
    given, notes = config.load(folder, TEMPLATES / "defaults.toml")
    (tmp_path / "site.toml").write_text('title = "My collection"', encoding="utf-8")

    assert notes == ()
    assert given == config.load(tmp_path, TEMPLATES / "defaults.toml")[0]


@pytest.mark.parametrize(
    ("name", "title"),
    [("my-collection", "My collection"), ("Harbor_museum ", "Harbor museum"), ("...", "..."), ('"quoted"', '"quoted"')],
)
def test_the_title_is_the_name_of_the_folder_in_words(name, title, tmp_path):
    text = starter.settings(DEFAULTS, starter.title_of(tmp_path / name))

    assert tomllib.loads(text)["title"] == title


@pytest.mark.parametrize("there", ["a file in it", "a file of its name"])
def test_what_is_there_already_is_left_as_it_is(there, tmp_path):
    folder = tmp_path / "thesis"
    file = folder if there == "a file of its name" else folder / "chapter.txt"
    file.parent.mkdir(exist_ok=True)
    file.write_text("years of work", encoding="utf-8")
    done = run("new", folder)

    assert done.exit_code == 1
    assert str(folder) in done.output and "not empty" in done.output
    assert list(tmp_path.rglob("*.*")) == ([file] if file.suffix else [])
    assert file.read_text(encoding="utf-8") == "years of work"


def test_an_empty_folder_is_filled(tmp_path):
    done = run("new", tmp_path)

    assert done.exit_code == 0, done.output
    assert (tmp_path / "works.csv").is_file()


def test_the_readme_of_a_new_folder_names_it_and_every_file(folder):
    text = (folder / "README.md").read_text(encoding="utf-8")

    assert text.startswith("# My collection\n")
    assert "tesserae serve --content my-collection" in text
    for path in folder.rglob("*.*"):
        assert path.parent.name == "images" or path.name == "README.md" or path.is_dir() or path.name in text, path


@pytest.mark.parametrize(
    ("told", "source"),
    [
        (None, ""),
        ({"url": "file:///home/me/tesserae", "dir_info": {"editable": True}}, ""),
        (
            {"url": "https://git.example/me/tesserae", "vcs_info": {"vcs": "git", "commit_id": "ab12"}},
            "git+https://git.example/me/tesserae@ab12",
        ),
    ],
)
def test_the_workflow_installs_tesserae_from_where_it_came(told, source, tmp_path, monkeypatch):
    class Installed:
        def read_text(self, name):
            assert name == "direct_url.json"
            return told and json.dumps(told)

    monkeypatch.setattr(starter.metadata, "distribution", lambda name: Installed())
    starter.start(tmp_path / "collection", TEMPLATES)
    text = (tmp_path / "collection" / ".github/workflows/pages.yml").read_text(encoding="utf-8")

    assert f'TESSERAE: "{source}"' in text
    assert "@SOURCE@" not in text and "base_url }}" in text
