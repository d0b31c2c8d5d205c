"""Preprocessing: a picture file -> the pixels that a network reads. Its aspect is kept: a scroll stays a scroll."""

import math
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator import images

Pixels = NDArray[np.uint8]  # (height, width, 3) sRGB
Size = tuple[int, int]  # width, height

RECIPE = 1  # one more whenever the same file comes to give other pixels, here or in generator.images
SHORTEST = 4  # cells on the short side: beyond 16 : 1 a scroll of 256 cells is squeezed after all
SLACK = 0.15  # how far the number of cells may be from what is asked, so that the aspect is kept
FINER = 2  # a picture is first read this many times larger than needed, then made exact


@lru_cache(maxsize=4096)
def tiled(width: int, height: int, *, cell: int, cells: int) -> Size:
    """Return the size nearest to the picture's aspect that consists of about `cells` square cells.

    The rounding stretches a picture by 1 % on average and at most by 5 % up to an aspect of 8 : 1.
    """
    aspect = math.log(width / height)

    def cost(shape: Size) -> float:
        columns, rows = shape
        return abs(math.log(columns / rows) - aspect) + 0.1 * abs(math.log(columns * rows / cells))

    longest = cells // SHORTEST
    shapes = (
        (columns, rows)
        for rows in range(SHORTEST, longest + 1)
        for columns in range(SHORTEST, longest + 1)
        if abs(columns * rows / cells - 1) <= SLACK
    )
    columns, rows = min(shapes, key=cost)
    return columns * cell, rows * cell


def stretched(path: Path, size: Size) -> Pixels:
    """Return the picture in exactly this size, which has nearly its aspect (see tiled); Pillow resamples bicubically."""
    picture = images.open_rgb(path, longest=FINER * max(size))
    return np.array(picture.resize(size))


def framed(path: Path, size: Size, *, fill: tuple[int, int, int]) -> Pixels:
    """Return the whole picture in the middle of a frame of exactly this size, the rest in one color."""
    width, height = size
    picture = images.open_rgb(path, longest=FINER * max(size))
    scale = min(width / picture.width, height / picture.height)
    inner = np.array(picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))))
    frame = np.full((height, width, 3), fill, np.uint8)
    top, left = (height - inner.shape[0]) // 2, (width - inner.shape[1]) // 2
    frame[top : top + inner.shape[0], left : left + inner.shape[1]] = inner
    return frame
