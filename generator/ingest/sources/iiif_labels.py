"""IIIF labels, and values in whatever language and form -> fields, and text."""

import html
import re
from typing import Any

LONGEST = 100_000  # characters of a value that are read
MOST = 1000  # values that are looked at
# Linear in any text, as html.parser is not: a tag ends before the next one begins, and one without end is text.
TAG = re.compile(r"<(/?)(?:([A-Za-z][A-Za-z0-9]*)(?=[\s/>])|[!?])[^<>]*>")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
SURROGATE = re.compile(r"[\ud800-\udfff]")
SILENT = frozenset({"script", "style", "template"})  # tags whose content is not for readers
APART = frozenset({"br", "p", "div", "li", "tr", "ul", "ol"})  # tags that part words
LABELS = {  # the bare labels by which a field is known, in English, German, French, Dutch, Italian, Spanish and others
    "title": "title titel titre titolo título titulo titre1 objecttitle 題名 タイトル",
    "creator": "artist creator maker artists creators makers author painter photographer printmaker artistmaker "
    "künstler künstlerin künstlerinnen urheber verfasser auteur artiste créateur creatore autore autor artista "
    "kunstenaar vervaardiger maker 作者 著者",
    "date": "date dates datecreated datemade datecreation dateofcreation creationdate created objectdate dated "
    "datestatement dateoforigin datierung datum entstehungszeit entstehungsdatum datedecréation datation data datazione "
    "fecha datering vervaardigingsdatum 年代 制作年",
    "materials": "medium materials material technique materialstechniques materialsandtechniques mediumtechnique "
    "materialtechnique materialandtechnique materialundtechnik technik materialtechnik technikmaterial matériaux "
    "matière matériauxettechniques matièresettechniques technique techniqueetmatériaux materiaal materialen techniek "
    "materiale tecnica materiali técnica materiales soporte 材質 技法 physicalmedium physicaldescription support",
    "culture": "culture cultures kultur kulturkreis kultuur cultuur cultura culturalcontext civilisation",
    "nationality": "nationality artistnationality nationalität nationalité nationaliteit nacionalidad",
    "geography": "place places placeoforigin origin geography country region creationplace placeofcreation placemade "
    "herkunft herkunftsort entstehungsort ort lieu lieudecréation origine plaatsvanvervaardiging herkomst luogo lugar "
    "provenancegéographique 産地",
    "period": "period periods era dynasty style epoche periode période époque periodo stijl dinastía 時代",
    "department": "department collection abteilung sammlung département collectie",
    "classification": "classification category type genre objecttype worktype gattung kategorie catégorie "
    "classificatie clasificación tipologia",
    "object": "object objectname objektbezeichnung objektart objecttitle objectnaam dénomination désignation soort",
    "accession_number": "accessionnumber accessionno accession inventorynumber inventoryno inventorynr objectnumber "
    "objectid shelfmark callnumber identifier referencenumber inventarnummer inventarnr signatur numérodinventaire cote "
    "inventarisnummer objectnummer númerodeinventario signatura collocazione segnatura 請求記号 登録番号",
    "credit": "creditline credit credits creditstatement erwerbung modedacquisition",
    "rights": "rights license licence copyright rightsstatement usageterms termsofuse rechte lizenz droits licencia "
    "derechos rechten diritti accessrights conditionsofuse",
    "museum": "museum institution repository holdinginstitution owner currentlocation location currentrepository "
    "institutionname holder besitzer standort bibliothek lieudeconservation instelling 所蔵 所蔵館",
}
TABLE = {label: field for field, labels in reversed(LABELS.items()) for label in labels.split()}


def texts(value: Any) -> tuple[str, ...]:
    """Return what a value says in one language: English, else that of no language, else the first; without markup."""
    spoken: dict[str, list[str]] = {}
    _gather(value, "none", spoken, 3)
    english = [language for language in spoken if re.match(r"en\b", language)]
    chosen = next((language for language in (*english, "none", *spoken) if language in spoken), None)
    return tuple(dict.fromkeys(spoken[chosen])) if chosen else ()


def text(value: Any) -> str:
    """Return what a value says as one text."""
    return "; ".join(texts(value))


def plain(words: str) -> str:
    """Return text without markup and on one line; what a script or style holds is no text."""
    words = SURROGATE.sub("\ufffd", words[:LONGEST])
    if TAG.search(words):
        words = _unmarked(words)
    elif ENTITY.search(words):
        words = html.unescape(words)
    return " ".join(words.split())


def _unmarked(words: str) -> str:
    """Return what a reader of a page sees of the text."""
    parts: list[str] = []
    at, silent = 0, ""
    for tag in TAG.finditer(words):
        name = (tag[2] or "").lower()
        parts.append("" if silent else words[at : tag.start()] + " " * (name in APART))
        at = tag.end()
        if name in SILENT:
            silent = name if not (tag[1] or silent) else "" if tag[1] and name == silent else silent
    return html.unescape("".join([*parts, "" if silent else words[at:]]))


def _gather(value: Any, language: str, spoken: dict[str, list[str]], depth: int) -> None:
    """Sort all texts of a value by language: version 3's map of lists, version 2's @value and @language, or mere text."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        if said := plain(str(value) if isinstance(value, str) or abs(value) < 10**18 else ""):
            spoken.setdefault(language, []).append(said)
    elif depth and isinstance(value, list):
        for member in value[:MOST]:
            _gather(member, language, spoken, depth - 1)
    elif depth and isinstance(value, dict):
        if "@value" in value:
            named = value.get("@language")
            _gather(value["@value"], named.lower() if isinstance(named, str) else language, spoken, depth - 1)
        else:
            for key, said in list(value.items())[:MOST]:
                _gather(said, "none" if key == "@none" else key.lower(), spoken, depth - 1)
