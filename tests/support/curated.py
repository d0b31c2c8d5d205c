"""Content folders with a curator's word, and their sites with drawn vectors."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np

from generator import pipeline, site
from generator.analysis import analyze
from generator.core.model import Embeddings, Network
from generator.core.run import Run
from generator.core.store import Store
from generator.images import derivatives
from generator.pipeline import BuildRequest
from support.making import Silent, make_content

TOML = 'title = "A small collection"\nfacets = ["culture", "medium"]\nneighbors = 3\n'
NETWORK = Network(name="drawn", title="Drawn vectors", source="tests", reads="Nothing is read.", dimensions=8)


def folder_with(folder: Path, *rows: tuple[str, str, str, str], site: str = TOML, **given) -> Path:
    make_content(folder, site=site, **given)
    with (folder / "overrides.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("one", "other", "action", "note"), *rows])
    return folder


def request(folder: Path, **given) -> BuildRequest:
    return BuildRequest(content=folder, out=folder.parent / "_site", store=Store(folder.parent / "store"), **given)


def write(folder: Path):
    """Write the site of a folder beside it, with drawn vectors; return the collection and where the site is."""
    asked = request(folder)
    settings, collection, _ = pipeline.check(asked, Silent())
    vectors = np.random.default_rng(1).normal(size=(len(collection.works), 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    run = Run(store=asked.store, progress=Silent())
    findings = analyze(collection, Embeddings(vectors=vectors, network=NETWORK), replace(settings, map=False), run)
    derived = derivatives.derive(collection, store=asked.store, jobs=1, progress=Silent(), steps=settings.widths)
    asked.out.mkdir()
    site.write(collection, findings, settings, site.Assets(pictures=derived), asked.out, run)
    return collection, asked.out


def notes_of(notes: dict[int, str]) -> dict[int, dict[str, str]]:
    return {i: {"content_note": notes.get(i, "")} for i in range(12)}
