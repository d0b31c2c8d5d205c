"""Derivatives: Collection -> the pictures that pages show, WebP in a few sizes, made once and kept by content hash."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator import images
from generator.core import workers
from generator.core.model import Collection, Derivative, Picture, Progress
from generator.core.store import Store, key

PIXELS = 10_000_000  # decoded, resized and encoded in a second, about


@dataclass(frozen=True, slots=True)
class Target:
    """A derivative that should be in the store."""

    path: Path
    width: int
    height: int


def derive(
    collection: Collection, *, store: Store, jobs: int, progress: Progress, steps: Sequence[int]
) -> tuple[tuple[Derivative, ...], ...]:
    """Return each work's derivatives, about as many pixels wide as each step, narrowest first; those not in the store are made, in parallel."""
    targets = [_targets(work.picture, store, steps) for work in collection.works]
    missing = {
        work.picture.digest: (work.picture.path, [target for target in mine if not _size(target.path)])
        for work, mine in zip(collection.works, targets, strict=True)
    }
    new = [one for one in missing.values() if one[1]]
    if new:
        with progress.stage("Resizing pictures", len(new)) as step:
            seconds = sum(work.picture.width * work.picture.height for work in collection.works) / len(targets) / PIXELS
            for _ in workers.run(partial(_make, store), new, jobs=jobs, seconds=seconds):
                step.advance()
    return tuple(tuple(map(_derivative, mine)) for mine in targets)


def _targets(picture: Picture, store: Store, steps: Sequence[int]) -> list[Target]:
    sizes = images.sizes(picture.width, picture.height, steps)
    names = [key(picture.digest, width, height, images.RECIPE) for width, height in sizes]
    return [Target(store.path("pictures", name, ".webp"), *size) for name, size in zip(names, sizes, strict=True)]


def _make(store: Store, one: tuple[Path, Sequence[Target]]) -> None:
    """Put the targets of one picture into the store; a task of a worker process."""
    source, targets = one
    sizes = [(target.width, target.height) for target in targets]
    for target, content in zip(targets, images.encode(source, sizes), strict=True):
        with store.writing(target.path) as temporary:
            temporary.write_bytes(content)


def _size(path: Path) -> int:
    """Return the file's bytes; 0 where it is not there, or a power cut left it empty."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _derivative(target: Target) -> Derivative:
    return Derivative(path=target.path, width=target.width, height=target.height, bytes=_size(target.path))
