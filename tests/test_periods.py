"""Periods: whole centuries or decades that together hold every dated work, about as many works in each."""

from types import SimpleNamespace

import numpy as np
import pytest

from generator.analysis import periods


def of(*years):
    return periods.of(SimpleNamespace(works=[SimpleNamespace(year=year) for year in years]))


@pytest.mark.parametrize(
    ("year", "span"),
    [
        (1800, (1701, 1800)),
        (1801, (1801, 1900)),
        (1900, (1801, 1900)),
        (100, (1, 100)),
        (1, (1, 100)),
        (-1, (-100, -1)),
        (-100, (-100, -1)),
        (-101, (-200, -101)),
    ],
)
def test_a_century_ends_with_its_hundredth_year(year, span):
    found = of(year, *range(1050, 1950, 100))

    assert span in found.spans
    assert found.spans[found.of[0]] == span


def test_years_are_counted_without_a_gap_between_the_eras():
    assert of(-1, 1, -500, None).years.tolist() == [0, 1, -499, 0]


def test_a_collection_of_few_centuries_is_told_in_smaller_parts():
    assert of(*range(1801, 1901)).spans == tuple((year, year + 9) for year in range(1801, 1901, 10))
    assert of(*range(1501, 1901, 4)).spans[0] == (1501, 1550)
    assert of(*range(1101, 1901, 4)).spans[0] == (1101, 1200)


def test_every_dated_work_is_in_one_period_and_the_others_in_none():
    found = of(1650, None, 1849, 1250, None, *range(900, 2000, 10))

    assert [place < 0 for place in found.of.tolist()[:5]] == [False, True, False, False, True]
    for year, place in zip((1650, 1849, 1250), found.of[[0, 2, 3]].tolist(), strict=True):
        first, last = found.spans[place]
        assert first <= year <= last


def test_periods_follow_each_other_and_are_not_many():
    found = of(*range(-3000, 2000))

    assert len(found.spans) <= periods.MOST + 1 == 19
    assert all(after[0] - before[1] in (1, 2) for before, after in zip(found.spans, found.spans[1:], strict=False))


def test_a_period_holds_its_share_of_the_works_and_a_small_rest_joins_the_last():
    many = [1750] * 90 + [1650] * 90 + [1850, 1950]  # at least 182 / 18 works a period; two are left over
    found = of(*many, *[year for year in range(950, 1600, 100) for _ in range(20)])

    assert found.spans[-1][1] == 2000 and found.spans[-1][0] == 1701
    assert found.spans[0] == (950 // 100 * 100 + 1, 1000)


def test_without_a_dated_work_there_is_no_period():
    found = of(None, None)

    assert found.spans == () and found.of.tolist() == [-1, -1] and found.years.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("counts", "least", "begins"),
    [
        ([5, 5, 5], 5, [0, 1, 2]),
        ([1, 4, 5], 5, [0, 2]),
        ([4, 4, 1], 4, [0, 1]),  # a rest below half a period joins the last
        ([4, 4, 2], 4, [0, 1, 2]),  # half a period is one
        ([1], 4, [0]),
        ([1, 1], 4, [0]),
        ([9, 1, 1, 1, 1], 4, [0, 1]),
    ],
)
def test_a_period_takes_parts_until_it_has_enough_works(counts, least, begins):
    assert periods._begins(np.array(counts), least) == begins


def test_seven_centuries_are_told_in_halves_and_eight_in_wholes():
    assert of(*range(1201, 1901, 10)).spans[0] == (1201, 1250)
    assert of(*range(1101, 1901, 10)).spans[0] == (1101, 1200)
