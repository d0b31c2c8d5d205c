"""The pages and data of paths: examples as plain pages, the graph as scripts read it, works by words of their titles."""

import json
from dataclasses import replace

import numpy as np
import pytest
from support import sites
from support.sites import Page, make, settings

from generator.analysis import paths
from generator.site import render
from generator.site.data import browser, title_index
from generator.site.pages import paths as path_pages


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("paths")
    collection, analogies, pictures = make(folder / "pictures", n=60)
    graph = replace(paths.graph(collection, analogies), examples=((3, 9, 20, 41), (50, 12, 7)))
    out = folder / "site"
    write(out, collection, analogies, pictures, graph)
    return out, collection, analogies, graph


def write(out, collection, analogies, pictures, graph):
    sites.write(out.parent, (collection, analogies, pictures), out=out, found={"graph": graph})


def test_an_example_is_a_page_of_its_works_in_order_and_of_each_step(built):
    out, _collection, _, _ = built
    page = Page(out / "paths/w.3/w.41/index.html")
    works = [link.split("/")[-2] for link in page.links if "/works/" in link]

    assert list(dict.fromkeys(works)) == ["w.3", "w.9", "w.20", "w.41"]
    for one, other in (("w.3", "w.9"), ("w.9", "w.20"), ("w.20", "w.41")):
        assert any(link.endswith((f"pairs/{one}/{other}/index.html", f"?a={one}&b={other}")) for link in page.links)


def test_examples_lead_to_each_other_in_a_ring_and_the_page_of_paths_to_all(built):
    out, *_ = built
    first, second = (Page(out / "paths" / name / "index.html").links for name in ("w.3/w.41", "w.50/w.7"))
    every = Page(out / "paths/index.html").links

    assert "../../../paths/w.50/w.7/index.html" in first and "../../../paths/w.3/w.41/index.html" in second
    assert {"../paths/w.50/w.7/index.html", "../paths/w.3/w.41/index.html"} <= set(every)


def test_what_changes_with_a_step_is_marked(built):
    out, collection, _, _ = built
    text = (out / "paths/w.50/w.7/index.html").read_text(encoding="utf-8")
    changes = (
        2
        + int((collection.labels[50] != collection.labels[12]).sum())
        + int((collection.labels[12] != collection.labels[7]).sum())
    )

    assert text.count('class="new"') == changes


def test_the_graph_is_read_back_as_it_was(built):
    out, collection, _, graph = built
    content = (out / path_pages.GRAPH).read_bytes()
    n, s, kind = 60, len(graph.one), browser.row_type(collection)
    other = np.frombuffer(content, kind, s)
    codes, counts, times = (
        np.frombuffer(content, "<u2", size, kind.itemsize * s + at)
        for size, at in ((s, 0), (n, 2 * s), (n, 2 * s + 2 * n))
    )

    assert len(content) == s * (kind.itemsize + 2) + 4 * n
    assert (np.repeat(np.arange(n), counts) == graph.one).all() and (other == graph.other).all()
    assert (codes == graph.codes).all() and (times == graph.times).all()


def test_words_of_titles_and_makers_lead_to_their_works_and_common_ones_nowhere(tmp_path):
    collection, _, _ = make(tmp_path, n=200)
    named = replace(collection.works[7], title="Café Zürich", creator="Ó Briain")
    collection = replace(collection, works=(*collection.works[:7], named, *collection.works[8:]))
    buckets = [json.loads(bucket) for bucket in title_index.index(collection)]
    words = {word: rows for bucket in buckets for word, rows in bucket.items()}

    assert [words[word] for word in ("cafe", "zurich", "briain")] == [[7]] * 3
    assert words["work"] == 0 and words["12"] == [12]
    assert all(
        browser.bucket(word[:2], len(buckets)) == number for number, bucket in enumerate(buckets) for word in bucket
    )


def test_pages_of_paths_stay_within_the_budget_whatever_titles_say(tmp_path):
    collection, analogies, pictures = make(
        tmp_path / "pictures", n=90, title="A very long title, " * 40, alt="shown " * 300
    )
    chain = [tuple(range(start, start + 9)) for start in range(0, 90, 9)]
    write(
        tmp_path / "site",
        collection,
        analogies,
        pictures,
        replace(paths.graph(collection, analogies), examples=tuple(chain)),
    )

    assert max(path.stat().st_size for path in (tmp_path / "site/paths").rglob("*.html")) <= render.BUDGET


def test_without_paths_there_is_nothing_of_them(tmp_path):
    collection, analogies, pictures = make(tmp_path / "pictures", n=20)
    write(tmp_path / "site", collection, analogies, pictures, None)

    assert not (tmp_path / "site/paths").exists() and not (tmp_path / "site" / path_pages.GRAPH).exists()
    assert "paths" not in (tmp_path / "site/works/w.3/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("n", [1, 2, 3])
def test_a_tiny_collection_has_a_page_of_paths(tmp_path, n):
    collection, analogies, pictures = make(tmp_path / "pictures", n=n)
    write(tmp_path / "site", collection, analogies, pictures, paths.graph(collection, analogies))

    assert (tmp_path / "site/paths/index.html").is_file()


def test_the_knob_is_read(tmp_path):
    assert settings(tmp_path).paths is True
    (tmp_path / "site.toml").write_text('title = "T"\npaths = false\n', encoding="utf-8")

    assert settings(tmp_path).paths is False
