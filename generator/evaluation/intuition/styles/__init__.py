"""Contents x styles: the same content in many styles by neural style transfer, in a folder that grid.py reads.

    FOLDER/images/KEY.jpg   KEY: content, style, weights, and how it is made. What is there is not made again, so a run
                            that is stopped goes on where it was; pictures of other settings stay beside them
    FOLDER/left_out.csv     what samples.py left out, and why

The method moves nothing: what is at a place stays there, and 32 x 32 gray pixels found the content of 97 of 100 pictures
(100 contents in 50 styles, each style searched by itself). So each picture shows another part, or its mirror image: with
three quarters of the side they find 12, and whoever does better sees more than where it is dark.

On a CPU each picture is made on one thread, on a GPU in batches of always the same number, so that none depends on
which others were missing.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from PIL import Image

from generator.core.errors import StudyError
from generator.core.files import replacing
from generator.core.model import Progress, each
from generator.core.store import key
from generator.embedding.encoder import single_threaded, threads
from generator.evaluation.common.files import put_rows
from generator.evaluation.intuition import grid, samples
from generator.evaluation.intuition.grid import PictureGrid, PictureOrigin
from generator.evaluation.intuition.samples import Chosen, Pixels, SourcePicture
from generator.evaluation.intuition.styles.transfer import CELL, LICENSE, PACKAGE, VERSION, Manner, Transfer

if TYPE_CHECKING:
    from torch import Tensor

RECIPE = 1  # one more whenever the same pictures come to give others
SIZE = 160  # pixels of a side, of which PART is shown: 0.13 s a picture on one thread of an AMD EPYC (Zen 4)
PART, LEAST = 0.75, 0.5
SIZES = (64, 1024)
STYLE = 256  # pixels of a style's long side
AS_IT_IS = "as it is"  # the style of the contents themselves
LEFT_OUT = "left_out.csv"
QUALITY = 92  # of JPEG
AHEAD = 64  # batches that wait for a thread: bounds what lies in memory


class Weights(Protocol):
    """Weights of the network that transfers styles: transfer.Published."""

    def identity(self) -> str: ...
    def load(self, progress: Progress) -> Transfer: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleTransfer:
    """How pictures are made: squares of `size` pixels, of whose side a `part` is shown, in styles of strength `alpha`."""

    weights: Weights  # only looked for where a picture is missing
    size: int = SIZE
    alpha: float = 1.0  # above 0 and at most 1
    part: float = PART  # all for 1, then never mirrored

    def __post_init__(self) -> None:
        if not SIZES[0] <= self.size <= SIZES[1] or self.size % CELL:
            raise StudyError(
                f"cannot make pictures of {self.size} pixels; choose a multiple of {CELL} from {SIZES[0]} to {SIZES[1]}"
            )
        if not 0.0 < self.alpha <= 1.0:
            raise StudyError(f"cannot make styles of strength {self.alpha:g}; choose more than 0 and at most 1")
        if not LEAST <= self.part <= 1.0:
            raise StudyError(f"cannot crop to {self.part:g} of the side; choose {LEAST} to 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The part of a square that is shown."""

    top: int
    left: int
    side: int
    mirrored: bool

    def of(self, pixels: Pixels) -> Pixels:
        part = pixels[self.top : self.top + self.side, self.left : self.left + self.side]
        return np.ascontiguousarray(part[:, ::-1] if self.mirrored else part)


@dataclass(frozen=True, slots=True, kw_only=True)
class StyledPicture:
    """One picture of the grid."""

    content: SourcePicture
    style: SourcePicture | None  # None: as it is
    path: Path
    frame: Frame


def make_styles(
    contents: Chosen, styles: Chosen, to: Path, *, transfer: StyleTransfer, jobs: int, progress: Progress
) -> PictureGrid:
    """Return the grid of every content in every style and as it is, made in the folder as far as it is not there yet.

    Raises StudyError where a grid cannot be made of these, or the weights cannot be had.
    """
    _check(contents, styles)
    wanted = list(_wanted(contents, styles, to / grid.IMAGES, transfer))
    missing = [one for one in wanted if not one.path.is_file()]
    if missing:
        (to / grid.IMAGES).mkdir(parents=True, exist_ok=True)
        _make(missing, transfer, jobs=jobs, progress=progress)
    unused = [(what, one) for what, chosen in (("content", contents), ("style", styles)) for one in chosen.left_out]
    put_rows(to / LEFT_OUT, ("what", "name", "reason"), ((what, one.name, one.reason) for what, one in unused))
    rows = [
        (f"{grid.IMAGES}/{one.path.name}", one.content.name, one.style.name if one.style else AS_IT_IS)
        for one in wanted
    ]
    grid.write_table(to, rows, _sources(contents, styles))
    return grid.read(to)


