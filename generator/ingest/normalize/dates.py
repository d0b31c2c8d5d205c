"""Dates in a museum's words -> first and last year, or nothing where the words leave doubt.

date_words brings the text into a few plain words ("4. Jh. v. Chr." -> "4th century bc") and divides it into parts at
commas and brackets; here each part is divided into ends at its dashes, and what is not understood to the last word
gives None. "ca." and "?" change nothing. A century is counted as museums do, the 19th from 1800 to 1899; early, mid and
late are its thirds. "After 1801" gives None too, for nothing is known of its other end; "18th century, after 1713" has
both.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import ceil

from generator.ingest.normalize.date_words import plain_parts

LONGEST = 200  # letters; longer texts are no dates
NEWEST = 2100
KEPT = 50_000  # texts whose years are remembered: museums say the same a thousand times
EVER = 10**9  # a date without an end goes so far
OPEN = re.compile(r"\b(?:before|after|later|earlier|or|not|until|by|since|from)\b")
PARTS = {
    "early": (0, 1 / 3),
    "mid": (1 / 3, 2 / 3),
    "late": (2 / 3, 1),
    "h1": (0, 1 / 2),
    "h2": (1 / 2, 1),
    "q1": (0, 1 / 4),
    "q2": (1 / 4, 1 / 2),
    "q3": (1 / 2, 3 / 4),
    "q4": (3 / 4, 1),
    "d1": (0, 1 / 10),
    "d10": (9 / 10, 1),
}
# Years on which handbooks agree; what means different years in different places (Bronze Age, Classical) is left out
PERIODS = {
    "asuka": (538, 710),
    "nara": (710, 794),
    "heian": (794, 1185),
    "kamakura": (1185, 1333),
    "nanbokucho": (1336, 1392),
    "muromachi": (1392, 1573),
    "momoyama": (1573, 1615),
    "edo": (1615, 1868),
    "meiji": (1868, 1912),
    "taisho": (1912, 1926),
    "showa": (1926, 1989),
    "heisei": (1989, 2019),
    "western zhou": (-1046, -771),
    "eastern zhou": (-771, -256),
    "han": (-206, 220),
    "western han": (-206, 9),
    "eastern han": (25, 220),
    "northern wei": (386, 534),
    "northern qi": (550, 577),
    "sui": (581, 618),
    "tang": (618, 907),
    "five": (907, 960),  # dynasties, a word that is left out before the look-up
    "liao": (907, 1125),
    "song": (960, 1279),
    "northern song": (960, 1127),
    "southern song": (1127, 1279),
    "yuan": (1271, 1368),
    "ming": (1368, 1644),
    "qing": (1644, 1911),
    "kangxi": (1662, 1722),
    "yongzheng": (1723, 1735),
    "qianlong": (1736, 1795),
    "goryeo": (918, 1392),
    "joseon": (1392, 1910),
    "mughal": (1526, 1858),
    "safavid": (1501, 1736),
    "qajar": (1779, 1925),
    "timurid": (1370, 1507),
    "ilkhanid": (1256, 1353),
    "achaemenid": (-550, -330),
    "sasanian": (224, 651),
    "umayyad": (661, 750),
    "fatimid": (909, 1171),
    "mamluk": (1250, 1517),
    "majapahit": (1296, 1520),
    "old kingdom": (-2649, -2130),
    "mid kingdom": (-2030, -1650),  # as PLAIN has it
    "new kingdom": (-1550, -1070),
    "ptolemaic": (-332, -30),
    "carolingian": (751, 987),
    "victorian": (1837, 1901),
    "edwardian": (1901, 1910),
    "hellenistic": (-323, -31),
}
END = re.compile(
    r"(?:(?P<open>before|after) )?(?:(?P<part>early|mid|late|h1|h2|q1|q2|q3|q4|d1|d10)(?: |$))?(?:(?P<pre>bc|ad) )?"
    r"(?:(?P<ordinal>\d{1,2})th(?: (?P<unit>century|millennium))?|(?P<decade>\d{2,4})s"
    r"|(?P<mask>\d{1,3})(?P<blank>x{1,3})|(?P<hijri>\d{1,4}) ah|ah (?P<anno>\d{1,4})|(?P<year>\d{1,6}))?"
    r"(?: ?(?P<era>bc|ad))?"
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One end of a range as it is said; what it leaves out is said at the other."""

    open: str = ""  # before, after
    part: str = ""
    number: str = ""
    kind: str = ""  # century, millennium, ordinal, decade, mask, hijri, year
    era: str = ""


@lru_cache(maxsize=KEPT)
def span(text: str) -> Span | None:
    """Return the first and last year of a date, -550 for 550 BCE and never 0; None where it is not sure.

    A year of EDTF and ISO 8601 with four digits and a sign counts astronomically: -0550 is 551 BCE.
    """
    if len(text) > LONGEST:
        return None
    return _years(plain_parts(text))


