"""generator/analysis/whitening.py: what it evens out, what it keeps, and the smallest collections."""

import numpy as np
import pytest

from generator.analysis.whitening import unit_rows, whitened


def unit(vectors):
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def made(n=400, d=16, seed=0):
    return unit(np.random.default_rng(seed).normal(size=(n, d)) * np.geomspace(1, 20, d) + 3)


@pytest.mark.parametrize("n", [2, 3, 12, 400])
def test_rows_have_length_1_and_the_type_of_vectors(n):
    found = whitened(made(n))

    assert found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-6)


def test_one_direction_no_longer_decides_all():
    variances = [np.linalg.eigvalsh(np.cov(vectors.T)) for vectors in (made(), whitened(made()))]
    before, after = (variance[-1] / variance.sum() for variance in variances)

    assert before > 0.2
    assert after < 0.8 * before


def test_random_pairs_come_to_have_nothing_in_common():
    before, after = (np.median((v @ v.T)[np.triu_indices(len(v), 1)]) for v in (made(), whitened(made())))

    assert abs(after) < 0.05 < abs(before)


def test_a_power_of_0_only_centers():
    vectors = made()

    assert np.allclose(
        whitened(vectors, 0.0) @ whitened(vectors, 0.0).T,
        unit(vectors - vectors.mean(axis=0)) @ unit(vectors - vectors.mean(axis=0)).T,
        atol=1e-5,
    )


def test_the_same_picture_twice_stays_the_same():
    vectors = np.concatenate([made(50), made(50)[:1]])
    found = whitened(vectors)

    assert np.allclose(found[0], found[-1], atol=1e-6)


@pytest.mark.parametrize("vectors", [made(1), np.repeat(made(1), 5, axis=0)])
def test_vectors_that_do_not_differ_come_back_as_they_are(vectors):
    assert np.array_equal(whitened(vectors), vectors)


def test_the_order_of_works_does_not_show():
    vectors, order = made(), np.random.default_rng(1).permutation(400)

    assert np.allclose(whitened(vectors[order]), whitened(vectors)[order], atol=1e-5)


def test_half_whitening_is_the_fourth_root_of_the_variance_with_a_tenth_of_the_mean_added():
    slanted = np.array([[4, 1], [-4, -1], [4, -1], [-4, 1]], np.float32)  # variances 16 and 1, mean 8.5
    first = np.array([4 * (16 + 0.85) ** -0.25, (1 + 0.85) ** -0.25])

    assert np.allclose(np.sort(np.abs(whitened(slanted))), np.sort(first / np.linalg.norm(first)), atol=1e-5)


def test_rows_of_zeros_stay_and_others_come_to_length_1():
    assert unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist() == [[np.float32(0.6), np.float32(0.8)], [0, 0]]
