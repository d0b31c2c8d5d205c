"""Features: the parts of what networks say of pictures, and what is there without a network."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator import embedding
from generator.analysis.whitening import unit_rows
from generator.core import workers
from generator.core.model import Picture, Progress
from generator.core.store import Store
from generator.embedding.dinov2 import POOLS, WIDTH, Dinov2, Recipe
from generator.embedding.preprocessing import stretched
from generator.embedding.registry import EncoderChoice
from generator.embedding.views import SQUASHED, WHOLE, View, ViewedEncoder

Floats = NDArray[np.float32]

LAYERS = (7, 8, 9, 10, 11)
THUMBNAIL = 32  # pixels of a side
SHADES = 8  # of each color in a histogram


class PictureFeatures:
    """All that is said of n pictures; each network sees each picture once in a view, ever."""

    def __init__(self, pictures: Sequence[Picture], *, store: Store, jobs: int, progress: Progress) -> None:
        self.pictures, self.store, self.jobs, self.progress = pictures, store, jobs, progress
        self.seen: dict[str, Floats] = {}
        self.small: NDArray[np.uint8] | None = None  # (n, THUMBNAIL, THUMBNAIL, 3) once they were decoded

    def of(self, choice: EncoderChoice, view: View) -> Floats:
        """Return a network's vectors (n, d), of length 1, of the pictures in a view."""
        square = all(picture.width == picture.height for picture in self.pictures)
        shown = ViewedEncoder(
            choice=choice, view=WHOLE if view == SQUASHED and square else view
        )  # they are square as they are
        if shown.identity() not in self.seen:
            self.seen[shown.identity()] = embedding.vectors_of(
                self.pictures, shown, store=self.store, jobs=self.jobs, progress=self.progress
            )
        return self.seen[shown.identity()]

    def part(self, view: View, layer: int, pool: str) -> Floats:
        """Return (n, WIDTH) what one layer of DINOv2 says, of length 1; layer is one of LAYERS, pool one of POOLS."""
        pools = tuple(POOLS)
        every = self.of(Dinov2(recipe=Recipe(layers=LAYERS, pools=pools)), view)
        first = (LAYERS.index(layer) * len(pools) + pools.index(pool)) * WIDTH
        return unit_rows(every[:, first : first + WIDTH])

    def thumbnails(self) -> Floats:
        """Return (n, 3 THUMBNAIL^2) the pixels of small square copies."""
        return unit_rows(self._small().reshape(len(self.pictures), -1) / 127.5 - 1.0)

    def histograms(self) -> Floats:
        """Return (n, SHADES^3) how often each color occurs; square roots, so that products are Bhattacharyya's."""
        shades = (self._small() // (256 // SHADES)).astype(int)
        bins = (shades[..., 0] * SHADES + shades[..., 1]) * SHADES + shades[..., 2]
        counts = np.stack([np.bincount(one.ravel(), minlength=SHADES**3) for one in bins])
        return unit_rows(np.sqrt(counts))

    def _small(self) -> NDArray[np.uint8]:
        if self.small is not None:
            return self.small
        paths = [picture.path for picture in self.pictures]
        with self.progress.stage("Making thumbnails", len(paths)) as step:
            found = []
            for pixels in workers.run(thumbnail, paths, jobs=self.jobs):
                found.append(pixels)
                step.advance()
        self.small = np.stack(found)
        return self.small


def thumbnail(path: Path) -> NDArray[np.uint8]:
    """Return (THUMBNAIL, THUMBNAIL, 3) a picture squashed into a small square."""
    return stretched(path, (THUMBNAIL, THUMBNAIL))
