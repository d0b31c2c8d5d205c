"""generator/evaluation/intuition/metrics.py against a plain loop, and on examples that can be checked by eye."""

import numpy as np
import pytest

from generator.evaluation.intuition.metrics import Truth, haystack, needle, one_style, score


def truth(content, style):
    return Truth(content=np.array(content, np.int32), style=np.array(style, np.int32))


def directions(degrees):
    radians = np.deg2rad(np.array(degrees, float))
    return np.stack([np.cos(radians), np.sin(radians)], 1).astype(np.float32)


def plain(vectors, known, same_style_only):
    """Return (query, rank, first, right) of every guess, by loops."""
    similarity, found, n = vectors @ vectors.T, [], len(vectors)
    for q in range(n):
        others = sorted(set(known.style.tolist()) - {int(known.style[q])})
        for styles in [[t] for t in others] if same_style_only else [others]:
            rows = [i for i in range(n) if known.style[i] in styles]
            rows.sort(key=lambda i: (-similarity[q, i], i))
            right = [i for i in rows if known.content[i] == known.content[q]]
            if right:
                found.append((q, rows.index(right[0]) + 1, rows[0], right[0]))
    return found


def test_the_same_letter_nearest_in_the_other_font_is_a_right_guess():
    known = truth([0, 1, 0, 1], [0, 0, 1, 1])
    guesses = one_style(directions([0, 90, 10, 80]), known)

    assert guesses.rank.tolist() == [1, 1, 1, 1]
    assert guesses.chance.tolist() == [0.5] * 4


def test_a_letter_that_looks_like_another_in_one_font_is_a_wrong_guess():
    known = truth([0, 1, 0, 1], [0, 0, 1, 1])
    guesses = one_style(directions([0, 90, 70, 80]), known)

    assert guesses.rank.tolist() == [1, 1, 2, 1]
    assert guesses.first.tolist() == [2, 3, 1, 1]


@pytest.mark.parametrize("ask, alone", [(one_style, True), (haystack, False)])
def test_ranks_are_those_of_a_plain_loop(ask, alone):
    rng = np.random.default_rng(1)
    vectors = np.round(rng.normal(size=(60, 3))).astype(np.float32)  # many ties
    known = truth(rng.integers(0, 7, 60), rng.integers(0, 5, 60))
    guesses = ask(vectors, known)
    found = list(zip(*(getattr(guesses, name).tolist() for name in ("query", "rank", "first", "right")), strict=True))

    assert sorted(found) == sorted(plain(vectors, known, alone))


def test_a_needle_is_the_only_right_one_in_the_haystack():
    known = truth([0, 1, 0, 1, 0, 1], [0, 0, 1, 1, 2, 2])
    guesses = needle(directions([0, 90, 10, 20, 30, 80]), known)
    asked = {
        (q, r): (rank, first)
        for q, r, rank, first in zip(
            guesses.query.tolist(), guesses.right.tolist(), guesses.rank.tolist(), guesses.first.tolist(), strict=True
        )
    }

    assert len(asked) == 12
    assert asked[0, 2] == (1, 2)
    assert asked[0, 4] == (2, 3)  # 1 at 20 degrees lies before 0 at 30, and 0 at 10 is not there
    assert guesses.chance.tolist() == [1 / 3] * 12


def test_ranks_of_needles_are_those_of_a_plain_loop():
    rng = np.random.default_rng(4)
    vectors = np.round(rng.normal(size=(50, 3))).astype(np.float32)  # many ties
    known = truth(rng.integers(0, 7, 50), rng.integers(0, 5, 50))
    guesses, similarity, found = needle(vectors, known), vectors @ vectors.T, []
    for q in range(50):
        others = [i for i in range(50) if known.style[i] != known.style[q]]
        for right in [i for i in others if known.content[i] == known.content[q]]:
            rows = [right, *(i for i in others if known.content[i] != known.content[q])]
            rows.sort(key=lambda i: (-similarity[q, i], i))
            found.append((q, rows.index(right) + 1, rows[0], right))

    columns = (getattr(guesses, name).tolist() for name in ("query", "rank", "first", "right"))
    assert sorted(zip(*columns, strict=True)) == sorted(found)


def test_a_guess_at_random_is_right_as_often_as_chance_says():
    rng = np.random.default_rng(2)
    known = truth(np.tile(np.arange(8), 30), np.repeat(np.arange(30), 8))
    result = score(one_style(rng.normal(size=(240, 16)).astype(np.float32), known), known.style, seed=0)

    assert result.chance == pytest.approx(1 / 8)
    assert result.top1.low - 0.02 < result.chance < result.top1.high + 0.02


def test_the_interval_holds_the_value_and_the_seed_decides_it():
    rng = np.random.default_rng(3)
    known = truth(np.tile(np.arange(8), 10), np.repeat(np.arange(10), 8))
    guesses = haystack(rng.normal(size=(80, 4)).astype(np.float32), known)
    result = score(guesses, known.style, seed=0)

    assert result.top1.low <= result.top1.value <= result.top1.high
    assert result == score(guesses, known.style, seed=0)
    assert result.top1.low != score(guesses, known.style, seed=1).top1.low or result.reciprocal.low != 0


def test_a_content_in_one_style_only_is_not_asked_for():
    known = truth([0, 1, 1], [0, 0, 1])

    assert one_style(directions([0, 10, 20]), known).query.tolist() == [1, 2]
    assert haystack(directions([0, 10, 20]), known).query.tolist() == [1, 2]
