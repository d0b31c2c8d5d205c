"""The statistic of blind spots: exact chances, a tree without labels, and what it finds and does not find."""

import math
from itertools import accumulate, pairwise

import numpy as np
import pytest
from scipy.stats import contingency
from support.making import Silent

from generator.analysis.clusters import bisection, hypergeometric, merging, permutation_test
from generator.analysis.clusters.bisection import Partition
from generator.analysis.clusters.permutation_test import Question
from generator.core.findings import EXCESS, MISSING

QUIET = Silent()
SEEDS = 200


def clusters(random, sizes, *, d=6, apart=6.0):
    """Return points in clusters of these sizes, and the cluster of each."""
    which = np.repeat(np.arange(len(sizes)), sizes)
    centers = apart * random.standard_normal((len(sizes), d))
    return (centers[which] + random.standard_normal((len(which), d))).astype(np.float32), which


def found(points, labels, *, smallest=10, **asked):
    """Return the partition, verdict and regions of label 1, or of the marks asked about."""
    question = Question(**{"marks": (1,), "deals": 199, **asked})
    partition = bisection.grow(points, smallest, QUIET)
    verdict = permutation_test.judge(partition, labels, question, QUIET)
    return partition, verdict, merging.regions_of(points, labels, partition, question, verdict)


def test_tails_are_those_of_counting_all_ways_to_deal():
    n, marked, size = 12, 5, 7
    least, tails = hypergeometric.log_tails(hypergeometric.log_factorials(n), marked, size)
    ways = [math.comb(marked, x) * math.comb(n - marked, size - x) / math.comb(n, size) for x in range(6)]

    assert least == 0
    np.testing.assert_allclose(np.exp(tails[MISSING]), np.cumsum(ways), rtol=1e-12)
    np.testing.assert_allclose(np.exp(tails[EXCESS]), np.cumsum(ways[::-1])[::-1], rtol=1e-12)


def test_a_tail_beyond_what_a_float_can_hold_is_still_a_number():
    _, tails = hypergeometric.log_tails(hypergeometric.log_factorials(20_000), 10_000, 8_000)

    def log_choose(n, k):
        return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)

    assert tails[MISSING][0] == pytest.approx(log_choose(10_000, 8_000) - log_choose(20_000, 8_000))  # about -8456
    assert tails.max() <= 0


@pytest.mark.parametrize(("n", "marked", "size"), [(922, 450, 200), (3_000, 300, 200), (20_000, 200, 3_000)])
def test_tails_of_large_collections_are_exact_to_nine_digits(n, marked, size):
    least, tails = hypergeometric.log_tails(hypergeometric.log_factorials(n), marked, size)
    ways = [math.comb(marked, x) * math.comb(n - marked, size - x) for x in range(least, least + tails.shape[1])]
    fewer, more = accumulate(ways), [*accumulate(reversed(ways))][::-1]  # integers of thousands of digits
    every = math.log(math.comb(n, size))

    np.testing.assert_allclose(tails[MISSING], [math.log(way) - every for way in fewer], rtol=0, atol=1e-9)
    np.testing.assert_allclose(tails[EXCESS], [math.log(way) - every for way in more], rtol=0, atol=1e-9)


@pytest.mark.parametrize(("n", "marked", "size", "x"), [(922, 100, 60, 40), (922, 450, 200, 12), (3_000, 300, 200, 1)])
def test_an_interval_is_the_one_of_scipy(n, marked, size, x):
    table = [[x, size - x], [marked - x, n - marked - size + x]]
    theirs = contingency.odds_ratio(np.array(table)).confidence_interval(0.95)
    ours = hypergeometric.odds_interval(hypergeometric.log_factorials(n), marked, size, x, 0.05)

    assert ours == pytest.approx((theirs.low, theirs.high), rel=1e-9)


