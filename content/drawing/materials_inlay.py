"""Inlay: wood marquetry, hard stones, mother-of-pearl; every piece with a grain of its own."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

from drawing.design import Motif
from drawing.materials_layout import Layout, base_paint, lay
from drawing.materials_outline import outline, rng_of
from drawing.materials_piece import Picture, Piece
from drawing.materials_stage import bevel, stage
from drawing.materials_surface import (
    Field,
    Paint,
    blur,
    edges,
    fractal,
    glint,
    mix,
    noise,
    pieces,
    rgb,
    step,
    sway,
    to_bytes,
)

TEXTURE = 512  # pixels; grain textures are sampled from squares of this size


def inlay(motif: Motif, piece: Piece) -> Picture:
    """Return a veneered panel or a stone table top."""
    rng = rng_of(piece, stream=3)
    shape, kind = piece.shape or "panel", piece.variety or "marquetry"
    frame = outline(piece, shape, 0.05)
    layout = lay(motif, piece, frame, fillet=4, margin=0 if shape == "full" else 12)
    parts = saw(layout, piece, kind)
    paint = _KINDS[kind](rng, layout, piece, parts)
    paint = join(rng, paint, layout, piece, parts, kind)
    paint = polish(rng, paint, layout, piece, kind)
    paint = bevel(paint, layout.inside, piece, 5, 0.3)
    return to_bytes(stage(paint, layout.inside, piece, thick=9))


def saw(layout: Layout, piece: Piece, kind: str) -> NDArray[np.int32]:
    """Return a number per pixel for each inlaid piece, the band's apart from the field's."""
    parts = pieces(layout.role + np.uint8(5) * layout.zone, layout.line, 0.75)
    lost = parts == 0  # pixels under contour lines belong to the nearest piece
    if lost.all():
        return parts
    near = distance_transform_edt(lost, return_distances=False, return_indices=True)
    sawn: NDArray[np.int32] = parts[near[0], near[1]]
    return sawn


def _directions(rng: np.random.Generator, layout: Layout, parts: NDArray[Any], spread: float) -> NDArray[np.float64]:
    """Return the grain direction of each piece: the mean flow in it, a little off."""
    numbers = np.arange(parts.max() + 1)
    sin = np.bincount(parts.ravel(), np.sin(2 * layout.flow).ravel(), len(numbers))
    cos = np.bincount(parts.ravel(), np.cos(2 * layout.flow).ravel(), len(numbers))
    return np.arctan2(sin, cos) / 2 + rng.normal(0, spread, len(numbers))


def _sample(texture: Field, rng: np.random.Generator, parts: NDArray[Any], turn: NDArray[Any], bend: Field) -> Field:
    """Return the texture laid into each piece in its own direction from its own place."""
    h, w = parts.shape
    y, x = np.mgrid[:h, :w].astype(np.float32)
    shift = rng.uniform(0, TEXTURE, (len(turn), 2))
    cos, sin = np.cos(turn)[parts], np.sin(turn)[parts]
    along, across = x * cos + y * sin, y * cos - x * sin + bend
    rows = (across * 2 + shift[parts, 0]).astype(np.intp) % TEXTURE
    sample: Field = texture[rows, (along + shift[parts, 1]).astype(np.intp) % TEXTURE]
    return sample


def _wood_grain(rng: np.random.Generator) -> Field:
    """Return annual rings running along x, pores among them; twice as fine across as along."""
    y = np.arange(TEXTURE, dtype=np.float32)[:, None]
    rings = y + 26 * noise(rng, TEXTURE, TEXTURE, 170, 400) + 7 * noise(rng, TEXTURE, TEXTURE, 50, 240)
    ring = np.abs((rings / 15) % 1 - 0.35)
    pores = np.clip(noise(rng, TEXTURE, TEXTURE, 2.6, 28) - 0.9, 0, 2)
    grain: Field = 0.9 * (ring - 0.25) + 0.35 * noise(rng, TEXTURE, TEXTURE, 5, 130) - 0.5 * pores
    return grain


def marquetry(rng: np.random.Generator, layout: Layout, piece: Piece, parts: NDArray[Any]) -> Paint:
    """Return woods: grain along the flow, each piece from another sheet, shaded in hot sand at one side."""
    h, w = parts.shape
    turn = _directions(rng, layout, parts, 0.25)
    grain = _sample(_wood_grain(rng), rng, parts, turn, 3 * noise(rng, h, w, 80))
    tints = sway(np.full((len(turn), 3), 0.5), rng, 0.12, 0.018) * 2
    gleam = 0.07 * np.cos(2 * (turn - piece.light))[parts]  # veneer turns light and dark with its direction
    paint = base_paint(layout, piece) * tints[parts] * (1 + 0.15 * grain + gleam)[..., None]
    far = distance_transform_edt(edges(parts) == 0).astype(np.float32)
    side = np.stack(np.gradient(blur(np.minimum(far, 14), 2)))
    lean = side[0] * np.sin(piece.light) - side[1] * np.cos(piece.light)
    scorch = 0.32 * np.exp(-far / 7) * np.clip(lean * 1.2 + 0.15, 0, 1) * (layout.share[..., 0] < 0.5)
    return mix(paint, paint * np.array([0.45, 0.32, 0.22], np.float32), scorch)


def hard_stone(rng: np.random.Generator, layout: Layout, piece: Piece, parts: NDArray[Any]) -> Paint:
    """Return polished stones: each piece cut where its veins and clouds suit."""
    h, w = parts.shape
    turn = _directions(rng, layout, parts, 0.5)
    n = TEXTURE
    cloud = fractal(rng, n, n, 90, 5)
    vein = np.exp(-np.abs(fractal(rng, n, n, 130, 5)) / 0.06)
    mottle = _sample(0.09 * cloud + 0.06 * noise(rng, n, n, 12, 34), rng, parts, turn, 4 * noise(rng, h, w, 50))
    veins = _sample(vein, rng, parts, turn, 4 * noise(rng, h, w, 50))
    tints = sway(np.full((len(turn), 3), 0.5), rng, 0.09, 0.02) * 2
    base = base_paint(layout, piece) * tints[parts]
    figured = 1 - 0.8 * layout.share[..., 0]
    paint = base * (1 + 1.25 * mottle * figured)[..., None]
    pale = rng.uniform(-0.3, 1, len(turn))[parts] * veins * 0.3 * figured
    stone: Paint = (
        mix(paint, np.array([0.93, 0.89, 0.8], np.float32), np.clip(pale, 0, 0.4))
        * (1 + 0.4 * np.clip(pale, -1, 0))[..., None]
    )
    return stone


def sectile(rng: np.random.Generator, layout: Layout, piece: Piece, parts: NDArray[Any]) -> Paint:
    """Return a floor of sawn marbles: strong veins and breccias, porphyry flecks."""
    paint = hard_stone(rng, layout, piece, parts)
    h, w = parts.shape
    fleck = (noise(rng, h, w, 3.6) > 1.35) * (layout.share[..., 1] + layout.share[..., 2])
    paint = mix(paint, np.array([0.85, 0.76, 0.72], np.float32), 0.15 * blur(fleck.astype(np.float32), 0.6))
    return paint * (1 + 0.05 * fractal(rng, h, w, 60))[..., None]


def pearl(rng: np.random.Generator, layout: Layout, piece: Piece, parts: NDArray[Any]) -> Paint:
    """Return shell in a dark wood: small plates whose color turns with their tilt; the ground is wood."""
    h, w = parts.shape
    wood = marquetry(rng, layout, piece, parts)
    cell = 17.0
    y, x = np.mgrid[:h, :w].astype(np.float32)
    y, x = y + 2 * noise(rng, h, w, 30), x + 2 * noise(rng, h, w, 30)
    plate = (np.floor(y / cell) * 61 + np.floor(x / cell) * 17 + parts * 7).astype(np.intp) % 4001
    phase = rng.uniform(-1.4, 1.4, 4001)[plate] + 1.1 * noise(rng, h, w, 34) + 0.5 * noise(rng, h, w, 10, 30)
    hue = np.stack([np.cos(phase * 1.7), np.cos(phase * 1.7 - 2.1), np.cos(phase * 1.7 + 2.1)], -1)
    tone = (0.8 + 0.1 * np.sin(phase * 2.3))[..., None]
    shell = tone * np.array([0.97, 0.97, 0.93]) + 0.085 * hue
    seam = blur(edges(plate), 0.5) * 0.22
    cover = np.clip(layout.share[..., 1] + 0.85 * layout.share[..., 3], 0, 1)
    tinted = 0.72 * shell + 0.28 * base_paint(layout, piece)
    return mix(wood, (tinted * (1 - seam)[..., None]).astype(np.float32), cover)


def join(rng: np.random.Generator, paint: Paint, layout: Layout, piece: Piece, parts: NDArray[Any], kind: str) -> Paint:
    """Return the pieces joined: dark glue lines, stringing along the contours, lost slivers."""
    seam = blur(edges(parts), 0.5)
    paint = paint * (1 - (0.5 if kind == "marquetry" else 0.4) * np.clip(seam * 1.4, 0, 1))[..., None]
    string = 0.8 if kind in ("marquetry", "mother-of-pearl") else 0.55
    paint = mix(paint, rgb(piece.palette.line) * 1.0, string * layout.line)
    gone = rng.random(parts.max() + 1) < 0.02 * piece.wear
    hole = blur(gone[parts].astype(np.float32), 0.6)
    return mix(paint, paint * 0.25 + 0.1, hole)


def polish(rng: np.random.Generator, paint: Paint, layout: Layout, piece: Piece, kind: str) -> Paint:
    """Return the panel waxed: a soft reflection, hairline cracks across old veneer, scratches."""
    h, w = layout.line.shape
    skin = 4.5 * noise(rng, h, w, 260) + 0.7 * noise(rng, h, w, 60)
    shine = glint(skin, 1.0, piece.light, 60)
    paint = paint + (0.07 * blur(shine, 4))[..., None]
    if kind in ("marquetry", "mother-of-pearl"):
        check = step(2.1, 3.0, noise(rng, h, w, 2.5, 130)) * 0.5 * piece.wear
        paint = paint * (1 - check)[..., None]
    return paint * (1 + 0.02 * fractal(rng, h, w, 130, 3))[..., None]


_KINDS = {"marquetry": marquetry, "pietra-dura": hard_stone, "mother-of-pearl": pearl, "opus-sectile": sectile}
