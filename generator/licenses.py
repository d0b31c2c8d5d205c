"""What a statement of rights says -> the address of the license or statement that it names without doubt."""

import re

CREATIVE = re.compile(r"creativecommons\.org/(publicdomain/(?:zero|mark)|licenses/by(?:-[a-z]+)*)/(\d\.\d)", re.I)
STATEMENT = re.compile(r"rightsstatements\.org/(?:vocab|page)/([A-Za-z-]+)/(\d\.\d)", re.IGNORECASE)
ZERO = re.compile(r"CC[ -]?0\b(?!\.)", re.IGNORECASE)
LICENSE = re.compile(r"CC[ -](BY(?:[ -](?:SA|NC|ND))*)[ -](\d\.\d)\b", re.IGNORECASE)
MARK = re.compile(r"\bpublic domain mark\b", re.IGNORECASE)


def address(text: str) -> str:
    """Return the address that stands for a statement of rights, as IIIF writes it; "" where it names none.

    A license is named by its address, or by its name and version at the beginning: "CC BY 4.0 (Getty publication)".
    "Public domain" by itself names no license: who says so, and for which country, is not known.
    """
    if found := CREATIVE.search(text):
        return f"http://creativecommons.org/{found[1].lower()}/{found[2]}/"
    if found := STATEMENT.search(text):
        return f"http://rightsstatements.org/vocab/{found[1]}/{found[2]}/"
    if ZERO.match(text):
        return "http://creativecommons.org/publicdomain/zero/1.0/"
    if found := LICENSE.match(text):
        return f"http://creativecommons.org/licenses/{found[1].lower().replace(' ', '-')}/{found[2]}/"
    return "http://creativecommons.org/publicdomain/mark/1.0/" if MARK.search(text) else ""
