"""Every engine of the speed study gives the same answer as ours, on vectors small enough to be checked in a moment."""

import ast
import inspect
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from generator.core.progress import Console
from generator.evaluation.speed import all_filters, peers, study
from generator.evaluation.speed.comparison import Lists, difference
from generator.evaluation.speed.datasets import Sample, SyntheticDataset, condition, questions
from generator.evaluation.speed.peers import ENGINES
from generator.evaluation.speed.peers.engine import padded
from generator.evaluation.speed.records import FILTERS, QUERY, Budget, Case, Measurement

FILTERING = [engine for engine in ENGINES if engine.filters]
ASKING = [engine for engine in ENGINES if engine.query]
BUDGET = Budget(seconds=60, repeat=1, threads=2, seed=0)
OURS = ENGINES[0]


def name_of(engine):
    return engine.name


def with_doubles(sample: Sample) -> Sample:
    """Return the sample with some rows there twice and more often, so that a row is not its own only nearest."""
    vectors = sample.vectors.copy()
    vectors[100:103], vectors[200:216] = vectors[0], vectors[1]
    return Sample(vectors=vectors, cell_of=sample.cell_of, facets=sample.facets)


SAMPLES = {
    "cells smaller than k": SyntheticDataset(seed=0).sample(240, 16, 60),
    "several cells": SyntheticDataset(seed=0).sample(500, 32, 9),
    "doubles": with_doubles(SyntheticDataset(seed=0).sample(300, 8, 2)),
    "one cell": SyntheticDataset(seed=3).sample(50, 192, 1),
}


def of_sample(sample: Sample):
    return lambda query, cell, row: (sample.cell_of[row] == cell) & (query != row)


@pytest.mark.parametrize("engine", ENGINES, ids=name_of)
def test_every_engine_is_installed_where_tests_run(engine):
    assert engine.installed


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES.keys())
@pytest.mark.parametrize("engine", FILTERING, ids=name_of)
@pytest.mark.parametrize("k", [1, 10])
def test_every_engine_finds_the_same_in_every_cell(engine, sample, k):
    n = len(sample.vectors)
    ours, theirs = (e.filters(sample, k, 2)(0, n) for e in (OURS, engine))
    found = difference(ours, theirs, queries=sample.vectors, points=sample.vectors, permits=of_sample(sample))

    assert found == ""


@pytest.mark.parametrize("engine", [e for e in FILTERING if not e.reference], ids=name_of)
def test_a_part_of_an_answer_is_that_of_its_rows(engine):
    sample = SAMPLES["several cells"]
    answer = engine.filters(sample, 3, 2)
    whole, part = answer(0, 500), answer(100, 140)

    assert np.allclose(whole.similarity[100:140], part.similarity, atol=1e-6)


@pytest.mark.parametrize("share", [1.0, 0.3, 0.01])
@pytest.mark.parametrize("engine", ASKING, ids=name_of)
@pytest.mark.parametrize("batch", [1, 24])
def test_every_engine_answers_a_query_under_a_condition_alike(engine, share, batch):
    sample = SAMPLES["several cells"]
    cells, queries = condition(sample, share, seed=0), questions(sample, 24, seed=0)
    lists = []
    for one in (OURS, engine):
        ask = one.query(sample, 2)(cells)
        blocks = [ask(queries[i : i + batch], 10) for i in range(0, 24, batch)]
        near = [padded((one.similarity(value), rows), 10) for value, rows in blocks]
        lists.append(Lists(*(np.concatenate([block[i] for block in near])[:, None] for i in (1, 0))))
    found = difference(
        *lists, queries=queries, points=sample.vectors, permits=lambda q, c, row: np.isin(sample.cell_of[row], cells)
    )

    assert found == ""


def measured(engines, case_of=FILTERS, budget=BUDGET) -> dict[str, Measurement]:
    """Return the measurements of a tiny question by engine."""
    case = Case(workload=case_of, source="synthetic", n=120, d=8, cells=4, k=3, batches=(int(case_of == QUERY),))
    sample = SyntheticDataset(seed=0).sample(120, 8, 4)
    blanks = study.unmeasured(case, 120, 8, budget)
    found = study.measure(case, sample, blanks, engines, budget, Console(verbosity=-1))
    return {one.engine: one for one in found}


def wrong(sample, k, threads):
    answer = OURS.filters(sample, k, threads)

    def worse(first, past):
        near = answer(0, len(sample.vectors))
        return Lists(near.rows[first:past], near.similarity[first:past] - np.float32(0.25))

    return worse


def broken(*given):
    raise RuntimeError("no such instruction\nat all")


@pytest.mark.parametrize("workload", [FILTERS, QUERY])
def test_what_is_measured_is_checked_against_ours(workload):
    found = measured([engine for engine in ENGINES if engine.name in ("tesserae", "numpy")], workload)

    assert {name: one.answer for name, one in found.items()} == {"tesserae": "reference", "numpy": "same"}
    assert all(0 < one.low <= one.seconds <= one.high for one in found.values())
    assert all(one.runs >= 1 and not one.note for one in found.values())


def test_an_engine_that_differs_is_said_to():
    found = measured([OURS, replace(OURS, name="wrong", reference=False, filters=wrong)])

    assert found["wrong"].answer == "similarity off by 2.5e-01"
    assert found["wrong"].seconds > 0


@pytest.mark.parametrize("workload", [FILTERS, QUERY])
def test_an_engine_that_fails_or_is_not_installed_is_named_with_the_reason(workload):
    failing = replace(OURS, name="failing", reference=False, filters=broken, query=broken)
    absent = replace(OURS, name="absent", reference=False, module="no_such_library")
    found = measured([OURS, failing, absent], workload)

    assert found["failing"].note == "failed: RuntimeError: no such instruction"
    assert found["absent"].note.startswith("not installed; pip install")
    assert found["tesserae"].seconds > 0


@pytest.mark.parametrize("workload", [FILTERS, QUERY])
def test_an_engine_that_would_take_too_long_is_left_out(workload):
    found = measured([OURS], workload, replace(BUDGET, seconds=1e-12))

    assert "the limit is 0 s" in found["tesserae"].note
    assert found["tesserae"].seconds is None
    assert found["tesserae"].predicted > 0


def test_an_engine_without_enough_memory_is_left_out(monkeypatch):
    monkeypatch.setattr(all_filters, "available", lambda: 2**20)

    assert "GiB of memory" in measured([OURS])["tesserae"].note


def test_the_reference_is_what_a_plain_loop_finds():
    sample = SAMPLES["cells smaller than k"]
    near = OURS.filters(sample, 4, 2)(0, 240)
    for row in (0, 17, 239):
        for cell in (0, 30, 59):
            others = [i for i in np.flatnonzero(sample.cell_of == cell) if i != row]
            cosine = np.sort([float(sample.vectors[row].astype(float) @ sample.vectors[i]) for i in others])[::-1][:4]

            assert np.allclose(near.similarity[row, cell, : len(cosine)], cosine, atol=1e-6)
            assert (near.rows[row, cell, len(cosine) :] == -1).all()


def test_each_optional_library_is_imported_in_one_module_of_the_peers():
    homes: dict[str, set[str]] = {}
    for path in Path(inspect.getfile(peers)).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                homes.setdefault(name.split(".")[0], set()).add(path.name)
    libraries = {engine.module for engine in ENGINES if engine.module}

    assert {library: len(homes[library]) for library in libraries} == dict.fromkeys(libraries, 1)
