"""What one value of a facet has nearly alone: found in the vectors of a collection, and kept."""

from dataclasses import replace

import numpy as np
import pytest
from support.making import Silent
from support.sites import make

from generator.analysis import clusters
from generator.analysis.whitening import whitened
from generator.core.run import Run
from generator.core.store import Store


@pytest.fixture
def made(tmp_path):
    """Return a collection of 80 works, of which 20 with value 0 of the first facet lie together and away from all."""
    collection, _, _ = make(tmp_path / "pictures", n=80, facets=(("form", 3), ("stuff", 1)))
    vectors = np.random.default_rng(2).normal(size=(80, 8)).astype(np.float32)
    mine = np.flatnonzero(collection.labels[:, 0] == 0)[:20]
    vectors[mine] += 12 * np.eye(8, dtype=np.float32)[0]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return collection, whitened(vectors), set(mine.tolist())


def find(made, store, unnamed=""):
    progress = Silent()
    return clusters.find(*made[:2], unnamed, Run(store=store, progress=progress)), progress.stages


def test_a_group_of_one_value_is_found_and_a_facet_of_one_value_has_none(made, tmp_path):
    (form, stuff), _ = find(made, Store(tmp_path / "store"))

    assert len(form) == 1 and stuff == ()
    assert form[0].mark == 0 and set(form[0].marked.tolist()) <= made[2] and len(form[0].marked) >= 15


def test_what_was_found_is_kept_and_read_again(made, tmp_path):
    store = Store(tmp_path / "store")
    (first, _), worked = find(made, store)
    (second, _), stages = find(made, store)

    assert worked and stages == []
    assert [one.marked.tolist() for one in first] == [one.marked.tolist() for one in second]
    assert (first[0].odds, first[0].expected) == (second[0].odds, second[0].expected)


def test_the_value_that_stands_for_none_is_asked_about_nowhere(made, tmp_path):
    (form, _), _ = find(made, Store(tmp_path / "store"), unnamed=made[0].facets[0].values[0])

    assert form == ()


def test_the_same_picture_many_times_is_one_observation(made, tmp_path):
    collection, embeddings, mine = made
    one = collection.works[min(mine)].picture
    works = tuple(replace(work, picture=one) if row in mine else work for row, work in enumerate(collection.works))
    (form, _), _ = find((replace(collection, works=works), embeddings), Store(tmp_path / "store"))

    assert form == ()
