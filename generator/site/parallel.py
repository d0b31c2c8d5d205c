"""The files of all works, written here or by several processes a part at a time, each of which makes its own cards.

What the processes need is handed over in a folder, the lists of neighbors as arrays that all of them map into memory:
it does not grow with their number.
"""

import gc
import pickle
import shutil
import tempfile
from dataclasses import fields
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from generator.analysis.neighbors import Neighborhood
from generator.core import workers
from generator.core.model import Analogies, Step, each
from generator.site import urls
from generator.site.cards import Cards
from generator.site.data import browser
from generator.site.pages.work import WorkPages
from generator.site.render import Printer

SECONDS = 0.004  # about what the files of one work take
PART = 64  # works at a time
MAPPED = ("rows", "similarity")  # of Analogies: what grows with the square of the collection's combinations


def write(pages: WorkPages, *, jobs: int, step: Step) -> None:
    """Write the pages, data and pictures of all works, the same whatever the number of processes."""
    rows = range(len(pages.collection.works))
    if jobs < 2 or len(rows) * SECONDS < workers.WORTH:
        for row in each(rows, step):
            _write(pages, row)
        return
    parts = [rows[start : start + PART] for start in range(0, len(rows), PART)]
    with tempfile.TemporaryDirectory(prefix="tesserae-") as folder:
        _hand_over(pages, Path(folder))
        task = partial(_write_part, Path(folder))
        for part, listed in zip(
            parts, workers.run(task, parts, jobs=jobs, seconds=PART * SECONDS, chunk=1), strict=True
        ):
            pages.printer.pages += listed
            step.advance(len(part))


def _write(pages: WorkPages, row: int) -> None:
    identity, near = pages.collection.works[row].id, pages.neighborhood.of(row)
    pages.write(row, near)
    pages.printer.write(urls.near(identity), browser.near_bytes(near, pages.collection))
    for step, derivative in enumerate(pages.cards.pictures[row]):
        path = urls.picture(step, identity)
        pages.printer.folder(path)
        # A copy and not a hard link: whoever edits a picture of a site must not edit what is kept in the store.
        shutil.copyfile(derivative.path, pages.printer.out / path)


def _hand_over(pages: WorkPages, folder: Path) -> None:
    analogies, printer = pages.neighborhood.analogies, pages.printer
    for name in MAPPED:
        np.save(folder / f"{name}.npy", getattr(analogies, name))
    rest = {field.name: getattr(analogies, field.name) for field in fields(analogies) if field.name not in MAPPED}
    given = {
        "collection": pages.collection,
        "pictures": pages.cards.pictures,
        "compared": pages.compared,
        "analogies": rest,
        "printer": (printer.out, printer.templates, printer.config, printer.navigation, printer.imports),
    }
    (folder / "given").write_bytes(pickle.dumps(given, protocol=pickle.HIGHEST_PROTOCOL))


@lru_cache(maxsize=1)
def _taken(folder: Path) -> WorkPages:
    """Return what was handed over; a process takes it once, for all of its parts."""
    given = pickle.loads((folder / "given").read_bytes())
    mapped = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in MAPPED}
    printer = Printer(*given["printer"])
    neighborhood = Neighborhood(given["collection"], Analogies(**mapped, **given["analogies"]))
    pages = WorkPages(neighborhood, Cards(given["collection"], given["pictures"], printer), printer, given["compared"])
    gc.freeze()  # all of this stays, so that looking for what can go need not look at it: a sixth of the time
    return pages


def _write_part(folder: Path, rows: range) -> list[str]:
    """Write the files of some works and return their pages that the sitemap lists."""
    pages = _taken(folder)
    before = len(pages.printer.pages)
    for row in rows:
        _write(pages, row)
    return pages.printer.pages[before:]
