"""Tree and BruteForce return what the plain float64 twin returns, row by row, on easy and on nasty input."""

import doctest

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import naive
from support.clouds import clouds

import generator.condtree.tree
from generator.condtree import BruteForce, Tree, quantization, scan_kernels, tree_kernels
from generator.condtree import kernels as compiled

SCORES = st.floats(width=32, allow_nan=False)


def assert_same(answer, rows, distances):
    np.testing.assert_array_equal(answer.rows, rows)
    np.testing.assert_array_equal(answer.distances, distances)


@pytest.fixture
def any_road(monkeypatch):
    """Let a tree use its codes however few points are allowed."""
    monkeypatch.setattr(generator.condtree.tree, "FEW", 0)
    monkeypatch.setattr(generator.condtree.tree, "CACHED", 0)
    monkeypatch.setattr(generator.condtree.tree, "WORTH", 0)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(clouds(), st.integers(1, 6), st.sets(st.integers(0, 9)) | st.none(), st.integers(0, 2), st.data())
def test_tree_and_brute_force_find_what_a_float64_loop_finds(any_road, cloud, k, allowed, levels, data):
    points, labels = cloud
    n, d = points.shape
    own = data.draw(st.booleans())
    vectors = points if own else np.random.default_rng(k).normal(size=(5, d)).astype(np.float32)
    exclude = np.arange(n) if own and data.draw(st.booleans()) else None

    rows, distances = naive.nearest(points, labels, vectors, k, allowed, exclude)

    assert_same(Tree.build(points, labels, levels=levels).query(vectors, k, allowed, exclude=exclude), rows, distances)
    assert_same(BruteForce.build(points, labels).query(vectors, k, allowed, exclude=exclude), rows, distances)


@pytest.fixture(scope="module")
def cloud():
    random = np.random.default_rng(1)
    points = np.repeat(random.normal(size=(30, 12)), 40, axis=0) + 0.1 * random.normal(size=(1200, 12))
    return points.astype(np.float32), random.integers(-50, 50, 1200).astype(np.int32) * 1_000_003


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 1.0])
def test_sparse_and_negative_labels_are_labels_too(cloud, share):
    points, labels = cloud
    names = np.unique(labels)
    allowed = names[: max(1, int(share * len(names)))]

    rows, distances = naive.nearest(points, labels, points[:50], 5, set(allowed.tolist()))

    assert_same(Tree.build(points, labels).query(points[:50], 5, allowed), rows, distances)
    assert_same(BruteForce.build(points, labels).query(points[:50], 5, allowed), rows, distances)


def test_threads_and_the_road_taken_do_not_show(cloud, monkeypatch):
    points, labels = cloud
    allowed = np.unique(labels)[::2]
    plain = BruteForce.build(points, labels).query(points, 9, allowed, threads=1)

    monkeypatch.setattr(generator.condtree.tree, "CACHED", 0)
    for few, worth in ((0, 0), (0, 300), (0, 5000), (5000, 0)):
        monkeypatch.setattr(generator.condtree.tree, "FEW", few)
        monkeypatch.setattr(generator.condtree.tree, "WORTH", worth)
        for threads in (1, 2, 5):
            answer = Tree.build(points, labels, levels=2).query(points, 9, allowed, threads=threads)
            assert_same(answer, plain.rows, plain.distances)


def test_points_of_many_dimensions_are_found_through_the_head(monkeypatch):
    monkeypatch.setattr(generator.condtree.tree, "CACHED", 2**19)
    random = np.random.default_rng(2)
    points = (
        random.normal(size=(1500, 640)) * np.geomspace(1, 0.01, 640) + random.normal(size=(5, 640))[np.arange(1500) % 5]
    )
    points = np.concatenate([points, points[:40] + 1e-6]).astype(np.float32)
    labels = np.arange(1540, dtype=np.int32) % 3
    tree, brute = Tree.build(points, labels), BruteForce.build(points, labels)

    assert tree.arrays.head.shape == (2, 1540, 256)
    for allowed in (None, [0, 1]):
        for vectors in (points[::50], points[:40] * 0.5, 1e4 * points[7:9]):
            plain = brute.query(vectors, 7, allowed)
            assert_same(tree.query(vectors, 7, allowed), plain.rows, plain.distances)


def test_more_neighbors_than_points_are_filled_up(any_road, cloud):
    points, labels = cloud
    allowed = np.unique(labels)[:2]
    tree = Tree.build(points, labels, levels=1)

    rows, distances = naive.nearest(points, labels, points[:3], 200, set(allowed.tolist()))

    assert_same(tree.query(points[:3], 200, allowed), rows, distances)


def test_a_condition_looked_up_once_allows_the_same(cloud):
    for engine in (Tree, BruteForce):
        one, other = engine.build(*cloud), engine.build(*cloud)
        for allowed in (np.unique(cloud[1])[3:9], [], None):
            answer = one.query(cloud[0][:9], 4, allowed)

            assert_same(one.query(cloud[0][:9], 4, one.condition(allowed)), answer.rows, answer.distances)
        with pytest.raises(ValueError, match="other points"):
            other.query(cloud[0][:9], 4, one.condition(allowed))


