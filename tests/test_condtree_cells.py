"""nearest_per_cell and merge return what the plain float64 twins return, row by row, on easy and on nasty input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import naive
from support.clouds import clouds

from generator.condtree import merge, nearest_per_cell


def assert_same(answer, rows, similarity):
    np.testing.assert_array_equal(answer.rows, rows)
    np.testing.assert_array_equal(answer.similarity, similarity)


@settings(deadline=None, max_examples=60)
@given(clouds(), st.integers(1, 6), st.integers(1, 50))
def test_every_cell_holds_what_a_float64_loop_finds(cloud, k, block):
    points, labels = cloud

    answer = nearest_per_cell(points, labels, k, cells=8, block=block)

    assert_same(answer, *naive.nearest_per_cell(points, labels, k, 8))


@settings(deadline=None, max_examples=60)
@given(clouds(), st.integers(1, 6), st.sets(st.integers(0, 7)))
def test_any_set_of_cells_is_merged_into_what_a_float64_loop_finds(cloud, k, allowed):
    points, labels = cloud

    cells = nearest_per_cell(points, labels, k, cells=8)

    for fewer in range(1, k + 1):
        assert_same(
            merge(cells.rows, cells.similarity, allowed, fewer), *naive.nearest_allowed(points, labels, fewer, allowed)
        )


def test_three_points_on_a_line():
    points = np.array([[3], [1], [2]], np.float32)

    answer = nearest_per_cell(points, np.array([0, 1, 1], np.int32), k=2, cells=3)

    assert answer.rows.tolist() == [
        [[-1, -1], [2, 1], [-1, -1]],
        [[0, -1], [2, -1], [-1, -1]],
        [[0, -1], [1, -1], [-1, -1]],
    ]
    assert answer.similarity[0].tolist() == [[-np.inf, -np.inf], [6, 3], [-np.inf, -np.inf]]


def test_blocks_threads_and_the_order_of_cells_do_not_show():
    random = np.random.default_rng(5)
    points = random.normal(size=(700, 96)).astype(np.float32)
    points[350:] = points[:350] * random.choice(np.array([1, 1 + 2**-23, 1 - 2**-24], np.float32), (350, 1))
    cell_of = random.integers(0, 12, 700).astype(np.int32)

    plain = nearest_per_cell(points, cell_of, 7, cells=12, threads=1)

    for block in (23, 256, 699, 1000):
        for threads in (1, 2, 3):
            other = nearest_per_cell(points, cell_of, 7, cells=12, block=block, threads=threads)
            assert_same(other, plain.rows, plain.similarity)
    turned = nearest_per_cell(points, 11 - cell_of, 7, cells=12)
    assert_same(turned, plain.rows[:, ::-1], plain.similarity[:, ::-1])
    assert_same(plain, *naive.nearest_per_cell(points, cell_of, 7, 12))


def test_no_points_give_no_lists_and_one_point_gives_empty_ones():
    empty = np.empty((0, 3), np.float32)

    assert nearest_per_cell(empty, np.empty(0, np.int32), 2, cells=0).rows.shape == (0, 0, 2)
    assert nearest_per_cell(empty, np.empty(0, np.int32), 2, cells=4).rows.shape == (0, 4, 2)
    assert (nearest_per_cell(np.ones((1, 3), np.float32), np.zeros(1, np.int32), 2, cells=1).rows == -1).all()


def test_nothing_is_merged_from_no_cells():
    cells = nearest_per_cell(np.eye(3, dtype=np.float32), np.array([0, 1, 1], np.int32), 2, cells=2)

    assert (merge(cells.rows, cells.similarity, np.array([False, False]), 2).rows == -1).all()
    assert (merge(cells.rows, cells.similarity, [], 1).similarity == -np.inf).all()


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 2.0**51])
def test_points_that_are_not_finite_are_refused(bad):
    points = np.zeros((5, 2), np.float32)
    points[3, 1] = bad

    with pytest.raises(ValueError, match="row 3"):
        nearest_per_cell(points, np.zeros(5, np.int32), 1, cells=1)


def test_what_does_not_fit_is_refused():
    points, cell_of = np.zeros((3, 2), np.float32), np.array([0, 1, 2], np.int32)
    cells = nearest_per_cell(points, cell_of, 2, cells=3)

    with pytest.raises(ValueError, match="float32"):
        nearest_per_cell(points.astype(np.float64), cell_of, 1, cells=3)
    with pytest.raises(ValueError, match=r"0 \.\. 1"):
        nearest_per_cell(points, cell_of, 1, cells=2)
    with pytest.raises(ValueError, match="integer array"):
        nearest_per_cell(points, cell_of[:2], 1, cells=3)
    with pytest.raises(ValueError, match="at least 1"):
        nearest_per_cell(points, cell_of, 0, cells=3)
    with pytest.raises(ValueError, match="cannot be merged"):
        merge(cells.rows, cells.similarity, [0], 3)
    with pytest.raises(ValueError, match="allowed"):
        merge(cells.rows, cells.similarity, [3], 1)
