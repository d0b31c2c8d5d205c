"""A run of the study, from what was asked on the command line to the report: make the pictures, ask every way, write."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import content
from generator.core import config
from generator.core.config import Config
from generator.core.errors import StudyError
from generator.core.model import Collection, Progress
from generator.core.resources import TEMPLATES
from generator.core.run import Run
from generator.core.store import Store
from generator.embedding import registry
from generator.embedding.views import WHOLE
from generator.evaluation.common import machine
from generator.evaluation.intuition import report, samples, speed, study, variants
from generator.evaluation.intuition.features import PictureFeatures
from generator.evaluation.intuition.grid import PictureGrid
from generator.evaluation.intuition.letters import fontsource, make_letters
from generator.evaluation.intuition.letters.fonts import find
from generator.evaluation.intuition.study import (
    Example,
    Result,
    Test,
    examples,
    guess,
    of_collection,
    of_contents,
    of_grid,
)
from generator.evaluation.intuition.styles import StyleTransfer, make_styles
from generator.evaluation.intuition.styles.transfer import Published
from generator.evaluation.intuition.variants import OTHERS, Variant

LETTERS, STYLES, CONTENTS, MOTIFS, SPEED = PARTS = ("letters", "styles", "contents", "motifs", "speed")
FEW = 2  # styles that very many contents are given
SPARE = 1.15  # families asked for, for each that is used: some are left out


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationSize:
    """How much is asked."""

    families: int
    glyphs: int
    contents: int
    styles: int
    many: int  # contents of a haystack with a single right answer, where there are so many
    views: int  # the most looks at a picture that a way may take
    rows: int  # of the speed study


QUICK = EvaluationSize(families=20, glyphs=520, contents=24, styles=12, many=0, views=1, rows=2000)
FULL = EvaluationSize(families=193, glyphs=5000, contents=100, styles=49, many=5000, views=2, rows=5000)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationRequest:
    """What to evaluate."""

    collection: Path  # content folder with a truth column: its works are the motifs, and what styles are taken from
    to: Path
    store: Store
    quick: bool = False
    only: tuple[str, ...] = PARTS
    fonts: tuple[Path, ...] = ()  # folders; none: fetched
    contents: Path | None = None  # pictures to transfer styles to; None: the collection's
    styles: Path | None = None  # pictures to take styles from; None: the collection's
    weights: Path | None = None  # of the network that transfers
    encoders: tuple[str, ...] = ()  # to be compared besides
    seed: int = 0
    jobs: int = 1
    command: str = ""


def evaluate(request: EvaluationRequest, progress: Progress) -> list[Result]:
    """Put every test to every way of comparing and write the report. Raises StudyError where a part cannot be had."""
    if unknown := [part for part in request.only if part not in PARTS]:
        raise StudyError(f"unknown part {', '.join(unknown)}; choose from {', '.join(PARTS)}")
    size = QUICK if request.quick else FULL
    settings, _ = config.load(request.collection, TEMPLATES / "defaults.toml")
    run = Run(store=request.store, jobs=request.jobs, progress=progress)
    collection, _ = content.load(request.collection, settings, run)
    tests = list(_tests(request, size, settings, collection, progress))
    chosen = [*variants.baselines(), *variants.alone(), *variants.together(), *map(_encoder, request.encoders)]
    chosen = [way for way in chosen if way.views <= size.views]
    results = study.run(
        tests,
        chosen,
        to=request.to,
        seed=request.seed,
        features_of=lambda test: _features(test, request, progress),
        progress=progress,
    )
    shown = {test.name: _examples(test, chosen, results, request, progress) for test in tests}
    times = []
    if SPEED in request.only:
        times = speed.measured(size.rows, request.to / SPEED, jobs=request.jobs, seed=request.seed, progress=progress)
    facts: dict[str, Any] = machine.facts(request.jobs) | {"command": request.command, "seed": request.seed}
    report.write(request.to, tests, results, shown, facts, speed.costs(times))
    return results


def _tests(
    request: EvaluationRequest, size: EvaluationSize, settings: Config, collection: Collection, progress: Progress
) -> Iterator[Test]:
    """Yield the tests that are asked for; a part of one that cannot be had ends the study before anything is scored."""
    if LETTERS in request.only:
        yield letters(request, size, progress)
    if STYLES in request.only:
        yield styles(request, size, collection, progress)
    if CONTENTS in request.only and size.many:
        yield many_contents(request, size, collection, progress)
    if MOTIFS in request.only:
        if not settings.truth:
            raise StudyError(
                f"{request.collection}: no truth in site.toml; set it to the column that says what a work shows"
            )
        yield of_collection(collection, settings.truth)


def letters(request: EvaluationRequest, size: EvaluationSize, progress: Progress) -> Test:
    """Return the test of letters across fonts."""
    if request.fonts:
        found, count = find(request.fonts, seed=request.seed, progress=progress), None
    else:
        folder, count = request.store.root / "fonts", size.glyphs
        found = fontsource.fetch(folder, count=round(size.families * SPARE), seed=request.seed, progress=progress)
    grid = make_letters(found, request.to / LETTERS, count=count, progress=progress)
    about = f"{len(grid.contents)} letters in {len(grid.styles):,} families of openly licensed fonts, all drawn at the same size."
    return of_grid(LETTERS, "The same letter in another font", about, grid)


def styles(request: EvaluationRequest, size: EvaluationSize, collection: Collection, progress: Progress) -> Test:
    """Return the test of the same content after neural style transfer: some contents in many styles."""
    contents = _contents(request, collection, size.contents, size.contents, frozenset(), progress)
    manners = _manners(request, collection, size.styles, _digests(contents), progress)
    grid = _styled(request, contents, manners, STYLES, progress)
    return of_grid(STYLES, "The same content in another style", _told(grid), grid)


def many_contents(request: EvaluationRequest, size: EvaluationSize, collection: Collection, progress: Progress) -> Test:
    """Return the test of the same content after neural style transfer: as many contents as there are, in few styles."""
    manners = _manners(request, collection, FEW, frozenset(), progress)
    contents = _contents(request, collection, size.many, size.contents, _digests(manners), progress)
    grid = _styled(request, contents, manners, CONTENTS, progress)
    about = f"{_told(grid)} Each search, among all pictures of one other style, has a single right answer."
    return of_contents(CONTENTS, "The same content in another style, among thousands", about, grid)


def _contents(
    request: EvaluationRequest, collection: Collection, count: int, fewest: int, used: Set[str], progress: Progress
) -> samples.Chosen:
    given = _given(request.contents, collection, request.seed, used)
    return samples.distinct(given, count, fewest=fewest, what="contents", progress=progress)


def _manners(
    request: EvaluationRequest, collection: Collection, count: int, used: Set[str], progress: Progress
) -> samples.Chosen:
    given = _given(request.styles, collection, request.seed + 1, used)
    return samples.distinct(given, count, what="styles", progress=progress)


def _given(
    folder: Path | None, collection: Collection, seed: int, used: Set[str]
) -> Iterator[samples.SourcePicture | samples.SampleLeftOut]:
    """Yield the pictures of a folder or a collection but for those that are used."""
    given = samples.pictures_in(folder, seed=seed) if folder else samples.works_of(collection, seed=seed)
    yield from (one for one in given if isinstance(one, samples.SampleLeftOut) or one.picture.digest not in used)


def _digests(chosen: samples.Chosen) -> frozenset[str]:
    return frozenset(sample.picture.digest for sample in chosen.samples)


def _styled(
    request: EvaluationRequest, contents: samples.Chosen, manners: samples.Chosen, name: str, progress: Progress
) -> PictureGrid:
    transfer = StyleTransfer(weights=Published(store=request.store, named=request.weights))
    return make_styles(contents, manners, request.to / name, transfer=transfer, jobs=request.jobs, progress=progress)


def _told(grid: PictureGrid) -> str:
    return (
        f"{len(grid.contents):,} pictures as they are and in {len(grid.styles) - 1:,} styles, by adaptive instance "
        "normalization (Huang and Belongie 2017). Each picture is a crop of three quarters of the side, or its mirror image, "
        "so that no two show the same thing in the same place."
    )


def _encoder(name: str) -> Variant:
    """Return the way to compare by a network of the user's."""
    choice = registry.choose(name, None)
    return Variant(name=choice.describe().title, group=OTHERS, views=1, vectors=lambda f, t: f.of(choice, WHOLE))


def _examples(
    test: Test, chosen: list[Variant], results: list[Result], request: EvaluationRequest, progress: Progress
) -> tuple[list[Example], list[Example]]:
    """Return hits and misses of the best way in the first question."""
    own = [one for one in results if (one.test, one.question) == (test.name, test.questions[0].title)]
    best = max(own, key=lambda one: one.score.top1.value).way
    way = next(way for way in chosen if way.name == best)
    features = _features(test, request, progress)
    return examples(guess(test.questions[0], way, features), seed=request.seed)


def _features(test: Test, request: EvaluationRequest, progress: Progress) -> PictureFeatures:
    return PictureFeatures(test.pictures, store=request.store, jobs=request.jobs, progress=progress)
