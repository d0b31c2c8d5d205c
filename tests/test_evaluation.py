"""What the speed study searches, and how it decides whether two engines found the same."""

import numpy as np
import pytest

from generator.core.errors import StudyError
from generator.evaluation.common.memory import watching
from generator.evaluation.speed import cases
from generator.evaluation.speed.comparison import Lists, difference
from generator.evaluation.speed.datasets import FeatureFile, SyntheticDataset, condition, joined, questions, wider, zipf
from generator.evaluation.speed.records import FILTERS, QUERY


@pytest.fixture(scope="module")
def like_features():
    return SyntheticDataset(seed=0).sample(4000, 1280, 50)


@pytest.fixture(scope="module")
def sample():
    return SyntheticDataset(seed=1).sample(600, 24, 12)


def test_the_same_seed_draws_the_same_vectors_and_cells(sample):
    again, other = SyntheticDataset(seed=1).sample(600, 24, 12), SyntheticDataset(seed=2).sample(600, 24, 12)

    assert np.array_equal(again.vectors, sample.vectors)
    assert np.array_equal(again.cell_of, sample.cell_of)
    assert not np.array_equal(other.vectors, sample.vectors)


def test_a_smaller_sample_is_part_of_a_larger_one(sample):
    assert np.allclose(SyntheticDataset(seed=1).sample(5000, 24, 12).vectors[:600], sample.vectors, atol=1e-6)


def test_drawn_vectors_have_the_spectrum_and_the_cosines_of_real_features(like_features):
    vectors = like_features.vectors.astype(np.float64)
    variance = np.sort(np.linalg.eigvalsh(np.cov(vectors.T)))[::-1]
    share = np.cumsum(variance) / variance.sum()
    cosine = vectors[:1000] @ vectors.T
    cosine[np.arange(1000), np.arange(1000)] = np.nan

    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert np.allclose(share[[63, 127, 255, 511]], [0.54, 0.66, 0.79, 0.89], atol=0.09)
    assert np.nanmean(cosine) == pytest.approx(0.34, abs=0.03)
    assert np.nanstd(cosine) == pytest.approx(0.08, abs=0.02)
    assert np.median(np.nanmax(cosine, axis=1)) == pytest.approx(0.68, abs=0.06)  # of 34,208 real features: 0.71


def test_no_axis_of_drawn_vectors_is_a_principal_component(like_features):
    variance = like_features.vectors.var(axis=0)

    assert variance.max() < 10 * variance.mean()  # the first component has 30 times the mean


def test_cells_have_zipf_sizes_and_keep_clusters_together(like_features):
    sizes = np.sort(np.bincount(like_features.cell_of))[::-1]
    inside = like_features.vectors[like_features.cell_of == np.argmin(np.bincount(like_features.cell_of))]

    assert np.array_equal(sizes, zipf(4000, 50))
    assert sizes.sum() == 4000
    assert (inside @ inside.T).mean() > (like_features.vectors[:300] @ like_features.vectors[:300].T).mean() + 0.02


@pytest.mark.parametrize(("n", "cells"), [(1000, 600), (20, 20), (7, 1)])
def test_every_cell_has_a_row_however_few_there_are(n, cells):
    assert zipf(n, cells).sum() == n
    assert zipf(n, cells).min() >= 1


def test_the_smallest_cells_are_joined_first():
    cell_of = np.repeat(np.arange(5, dtype=np.int32), [4, 1, 9, 2, 8])  # 1 joins 3, then both join 0

    assert np.bincount(joined(cell_of, 3)).tolist() == [7, 9, 8]
    assert joined(cell_of, 1).max() == 0


@pytest.mark.parametrize("share", [1.0, 0.5, 0.1, 0.02])
def test_a_condition_lets_about_the_share_asked_for_through(like_features, share):
    cells = condition(like_features, share, seed=0)
    let = np.isin(like_features.cell_of, cells).mean()

    assert let == pytest.approx(share, rel=0.1)
    assert np.array_equal(cells, condition(like_features, share, seed=0))


def test_a_condition_lets_at_least_one_cell_through(sample):
    assert len(condition(sample, 1e-9, seed=0)) == 1


def test_questions_are_no_rows_but_near_some(sample):
    cosine = (questions(sample, 50, seed=0) @ sample.vectors.T).max(axis=1)

    assert cosine.max() < 0.9999
    assert np.median(cosine) > 0.6


def test_the_wider_filters_are_every_value_of_every_facet_and_all(sample):
    filters = wider(sample)
    width = 4  # 12 made-up cells in 3 rows of 4

    assert len(filters) == 3 + width + 1
    assert sorted(len(cells) for cells in filters) == [3] * width + [4] * 3 + [12]


