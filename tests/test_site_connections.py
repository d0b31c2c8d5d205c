"""The views of the whole collection: what they find, against plain loops; and their pages, whatever the collection."""

import re
from collections import Counter
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from support.sites import Page, analogies_of, make, write

from generator.analysis import best_matches, closeness, overview, periods, value_matrix
from generator.analysis.best_matches import BestMatches
from generator.analysis.closeness import Scale
from generator.core.findings import Analogies
from generator.site import render
from generator.site.pages import connections


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make(tmp_path_factory.mktemp("connections"), n=60)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("views")
    collection, analogies, pictures = make(folder / "pictures", n=120)
    analogies = replace(analogies, scale=(analogies.scale * 0.6).astype(np.float32))  # so that much is close
    marked = SimpleNamespace(
        mark=2, marked=np.arange(9), others=np.arange(9, 11), beside=np.arange(20, 30), expected=2.24, adjusted=0.01
    )
    out = write(folder, (collection, analogies, pictures), found={"clusters": ((marked,), ())})
    return out, collection, analogies


def naive(collection, analogies, row, allowed):
    """Return the nearest listed work of a work among the allowed, no copy of it, and the cosine."""
    listed = zip(analogies.rows[row].ravel().tolist(), analogies.similarity[row].ravel().tolist(), strict=True)
    good = [
        (-cosine, other)
        for other, cosine in listed
        if other >= 0 and allowed(other) and closeness.encode(np.float32([cosine]))[0] < closeness.SAME
    ]
    return (min(good)[1], -min(good)[0]) if good else (-1, -np.inf)


def test_the_best_of_every_value_is_that_of_a_plain_loop(made):
    collection, analogies, _ = made
    for facet, best in enumerate(best_matches.of_facets(collection, analogies)):
        labels = collection.labels[:, facet]
        for row in range(60):
            for value in range(best.rows.shape[1]):
                wanted = naive(collection, analogies, row, lambda other, v=value, of=labels: of[other] == v)

                assert (int(best.rows[row, value]), float(best.cosine[row, value])) == pytest.approx(wanted), (
                    row,
                    value,
                )


def test_the_best_across_all_facets_differs_in_each(made):
    collection, analogies, _ = made
    best = best_matches.across_all(collection, analogies)
    for row in range(60):
        labels = collection.labels[row]
        wanted = naive(collection, analogies, row, lambda other, mine=labels: (collection.labels[other] != mine).all())

        assert best.rows[row, 0] == wanted[0]


def test_the_best_of_groups_is_that_of_facets_where_groups_are_its_values(made):
    collection, analogies, _ = made
    labels = collection.labels[:, 0].astype(np.int64)
    groups, values = (
        best_matches.of_groups(collection, analogies, labels, 5),
        best_matches.of_facets(collection, analogies)[0],
    )

    assert np.array_equal(groups.rows, values.rows) and np.array_equal(groups.cosine, values.cosine)


def test_a_copy_is_no_match_and_is_marked(made):
    collection, analogies, _ = made
    facet, other = 0, int(collection.labels[20, 0])
    best = best_matches.of_facets(collection, analogies)[facet]  # work 30 shows what 20 shows

    assert best.copied[30, other] and best.rows[30, other] != 20


def table(cosine, labels, *, scale=None, **given):
    """Return the grid of works whose best in each value has these cosines; each value's first work is the best."""
    near = np.array(cosine, np.float32)
    first = np.array([labels.index(value) for value in range(near.shape[1])], np.int32)
    best = BestMatches(
        rows=np.where(np.isfinite(near), first, -1).astype(np.int32), cosine=near, copied=np.zeros(near.shape, bool)
    )
    ranks = Analogies(
        rows=np.zeros((1, 1, 1), np.int32),
        similarity=np.zeros((1, 1, 1), np.float32),
        scale=np.linspace(0, 1, 1001).astype(np.float32),
    )
    return value_matrix.compare(best, np.array(labels), Scale(ranks), **given)


def test_a_grid_counts_the_works_with_a_close_match_and_names_the_best_pair_in_both_directions():
    found = table([[0.5, 0.995], [0.5, 0.2], [0.999, 0.5]], [0, 0, 1])

    assert found.close.tolist() == [[0, 1], [1, 0]]
    assert found.percent().tolist() == [[0, 50], [100, 0]]
    assert found.pairs[0, 1].tolist() == [0, 2] and found.pairs[1, 0].tolist() == [2, 0]
    assert found.cosine[0, 1] == found.cosine[1, 0] == np.float32(0.999)


