"""Measurements of the search as a study of speed keeps them, made up."""

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
