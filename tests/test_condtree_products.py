"""What error_bounds.py promises of coarse and careful products holds, and how they are computed does not show."""

import math
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from support import naive
from support.clouds import clouds, digest, hostile

from generator.condtree import nearest_per_cell, tile_kernels
from generator.condtree.error_bounds import Integers, care_of, extent_of, limits_of, scale_of
from generator.condtree.simd import PANEL, STRIPE
from generator.embedding.gpu_products import TorchProducts


def exact(points):
    """Return all inner products, correctly rounded to float64: products of float32 are exact in it, and so is fsum."""
    wide = points.astype(np.float64)
    return np.array([[math.fsum(x * y) for y in wide] for x in wide]).reshape(len(points), len(points))


def coarse_of(kind, points):
    """Return the coarse products of all points, and their Limits."""
    extent, rows = extent_of(points), np.arange(len(points), dtype=np.int32)
    rows.flags.writeable = False
    scale = scale_of(extent, points.shape[1])
    side = -(-len(points) // PANEL) * PANEL
    products = np.zeros((side, side), np.int32)
    error = kind.prepare(points, [rows], scale)
    kind.fill(0, 0, products)
    return products[: len(points), : len(points)], limits_of(error, scale, extent, len(points))


@pytest.mark.parametrize("kind", [Integers, lambda: TorchProducts("cpu")])
@settings(deadline=None, max_examples=60)
@given(clouds())
def test_a_coarse_product_is_no_farther_from_the_score_than_said(kind, cloud):
    points = frozen(cloud[0])
    if not len(points):
        return

    products, limits = coarse_of(kind(), points)

    scores = naive.products(points, points).astype(np.float64)
    with np.errstate(invalid="ignore", over="ignore"):
        assert (np.abs(products - limits.square * scores) <= limits.error).all()
    assert products.min() > -(2**31) + 2**15, "a product could be taken for no candidate"


@pytest.mark.parametrize("kind", [Integers, lambda: TorchProducts("cpu")])
def test_a_scale_beyond_float32_is_used_whole(kind):
    points = frozen(np.array([[2e-36, 0.0], [0.0, 1e-36]], np.float32))

    products, limits = coarse_of(kind(), points)

    assert limits.square > float(np.finfo(np.float32).max)
    assert products[0, 0] > 3 * products[1, 1] > 0 == products[0, 1]


def frozen(points):
    points = np.ascontiguousarray(points)
    points.flags.writeable = False
    return points


@settings(deadline=None, max_examples=60)
@given(clouds())
def test_a_careful_product_is_no_farther_from_the_exact_one_than_said(cloud):
    points = frozen(cloud[0])
    n, d = points.shape
    care = care_of(extent_of(points), d)
    marked = np.full((n, n), tile_kernels.ASKED)
    rows = frozen(np.arange(n, dtype=np.int32))
    width = -(-d // STRIPE) * STRIPE

    # With an error of nothing, what comes back is the careful product rounded once.
    tile_kernels.answer(
        points, rows, rows, care._replace(error=0.0), marked, np.zeros((tile_kernels.NEAR + 1, width), np.float32)
    )

    truth = exact(points)
    assert (np.abs(marked - truth) <= care.error + np.abs(truth) * 2.0**-24 + 2.0**-150).all()


def test_the_error_of_a_careful_product_of_embeddings_is_small_beside_a_float32_rounding():
    points = np.random.default_rng(0).normal(size=(64, 1280))
    points = (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)

    assert care_of(extent_of(points), 1280).error < 2.0**-30


@pytest.mark.parametrize("k", [1, 5, 6, 12, 13, 32, 33, 70])
def test_any_number_of_neighbors_may_be_asked_for(k):
    random = np.random.default_rng(k)
    points = random.normal(size=(150, 20)).astype(np.float32)
    points[100:] = points[:50]
    cell_of = random.choice(3, 150, p=[0.8, 0.15, 0.05]).astype(np.int32)

    answer = nearest_per_cell(points, cell_of, k, cells=3, block=60)

    rows, similarity = naive.nearest_per_cell(points, cell_of, k, 3)
    np.testing.assert_array_equal(answer.rows, rows)
    np.testing.assert_array_equal(answer.similarity, similarity)


def test_a_device_of_torch_gives_the_same_answer():
    points, cell_of = hostile()

    plain = nearest_per_cell(points, cell_of, 6, cells=8)

    assert digest(nearest_per_cell(points, cell_of, 6, cells=8, coarse=TorchProducts("cpu"))) == digest(plain)


@pytest.mark.slow  # where it is compiled for that processor; the machine code is kept beside the other
@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the features named are those of x86-64")
@pytest.mark.parametrize(("features", "pairs"), [("+sse4.2,+fma,+avx", "plain"), ("+avx2,+fma", "vpmaddwd")])
def test_a_lesser_processor_gives_the_same_answer(features, pairs):
    points, cell_of = hostile()
    program = (
        "from support.clouds import digest, hostile; from generator.condtree import nearest_per_cell\n"
        "from generator.condtree.simd import PAIRS; print(PAIRS, digest(nearest_per_cell(*hostile(), 6, cells=8)))"
    )
    lesser = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": features}
    path = os.pathsep.join(sys.path)

    said = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **lesser, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.split() == [pairs, digest(nearest_per_cell(points, cell_of, 6, cells=8))]