def test_values_that_come_close_stand_together_and_those_with_few_works_last():
    labels = [value for value in range(4) for _ in range(5)] + [4]
    near = np.zeros((21, 5), np.float32)
    for one, other in ((0, 2), (2, 3), (3, 1)):
        near[[row for row, label in enumerate(labels) if label == one], other] = 0.995
        near[[row for row, label in enumerate(labels) if label == other], one] = 0.995

    assert table(near, labels).order.tolist() in ([0, 2, 3, 1, 4], [1, 3, 2, 0, 4])
    assert table(near, labels, sort=False).order.tolist() == [0, 1, 2, 3, 4]


def test_periods_are_whole_centuries_that_hold_all_dated_works_and_there_is_no_year_0():
    years = [-150, -1, 1, 100, 101, None, 900, 1500, 1501, 1999, 1850, 1701]
    found = periods.of(SimpleNamespace(works=[SimpleNamespace(year=year) for year in years]))

    assert found.of[5] == -1 and 0 not in np.ravel(found.spans)
    assert all(
        found.spans[at][0] <= year <= found.spans[at][1] for year, at in zip(years, found.of, strict=True) if year
    )
    assert found.spans[found.of[1]][1] == -1 and found.spans[found.of[2]] == (1, 100)


def test_works_of_one_century_are_told_by_decades():
    works = [SimpleNamespace(year=1800 + year) for year in range(1, 100)]

    assert (1801, 1810) in periods.of(SimpleNamespace(works=works)).spans


def test_mutual_pairs_are_each_others_nearest_elsewhere_and_come_closest_first(made):
    collection, analogies, _ = made
    for across in overview.find(collection, analogies).facets:
        labels = collection.labels[:, across.facet]
        near = [
            naive(collection, analogies, row, lambda other, r=row, of=labels: of[other] != of[r]) for row in range(60)
        ]
        wanted = {(row, other) for row, (other, _) in enumerate(near) if other > row and near[other][0] == row}
        cosines = [near[one][1] for one, _ in across.mutual]

        assert across.mutual and set(across.mutual) <= wanted and cosines == sorted(cosines, reverse=True)
        assert all(near[one][1] < min(cosines) for one, other in wanted - set(across.mutual))


def test_a_work_is_alone_where_nothing_elsewhere_is_close_nor_a_copy(made):
    collection, analogies, _ = made
    across = overview.find(collection, analogies).facets[0]
    scale, labels = Scale(analogies), collection.labels[:, 0]
    for row in range(60):
        _, cosine = naive(collection, analogies, row, lambda other, r=row: labels[other] != labels[r])
        rank = scale.ranks(closeness.encode(np.float32([cosine])))[0]
        copy = row in (20, 30) and labels[20] != labels[30]

        assert (row in across.outliers) == (rank < closeness.LIMITS[closeness.CLOSE] and not copy), row


def test_leaps_are_close_the_widest_first_and_show_no_work_twice(made):
    collection, analogies, _ = made
    found = overview.find(collection, analogies).leaps
    years = [abs(collection.works[one].year - collection.works[other].year) for one, other in found]

    assert found and years == sorted(years, reverse=True)
    assert max(Counter(row for pair in found for row in pair).values()) == 1


def test_works_that_fill_each_others_lists_with_copies_are_not_called_alone(tmp_path):
    collection, _, _ = make(tmp_path, n=40)
    vectors = np.random.default_rng(1).normal(size=(40, 8))
    vectors[::2] = vectors[0]  # twenty of the same picture, more than a list holds
    analogies = analogies_of(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), collection)
    found = overview.find(collection, analogies)

    assert not {row for across in found.facets for row in across.outliers} & set(range(0, 40, 2))
    assert not [pair for across in found.facets for pair in across.mutual if pair[0] % 2 == pair[1] % 2 == 0]


def test_every_view_has_its_pages_and_the_first_one_leads_to_all(built):
    out, _, _ = built
    first = (out / "connections/index.html").read_text(encoding="utf-8")

    for name in ("form", "stuff", "each-other", "each-other/form", "across-time", "widest-leaps", "of-their-own/form"):
        assert (out / "connections" / name / "index.html").is_file() and f"connections/{name}/index.html" in first, name


