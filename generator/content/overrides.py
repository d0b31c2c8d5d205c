"""Overrides: overrides.csv -> what a curator hides and pins, as rows of the collection. There need be no such file.

one      other    action   note
ID       ID       pin      shown on both works' pages, first, with the note
ID       ID       hide     never shown as near each other, nowhere
F=V      F=V      hide     no work of the one value beside a work of the other; also ID with F=V, and * for all works
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.content.fields import shown
from generator.content.selectors import ALL, Selectors
from generator.content.table import TableRow, read_table
from generator.core.errors import Fault, Problem
from generator.core.model import Hidden, Pin
from generator.core.works_table import bare

FILE = "overrides.csv"
COLUMNS = ("one", "other", "action", "note")
HIDE, PIN = ACTIONS = ("hide", "pin")
LONGEST = 500  # characters of a note
MOST = 6  # pins of one work: each is a card with a note, and pages have a limit


@dataclass(slots=True)
class Overrides:
    """What was found so far, and where."""

    hidden: list[tuple[int, Hidden]]  # each with its row in the file
    pins: list[tuple[int, Pin]]
    faults: list[Fault]

    def fault(self, row: int, column: str, found: str, expected: str, fix: str) -> None:
        self.faults.append(Fault(file=FILE, row=row, column=column, found=found, expected=expected, fix=fix))


def read(
    folder: Path, choosing: Selectors, *, whole: bool, faults: list[Fault]
) -> tuple[tuple[Hidden, ...], tuple[Pin, ...]]:
    """Return what is hidden and pinned; faults are noted. Not `whole`: works unknown here may be among those left out."""
    path, noted = folder / FILE, list[Fault]()
    if not path.exists():
        return (), ()
    table = read_table(path, {bare(name): name for name in COLUMNS}, limit=None, faults=noted)
    found = Overrides([], [], [replace(one, file=FILE) for one in noted])
    missing = [name for name in COLUMNS[:3] if table is not None and name not in table.columns]
    for name in missing:
        found.fault(1, name, f"no column {name}", f"{name} in the header", f"add a column {name}")
    if table is not None and not missing:
        for row in table.rows:
            _read_row(row, choosing, whole, found)
        _check_contradictions(found)
        _check_count(found)
    faults += found.faults
    return tuple(one for _, one in found.hidden), tuple(one for _, one in found.pins)


def _read_row(row: TableRow, choosing: Selectors, whole: bool, found: Overrides) -> None:
    action, note = row.cells["action"].casefold(), " ".join(row.cells.get("note", "").split())
    sides = [_side(row, name, choosing, whole, found) for name in COLUMNS[:2]]
    if action not in ACTIONS:
        found.fault(
            row.number, "action", shown(action) if action else "an empty cell", "hide or pin", "write hide or pin"
        )
    if len(note) > LONGEST:
        expected = f"at most {LONGEST}, to fit beside a picture"
        found.fault(row.number, "note", f"a note of {len(note):,} characters", expected, "shorten it")
    one, other = sides
    if one is None or other is None or action not in ACTIONS:
        return
    if len(one) == 1 and np.array_equal(one, other):
        found.fault(row.number, "other", "the same work twice", "two works", "write the other work's objectid")
    elif action == HIDE:
        found.hidden.append((row.number, Hidden(one=one, other=other)))
    elif _single(row, found):
        found.pins.append((row.number, Pin(int(one[0]), int(other[0]), note)))


def _side(row: TableRow, column: str, choosing: Selectors, whole: bool, found: Overrides) -> NDArray[np.int32] | None:
    """Return the rows that a cell names; None where it names nothing, which is noted."""
    text = " ".join(row.cells[column].split())
    if not text:
        found.fault(row.number, column, "an empty cell", "an objectid, or facet=value", "fill it in; * means all works")
        return None
    rows = choosing.rows_of(text)
    if not isinstance(rows, Problem):
        return rows
    if whole:
        found.faults.append(rows.at(FILE, row=row.number, column=column))
    return None


def _single(row: TableRow, found: Overrides) -> bool:
    """Return whether a row to pin names two works, and not kinds of works."""
    kinds = [name for name in COLUMNS[:2] if row.cells[name] == ALL or "=" in row.cells[name]]
    for name in kinds:
        found.fault(row.number, name, shown(row.cells[name]), "the objectid of one work", "pin works one by one")
    return not kinds


def _check_contradictions(found: Overrides) -> None:
    """Note pairs that are pinned twice, or pinned and hidden."""
    first: dict[frozenset[int], int] = {}
    for number, pin in found.pins:
        pair = frozenset((pin.one, pin.other))
        if (other := first.setdefault(pair, number)) != number:
            found.fault(
                number, "action", f"a pair already pinned in row {other}", "each pair once", "remove one of the rows"
            )
        for hiding, rule in found.hidden:
            sides = (rule.one, rule.other), (rule.other, rule.one)
            if any(pin.one in one and pin.other in other for one, other in sides):
                words = f"a pair that is hidden by row {hiding}", "hide or pin, not both", "remove one of the rows"
                found.fault(number, "action", *words)
                break


def _check_count(found: Overrides) -> None:
    """Note where one work is pinned to more works than its page has room for."""
    counts: Counter[int] = Counter()
    for number, pin in found.pins:
        counts.update((pin.one, pin.other))
        if MOST + 1 in (counts[pin.one], counts[pin.other]):
            found.fault(
                number, "action", f"more than {MOST} pins of one work", f"at most {MOST}", "remove some of them"
            )


def said(hidden: Sequence[Hidden], pins: Sequence[Pin]) -> list[object]:
    """Return all of it as JSON has it, for a digest."""
    return [
        [[one.one.tolist(), one.other.tolist()] for one in hidden],
        [[pin.one, pin.other, pin.note] for pin in pins],
    ]
