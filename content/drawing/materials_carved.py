"""Relief in stone, stucco, wood and ivory under raking light."""

import numpy as np

from drawing.design import Motif
from drawing.materials_layout import Layout, base_paint, color_table, lay
from drawing.materials_outline import outline, rng_of
from drawing.materials_piece import Picture, Piece
from drawing.materials_stage import bevel, stage
from drawing.materials_surface import (
    Field,
    Paint,
    blur,
    comb,
    cracks,
    fractal,
    mix,
    noise,
    raking,
    shadow,
    step,
    to_bytes,
)

# depth of the carving in pixels, roughness, gloss, traces of color left
_KINDS = {
    "sandstone": (9.0, 1.0, 0.0, 0.10),
    "limestone": (9.0, 0.7, 0.0, 0.07),
    "marble": (9.0, 0.3, 0.12, 0.05),
    "granite": (6.0, 0.9, 0.05, 0.0),
    "plaster": (8.0, 0.35, 0.0, 0.22),
    "wood": (9.0, 0.5, 0.06, 0.25),
    "ivory": (7.0, 0.2, 0.2, 0.05),
}


def stone(motif: Motif, piece: Piece) -> Picture:
    """Return a carved slab."""
    rng = rng_of(piece, stream=3)
    shape, kind = piece.shape or "panel", piece.variety or "limestone"
    frame = outline(piece, shape, 0.055)
    layout = lay(motif, piece, frame, fillet=5, margin=0 if shape == "full" else 8)
    depth, rough, _, _ = _KINDS[kind]
    form = carve(rng, layout, piece, depth, rough)
    paint: Paint = substance(rng, layout, piece, kind) * illuminate(form, layout, piece)[..., None]
    paint = finish(rng, paint, form, piece, kind)
    paint = bevel(paint, layout.inside, piece, 7, 0.3)
    return to_bytes(stage(paint, layout.inside, piece, thick=14))


def carve(rng: np.random.Generator, layout: Layout, piece: Piece, depth: float, rough: float) -> Field:
    """Return the surface in pixels: relief, incised contours, tool marks, pits, wear and breaks."""
    h, w = layout.line.shape
    steps = 0.55 * (layout.share @ np.array([0.0, 1.0, 0.8, 1.1, 0.35], np.float32)) + 0.75 * layout.height
    soft = 0.7 + 2.2 * piece.wear
    form = blur(np.clip(steps, 0, 1.25), soft) * depth
    form -= 1.6 * blur(layout.line, 0.8 + piece.wear) * (1 - 0.5 * piece.wear)
    chisel = comb(
        noise(rng, h, w, 2.2), np.where(layout.share[..., 0] > 0.5, 0.9 + 0.4 * noise(rng, h, w, 90), layout.flow), 6
    )
    tool = 0.42 * rough * chisel * (0.35 + 0.75 * layout.share[..., 0])
    grit = rough * (0.12 * noise(rng, h, w, 3.6) + 0.35 * fractal(rng, h, w, 24, 3))
    pits = -rough * 2.0 * step(2.1, 3.0, noise(rng, h, w, 4.5) + 0.45 * noise(rng, h, w, 60))
    form = form + tool + grit + pits
    worn = fractal(rng, h, w, 130, 5)
    lost = step(1.75 - 1.25 * piece.wear, 1.95 - 1.1 * piece.wear, worn - 0.2)
    bare = depth * 0.18 + 1.2 * fractal(rng, h, w, 26, 4)
    form = form + (np.minimum(bare, form) - form) * lost
    if piece.wear > 0.35:
        gap = cracks(rng, h, w, 420, 1.0)
        form = form - 3.5 * step(1.7, 0.3, gap) * step(-0.2, 0.5, noise(rng, h, w, 260))
    carved: Field = form.astype(np.float32)
    return carved