def test_an_interval_ends_where_so_few_or_so_many_would_be_rare():
    n, marked, size, x = 30, 17, 12, 2  # the twins of Fisher's example; R, in few digits, says 0.0033 to 0.363
    low, high = hypergeometric.odds_interval(hypergeometric.log_factorials(n), marked, size, x, 0.05)

    def tail(odds, counts):
        ways = [math.comb(marked, y) * math.comb(n - marked, size - y) * odds**y for y in range(size + 1)]
        return sum(ways[y] for y in counts) / sum(ways)

    assert (low, high) == pytest.approx((0.003317, 0.36319), rel=1e-3)
    assert tail(low, range(x, size + 1)) == pytest.approx(0.025)
    assert tail(high, range(x + 1)) == pytest.approx(0.025)


def test_an_interval_without_marked_pictures_begins_at_zero_and_one_without_others_never_ends():
    facts = hypergeometric.log_factorials(40)

    assert hypergeometric.odds_interval(facts, 20, 10, 0, 0.05)[0] == 0
    assert hypergeometric.odds_interval(facts, 20, 10, 10, 0.05)[1] == math.inf
    assert hypergeometric.odds_ratio(40, 20, 10, 0) == 0
    assert hypergeometric.odds_ratio(40, 20, 10, 10) == math.inf


@pytest.mark.parametrize("smallest", [1, 2, 7, 60])
def test_every_node_is_cut_in_two_that_are_large_enough_or_is_too_small_to_cut(smallest):
    points, _ = clusters(np.random.default_rng(0), [60, 30, 9, 1])
    partition = bisection.grow(points, smallest, QUIET)
    sizes = np.diff(partition.span, axis=1)[:, 0]

    assert sorted(partition.order) == list(range(100))
    assert partition.span[0].tolist() == [0, 100]
    for node, (first, last) in enumerate(partition.span.tolist()):
        children = partition.span[partition.parent == node].tolist()

        assert sizes[node] >= smallest
        assert len(children) == (0 if sizes[node] < 2 * smallest else 2)
        assert not children or [first, *[end for _, end in children]] == [first, children[0][1], last]
        assert all(one[1] == other[0] for one, other in pairwise(children))


def test_clusters_are_nodes_of_the_tree():
    points, which = clusters(np.random.default_rng(1), [40, 25, 25, 10], apart=20.0)
    partition = bisection.grow(points, 5, QUIET)
    nodes = {frozenset(partition.rows(node).tolist()) for node in range(len(partition.span))}

    assert all(frozenset(np.flatnonzero(which == cluster).tolist()) in nodes for cluster in range(4))


def test_points_that_are_all_the_same_are_not_cut():
    partition = bisection.grow(np.ones((50, 3), np.float32), 5, QUIET)

    assert partition.span.tolist() == [[0, 50]]


def test_the_tree_is_the_same_every_time():
    points, _ = clusters(np.random.default_rng(2), [50, 50])
    one, other = (bisection.grow(points, 5, QUIET) for _ in range(2))

    assert one.order.tolist() == other.order.tolist()
    assert one.span.tolist() == other.span.tolist()


def test_adjusted_p_values_are_those_of_a_plain_loop_over_the_same_deals():
    partition = Partition(
        order=np.array([3, 1, 0, 2, 5, 4, 7, 6], np.int32),
        span=np.array([[0, 8], [0, 5], [0, 2], [2, 5], [5, 8]], np.int32),
        parent=np.array([-1, 0, 1, 1, 0], np.int32),
    )
    labels = np.array([0, 0, 1, 0, 1, 1, 1, 0], np.int32)
    question = Question(marks=(1,), deals=50)
    verdict = permutation_test.judge(partition, labels, question, QUIET)
    deals = np.concatenate(list(permutation_test._deals(labels, question)))
    best = [min(min(tails(partition, deal, node)) for node in range(5)) for deal in deals]
    for node in range(5):
        for direction, p in enumerate(tails(partition, labels[partition.order], node)):
            as_far = sum(one <= p * (1 + 1e-9) for one in best)

            assert verdict.adjusted[0, direction, node] == pytest.approx((1 + as_far) / 51)
            assert math.exp(verdict.log_p[0, direction, node]) == pytest.approx(p)


