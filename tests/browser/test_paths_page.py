"""Paths in the browser: a visitor's ways of asking for them, in the shipped collection."""

import re
from itertools import pairwise

import numpy as np
import pytest
from playwright.sync_api import expect
from support import probes
from support.making import Silent
from support.probes import wait_until

from generator import embedding, pipeline
from generator.analysis import analyze, paths
from generator.analysis.paths import Conditions
from generator.core.resources import HOME
from generator.core.run import Run
from generator.core.store import Store, default_root
from generator.pipeline import BuildRequest

PAGE = "paths/index.html"


@pytest.fixture(scope="module")
def found():
    """Return the shipped collection, its analogies and its graph, from what its build kept."""
    request = BuildRequest(content=HOME / "content", out=HOME / "nowhere", store=Store(default_root()))
    settings, collection, _ = pipeline.check(request, Silent())
    vectors = embedding.embed(
        collection, settings.encoder, store=request.store, weights=None, jobs=1, progress=Silent()
    )
    findings = analyze(collection, vectors, settings, Run(store=request.store, progress=Silent()))
    return collection, findings.analogies, findings.graph


@pytest.fixture
def come(visitor, site):
    """Return a function that opens the page of paths at an address and waits until it has said what it found."""

    def arrive(query="", **given):
        page = visitor(**given)
        probes.visit(page, f"{site}{PAGE}{query}")
        return page

    return arrive


@pytest.fixture
def example(found):
    """Return the ids of both ends of the first example, and its rows."""
    collection, _, graph = found
    rows = graph.examples[0]
    return collection.works[rows[0]].id, collection.works[rows[-1]].id, rows


def shown(page):
    """Return the ids of the works of the path that is shown."""
    links = page.locator(".chain .plate-of-chain").evaluate_all("all => all.map((one) => one.href)")
    return [re.search(r"works/([^/]+)/", link)[1] for link in links]


def test_an_address_shows_the_path_that_the_example_of_it_shows(come, example, found):
    one, other, rows = example
    page = come(f"?from={one}&to={other}")

    assert shown(page) == [found[0].works[row].id for row in rows]
    assert page.locator(".paths .status").inner_text().startswith(f"{len(rows) - 1} steps from ")
    page.wait_for_function("document.querySelector('.chain img').naturalWidth > 0")


def test_a_visitor_goes_from_a_work_by_keyboard_to_another_that_is_found_by_words(visitor, site, example):
    one, _, _ = example
    page = visitor()
    page.goto(f"{site}works/{one}/index.html")
    page.get_by_role("link", name="Path to another work").press("Enter")
    page.wait_for_url(re.compile(f"{PAGE}[?]from="))
    field = page.get_by_role("combobox", name="To", exact=True)
    expect(field).to_be_enabled()
    field.focus()
    page.keyboard.insert_text("mosaic inter")  # at once: what is offered is then offered once
    page.wait_for_selector("[role=option]")
    titles = page.get_by_role("option").all_inner_texts()
    field.press("ArrowDown")
    field.press("ArrowDown")

    assert field.get_attribute("aria-activedescendant") == page.get_by_role("option").nth(1).get_attribute("id")
    field.press("Enter")
    page.wait_for_selector(".chain li")
    assert page.url.startswith(f"{site}{PAGE}?from={one}&to=") and shown(page)[0] == one
    assert titles[1].startswith(field.input_value()[:40])


def test_works_are_offered_and_offered_anew_while_one_types(come):
    page = come()
    page.get_by_role("combobox", name="From", exact=True).press_sequentially("mosaic inter")

    page.wait_for_function(
        "() => { const all = [...document.querySelectorAll('[role=option]')];"
        " return all.length && all.every((one) => /inter/i.test(one.innerText)); }"
    )


