"""Glyphs: a font's letters -> pixels, and how much two drawings have in common.

A letter is cropped to its ink, and its longer side fills the same box in the middle of a square. Where on a line a
letter stands, and how large its family is drawn, are a font's habits and say nothing of its form: a network that is
shown them compares positions. Its proportions stay.

    n letters   f families   ink: 0 paper, 255 black
"""

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Ink = NDArray[np.uint8]

EM = 512  # pixels: large enough that hinting moves nothing, and that letters are drawn smaller from it
ABSENT = "\U0010ffff"  # no character: what a font draws for it, it draws for all that it lacks
MOST = 40_000_000  # pixels of one letter
SHOWN = 3  # letters that a reason names
MARGIN = 1 / 8  # of the square, on each side of the box


def name(path: Path) -> tuple[str, str] | None:
    """Return the font's own names of its family and cut; None where the file is no font that can be opened."""
    try:
        family, cut = ImageFont.truetype(path, 16).getname()
    except (OSError, ValueError):
        return None
    return family or path.stem, cut or ""


def inks(path: Path, letters: str) -> list[Image.Image] | str:
    """Return the letters, large and cropped to their ink; or, in words, why the font has not all of them."""
    try:
        # BASIC: what the other engine, where it is installed, would do to a single letter is a matter of its version.
        font = ImageFont.truetype(path, EM, layout_engine=ImageFont.Layout.BASIC)
        absent = _ink(font, ABSENT)
        drawn = [_ink(font, letter) for letter in letters]
    except (OSError, ValueError) as error:
        return f"a font that cannot be drawn ({error})"
    lacking = [letter for letter, ink in zip(letters, drawn, strict=True) if ink is None or _same(ink, absent)]
    if lacking:
        return f"has no {', '.join(lacking[:SHOWN])}{f' and {more} more' if (more := len(lacking) - SHOWN) > 0 else ''}"
    return [ink for ink in drawn if ink]


def _ink(font: ImageFont.FreeTypeFont, letter: str) -> Image.Image | None:
    """Return the letter in mode L, cropped; None where it is blank."""
    left, top, right, bottom = font.getbbox(letter)
    left, top, right, bottom = math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom)
    if (right - left) * (bottom - top) > MOST:
        raise ValueError(f"{letter} is {right - left} x {bottom - top} pixels large")
    paper = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(paper).text((-left, -top), letter, fill=255, font=font)
    box = paper.getbbox()
    return paper.crop(box) if box else None


def _same(one: Image.Image, other: Image.Image | None) -> bool:
    return other is not None and one.size == other.size and one.tobytes() == other.tobytes()


def sheet(inks: list[Image.Image], size: int) -> Ink:
    """Return (n, size, size) the letters, each fitted into the box."""
    return np.stack([np.asarray(_fitted(ink, size)) for ink in inks])


def _fitted(ink: Image.Image, size: int) -> Image.Image:
    side = round(max(ink.size) / (1 - 2 * MARGIN))
    square = Image.new("L", (side, side))
    square.paste(ink, ((side - ink.width) // 2, (side - ink.height) // 2))
    return square.resize((size, size), Image.Resampling.HAMMING)


def png(ink: Ink, path: Path) -> None:
    """Write one letter, black on white."""
    Image.fromarray(255 - ink).save(path, "PNG")


def difference(one: Ink, other: Ink) -> NDArray[np.float64]:
    """Return 1 - common ink / joint ink over the last axis: 0 for the same drawing, 1 where no ink is shared."""
    common = np.minimum(one, other).sum(axis=-1, dtype=np.int64)
    joint = np.maximum(1, np.maximum(one, other).sum(axis=-1, dtype=np.int64))
    apart: NDArray[np.float64] = 1 - common / joint
    return apart
