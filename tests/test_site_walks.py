"""What walking needs of the site: ids that are found again, periods to choose from, what two works share."""

import json

import numpy as np
import pytest
from support.sites import context_of, make

from generator.site import records
from generator.site.data import browser


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make(tmp_path_factory.mktemp("walks"), n=300)


@pytest.fixture(scope="module")
def cards(made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    return context_of(folder, made).cards


@pytest.fixture(scope="module")
def facts(made, tmp_path_factory):
    return json.loads(browser.collection_json(context_of(tmp_path_factory.mktemp("facts"), made)))


def test_every_work_is_found_by_its_id_in_one_bucket(made, facts):
    collection = made[0]
    buckets = [json.loads(rows) for rows in browser.ids_json(collection)]
    found = [buckets[browser.bucket(work.id, facts["buckets"])][work.id] for work in collection.works]

    assert found == list(range(300))
    assert len(buckets) == facts["buckets"] == 3
    assert max(map(len, buckets)) < 2 * browser.BUCKET


def test_every_dated_work_has_the_sign_of_its_period(made, facts):
    years = np.array([work.year for work in made[0].works])
    for place, name in enumerate(facts["periods"]["values"]):
        first, last = map(int, name.split("–"))
        signs = {facts["dated"][row] for row in np.flatnonzero((first <= years) & (years <= last))}

        assert signs == {chr(ord("1") + place)}


def test_works_without_years_have_no_periods_to_choose_from(tmp_path):
    facts = json.loads(browser.collection_json(context_of(tmp_path, make(tmp_path / "made", year=None))))

    assert "periods" not in facts and "dated" not in facts


def test_two_works_share_what_both_records_say_and_differ_in_facets_and_years(made, cards):
    labels = made[0].labels
    one, other = 0, next(row for row in range(300) if (labels[row] != labels[0]).tolist() == [True, False])
    facts, untold = records.compare(one, other, cards), records.untold(cards)

    assert records.shared(facts, untold) == [
        "A. Maker",
        cards.values[one][1],
    ]  # and not the museum, which has all of them
    assert records.apart(one, other, cards) == [
        f"{cards.values[one][0]} / {cards.values[other][0]}",
        f"{other} years apart",
    ]