def tails(partition, dealt, node):
    """Return the chances of so few, and so many, marked ones in a node; a plain twin of the table's."""
    first, last = partition.span[node].tolist()
    n, marked, size, x = len(dealt), int(dealt.sum()), last - first, int(dealt[first:last].sum())
    ways = [math.comb(marked, y) * math.comb(n - marked, size - y) / math.comb(n, size) for y in range(size + 1)]
    return sum(ways[: x + 1]), sum(ways[x:])


def test_only_the_smallest_significant_nodes_are_kept():
    parent = np.array([-1, 0, 1, 1, 0], np.int32)
    significant = np.array([[[True, True, False, True, True], [True, True, False, False, False]]])
    kept = permutation_test._smallest(parent, significant)

    assert kept.tolist() == [[[False, False, False, True, True], [False, True, False, False, False]]]


@pytest.mark.parametrize("left", [0.0, 0.1])
def test_a_starved_class_is_found_whole_and_nothing_else_is_missing(left):
    random = np.random.default_rng(3)
    points, which = clusters(random, [200] * 6)
    labels = random.integers(2, size=len(points)).astype(np.int32)
    keep = (which != 4) | (labels == 0) | (random.random(len(points)) < left)
    points, which, labels = points[keep], which[keep], labels[keep]
    _, _, spots = found(points, labels, smallest=20)
    (spot,) = [region for region in spots if region.direction == MISSING]

    assert set(spot.others.tolist()) == set(np.flatnonzero((which == 4) & (labels == 0)).tolist())
    assert spot.adjusted == 1 / 200 and spot.far()
    assert spot.low <= spot.odds <= spot.high < 0.3
    assert (labels[spot.beside] == 1).all()


def test_smallest_groups_of_one_kind_are_one_region():
    points, which = clusters(np.random.default_rng(4), [150, 150, 150])
    labels = np.where(which == 1, 0, np.arange(450) % 2).astype(np.int32)
    partition, verdict, spots = found(points, labels)
    pieces = [partition.rows(node) for node in np.flatnonzero(verdict.smallest[0, MISSING])]
    (spot,) = [region for region in spots if region.direction == MISSING]

    assert len(pieces) == spot.parts > 1
    assert set(np.concatenate(pieces)) <= set(spot.others.tolist())
    assert len(spot.others) == 150


def test_a_region_where_half_is_missing_and_half_is_not_is_not_joined():
    points, which = clusters(np.random.default_rng(5), [100, 100, 100, 100])
    labels = np.where(which == 1, 0, np.where(which == 2, 1, np.arange(400) % 2)).astype(np.int32)
    spots = found(points, labels)[2]

    assert sorted((region.direction, len(region.shown)) for region in spots) == [(MISSING, 100), (EXCESS, 100)]


def test_of_several_values_each_is_compared_with_all_others():
    points, which = clusters(np.random.default_rng(6), [80, 80, 80])
    labels = np.where(which == 2, 2, np.arange(240) % 2).astype(np.int32)
    spots = found(points, labels, marks=(0, 1, 2), directions=(EXCESS,))[2]

    assert [(region.mark, len(region.shown), len(region.others)) for region in spots[:1]] == [(2, 80, 0)]
    assert spots[0].odds == math.inf
    assert all(region.direction == EXCESS and region.mark != 2 for region in spots[1:])  # they share what is left


def test_where_nothing_differs_anything_is_reported_no_oftener_than_the_level_says():
    wrong = 0
    for seed in range(SEEDS):
        random = np.random.default_rng(seed)
        points, _ = clusters(random, [60, 40, 20])
        labels = random.permutation(np.arange(120) % 2).astype(np.int32)
        partition = bisection.grow(points, 10, QUIET)
        verdict = permutation_test.judge(partition, labels, Question(marks=(1,), deals=99, seed=seed), QUIET)
        wrong += bool(verdict.smallest.any())

    assert wrong <= 20  # of 200 at a level of 0.05, more come with a chance of 0.1 %