def test_leaving_a_field_without_a_choice_leaves_the_work_that_was_there(come, example):
    one, other, _ = example
    page = come(f"?from={one}&to={other}")
    field = page.get_by_role("combobox", name="From", exact=True)
    title = field.input_value()
    field.fill("zzzz")
    expect(page.locator(".found")).not_to_be_empty()  # nothing is found
    field.press("Tab")

    assert field.input_value() == title


def test_conditions_are_in_the_address_obeyed_and_cleared(come, example, found):
    one, other, _ = example
    page = come(f"?from={one}&to={other}")
    page.locator("select[name=new]").select_option("0")
    page.wait_for_url(re.compile("new="))
    collection = found[0]
    rows = {work.id: row for row, work in enumerate(collection.works)}

    def each_step_changes() -> bool:
        labels = [int(collection.labels[rows[one], 0]) for one in shown(page)]
        return len(labels) > 1 and all(before != after for before, after in pairwise(labels))

    wait_until(page, each_step_changes)
    page.get_by_role("button", name="Clear").click()
    page.wait_for_function("!location.search.includes('new=')")
    page.go_back()
    page.wait_for_function(
        "location.search.includes('new=') && document.querySelector('select[name=new]').value === '0'"
    )


def test_turning_around_shows_the_same_works_the_other_way(come, example):
    one, other, _ = example
    page = come(f"?from={one}&to={other}")
    there = shown(page)
    page.get_by_role("button", name="Swap").click()
    page.wait_for_function(
        "before => document.querySelector('.chain a.plate-of-chain')?.href.includes(before)", arg=f"/{other}/"
    )

    assert shown(page) == there[::-1]


def test_two_that_are_drawn_have_a_path_and_an_address(come):
    page = come()
    page.get_by_role("button", name="Surprise me").click()
    page.wait_for_selector(".chain li")

    assert "from=" in page.url and "to=" in page.url and len(shown(page)) > 2


def test_where_there_is_no_path_it_says_so_and_offers_what_loosens_it(come, found):
    collection, near, graph = found
    labels = collection.labels[:, 0]
    for one, other in np.random.default_rng(3).integers(len(labels), size=(300, 2)).tolist():
        condition = Conditions(in_time=True, differing=1, through=labels == 0)
        if one != other and paths.find(collection, near, graph, one, other, condition) is None:
            break
    facet = collection.facets
    ids = [collection.works[row].id for row in (one, other)]
    page = come(f"?from={ids[0]}&to={ids[1]}&{facet[0].name}={facet[0].slugs[0]}&new={facet[1].name}&order=time")

    assert page.locator(".paths .status").inner_text().startswith("There is no path")
    page.locator(".looser a").first.click()
    page.wait_for_selector(".chain li")
    assert shown(page)[0] == ids[0] and shown(page)[-1] == ids[1]


def test_an_address_of_no_work_says_so(come):
    page = come("?from=nothing-here&to=nor-here")

    assert page.locator(".paths .status").inner_text() == "We can’t find that work."


def test_the_graph_is_not_loaded_before_two_works_are_chosen(visitor, site, example):
    page, asked = visitor(), []
    page.on("request", lambda request: asked.append(request.url))
    probes.visit(page, f"{site}{PAGE}?from={example[0]}")

    assert not [url for url in asked if "graph.bin" in url or "shortest-path.js" in url or "titles" in url]


def test_without_scripts_the_examples_can_be_read(visitor, site, example):
    page = visitor(java_script_enabled=False)
    page.goto(site + PAGE)
    page.locator(".examples a").first.click()

    assert shown(page)[0] == example[0] and page.locator(".chain li").count() == len(example[2])


@pytest.mark.parametrize("width", [320, 1920])
def test_no_page_of_paths_is_wider_than_its_window_and_nothing_moves(come, example, width):
    one, other, _ = example
    page = come(f"?from={one}&to={other}", viewport={"width": width, "height": 800})
    moved = probes.layout_shift(page)

    assert probes.overflow(page) == {} and moved < 0.02
