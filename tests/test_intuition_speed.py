"""What the search costs, as the report of the study of intuition shows it."""

from generator.evaluation.intuition.speed import costs
from generator.evaluation.speed.records import FILTERS, QUERY, REFERENCE, SAME, Measurement


def took(engine, seconds, *, share=1.0, workload=QUERY, **given):
    sizes = {"n": 2000, "d": 768, "asked": 200, "cells": 200, "k": 10, "allowed": round(2000 * share), "threads": 2}
    measured = {"batch": int(workload == QUERY), "seed": 0, "answer": SAME if seconds else "", **given}
    return Measurement(
        workload=workload, source="synthetic", share=share, engine=engine, seconds=seconds, **sizes, **measured
    )


ALL = [
    took("ours", 0.25, workload=FILTERS, answer=REFERENCE),
    took("theirs", None, workload=FILTERS, predicted=7.0, note="would take about 7 s"),
    took("ours", 1e-4, answer=REFERENCE),
    took("theirs", 2e-4),
    took("ours", 9e-6, share=0.01, answer=REFERENCE),
    took("theirs", 8e-6, share=0.01),
    took("wrong", 1e-9, share=0.01, answer="3 rows differ"),
    took("absent", None, note="not installed"),
]


def test_engines_are_rows_and_questions_columns_from_all_to_few():
    table = costs(ALL)

    assert table.questions == (
        "all 200 filters for all works",
        "one search, no filter",
        "one search, 1 % pass the filter",
    )
    assert dict(table.rows) == {"ours": ("0.25 s", "100 µs", "9 µs"), "theirs": ("about 7 s", "200 µs", "8 µs")}


def test_the_fastest_stands_out_whoever_it_is():
    assert costs(ALL).best == ("ours", "ours", "theirs")


def test_a_machine_that_others_used_is_told():
    assert "measure again" in costs([took("ours", 1e-4, others=0.5)]).about
    assert "measure again" not in costs([took("ours", 1e-4, others=0.01)]).about


def test_without_measurements_there_is_no_table():
    assert costs([]).rows == ()