def test_the_places_of_a_condition_are_runs():
    labels = np.repeat(np.array([4, 7, 9, 12], np.int32), 2)

    spans = Tree.build(np.zeros((8, 1), np.float32), labels).condition([9, 7, 12, 8, 99]).spans

    assert spans.tolist() == [[2, 8]]


def test_a_mask_allows_what_the_list_of_its_labels_allows(cloud):
    points, labels = cloud[0], (cloud[1] % 7).astype(np.int32)
    tree = Tree.build(points, labels)
    mask = np.array([True, False, True, False, False, False, False, True])

    answer = tree.query(points[:9], 4, [7, 2, 0, 0])

    assert_same(tree.query(points[:9], 4, mask), answer.rows, answer.distances)


def test_a_condition_without_points_gives_no_neighbors(cloud):
    tree = Tree.build(*cloud)

    for allowed in ([], [4], np.zeros(3, bool)):
        answer = tree.query(cloud[0][:2], 3, allowed)
        assert (answer.rows == -1).all() and (answer.distances == np.inf).all()


def test_a_tree_without_points_has_no_neighbors():
    tree = Tree.build(np.empty((0, 2), np.float32), np.empty(0, np.int32))

    assert tree.query(np.zeros((1, 2), np.float32), 2).rows.tolist() == [[-1, -1]]
    assert tree.query(np.zeros((0, 2), np.float32), 2).rows.shape == (0, 2)


def test_a_tree_comes_back_from_its_folder_the_same(cloud, tmp_path):
    tree = Tree.build(*cloud)
    before = tree.query(cloud[0][:20], 3)

    tree.save(tmp_path / "tree")
    again = Tree.load(tmp_path / "tree")

    assert_same(again.query(cloud[0][:20], 3), before.rows, before.distances)
    assert [p.suffix for p in (tmp_path / "tree").iterdir()] == [".npy"] * len(tree.arrays)
    with pytest.raises(OSError):
        tree.save(tmp_path / "tree")


def test_answers_cannot_be_written_to(cloud):
    answer = Tree.build(*cloud).query(cloud[0][:2], 3)

    with pytest.raises(ValueError):
        answer.rows[0, 0] = 0


@pytest.mark.parametrize("engine", [Tree, BruteForce])
def test_what_is_not_a_finite_float32_table_is_refused(engine):
    labels = np.zeros(2, np.int32)
    for points in (
        np.zeros((2, 2)),
        np.zeros(2, np.float32),
        np.array([[0], [np.nan]], np.float32),
        np.zeros((2, 0), np.float32),
    ):
        with pytest.raises(ValueError, match="points must"):
            engine.build(points, labels)
    known = engine.build(np.zeros((2, 2), np.float32), labels)

    for vectors in (np.zeros((1, 3), np.float32), np.full((1, 2), np.inf, np.float32)):
        with pytest.raises(ValueError, match="vectors must"):
            known.query(vectors, 1)
    with pytest.raises(ValueError, match="k must"):
        known.query(np.zeros((1, 2), np.float32), 0)
    with pytest.raises(ValueError, match="exclude"):
        known.query(np.zeros((1, 2), np.float32), 1, exclude=np.zeros(3, np.int32))
    with pytest.raises(ValueError, match="allowed"):
        known.query(np.zeros((1, 2), np.float32), 1, np.array([0.5]))


def test_the_tutorial_is_true():
    done = doctest.testmod(generator.condtree.tree)

    assert done.attempted > 10 and done.failed == 0


@given(st.lists(st.tuples(SCORES, st.integers(0, 2**31 - 1)), max_size=20), st.integers(1, 8))
@settings(deadline=None)
def test_keys_are_kept_in_the_order_of_scores_and_then_rows(pairs, k):
    pairs = [(np.float32(score) + np.float32(0), row) for score, row in pairs]
    keys = np.full(k, compiled.key_of(-np.inf, -1))

    for score, row in pairs:
        compiled.insert(keys, compiled.key_of(score, row))

    wanted = (sorted(pairs, key=lambda pair: (-pair[0], pair[1])) + [(-np.inf, -1)] * k)[:k]
    assert [(compiled.score_of(key), compiled.row_of(key)) for key in keys][: len(pairs)] == wanted[: len(pairs)]


@given(st.lists(st.integers(-3, 9), max_size=30))
@settings(deadline=None)
def test_nodes_wait_in_the_order_of_their_bounds(numbers):
    bounds, nodes = np.empty(30), np.empty(30, np.int32)
    waiting, size = [], 0
    for number in numbers:
        if number >= 0:
            compiled.push(bounds, nodes, size, float(number), number)
            waiting, size = sorted([*waiting, number]), size + 1
        elif waiting:
            assert (bounds[0], nodes[0]) == (waiting[0], waiting[0])
            compiled.pop(bounds, nodes, size)
            waiting, size = waiting[1:], size - 1

    assert sorted(nodes[:size].tolist()) == waiting


