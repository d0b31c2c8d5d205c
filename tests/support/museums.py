"""A museum whose records are given, and the content folder that ingest makes of them."""

import csv
from collections.abc import Callable
from pathlib import Path

from generator import ingest, pipeline
from generator.core.store import Store
from generator.ingest import IngestRequest
from generator.ingest.sources.base import LeftOut, Record, Source, SourceQuery
from support.making import Silent, read_table
from support.misbehaving import picture

RULES = """
[culture]
fallback = "Various"
fields = ["culture", "geography"]
[[culture.rules]]
value = "Greek"
words = ["Greek", "Attic"]
[[culture.rules]]
value = "Chinese"
words = ["China", "Chinese"]

[medium]
fallback = "Uncategorized"
fields = ["classification", "materials"]
[[medium.rules]]
value = "Ceramics"
words = ["Vases", "porcelain"]
"""


WORKS = 3


class Museum(Source):
    """A source whose records are given."""

    name = "mu"
    about = "a museum of this test"

    def __init__(self, *found: Record | LeftOut, resolve: Callable[[str], tuple[str, ...]] | None = None) -> None:
        self.found, self.resolve = found, resolve

    def records(self, asked):
        yield from self.found

    def pictures(self, number, client):
        return self.resolve(number) if self.resolve else ()


def record(i: int = 0, **changes) -> Record:
    """Return work i of the museum, with its picture on this machine."""
    told = {
        "place": f"objects.csv:{i + 2}",
        "source": "mu",
        "number": str(i),
        "title": f"Vase {i}",
        "date": "ca. 1570",
        "begin": 1565,
        "end": 1575,
        "free": True,
        "museum": "A Museum",
        "rights": "CC0",
        "words": {"culture": "Greek, Attic", "classification": "Vases"},
        "pictures": (f"{i}.png",),
    }
    return Record(**{**told, **changes})


def open_museum(folder: Path) -> Path:
    """Write a museum's files, the pictures of its works among them; return the folder."""
    folder.mkdir()
    (folder / "vocabulary.toml").write_text(RULES)
    (folder / "objects.csv").write_text("")
    for i in range(WORKS):
        (folder / f"{i}.png").write_bytes(picture((20 + i, 10)))
    return folder


def run(place: Path, *found: Record | LeftOut, resolve=None, **more) -> ingest.Report:
    """Ingest the records, or works 0, 1 and 2, into the folder out."""
    source = Museum(*(found or [record(i) for i in range(WORKS)]), resolve=resolve)
    request = IngestRequest(
        source=source,
        asked=SourceQuery(inputs=(str(place / "objects.csv"),)),
        to=place / "out",
        rules=place / "vocabulary.toml",
        jobs=2,
        **more,
    )
    return ingest.ingest(request, Silent())


def works(place: Path) -> dict[str, dict[str, str]]:
    return {row["objectid"]: row for row in read_table(place / "out" / "works.csv")}


def left_out(place: Path) -> dict[str, str]:
    """Return the reason by number."""
    return {row["number"]: row["reason"] for row in read_table(place / "out" / "ingest" / "left-out.csv")}


def edit(place: Path, change: Callable[[list[list[str]]], object]) -> None:
    """Change works.csv as its owner would; `change` is given all rows."""
    path = place / "out" / "works.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def check(place: Path) -> pipeline.BuildRequest:
    request = pipeline.BuildRequest(content=place / "out", out=place / "_site", store=Store(place / "cache"))
    pipeline.check(request, Silent())
    return request
