"""Illumination: body color, ink and gold leaf on vellum or paper."""

import numpy as np

from drawing.design import Motif
from drawing.materials_layout import MARGIN, Layout, base_paint, color_table, gilt, lay
from drawing.materials_outline import outline, rng_of
from drawing.materials_piece import Picture, Piece
from drawing.materials_stage import stage
from drawing.materials_surface import (
    Field,
    Paint,
    blur,
    comb,
    fractal,
    glint,
    mix,
    noise,
    raking,
    rgb,
    step,
    take,
    to_bytes,
)

_SKIN = {"vellum": "ecdfc0", "paper": "e9dcc0", "indigo": "1f2a4c"}


def manuscript(motif: Motif, piece: Piece) -> Picture:
    """Return a leaf with a painted panel."""
    rng = rng_of(piece, stream=3)
    shape, kind = piece.shape or "sheet", piece.variety or "vellum"
    frame = outline(piece, "panel" if shape == "sheet" else shape, 0.035)
    margin = {"sheet": 0.085, "fragment": 0.05}.get(shape, 0.0) * min(piece.height, piece.width)
    layout = lay(motif, piece, frame, fillet=3, margin=margin)
    skin = vellum(rng, piece, kind)
    paint = illuminate(rng, skin, layout, piece)
    paint = gild(rng, paint, layout, piece)
    paint = pen(rng, paint, layout, piece)
    if shape != "full":
        paint = rule(rng, paint, layout, piece)
    paint = handle(rng, paint, layout, piece)
    return to_bytes(stage(paint, layout.inside, piece, thick=3))


def vellum(rng: np.random.Generator, piece: Piece, kind: str) -> Paint:
    """Return the prepared skin: clouds, hair follicles, the grain of the spine."""
    h, w = piece.height, piece.width
    tone = rgb(_SKIN[kind])
    if kind != "indigo":
        tone = 0.7 * tone + 0.3 * color_table(piece)[0] if color_table(piece)[0].mean() > 0.6 else tone
    cloud = 0.035 * fractal(rng, h, w, 200, 4)
    dots = blur((rng.random((h, w)) < 0.012 * (noise(rng, h, w, 120) > 0.1)).astype(np.float32), 0.8)
    warm = np.array([0.2, -0.15, -1.0]) * 0.022
    return (tone * (1 + cloud - 0.22 * dots)[..., None] + warm * fractal(rng, h, w, 120, 3)[..., None]).astype(
        np.float32
    )


def illuminate(rng: np.random.Generator, skin: Paint, layout: Layout, piece: Piece) -> Paint:
    """Return the skin with body colors: grainy, modeled by strokes along the flow, flaked where they cracked."""
    h, w = layout.line.shape
    paint = base_paint(layout, piece)
    stroke = comb(noise(rng, h, w, 2.6), layout.flow, 7)
    model = blur(layout.height, 1.4) - 0.35
    paint = paint * (1 + 0.05 * stroke + 0.05 * fractal(rng, h, w, 50, 4) + 0.16 * model)[..., None]
    light = step(0.62, 0.95, blur(layout.height, 1.0)) * 0.16 * (layout.share[..., 0] < 0.5)
    paint = mix(paint, np.array([1.0, 0.97, 0.9], np.float32), light)
    bare = _is_skin(layout, piece)
    flake = step(2.4 - 1.3 * piece.wear, 2.8 - 1.1 * piece.wear, fractal(rng, h, w, 34, 5)) * 0.8
    cover = np.clip((1 - bare) * (0.97 - flake) * (layout.zone != MARGIN), 0, 1)
    return mix(skin, paint, blur(cover, 0.4))


def _is_skin(layout: Layout, piece: Piece) -> Field:
    """Return the cover of roles as pale as the skin: they are left unpainted."""
    table = color_table(piece)
    pale = ((table[:5].min(-1) > 0.66) & (np.arange(5) == 0)).astype(np.float32)
    skin: Field = layout.share @ (pale * 0.85)
    return skin


