"""The written site: every page, link, picture and data file of small collections that are made here."""

import json
import re
import zlib
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import numpy as np
import pytest
from support.sites import (
    HOSTILE,
    NETWORK,
    POLICY,
    Page,
    make,
    write,
)

from generator.core import workers
from generator.core.resources import STATIC
from generator.site import parallel, render, scripts

FACETS = {1: (("form", 6),), 2: (("form", 5), ("stuff", 3)), 3: (("form", 4), ("ära", 3), ("match", 2))}


@pytest.fixture(scope="module", params=[1, 2, 3])
def built(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(f"site{request.param}")
    made = make(folder / "pictures", facets=FACETS[request.param])
    return write(folder, made), made[0]


def test_every_link_and_picture_leads_somewhere_within_the_site(built):
    out, _ = built
    pages = {path: Page(path) for path in out.rglob("*.html")}
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), path
        for link in page.links:
            split = urlsplit(link)
            if split.scheme or path.name == "404.html":
                continue
            target = (path.parent / unquote(split.path)).resolve() if split.path else path

            assert target.is_file(), f"{path.relative_to(out)} links to {link}"
            if split.fragment:
                assert split.fragment in pages[target].ids, f"{path.relative_to(out)} links to {link}"


def test_no_page_runs_inline_code_or_asks_another_host(built):
    out, _ = built
    for path in out.rglob("*.html"):
        elements = Page(path).elements
        policies = [given["content"] for tag, given in elements if given.get("http-equiv") == "Content-Security-Policy"]

        assert policies == [POLICY], path
        for tag, given in elements:
            assert not any(name.startswith("on") or name == "style" for name in given), (path, tag)
            assert tag != "style" and (tag != "script" or "src" in given or given == {"type": "application/ld+json"}), (
                path
            )
            fetched = tag == "link" and given["rel"] != "schema.DCTERMS"  # a vocabulary's name is no request
            asked = [given.get("src", ""), given.get("srcset", ""), given.get("href", "") if fetched else ""]
            assert not any("//" in address for address in asked), path


def test_every_picture_has_its_size_and_says_what_it_shows(built):
    out, _ = built
    for path in out.rglob("*.html"):
        for tag, given in Page(path).elements:
            adorns = path.relative_to(out).parts[0] in ("index.html", "browse", "connections")

            assert tag != "img" or int(given["width"]) * int(given["height"]) > 0, path
            assert tag != "img" or given["alt"] or adorns, path


def test_pages_that_are_listed_need_no_more_bytes_than_the_budget(built):
    out, _ = built
    known = scripts.imports(STATIC)
    for path in out.rglob("*.html"):
        asked = [
            given["src"]
            for tag, given in Page(path).elements
            if tag == "script" and "src" in given and path.name != "404.html"
        ]
        fetched = scripts.with_imports((Path(script).name for script in asked), known)

        assert path.stat().st_size <= render.BUDGET, path
        assert sum((out / "assets" / name).stat().st_size for name in fetched) <= 20_000, path


def test_without_scripts_each_combination_can_be_chosen_from_a_page_of_each_work(built):
    out, collection = built
    for row, work in enumerate(collection.works):
        page = (out / "works" / work.id / "combinations" / "index.html").read_text(encoding="utf-8")
        others = {int(cell) for other, cell in enumerate(collection.cell_of) if other != row}

        assert page.count("<tr class=") == len(others), work.id


def test_every_combination_of_values_that_exists_has_a_page_that_holds_its_works(built):
    out, collection = built
    for cell, labels in enumerate(collection.cells):
        parts = [
            part
            for facet, value in zip(collection.facets, labels, strict=True)
            for part in (facet.name, facet.slugs[value])
        ]
        page = Page(out.joinpath("browse", *parts, "index.html"))
        inside = [collection.works[row].id for row in np.flatnonzero(collection.cell_of == cell)]

        assert sorted({link.split("/")[-2] for link in page.links if "/works/" in link}) == sorted(inside)


