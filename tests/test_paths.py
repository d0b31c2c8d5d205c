"""Paths between works: the graph against plain loops, the path against all paths there are, and what binds it."""

from dataclasses import replace
from itertools import pairwise, permutations

import numpy as np
import pytest
from support.sites import analogies_of, make

from generator.analysis import closeness, paths
from generator.analysis.closeness import SAME, encode
from generator.analysis.paths import LONGEST, MOST, SHARE, WIDE, WIDEST, Conditions
from generator.core.findings import Graph


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    collection, analogies, _ = make(tmp_path_factory.mktemp("paths"), n=60)
    years = [None if row % 9 == 0 else 1500 + 10 * (row * 7 % 20) for row in range(60)]
    works = tuple(replace(work, year=year) for work, year in zip(collection.works, years, strict=True))
    collection = replace(collection, works=works)
    return collection, analogies, paths.graph(collection, analogies)


def price(analogies, code):
    factor = MOST ** sum(int(code) <= limit for limit in encode(analogies.scale[list(WIDE)]).tolist())
    return min((65_535 - int(code)) >> 7, WIDEST) ** 6 // SHARE * factor


def steps_of(graph):
    return {
        tuple(ends): code
        for *ends, code in zip(graph.one.tolist(), graph.other.tolist(), graph.codes.tolist(), strict=True)
    }


def line(codes, times=None):
    """Return the graph of works 0, 1, 2 ... each a step from the next."""
    n = len(codes) + 1
    return Graph(
        one=np.arange(n - 1, dtype=np.int32),
        other=np.arange(1, n, dtype=np.int32),
        codes=np.array(codes, np.uint16),
        times=np.array(times or [0] * n, np.uint16),
    )


def test_each_work_brings_its_nearest_of_every_kind_and_no_copy_of_itself(made):
    collection, analogies, graph = made
    wanted = {}
    for row in range(60):
        near = sorted(
            (-int(code), other)
            for other, code in zip(
                analogies.rows[row].ravel().tolist(), encode(analogies.similarity[row].ravel()), strict=True
            )
            if other >= 0 and code < SAME
        )
        kinds = [(paths.NEAREST, lambda other: True)]
        for labels in collection.labels.T:
            kinds += [
                (paths.OWN, lambda other, of=labels, row=row: of[other] == of[row]),
                (paths.OTHER, lambda other, of=labels, row=row: of[other] != of[row]),
            ]
        kinds.append((paths.CELL, lambda other, row=row: collection.cell_of[other] == collection.cell_of[row]))
        for most, fits in kinds:
            for code, other in [one for one in near if fits(one[1])][:most]:
                wanted[min(row, other), max(row, other)] = -code

    assert steps_of(graph) == wanted


def test_a_path_is_the_cheapest_of_all_that_have_few_enough_steps(made):
    collection, analogies, graph = made
    few = Graph(
        **{name: getattr(graph, name)[(graph.one < 9) & (graph.other < 9)] for name in ("one", "other", "codes")},
        times=graph.times,
    )
    doors = dict(steps_of(few))
    alone = replace(
        analogies, rows=np.full_like(analogies.rows, -1), similarity=np.full_like(analogies.similarity, -np.inf)
    )
    for one, other in ((0, 8), (3, 5), (7, 1)):
        ways = [
            (one, *between, other)
            for size in range(8)
            for between in permutations(sorted({*range(9)} - {one, other}), size)
        ]
        known = [way for way in ways if all((min(step), max(step)) in doors for step in pairwise(way))]
        costs = [sum(price(analogies, doors[min(step), max(step)]) for step in pairwise(way)) for way in known]
        path = paths.find(collection, alone, few, one, other)

        assert (path is None and not known) or sum(
            price(analogies, doors[min(s), max(s)]) for s in pairwise(path)
        ) == min(costs)


def test_a_path_leads_back_the_way_it_came(made):
    collection, analogies, graph = made
    for one, other in ((0, 59), (12, 40), (33, 7)):
        assert (
            paths.find(collection, analogies, graph, one, other)
            == paths.find(collection, analogies, graph, other, one)[::-1]
        )


