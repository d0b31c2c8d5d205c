"""Vocabulary: the file of rules -> what a museum's words become. The only reader of that file."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.core.errors import ConfigError, Fault
from generator.core.toml_file import shown
from generator.ingest.normalize.rules import FIELDS, Decision, FacetRules, Hit, VocabularyRule, Word

FACET_KEYS = ("fallback", "fields", "only_if_named", "ignore", "rules")
RULE_KEYS = ("value", "words", "fields", "not", "before", "after", "vague", "examples")
KINDS = {str: "text in quotes", int: "a year as a whole number, -550 for 550 BCE", bool: "true or false"}
TEXTS = "a list of texts in quotes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What the rules of a facet make of a text in some of its fields."""

    facet: str
    fields: tuple[str, ...]
    hits: tuple[Hit, ...]  # in the order in which they are asked; none: the text says nothing to this facet


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All rules of a file."""

    rules: tuple[FacetRules, ...]

    @property
    def facets(self) -> tuple[str, ...]:
        return tuple(facet.name for facet in self.rules)

    def map(self, words: Mapping[str, str], *, begin: int | None, end: int | None) -> tuple[Decision, ...]:
        """Return one decision a facet, in their order; a work is of the year in the middle of its dates."""
        first, last = (end if begin is None else begin), (begin if end is None else end)
        year = None if first is None or last is None else (first + last) / 2
        return tuple(facet.decide(words, year) for facet in self.rules)


def explain(vocabulary: Vocabulary, facet: str | None, value: str) -> tuple[Explanation, ...]:
    """Return which rules of the facet, or of all, find a word in a raw value; fields that agree stand together."""
    told = []
    for rules in vocabulary.rules:
        if facet not in (None, rules.name):
            continue
        alike: dict[tuple[Hit, ...], list[str]] = {}
        for name in rules.fields:
            hits = sorted(rules.hits(name, value), key=lambda hit: hit.rule.vague)
            alike.setdefault(tuple(hits), []).append(name)
        told += [Explanation(facet=rules.name, fields=tuple(names), hits=hits) for hits, names in alike.items()]
    return tuple(told)


def read_vocabulary(path: Path) -> Vocabulary:
    """Return the rules of a file. Raises ConfigError with every fault."""
    text = _text(path)
    reader = _Reader(path.name, text)
    vocabulary = Vocabulary(rules=tuple(reader.facets(_parsed(path.name, text))))
    if not reader.faults:
        reader.faults += _unreached(path.name, vocabulary)
    if reader.faults:
        raise ConfigError(reader.faults)
    return vocabulary


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        found, fix = (
            f"a file that cannot be read ({error.strerror})",
            "check its name, or leave it out to use Tesserae's own rules",
        )
        cause: Exception = error
    except UnicodeDecodeError as error:
        found, fix, cause = "bytes that are not UTF-8", "save it as UTF-8", error
    raise ConfigError([Fault(file=path.name, found=found, expected="a file of rules", fix=fix)]) from cause


def _parsed(file: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        fault = Fault(
            file=file,
            row=int(line[1]) if line else None,
            found=f"not valid TOML ({str(error)[:120]})",
            expected='lines such as words = ["French", "France"]',
            fix="look for a missing quotation mark, comma or bracket in this line or above",
        )
        raise ConfigError([fault]) from error


class _Reader:
    """Builds what it can, and collects what is wrong."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.lines = file, text.splitlines()
        self.faults: list[Fault] = []
        self.row: int | None = None  # where what is being read begins

    def fault(self, name: str, found: str, expected: str, fix: str) -> None:
        self.faults.append(
            Fault(file=self.file, row=self.row, column=name or None, found=found, expected=expected, fix=fix)
        )

    def facets(self, given: dict[str, Any]) -> Iterator[FacetRules]:
        if not given:
            self.fault("", "no rules", "a table for each facet, such as [origin]", "copy templates/vocabulary.toml")
        for name, table in given.items():
            self.row = next(self._rows(rf"\[\s*{re.escape(name)}\s*\]"), None)
            if isinstance(table, dict):
                yield self._facet(name, table)
            else:
                self.fault(
                    name, f"{name} = {shown(table)}", f"a table [{name}]", "start the facet with its name in brackets"
                )

    def _facet(self, name: str, table: dict[str, Any]) -> FacetRules:
        self._check_keys(name, table, FACET_KEYS)
        fields = self._fields(name, table.get("fields", list(FIELDS)), FIELDS)
        apart = self._texts(f"{name}.only_if_named", table.get("only_if_named", []))
        fallback = self._text(f"{name}.fallback", table.get("fallback", ""))
        ignore = self._words(f"{name}.ignore", table.get("ignore", []))
        given = table.get("rules", [])
        if not isinstance(given, list) or not given or not all(isinstance(rule, dict) for rule in given):
            self.fault(
                f"{name}.rules",
                shown(given),
                "at least one rule",
                f"write [[{name}.rules]] and its value and words below",
            )
            given = []
        rows = list(self._rows(rf"\[\[\s*{re.escape(name)}\s*\.\s*rules\s*\]\]"))
        rules = []
        for number, rule in enumerate(given, 1):
            self.row = rows[number - 1] if len(rows) == len(given) else None
            rules.append(self._rule(name, number, rule, fields, [field for field in fields if field not in apart]))
        return FacetRules(name=name, fallback=fallback, fields=fields, ignore=ignore, rules=tuple(rules))

    def _rule(
        self, facet: str, number: int, table: dict[str, Any], known: tuple[str, ...], usual: list[str]
    ) -> VocabularyRule:
        name = f"{facet} rule {number}"
        self._check_keys(name, table, RULE_KEYS)
        before, after = (self._kind(name, key, table.get(key), int) for key in ("before", "after"))
        if before is not None and after is not None and after >= before:
            self.fault(name, f"after = {after} and before = {before}", "after smaller than before", "swap the two")
        return VocabularyRule(
            number=number,
            row=self.row,
            value=self._text(f"{name} value", table.get("value", "")),
            words=self._words(f"{name} words", table.get("words", []), some=True),
            fields=self._fields(name, table.get("fields", usual), known),
            unless=self._words(f"{name} not", table.get("not", [])),
            before=before,
            after=after,
            vague=bool(self._kind(name, "vague", table.get("vague"), bool)),
            examples=tuple(self._texts(f"{name} examples", table.get("examples", []))),
        )

    def _rows(self, header: str) -> Iterator[int]:
        return (row for row, line in enumerate(self.lines, 1) if re.match(rf"\s*{header}", line))

    def _check_keys(self, name: str, table: dict[str, Any], known: tuple[str, ...]) -> None:
        for key in sorted(set(table) - set(known)):
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
            fix = f"did you mean {near[0]}?" if near else "remove it"
            self.fault(name, f"an unknown name, {key}", "one of " + ", ".join(known), fix)

    def _kind(self, name: str, key: str, value: Any, kind: type) -> Any:
        if value is None or type(value) is kind:
            return value
        self.fault(name, f"{key} = {shown(value)}", KINDS[kind], "correct it or leave it out")
        return None

    def _text(self, name: str, value: Any) -> str:
        if isinstance(value, str) and value.strip() and value.isprintable():
            return " ".join(value.split())
        self.fault(name, shown(value), "the name that visitors read, in quotes", "add one")
        return ""

    def _texts(self, name: str, value: Any) -> list[str]:
        if isinstance(value, list) and all(isinstance(text, str) for text in value):
            return value
        self.fault(name, shown(value), TEXTS, 'write ["one", "another"]')
        return []

    def _words(self, name: str, value: Any, *, some: bool = False) -> tuple[Word, ...]:
        words = tuple(map(Word, self._texts(name, value)))
        if some and value == []:
            self.fault(name, "no words", TEXTS, "add the museum's words for this value")
        for word in words:
            if not word.parts or not word.text.strip(" *"):
                self.fault(name, shown(word.text), "a word with letters or digits", "correct or remove it")
        for text in sorted({word.text for word in words if words.count(word) > 1}):
            self.fault(name, f"{shown(text)} twice", "each word once", "remove one")
        return tuple(word for word in words if word.parts)

    def _fields(self, name: str, value: Any, known: tuple[str, ...]) -> tuple[str, ...]:
        fields = self._texts(f"{name} fields", value)
        wrong = [field for field in fields if field not in known]
        if wrong or not fields or len(set(fields)) < len(fields):
            expected = "some of " + ", ".join(known)
            self.fault(f"{name} fields", shown(wrong or fields), expected, "correct it, or leave it out to use all")
            return known
        return tuple(fields)


