"""The pictures of the map: a pyramid of sheets, each level's pictures half as large as those of the level before.

A level is named by the pixels of its fields: 64, 32, 16 ... The last is one sheet that shows the whole map. Where no
work is, there is no sheet. Sheets are kept by what is on them.
"""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.core import workers
from generator.core.findings import Layout
from generator.core.model import Derivative, each
from generator.core.run import Run
from generator.core.store import Store, key
from generator.images import sprite_sheet
from generator.images.sprite_sheet import FIELD, RECIPE, SIDE, Inset
from generator.site import urls
from generator.site.render import Printer

SECONDS = 0.25  # of drawing one sheet, about
Places = dict[tuple[int, int], Path]  # of the sheets of one level, by column and row


@dataclass(frozen=True, slots=True)
class MapSheet:
    """A sheet to be made: from pictures on the first level, from four sheets on the others."""

    path: Path
    size: tuple[int, int]
    insets: Sequence[Inset] = ()
    quarters: Sequence[tuple[Path, int, int]] = ()


def levels(layout: Layout) -> list[int]:
    """Return the pixels of a field on each level, the largest first; the last level is one sheet."""
    found = [FIELD]
    while max(layout.columns, layout.rows) * found[-1] > SIDE and found[-1] > 1:
        found.append(found[-1] // 2)
    return found


def make(
    layout: Layout, pictures: Sequence[Sequence[Derivative]], veiled: Iterable[int], run: Run
) -> dict[int, Places]:
    """Return where the sheets of each level lie; those not in the store are drawn, in parallel."""
    store, found = run.store, dict[int, Places]()
    below: Places = {}
    for field in levels(layout):
        first = field == FIELD
        wanted = dict(_first(layout, pictures, set(veiled), store) if first else _halved(layout, field, below, store))
        missing = [sheet for sheet in wanted.values() if not sheet.path.is_file()]
        if missing:
            with run.progress.stage("Drawing the map", len(missing)) as step:
                for _ in each(
                    workers.run(partial(_draw, store), missing, jobs=run.jobs, seconds=SECONDS, chunk=4), step
                ):
                    pass
        below = found[field] = {place: sheet.path for place, sheet in wanted.items()}
    return found


def put(found: dict[int, Places], printer: Printer) -> int:
    """Copy the sheets into the site and return their bytes."""
    size = 0
    for field, places in found.items():
        for (column, row), path in places.items():
            target = urls.sheet(field, column, row)
            printer.folder(target)
            shutil.copyfile(path, printer.out / target)
            size += path.stat().st_size
    return size


def extent(layout: Layout, field: int, column: int, row: int) -> tuple[int, int]:
    """Return width and height in pixels of a sheet: the last of a row or a column ends with the map."""
    ends = (layout.columns * field - column * SIDE, layout.rows * field - row * SIDE)
    return min(SIDE, ends[0]), min(SIDE, ends[1])


def blocks(layout: Layout) -> dict[tuple[int, int], list[int]]:
    """Return the rows of the works on each sheet of the first level, in the collection's order."""
    found: dict[tuple[int, int], list[int]] = {}
    for row, place in enumerate((layout.fields // (SIDE // FIELD)).tolist()):
        found.setdefault((place[0], place[1]), []).append(row)
    return dict(sorted(found.items()))


def _first(
    layout: Layout, pictures: Sequence[Sequence[Derivative]], veiled: set[int], store: Store
) -> Iterator[tuple[tuple[int, int], MapSheet]]:
    span = SIDE // FIELD
    for (column, row), works in blocks(layout).items():
        insets = [
            Inset(pictures[work][0].path, int(across) - column * span, int(down) - row * span, work in veiled)
            for work, (across, down) in zip(works, layout.fields[works].tolist(), strict=True)
        ]
        size = extent(layout, FIELD, column, row)
        made_from = tuple((inset.path.name, inset.column, inset.row, inset.veiled) for inset in insets)
        yield (column, row), MapSheet(store.path("sheets", key(RECIPE, size, made_from), ".webp"), size, insets=insets)


def _halved(layout: Layout, field: int, below: Places, store: Store) -> Iterator[tuple[tuple[int, int], MapSheet]]:
    above: dict[tuple[int, int], list[tuple[Path, int, int]]] = {}
    for (column, row), path in below.items():
        above.setdefault((column // 2, row // 2), []).append((path, column % 2, row % 2))
    for (column, row), quarters in sorted(above.items()):
        size = extent(layout, field, column, row)
        made_from = tuple((path.name, across, down) for path, across, down in quarters)
        path = store.path("sheets", key(RECIPE, size, made_from), ".webp")
        yield (column, row), MapSheet(path, size, quarters=quarters)


def _draw(store: Store, sheet: MapSheet) -> None:
    """Put one sheet into the store; a task of a worker process."""
    content = (
        sprite_sheet.halve(sheet.size, sheet.quarters)
        if sheet.quarters
        else sprite_sheet.draw(sheet.size, sheet.insets)
    )
    with store.writing(sheet.path) as temporary:
        temporary.write_bytes(content)
