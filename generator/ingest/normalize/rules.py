"""Rules of a vocabulary, and how their words are sought in a museum's.

In every field, a rule's words are sought as whole words, whatever their case, accents and punctuation; * stands for
any letters. The facet's fields are asked in order, and the first in which a rule finds a word decides. Of several rules
that find one there, the word that comes first in the museum's text decides ("Italian or Spanish" is Italian), then the
longer of those that begin together ("Native American" before "Native"), then the rule that comes first in the file.
Vague rules ("European") are asked only where no other rule finds anything in any field.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.ingest.sources.base import WORDS

FIELDS = (*WORDS, "creator")  # what a rule may look into
KEPT = 100_000  # texts whose hits a facet remembers
LONGEST = 1_000  # letters of a text that are looked at
TOKEN = re.compile(r"(?:[^\W_]|\*)+|\|")

Part = str | re.Pattern[str]
Place = tuple[int, int, int]  # where a word begins; less the longer it is, in parts and in letters


def tokens(text: str) -> list[str]:
    """Return the words of a text without case, accents and punctuation; | stays, so that no word spans it unasked."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return TOKEN.findall("".join(letter for letter in folded if not unicodedata.combining(letter)))


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase to be found, as the owner wrote it and in parts that match one word each."""

    text: str
    parts: tuple[Part, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", tuple(map(_part, tokens(self.text))))

    def goes_on(self, said: list[str], start: int) -> bool:
        """Return whether the word, whose first part fits the token of that number, stands there whole."""
        rest = self.parts[1:]
        if start + len(rest) >= len(said):
            return False
        return all(_fits(part, said[start + i]) for i, part in enumerate(rest, 1))

    def within(self, said: list[str]) -> bool:
        """Return whether a text has the word anywhere."""
        return any(_fits(self.parts[0], token) and self.goes_on(said, i) for i, token in enumerate(said))


def _part(token: str) -> Part:
    if "*" not in token:
        return token
    return re.compile(".*".join(map(re.escape, re.split(r"\*+", token))))


def _fits(part: Part, token: str) -> bool:
    return part == token if isinstance(part, str) else part.fullmatch(token) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyRule:
    """One rule of a facet, as the file has it."""

    number: int  # of its facet, from 1
    row: int | None  # line of the file
    value: str
    words: tuple[Word, ...]
    fields: tuple[str, ...]
    unless: tuple[Word, ...] = ()
    before: int | None = None
    after: int | None = None
    vague: bool = False
    examples: tuple[str, ...] = ()

    def holds(self, year: float | None) -> bool:
        """Return whether the rule is for works of the year; one with a limit is for none without a year."""
        if self.before is None and self.after is None:
            return True
        return (
            year is not None
            and (self.before is None or year < self.before)
            and (self.after is None or self.after <= year)
        )

    def limits(self) -> str:
        """Return in words which works the rule is for, "" where for all."""
        after = "" if self.after is None else f"from {self.after} on"
        before = "" if self.before is None else f"before {self.before}"
        return ", ".join(filter(None, (after, before, "if no other rule applies" if self.vague else "")))


Pair = tuple[Word, VocabularyRule | None]  # None: a phrase to pass over


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A rule, and the first of its words that a text has."""

    rule: VocabularyRule
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The value of one facet for one work, and how it came about."""

    facet: str
    value: str
    rule: int | None = None  # its number within the facet; None where no rule applies
    field: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetRules:
    """The rules of one facet; remembers what it found in a text, for museums say the same a thousand times."""

    name: str
    fallback: str
    fields: tuple[str, ...]
    ignore: tuple[Word, ...]
    rules: tuple[VocabularyRule, ...]
    exact: dict[str, list[Pair]] = field(init=False, repr=False, compare=False)  # by the first part of the word
    wild: list[Pair] = field(init=False, repr=False, compare=False)  # those whose first part has a *
    begun: dict[str, list[Pair]] = field(default_factory=dict, init=False, repr=False, compare=False)
    known: dict[tuple[str, str], tuple[Hit, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        pairs = [(word, rule) for rule in self.rules for word in rule.words] + [(word, None) for word in self.ignore]
        exact: dict[str, list[Pair]] = {}
        for word, rule in pairs:
            if isinstance(word.parts[0], str):
                exact.setdefault(word.parts[0], []).append((word, rule))
        object.__setattr__(self, "exact", exact)
        object.__setattr__(self, "wild", [pair for pair in pairs if not isinstance(pair[0].parts[0], str)])

    def hits(self, name: str, text: str) -> tuple[Hit, ...]:
        """Return the rules that find a word in the text of a field, the one to ask first in front."""
        text = text[:LONGEST]
        found = self.known.get((name, text))
        if found is None:
            if len(self.known) >= KEPT:
                self.known.clear()
            found = self.known[name, text] = self._find(name, text)
        return found

    def decide(self, words: Mapping[str, str], year: float | None) -> Decision:
        """Return the value for a work of these words and this year, with the rule that decided."""
        vague = None
        for name in self.fields:
            for hit in self.hits(name, words.get(name) or ""):
                if not hit.rule.holds(year):
                    continue
                decision = Decision(
                    facet=self.name, value=hit.rule.value, rule=hit.rule.number, field=name, word=hit.word
                )
                if not hit.rule.vague:
                    return decision
                vague = vague or decision
        return vague or Decision(facet=self.name, value=self.fallback)

    def _find(self, name: str, text: str) -> tuple[Hit, ...]:
        said = tokens(text.replace("*", " "))
        found = [
            (start, word, rule)
            for start, token in enumerate(said)
            for word, rule in self._begun_by(token)
            if word.goes_on(said, start)
        ]
        passed = {start + i for start, word, rule in found if rule is None for i in range(len(word.parts))}
        best: dict[int, tuple[Place, Hit]] = {}
        for start, word, rule in found:
            if rule is None or name not in rule.fields or start in passed:
                continue
            place = (start, -len(word.parts), -len(word.text.replace("*", "")))
            if rule.number not in best or place < best[rule.number][0]:
                best[rule.number] = (place, Hit(rule=rule, word=word.text))
        hits = sorted(best.values(), key=lambda hit: (hit[0], hit[1].rule.number))
        return tuple(hit for _, hit in hits if not any(word.within(said) for word in hit.rule.unless))

    def _begun_by(self, token: str) -> list[Pair]:
        """Return the words, with their rules, that may begin with the token."""
        words = self.begun.get(token)
        if words is None:
            if len(self.begun) >= KEPT:
                self.begun.clear()
            wild = [pair for pair in self.wild if _fits(pair[0].parts[0], token)]
            words = self.begun[token] = self.exact.get(token, []) + wild
        return words
