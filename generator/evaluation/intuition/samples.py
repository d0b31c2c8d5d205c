"""Samples: pictures that give a grid its contents and its styles: out of a collection, or out of any folder.

What would make the task trivial or impossible is left out, with a reason:
    a picture nearly like one before it     nobody can tell the two apart, so no answer is right
    one that shows hardly anything          nor such ones; and as a style it makes all contents alike
    a very small one, or a long strip       a network sees too little of it
Contents are cut square, for the shape of a picture is the same in all styles: among 100 works of several museums, the
width and height alone told 66 from all others.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generator import images
from generator.core.errors import Problem, StudyError
from generator.core.model import Collection, Picture, Progress
from generator.evaluation.intuition.letters.fonts import NOT_STATED, shuffled

Pixels = NDArray[np.uint8]  # (h, w, 3)
Look = NDArray[np.float32]  # (LOOK, LOOK, 3) 0 to 1; of many (n, LOOK, LOOK, 3)

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".gif")
LOOK = 16  # pixels of the squares that are compared
ALIKE = 0.05  # root of the mean square by which two pictures differ, of 1, below which they are nearly alike
PLAIN = 0.035  # deviation of a picture's colors from their mean, below which it shows hardly anything
SMALLEST, LONGEST = 64, 2.5  # pixels of the short side; how many times as long the other may be


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePicture:
    """A picture that gives a content or a style."""

    name: str
    picture: Picture
    license: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleLeftOut:
    """One that is not used, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Samples that can be told apart, and what was passed over to find them."""

    samples: tuple[SourcePicture, ...]
    left_out: tuple[SampleLeftOut, ...] = ()


def works_of(collection: Collection, *, seed: int) -> Iterator[SourcePicture]:
    """Yield all works, drawn with the seed so that those before any place are spread over all facets' values."""
    order = np.random.default_rng(seed).permutation(len(collection.works))
    used = [np.zeros(len(facet.values), np.int32) for facet in collection.facets]
    while len(order):
        # The first of those whose values have come least often: a new value before a second work of one.
        often = sum(count[labels] for count, labels in zip(used, collection.labels[order].T, strict=True))
        first = int(np.argmin(often))
        for count, label in zip(used, collection.labels[order[first]], strict=True):
            count[label] += 1
        work = collection.works[order[first]]
        yield SourcePicture(name=work.id, picture=work.picture, license=work.rights or NOT_STATED)
        order = np.delete(order, first)


def pictures_in(folder: Path, *, seed: int) -> Iterator[SourcePicture | SampleLeftOut]:
    """Yield the pictures in a folder and below, shuffled, named by their path; one that is no good is left out.

    Raises StudyError where there is none.
    """
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    if not paths:
        raise StudyError(f"{folder}: contains no pictures; give a folder with {', '.join(SUFFIXES)} files")
    for path in shuffled(paths, seed):
        facts, name = images.inspect(path), path.relative_to(folder).as_posix()
        if isinstance(facts, Problem):
            yield SampleLeftOut(name=name, reason=facts.found)
        else:
            picture = Picture(path=path, digest=facts.digest, width=facts.width, height=facts.height)
            yield SourcePicture(name=name, picture=picture, license=NOT_STATED)


def distinct(
    given: Iterable[SourcePicture | SampleLeftOut],
    count: int,
    *,
    fewest: int | None = None,
    what: str,
    progress: Progress,
) -> Chosen:
    """Return the first `count` of the given that can be told apart; `what` they are is shown meanwhile.

    Raises StudyError where there are not so many, nor as many as `fewest`.
    """
    kept: list[SourcePicture] = []
    looks = np.empty((count, LOOK, LOOK, 3), np.float32)  # the first of them are of those that are kept
    left_out: list[SampleLeftOut] = []
    with progress.stage(f"Choosing {what}", count) as step:
        for one in given:
            if isinstance(one, SampleLeftOut):
                left_out.append(one)
                continue
            look = _judged(one, kept, looks[: len(kept)])
            if isinstance(look, SampleLeftOut):
                left_out.append(look)
                continue
            looks[len(kept)] = look
            kept.append(one)
            step.advance()
            if len(kept) == count:
                break
    if len(kept) < (count if fewest is None else fewest):
        raise StudyError(
            f"{count if fewest is None else fewest} {what} are needed, but only {len(kept)} can be told "
            f"apart (left out: {len(left_out)}). Ask for fewer, or give a folder with more pictures"
        )
    return Chosen(samples=tuple(kept), left_out=tuple(left_out))


def _judged(sample: SourcePicture, kept: Sequence[SourcePicture], looks: Look) -> Look | SampleLeftOut:
    """Return how the sample looks; or why it is left out beside those that are kept, whose looks are given."""
    short, long = sorted((sample.picture.width, sample.picture.height))
    if short < SMALLEST or long > LONGEST * short:
        return SampleLeftOut(name=sample.name, reason=f"{short} x {long} pixels, too small or too narrow")
    look = _look(sample)
    if look.std(axis=(0, 1)).mean() < PLAIN:
        return SampleLeftOut(name=sample.name, reason="nearly blank")
    if kept:
        differences = np.sqrt(np.mean((looks - look) ** 2, axis=(1, 2, 3)))
        if differences.min() < ALIKE:
            return SampleLeftOut(name=sample.name, reason=f"nearly like {kept[int(differences.argmin())].name}")
    return look


def _look(sample: SourcePicture) -> Look:
    small = Image.fromarray(square(sample, 4 * LOOK)).resize((LOOK, LOOK))
    return np.asarray(small, np.float32) / 255.0


def square(sample: SourcePicture, side: int) -> Pixels:
    """Return the largest square in the middle of a sample's picture, `side` pixels large. Raises as whole does."""
    size = sample.picture.width, sample.picture.height
    pixels = whole(sample, -(-side * max(size) // min(size)))
    short = min(pixels.shape[:2])
    top, left = ((length - short) // 2 for length in pixels.shape[:2])
    middle = Image.fromarray(pixels[top : top + short, left : left + short])
    return np.array(middle.resize((side, side), Image.Resampling.LANCZOS))


def whole(sample: SourcePicture, longest: int) -> Pixels:
    """Return a sample's picture, `longest` pixels on its long side if it has so many.

    Raises StudyError where it is no longer good.
    """
    try:
        return np.array(images.open_rgb(sample.picture.path, longest=longest))
    except Exception as error:  # it was good when it was checked; Pillow raises anything on a file that is not
        raise StudyError(
            f"{sample.picture.path}: can no longer be read ({error}); leave the pictures in place and run again"
        ) from error