def test_a_table_has_a_row_and_a_column_of_each_value_and_leads_to_the_best_pairs(built):
    out, collection, analogies = built
    text = (out / "connections/form/index.html").read_text(encoding="utf-8")
    found = overview.find(collection, analogies).facets[0].matrix
    pairs = {
        frozenset(re.findall(r"pairs/([^/]+)/([^/]+)/", href)[0])
        for href in re.findall(r'<td class="s\d"><a href="([^"]+)', text)
    }
    works = [work.id for work in collection.works]

    assert text.count('scope="row"') == text.count('scope="col"') == 5
    assert pairs and pairs <= {frozenset(works[row] for row in pair) for pair in found.pairs.reshape(-1, 2).tolist()}


def test_the_page_of_a_value_shows_its_best_pair_with_every_other(built):
    out, collection, _ = built
    pages = sorted((out / "connections/form/f-0").rglob("index.html"))
    heads = [
        head
        for page in pages
        for head in re.findall(r"<h2><a [^>]+>([^<]+)</a></h2>", page.read_text(encoding="utf-8"))
    ]

    assert sorted(heads) == [value.replace("&", "&amp;") for value in collection.facets[0].values[1:]]


def test_a_kind_of_its_own_is_told_in_figures_and_pictures(built):
    out, _, _ = built
    text = (out / "connections/of-their-own/form/index.html").read_text(encoding="utf-8")

    assert "Of 11 works that look like these, 9 belong to form &amp; 2." in text and "about 2.2 would." in text
    assert text.count("<img") == 9 + 4


def test_values_beyond_one_table_are_listed_and_each_has_its_page_within_the_budget(tmp_path):
    made = make(
        tmp_path / "pictures",
        n=150,
        facets=(("form", 90), ("stuff", 2)),
        title="A long title, " * 30,
        alt="shown " * 90,
    )
    out = write(tmp_path, made)
    sizes = [path.stat().st_size for path in (out / "connections").rglob("*.html")]
    table = (out / "connections/form/index.html").read_text(encoding="utf-8")

    assert max(sizes) <= render.BUDGET
    pairs = [
        path.read_text(encoding="utf-8").count('class="duo') for path in (out / "connections/form/f-0").rglob("*.html")
    ]

    assert sum(pairs) == 60 < len(made[0].facets[0].values) - 1
    assert table.count('scope="row"') == 30 and "form/all/index.html" in table
    assert (
        len([path for path in (out / "connections/form").iterdir() if path.is_dir()])
        == len(made[0].facets[0].values) + 1
    )


@pytest.mark.parametrize(
    ("n", "sizes", "year"), [(1, (1, 1), None), (2, (1, 2), None), (9, (1, 1), 1900), (9, (3, 1), None)]
)
def test_a_collection_without_values_or_years_to_compare_has_what_there_is(tmp_path, n, sizes, year):
    made = make(tmp_path / "pictures", n=n, facets=(("form", sizes[0]), ("stuff", sizes[1])), year=year)
    out = write(tmp_path, made)
    there = connections.wanted(overview.find(*made[:2]))

    assert there == (out / "connections/index.html").is_file() == any(len(facet.values) > 1 for facet in made[0].facets)
    assert ("connections/index.html" in (out / "index.html").read_text(encoding="utf-8")) == there


def test_every_pair_that_is_listed_has_a_page_of_its_own(built):
    out, _, _ = built
    for name in ("each-other", "widest-leaps"):
        page = Page(out / "connections" / name / "index.html")
        duos = [
            given["href"] for tag, given in page.elements if tag == "a" and given.get("class", "").startswith("duo")
        ]

        assert duos and all((out / "connections" / name / href).resolve().is_file() for href in duos)


def test_pages_of_connections_use_pictures_that_lie_where_they_say(built):
    out, _, _ = built
    for path in (out / "connections").rglob("*.html"):
        for link in Page(path).links:
            assert "\x00" not in link, path


def test_the_works_of_a_value_lead_to_its_connections_and_back(built):
    out, collection, _ = built
    for facet in collection.facets:
        for slug in facet.slugs:
            works, met = (f"{part}/{facet.name}/{slug}/index.html" for part in ("browse", "connections"))

            assert f'href="../../../connections/{facet.name}/{slug}/' in (out / works).read_text()
            assert f'href="../../../browse/{facet.name}/{slug}/' in (out / met).read_text()
    narrow = next((out / "browse").glob("*/*/*/*/index.html"))
    assert "/connections/" not in narrow.read_text().split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(
    ("percent", "step"),
    [(100, 0), (50, 0), (49, 1), (25, 1), (24, 2), (10, 2), (9, 3), (1, 3), (0, 4)],
)
def test_each_shade_of_a_table_begins_at_its_share(percent, step):
    assert value_matrix.shade(percent) == step
