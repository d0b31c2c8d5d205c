"""Sprite sheets: many small pictures on one sheet, each in a field, and sheets half as large made from four."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, __version__, features

SIDE = 512  # most pixels of a sheet in each direction
FIELD = 64  # pixels of a field on the sheets of the largest pictures
MARGIN = 1 / 16  # of a field, on each side of the picture in it
VEIL = 3  # pixels that are left of a picture that is not to be recognized
QUALITY, METHOD = 72, 4  # of WebP
RECIPE = (
    f"sheet {SIDE} {FIELD} {MARGIN} {VEIL} webp {QUALITY} {METHOD}, "
    f"Pillow {__version__}, libwebp {features.version('webp')}"
)


@dataclass(frozen=True, slots=True)
class Inset:
    """A picture in a field of a sheet."""

    path: Path  # of a file that Pillow opens
    column: int  # of the field, within the sheet
    row: int
    veiled: bool = False


def draw(size: tuple[int, int], insets: Iterable[Inset]) -> bytes:
    """Return a sheet of the size in pixels, clear where no picture is, as WebP."""
    sheet = Image.new("RGBA", size)
    for inset in insets:
        picture = _small(inset)
        left, top = (
            place * FIELD + (FIELD - side) // 2
            for place, side in zip((inset.column, inset.row), picture.size, strict=True)
        )
        sheet.paste(picture, (left, top))
    return _webp(sheet)


def halve(size: tuple[int, int], quarters: Sequence[tuple[Path, int, int]]) -> bytes:
    """Return a sheet made from up to four, each half as large in its quarter: (its file, column, row)."""
    sheet = Image.new("RGBA", (2 * SIDE, 2 * SIDE))
    for path, column, row in quarters:
        with Image.open(path) as quarter:
            sheet.paste(quarter.convert("RGBA"), (column * SIDE, row * SIDE))
    return _webp(sheet.reduce(2).crop((0, 0, *size)))


def _small(inset: Inset) -> Image.Image:
    with Image.open(inset.path) as image:
        picture = image.convert("RGB")
    longest = round(FIELD * (1 - 2 * MARGIN))
    scale = longest / max(picture.size)
    width, height = (max(1, round(side * scale)) for side in picture.size)
    if inset.veiled:
        return picture.resize((VEIL, VEIL), Image.Resampling.BOX).resize((width, height), Image.Resampling.BICUBIC)
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _webp(sheet: Image.Image) -> bytes:
    buffer = io.BytesIO()
    sheet.save(buffer, "WEBP", quality=QUALITY, method=METHOD)
    return buffer.getvalue()
