"""The museum photograph: an object on a quiet ground, its shadow, the room's uneven light."""

import numpy as np

from drawing.materials_outline import centered, rng_of
from drawing.materials_piece import Piece
from drawing.materials_surface import Field, Paint, blur, mix, noise, rgb, take

_GROUNDS = ("d9d6d0", "c9c6c0", "b3b0ab", "8b8986", "5e5c5b", "3a393a", "e6e3dc", "a7a49a", "7a7c7e", "26272a")


def ground(piece: Piece, pick: int | None = None) -> Paint:
    """Return the backdrop: one of a few grays, lighter toward the light, with a soft horizon."""
    rng = rng_of(piece, stream=9)
    choice = int(rng.integers(len(_GROUNDS))) if pick is None else pick
    y, x = centered(piece.height, piece.width)
    toward = (x * np.cos(piece.light) - y * np.sin(piece.light)) / max(piece.height, piece.width)
    cloud = noise(rng, piece.height, piece.width, 400) * 0.015
    surface: Paint = rgb(_GROUNDS[choice]) * (1 + 0.16 * toward + cloud)[..., None]
    return surface


def stage(paint: Paint, inside: Field, piece: Piece, *, thick: float = 6.0, pick: int | None = None) -> Paint:
    """Return the object, thick pixels deep, lit and laid on the backdrop; a full object just lit."""
    lit = uneven(paint, piece)
    if inside.min() > 1:
        return lit
    cover = np.clip(inside + 0.5, 0, 1)
    y, x = np.indices(cover.shape, dtype=np.float32)
    dy, dx = np.sin(piece.light) * thick, -np.cos(piece.light) * thick
    cast = blur(take(cover, y - dy, x - dx), max(thick * 0.7, 1.5))
    contact = blur(cover, 3 * thick)
    behind = ground(piece, pick) * (1 - 0.5 * cast - 0.22 * contact)[..., None]
    return mix(behind, lit, cover)


def uneven(paint: Paint, piece: Piece, strength: float = 0.13) -> Paint:
    """Return the picture brighter toward the light and darker in the far corners."""
    y, x = centered(piece.height, piece.width)
    y, x = y / piece.height, x / piece.width
    toward = x * np.cos(piece.light) - y * np.sin(piece.light)
    fall = 1.0 + strength * toward - 0.12 * (x * x + y * y)
    lit: Paint = paint * fall[..., None].astype(np.float32)
    return lit


def bevel(paint: Paint, inside: Field, piece: Piece, width: float, strength: float = 0.3) -> Paint:
    """Return the picture with the object's rounded edge lit on one side and dark on the other."""
    edge = np.clip(inside / width, 0, 1)
    dy, dx = np.gradient(blur(edge, 0.8))
    tilt = -(dx * np.cos(piece.light) - dy * np.sin(piece.light)) * width
    beveled: Paint = paint * (1 + strength * np.clip(tilt, -1.4, 1.4))[..., None]
    return beveled
