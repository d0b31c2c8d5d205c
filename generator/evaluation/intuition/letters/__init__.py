"""Letters x font families: the same content in many styles, drawn into a folder that grid.py reads.

Left out, with its reason in left_out.csv, is a family that

    lacks a letter                      it draws nothing there, or its sign for what is missing
    draws two letters nearly alike      nobody can tell them apart, so no answer is right
    has no small letters of its own     where small letters are asked for
    is nearly another one, before it    a search would only have to find the same picture again

Symbols, and ornament that hides the letter, cannot be told from letters by their pixels: such a family stays in, and
every way to compare has it to bear.

    n letters   f families   s pixels, the side of a picture
"""

import csv
import hashlib
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase

import numpy as np

from generator.core import store
from generator.core.errors import StudyError
from generator.core.files import replacing
from generator.core.model import Progress, each
from generator.evaluation.common.files import put_rows
from generator.evaluation.intuition import grid
from generator.evaluation.intuition.grid import PictureGrid, PictureOrigin
from generator.evaluation.intuition.letters import glyphs
from generator.evaluation.intuition.letters.fonts import Font, FontLeftOut, FontSet
from generator.evaluation.intuition.letters.glyphs import Ink

RECIPE = 1  # one more whenever the same fonts come to give other pictures
SAME_FORM = "closvwxz"  # in most fonts these are their capital, or I, but for the size, which a picture does not show
OWN_FORM = "".join(letter for letter in ascii_lowercase if letter not in SAME_FORM)
CASES = {"upper": ascii_uppercase, "lower": ascii_lowercase, "both": ascii_uppercase + OWN_FORM}
SMALLEST, LARGEST = 16, 512  # pixels of a picture's side

# Drawings are compared at one size, so that the same families are chosen whatever size is asked for. In 229 families
# unlike designs differ by 0.12 or more, cuts of one design by 0.00 to 0.08; two letters of a family by 0.07 or more, but
# for one; half of the small letters from their capitals by 0.29 or more, in families without small letters by less than 0.23.
LOOK = 32  # pixels
SAME_FAMILY, SAME_LETTER, SMALL_CAPITALS = 0.10, 0.05, 0.25

SHOWN = 5  # families left out that an error names
MADE, LEFT_OUT = "made.txt", "left_out.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A family that is good to use."""

    number: int  # among all fonts given
    font: Font
    pictures: Ink  # (n, s, s)


def make_letters(
    found: FontSet, to: Path, *, size: int = 64, cases: str = "upper", count: int | None = None, progress: Progress
) -> PictureGrid:
    """Return the grid of the fonts' letters, `size` pixels square, drawn into the folder unless they are there.

    Families are used in the order given: all, or as many as make `count` pictures, the last of them with its first
    letters only where that is enough. Raises StudyError where there are fewer, or the folder holds something else.
    """
    _check(size, cases)
    if not _begun(to, _key(found, size, cases, count)):
        _make(found, to, size, CASES[cases], count, progress)
    return grid.read(to)


def left_out(folder: Path) -> tuple[FontLeftOut, ...]:
    """Return the families that were left out of the letters in a folder."""
    with (folder / LEFT_OUT).open(encoding="utf-8", newline="") as file:
        return tuple(FontLeftOut(family=row["family"], reason=row["reason"]) for row in csv.DictReader(file))


def _check(size: int, cases: str) -> None:
    if cases not in CASES:
        raise StudyError(f"unknown cases {cases!r}; expected one of {', '.join(CASES)}")
    if not SMALLEST <= size <= LARGEST:
        raise StudyError(f"letters of {size} pixels; expected {SMALLEST} to {LARGEST}")


def _key(found: FontSet, size: int, cases: str, count: int | None) -> str:
    """Return what names exactly these pictures."""
    fonts = tuple((font.family, hashlib.sha256(font.path.read_bytes()).hexdigest()) for font in found.fonts)
    return store.key(RECIPE, size, cases, count, fonts)


def _begun(to: Path, key: str) -> bool:
    """Return whether the folder holds these letters complete; from now on it is ours to fill where it does not."""
    made, complete = to / MADE, (to / grid.TABLE).is_file()
    mine = made.is_file() and made.read_text("utf-8") == key
    if mine and complete:
        return True
    if not mine:
        if to.is_dir() and any(to.iterdir()) and (complete or not made.is_file()):
            raise StudyError(
                f"{to} contains something else, or letters of other fonts; remove it, or give another folder"
            )
        shutil.rmtree(to / grid.IMAGES, ignore_errors=True)  # other letters, of which there were not enough
        to.mkdir(parents=True, exist_ok=True)
        made.write_text(key, "utf-8")
    return False


