"""Fonts in any folder: of each family one, its plainest cut. fontsource fetches some with npm."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from generator.core.errors import StudyError
from generator.core.model import Progress, each
from generator.evaluation.intuition.letters import glyphs

SUFFIXES = (".ttf", ".otf", ".woff", ".woff2")
PLAIN = ("regular", "book", "roman", "normal")  # names of a family's plainest cut, the best first
BESIDE = re.compile(r"(LICEN[CS]E|OFL|UFL|COPYING)", re.IGNORECASE)  # names of a file with the terms begin so
NOT_STATED = "not stated"
LICENSE, LICENSE_URL = 13, 14  # numbers in a font's table of names
WORDS = 80  # of a license that we do not know by name
KNOWN = {
    "OFL-1.1": ("open font license", "scripts.sil.org/ofl", "openfontlicense.org"),
    "Apache-2.0": ("apache license", "apache.org/licenses/license-2.0"),
    "UFL-1.0": ("ubuntu font licen",),
}

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """A font file that stands for a family."""

    family: str
    path: Path
    license: str  # SPDX where it is known, else its own first words, or NOT_STATED


@dataclass(frozen=True, slots=True, kw_only=True)
class FontLeftOut:
    """A family that is not drawn, and why."""

    family: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FontSet:
    """Fonts in the order in which they are to be used, no family twice."""

    fonts: tuple[Font, ...]
    left_out: tuple[FontLeftOut, ...] = ()


def shuffled(items: Sequence[T], seed: int) -> list[T]:
    """Return the items in an order drawn with the seed: the first few of it are a fair choice."""
    return [items[i] for i in np.random.default_rng(seed).permutation(len(items))]


def find(folders: Sequence[Path], *, seed: int, progress: Progress) -> FontSet:
    """Return a font of every family in the folders, families shuffled. Raises StudyError where there is none."""
    paths = sorted({path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES})
    cuts: dict[str, list[tuple[str, Path]]] = {}
    left_out = []
    with progress.stage("Reading fonts", len(paths)) as step:
        for path in each(paths, step):
            if (name := glyphs.name(path)) is None:
                left_out.append(FontLeftOut(family=path.name, reason="the file cannot be opened as a font"))
            else:
                cuts.setdefault(name[0], []).append((name[1], path))
    if not cuts:
        where = ", ".join(map(str, folders))
        raise StudyError(f"no font in {where}; give a folder with {', '.join(SUFFIXES)} files")
    families = shuffled(sorted(cuts), seed)
    return FontSet(fonts=tuple(_font(family, cuts[family]) for family in families), left_out=tuple(left_out))


def _font(family: str, cuts: Sequence[tuple[str, Path]]) -> Font:
    _, path = min(cuts, key=lambda cut: (_plainness(cut[0]), str(cut[1])))
    return Font(family=family, path=path, license=_license(path))


def _plainness(cut: str) -> tuple[int, int, str]:
    """Return what sorts the cuts of a family, the plainest first."""
    known = PLAIN.index(cut.lower()) if cut.lower() in PLAIN else len(PLAIN)
    return known, len(cut), cut


def _license(path: Path) -> str:
    """Return the terms that the font states itself, else those in the one file about terms that lies beside it."""
    texts = [] if path.suffix.lower() == ".woff2" else _own_words(path)  # packed: fontTools wants a library for it
    beside = [file for file in sorted(path.parent.iterdir()) if BESIDE.match(file.name) and file.is_file()]
    if len(beside) == 1:
        texts.append(beside[0].read_text("utf-8", "replace"))
    for text in texts:
        for license, signs in KNOWN.items():
            if any(sign in text.lower() for sign in signs):
                return license
    return next((" ".join(text.split())[:WORDS] for text in texts if text.strip()), NOT_STATED)


def _own_words(path: Path) -> list[str]:
    """Return what the font says of its license."""
    try:
        from fontTools.ttLib import TTFont

        with TTFont(path, lazy=True) as font:
            found = [font["name"].getDebugName(number) for number in (LICENSE, LICENSE_URL)]
    except Exception:  # no fontTools, no such table, a broken one: the font says nothing
        return []
    return [text for text in found if text]
