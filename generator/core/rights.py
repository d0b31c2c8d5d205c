"""Rights: the license that a statement names, its address, and whether anyone may show the picture."""

import re

CREATIVE = re.compile(
    r"creativecommons\.org/(publicdomain|licenses)/(zero|mark|[a-z]+(?:-[a-z]+)*)(?:/(\d\.\d))?", re.IGNORECASE
)
STATEMENT = re.compile(r"rightsstatements\.org/(?:vocab|page)/([A-Za-z-]+)(?:/(\d\.\d))?", re.IGNORECASE)
ZERO = re.compile(r"CC[ -]?0\b(?!\.)", re.IGNORECASE)
LICENSE = re.compile(r"CC[ -](BY(?:[ -](?:SA|NC|ND))*)[ -](\d\.\d)\b", re.IGNORECASE)
MARK = re.compile(r"\bpublic domain mark\b", re.IGNORECASE)
STATEMENTS = {  # of rightsstatements.org
    "inc": "In Copyright",
    "inc-ow-eu": "In Copyright, EU Orphan Work",
    "inc-edu": "In Copyright, Educational Use Permitted",
    "inc-nc": "In Copyright, Non-Commercial Use Permitted",
    "inc-ruu": "In Copyright, Rights-holder(s) Unlocatable",
    "noc-cr": "No Copyright, Contractual Restrictions",
    "noc-nc": "No Copyright, Non-Commercial Use Only",
    "noc-oklr": "No Copyright, Other Legal Restrictions",
    "noc-us": "No Copyright, United States",
    "cne": "Copyright Not Evaluated",
    "und": "Copyright Undetermined",
    "nkc": "No Known Copyright",
}
FREE = re.compile(
    r"\bcc[ -]?0\b|\bcc[ -]by(?:[ -]sa)?\b(?![ -]?n[cd]\b)|(?<!not )(?<!not in )(?<!not in the )\bpublic domain\b"
    r"|\bgemeinfrei\b|\bdomaine public\b|\bdominio p[úu]b(?:blico|lico)\b|\bpubbl?ico dominio\b|\bpubliek domein\b",
    re.IGNORECASE,
)
CLOSED = re.compile(
    r"(?<!not )(?<!longer )\bin copyright\b|\ball rights reserved\b|\balle rechte vorbehalten\b"
    r"|\btous droits réservés\b|\burheberrechtlich geschützt\b|\balle rechten voorbehouden\b",
    re.IGNORECASE,
)


def address(text: str) -> str:
    """Return the address that stands for a statement of rights, as IIIF writes it; "" where it names none.

    A license is named by its address, or by its name and version at the beginning: "CC BY 4.0 (Getty publication)".
    "Public domain" by itself names no license: who says so, and for which country, is not known.
    """
    for found in CREATIVE.finditer(text):
        shelf, name = found[1].lower(), found[2].lower()
        if found[3] and (name in ("zero", "mark") if shelf == "publicdomain" else name.split("-")[0] == "by"):
            return f"http://creativecommons.org/{shelf}/{name}/{found[3]}/"
    for found in STATEMENT.finditer(text):
        if found[2]:
            return f"http://rightsstatements.org/vocab/{found[1]}/{found[2]}/"
    if ZERO.match(text):
        return "http://creativecommons.org/publicdomain/zero/1.0/"
    if license := LICENSE.match(text):
        return f"http://creativecommons.org/licenses/{license[1].lower().replace(' ', '-')}/{license[2]}/"
    return "http://creativecommons.org/publicdomain/mark/1.0/" if MARK.search(text) else ""


def may_be_shown(*said: str) -> bool | None:
    """Return whether anyone may show a picture under these statements; None where they do not say, or say both.

    Licences that forbid commercial use or changes do not let anyone do so, and do not forbid it to all: None.
    """
    answers = {answer for text in said if text for answer in (_judged(text),) if answer is not None}
    return answers.pop() if len(answers) == 1 else None


def called(text: str) -> str:
    """Return the name of the statement that an address stands for: "CC BY 4.0"; other text as it is."""
    if found := CREATIVE.search(text):
        name = {"zero": "CC0", "mark": "Public Domain Mark"}.get(found[2].lower(), f"CC {found[2].upper()}")
        return f"{name} {found[3]}" if found[3] else name
    found = STATEMENT.search(text)
    return STATEMENTS.get(found[1].lower(), text) if found else text


def _judged(text: str) -> bool | None:
    """Return what one statement says; an address in it counts for more than its words."""
    if found := CREATIVE.search(text):
        return True if found[2].lower() in ("zero", "mark", "by", "by-sa") else None
    if found := STATEMENT.search(text):
        name = found[1].lower()
        return True if name == "noc-us" else False if name.startswith("inc") else None
    free, closed = FREE.search(text), CLOSED.search(text)
    return None if bool(free) == bool(closed) else bool(free)
