"""Tree and BruteForce return what the plain float64 twin returns, row by row, on easy and on nasty input."""

import doctest

import naive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generator.condtree.tree
from generator.condtree import BruteForce, Tree
from generator.condtree import kernels as compiled

KINDS = ["random", "unit", "clusters", "grid", "duplicates", "close", "equal", "zero", "tiny", "huge"]
SCORES = st.floats(width=32, allow_nan=False)


@st.composite
def clouds(draw):
    """Points float32 (n, d) and labels 0 .. 7: of one of KINDS."""
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    n, d = draw(st.integers(0, 40)), draw(st.sampled_from([1, 2, 3, 17, 64]))
    points = random.normal(size=(n, d))
    match draw(st.sampled_from(KINDS)):
        case "unit":
            points /= np.linalg.norm(points, axis=1, keepdims=True)
        case "clusters":
            points = points[random.integers(0, 3, n) % max(n, 1)] + 1e-3 * points
        case "grid":
            points = np.round(points)
        case "duplicates":
            points = points[random.integers(0, 4, n) % max(n, 1)]
        case "close":
            points = points[:1] * (1 + 2.0**-23 * random.integers(-2, 3, (n, d)))
        case "equal":
            points = points[np.zeros(n, int)]
        case "zero":
            points = points * (random.random((n, 1)) < 0.3)
        case "tiny":
            points = points * 2.0 ** random.integers(-149, -60, (n, 1))
        case "huge":
            points = points * 2.0 ** random.integers(0, 45, (n, 1))
    labels = random.integers(0, draw(st.integers(1, 8)), n)
    return points.astype(np.float32), labels.astype(np.int32)


def assert_same(answer, rows, distances):
    np.testing.assert_array_equal(answer.rows, rows)
    np.testing.assert_array_equal(answer.distances, distances)


@settings(deadline=None, max_examples=150)
@given(clouds(), st.integers(1, 6), st.sets(st.integers(0, 9)) | st.none(), st.integers(1, 5), st.data())
def test_tree_and_brute_force_find_what_a_float64_loop_finds(cloud, k, allowed, leaf, data):
    points, labels = cloud
    n, d = points.shape
    own = data.draw(st.booleans())
    vectors = points if own else np.random.default_rng(k).normal(size=(5, d)).astype(np.float32)
    exclude = np.arange(n) if own and data.draw(st.booleans()) else None

    rows, distances = naive.nearest(points, labels, vectors, k, allowed, exclude)

    assert_same(Tree.build(points, labels, leaf=leaf).query(vectors, k, allowed, exclude=exclude), rows, distances)
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


def test_threads_and_the_shape_of_the_tree_do_not_show(cloud):
    points, labels = cloud
    allowed = np.unique(labels)[::2]
    plain = BruteForce.build(points, labels).query(points, 9, allowed, threads=1)

    for leaf in (1, 7, 5000):
        for threads in (1, 2, 5):
            answer = Tree.build(points, labels, leaf=leaf).query(points, 9, allowed, threads=threads)
            assert_same(answer, plain.rows, plain.distances)


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


@settings(deadline=None, max_examples=100)
@given(clouds(), st.integers(0, 2**32))
def test_the_bounds_never_exceed_what_they_bound(cloud, seed):
    points, labels = cloud
    d = points.shape[1]
    vector = np.random.default_rng(seed).normal(size=d).astype(np.float32)
    tree = Tree.build(points, labels, leaf=1).arrays

    for node in range(len(tree.span)):
        inside = tree.points[slice(*tree.span[node])]
        squares = naive.distances(vector[None], inside).astype(np.float64) ** 2
        assert compiled.closest(tree, node, vector) <= squares.min() * (1 + 2.0**-22)
        assert set(tree.labels[slice(*tree.span[node])]) == {j for j in range(8) if int(tree.words[node, 0]) >> j & 1}
