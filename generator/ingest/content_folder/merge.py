"""Merge: rows -> works.csv, with what the owner made of it kept.

ingest/works.csv holds what the sources said when they were last asked. Where works.csv differs from it, the owner was
at work, and the owner's word stays: a cell that was edited, a column or a row that was added or taken away. All else
becomes what the source says now. Works that this run did not ask for stay as they are; one that the source now leaves
out goes, unless the owner edited its row. Without works.csv all begins anew.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from generator.core.files import replacing_text
from generator.core.works_table import FILE, bare
from generator.ingest.content_folder.csv_files import BOM, CsvFile, column, read_sheet, write_rows
from generator.ingest.normalize.row import guarded

NEEDED = ("objectid", "title", "image")  # columns that come back where the owner took them away


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRows:
    """What the source says now."""

    columns: tuple[str, ...]
    ids: Sequence[str]  # of the works it has, in its order
    gone: Set[str]  # of those it leaves out
    cells: Callable[[str], dict[str, str]]  # of one of `ids`


def merge(folder: Path, memory: Path, fresh: SourceRows) -> Counter[str]:
    """Write works.csv and what is remembered of it; return how many rows were what."""
    found = read_sheet(folder / FILE)
    base = read_sheet(memory / FILE) if found else None
    theirs = found or CsvFile(columns=tuple(map(guarded, fresh.columns)))
    merging = _Merging(theirs, base or CsvFile(columns=()), fresh)
    with replacing_text(folder / FILE) as file:
        file.write(BOM if theirs.bom else "")
        write_rows(file, merging.rows(), delimiter=theirs.delimiter)
    # In this order: a kill in between leaves rows that are as the source has them, and the next run takes them up.
    with replacing_text(memory / FILE) as file:
        write_rows(file, merging.remembered())
    return merging.counts


class _Merging:
    """The rows of one merge; what is remembered of them is known when all have been asked for."""

    def __init__(self, theirs: CsvFile, base: CsvFile, fresh: SourceRows) -> None:
        self.theirs, self.base, self.fresh = theirs, base, fresh
        self.places, self.base_places = theirs.places(), base.places()
        self.added = [
            name
            for name in fresh.columns
            if bare(name) not in self.places and (bare(name) not in self.base_places or name in NEEDED)
        ]
        self.names = [*map(column, theirs.columns), *map(bare, self.added)]
        self.counts: Counter[str] = Counter()
        self.fresh_ids = set(fresh.ids)
        self.adopted: set[str] = set()  # works whose rows come from the source, and are remembered

    def rows(self) -> Iterator[list[str]]:
        """Yield the header and the rows of works.csv."""
        yield [*self.theirs.columns, *map(guarded, self.added)]
        for id, row in self.theirs.rows.items():
            merged = self._row(id, row)
            if merged is not None:
                yield merged + [""] * (len(self.names) - len(merged))
        for id in self.fresh.ids:
            if id in self.theirs.rows:
                continue
            if id in self.base.rows:
                self.counts["removed by the owner"] += 1
                continue
            self.counts["added"] += 1
            self.adopted.add(id)
            yield self._source_row(id, self.names)

    def remembered(self) -> Iterator[list[str]]:
        """Yield the header and the rows of what the sources said."""
        known = set(self.base_places)
        columns = [*self.base.columns, *(name for name in self.fresh.columns if bare(name) not in known)]
        names = [bare(name) for name in columns]
        yield columns
        for id, row in self.base.rows.items():
            if id in self.fresh_ids:
                yield self._source_row(id, names)
            elif id not in self.fresh.gone:
                yield row + [""] * (len(columns) - len(row))
        new = (id for id in self.fresh.ids if id in self.adopted and id not in self.base.rows)
        yield from (self._source_row(id, names) for id in new)

    def _source_row(self, id: str, names: Sequence[str]) -> list[str]:
        """Return what the source says, in the columns of the bare names."""
        cells = {bare(name): guarded(cell) for name, cell in self.fresh.cells(id).items()}
        return [cells.get(name, "") for name in names]

    def _row(self, id: str, row: list[str]) -> list[str] | None:
        """Return what becomes of a row that is there; None where it goes."""
        base = self.base.rows.get(id)
        if id not in self.fresh_ids:
            return self._unasked(id, row, base)
        said = self._source_row(id, self.names)
        if base is None:
            if said[: len(row)] != row:
                self.counts["added by the owner"] += 1
                return row
            self.counts["unchanged"] += 1
            self.adopted.add(id)
            return said
        merged = list(said)
        for place, cell in enumerate(row):
            if self._edited(cell, place, base):
                merged[place] = cell
        if merged != said:
            self.counts["edited by the owner"] += 1
        self.counts["changed" if merged[: len(row)] != row else "unchanged"] += 1
        return merged

    def _unasked(self, id: str, row: list[str], base: list[str] | None) -> list[str] | None:
        if id in self.fresh.gone and base is not None:
            if not any(self._edited(cell, place, base) for place, cell in enumerate(row)):
                self.counts["left out now"] += 1
                return None
            self.counts["left out now, but edited by the owner"] += 1
        else:
            self.counts["not in this request"] += 1
        return row

    def _edited(self, cell: str, place: int, base: list[str]) -> bool:
        """True where the owner wrote the cell in this place of a row, for nobody remembers to have written it."""
        before = self.base_places.get(self.names[place])
        return bool(cell) if before is None else cell != base[before]
