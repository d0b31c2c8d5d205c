"""The Metropolitan Museum of Art: MetObjects.csv, answers of its Collection API as JSON or as rows, and the API.

github.com/metmuseum/openaccess and metmuseum.github.io say what the columns hold. Only works in the public domain
become records: of others the Met gives no picture. The CSV holds no picture's address: `pictures` asks the API.
"""

from urllib.parse import quote, urlencode

from generator.ingest.sources.base import LeftOut, Record, SourceQuery, Web
from generator.ingest.sources.museum import Museum, Rows, fetched, left_out
from generator.ingest.sources.readers import FileShape, SourceRow
from generator.ingest.sources.values import entries, extra, joined, names, number, plain, text, truth, words, years

API = "https://collectionapi.metmuseum.org/public/collection/v1"
PAGE = "https://www.metmuseum.org/art/collection/search"
SMALL = 600  # pixels: primaryImageSmall is about as large; primaryImage is what the photographer made
COLUMNS = {  # of the CSV -> names that the API has for the same
    "Object ID": "objectID",
    "Object Number": "accessionNumber",
    "Is Public Domain": "isPublicDomain",
    "Department": "department",
    "Object Name": "objectName",
    "Title": "title",
    "Culture": "culture",
    "Period": "period",
    "Dynasty": "dynasty",
    "Reign": "reign",
    "Artist Role": "artistRole",
    "Artist Prefix": "artistPrefix",
    "Artist Display Name": "artistDisplayName",
    "Artist Suffix": "artistSuffix",
    "Artist Nationality": "artistNationality",
    "Object Date": "objectDate",
    "Object Begin Date": "objectBeginDate",
    "Object End Date": "objectEndDate",
    "Medium": "medium",
    "Dimensions": "dimensions",
    "Credit Line": "creditLine",
    "City": "city",
    "State": "state",
    "County": "county",
    "Country": "country",
    "Region": "region",
    "Subregion": "subregion",
    "Locale": "locale",
    "River": "river",
    "Classification": "classification",
    "Object Wikidata URL": "objectWikidata_URL",
    "Tags": "tags",
}
PLACES = ("country", "region", "subregion", "state", "county", "city", "locale", "river")
SHAPE = FileShape(needs=("objectID", "isPublicDomain"), within=("objects",), rename=COLUMNS)


def record(row: SourceRow, asked: SourceQuery) -> Record | LeftOut:
    """Return the record of a row of any of the Met's forms."""
    of = row.cells.get
    known = str(number(of("objectID")) or "")
    title = plain(of("title")) or plain(of("objectName"))
    if not known and of("message"):
        return left_out(row, "", "", "no object", text(of("message")))
    if not truth(of("isPublicDomain")):
        return left_out(row, known, title, "not in the public domain", text(of("rightsAndReproduction")))
    begin, end, note = years(of("objectBeginDate"), of("objectEndDate"), date=text(of("objectDate")))
    return Record(
        place=row.place,
        source=MET.name,
        number=known,
        title=title,
        creator=_makers(row),
        date=text(of("objectDate")),
        begin=begin,
        end=end,
        words=words(
            culture=of("culture"),
            nationality=of("artistNationality"),
            geography=joined(*map(of, PLACES)),
            period=joined(of("period"), of("dynasty"), of("reign")),
            department=of("department"),
            classification=of("classification"),
            object=of("objectName"),
            materials=of("medium"),
        ),
        pictures=_pictures(of("primaryImage"), of("primaryImageSmall"), asked.width),
        free=True,
        museum="The Metropolitan Museum of Art",
        accession_number=text(of("accessionNumber")),
        credit=text(of("creditLine")),
        rights="CC0",
        rights_basis="public domain according to the museum's open access record",
        source_url=f"{PAGE}/{known}",
        extra=note
        + extra(dimensions=of("dimensions"), subject=_subjects(of("tags")), wikidata=of("objectWikidata_URL")),
    )


def _makers(row: SourceRow) -> str:
    """Return the makers with what the museum says of their part: "Workshop of Bellini; Gentile Bellini"."""
    of = row.cells.get
    if isinstance(of("artistDisplayName"), str) and not of("constituents"):
        parts = [text(of(name)).split("|") for name in ("artistPrefix", "artistDisplayName", "artistSuffix")]
        prefixes, shown, suffixes = (part + [""] * (len(parts[1]) - len(part)) for part in parts)
        return names(" ".join(part) for part in zip(prefixes, shown, suffixes, strict=False))
    makers = [text(maker.get("name")) for maker in entries(of("constituents"))]
    return names([f"{makers[0]} {text(of('artistSuffix'))}", *makers[1:]]) if makers else ""


def _subjects(tags: object) -> str:
    """Return what the museum's tags name, with "; " between."""
    terms = [text(tag.get("term")) for tag in entries(tags)]
    return "; ".join(filter(None, terms)) if terms else joined(tags if text(tags) != "[]" else "").replace("|", "; ")


def _pictures(large: object, small: object, width: int) -> tuple[str, ...]:
    """Return the addresses of the picture, the small one first where it is large enough."""
    order = (small, large) if width <= SMALL else (large, small)
    return tuple(filter(None, map(text, order)))


def one(wanted: str, client: Web) -> SourceRow | LeftOut:
    """Return one object as the API gives it."""
    address = f"{API}/objects/{quote(wanted, safe='')}"
    answer = fetched(client, address, wanted)
    return answer if isinstance(answer, LeftOut) else SourceRow(address, answer)


def search(asked: SourceQuery, client: Web) -> Rows:
    """Yield the objects with pictures that answer to a query; one request each."""
    answer = fetched(client, f"{API}/search?{urlencode({'hasImages': 'true', 'q': asked.query})}")
    if isinstance(answer, LeftOut):
        yield answer
        return
    found = answer.get("objectIDs")  # null where nothing answers
    yield from (one(text(wanted), client) for wanted in (found if isinstance(found, list) else []))


def find(known: str, client: Web) -> tuple[str, ...]:
    """Return the addresses of an object's picture, asked of the API."""
    answer = client.json(f"{API}/objects/{known}")
    if not isinstance(answer, dict) or truth(answer.get("isPublicDomain")) is False:
        return ()
    return _pictures(answer.get("primaryImage"), answer.get("primaryImageSmall"), SMALL + 1)


MET = Museum(
    name="met",
    about="The Met's MetObjects.csv, objects saved from its Collection API, or this API with --ids or --query",
    shape=SHAPE,
    record=record,
    one=one,
    search=search,
    find=find,
)
