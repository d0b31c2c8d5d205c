"""The table of magic bytes: real files of each kind, and what is of none."""

import bz2
import gzip
import io
import lzma
import zipfile

import pytest

from generator.core.file_kinds import HEAD, FileKind, kind_of


def zipped():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.csv", "id,title")
    return buffer.getvalue()


FILES = {
    FileKind.PDF: b"%PDF-1.7\n",
    FileKind.POSTSCRIPT: b"%!PS-Adobe-3.0 EPSF-3.0\n",
    FileKind.PHOTOSHOP: b"8BPS\x00\x01",
    FileKind.HEIC: b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    FileKind.WEB_PAGE: b"\xef\xbb\xbf\r\n<!DOCTYPE HTML><body><svg>",
    FileKind.SVG: b'<?xml version="1.0"?>\n<!-- drawn -->\n<SVG width="9">',
    FileKind.ZIP: zipped(),
    FileKind.OFFICE: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    FileKind.GZIP: gzip.compress(b"id,title"),
    FileKind.BZIP2: bz2.compress(b"id,title"),
    FileKind.XZ: lzma.compress(b"id,title"),
    FileKind.LFS: b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
}
OTHERS = [b"", b"id,title\n", b"BZheader,title\n", b"PK,title\n", b"\xff\xd8\xff\xe0 JFIF", b" " * HEAD + b"%PDF"]


@pytest.mark.parametrize("kind", FileKind)
def test_every_kind_is_told_by_its_beginning(kind):
    assert kind_of(FILES[kind]) is kind


@pytest.mark.parametrize("content", OTHERS)
def test_other_files_are_of_no_kind(content):
    assert kind_of(content) is None
