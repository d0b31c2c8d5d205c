"""The study: every test put to every way of comparing, and kept line by line, so that it may be resumed."""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.core.model import Collection, Picture, Progress
from generator.core.store import key
from generator.evaluation.intuition.features import PictureFeatures
from generator.evaluation.intuition.grid import PictureGrid
from generator.evaluation.intuition.metrics import (
    Figure,
    Guesses,
    Penalty,
    Score,
    Truth,
    haystack,
    needle,
    one_style,
    score,
)
from generator.evaluation.intuition.transforms import crowding
from generator.evaluation.intuition.variants import Variant

KEPT = "scores.jsonl"
EXAMPLES = 6  # hits, and as many misses, that are shown

Ask = Callable[[NDArray[np.float32], Truth, Penalty], Guesses]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuessQuestion:
    """What is asked of every picture of a test."""

    title: str
    truth: Truth
    ask: Ask
    drawn: NDArray[np.int32]  # (n,) labels whose values are drawn anew for intervals
    apart: tuple[NDArray[np.int32], ...] = ()  # (n,) labels that must all differ between a picture and its match


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """Pictures of which is known what they show, and what is asked of them."""

    name: str
    title: str
    about: str  # what was made of what
    pictures: tuple[Picture, ...]
    alts: tuple[str, ...]  # (n,) what each picture shows, in words
    questions: tuple[GuessQuestion, ...]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one way reached in one question."""

    test: str
    question: str
    way: str
    group: str
    score: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One guess to look at; rows of a test's pictures."""

    query: int
    first: int
    right: int
    rank: int


def of_grid(name: str, title: str, about: str, grid: PictureGrid) -> Test:
    """Return the questions about a grid: restricted to one other style, and to all others with one or many right ones."""
    truth = Truth(content=grid.content, style=grid.style)
    asked: tuple[tuple[str, Ask], ...] = (
        (f"restricted to one of {len(grid.styles) - 1:,} others", one_style),
        (f"one guess from {candidates(truth):,}, one is right", needle),
        (f"one guess from {len(grid.pictures):,}, many are right", haystack),
    )
    questions = tuple(GuessQuestion(title=words, truth=truth, ask=ask, drawn=grid.style) for words, ask in asked)
    return _of_pictures(name, title, about, grid, questions)


def of_contents(name: str, title: str, about: str, grid: PictureGrid) -> Test:
    """Return the question about a grid of few styles and as many contents as can be had: restricted to one other style."""
    truth = Truth(content=grid.content, style=grid.style)
    words = f"one guess from {len(grid.contents):,}, one is right"
    question = GuessQuestion(title=words, truth=truth, ask=one_style, drawn=grid.content)
    return _of_pictures(name, title, about, grid, (question,))


def _of_pictures(name: str, title: str, about: str, grid: PictureGrid, questions: tuple[GuessQuestion, ...]) -> Test:
    return Test(
        name=name,
        title=title,
        about=about,
        pictures=grid.pictures,
        alts=_alts(grid),
        questions=questions,
        digest=grid.digest(),
    )


def candidates(truth: Truth) -> int:
    """Return among how many pictures, the right one with them, a needle mostly is."""
    content, style = np.bincount(truth.content)[truth.content], np.bincount(truth.style)[truth.style]
    # Both counts have the picture itself; the one that is right is no longer among those of its content.
    return int(np.median(len(truth.content) - content - style)) + 2


def _alts(grid: PictureGrid) -> tuple[str, ...]:
    pairs = zip(grid.content.tolist(), grid.style.tolist(), strict=True)
    return tuple(f"{grid.contents[content]}, {grid.styles[style]}" for content, style in pairs)