def gild(rng: np.random.Generator, paint: Paint, layout: Layout, piece: Piece) -> Paint:
    """Return the gilt roles as burnished leaf on gesso: it mirrors, dimples, and wears to the red bole."""
    h, w = layout.line.shape
    cover = gilt(layout, piece) * (layout.zone != MARGIN)
    if not cover.any():
        return paint
    cushion = 2.2 * blur(cover, 2.2) + 0.35 * noise(rng, h, w, 12) + 1.2 * noise(rng, h, w, 60)
    x = 0.35 * noise(rng, h, w, 190) + 0.12 * noise(rng, h, w, 50)
    tone = np.clip(0.86 + 0.34 * x + 0.9 * (raking(cushion, 1.0, piece.light, 0.8) - 1), 0.4, 1.35)
    leaf = (
        np.array([0.83, 0.64, 0.26]) * tone[..., None]
        + (0.5 * glint(cushion, 1.0, piece.light, 90) ** 2)[..., None] * 0.4
    )
    worn = step(1.5 - piece.wear, 2.2 - piece.wear, fractal(rng, h, w, 22, 5)) * 0.85
    leaf = mix(leaf, np.array([0.6, 0.27, 0.17]), worn)
    return mix(paint, leaf.astype(np.float32), cover)


def pen(rng: np.random.Generator, paint: Paint, layout: Layout, piece: Piece) -> Paint:
    """Return the drawing inked: iron gall ink, dark where the pen paused, brown where it ran dry."""
    h, w = layout.line.shape
    y, x = np.indices((h, w), dtype=np.float32)
    line = take(layout.line, y + 0.5 * noise(rng, h, w, 18), x + 0.5 * noise(rng, h, w, 18))
    flow = np.clip(0.9 + 0.16 * noise(rng, h, w, 14), 0.45, 1)
    ink = rgb(piece.palette.line)
    if not piece.palette.gilt or ink.mean() < 0.45:
        brown = mix(
            np.broadcast_to(ink, (h, w, 3)), np.array([0.34, 0.2, 0.1]), np.clip(0.3 * noise(rng, h, w, 40), 0, 0.5)
        )
        return mix(paint, brown.astype(np.float32), np.clip(line * flow, 0, 0.95))
    return mix(paint, ink, np.clip(line * flow, 0, 0.95))


def rule(rng: np.random.Generator, paint: Paint, layout: Layout, piece: Piece) -> Paint:
    """Return the leaf with the ruled frame round its panel, drawn past the corners, and the prickings."""
    h, w = layout.line.shape
    rows, cols = np.where(layout.zone != MARGIN)
    y, x = np.mgrid[:h, :w].astype(np.float32)
    wob = 0.35 * noise(rng, h, w, 160)
    for gap, wide, strength in ((5, 1.2, 0.7), (9, 0.7, 0.55)):
        box = rows.min() - gap, rows.max() + gap, cols.min() - gap, cols.max() + gap
        over_y, over_x = (y > box[0] - 3) & (y < box[1] + 3), (x > box[2] - 3) & (x < box[3] + 3)
        for at, value, within in ((box[0], y, over_x), (box[1], y, over_x), (box[2], x, over_y), (box[3], x, over_y)):
            stroke = step(wide + 0.5, wide - 0.5, np.abs(value - at + wob)) * within * strength
            color = rgb(piece.palette.roles[1]) if gap == 5 else rgb(piece.palette.line)
            paint = mix(paint, color, stroke * (layout.zone == MARGIN))
    return paint


def handle(rng: np.random.Generator, paint: Paint, layout: Layout, piece: Piece) -> Paint:
    """Return the leaf after centuries: cockled, thumbed at the edge, stained, creased."""
    h, w = layout.line.shape
    cockle = 2.4 * noise(rng, h, w, 150, 90) + 0.9 * noise(rng, h, w, 60)
    paint = paint * (0.55 + 0.45 * raking(cockle, 1.0, piece.light, 0.7))[..., None]
    edge = np.exp(-np.clip(layout.inside, 0, None) / 22) * (0.22 + 0.4 * piece.wear)
    stain = step(1.6 - 0.6 * piece.wear, 1.75 - 0.6 * piece.wear, fractal(rng, h, w, 210, 3)) * 0.12
    grime = np.clip(edge * (1 + 0.4 * fractal(rng, h, w, 60)) + stain, 0, 0.8)
    return mix(paint, paint * np.array([0.8, 0.66, 0.46], np.float32), grime).astype(np.float32)
