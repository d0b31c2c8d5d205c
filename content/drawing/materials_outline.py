"""The object in the picture: its outline, whole, arched, round or broken."""

from dataclasses import dataclass

import numpy as np

from drawing.materials_piece import Piece
from drawing.materials_surface import Field, fractal, noise

Box = tuple[int, int, int, int]  # top, left, bottom, right


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The object in the picture."""

    inside: Field  # (h, w) pixels from the object's edge, positive inside
    box: Box  # that the drawing fills
    disc: bool = False  # bands run round, not along four sides
    path: Field | None = None  # (h, w) pixels along the outline from its top: bands follow it


def rng_of(piece: Piece, *, stream: int) -> np.random.Generator:
    """Return the generator of a piece's stream: 0 for the motif, 1 for the border, 2 ... for the material."""
    return np.random.default_rng([piece.seed, stream])


def outline(piece: Piece, shape: str, margin: float = 0.06) -> Outline:
    """Return the outline of a shape with a margin given as a share of the short side."""
    h, w = piece.height, piece.width
    edge = 0.0 if shape == "full" else margin * min(h, w)
    if shape == "roundel":
        return disc_outline(h, w, edge)
    box = (round(edge), round(edge), h - round(edge), w - round(edge))
    if shape == "full":
        return Outline(inside=np.full((h, w), 1e3, np.float32), box=(0, 0, h, w))
    inside = rectangle(h, w, box)
    rng = rng_of(piece, stream=2)
    if shape == "fragment":
        inside = np.minimum(inside, broken(rng, h, w))
    elif shape in ("arch", "lancet"):
        under, path = arch(h, w, edge, pointed=shape == "lancet")
        return Outline(inside=np.minimum(inside, under), box=box, path=path)
    else:
        inside = inside + 0.45 * noise(rng, h, w, 90)
    return Outline(inside=inside, box=box)


def disc_outline(h: int, w: int, edge: float) -> Outline:
    """Return a disc as large as fits."""
    radius = min(h, w) / 2 - edge
    y, x = centered(h, w)
    r = round(radius)
    box = (h // 2 - r, w // 2 - r, h // 2 + r, w // 2 + r)
    return Outline(inside=radius - np.hypot(y, x), box=box, disc=True)


def centered(h: int, w: int) -> tuple[Field, Field]:
    """Return pixel coordinates (y, x) from the picture's center."""
    y, x = np.mgrid[:h, :w].astype(np.float32)
    return y - (h - 1) / 2, x - (w - 1) / 2


def rectangle(h: int, w: int, box: Box, corner: float = 4.0) -> Field:
    """Return the distance inside a box with rounded corners."""
    y, x = np.mgrid[:h, :w].astype(np.float32)
    dy = np.abs(y - (box[0] + box[2] - 1) / 2) - (box[2] - box[0]) / 2 + corner
    dx = np.abs(x - (box[1] + box[3] - 1) / 2) - (box[3] - box[1]) / 2 + corner
    outer = np.hypot(np.maximum(dx, 0), np.maximum(dy, 0))
    inside: Field = corner - outer - np.minimum(np.maximum(dx, dy), 0)
    return inside


def arch(h: int, w: int, edge: float, *, pointed: bool) -> tuple[Field, Field]:
    """Return the distance inside an arch, and that along it from its top; wide pictures get pointed ones in a row."""
    y, x = centered(h, w)
    lights = max(round(w / (0.62 * h)), 1) if pointed else 1
    wide = (w - edge) / lights  # from the middle of one mullion to the next
    x = (x + wide * lights / 2) % wide - wide / 2
    half = (wide - edge) / 2
    reach = half * 1.9 if pointed else min(half, h - 2.5 * edge)  # radius of the arcs
    rise = np.sqrt(reach**2 - (reach - half) ** 2)
    spring = -h / 2 + edge + rise
    away = np.abs(x) + (reach - half)
    arcs = reach - np.hypot(away, y - spring)
    turn = np.arctan2(spring - y, away)  # 0 at the springing
    top = np.arctan2(rise, reach - half)
    upper = y < spring
    inside = np.where(upper, arcs, half - np.abs(x))
    path = np.where(upper, (top - turn) * reach, top * reach + y - spring)
    return inside.astype(np.float32), (path * np.where(x < 0, -1, 1)).astype(np.float32)


def broken(rng: np.random.Generator, h: int, w: int) -> Field:
    """Return the distance inside a potsherd: a polygon of six to nine breaks with rough edges."""
    y, x = centered(h, w)
    count = int(rng.integers(6, 10))
    angles = (np.arange(count) + rng.uniform(-0.32, 0.32, count)) * 2 * np.pi / count + rng.uniform(0, 6)
    inside = np.full((h, w), 1e3, np.float32)
    for angle in angles:
        reach = (
            rng.uniform(0.76, 0.98)
            * min(h, w)
            / 2
            * min(1.12, np.hypot(np.cos(angle) * w, np.sin(angle) * h) / min(h, w))
        )
        along = -x * np.sin(angle) + y * np.cos(angle)
        bow = reach + rng.uniform(-0.12, 0.12) * along**2 / min(h, w)
        inside = np.minimum(inside, bow - x * np.cos(angle) - y * np.sin(angle))
    return inside + 2.6 * fractal(rng, h, w, 60, 5)
