"""A trial whose truth is known: a generative model that learned letters, one of which it was shown rarely or never.

    to/real/       letters drawn from fonts, all of them; the letter is the first character of a file's name
    to/generated/  what the model makes; nobody says which letter it is
    to/model.pt    the model
    to/made.txt    what was asked for

What lies there is kept: a trial that was killed goes on where it was.

    n pictures   s pixels, the side of a picture
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.core.errors import StudyError
from generator.core.files import replacing
from generator.core.findings import MISSING, Region
from generator.core.model import Progress
from generator.evaluation.blindspots import flow_matching
from generator.evaluation.blindspots.flow_matching import SIDE, Pixels
from generator.evaluation.blindspots.pool import REAL, Pool
from generator.evaluation.intuition.letters import glyphs

# At which to compare: the model's strokes are not as clean as a font's, and that is not the question.
DETAIL = SIDE // 2
LATIN = (
    "DejaVu",
    "STIXGeneral",
    "cmb10",
    "cmr10",
    "cmss10",
    "cmtt10",
)  # the others of matplotlib's draw signs for letters
FAINT = 24  # of 255: what is nearly paper is written as paper and what is nearly black as black, real or generated
BENT, SIZED, MOVED = 0.14, 0.10, 0.05  # the most that a letter is turned or slanted, made larger, moved


@dataclass(frozen=True, slots=True, kw_only=True)
class StarvedTrial:
    """What is drawn and learned."""

    fonts: tuple[Path, ...]
    letters: str = "ACEKMOST"
    starved: str = "K"  # one of the letters
    left: float = 0.0  # how often the model is shown the starved letter, where another is shown once; 1 starves none
    each: int = 250  # real pictures of a letter; as many are generated as there are real ones
    rounds: int = 80
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectionScore:
    """How well the starved letter was found."""

    letter: str
    left: float  # as in StarvedTrial
    where: str  # which regions
    precision: float  # of the real pictures in them, how many are the letter
    recall: float  # of the real pictures of the letter, how many are in them
    reported: int  # real pictures in them

    def __str__(self) -> str:
        if not self.reported:
            return f"{self._given()}; no real pictures among {self.where}."
        return (
            f"{self._given()}; {self.reported:,} real pictures among {self.where}: {self.precision * 100:.1f} % of "
            f"them are {self.letter} (precision), and {self.recall * 100:.1f} % of all {self.letter} (recall)."
        )

    def _given(self) -> str:
        """Return how often the model was shown the letter, in words."""
        if self.left == 0:
            return f"{self.letter} was held back"
        return f"{self.letter} was shown " + (
            "as often as the others" if self.left == 1 else f"{self.left:g} times as often"
        )


def fonts_of_matplotlib() -> tuple[Path, ...]:
    """Return the font files with Latin letters that come with matplotlib. Raises StudyError where it is not installed."""
    try:
        import matplotlib
    except ImportError as error:
        raise StudyError("--trial needs the fonts of matplotlib: pip install matplotlib") from error
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return tuple(path for path in sorted(folder.glob("*.ttf")) if path.name.startswith(LATIN))


def make(trial: StarvedTrial, to: Path, progress: Progress) -> tuple[Path, Path]:
    """Draw the real letters, train the model, let it generate; return both folders. What is there is kept."""
    sheets = _sheets(trial)
    n = trial.each * len(trial.letters)
    real, generated = to / "real", to / "generated"
    _begin(to, trial)
    if not real.is_dir():
        names = [f"{letter}-{i:04}" for letter in trial.letters for i in range(trial.each)]
        _write(real, names, drawn(sheets, [trial.each] * len(sheets), trial.seed))
    if not generated.is_dir():
        draw = _lessons(sheets, trial)
        network = flow_matching.learn(draw, trial.rounds, seed=trial.seed, path=to / "model.pt", progress=progress)
        pictures = flow_matching.generate(network, n, seed=trial.seed, progress=progress)
        _write(generated, [f"{i:05}" for i in range(n)], pictures)
    return real, generated


def _begin(to: Path, trial: StarvedTrial) -> None:
    """Make the folder ours, or find that it is. Raises StudyError where it holds another trial."""
    made, asked = to / "made.txt", repr(replace(trial, fonts=())) + "".join(f"\n{path.name}" for path in trial.fonts)
    if made.is_file() and made.read_text("utf-8") == asked:
        return
    if to.is_dir() and any(to.iterdir()):
        raise StudyError(f"{to}: contains another trial; remove it, or give another folder with --to")
    to.mkdir(parents=True, exist_ok=True)
    made.write_text(asked, "utf-8")


def scores(trial: StarvedTrial, pool: Pool, regions: Sequence[Region]) -> tuple[DetectionScore, DetectionScore]:
    """Return how well the blind spots agree with what is known, and all regions where anything is too rare."""
    rare = [region for region in regions if region.direction == MISSING]
    spots = [region for region in rare if region.far()]
    return _score(trial, pool, spots, "blind spots"), _score(trial, pool, rare, "all groups that are too rare")


def _score(trial: StarvedTrial, pool: Pool, regions: Sequence[Region], where: str) -> DetectionScore:
    rows = {row for region in regions for row in region.others.tolist()}
    right = {row for row, name in enumerate(pool.names) if pool.labels[row] == REAL and name[0] == trial.starved}
    return DetectionScore(
        letter=trial.starved,
        left=trial.left,
        where=where,
        reported=len(rows),
        precision=len(rows & right) / max(1, len(rows)),
        recall=len(rows & right) / max(1, len(right)),
    )


def _sheets(trial: StarvedTrial) -> list[Pixels]:
    """Return (fonts, 2 s, 2 s) the drawings of each letter, in the fonts that have all. Raises StudyError without any."""
    found = [inks for path in trial.fonts if not isinstance(inks := glyphs.inks(path, trial.letters), str)]
    if not found:
        raise StudyError(f"no font with {trial.letters} among {len(trial.fonts)}; give fonts that have these letters")
    return list(np.stack([glyphs.sheet(inks, 2 * SIDE) for inks in found], axis=1))


def _lessons(sheets: Sequence[Pixels], trial: StarvedTrial) -> Callable[[int, int], Pixels]:
    """Return who draws what the model is shown, of the starved letter only so much as is left."""
    share = np.array([trial.left if letter == trial.starved else 1.0 for letter in trial.letters])

    def draw(n: int, seed: int) -> Pixels:
        random = np.random.default_rng(seed)
        return random.permutation(drawn(sheets, random.multinomial(n, share / share.sum()), seed))

    return draw


def drawn(sheets: Sequence[Pixels], counts: Sequence[int] | NDArray[np.int64], seed: int) -> Pixels:
    """Return (n, s, s) so many pictures of each letter, each in a font, at an angle, a size and a place of its own."""
    import torch
    from torch.nn.functional import affine_grid, avg_pool2d, grid_sample

    random = np.random.default_rng([seed, 1])
    chosen = [sheet[random.integers(len(sheet), size=n)] for sheet, n in zip(sheets, counts, strict=True)]
    ink = torch.from_numpy(np.concatenate(chosen)).float()[:, None]
    ways = torch.from_numpy(_ways(len(ink), random))
    turned = grid_sample(ink, affine_grid(ways, list(ink.shape), align_corners=False), align_corners=False)
    return avg_pool2d(turned, 2)[:, 0].round().byte().numpy()


def _ways(n: int, random: np.random.Generator) -> NDArray[np.float32]:
    """Return (n, 2, 3) affine maps that differ a little from doing nothing."""
    angle, slant = random.uniform(-BENT, BENT, (2, n))
    scale = 1 + random.uniform(-SIZED, SIZED, n)
    place = random.uniform(-MOVED, MOVED, (2, n))
    first = [scale * np.cos(angle), scale * (slant - np.sin(angle)), place[0]]
    second = [scale * np.sin(angle), scale * np.cos(angle), place[1]]
    return np.stack([np.stack(first, 1), np.stack(second, 1)], 1).astype(np.float32)


def _write(folder: Path, names: Sequence[str], pictures: Pixels) -> None:
    """Write the pictures, black on white, and give the folder its name when all are there."""
    plain = np.clip((pictures.astype(np.float32) - FAINT) * (255 / (255 - 2 * FAINT)), 0, 255).round().astype(np.uint8)
    with replacing(folder) as temporary:
        temporary.mkdir()
        for name, ink in zip(names, plain, strict=True):
            glyphs.png(ink, temporary / f"{name}.png")