def _unreached(file: str, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Yield a fault for every word that an earlier rule takes, and for every example that its rule does not get."""
    for facet in vocabulary.rules:
        for rule in facet.rules:
            name = f"{facet.name} rule {rule.number}"
            for example in rule.examples:
                if found := _taken(facet, rule, example):
                    fix = "move the rule above that one, give it a longer word, or remove the example"
                    expected = f"{shown(rule.value)}, because it is an example of this rule"
                    there = f"{shown(example)}, which {found}"
                    yield Fault(file=file, row=rule.row, column=name, found=there, expected=expected, fix=fix)
        yield from _covered(file, facet)


def _taken(facet: FacetRules, rule: VocabularyRule, example: str) -> str:
    """Return what becomes of an example instead, or "" where its rule gets it; "period: Edo" is of that field."""
    name, colon, text = example.partition(":")
    if not colon or name.strip() not in facet.fields:
        name, text = rule.fields[0], example
    year = rule.after if rule.before is None else rule.before - 1
    decision = facet.decide({name.strip(): text}, year)
    if decision.rule == rule.number:
        return ""
    return f"goes to rule {decision.rule}, {shown(decision.value)}" if decision.rule else "matches no rule"


def _covered(file: str, facet: FacetRules) -> Iterator[Fault]:
    """Yield a fault for every word that can never win, since an earlier rule without conditions has it too."""
    first: dict[tuple[str, str], VocabularyRule] = {}
    for rule in facet.rules:
        for word in rule.words:
            places = [first.get((name, _plain(word))) for name in rule.fields]
            if all(places) and (earlier := places[0]):
                found = f"{shown(word.text)}, which rule {earlier.number}, {shown(earlier.value)}, already takes"
                yield Fault(
                    file=file,
                    row=rule.row,
                    column=f"{facet.name} rule {rule.number}",
                    found=found,
                    expected="a word that can lead to this rule",
                    fix=f"remove it here or in line {earlier.row}",
                )
        if rule.before is None and rule.after is None and not rule.unless and not rule.vague:
            for word in rule.words:
                for name in rule.fields:
                    first.setdefault((name, _plain(word)), rule)


def _plain(word: Word) -> str:
    return " ".join(part if isinstance(part, str) else part.pattern for part in word.parts)
