"""What a file is by how it begins: one table of magic bytes. What is a picture that we read, Pillow knows.

filetype knows no SVG, web page or old spreadsheet, puremagic calls every zip archive a Word document, so the few that
owners really put where something else belongs stand here.
"""

import re
from enum import StrEnum

HEAD = 512  # bytes of a file by which its kind is told


class FileKind(StrEnum):
    """A kind of file, as people call it."""

    PDF = "a PDF"
    POSTSCRIPT = "a PostScript file"
    PHOTOSHOP = "a Photoshop file"
    HEIC = "a HEIC photograph"
    WEB_PAGE = "a web page"
    SVG = "an SVG drawing"
    ZIP = "a zip archive"  # today's spreadsheets too
    OFFICE = "an old Office document"  # spreadsheets before 2007
    GZIP = "a gzip file"
    BZIP2 = "a bzip2 file"
    XZ = "an xz file"
    LFS = "a Git LFS pointer"


BEGINNINGS = tuple(
    (re.compile(sign, re.DOTALL), kind)
    for sign, kind in (
        (rb"%PDF", FileKind.PDF),
        (rb"%!PS", FileKind.POSTSCRIPT),
        (rb"8BPS", FileKind.PHOTOSHOP),
        (rb".{4}ftyp(heic|heix|mif1|hevc|msf1)", FileKind.HEIC),
        (rb"(?i)<!doctype html|<html", FileKind.WEB_PAGE),
        (rb"(?i).*<svg", FileKind.SVG),  # after a declaration, a document type, comments
        (rb"PK\x03\x04", FileKind.ZIP),
        (rb"\xd0\xcf\x11\xe0", FileKind.OFFICE),
        (rb"\x1f\x8b", FileKind.GZIP),
        (rb"BZh[1-9]", FileKind.BZIP2),
        (rb"\xfd7zXZ", FileKind.XZ),
        (rb"version https://git-lfs", FileKind.LFS),
    )
)


def kind_of(content: bytes) -> FileKind | None:
    """Return the kind of a file whose first HEAD bytes, or all, are given; None for one that is not in the table."""
    head = content[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    return next((kind for sign, kind in BEGINNINGS if sign.match(head)), None)