def illuminate(form: Field, layout: Layout, piece: Piece) -> Field:
    """Return the brightness under a low lamp: shading, cast shadow, shade in the hollows."""
    lit = raking(form, 1.0, piece.light, 0.62)
    dark = shadow(blur(form, 0.6), 1.0, piece.light, 0.75) if form.max() < 1 else _cast(form, piece)
    hollow = np.clip(blur(form, 7) - form, 0, 8) / 8
    return (0.36 + 0.62 * lit) * (1 - 0.42 * dark) * (1 - 0.35 * hollow)


def _cast(form: Field, piece: Piece) -> Field:
    low = form - form.min()
    return shadow(low / low.max(), float(low.max()), piece.light, 0.8)


def substance(rng: np.random.Generator, layout: Layout, piece: Piece, kind: str) -> Paint:
    """Return the stone's own color: beds, veins, crystals, grain, and what is left of its paint."""
    h, w = layout.line.shape
    table = color_table(piece)
    body = 0.5 * table[0] + 0.5 * table[1]
    cloud = fractal(rng, h, w, 190, 5)
    warm = np.array([1.0, 0.35, -0.7]) * 0.02
    paint = body * (1 + 0.05 * cloud)[..., None] + warm * noise(rng, h, w, 120)[..., None]
    y, x = np.mgrid[:h, :w].astype(np.float32)
    if kind == "sandstone":
        beds = np.sin((y + 0.12 * x + 18 * noise(rng, h, w, 180)) / 9) + np.sin((y + 9 * noise(rng, h, w, 90)) / 4.1)
        paint = paint * (1 + 0.02 * beds)[..., None]
    elif kind == "marble":
        vein = np.abs(fractal(rng, h, w, 260, 5) + 0.5 * noise(rng, h, w, 40, 200))
        paint = paint * (1 - 0.2 * np.exp(-vein / 0.05) - 0.05 * np.exp(-vein / 0.3))[..., None]
    elif kind == "granite":
        crystal = noise(rng, h, w, 3.4)
        paint = paint * (1 + 0.1 * np.clip(crystal, -1.6, 1.6) - 0.14 * (noise(rng, h, w, 3) > 1.3))[..., None]
    elif kind == "wood":
        rings = np.sin((x + 30 * noise(rng, h, w, 300, 90)) / 3.4) + 0.7 * np.sin(
            (x + 14 * noise(rng, h, w, 200, 60)) / 1.9
        )
        paint = paint * (1 + 0.055 * rings + 0.04 * noise(rng, h, w, 90, 2))[..., None]
    elif kind == "ivory":
        paint = paint * (1 + 0.02 * noise(rng, h, w, 160, 3))[..., None]
    traces = _KINDS[kind][3] * np.clip(1.2 * fractal(rng, h, w, 60, 4) + 1.0 - 1.2 * piece.wear, 0, 1.6)
    return mix(paint.astype(np.float32), base_paint(layout, piece), np.clip(traces, 0, 0.6))


def finish(rng: np.random.Generator, paint: Paint, form: Field, piece: Piece, kind: str) -> Paint:
    """Return the stone with dirt in its hollows, lichen or soot, polish on its heights."""
    h, w = form.shape
    low = blur(form, 6) - form
    dirt = np.clip(low / 6, 0, 1) * (0.3 + 0.4 * piece.wear)
    paint = mix(paint, paint * np.array([0.6, 0.52, 0.42], np.float32), np.clip(dirt, 0, 1))
    stain = step(0.8, 2.4, fractal(rng, h, w, 150, 4) + 0.6 * noise(rng, h, w, 200, 30)) * 0.3 * piece.wear
    paint = mix(paint, paint * np.array([0.72, 0.72, 0.66], np.float32), stain)
    gloss = _KINDS[kind][2]
    if gloss:
        paint = paint + (gloss * np.clip(raking(blur(form, 2), 1.0, piece.light, 0.7) - 1, 0, 1))[..., None]
    return paint
