import numpy as np
import pytest

from generator.analysis.agreement import first_match
from generator.analysis.analogies import PAIRS, calibrate
from generator.core.findings import Analogies


def unit_vectors(n, d):
    vectors = np.random.default_rng(0).normal(size=(n, d)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_the_scale_of_few_works_is_of_all_pairs():
    vectors = unit_vectors(50, 8)
    cosine = (vectors @ vectors.T)[np.triu_indices(50, 1)]

    scale = calibrate(vectors)

    assert scale[0] == pytest.approx(cosine.min(), abs=1e-6)
    assert scale[500] == pytest.approx(np.median(cosine), abs=1e-6)
    assert scale[1000] == pytest.approx(cosine.max(), abs=1e-6)


def test_the_scale_of_many_works_never_pairs_a_work_with_itself():
    vectors = unit_vectors(1500, 64)

    assert PAIRS < 1500 * 1499 // 2
    assert calibrate(vectors)[1000] < 0.9


def test_the_scale_of_one_work_is_defined():
    assert (calibrate(unit_vectors(1, 4)) == 1).all()


def test_the_first_match_is_the_nearest_of_the_allowed_cells_and_the_lower_row_of_equals():
    rows = np.array([[[4], [7], [2], [-1]]], np.int32)
    similarity = np.array([[[0.9], [0.8], [0.8], [-np.inf]]], np.float32)
    analogies = Analogies(rows=rows, similarity=similarity, scale=np.zeros(1001, np.float32))

    assert first_match(analogies, np.array([True, True, True, True])) == [4]
    assert first_match(analogies, np.array([False, True, True, True])) == [2]
    assert first_match(analogies, np.array([False, False, False, True])) == [-1]
    assert first_match(analogies, np.array([False, False, False, False])) == [-1]
