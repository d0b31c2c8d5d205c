"""The map's layout: works that look alike lie close, each in a field of its own, the same every time."""

import numpy as np
import pytest
from support.making import Silent

from generator.analysis import layout
from generator.analysis.whitening import whitened
from generator.core.run import Run
from generator.core.store import Store


def clusters(n=60, *, seed=0):
    """Return vectors of n works in three groups that look alike: work i is of group i % 3."""
    random = np.random.default_rng(seed)
    vectors = np.eye(8)[np.arange(n) % 3] + random.normal(0, 0.12, (n, 8))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def place(folder, vectors, progress=None):
    return layout.place(whitened(vectors), Run(store=Store(folder), progress=progress or Silent()))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return place(tmp_path_factory.mktemp("layout"), clusters())


def test_every_work_has_a_field_of_its_own_on_the_map(made):
    assert len(np.unique(made.fields, axis=0)) == 60
    assert (made.fields >= 0).all() and (made.fields < [made.columns, made.rows]).all()


def test_works_that_look_alike_lie_closer_than_others(made):
    apart = np.linalg.norm(made.fields[:, None] - made.fields[None], axis=2)
    alike = np.equal.outer(np.arange(60) % 3, np.arange(60) % 3)

    assert apart[alike].mean() < apart[~alike].mean() / 1.5


def test_the_map_is_made_the_same_every_time(made, tmp_path):
    again = place(tmp_path, clusters())

    assert again.fields.tobytes() == made.fields.tobytes()


def test_a_map_that_is_in_the_store_is_not_made_again(tmp_path):
    first, progress = place(tmp_path, clusters(20)), Silent()
    second = place(tmp_path, clusters(20), progress)

    assert progress.stages == []
    assert (second.fields == first.fields).all() and (second.columns, second.rows) == (first.columns, first.rows)


def test_a_few_works_have_no_map(tmp_path):
    assert place(tmp_path, clusters(layout.LEAST - 1)) is None
    assert place(tmp_path, clusters(layout.LEAST)) is not None


def test_works_whose_pictures_are_all_the_same_have_a_map_too(tmp_path):
    made = place(tmp_path, np.repeat(clusters(1), 12, axis=0))

    assert len(np.unique(made.fields, axis=0)) == 12


def test_a_point_with_room_stays_where_it_is():
    fields = layout.settle(np.array([[0.1, 0.1], [0.9, 0.9], [0.6, 0.1]]), 4, 4)

    assert fields.tolist() == [[0, 0], [3, 3], [2, 0]]


def test_where_a_field_is_taken_the_point_nearest_to_the_cut_moves_across_it():
    fields = layout.settle(np.array([[0.1, 0.5], [0.2, 0.5]]), 2, 1)

    assert fields.tolist() == [[0, 0], [1, 0]]


def test_a_full_map_has_a_work_in_every_field():
    points = np.random.default_rng(0).random((35, 2)) ** 3
    fields = layout.settle(points, 7, 5)

    assert len(np.unique(fields, axis=0)) == 35


def test_points_are_spread_halfway_to_even():
    spread = layout.spread(np.array([[0.0, 0.0], [1.0, 1.0], [10.0, 10.0]]))

    assert spread[:, 0] == pytest.approx([1 / 12, 0.5 * 0.5 + 0.5 * 0.1, 0.5 * 5 / 6 + 0.5])
