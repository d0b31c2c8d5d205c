"""What "close" means: cosines as whole numbers, ranks among random pairs, and the level of each rank."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis import closeness
from generator.analysis.closeness import Scale
from generator.core.findings import Analogies


def scale_of(quantiles) -> Scale:
    empty = np.empty((0, 0, 0))
    return Scale(
        Analogies(
            rows=empty.astype(np.int32), similarity=empty.astype(np.float32), scale=np.asarray(quantiles, np.float32)
        )
    )


EVEN = scale_of(np.linspace(-1, 1, 1001))  # quantile q of random pairs is the cosine 2 q - 1


@pytest.mark.parametrize(
    ("rank", "level", "name"),
    [
        (999, 0, "striking"),
        (998, 0, "striking"),
        (997, 1, "close"),
        (990, 1, "close"),
        (989, 2, "related"),
        (950, 2, "related"),
        (949, 3, "distant"),
        (850, 3, "distant"),
        (849, 4, "nothing"),
        (0, 4, "nothing"),
    ],
)
def test_each_level_begins_at_its_rank(rank, level, name):
    assert EVEN.levels(np.array([rank])).tolist() == [level]
    assert closeness.NAMES[level] == name


def test_the_levels_that_pages_speak_of_are_those_of_their_names():
    named = [closeness.NAMES[level] for level in (closeness.CLOSE, closeness.RELATED, closeness.DISTANT)]

    assert named == ["close", "related", "distant"]
    assert closeness.LIMITS == (998, 990, 950, 850)


@pytest.mark.parametrize(
    ("cosine", "code"), [(-1, 0), (-0.5, 16_384), (0, 32_768), (0.95, 63_897), (1, 65_535), (1.5, 65_535), (-7, 0)]
)
def test_a_cosine_is_a_whole_number(cosine, code):
    assert closeness.encode(np.array([cosine], np.float32)).tolist() == [code]


def test_the_same_picture_begins_at_its_cosine():
    assert closeness.SAME_COSINE == 0.95
    assert closeness.SAME == 63_897


@pytest.mark.parametrize(
    ("cosine", "rank"), [(-1.0, 0), (-0.999, 0), (0.0005, 500), (0.9001, 950), (0.9985, 999), (1, 999)]
)
def test_a_rank_counts_the_thousandths_of_random_pairs_that_are_less_alike(cosine, rank):
    assert EVEN.ranks(closeness.encode(np.array([cosine], np.float32))).tolist() == [rank]


def test_what_is_nearer_than_every_random_pair_has_the_last_rank():
    narrow = scale_of(np.linspace(-0.5, 0.5, 1001))

    assert narrow.ranks(closeness.encode(np.array([0.9, -0.9], np.float32))).tolist() == [999, 0]


@given(st.lists(st.floats(-1, 1, width=32), min_size=2, max_size=20))
def test_what_is_nearer_never_ranks_lower(cosines):
    codes = closeness.encode(np.sort(np.array(cosines, np.float32)))
    ranks = EVEN.ranks(codes)

    assert (np.diff(codes.astype(int)) >= 0).all() and (np.diff(ranks) >= 0).all()
    assert (np.diff(EVEN.levels(ranks)) <= 0).all()
