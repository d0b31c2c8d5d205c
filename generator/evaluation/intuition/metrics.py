"""Retrieval metrics: how often the nearest picture in another style has the same content, by ranks.

Two ways to ask, for a picture of content a in style s:

    one style   restricted to one other style t that has a: has the nearest a too?  Asked of every such t.
    haystack    restricted to all styles but s at once, thousands of pictures: is the nearest one with a?
    needle      the same, but with a single picture of a: all others of it are left out. Asked of every such picture.

The rank of the right picture, or of the best of several, is 1 where it is the nearest; equal similarities go to the
lower row, as everywhere. Chance is what a blind guess would reach, expected.
Intervals are percentile bootstraps over styles, not over guesses: guesses in one style are not independent. Where there
are two styles of thousands of contents, they are over contents (Efron and Tibshirani, An Introduction to the Bootstrap,
1993, chapters 8 and 13).

    n pictures   s styles   q queries   d dimensions
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROWS = 512  # queries whose similarities to all are in memory at a time
RESAMPLES = 1000
LEVEL = 0.95
TOP = 5

Penalty = NDArray[np.float32] | None  # (n,) what is taken off every similarity to a picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is known of n pictures: the content and the style of each, as numbers from 0."""

    content: NDArray[np.int32]  # (n,)
    style: NDArray[np.int32]  # (n,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A mean with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What one way to compare pictures reaches in one test."""

    guesses: int
    top1: Figure
    top5: Figure
    reciprocal: Figure  # mean of 1 / rank
    chance: float  # top-1 of a blind guess


@dataclass(frozen=True, slots=True, kw_only=True)
class Guesses:
    """All guesses of one test, a row each."""

    query: NDArray[np.int32]  # (g,) the picture asked about
    rank: NDArray[np.int32]  # (g,) of the right one, from 1
    first: NDArray[np.int32]  # (g,) the picture that was nearest
    right: NDArray[np.int32]  # (g,) the best of the right ones
    chance: NDArray[np.float64]  # (g,)

    def only(self, kept: NDArray[np.bool_]) -> "Guesses":
        """Return the guesses that a mask (g,) keeps."""
        return Guesses(
            query=self.query[kept],
            rank=self.rank[kept],
            first=self.first[kept],
            right=self.right[kept],
            chance=self.chance[kept],
        )


def one_style(vectors: NDArray[np.float32], truth: Truth, penalty: Penalty = None) -> Guesses:
    """Return the guesses of every picture in every other style that has its content."""
    order = np.argsort(truth.style, kind="stable").astype(np.int32)
    style = truth.style[order]
    starts = np.flatnonzero(np.diff(style, prepend=-1))
    counts = np.diff(starts, append=len(style))
    found = []
    for rows, similarity in _blocks(vectors, order, penalty):
        same = truth.content[order][None] == truth.content[rows][:, None]
        wanted = np.where(same, similarity, -np.inf)
        first, right = _best_of(similarity, starts, counts), _best_of(wanted, starts, counts)
        worth = np.take_along_axis(wanted, right, axis=1)  # (q, styles)
        before = _before(similarity, np.repeat(worth, counts, axis=1), np.repeat(right, counts, axis=1))
        rank = 1 + np.add.reduceat(before, starts, axis=1, dtype=np.int32)
        chance = np.add.reduceat(same, starts, axis=1, dtype=np.int32) / counts
        q, t = np.nonzero((worth > -np.inf) & (style[starts][None] != truth.style[rows][:, None]))
        found.append((rows[q], rank[q, t], order[first[q, t]], order[right[q, t]], chance[q, t]))
    return _guesses(found)


def haystack(vectors: NDArray[np.float32], truth: Truth, penalty: Penalty = None) -> Guesses:
    """Return one guess of every picture among all pictures of other styles, where one of them has its content."""
    order, found = np.arange(len(vectors), dtype=np.int32), []
    for rows, similarity in _blocks(vectors, order, penalty):
        allowed = truth.style[None] != truth.style[rows][:, None]
        right = allowed & (truth.content[None] == truth.content[rows][:, None])
        similarity[~allowed] = -np.inf
        best = np.where(right, similarity, -np.inf).argmax(axis=1)
        worth = similarity[np.arange(len(rows)), best]
        rank = 1 + (_before(similarity, worth[:, None], best[:, None]) & allowed).sum(axis=1, dtype=np.int32)
        chance = right.sum(axis=1) / np.maximum(1, allowed.sum(axis=1))
        asked = right.any(axis=1)
        columns = (rows, rank, similarity.argmax(axis=1), best, chance)
        found.append(tuple(column[asked] for column in columns))
    return _guesses(found)


