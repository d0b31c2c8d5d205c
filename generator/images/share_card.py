"""Share cards: two pictures side by side with their captions -> one JPEG, as others show a link that was shared."""

import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from font_source_serif_pro import SourceSerifPro
from PIL import Image, ImageColor, ImageDraw, ImageFont, __version__, features

SIZE = (1200, 630)  # what those who show cards of links ask for
MARGIN, GAP, BETWEEN = 48, 8, 44  # pixels: around, between the pictures, from them to the text
COLUMN = 300  # the least width of text beside the pictures
BESIDE = 2.6  # pictures wider together than so many times their height have the text below
TITLE, LINE, NAME, RINGS = 30, 21, 21, 26  # sizes of text, and the diameter of a ring
FINE = 4  # rings are drawn so many times larger first
QUALITY = 70
UNKNOWN = "\U0010fffd"  # no font draws it
RECIPE = (
    f"postcard 3 {SIZE} {QUALITY}, Pillow {__version__}, {features.version('freetype2')}, {features.version('jpg')}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareCard:
    """What one card shows."""

    pictures: tuple[Path, Path]  # files that Pillow opens
    titles: tuple[str, str]
    lines: tuple[str, str]  # below each title
    word: str  # how close the two are
    apart: float  # what the two rings are apart, in their diameters
    name: str  # of the site
    paper: str  # these four are #rrggbb
    ink: str
    quiet: str
    accent: str


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text is written."""

    size: int
    color: str  # #rrggbb
    most: int  # rows; what is beyond them is left out


def draw(card: ShareCard) -> bytes:
    """Return the card as JPEG; the same card gives the same bytes. Words that the font cannot draw are left out."""
    pictures = [Image.open(path).convert("RGB") for path in card.pictures]
    sheet = Image.new("RGB", SIZE, card.paper)
    ratio = sum(picture.width / picture.height for picture in pictures)
    (_text_beside if ratio <= BESIDE else _text_below)(sheet, card, pictures, ratio)
    buffer = io.BytesIO()
    sheet.save(buffer, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return buffer.getvalue()


def _text_beside(sheet: Image.Image, card: ShareCard, pictures: Sequence[Image.Image], ratio: float) -> None:
    width, tall = SIZE[0] - 2 * MARGIN - BETWEEN - COLUMN, SIZE[1] - 2 * MARGIN
    height = min(tall, round((width - GAP) / ratio))
    left = _hang(sheet, pictures, height, top=(SIZE[1] - height) // 2)[-1] - GAP + BETWEEN
    foot, width = SIZE[1] - MARGIN - RINGS, SIZE[0] - MARGIN - left
    _text(sheet, (left, MARGIN), card.name, TextStyle(NAME, card.quiet, 2), width)
    top = foot - 34 - sum(_tall(caption, width) + 26 for caption in _captions(card))
    for caption in _captions(card):
        top = _caption(sheet, (left, top), caption, card, width) + 26
    _rings(sheet, (left, foot), card, width)


def _text_below(sheet: Image.Image, card: ShareCard, pictures: Sequence[Image.Image], ratio: float) -> None:
    foot, width = SIZE[1] - MARGIN - RINGS, SIZE[0] - 2 * MARGIN
    narrow = round(width * 0.36)  # the least width of a caption: it is then wider than its picture
    room = foot - MARGIN - 54 - max(_tall(caption, narrow, most=2) for caption in _captions(card))
    height = min(room, round((width - GAP) / ratio))
    first = MARGIN + max(0, (width - GAP - round(height * ratio)) // 2)
    second = _hang(sheet, pictures, height, top=MARGIN + (room - height) // 2, left=first)[1]
    second = min(max(second, first + narrow + BETWEEN), SIZE[0] - MARGIN - narrow)
    columns = (first, second - BETWEEN - first), (second, SIZE[0] - MARGIN - second)
    for (left, wide), caption in zip(columns, _captions(card), strict=True):
        _caption(sheet, (left, MARGIN + (room + height) // 2 + 24), caption, card, wide, most=2)
    _rings(sheet, (first, foot), card, columns[0][1])
    _text(sheet, (second, foot), card.name, TextStyle(NAME, card.quiet, 1), columns[1][1])


def _captions(card: ShareCard) -> Iterator[tuple[str, str]]:
    return zip(card.titles, card.lines, strict=True)


def _hang(
    sheet: Image.Image, pictures: Sequence[Image.Image], height: int, *, top: int, left: int = MARGIN
) -> list[int]:
    """Hang the pictures side by side at one height; return where each begins, and where one more would."""
    lefts = [left]
    for picture in pictures:
        width = max(1, round(height * picture.width / picture.height))
        sheet.paste(picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0), (lefts[-1], top))
        lefts.append(lefts[-1] + width + GAP)
    return lefts


def _caption(
    sheet: Image.Image, at: tuple[int, int], caption: tuple[str, str], card: ShareCard, width: int, *, most: int = 3
) -> int:
    """Write a title and what stands below it; return where they end."""
    title, line = caption
    end = _text(sheet, at, title, TextStyle(TITLE, card.ink, most), width)
    return _text(sheet, (at[0], end + 4), line, TextStyle(LINE, card.quiet, 2), width)


def _tall(caption: tuple[str, str], width: int, *, most: int = 3) -> int:
    """Return how tall a caption is."""
    title, line = caption
    rows = len(_rows(title, TITLE, width, most)) * _leading(TITLE) + len(_rows(line, LINE, width, 2)) * _leading(LINE)
    return rows + 4


def _text(sheet: Image.Image, at: tuple[int, int], text: str, style: TextStyle, width: int) -> int:
    """Write the text in rows and return where they end."""
    pen, top = ImageDraw.Draw(sheet), at[1]
    for row in _rows(text, style.size, width, style.most):
        pen.text((at[0], top), row, style.color, _font(style.size))
        top += _leading(style.size)
    return top


def _leading(size: int) -> int:
    return round(size * 1.24)


def _rows(text: str, size: int, width: int, most: int) -> list[str]:
    """Return the text in rows of at most `width` pixels; what is beyond `most` of them ends in an ellipsis."""
    font, rows = _font(size), [""]
    for word in _drawable(text).split():
        longer = f"{rows[-1]} {word}".strip()
        if not rows[-1] or font.getlength(longer) <= width:
            rows[-1] = longer
        else:
            rows.append(word)
    if len(rows) > most:
        rows = [*rows[: most - 1], rows[most - 1] + " …"]
    return [_cut(row, font, width) for row in rows if row]


def _cut(row: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """Return the row, its end cut where it is too wide."""
    if font.getlength(row) <= width:
        return row
    row = row.removesuffix(" …")
    while row and font.getlength(row + "…") > width:
        row = row[:-1]
    return row.rstrip(" ,;:") + "…"


def _rings(sheet: Image.Image, at: tuple[int, int], card: ShareCard, width: int) -> None:
    """Draw two rings as far apart as the works, and how close that is in words."""
    across = round(RINGS * (1 + card.apart)) + 2
    mask = Image.new("L", (across * FINE, (RINGS + 2) * FINE))
    pen = ImageDraw.Draw(mask)
    for left in (1.0, 1.0 + RINGS * card.apart):
        pen.ellipse([left * FINE, FINE, (left + RINGS) * FINE, (RINGS + 1) * FINE], outline=255, width=2 * FINE)
    mask = mask.resize((across, RINGS + 2), Image.Resampling.LANCZOS)
    sheet.paste(ImageColor.getrgb(card.accent), (at[0], at[1]), mask)
    _text(sheet, (at[0] + across + 12, at[1]), card.word, TextStyle(NAME, card.accent, 1), width - across - 12)


def _drawable(text: str) -> str:
    """Return the words that the font can draw, without their accents where it lacks only these."""
    words = []
    for word in unicodedata.normalize("NFC", text).split():
        plain = "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))
        words += next(([tried] for tried in (word, plain) if tried and all(map(_known, tried))), [])
    return " ".join(words)


@cache
def _known(sign: str) -> bool:
    """Return whether the font has a sign: else it draws for it what it draws for one that no font has."""
    font = _font(LINE)
    (drawn, at), (missing, where) = (font.getmask2(one) for one in (sign, UNKNOWN))
    return (drawn.size, at, bytes(drawn)) != (missing.size, where, bytes(missing))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(SourceSerifPro, size)
