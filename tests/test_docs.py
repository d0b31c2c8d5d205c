"""The documents say what is so: their links lead somewhere, their commands can be given, their examples run."""

import re
import shlex
from collections.abc import Iterator

import pytest

from generator.cli import commands
from generator.core.resources import HOME

DOCS = [HOME / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted((HOME / "docs").glob("*.md"))
LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^    (\S.*)", re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
OURS = re.compile(r"(?:generator|tests|templates|static|content|docs|\.github|\.ci)/[\w./-]*[\w/]")

each_document = pytest.mark.parametrize("document", DOCS, ids=lambda path: path.name)


def anchors(text: str) -> set[str]:
    """Return the names by which others link to the headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.*)", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def calls(text: str) -> Iterator[list[str]]:
    """Yield the words after the name of the program wherever it is called, in blocks and in lines."""
    for line in (*BLOCK.findall(text), *CODE.findall(text)):
        if match := re.match(r"(?:tesserae|python build\.py) ", line):
            yield shlex.split(line[match.end() :], comments=True)


def faults(words: list[str]) -> list[str]:
    """Return what of a call does not exist: its command, or options of it."""
    name = words.pop(0) if words and not words[0].startswith("-") else "build"
    command = commands.commands.get(name)
    if command is None:
        return [name]
    known = {option for one in command.params for option in (*one.opts, *one.secondary_opts)} | {"--help", "--version"}
    return [word for word in words if word.startswith("-") and word.partition("=")[0] not in known]


@each_document
def test_links_lead_to_files_and_headings(document):
    for path, anchor in LINK.findall(document.read_text(encoding="utf-8")):
        target = document.parent / path if path else document

        assert target.exists(), path
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), anchor


@each_document
def test_commands_and_their_options_exist(document):
    for words in calls(document.read_text(encoding="utf-8")):
        assert "COMMAND" in words or not faults(list(words)), words


@each_document
def test_files_that_are_named_are_there(document):
    text = document.read_text(encoding="utf-8")
    words = [word for line in BLOCK.findall(text) for word in line.split()]
    for name in (*CODE.findall(text), *words):
        if OURS.fullmatch(name) and "NAME" not in name:
            assert (HOME / name).exists(), name


@pytest.mark.parametrize("words", [["biuld"], ["check", "--strikt"], ["build", "--content", "x", "--rights=any"]])
def test_a_call_that_does_not_exist_is_noticed(words):
    assert faults(words)


def test_examples_in_python_run():
    examples = [code for path in DOCS for kind, code in FENCE.findall(path.read_text(encoding="utf-8")) if kind]
    names: dict[str, object] = {}
    for code in examples:
        exec(code, names)

    assert names["found"].rows.shape == (2, 5)
    assert names["lists"].rows.shape == (5000, 20, 5)
    assert (names["either"].rows[:2] == names["found"].rows).all()


def test_the_readme_is_at_most_150_lines():
    assert len((HOME / "README.md").read_text(encoding="utf-8").splitlines()) <= 150
