"""Date words, in several languages -> a few plain ones: "4. Jh. v. Chr." -> "4th century bc". Reads no year."""

import re
import unicodedata

MONTHS = (
    r"jan(?:uary|uar|vier|uari)?|feb(?:ruary|ruar|ruari)?|fevrier|mar(?:ch|s)?|maerz|marz|maart|apr(?:il)?|avril|may|mai"
    r"|mei|june?|juni|juin|july?|juli|juillet|aug(?:ust|ustus)?|aout|sept?(?:ember|embre)?|o[ck]t(?:ober|obre)?"
    r"|nov(?:ember|embre)?|de[cz](?:ember|embre)?|spring|summer|autumn|fall|winter"
)
DAY = r"\d{1,2}(?:st|nd|rd|th|\.)?(?: ?- ?\d{1,2}(?:st|nd|rd|th|\.)?)?"
NUMBERS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
)
WRITTEN = re.compile(rf"\b(?:{'|'.join(NUMBERS)})(?=[ -](?:century|centuries|to|or|and|millennium)\b)")
ROMAN = {"i": 1, "v": 5, "x": 10}
ROMANS = re.compile(
    r"\b([ivx]{1,5})(?:e|eme|er)?(?= ?(?:-|\u2013|et|/|au) ?[ivx]+e| (?:siecle|secolo)|e? ?-e? ?[ivx]+ secolo)"
)
SPACES = (r"\s+", " ")
WHOLE = (  # before the text is divided into parts
    (r"_x000d_", " "),
    (r"^\W*\.\.(?=\d)", "before "),
    (r"^(\d{4})\W*\.\.\W*$", r"after \1"),
    (r"[\[\]?~%*\"']", " "),
    (r"[\u2010-\u2015\u2212]", "-"),
    (r"(\d),(?=\d{3}(?: ?- ?\d{1,3},\d{3})? ?b\.? ?c)", r"\1"),
    SPACES,
    (rf"\b(?:{DAY} )?(?:{MONTHS})\b\.?(?: ?[-/] ?(?:{DAY} )?(?:{MONTHS})\b\.?)?(?: {DAY})?,?(?= ?\d{{4}})", " "),
    (r"\b\d{1,2}/(?:\d{1,2}/)?(?=\d{4}\b)", " "),
    (r"\b(\d{4})-\d\d-\d\d\b", r"\1"),
)
PLAIN = (  # in each part
    (
        r"\b(?:b\. ?c\. ?e\b\.?|b\. ?c\b\.?|bce?\b|v\. ?chr\b\.?|v\. ?u\. ?z\b\.?|av(?:ant|\.)? ?j\.? ?-? ?c\b\.?)",
        " bc ",
    ),
    (r"\b(?:a\. ?d\b\.?|c\. ?e\b\.?|ad\b|ce\b|n\. ?chr\b\.?|ap(?:res|r\.|\.)? ?j\.? ?-? ?c\b\.?)", " ad "),
    (r"\ba\. ?h\b\.?", " ah "),
    (r"(?<=\d)(?:st|nd|rd|th|er|e|de|ste|eme|\.)(?=[ -]*[a-z]| ?-)", "th "),
    SPACES,
    (r"\bah ?\d+(?: ?- ?\d+)? ?/|\b\d+(?: ?- ?\d+)? ?ah ?/", " "),
    (
        r"\b(?:centur(?:y|ies)|cent\b\.?|siecles?|jahrhunderts?|jhdt\b\.?|jhd\b\.?|jh\b\.?|eeuw|secolo|siglo)",
        " century ",
    ),
    (r"(?<=\dth )c\b\.?", " century "),
    (r"\b(?:millenni(?:um|a)|mill\.|jahrtausends?|millenaire)", " millennium "),
    (r"\b(?:1th|1re|first|erste|premiere|eerste) (?:half|halfte|moitie|helft)(?: of| du| van de)?\b", " h1 "),
    (
        r"\b(?:2th|second|zweite|seconde|deuxieme|tweede|last) (?:half|halfte|moitie|helft)(?: of| du| van de)?\b",
        " h2 ",
    ),
    (r"\b(?:1th|first|erstes) (?:quarter|viertel|quart)\b", " q1 "),
    (r"\b(?:2th|second|zweites) (?:quarter|viertel|quart)\b", " q2 "),
    (r"\b(?:3th|third|drittes) (?:quarter|viertel|quart)\b", " q3 "),
    (r"\b(?:4th|fourth|last|letztes|viertes) (?:quarter|viertel|quart)\b", " q4 "),
    (r"\b(?:1th|first) decade\b", " d1 "),
    (r"\blast decade\b", " d10 "),
    (r"\b(?:early|anfang|debut|begin(?:ning)?|start)\b", " early "),
    (r"\b(?:mid(?:dle)?|mitte|milieu|midden)(?![a-z])", " mid "),
    (r"\b(?:late|ende?|fin|eind)(?![a-z])", " late "),
    SPACES,
    (r"\b(early|mid|late) ?- ?(?=\d|to )", r"\1 "),
    (r"\b(?:\d{1,2}th dynast(?:y|ies)|dynast(?:y|ies) \d+(?: ?- ?\d+)?)\b", " "),
    (
        r"\b(?:circa|ca?\b\.?|around|about|approx(?:imately|\.)?|probably|prob\.|possibly|perhaps|likely|presumably|um"
        r"|etwa|vers|environ|env\.|omstreeks|omstr\.|dated?|datable to|in|the|of|des|du|de la|de|den|het|im|shortly"
        r"|years?|r\.|reign(?:ed|s)?|ruled|design(?:ed)?|made|modell?ed|executed|painted|drawn|engraved|exhibited|published|carved"
        r"|woven|written|built|manufactured|printed|patented|cast|first)(?![a-z])",
        " ",
    ),
    (r"\b(?:before|by|avant|vor|voor|no later than|prior to)\b", " before "),
    (r"\b(?:after|apres|nach|na|no earlier than|since)\b", " after "),
    SPACES,
    (r"\b(?:to|until|till|through|bis|tot)\b", "-"),
    (r"(?<=[a-z\d]) (?:or|and|und|et|en|ou|oder|a) (?!later|earlier|after|before)|(?<=[a-z\d]) ?[/&] ?", "-"),
    (r":", " "),
    SPACES,
)
# What a later part says of printing or showing the work is not when the work was made
LATER = re.compile(
    r"\b(?:(?:re)?print|(?:re)?cast\b|(?:re)?publish|exhibit|reproduc|reconstruct|remade|rework|replica|edition|version"
    r"|restor|alter|original|posthum|(?:re)?assembl|annotat|copy\b|patent)"
)


def plain_parts(text: str) -> list[str]:
    """Return the parts of a date, which commas and brackets divide, in plain words; none is empty."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"(?:^|(?<=[/\[])|(?<=to ))-(\d{4})(?!\d)", lambda year: f"{int(year[1]) + 1} bc", plain)
    plain = re.sub(r"(?:^|(?<=[/\[])|(?<=to ))-(\d{1,3})(?!\d)", r"\1 bc", plain)
    plain = ROMANS.sub(_roman, plain)
    plain = WRITTEN.sub(lambda word: f"{NUMBERS.index(word[0]) + 1}th", plain)
    first, *more = re.split(r"[,;()]", _replaced(plain, WHOLE))
    said = [first, *(part for part in more if not LATER.search(part))]
    return [part for part in (_replaced(part, PLAIN).strip(" .") for part in said) if part]


def _roman(numeral: re.Match[str]) -> str:
    values = [ROMAN[letter] for letter in numeral[1]]
    return f"{sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))}th"


def _replaced(text: str, table: tuple[tuple[str, str], ...]) -> str:
    for pattern, plain in table:
        text = re.sub(pattern, plain, text)
    return text
