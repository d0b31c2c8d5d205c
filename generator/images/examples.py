"""Three drawn pictures, for a content folder that has none yet; the same bytes every time."""

import io
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Field = NDArray[np.float64]  # (UNIT * FINE, UNIT * FINE)
Mask = NDArray[np.bool_]  # the same

UNIT = 80  # pixels of a square tile, of which a picture is made
TILES = (6, 8)  # down and across
FINE = 4  # a tile is drawn so many times larger first, for smooth edges
COLORS = {  # ground, figure
    "waves": ("#d7e6ee", "#1f4e79"),
    "rings": ("#f6ecd8", "#8c2f1b"),
    "checkerboard": ("#d9a441", "#5b3a21"),
}


def draw() -> Mapping[str, bytes]:
    """Return the pictures as PNG files, by name."""
    return {name: _png(mask, *COLORS[name]) for name, mask in _masks().items()}


def _masks() -> dict[str, Mask]:
    """Return where a tile of each picture shows its figure."""
    y, x = np.mgrid[: UNIT * FINE, : UNIT * FINE] / (UNIT * FINE)
    return {
        "waves": _arcs(_to_scale(x, y)),
        "rings": _arcs(np.hypot(x - 0.5, y - 0.5)),
        "checkerboard": (x < 0.5) == (y < 0.5),
    }


def _arcs(distance: Field) -> Mask:
    """Return every other ring of the distances from a middle."""
    return (distance * 8 % 1 < 0.45) & (distance < 0.5)


def _to_scale(x: Field, y: Field) -> Field:
    """Return how far each point is from the middle of the scale that it shows: a lower row covers the one above."""
    distance = np.full(x.shape, np.inf)
    for row in range(-2, 7):
        shift = 0.5 * (row % 2)
        here = np.hypot((x - shift) % 1 - 0.5, y - row * 0.25)
        distance = np.where(here < 0.5, here, distance)
    return distance


def _png(mask: Mask, ground: str, figure: str) -> bytes:
    tile = Image.new("RGB", (UNIT * FINE, UNIT * FINE), ground)
    tile.paste(figure, mask=Image.fromarray(mask))
    picture = Image.fromarray(np.tile(np.asarray(tile.reduce(FINE)), (*TILES, 1)))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()
