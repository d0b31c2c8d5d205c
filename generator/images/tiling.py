"""Tiling: Collection -> tiles of every picture at its full size, made once and kept by content hash."""

from functools import partial
from pathlib import Path

from generator.core import workers
from generator.core.model import Collection, Picture, Progress, Tiles
from generator.core.store import Store, key
from generator.images import iiif_tiles

PIXELS = 8_000_000  # decoded, resized and encoded in a second, about


def cut(collection: Collection, *, store: Store, jobs: int, progress: Progress) -> tuple[Tiles, ...]:
    """Return each work's tiles; those not in the store are made, in parallel."""
    found = [_tiles(work.picture, store) for work in collection.works]
    missing = {
        one.path: work.picture for one, work in zip(found, collection.works, strict=True) if not one.path.is_dir()
    }
    if missing:
        pixels = sum(picture.width * picture.height for picture in missing.values())
        with progress.stage("Cutting tiles", len(missing)) as step:
            for _ in workers.run(
                partial(_make, store), list(missing.items()), jobs=jobs, seconds=pixels / len(missing) / PIXELS
            ):
                step.advance()
    return tuple(found)


def _tiles(picture: Picture, store: Store) -> Tiles:
    width, height = iiif_tiles.shown(picture.width, picture.height)
    factors = iiif_tiles.factors(width, height)
    return Tiles(
        path=store.path("tiles", key(picture.digest, iiif_tiles.RECIPE)),
        width=width,
        height=height,
        side=iiif_tiles.SIDE,
        factors=factors,
        sizes=tuple(iiif_tiles.level(width, height, factor) for factor in reversed(factors)),
    )


def _make(store: Store, one: tuple[Path, Picture]) -> None:
    """Put the tiles of one picture into the store, a folder that appears when it is complete; a task of a worker."""
    folder, picture = one
    with store.writing(folder) as temporary:
        for name, content in iiif_tiles.cut(picture.path):
            path = temporary / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