def of_collection(collection: Collection, column: str) -> Test:
    """Return the questions about a collection whose column says what a work shows: across each facet, and across all."""
    words = [dict(work.extra).get(column, "") for work in collection.works]
    names = sorted(set(words) - {""})
    number = {word: i for i, word in enumerate(names)}
    content = np.array([number.get(word, len(names) + row) for row, word in enumerate(words)], np.int32)
    labels = [np.ascontiguousarray(labels) for labels in collection.labels.T]
    questions = [
        GuessQuestion(
            title=f"in another {facet.name}", truth=Truth(content=content, style=own), ask=one_style, drawn=own
        )
        for facet, own in zip(collection.facets, labels, strict=True)
    ]
    if len(labels) > 1:
        every = Truth(content=content, style=collection.cell_of)
        title = "in another " + " and ".join(facet.name for facet in collection.facets)
        apart = tuple(labels)
        questions.append(GuessQuestion(title=title, truth=every, ask=one_style, drawn=collection.cell_of, apart=apart))
    return Test(
        name=f"{column}s",
        title=f"The same {column}",
        about=f"{len(words):,} works of {len(names)} {column}s",
        pictures=tuple(work.picture for work in collection.works),
        alts=tuple(work.alt for work in collection.works),
        questions=tuple(questions),
        digest=key(collection.digest, column),
    )


def guess(question: GuessQuestion, way: Variant, features: PictureFeatures) -> Guesses:
    """Return what a way answers to a question."""
    vectors = way.vectors(features, question.truth)
    found = question.ask(vectors, question.truth, crowding(vectors, question.truth.style) if way.penalty else None)
    keep = np.ones(len(found.query), bool)
    for labels in question.apart:
        keep &= labels[found.query] != labels[found.right]
    return found.only(keep)


def run(
    tests: Sequence[Test],
    ways: Sequence[Variant],
    *,
    to: Path,
    seed: int,
    features_of: Callable[[Test], PictureFeatures],
    progress: Progress,
) -> list[Result]:
    """Return what every way reaches in every question; kept in a file, from which it is taken the next time."""
    to.mkdir(parents=True, exist_ok=True)
    kept, results = _read(to / KEPT), []
    for test in tests:
        features = features_of(test)
        with progress.stage(test.title, len(ways) * len(test.questions)) as step:
            for question in test.questions:
                for way in ways:
                    name = key(test.digest, question.title, repr(way.name), seed)
                    if name not in kept:
                        kept[name] = score(guess(question, way, features), question.drawn, seed=seed)
                        _append(to / KEPT, name, kept[name])
                    results.append(
                        Result(test=test.name, question=question.title, way=way.name, group=way.group, score=kept[name])
                    )
                    step.advance()
    return results


def examples(guesses: Guesses, *, seed: int) -> tuple[list[Example], list[Example]]:
    """Return some hits and some misses, drawn with the seed, each of another picture."""
    order = np.random.default_rng(seed).permutation(len(guesses.rank))
    found: tuple[list[Example], list[Example]] = ([], [])
    shown: set[int] = set()
    for i in order.tolist():
        query, right = int(guesses.query[i]), int(guesses.rank[i]) == 1
        some = found[0] if right else found[1]
        if query not in shown and len(some) < EXAMPLES:
            shown.add(query)
            some.append(
                Example(
                    query=query, first=int(guesses.first[i]), right=int(guesses.right[i]), rank=int(guesses.rank[i])
                )
            )
    return found


def _read(path: Path) -> dict[str, Score]:
    """Return the scores that were kept; a line that was not finished is left out."""
    found = {}
    with suppress(FileNotFoundError):
        for line in path.read_text(encoding="utf-8").splitlines():
            with suppress(ValueError, TypeError, KeyError):
                said = json.loads(line)
                found[said["key"]] = _score(said["score"])
    return found


def _score(said: dict[str, Any]) -> Score:
    top1, top5, reciprocal = (
        Figure(value=one["value"], low=one["low"], high=one["high"])
        for one in (said["top1"], said["top5"], said["reciprocal"])
    )
    return Score(guesses=said["guesses"], top1=top1, top5=top5, reciprocal=reciprocal, chance=said["chance"])


def _append(path: Path, name: str, found: Score) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"key": name, "score": asdict(found)}) + "\n")
