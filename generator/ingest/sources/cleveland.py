"""The Cleveland Museum of Art: data.csv or data.json of its open access, and its API.

openaccess-api.clevelandart.org says what the fields hold. Tried on records written to that description, not on the
museum's own files. A search asks only for works under CC0 with a picture.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from generator.ingest.sources.base import LeftOut, Record, SourceQuery, Web
from generator.ingest.sources.museum import Museum, Rows, fetched, members
from generator.ingest.sources.readers import FileShape, SourceRow
from generator.ingest.sources.values import (
    by_size,
    entries,
    extra,
    first,
    joined,
    names,
    number,
    plain,
    text,
    words,
    years,
)

API = "https://openaccess-api.clevelandart.org/api/artworks/"
PAGE = 100  # works asked for at once
SHAPE = FileShape(needs=("id", "share_license_status"), within=("data",))
SIZES = {"web": 900, "print": 3400}  # pixels of the longer side, about, where the record does not say
PEOPLE = re.compile(r"\(([^()0-9,;]{2,60})[,)]")  # "Henri Rousseau (French, 1844–1910)"
FREE = {"cc0": True, "copyrighted": False}


def record(row: SourceRow, asked: SourceQuery) -> Record:
    """Return the record of a row of the table, of the file or of the API."""
    of = row.cells.get
    makers = [text(maker.get("description")) for maker in entries(of("creators"))] or text(of("creators")).split("|")
    begin, end, note = years(of("creation_date_earliest"), of("creation_date_latest"), date=text(of("creation_date")))
    licence = text(of("share_license_status"))
    return Record(
        place=row.place,
        source=CLEVELAND.name,
        number=text(of("id")),
        title=plain(of("title")),
        creator=names(makers),
        date=text(of("creation_date")),
        begin=begin,
        end=end,
        words=words(
            culture=of("culture"),
            nationality=[found[-1] for maker in makers if (found := PEOPLE.findall(maker))],
            department=joined(of("department"), of("collection")),
            classification=of("type"),
            materials=of("technique"),
        ),
        pictures=_pictures(row.cells, asked.width),
        free=FREE.get(licence.casefold()),
        museum="The Cleveland Museum of Art",
        accession_number=text(of("accession_number")),
        credit=text(of("creditline")),
        rights=text(of("copyright")) or licence,
        rights_basis="share_license_status of the museum's open access" if licence else "",
        source_url=text(of("url")),
        extra=note + extra(dimensions=of("measurements"), description=plain(of("description"))),
    )


def _pictures(cells: Mapping[str, Any], width: int) -> tuple[str, ...]:
    """Return the addresses of the picture; not that of the uncompressed one."""
    images = first(cells.get("images"))
    found = []
    for size, usual in SIZES.items():
        image = first(images.get(size)) or {"url": cells.get(f"image_{size}")}
        sides = [number(image.get(side)) or 0 for side in ("width", "height")]
        found.append((text(image.get("url")), max(sides) or usual))
    return by_size(found, width)


def one(wanted: str, client: Web) -> SourceRow | LeftOut:
    """Return one work as the API gives it, by its id or accession number."""
    address = API + quote(wanted, safe="")
    answer = fetched(client, address, wanted)
    if isinstance(answer, LeftOut):
        return answer
    return SourceRow(address, next(iter(entries(answer.get("data"))), {}))


def search(asked: SourceQuery, client: Web) -> Rows:
    """Yield the works that answer to a query, a page of them at a time."""
    skip, total = 0, 1
    while skip < total:
        address = f"{API}?cc0&{urlencode({'q': asked.query, 'has_image': 1, 'limit': PAGE, 'skip': skip})}"
        answer = fetched(client, address)
        if isinstance(answer, LeftOut):
            yield answer
            return
        works = members(answer, "data", address)
        yield from works
        info = next(iter(entries(answer.get("info"))), {})
        skip, total = skip + PAGE, (number(info.get("total")) or 0) if works else 0


CLEVELAND = Museum(
    name="cleveland",
    about="The Cleveland Museum of Art's data.csv or data.json, or its API with --ids or --query",
    shape=SHAPE,
    record=record,
    one=one,
    search=search,
)