def _make(found: FontSet, to: Path, size: int, letters: str, count: int | None, progress: Progress) -> None:
    rows: list[tuple[str, str, str]] = []
    sources, unused = [], list(found.left_out)
    with progress.stage("Drawing letters (font families)", len(found.fonts)) as step:
        for one in _families(each(found.fonts, step), letters, size):
            if isinstance(one, FontLeftOut):
                progress.say(f"{one.family}: left out: {one.reason}")
                unused.append(one)
                continue
            sources.append(PictureOrigin(name=one.font.family, license=one.font.license))
            rows += _write(one, letters if count is None else letters[: count - len(rows)], to)
            if len(rows) == count:
                break
    _suffice(len(rows), count, len(sources), unused)
    put_rows(to / LEFT_OUT, ("family", "reason"), ((one.family, one.reason) for one in unused))
    grid.write_table(to, rows, sources)


def _suffice(pictures: int, count: int | None, families: int, unused: Sequence[FontLeftOut]) -> None:
    if pictures and (count is None or pictures == count):
        return
    reasons = "".join(f"\n  {one.family}: {one.reason}" for one in unused[:SHOWN])
    raise StudyError(
        f"{families} families give {pictures:,} letters, but {f'{count:,}' if count else 'some'} are needed: give more fonts."
        f" Families left out: {len(unused)}{', such as' if unused else ''}{reasons}"
    )


def _families(fonts: Iterator[Font], letters: str, size: int) -> Iterator[Drawn | FontLeftOut]:
    """Yield for each font the family as drawn, or why it is left out."""
    kept: list[Font] = []
    looks = np.empty((0, len(letters) * LOOK * LOOK), np.uint8)  # (f, n * LOOK * LOOK) of those that were kept
    for number, font in enumerate(fonts):
        inks = glyphs.inks(font.path, letters)
        if isinstance(inks, str):
            yield FontLeftOut(family=font.family, reason=inks)
            continue
        look = glyphs.sheet(inks, LOOK).reshape(len(letters), -1)
        if reason := _ambiguous(look, letters) or _capitals(font, look, letters) or _known(look, looks, kept):
            yield FontLeftOut(family=font.family, reason=reason)
            continue
        kept.append(font)
        looks = np.concatenate([looks, look.reshape(1, -1)])
        yield Drawn(number=number, font=font, pictures=glyphs.sheet(inks, size))


def _ambiguous(look: Ink, letters: str) -> str:
    """Return which two letters are drawn alike, or nothing."""
    for i in range(1, len(letters)):
        differences = glyphs.difference(look[:i], look[i])
        if differences.min() < SAME_LETTER:
            return f"draws {letters[differences.argmin()]} and {letters[i]} alike"
    return ""


def _capitals(font: Font, look: Ink, letters: str) -> str:
    """Return that the small letters are capitals, or nothing."""
    small = [letter for letter in letters if letter in OWN_FORM]
    capitals = glyphs.inks(font.path, "".join(small).upper()) if small else []
    if not small or isinstance(capitals, str):
        return ""
    theirs = glyphs.sheet(capitals, LOOK).reshape(len(small), -1)
    ours = look[[letters.index(letter) for letter in small]]
    return "draws capitals for small letters" if np.median(glyphs.difference(ours, theirs)) < SMALL_CAPITALS else ""


def _known(look: Ink, looks: Ink, kept: Sequence[Font]) -> str:
    """Return which family before it this is, or nothing."""
    if not kept:
        return ""
    differences = glyphs.difference(looks, look.reshape(-1))
    nearest = int(differences.argmin())
    if differences[nearest] >= SAME_FAMILY:
        return ""
    return f"drawn like {kept[nearest].family} (differs by {differences[nearest]:.1%})"


def _write(family: Drawn, letters: str, to: Path) -> Iterator[tuple[str, str, str]]:
    """Yield a row of the grid for each letter, whose picture is written unless it is there."""
    name = re.sub("[^a-z0-9]+", "-", family.font.family.lower()).strip("-")
    folder = Path(grid.IMAGES, f"{family.number:04d}-{name}".rstrip("-"))
    (to / folder).mkdir(parents=True, exist_ok=True)
    for letter, picture in zip(letters, family.pictures, strict=False):
        # A and a must not be one file where a file system does not tell them apart.
        path = folder / (f"{letter}.png" if letter.isupper() else f"small-{letter}.png")
        if not (to / path).exists():
            with replacing(to / path) as temporary:
                glyphs.png(picture, temporary)
        yield path.as_posix(), letter, family.font.family