def _years(parts: list[str]) -> Span | None:
    """Return what all parts agree on, or where two do not overlap all that they say."""
    years: Span | None = None
    for part in parts:
        found = _part(part)
        if found is None:
            if re.search(r"\d", part) or OPEN.search(part):
                return None
        elif years is None:
            years = found
        elif max(years[0], found[0]) <= min(years[1], found[1]):
            years = max(years[0], found[0]), min(years[1], found[1])
        else:
            years = min(years[0], found[0]), max(years[1], found[1])
    return years if years and years[0] > -EVER and years[1] < EVER else None


def _part(text: str) -> Span | None:
    if later := re.fullmatch(r"(.+?)[ -]+(?:or|and) (later|earlier|after|before)", text):
        text = f"{'after' if later[2] in ('later', 'after') else 'before'} {later[1]}"
    text = re.sub(r"^(?:(?:or|and) |(?:from|between) (?=.*-))", "", text)
    period = re.sub(r"\b(?:periods?|dynast(?:y|ies)|era)\b", "", text)
    spans = [PERIODS.get(" ".join(name.split())) for name in period.split("-")]
    if None not in spans:
        return _range([years for years in spans if years])
    said = [_end(end.strip()) for end in text.split("-")]
    ends = _completed([end for end in said if end]) if None not in said else []
    found = [_end_years(end) for end in ends]
    if not found or None in found:
        return None
    years = [each for each in found if each]
    if len(ends) == 2 and (ends[0].open, ends[1].open) == ("after", "before"):
        return (years[0][0], years[1][1]) if years[0][0] <= years[1][1] else None
    return _range(years)


def _range(spans: list[Span]) -> Span | None:
    """Return all years from the first end to the last; None where they go backwards: an era may be missing."""
    if any(this[0] > after[1] for this, after in pairwise(spans)):
        return None
    return min(first for first, _ in spans), max(last for _, last in spans)


def _end(text: str) -> End | None:
    match = END.fullmatch(text)
    if not match or not text:
        return None
    kinds = ("ordinal", "decade", "mask", "hijri", "anno", "year")
    kind = next((kind for kind in kinds if match[kind]), "")
    number = match[kind] + (match["blank"] or "") if kind else ""
    named = {"anno": "hijri", "ordinal": match["unit"] or "ordinal"}.get(kind, kind)
    era = match["pre"] or match["era"] or ""
    return End(open=match["open"] or "", part=match["part"] or "", number=number, kind=named, era=era)


def _completed(ends: list[End]) -> list[End]:
    """Return the ends with what only the other says: "4th-3rd century bc", "1570-80", "early to mid 1850s"."""
    for i in range(len(ends) - 2, -1, -1):
        this, after = ends[i], ends[i + 1]
        if not this.kind and not this.era:
            this = replace(this, number=after.number, kind=after.kind)
        elif this.kind == "ordinal" and after.kind in ("century", "millennium"):
            this = replace(this, kind=after.kind)
        ends[i] = replace(this, era=this.era or after.era)
    for i in range(1, len(ends)):
        before, this = ends[i - 1], ends[i]
        if before.era == "bc" and not this.era:
            return []
        short = len(before.number) - len(this.number)
        if this.kind in ("year", "decade") and before.kind in ("year", "decade") and short > 0:
            whole = before.number[:short] + this.number
            if before.era != "bc" and before.era == this.era:
                if int(whole) <= int(before.number) and this.era == "":
                    return []
                ends[i] = replace(this, number=whole if this.era == "" else this.number)
            elif before.era == this.era == "bc" and int(whole) < int(before.number):
                return []  # "330-20 bc" may mean 320 or 20
    return ends


def _end_years(end: End) -> Span | None:
    number, later = end.number, end.era != "bc"
    years: Span | None = None  # "1700s" may be ten years or a hundred
    if end.kind in ("century", "millennium"):
        years = _portion(int(number), 100 if end.kind == "century" else 1000, end.part, later)
    elif end.kind in ("decade", "mask") and later and len(number) == 4 and not number.endswith("00"):
        low, high = _share(10 ** max(1, number.count("x")), end.part)
        years = int(number.replace("x", "0")) + low, int(number.replace("x", "0")) + high
    elif end.kind == "hijri" and not end.part and 1 <= int(number) <= 1500:
        year = int(621.57 + 0.970229 * int(number))
        years = year, year + 1
    elif end.kind == "year" and not end.part and (end.era or len(number) >= 3) and int(number) > 0:
        years = (int(number) if later else -int(number),) * 2
    if years is None or years[1] > NEWEST:
        return None
    return {"before": (-EVER, years[0]), "after": (years[1], EVER)}.get(end.open, years)


def _portion(number: int, size: int, part: str, later: bool) -> Span | None:
    """Return the years of a century or millennium, or of a part of it: the first of the 4th before ours is 399 BCE."""
    if not 1 <= number <= (21 if size == 100 else 12):
        return None
    start = (number - 1) * size if later else 1 - number * size
    low, high = _share(size, part)
    return (max(start + low, 1), start + high) if later else (start + low, min(start + high, -1))


def _share(size: int, part: str) -> Span:
    """Return the first and last of so many years, from 0, that a part of them has."""
    low, high = PARTS.get(part, (0, 1))
    return ceil(low * size), ceil(high * size) - 1
