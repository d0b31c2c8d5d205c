"""Carnegie Museum of Art, Pittsburgh: cmoa.csv or cmoa.json, and teenie.csv or teenie.json of the same form.

github.com/cmoa/collection says what they hold. Its licence covers the records; of the pictures it says only that
they are not under it, so nothing is known of a single one.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.ingest.sources.base import Record, SourceQuery
from generator.ingest.sources.museum import Museum
from generator.ingest.sources.readers import FileShape, SourceRow
from generator.ingest.sources.values import entries, names, plain, text, words, years

SHAPE = FileShape(needs=("id", "title", "creation_date_earliest"), within=("things",))
RIGHTS = "Not stated; the museum's open data covers the record, not the picture"
DATE = re.compile(r"(-?[0-9]{1,6})(?:-([0-9]{2})-([0-9]{2}))?")
REFORM = 1583  # first whole year of the Gregorian calendar
PART = re.compile(r"after|(?:.* )?(?:by|to|of)", re.IGNORECASE)  # roles that go before a name
CREATOR = ("full_name", "role", "nationality")


def record(row: SourceRow, asked: SourceQuery) -> Record:
    """Return the record of a row; its creators and pictures are lists in JSON, or columns with "|" between."""
    of = row.cells.get
    makers = entries(of("creator")) or list(_columns(row))
    images = [text(image.get("image_url")) for image in entries(of("images"))]
    begin, end, note = years(
        _year(of("creation_date_earliest")), _year(of("creation_date_latest")), date=text(of("creation_date"))
    )
    return Record(
        place=row.place,
        source=CMOA.name,
        number=text(of("id")).rpartition("/")[2],
        title=plain(of("title")),
        creator=names(map(_maker, makers)),
        date=text(of("creation_date")),
        begin=begin,
        end=end,
        words=words(
            nationality=[text(maker.get("nationality")) for maker in makers],
            department=of("department"),
            classification=of("classification"),
            materials=of("medium"),
        ),
        pictures=tuple(filter(None, (images or text(of("image_url")).split("|"))[:1])),
        museum="Carnegie Museum of Art",
        accession_number=text(of("accession_number")),
        credit=text(of("credit_line")),
        rights=RIGHTS,
        source_url=text(of("web_url")),
        extra=note,
    )


def _columns(row: SourceRow) -> Iterator[Mapping[str, Any]]:
    """Yield the makers of a row that has a column for each thing known of them."""
    parts = [text(row.cells.get(name)).split("|") for name in CREATOR]
    for i, name in enumerate(parts[0]):
        yield dict(zip(CREATOR, (name, *(part[i] if i < len(part) else "" for part in parts[1:])), strict=True))


def _maker(maker: Mapping[str, Any]) -> str:
    """Return a maker and their part: "after Rembrandt", "Josiah Wedgwood (manufacturer)"."""
    name, role = text(maker.get("full_name")), text(maker.get("role"))
    if not role or not name or role.casefold() == "artist":
        return name
    return f"{role} {name}" if PART.fullmatch(role) else f"{name} ({role})"


def _year(date: object) -> int | None:
    """Return the year of a date of theirs; -0664 is 664 BCE.

    Their export turned January 1 of years before the calendar's reform into a day of the December before: what the
    museum calls 1512 stands as 1511-12-22.
    """
    found = DATE.match(text(date))
    if not found:
        return None
    year = int(found[1])
    moved = found[2] == "12" and int(found[3]) >= 20 and 0 < year < REFORM
    return year + 1 if moved else year


CMOA = Museum(
    name="cmoa",
    about="Carnegie Museum of Art's cmoa.csv or cmoa.json",
    shape=SHAPE,
    record=record,
)
