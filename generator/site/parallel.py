"""The files of all works, written here or by several processes a part at a time, each of which makes its own cards.

What the processes need is handed over in two files: the records, and beside them the bytes of their arrays, which all
processes map into memory: it does not grow with their number.
"""

import gc
import mmap
import pickle
import shutil
import tempfile
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from generator.core import workers
from generator.core.model import Step, each
from generator.site import urls
from generator.site.context import Context, gather
from generator.site.data import browser
from generator.site.pages.work import WorkPages

SECONDS = 0.004  # about what the files of one work take
PART = 64  # works at a time
RECORDS, ARRAYS = "records", "arrays"
LINE = 64  # bytes: where an array begins is a multiple of it


def write(context: Context, *, jobs: int, step: Step) -> None:
    """Write the pages, data and pictures of all works, the same whatever the number of processes."""
    rows = range(len(context.collection.works))
    if jobs < 2 or len(rows) * SECONDS < workers.WORTH:
        pages = WorkPages(context)
        for row in each(rows, step):
            _write(pages, row)
        return
    parts = [rows[start : start + PART] for start in range(0, len(rows), PART)]
    with tempfile.TemporaryDirectory(prefix="tesserae-") as folder:
        _hand_over(context, Path(folder))
        task = partial(_write_part, Path(folder))
        for part, listed in zip(
            parts, workers.run(task, parts, jobs=jobs, seconds=PART * SECONDS, chunk=1), strict=True
        ):
            context.printer.pages += listed
            step.advance(len(part))


def _write(pages: WorkPages, row: int) -> None:
    context = pages.context
    identity, near = context.collection.works[row].id, context.neighborhood.of(row)
    pages.write(row, near)
    context.printer.write(urls.near(identity), browser.near_bytes(near, context.collection))
    for step, derivative in enumerate(context.assets.pictures[row]):
        path = urls.picture(step, identity)
        context.printer.folder(path)
        # A copy and not a hard link: whoever edits a picture of a site must not edit what is kept in the store.
        shutil.copyfile(derivative.path, context.printer.out / path)


def _hand_over(context: Context, folder: Path) -> None:
    """Write what gather() is given into the folder, without the vectors, which no page shows."""
    findings = replace(context.findings, vectors=np.empty((0, 0), np.float32))
    given = (
        context.collection,
        findings,
        context.config,
        context.assets,
        context.printer.out,
        context.printer.navigation,
    )
    arrays: list[pickle.PickleBuffer] = []
    records = pickle.dumps(given, protocol=5, buffer_callback=arrays.append)
    places = []
    with (folder / ARRAYS).open("wb") as file:
        for array in arrays:
            file.write(bytes(-file.tell() % LINE))
            places.append((file.tell(), array.raw().nbytes))
            file.write(array.raw())
        file.write(bytes(1))  # nothing at all could not be mapped
    (folder / RECORDS).write_bytes(pickle.dumps((places, records)))


@lru_cache(maxsize=1)
def _taken(folder: Path) -> WorkPages:
    """Return what was handed over; a process takes it once, for all of its parts."""
    places, records = pickle.loads((folder / RECORDS).read_bytes())
    with (folder / ARRAYS).open("rb") as file:
        mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    pages = WorkPages(gather(*pickle.loads(records, buffers=[mapped[at : at + size] for at, size in places])))
    gc.freeze()  # all of this stays, so that looking for what can go need not look at it: a sixth of the time
    return pages


def _write_part(folder: Path, rows: range) -> list[str]:
    """Write the files of some works and return their pages that the sitemap lists."""
    pages = _taken(folder)
    listed = pages.context.printer.pages
    before = len(listed)
    for row in rows:
        _write(pages, row)
    return listed[before:]