def test_a_quick_sum_near_a_rounding_boundary_gives_way_to_the_sum_in_order():
    # 1 + 2^-24 lies halfway between two float32; 2^-60 is lost by one order of summation, not by another.
    points = np.array([[2.0**-60, 1, 2.0**-24, 2.0**-60], [1, 1, 1, 1]], np.float32)
    wanted = naive.products(points[:1], points[1:])[0, 0]

    for quick in (1 + 2.0**-24, 1 + 2.0**-24 + 2.0**-52, 1 + 2.0**-24 - 2.0**-53):
        assert compiled.inner(quick, compiled.inner_error(4, 4.0), points, 0, 1) == wanted


def nearness(vector, points):
    """Return x.q - ||x||^2 / 2 of every point as exact fractions would, nearly: in long double."""
    x, q = points.astype(np.longdouble), vector.astype(np.longdouble)
    return x @ q - (x * x).sum(axis=1) / 2


@settings(deadline=None, max_examples=200)
@given(clouds(), st.integers(0, 2**32), st.integers(-140, 40))
def test_the_bounds_never_fall_below_what_they_bound(cloud, seed, power):
    points, labels = cloud
    if len(points) == 0:
        return
    n, d = points.shape
    random = np.random.default_rng(seed)
    vectors = [points[random.integers(n)], (random.normal(size=d) * 2.0**power).astype(np.float32)]
    tree = Tree.build(points, labels, levels=2).arrays

    for vector in vectors:
        exact = nearness(vector, tree.points)
        for level, bounds in enumerate(bounds_of(tree, vector)):
            assert (bounds.astype(np.longdouble) >= exact - 2.0**-101).all(), level


def test_the_bounds_hold_where_the_head_leaves_half_of_every_point():
    # For a query that is a point, or nearly, Cauchy and Schwarz are exact: what is left points the same way in both.
    points = np.random.default_rng(3).normal(size=(900, 480)).astype(np.float32)
    tree = Tree.build(points, np.zeros(900, np.int32), levels=1).arrays

    for vector in (tree.points[5], 3 * tree.points[5], tree.points[5] + 1e-3 * tree.points[6]):
        exact = nearness(vector, tree.points)
        body, head = bounds_of(tree, vector)
        near = np.linalg.norm(vector) * np.linalg.norm(tree.points[5])
        assert (body >= exact).all() and (head >= exact).all()
        assert body[5] - exact[5] < 0.03 * near and head[5] - exact[5] < 0.03 * near


def bounds_of(tree, vector):
    """Return what the body and then each level of the head says of every point."""
    n = len(tree.points)
    places = np.append(np.arange(n), [n - 1] * 3).astype(np.int32)
    _, length = tree_kernels.length_of(vector)
    query = tree_kernels.round_query(vector, length / quantization.FULL, tree.body.shape[1])
    sums, bounds = np.zeros(n + 3, np.float32), np.empty(n + 3, np.float32)
    tree_kernels.measure(tree.body, query, tree_kernels.body_terms(length), places, n, sums, bounds)
    answer, inside = [bounds[:n].copy()], 0.0
    sums[:] = 0
    for level in range(len(tree.head)):
        code, terms, inside = tree_kernels.code_query(tree, level, query, length, inside)
        tree_kernels.measure(tree.head[level], code, terms, places, n, sums, bounds)
        answer.append(bounds[:n].copy())
    return answer


@settings(deadline=None)
@given(st.lists(st.integers(-50, 50), min_size=1, max_size=90), st.integers(1, 40), st.integers(1, 9))
def test_leaders_are_the_greatest_of_the_residue_classes(values, c, m):
    bounds, most = np.array(values, np.float32), np.empty(c, np.float32)
    which = np.empty(min(m, c, len(bounds)), np.int64)

    tree_kernels.leaders(bounds, most, np.empty(len(which), np.int64), which)

    greatest = sorted((bounds[j::c].max() for j in range(min(c, len(bounds)))), reverse=True)
    assert bounds[which].tolist() == greatest[: len(which)] and len(set(which % c)) == len(which)


def test_the_basis_is_orthonormal_but_for_rounding(cloud):
    tree = Tree.build(*cloud, levels=1).arrays
    vectors = tree.basis[0, :12, :12] / quantization.FULL

    assert abs(vectors @ vectors.T - np.eye(12)).max() < 1e-3 and tree.error[0] < 1e-2


@given(st.lists(st.floats(width=32, allow_nan=False, min_value=0), max_size=30), st.integers(1, 8))
@settings(deadline=None)
def test_the_least_squares_are_kept_falling(values, k):
    least = np.empty(k, np.float32)

    scan_kernels.least_of(np.array(values, np.float32), least)

    assert least.tolist() == (sorted(values) + [np.inf] * k)[:k][::-1]
