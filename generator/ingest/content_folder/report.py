"""Report: what an ingest did, for the owner: lists that a spreadsheet opens, a text to read and the same as JSON.

left-out.csv    every record that did not become a work, and why
rules.csv       how many works each word of the vocabulary decided
unmapped.csv    what the works say that no rule takes, the most frequent first
report.txt      the counts; report.json has the same
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from generator.core.files import replacing_text
from generator.ingest.content_folder.csv_files import write_guarded
from generator.ingest.normalize.row import Tally, clean
from generator.ingest.sources.base import LeftOut

LEFT_OUT, RULES, UNMAPPED, TEXT, JSON = "left-out.csv", "rules.csv", "unmapped.csv", "report.txt", "report.json"
SHOWN = 40  # values of a facet in the text; the lists and the JSON have all

Key = TypeVar("Key", str, tuple[str, str], tuple[str, str, str, str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The counts of one ingest."""

    source: str
    records: int  # that the source has
    works: int  # that became, or are, works with a picture; without pictures, that could
    left_out: Counter[str]  # by reason
    pictures: Counter[str]  # by what was done
    rows: Counter[str]  # of works.csv, by what became of them
    tally: Tally
    fallbacks: dict[str, str]  # of each facet, the value of works that no rule takes
    file: str  # what was written, relative to the content folder

    def mapped(self, facet: str) -> float:
        """Return the share of works with another value than that of works that no rule takes."""
        total = sum(n for (name, _), n in self.tally.values.items() if name == facet)
        return 1 - self.tally.values[facet, self.fallbacks[facet]] / total if total else 1.0


class LeftOutList:
    """The list of records left out, written while they are found."""

    def __init__(self, path: Path) -> None:
        self.context = replacing_text(path)
        self.counts: Counter[str] = Counter()

    def __enter__(self) -> "LeftOutList":
        self.file = self.context.__enter__()
        write_guarded(self.file, [("place", "number", "title", "reason", "detail")])
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> bool | None:
        return self.context.__exit__(kind, error, trace)

    def add(self, left: LeftOut) -> None:
        self.counts[left.reason] += 1
        write_guarded(self.file, [tuple(map(clean, (left.place, left.number, left.title, left.reason, left.detail)))])


def write(memory: Path, report: Report) -> None:
    """Write all lists but that of the records left out."""
    _list(memory / RULES, ("facet", "rule", "value", "field", "word", "works"), _sorted(report.tally.rules))
    _list(memory / UNMAPPED, ("facet", "words", "works"), _sorted(report.tally.unmapped))
    with replacing_text(memory / JSON) as file:
        json.dump(_told(report), file, ensure_ascii=False, indent=1)
        file.write("\n")
    with replacing_text(memory / TEXT) as file:
        file.writelines(f"{line}\n" for line in lines(report))


def _list(path: Path, header: Sequence[str], counts: Iterable[tuple[Sequence[str], int]]) -> None:
    """Write what was counted, a row each."""
    with replacing_text(path) as file:
        write_guarded(file, [header])
        write_guarded(file, ((*map(clean, said), str(number)) for said, number in counts))


def _sorted(counts: Counter[Key]) -> list[tuple[Key, int]]:
    """Return the counts, the largest first, then by the alphabet."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _told(report: Report) -> dict[str, object]:
    facets: dict[str, dict[str, object]] = {}
    for name, fallback in report.fallbacks.items():
        values = {value: n for (facet, value), n in _sorted(report.tally.values) if facet == name}
        facets[name] = {"mapped": round(report.mapped(name), 4), "fallback": fallback, "values": values}
    return {
        "source": report.source,
        "records": report.records,
        "works": report.works,
        "file": report.file,
        "left_out": dict(_sorted(report.left_out)),
        "pictures": dict(_sorted(report.pictures)),
        "rows": dict(_sorted(report.rows)),
        "notes": dict(_sorted(report.tally.notes)),
        "facets": facets,
    }


def lines(report: Report) -> Iterator[str]:
    """Yield the report as lines of text."""
    yield f"{report.source}: {report.records:,} records, {report.works:,} works in {report.file}"
    sections = {
        "Left out (all listed in left-out.csv)": report.left_out,
        "Pictures": report.pictures,
        "Rows of works.csv": report.rows,
        "Notes": report.tally.notes,
    }
    for title, counts in sections.items():
        if counts:
            yield from ("", f"{title}:", *_counted(_sorted(counts)))
    for name, fallback in report.fallbacks.items():
        values = Counter({value: n for (facet, value), n in report.tally.values.items() if facet == name})
        yield from (
            "",
            f"{name}: {report.mapped(name):.2%} of works have a value; the rest are {fallback} (listed in unmapped.csv):",
        )
        yield from _counted(_sorted(values)[:SHOWN])
        if len(values) > SHOWN:
            yield f"           and {len(values) - SHOWN} more values"


def _counted(counts: Iterable[tuple[str, int]]) -> Iterator[str]:
    return (f"{number:>9,}  {name}" for name, number in counts)
