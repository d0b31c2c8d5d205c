"""The Art Institute of Chicago: the JSON files of its data dump, allArtworks.jsonl, and its API.

api.artic.edu/docs says what the fields hold. Tried on records written to that description, not on the museum's own
files. A search asks only for works in the public domain; of one the API gives a thousand works at most.
"""

import re
from urllib.parse import quote, urlencode

from generator.ingest.sources.base import LeftOut, Record, SourceQuery, Web
from generator.ingest.sources.museum import Museum, Rows, fetched, members
from generator.ingest.sources.readers import FileShape, SourceRow
from generator.ingest.sources.values import extra, first, joined, names, number, plain, text, truth, words, years

API = "https://api.artic.edu/api/v1/artworks"
IMAGES = "https://www.artic.edu/iiif/2"
WIDTHS = (200, 400, 600, 843, 1686)  # pixels across, that the museum keeps ready
ALWAYS = 843  # the one it recommends, which it has of every picture
DIGIT = re.compile(r"[0-9]")
PAGE, DEEPEST = 100, 1000  # works asked for at once, and how many of a search it gives
SHAPE = FileShape(needs=("id", "title"), within=("data",))
FIELDS = (
    "id,title,thumbnail,main_reference_number,date_start,date_end,date_display,artist_display,artist_title,"
    "artist_titles,place_of_origin,dimensions,medium_display,credit_line,is_public_domain,copyright_notice,"
    "artwork_type_title,department_title,style_titles,classification_titles,material_titles,technique_titles,"
    "subject_titles,image_id"
)


def record(row: SourceRow, asked: SourceQuery) -> Record:
    """Return the record of a work."""
    of = row.cells.get
    begin, end, note = years(of("date_start"), of("date_end"), date=text(of("date_display")))
    free = truth(of("is_public_domain"))
    line, *further = text(of("artist_display")).split("\n")
    titles = of("artist_titles")
    makers = titles if isinstance(titles, list) else [of("artist_title")]
    notice = text(of("copyright_notice"))
    return Record(
        place=row.place,
        source=AIC.name,
        number=text(of("id")),
        title=plain(of("title")),
        creator=names(map(text, makers)) or line,
        date=text(of("date_display")),
        begin=begin,
        end=end,
        words=words(
            culture="" if further or DIGIT.search(line) else line,
            nationality=[_people(line) for line in [*filter(DIGIT.search, further)] or further[:1]],
            geography=of("place_of_origin"),
            period=of("style_titles"),
            department=of("department_title"),
            classification=of("classification_titles"),
            object=of("artwork_type_title"),
            materials=joined(of("medium_display"), of("material_titles"), of("technique_titles")),
        ),
        pictures=_pictures(row, asked.width),
        free=free,
        museum="The Art Institute of Chicago",
        accession_number=text(of("main_reference_number")),
        credit=text(of("credit_line")),
        rights="CC0" if free else notice,
        rights_basis="is_public_domain of the museum's open data" if free is not None else "",
        source_url=f"https://www.artic.edu/artworks/{text(of('id'))}",
        alt=text(first(of("thumbnail")).get("alt_text")),
        extra=note + extra(dimensions=of("dimensions"), subject=joined(of("subject_titles")).replace("|", "; ")),
    )


def _people(line: str) -> str:
    """Return the people that a line of artist_display begins with: "American" of "American, 1838–1909"."""
    said = line.partition(",")[0].partition("(")[0]
    return "" if DIGIT.search(said) else said


def _pictures(row: SourceRow, width: int) -> tuple[str, ...]:
    """Return the addresses of the picture: as wide as wanted, where it is, then as recommended."""
    picture = text(row.cells.get("image_id"))
    if not picture:
        return ()
    full = number(first(row.cells.get("thumbnail")).get("width")) or WIDTHS[-1]
    wanted = next((ready for ready in WIDTHS if ready >= width), WIDTHS[-1])
    across = dict.fromkeys((wanted if full >= wanted else ALWAYS, ALWAYS))
    return tuple(f"{IMAGES}/{quote(picture, safe='')}/full/{pixels},/0/default.jpg" for pixels in across)


def one(wanted: str, client: Web) -> SourceRow | LeftOut:
    """Return one work as the API gives it."""
    address = f"{API}/{quote(wanted, safe='')}?fields={FIELDS}"
    answer = fetched(client, address, wanted)
    if isinstance(answer, LeftOut):
        return answer
    return SourceRow(address, first(answer.get("data")))


def search(asked: SourceQuery, client: Web) -> Rows:
    """Yield the works that answer to a query, a page of them at a time, and how many the API does not give."""
    asking = urlencode({"q": asked.query, "query[term][is_public_domain]": "true", "fields": FIELDS, "limit": PAGE})
    for page in range(1, DEEPEST // PAGE + 1):
        address = f"{API}/search?{asking}&page={page}"
        answer = fetched(client, address)
        if isinstance(answer, LeftOut):
            yield answer
            return
        works = members(answer, "data", address)
        yield from works
        pagination = first(answer.get("pagination"))
        total = number(pagination.get("total")) or 0
        if not works or page * PAGE >= total:
            return
    reason = "beyond the 1,000 works that the API returns for a search"
    detail = f"{total - DEEPEST} works; use narrower queries or the museum's data dump"
    yield LeftOut(place=address, number="", title="", reason=reason, detail=detail)


AIC = Museum(
    name="aic",
    about="The Art Institute of Chicago's data dump (its folder json/artworks), or its API with --ids or --query",
    shape=SHAPE,
    record=record,
    one=one,
    search=search,
)
