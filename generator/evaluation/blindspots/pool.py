"""The pool of labeled pictures: two folders, or a content folder and one of its facets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator import content, images
from generator.core import workers
from generator.core.config import Config
from generator.core.errors import Problem, StudyError
from generator.core.model import Picture, Progress, freeze
from generator.core.run import Run
from generator.core.store import Store

SUFFIXES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".gif", ".bmp", ".ppm", ".pgm", ".jp2", ".avif")
REAL, GENERATED = 0, 1
EXAMPLES = 3  # files at fault that an error names


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """n different pictures, each with a label; a picture that occurs twice under one label is in it once."""

    pictures: tuple[Picture, ...]
    names: tuple[str, ...]  # of the files below their folder, or the works' ids
    alts: tuple[str, ...]  # what they show, for those who do not see them
    labels: NDArray[np.int32]  # (n,) number in `values`
    values: tuple[str, ...]
    marks: tuple[int, ...]  # the values that are asked about
    facet: str = ""  # whose values they are; empty: real and generated
    left_out: tuple[str, ...] = ()  # files that are no good, and why
    copies: int = 0  # files or works that were left out because their picture was there

    def __post_init__(self) -> None:
        freeze(self, "labels", np.int32, (len(self.pictures),))


def from_folders(real: Path, generated: Path, *, jobs: int, progress: Progress) -> Pool:
    """Return the pictures in two folders and below. Raises StudyError where one holds none, or both are the same."""
    if real.resolve() == generated.resolve():
        raise StudyError(f"{real}: given both as real and as generated; give two folders")
    pictures, names, labels, left_out = [], [], [], []
    for label, folder in ((REAL, real), (GENERATED, generated)):
        paths = _files(folder)
        good, bad = _inspected(paths, jobs, progress)
        if not good:
            raise StudyError(
                f"{folder}: contains no readable picture; expected files such as {bad[0] if bad else 'a.png'}"
            )
        left_out += bad
        for path, picture in good.items():
            pictures.append(picture)
            names.append(path.relative_to(folder).as_posix())
            labels.append(label)
    alts = [f"{('real', 'generated')[label]}: {Path(name).stem}" for label, name in zip(labels, names, strict=True)]
    return _each_once(
        Pool(
            pictures=tuple(pictures),
            names=tuple(names),
            alts=tuple(alts),
            labels=np.array(labels, np.int32),
            values=("real", "generated"),
            marks=(GENERATED,),
            left_out=tuple(left_out),
        )
    )


def from_content(folder: Path, settings: Config, facet: str, *, store: Store, jobs: int, progress: Progress) -> Pool:
    """Return the works of a content folder by the values of a facet. Raises StudyError where nothing can be asked."""
    if facet not in settings.facets:
        raise StudyError(f"{folder}: no facet {facet}; site.toml has {', '.join(settings.facets)}")
    collection, _ = content.load(folder, settings, Run(store=store, jobs=jobs, progress=progress))
    number = settings.facets.index(facet)
    values = collection.facets[number].values
    marks = tuple(v for v, value in enumerate(values) if value != settings.not_recorded)
    if len(values) < 2 or not marks:
        raise StudyError(f"{folder}: {facet} has only one value, {values[0]}; there is nothing to compare it with")
    works = collection.works
    return _each_once(
        Pool(
            pictures=tuple(work.picture for work in works),
            names=tuple(work.id for work in works),
            alts=tuple(work.alt for work in works),
            labels=collection.labels[:, number],
            values=values,
            marks=marks,
            facet=facet,
        )
    )


def _files(folder: Path) -> list[Path]:
    found = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in SUFFIXES and path.is_file()]
    return [path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)]


def _inspected(paths: Sequence[Path], jobs: int, progress: Progress) -> tuple[dict[Path, Picture], list[str]]:
    """Return the good pictures, and a line for each file that is none."""
    good, bad = {}, []
    with progress.stage("Checking pictures", len(paths)) as step:
        for path, facts in zip(paths, workers.run(images.inspect, paths, jobs=jobs), strict=True):
            if isinstance(facts, Problem):
                bad.append(f"{path}: {facts.found}")
            else:
                good[path] = Picture(path=path, digest=facts.digest, width=facts.width, height=facts.height)
            step.advance()
    return good, bad


def _each_once(pool: Pool) -> Pool:
    """Return a pool without copies: the same picture twice is one observation, or chance would be taken for a find."""
    labels = pool.labels.tolist()
    first = {
        (picture.digest, label): row
        for row, (picture, label) in reversed([*enumerate(zip(pool.pictures, labels, strict=True))])
    }
    rows = sorted(first.values())
    return replace(
        pool,
        pictures=tuple(pool.pictures[row] for row in rows),
        names=tuple(pool.names[row] for row in rows),
        alts=tuple(pool.alts[row] for row in rows),
        labels=pool.labels[rows],
        copies=len(labels) - len(rows),
    )
