"""The search page, and the index that Pagefind makes of the pages of works."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
from support.making import Silent
from support.sites import make, write

from generator.core.errors import SearchError
from generator.core.store import Store, default_root
from generator.publish import npm_packages, search_index

WASM = "script-src 'self' 'wasm-unsafe-eval';"


def found(folder, changes=(), **configured):
    """Write a site that will have an index and return its folder."""
    made = make(folder / "pictures", n=30)
    works = list(made[0].works)
    for row, given in dict(changes).items():
        works[row] = replace(works[row], **given)
    made = (replace(made[0], works=tuple(works)), *made[1:])
    return write(folder, made, out=folder / "site", assets={"searchable": True}, **configured)


@pytest.fixture(scope="module")
def pagefind():
    return npm_packages.pagefind(store=Store(default_root()), progress=Silent())


@pytest.fixture(scope="module")
def indexed(tmp_path_factory, pagefind):
    changes = {3: {"title": "A <b>horse</b> & cart", "museum": 'House, the "second"', "date": ""}, 4: {"year": None}}
    out = found(tmp_path_factory.mktemp("indexed"), changes)
    search_index.index(out, pagefind, language="en-GB", progress=Silent())
    return out


def fragments(out):
    """Return what the index keeps of each page, by the work's id."""
    texts = [gzip.decompress(path.read_bytes()) for path in (out / "pagefind" / "fragment").iterdir()]
    facts = [json.loads(text.partition(b"pagefind_dcd")[2]) for text in texts]
    return {fact["url"].split("/")[2]: fact for fact in facts}


def test_each_work_is_indexed_once_and_no_other_page_is(indexed):
    facts = fragments(indexed)

    assert {fact["url"] for fact in facts.values()} == {f"/works/w.{row}/" for row in range(30)}


def test_a_work_is_found_by_its_record_and_not_by_its_analogs(indexed):
    words = fragments(indexed)["w.7"]["content"]

    assert "Work number 7" in words
    assert "What work 7 shows" in words
    assert "said of 7" in words
    assert "A. Maker about 1507" in words
    assert "Work number 8" not in words
    assert "Further column" not in words and "Zoom" not in words


def test_the_index_knows_the_values_to_filter_by(indexed):
    facts = fragments(indexed)

    assert set(facts["w.7"]["filters"]) == {"form", "stuff", "period", "museum"}
    assert facts["w.3"]["filters"]["museum"] == ['House, the "second"']
    assert "period" not in facts["w.4"]["filters"]
    assert len({tuple(fact["filters"].get("period", ())) for fact in facts.values()}) > 1


def test_the_index_knows_what_a_card_shows(indexed):
    facts = fragments(indexed)

    assert facts["w.3"]["meta"]["title"] == "A <b>horse</b> & cart"
    assert facts["w.7"]["meta"]["sides"] == "240 290 480 580"
    assert facts["w.7"]["meta"]["image_alt"] == "What work 7 shows"
    assert facts["w.7"]["meta"]["date"] == "about 1507"


def test_two_indexes_of_the_same_pages_are_byte_identical(indexed, pagefind):
    def index():
        search_index.index(indexed, pagefind, language="en-GB", progress=Silent())
        files = [path for path in (indexed / "pagefind").rglob("*") if path.is_file()]
        return {path.relative_to(indexed): path.read_bytes() for path in files}

    before = {path: path.read_bytes() for path in (indexed / "pagefind").rglob("*") if path.is_file()}
    once = index()

    assert len(before) == len(once)
    assert index() == once


def test_folders_named_from_where_the_build_runs_are_found(tmp_path, pagefind, monkeypatch):
    out = found(tmp_path)
    monkeypatch.chdir(tmp_path)
    Path("programs").symlink_to(pagefind)

    search_index.index(out.relative_to(tmp_path), Path("programs"), language="en", progress=Silent())

    assert len(fragments(out)) == 30


def test_only_what_the_search_page_loads_is_kept_with_the_licence(indexed):
    names = {path.name for path in (indexed / "pagefind").iterdir()}

    assert {"pagefind.js", "pagefind-entry.json", "LICENSE.txt"} <= names
    assert not any("ui" in name or "highlight" in name for name in names)


def test_what_pagefind_says_is_said_where_it_fails(tmp_path):
    (tmp_path / search_index.PROGRAM).write_text("#!/bin/sh\necho 'no space left' >&2\nexit 1\n")
    (tmp_path / search_index.PROGRAM).chmod(0o755)

    with pytest.raises(SearchError, match="could not build the search index: no space left"):
        search_index.index(tmp_path, tmp_path, language="en", progress=Silent())


def test_a_site_without_an_index_has_no_search(tmp_path):
    made = make(tmp_path / "pictures", n=12)
    out = write(tmp_path, made)

    assert not (out / "search").exists()
    assert "search/index.html" not in (out / "index.html").read_text()


def test_only_the_search_page_may_run_what_the_index_needs(tmp_path):
    out = found(tmp_path)

    assert "search/index.html" in (out / "index.html").read_text()
    for page in out.rglob("*.html"):
        assert (WASM in page.read_text()) == (page.parent.name == "search"), page


def test_the_form_offers_every_value_with_how_many_works_have_it(tmp_path):
    page = (found(tmp_path, {0: {"museum": "Another"}}) / "search" / "index.html").read_text()

    assert '<option value="Another">Another (1)</option>' in page
    assert '<option value="Museum">Museum (29)</option>' in page
    assert page.count("data-facet") == 2
    assert page.count("<select") == 4


def test_a_form_with_too_many_values_for_a_page_offers_as_many_as_there_is_room_for(tmp_path):
    out = found(tmp_path, {row: {"museum": f"{row:02} " + "Long name " * 120} for row in range(30)})
    page = (out / "search" / "index.html").read_bytes()

    assert len(page) < 30_000
    assert b"00 Long name" in page and b"29 Long name" not in page


def test_without_scripts_the_search_page_leads_to_browsing(tmp_path):
    page = (found(tmp_path) / "search" / "index.html").read_text()

    assert "<noscript><p" in page
    for link in ("browse/index.html", "browse/form/index.html", "browse/stuff/index.html"):
        assert f'href="../{link}"' in page
