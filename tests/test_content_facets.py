"""The values that a visitor chooses from: their order, their addresses, periods."""

from hypothesis import given, settings
from hypothesis import strategies as st
from support.loading import changed, faults, load
from support.making import SITE

from generator.content import facets


def test_an_empty_facet_becomes_the_named_value_and_stands_last(tmp_path):
    site = SITE + 'not_recorded = "A missing word"\n'
    found, _ = load(changed(tmp_path, {"culture": ""}, {"culture": "Zulu"}, site=site))

    assert found.facets[0].values == ("Celtic", "Chinese", "Greek", "Zulu", "A missing word")


def test_the_period_is_made_from_the_year_in_the_order_of_time(tmp_path):
    site = SITE.replace('["culture", "medium"]', '["period"]') + 'not_recorded = "Undated"\n'
    years = ["1500", "1501", "", "-300", "-1", "1", "100", "101", "-12000", "2000", "1600"]
    found, _ = load(changed(tmp_path, *({"year": year} for year in years), n=11, site=site))
    century = dict(zip([work.id for work in found.works], found.labels[:, 0], strict=True))

    assert found.facets[0].values == (
        "12th millennium BCE",
        "3rd century BCE",
        "1st century BCE",
        "1st century",
        "2nd century",
        "15th century",
        "16th century",
        "20th century",
        "Undated",
    )
    assert century["w000"] != century["w001"] == century["w010"]
    assert "3rd-century-bce" in found.facets[0].slugs


def test_a_work_without_a_year_has_no_period(tmp_path):
    (fault,) = faults(changed(tmp_path, {"year": ""}, site=SITE.replace('"medium"', '"period"')))

    assert (fault.row, fault.column) == (2, "year")
    assert "not_recorded" in fault.fix


def test_no_slug_is_that_of_a_further_page_of_a_list():
    assert facets.slugs(["Page 2"])[0].startswith("page-2-")


def test_slugs_are_readable_safe_and_unique():
    values = ["Greek", "greek!", "Æthel & Œuvre", "中国", "Русский", "???", "CON", "any", "a" * 200, "a" * 201]
    found = facets.slugs(values)

    assert found[0] == "greek" and found[1].startswith("greek-")
    assert found[2:5] == ("aethel-oeuvre", "zhongguo", "russkiy")
    assert found[5].startswith("value-") and found[6].startswith("con-") and found[7].startswith("any-")
    assert len(set(found)) == len(values)
    assert facets.slugs(values[:4]) == found[:4]


@given(st.lists(st.text(max_size=12), unique=True, max_size=20))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_any_values_have_slugs(values):
    found = facets.slugs(values)

    assert len(set(found)) == len(values)
    assert all(
        slug and len(slug) <= 140 and slug.strip("abcdefghijklmnopqrstuvwxyz0123456789-") == "" for slug in found
    )


def test_values_are_sorted_as_a_reader_expects(tmp_path):
    names = ["Room 10", "room 9", "Élan", "zebra", "Eland", "Öl"]
    found, _ = load(changed(tmp_path, *({"culture": name} for name in names)))

    assert found.facets[0].values == ("Élan", "Eland", "Öl", "room 9", "Room 10", "zebra")