@pytest.fixture
def files(tmp_path):
    random = np.random.default_rng(0)
    np.save(tmp_path / "features.npy", random.standard_normal((40, 6)).astype(np.float16))
    np.savez(
        tmp_path / "labels.npz",
        shape=np.arange(40) % 4,
        tone=(np.arange(40) // 20).astype(np.int16),
        names=np.array(["a", "b"]),
        weight=random.random(40),
    )
    return tmp_path


def from_files(files, *facets, labels="labels.npz"):
    return FeatureFile(features=files / "features.npy", labels=files / labels, facets=facets, seed=0)


def test_every_combination_of_labels_in_a_file_is_a_cell(files):
    sample = from_files(files).sample(None, None, None)

    assert sample.cells == 8
    assert np.array_equal(sample.facets[sample.cell_of], np.stack([np.arange(40) % 4, np.arange(40) // 20], axis=1))
    assert np.allclose(np.linalg.norm(sample.vectors, axis=1), 1, atol=1e-6)
    assert [len(cells) for cells in wider(sample)] == [2, 2, 2, 2, 4, 4, 8]


def test_facets_of_a_file_are_chosen_by_name_and_cells_joined_on_demand(files):
    assert from_files(files, "shape").sample(None, None, None).cells == 4
    assert from_files(files).sample(None, None, 3).cells == 3
    assert from_files(files).sample(10, None, None).vectors.shape == (10, 6)


def test_labels_may_be_one_plain_array(files):
    np.save(files / "plain.npy", np.arange(40) % 5)

    assert from_files(files, labels="plain.npy").sample(None, None, None).cells == 5


@pytest.mark.parametrize(
    ("facets", "n", "d", "said"),
    [
        (("weight",), None, None, "no array of 40 integers named weight; available: shape, tone"),
        ((), 41, None, "fewer than --n 41"),
        ((), None, 5, "has 6 dimensions"),
    ],
)
def test_what_a_file_cannot_give_is_said(files, facets, n, d, said):
    with pytest.raises(StudyError, match=said):
        from_files(files, *facets).shape(n, d, None)


def test_files_that_are_no_vectors_are_refused(files):
    (files / "features.npy").write_bytes(b"nonsense")
    with pytest.raises(StudyError, match="cannot be read"):
        from_files(files).shape(None, None, None)
    np.save(files / "features.npy", np.zeros((40, 6), np.float32))
    with pytest.raises(StudyError, match="zero or not finite"):
        from_files(files).sample(None, None, None)
    np.save(files / "features.npy", np.arange(40))
    with pytest.raises(StudyError, match="array of floats"):
        from_files(files).shape(None, None, None)


def test_synthetic_vectors_need_as_many_rows_as_cells():
    with pytest.raises(StudyError, match="cannot fill"):
        SyntheticDataset(seed=0).shape(10, 4, 11)
    with pytest.raises(StudyError, match="need numbers"):
        SyntheticDataset(seed=0).shape(None, 4, 3)


POINTS = np.array([[1, 0], [0.8, 0.6], [0.8, -0.6], [0, 1]], np.float32)  # rows 1 and 2 are equally near to row 0
OURS = ([[[1, 2]]], [[[0.8, 0.8]]])


@pytest.mark.parametrize(
    ("rows", "similarity", "said"),
    [
        ([[[1, 2]]], [[[0.8, 0.8]]], ""),
        ([[[2, 1]]], [[[0.8, 0.8]]], ""),  # a tie may be broken otherwise
        ([[[1, 2]]], [[[0.8, 0.79]]], "similarity off by 1.0e-02"),
        ([[[1, 3]]], [[[0.8, 0.8]]], "a row's similarity is off by 8.0e-01"),
        ([[[2, 2]]], [[[0.8, 0.8]]], "finds a row twice"),
        ([[[1, 0]]], [[[0.8, 0.8]]], "finds a row that was not asked for"),
        ([[[1, -1]]], [[[0.8, -np.inf]]], "finds another number of rows"),
    ],
)
def test_answers_are_the_same_but_for_ties(rows, similarity, said):
    ours, theirs = (Lists(np.array(r, np.int32), np.array(s, np.float32)) for r, s in (OURS, (rows, similarity)))
    found = difference(ours, theirs, queries=POINTS[:1], points=POINTS, permits=lambda query, which, row: row != query)

    assert found == said


def test_memory_taken_and_given_back_is_noticed():
    with watching() as peak:
        np.ones(2**24, np.float32)  # 64 MiB

    assert peak.bytes is None or peak.bytes > 0.9 * 2**26


def test_a_grid_asks_every_combination():
    sizes = cases.SizeGrid(n=[10, 20], d=[4], cells=[2, 3], k=[1, 5], shares=[1, 0.5], batches=[1])
    asked = cases.grid("synthetic", [FILTERS, QUERY], sizes)

    assert len(asked) == 16
    assert {case.shares for case in asked if case.workload == QUERY} == {(1, 0.5)}


def test_the_full_study_asks_nothing_twice_and_prefers_real_features():
    asked = cases.full("museum", [FILTERS, QUERY])
    without = cases.full(None, [FILTERS])

    assert len(set(asked)) == len(asked)
    assert {(case.n, case.cells) for case in asked if case.source == "museum" and case.workload == FILTERS} == {
        (20_000, 200),
        (20_000, None),
        (None, 200),
        (None, None),
    }
    assert {case.source for case in without} == {"synthetic"}
    assert all(case.workload == FILTERS for case in without)
