"""Sniffing: files of images/ by their bytes alone; what is no picture, and what no program would have written."""

import mmap
import re
from pathlib import Path

from generator.core.errors import Problem
from generator.core.file_kinds import HEAD, FileKind, kind_of

MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # of a JPEG; the others stand within the data of pixels
END, SCAN = 0xD9, 0xDA
FIXES: dict[FileKind | None, str] = {
    FileKind.WEB_PAGE: "download it again",
    FileKind.LFS: "run: git lfs pull",
}


def scans(path: Path, *, most: int) -> int:
    """Return how many scans a JPEG has; those beyond the first too many are not counted."""
    count, place = 0, 2
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        while count <= most and (marker := MARKER.search(content, place)) and marker[0][1] != END:
            count += marker[0][1] == SCAN
            length = int.from_bytes(content[marker.end() : marker.end() + 2], "big")
            place = marker.end() + max(2, length)
    return count


def foreign(path: Path) -> Problem:
    """Return the problem of a file that is no picture we read, named where it is known what it is."""
    with path.open("rb") as file:
        kind = kind_of(file.read(HEAD))
    return Problem(
        found=f"{kind or 'a file that is not a picture'}",
        expected="a JPEG, PNG, TIFF, WebP, AVIF, GIF, BMP or JPEG 2000 picture",
        fix=FIXES.get(kind, "export it as JPEG, PNG or TIFF"),
    )
