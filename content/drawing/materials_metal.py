"""Metal: repousse and chasing, inlay and enamel, patina and polish."""

import numpy as np

from drawing.design import Motif
from drawing.materials_layout import Layout, base_paint, color_table, lay
from drawing.materials_outline import outline, rng_of
from drawing.materials_piece import Picture, Piece
from drawing.materials_stage import bevel, stage
from drawing.materials_surface import Field, Paint, blur, comb, fractal, mix, noise, normals, rgb, step, to_bytes

_TONE = {"gold": "d8a544", "bronze": "8a6a3e", "silver": "c3c4c4", "brass": "b99350", "iron": "55565a"}
_PATINA = {"gold": "6a4012", "bronze": "3f5f50", "silver": "2a2a30", "brass": "3c2c14", "iron": "5a3826"}


def metal(motif: Motif, piece: Piece) -> Picture:
    """Return a sheet of worked metal."""
    rng = rng_of(piece, stream=3)
    shape, kind = piece.shape or "panel", piece.variety or "gold"
    frame = outline(piece, shape, 0.06)
    layout = lay(motif, piece, frame, fillet=4, margin=0 if shape == "full" else 9)
    form = chase(rng, layout, piece)
    paint: Paint = color(layout, piece, kind) * mirror(rng, form, piece)[..., None]
    paint = weather(rng, paint, form, layout, piece, kind)
    if shape == "panel":
        paint = nails(paint, layout, piece)
    paint = bevel(paint, layout.inside, piece, 4, 0.4)
    return to_bytes(stage(paint, layout.inside, piece, thick=6))


def chase(rng: np.random.Generator, layout: Layout, piece: Piece) -> Field:
    """Return the surface in pixels: raised figure, chased contours, a punched ground, the hammer's dimples."""
    h, w = layout.line.shape
    lift = layout.share @ np.array([0.0, 1.0, 0.85, 0.9, 0.3], np.float32)
    form = 3.2 * blur(lift, 1.6) + 4.2 * blur(layout.height, 1.5)
    form -= 1.3 * blur(layout.line, 0.8)
    form += 0.5 * noise(rng, h, w, 22) + 1.3 * noise(rng, h, w, 85)
    form -= punches(rng, h, w, 8.0 * piece.grain) * layout.share[..., 0] * 0.6
    form += 0.1 * comb(noise(rng, h, w, 2.0), layout.flow, 7) * (1 - layout.share[..., 0])
    dents = -3 * step(2.3 - piece.wear, 3.4 - piece.wear, noise(rng, h, w, 38))
    return (form + dents).astype(np.float32)


def punches(rng: np.random.Generator, h: int, w: int, gap: float) -> Field:
    """Return the ground matted with ring punches, row by crooked row."""
    y, x = np.mgrid[:h, :w].astype(np.float32)
    y += 1.5 * noise(rng, h, w, 30)
    x += 1.5 * noise(rng, h, w, 26) + 0.5 * gap * (np.floor(y / gap) % 2)
    r = np.hypot(y / gap - np.floor(y / gap) - 0.5, x / gap - np.floor(x / gap) - 0.5)
    dents: Field = np.exp(-(((r - 0.24) / 0.14) ** 2)).astype(np.float32)
    return dents


def color(layout: Layout, piece: Piece, kind: str) -> Paint:
    """Return the metal's color, nearly one, with inlays or enamel where the palette departs from it."""
    table = color_table(piece)
    tone = rgb(_TONE[kind])
    paint = base_paint(layout, piece)
    far = np.abs(table[:5] - tone).max(-1)
    other = np.clip((far - 0.22) * 4, 0, 1)  # roles unlike the metal are enamel, niello or stone
    keep = layout.share @ (0.25 + 0.75 * other).astype(np.float32)
    out = mix(0.4 * tone + 0.6 * paint, paint, keep)
    return mix(out, rgb(piece.palette.line), 0.45 * layout.line)


def mirror(rng: np.random.Generator, form: Field, piece: Piece) -> Field:
    """Return the brightness of polished metal: it reflects a dim room with two windows and a dark floor."""
    x, y, z = normals(form, 1.0)
    side, up = np.cos(piece.light), np.sin(piece.light)
    key = x * side + y * up
    across = -x * up + y * side
    sky = 0.66 + 0.5 * key - 0.25 * np.abs(across)
    window = np.exp(-(((key - 0.42) / 0.16) ** 2)) * 0.62 + np.exp(-(((key + 0.35) / 0.1) ** 2)) * 0.16
    floor = -0.3 * step(-0.25, -0.75, key)
    h, w = form.shape
    breadth = 0.1 * noise(rng, h, w, 180) + 0.04 * noise(rng, h, w, 50)
    brightness: Field = np.clip(sky + window + floor + breadth, 0.1, 1.9) * (0.8 + 0.2 * z)
    return brightness


def weather(rng: np.random.Generator, paint: Paint, form: Field, layout: Layout, piece: Piece, kind: str) -> Paint:
    """Return the metal with dark or green patina in its hollows, stains, fine scratches."""
    h, w = form.shape
    low = np.clip((blur(form, 5) - form) / 3 + 0.2 * layout.line, 0, 1)
    cloud = fractal(rng, h, w, 90, 5)
    patina = np.clip(low * (0.45 + 0.5 * piece.wear) + piece.wear * 0.5 * step(0.6, 2.2, cloud), 0, 0.85)
    crust = rgb(_PATINA[kind]) * (1 + 0.12 * fractal(rng, h, w, 14, 3))[..., None]
    paint = mix(paint, crust.astype(np.float32), patina)
    scratch = comb(
        (rng.random((h, w)) < 0.0022).astype(np.float32),
        np.full((h, w), rng.uniform(0, 3), np.float32) + 0.5 * noise(rng, h, w, 60),
        10,
    )
    warm = np.array([1.0, 0.2, -0.8]) * 0.02
    return (
        paint * (1 + 1.6 * np.clip(scratch, 0, 0.15))[..., None]
        + warm.astype(np.float32) * noise(rng, h, w, 130)[..., None]
    )


def nails(paint: Paint, layout: Layout, piece: Piece) -> Paint:
    """Return the panel with a round-headed nail near each corner."""
    h, w = layout.line.shape
    y, x = np.mgrid[:h, :w].astype(np.float32)
    rows, cols = np.where(layout.inside > 11)
    for cy in (rows.min(), rows.max()):
        for cx in (cols.min(), cols.max()):
            v, u = (y - cy) / 5.5, (x - cx) / 5.5
            r = np.hypot(v, u)
            lit = 0.85 + 0.55 * (u * np.cos(piece.light) - v * np.sin(piece.light)) + 0.3 * np.exp(-((r / 0.4) ** 2))
            head = rgb(piece.palette.roles[2]) * np.clip(lit, 0.1, 1.6)[..., None]
            paint = mix(paint * (1 - 0.5 * np.exp(-((r / 1.25) ** 4)))[..., None], head, step(1.05, 0.9, r))
    return paint