def test_small_steps_go_before_few_and_a_wide_step_only_where_nothing_else_leads_on(made):
    collection, analogies, _ = made
    alone = replace(
        analogies, rows=np.full_like(analogies.rows, -1), similarity=np.full_like(analogies.similarity, -np.inf)
    )
    near, wide = int(encode(alone.scale[[990]])[0]) + 1, int(encode(alone.scale[[900]])[0])
    graph = line([near] * 7)
    short = Graph(
        one=np.append(graph.one, 0).astype(np.int32),
        other=np.append(graph.other, 7).astype(np.int32),
        codes=np.append(graph.codes, wide).astype(np.uint16),
        times=np.zeros(60, np.uint16),
    )

    assert paths.find(collection, alone, short, 0, 7) == tuple(range(8))


def test_a_longer_path_is_found_where_there_is_no_shorter_and_none_beyond_the_longest(made):
    collection, analogies, _ = made
    alone = replace(
        analogies, rows=np.full_like(analogies.rows, -1), similarity=np.full_like(analogies.similarity, -np.inf)
    )
    graph = replace(line([50_000] * 59), times=np.zeros(60, np.uint16))

    assert paths.find(collection, alone, graph, 0, LONGEST) == tuple(range(LONGEST + 1))
    assert paths.find(collection, alone, graph, 0, LONGEST + 1) is None


def test_works_between_are_of_the_value_that_is_asked_for_and_there_is_one(made):
    collection, analogies, graph = made
    inside = collection.labels[:, 0] == 2
    for one, other in ((0, 59), (3, 50), (10, 11)):
        path = paths.find(collection, analogies, graph, one, other, Conditions(through=inside))

        assert len(path) > 2 and inside[list(path[1:-1])].all()


def test_a_value_changes_at_every_step(made):
    collection, analogies, graph = made
    labels = collection.labels[:, 1]
    for one, other in ((0, 59), (3, 50), (10, 41)):
        path = paths.find(collection, analogies, graph, one, other, Conditions(differing=1))

        assert all(labels[before] != labels[after] for before, after in pairwise(path))


def test_a_path_in_time_never_turns_back_and_leads_through_dated_works(made):
    collection, analogies, graph = made
    found = 0
    for one, other in ((1, 59), (50, 3), (10, 41), (5, 28)):
        if path := paths.find(collection, analogies, graph, one, other, Conditions(in_time=True)):
            years = [collection.works[row].year for row in path]
            found += 1

            assert years in (sorted(years), sorted(years, reverse=True))
    assert found > 1
    assert paths.find(collection, analogies, graph, 0, 1, Conditions(in_time=True)) is None


def test_a_work_is_its_own_path(made):
    assert paths.find(*made, 4, 4) == (4,)


def test_two_copies_are_never_one_step_apart(made):
    collection, analogies, graph = made
    path = paths.find(collection, analogies, graph, 20, 30)

    assert (30, 20) not in steps_of(graph) and (20, 30) not in steps_of(graph)
    assert path is None or len(path) > 2


def test_costs_stay_where_scripts_count_exactly():
    assert LONGEST * (WIDEST**6 // SHARE) * MOST**2 < 2**53


def test_wide_steps_are_those_that_the_site_calls_distant_or_not_close():
    assert closeness.LIMITS[2:] == WIDE


def test_examples_are_long_differ_at_their_ends_and_share_no_work(tmp_path):
    random = np.random.default_rng(2)
    collection, _, _ = make(tmp_path, n=200, facets=(("form", 6), ("stuff", 5)))
    place = random.permutation(200) / 200 * np.pi  # all on half a circle: what is far is reached by many steps
    vectors = np.stack([np.cos(place), np.sin(place), *random.normal(size=(6, 200)) * 0.1], axis=1)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    noted = tuple(replace(work, content_note="a note" if row < 20 else "") for row, work in enumerate(collection.works))
    collection = replace(collection, works=noted)
    analogies = analogies_of(vectors, collection)
    examples = paths.graph(collection, analogies, showing=5).examples
    works = [row for path in examples for row in path]

    assert 2 <= len(examples) <= 5 and len(set(works)) == len(works) and min(works) >= 20
    for path in examples:
        assert len(path) > paths.FEWEST and (collection.labels[path[0]] != collection.labels[path[-1]]).all()
    assert paths.graph(collection, analogies, showing=5).examples == examples
