"""The command ingest: its exit codes, and what it explains."""

import pytest
from click.testing import CliRunner
from support.museums import WORKS, Museum, record, works

from generator.cli import commands


@pytest.fixture
def command(place, monkeypatch):
    """Return a function that runs the command with a source mu."""
    museum = Museum(*(record(i) for i in range(WORKS)))
    monkeypatch.setattr("generator.cli.ingest_run.SOURCES", {"mu": museum})
    monkeypatch.setenv("TESSERAE_CACHE", str(place / "cache"))
    return lambda *words: CliRunner().invoke(commands, ["ingest", *words])


def test_the_command_fills_a_folder(command, place):
    result = command("mu", "objects.csv", "--to", "out", "--vocabulary", "vocabulary.toml", "-q")

    assert result.exit_code == 0 and list(works(place)) == ["mu-0", "mu-1", "mu-2"]


def test_the_command_ends_with_1_where_nothing_can_be_made(command, place):
    result = command("mu", "--to", "out", "--vocabulary", "vocabulary.toml")

    assert result.exit_code == 1 and "no work with a picture" in result.stderr


@pytest.mark.parametrize("words", [[], ["mu"], ["nowhere", "--to", "out"], ["mu", "--to", "out", "--map", "title"]])
def test_the_command_ends_with_2_where_it_is_used_wrongly(command, words):
    assert command(*words).exit_code == 2


def test_the_command_explains_a_word(command):
    result = command("--explain", "Greek, Attic", "--vocabulary", "vocabulary.toml")

    assert "culture (in culture, geography): Greek, by rule 1, line 5: has the word 'Greek'" in result.stdout
    assert "medium (in classification, materials): no rule; without other information, Uncategorized" in result.stdout


def test_another_vocabulary_than_the_folders_own_is_refused(command, place):
    (place / "out").mkdir()
    (place / "out" / "vocabulary.toml").write_text("# mine")
    result = command("mu", "--to", "out", "--vocabulary", "vocabulary.toml")

    assert result.exit_code == 1 and "edit it, or remove it" in result.stderr
