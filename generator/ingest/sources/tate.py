"""Tate: artwork_data.csv, the artworks' JSON files, or those files flattened to a table.

github.com/tategallery/collection says what they hold. Its licence covers the records, not the pictures: a record
with a copyright notice is not free; of one without, nothing is known. Tate names no cultures and no nationalities;
where it names no artist but a school, "British School 18th century", that stands for a culture.
"""

from generator.ingest.sources.base import Record, SourceQuery
from generator.ingest.sources.museum import Museum
from generator.ingest.sources.readers import FileShape, SourceRow
from generator.ingest.sources.values import entries, extra, first, names, plain, text, words, years

SHAPE = FileShape(needs=("acno", "title"), rename={"accession_number": "acno"})
RIGHTS = "Not stated; Tate's open data covers the record, not the picture"


def record(row: SourceRow, asked: SourceQuery) -> Record:
    """Return the record of a row or file."""
    of = row.cells.get
    span = first(of("dateRange")) or {"startYear": of("year")}
    begin, end, note = years(span.get("startYear"), span.get("endYear"))
    notice = text(of("thumbnailCopyright"))
    makers = _makers(row)
    movements = [text(movement.get("name")) for movement in entries(of("movements"))]
    return Record(
        place=row.place,
        source=TATE.name,
        number=text(of("acno")),
        title=plain(of("title")),
        creator=makers,
        date=text(of("dateText")),
        begin=begin,
        end=end,
        words=words(
            culture=makers if "School" in makers else "",
            period=movements,
            classification=of("classification"),
            materials=of("medium"),
        ),
        pictures=tuple(filter(None, [text(of("thumbnailUrl"))])),
        free=False if notice else None,
        museum="Tate",
        accession_number=text(of("acno")),
        credit=text(of("creditLine")),
        rights=notice or RIGHTS,
        rights_basis="thumbnailCopyright of Tate's open data" if notice else "",
        source_url=text(of("url")),
        extra=note
        + extra(original_title=plain(of("foreignTitle")), series=plain(of("groupTitle")), dimensions=of("dimensions")),
    )


def _makers(row: SourceRow) -> str:
    """Return who made it; artwork_data.csv turns names around and tells the part: "after", "Blake, Robert"."""
    of = row.cells.get
    role = text(of("artistRole"))
    return names([text(of("all_artists")) or f"{'' if role == 'artist' else role} {text(of('artist'))}"])


TATE = Museum(
    name="tate",
    about="Tate's artwork_data.csv, or its folder of artworks in JSON",
    shape=SHAPE,
    record=record,
)
