"""The Rijksmuseum: its CSV dump, answers of its former API in JSON, and its data services in Linked Art.

data.rijksmuseum.nl and rijksmuseum.github.io describe them. Tried on records written to those descriptions, not on
the museum's own files. The dump and the former API say mostly in Dutch what a thing is. A work of the data services
costs three requests: the object, what is seen on it, which has the rights, and the picture.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from generator.core.errors import FetchError
from generator.ingest.sources import linked_art
from generator.ingest.sources.base import LeftOut, Record, SourceQuery, Web
from generator.ingest.sources.museum import Museum, Rows, fetched, unfetched
from generator.ingest.sources.readers import FileShape, SourceRow
from generator.ingest.sources.values import entries, first, joined, names, plain, text, truth, words, years

DATA = "https://data.rijksmuseum.nl"
SEARCH = f"{DATA}/search/collection"
HOUSES = ("https://id.rijksmuseum.nl/", "https://data.rijksmuseum.nl/")  # of identifiers
PROFILE = "_profile=la-framed&_mediatype=application/ld%2Bjson"
MUSEUM = "Rijksmuseum"
COLUMNS = {
    "objectInventoryNumber": "objectNumber",
    "objectPersistentIdentifier": "identifier",
    "objectTitle[1]": "title",
    "objectType[1]": "objectTypes",
    "objectCreator[1]": "principalOrFirstMaker",
    "objectCreationDate[1]": "date",
    "objectImage": "image",
}
SHAPE = FileShape(needs=("objectNumber", "title"), within=("artObjects", "artObject"), rename=COLUMNS)
GOOGLE = re.compile(r"=[swh][0-9]+(?:-[a-z0-9-]+)?$")  # the size that an address of Google's image service asks for
NUMBER = re.compile(r"[0-9]{4,20}")  # of the data services; inventory numbers have letters


def record(row: SourceRow, asked: SourceQuery) -> Record:
    """Return the record of a row of the dump, of an object of the former API, or of Linked Art."""
    if "identified_by" in row.cells:
        return linked_art.record(row, asked, source=RIJKS.name, museum=MUSEUM)
    of = row.cells.get
    dating = first(of("dating"))
    begin, end, note = years(dating.get("yearEarly"), dating.get("yearLate"))
    makers = entries(of("principalMakers"))
    acquired = first(of("acquisition"))
    free = truth(of("permitDownload"))
    return Record(
        place=row.place,
        source=RIJKS.name,
        number=text(of("objectNumber")),
        title=plain(of("title")),
        creator=names([text(maker.get("name")) for maker in makers] or [text(of("principalOrFirstMaker"))]),
        date=text(of("date")) or text(dating.get("presentingDate")),
        begin=begin,
        end=end,
        words=words(
            nationality=[text(maker.get("nationality")) for maker in makers],
            geography=of("productionPlaces"),
            department=of("objectCollection"),
            object=of("objectTypes"),
            materials=joined(of("physicalMedium"), of("materials"), of("techniques")),
        ),
        pictures=_pictures(row, asked.width),
        free=free,
        museum=MUSEUM,
        accession_number=text(of("objectNumber")),
        credit=text(acquired.get("creditLine")),
        rights=text(of("copyrightHolder")) or ("Public domain according to the museum's API" if free else "Not stated"),
        rights_basis="permitDownload of the museum's API" if free is not None else "",
        source_url=text(of("identifier")) or f"https://www.rijksmuseum.nl/en/collection/{text(of('objectNumber'))}",
        extra=note,
    )


def _pictures(row: SourceRow, width: int) -> tuple[str, ...]:
    """Return the address of the picture at the size that is wanted."""
    image = first(row.cells.get("webImage")) or {"url": row.cells.get("image")}
    address = text(image.get("url"))
    return (GOOGLE.sub(f"=s{width}", address),) if address else ()


def one(wanted: str, client: Web) -> SourceRow | LeftOut:
    """Return one work of the data services, by its number there or by its inventory number."""
    if NUMBER.fullmatch(wanted):
        return _whole(f"{HOUSES[0]}{wanted}", wanted, client)
    address = f"{SEARCH}?{urlencode({'objectNumber': wanted})}"
    answer = fetched(client, address, wanted)
    if isinstance(answer, LeftOut):
        return answer
    found = linked_art.listed(answer)
    if not found:
        return LeftOut(place=address, number=wanted, title="", reason="not in the museum's data services")
    return _whole(found[0], wanted, client)


def search(asked: SourceQuery, client: Web) -> Rows:
    """Yield the works that answer to a query: words of a title, or parameters as "type=painting&creator=Rembrandt"."""
    parameters = dict(parse_qsl(asked.query)) or {"title": asked.query}
    address = f"{SEARCH}?{urlencode(parameters | {'imageAvailable': 'true'})}"
    seen: set[str] = set()
    while address.startswith(SEARCH) and address not in seen:
        seen.add(address)
        answer = fetched(client, address)
        if isinstance(answer, LeftOut):
            yield answer
            return
        yield from (_whole(identifier, identifier, client) for identifier in linked_art.listed(answer))
        address = text(first(answer.get("next")).get("id"))


def _whole(identifier: str, number: str, client: Web) -> SourceRow | LeftOut:
    """Return an object, and in it what is seen on it and the picture."""
    try:
        work = _followed({"id": identifier}, client)
        seen = _followed(work.get("shows"), client)
        shown = _followed(seen.get("digitally_shown_by"), client)
    except FetchError as error:
        return unfetched(error, number)
    return SourceRow(identifier, {"identified_by": [], **work, "seen": seen, "shown": shown})


def _followed(reference: object, client: Web) -> Mapping[str, Any]:
    """Return the data of what is referred to; nothing where it is not the museum's."""
    identifier = text(first(reference).get("id"))
    if not identifier.startswith(HOUSES):
        return {}
    answer = client.json(f"{DATA}/{identifier.rpartition('/')[2]}?{PROFILE}")
    return answer if isinstance(answer, dict) else {}


RIJKS = Museum(
    name="rijks",
    about="the Rijksmuseum's CSV dump, objects saved from its former API, or its data services with --ids or --query",
    shape=SHAPE,
    record=record,
    one=one,
    search=search,
)