def needle(vectors: NDArray[np.float32], truth: Truth, penalty: Penalty = None) -> Guesses:
    """Return a guess for every picture and every one of its content in another style, with no other right one about."""
    order, found = np.arange(len(vectors), dtype=np.int32), []
    for rows, similarity in _blocks(vectors, order, penalty):
        other = truth.style[None] != truth.style[rows][:, None]
        same = truth.content[None] == truth.content[rows][:, None]
        nearest = np.argsort(-similarity, axis=1, kind="stable")  # equal ones: the lower row first
        wrong, right = (np.take_along_axis(mask & other, nearest, axis=1) for mask in (~same, same))
        before = np.cumsum(wrong, axis=1, dtype=np.int32)
        q, place = np.nonzero(right)
        itself, closest = nearest[q, place], np.take_along_axis(nearest, wrong.argmax(axis=1)[:, None], axis=1)[q, 0]
        rank = 1 + before[q, place]
        found.append((rows[q], rank, np.where(rank == 1, itself, closest), itself, 1 / (1 + before[q, -1])))
    return _guesses(found)


def score(guesses: Guesses, drawn: NDArray[np.int32], *, seed: int) -> Score:
    """Return what the guesses reach, with intervals over the labels `drawn` (n,) of the pictures that were asked about."""
    means = [guesses.rank == 1, guesses.rank <= TOP, 1.0 / guesses.rank]
    figures = _intervals(np.stack(means, 1).astype(float), drawn[guesses.query], seed)
    return Score(
        guesses=len(guesses.rank),
        top1=figures[0],
        top5=figures[1],
        reciprocal=figures[2],
        chance=float(guesses.chance.mean()) if len(guesses.rank) else 0.0,
    )


def _blocks(
    vectors: NDArray[np.float32], order: NDArray[np.int32], penalty: Penalty
) -> Iterator[tuple[NDArray[np.int32], NDArray[np.float32]]]:
    """Yield some rows and their similarities to all pictures in an order, less the penalty of each."""
    candidates, less = vectors[order], np.float32(0) if penalty is None else penalty[order]
    for first in range(0, len(vectors), ROWS):
        rows = np.arange(first, min(first + ROWS, len(vectors)), dtype=np.int32)
        yield rows, vectors[rows] @ candidates.T - less


def _best_of(
    similarity: NDArray[np.float32], starts: NDArray[np.int64], counts: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return (q, styles) the column of the greatest similarity in each style, the first of equal ones."""
    parts = [
        start + similarity[:, start : start + count].argmax(axis=1) for start, count in zip(starts, counts, strict=True)
    ]
    return np.stack(parts, axis=1)


def _before(similarity: NDArray[np.float32], worth: NDArray[np.float32], right: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which candidates come before the right one: nearer, or as near and of a lower place."""
    before: NDArray[np.bool_] = (similarity > worth) | (
        (similarity == worth) & (np.arange(similarity.shape[1])[None] < right)
    )
    return before


def _guesses(found: Sequence[tuple[NDArray[Any], ...]]) -> Guesses:
    query, rank, first, right, chance = (np.concatenate(column) for column in zip(*found, strict=True))
    return Guesses(
        query=query.astype(np.int32),
        rank=rank.astype(np.int32),
        first=first.astype(np.int32),
        right=right.astype(np.int32),
        chance=chance.astype(np.float64),
    )


def _intervals(values: NDArray[np.float64], groups: NDArray[np.int32], seed: int) -> list[Figure]:
    """Return the mean of every column of values (g, m) with its interval over resampled groups (g,)."""
    if not len(values):
        return [Figure(value=0.0, low=0.0, high=0.0)] * values.shape[1]
    _, group = np.unique(groups, return_inverse=True)
    sizes = np.bincount(group)
    sums = np.stack([np.bincount(group, column) for column in values.T], 1)  # (groups, m)
    draws = np.random.default_rng(seed).multinomial(len(sizes), np.full(len(sizes), 1 / len(sizes)), RESAMPLES)
    means = (draws @ sums) / (draws @ sizes)[:, None]
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    return [
        Figure(value=float(value), low=float(a), high=float(b))
        for value, a, b in zip(values.mean(axis=0), low, high, strict=True)
    ]