def test_two_writes_give_the_same_bytes(tmp_path):
    made = make(tmp_path / "pictures", n=20)
    trees = [
        {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
        for out in (write(tmp_path, made), write(tmp_path, made))
    ]

    assert trees[0] == trees[1]


def test_several_processes_write_the_same_bytes_as_one(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "WORTH", 0)
    monkeypatch.setattr(parallel, "PART", 7)
    made = make(tmp_path / "pictures", n=20)
    trees = [
        {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
        for out in (write(tmp_path, made, jobs=jobs) for jobs in (1, 2))
    ]

    assert trees[0] == trees[1]


def test_what_the_records_say_is_text_and_never_code(tmp_path):
    changes = {
        name: HOSTILE for name in ("title", "alt", "creator", "date", "museum", "credit", "rights", "accession_number")
    }
    made = make(tmp_path / "pictures", n=12, **changes, extra=((HOSTILE, HOSTILE),), source_url="javascript:alert(1)")
    facets = tuple(
        replace(facet, values=tuple(f"{value} {HOSTILE}" for value in facet.values)) for facet in made[0].facets
    )
    out = write(
        tmp_path, (replace(made[0], facets=facets), *made[1:]), subtitle=HOSTILE, about=(HOSTILE,), credits=HOSTILE
    )
    for path in out.rglob("*.html"):
        page = Page(path)

        assert not any(given.get("src") == "x" or "onerror" in given for _, given in page.elements), path
        assert not any(link.startswith("javascript") for link in page.links), path
    assert "{{ 7 * 7 }}" in (out / "works/w.0/index.html").read_text(encoding="utf-8")


def test_long_records_and_many_values_stay_within_the_budget(tmp_path):
    made = make(
        tmp_path / "pictures",
        n=160,
        facets=(("form", 60), ("stuff", 50)),
        title="A very long title, " * 60,
        alt="shown " * 400,
    )
    out = write(tmp_path, made, per_page=500, about=("word " * 3000,) * 2)

    assert max(path.stat().st_size for path in out.rglob("*.html") if path.parent.name != "about") <= render.BUDGET
    assert (out / "works/w.0/combinations/page-2/index.html").is_file()


@pytest.mark.parametrize("n", [1, 2])
def test_a_collection_of_one_or_two_works_has_a_site(tmp_path, n):
    out = write(tmp_path, make(tmp_path / "pictures", n=n))

    assert (out / "works/w.0/index.html").is_file() and (out / "index.html").is_file()


def test_the_address_of_the_site_gives_a_sitemap_canonical_links_and_a_way_home(tmp_path):
    made = make(tmp_path / "pictures", n=9)
    here, nowhere = write(tmp_path, made, base_url="https://me.github.io/art/"), write(tmp_path, made, base_url="")
    pages = re.findall(r"<loc>https://me.github.io/art/(.*?)</loc>", (here / "sitemap.xml").read_text())

    assert "works/w.0/" in pages and "" in pages and all((here / page / "index.html").is_file() for page in pages)
    assert 'rel="canonical" href="https://me.github.io/art/works/w.0/"' in (here / "works/w.0/index.html").read_text()
    assert 'href="/art/assets/site.css"' in (here / "404.html").read_text()
    assert "Sitemap: https://me.github.io/art/sitemap.xml" in (here / "robots.txt").read_text()
    assert not (nowhere / "sitemap.xml").exists() and (nowhere / ".nojekyll").is_file()


def test_about_says_how_often_the_first_match_is_right(tmp_path):
    made = make(tmp_path / "pictures", n=9)
    agreement = SimpleNamespace(facet="form", guesses=1234, right=0.615, chance=0.0432)
    page = (write(tmp_path, made, truth="motif", found={"agreements": (agreement,)}) / "about/index.html").read_text(
        encoding="utf-8"
    )

    assert "the same motif" in page and "61.5 % of 1,234 cases" in page and "4.3 %" in page and NETWORK.reads in page


def test_pictures_of_the_site_are_those_of_the_store(built):
    out, collection = built
    for work in collection.works:
        assert (out / "images/1" / f"{work.id}.webp").read_bytes() == f"{work.id} 240".encode()


def test_data_files_are_bounded_and_complete(built):
    out, collection = built
    cards = [
        card
        for number in range(-(-len(collection.works) // 32))
        for card in json.loads((out / f"data/cards/{number}.json").read_bytes())
    ]

    assert [card[0] for card in cards] == [work.id for work in collection.works]
    assert len(zlib.compress((out / "data/collection.json").read_bytes())) < 8_000