def _check(contents: Chosen, styles: Chosen) -> None:
    """Raise StudyError where there are none, or two have one name."""
    for what, chosen in (("content", contents), ("style", styles)):
        names = [sample.name for sample in chosen.samples]
        if not names:
            raise StudyError(f"no {what} pictures; give a folder with some")
        if twice := [name for name, count in Counter(names).items() if count > 1 or name == AS_IT_IS]:
            raise StudyError(f"two {what} pictures are named {twice[0]!r}; rename one")


def _wanted(contents: Chosen, styles: Chosen, folder: Path, transfer: StyleTransfer) -> Iterator[StyledPicture]:
    """Yield all pictures of the grid, those of one content together, each content as it is before its styles."""
    weights, size, part = transfer.weights.identity(), transfer.size, float(transfer.part)
    for content in contents.samples:
        made_from = RECIPE, content.picture.digest, size, part
        for style in (None, *styles.samples):
            name = key(*made_from, style.picture.digest, weights, float(transfer.alpha)) if style else key(*made_from)
            frame = _frame(name, size, part)
            yield StyledPicture(content=content, style=style, path=folder / f"{name}.jpg", frame=frame)


def _frame(name: str, size: int, part: float) -> Frame:
    """Return a part of a square, drawn with a key as the seed; the whole for 1."""
    draw = np.random.default_rng(int(name[:16], 16))
    side = round(size * part)
    top, left = draw.integers(size - side, endpoint=True, size=2)
    return Frame(top=int(top), left=int(left), side=side, mirrored=bool(side < size and draw.random() < 0.5))


def _make(missing: Sequence[StyledPicture], transfer: StyleTransfer, *, jobs: int, progress: Progress) -> None:
    network = transfer.weights.load(progress)
    with single_threaded(), threads(jobs) as pool:
        manners = _manners(missing, network, pool, progress)
        with progress.stage("Transferring styles", len(missing)) as step:
            for count in _in_turn(pool, _tasks(missing, network, manners, transfer.size, transfer.alpha)):
                step.advance(count)


def _manners(
    missing: Sequence[StyledPicture], network: Transfer, pool: ThreadPoolExecutor, progress: Progress
) -> dict[str, Manner]:
    """Return the manner of each style that is needed, by its name."""
    styles = {one.style.name: one.style for one in missing if one.style}
    with progress.stage("Reading styles", len(styles)) as step:
        found = pool.map(lambda style: network.manner(samples.whole(style, STYLE)), styles.values())
        return dict(zip(styles, each(found, step), strict=True))


def _tasks(
    missing: Sequence[StyledPicture], network: Transfer, manners: Mapping[str, Manner], size: int, alpha: float
) -> Iterator[Callable[[], int]]:
    """Yield what makes some pictures of one content and says how many; its features are had once."""
    for _, group in groupby(missing, key=lambda one: one.content.name):
        ones = list(group)
        content = samples.square(ones[0].content, size)
        yield from (partial(_write, [one], [content]) for one in ones if one.style is None)
        styled = [(one, manners[one.style.name]) for one in ones if one.style is not None]
        if not styled:
            continue
        features = network.features(content)
        for first in range(0, len(styled), network.batch):
            some, theirs = zip(*styled[first : first + network.batch], strict=True)
            yield partial(_style, network, features, theirs, alpha, some)


def _style(
    network: Transfer, features: "Tensor", manners: Sequence[Manner], alpha: float, ones: Sequence[StyledPicture]
) -> int:
    return _write(ones, network.styled(features, manners, alpha=alpha))


def _write(ones: Sequence[StyledPicture], squares: Iterable[Pixels]) -> int:
    """Write pictures, each whole or not at all, and return how many."""
    for one, pixels in zip(ones, squares, strict=True):
        with replacing(one.path) as temporary:
            Image.fromarray(one.frame.of(pixels)).save(temporary, "JPEG", quality=QUALITY, subsampling=0)
    return len(ones)


def _in_turn(pool: ThreadPoolExecutor, tasks: Iterator[Callable[[], int]]) -> Iterator[int]:
    """Yield what the tasks return, in order; no more than AHEAD of them wait."""
    under_way: deque[Future[int]] = deque()
    for task in tasks:
        under_way.append(pool.submit(task))
        if len(under_way) > AHEAD:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


def _sources(contents: Chosen, styles: Chosen) -> list[PictureOrigin]:
    """Return every picture that was used, and the weights, with their terms."""
    used = [(what, one) for what, chosen in (("content", contents), ("style", styles)) for one in chosen.samples]
    network = PictureOrigin(name=f"the network that transfers styles, from {PACKAGE} {VERSION}", license=LICENSE)
    return [network, *(PictureOrigin(name=f"{what} {one.name}", license=one.license) for what, one in used)]
