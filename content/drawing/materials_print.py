"""Prints on paper: the Japanese color print, the blue print, the hand block."""

import numpy as np

from drawing.design import Motif
from drawing.materials_fan import fan_outline, mount
from drawing.materials_layout import MARGIN, Layout, color_table, lay
from drawing.materials_outline import Outline, outline, rng_of
from drawing.materials_piece import Picture, Piece
from drawing.materials_stage import stage
from drawing.materials_surface import Field, Paint, blur, comb, fractal, mix, noise, step, take, to_bytes


def woodblock(motif: Motif, piece: Piece) -> Picture:
    """Return a print: one block per color, each a little off, and the key block over them."""
    rng = rng_of(piece, stream=3)
    shape, kind = piece.shape or "sheet", piece.variety or "color"
    frame, margin = paper_outline(piece, shape)
    layout = lay(motif, piece, frame, fillet=2, margin=margin)
    paint = paper(rng, piece)
    paint = press(rng, paint, layout, piece, kind)
    paint = age(rng, paint, layout.inside, piece)
    inside = layout.inside
    if shape in ("fan", "uchiwa"):
        paint, inside = mount(paint, inside, piece, shape)
    return to_bytes(stage(paint, inside, piece, thick=3))


def paper_outline(piece: Piece, shape: str) -> tuple[Outline, float]:
    """Return the outline of the sheet and the width of its bare margin."""
    h, w = piece.height, piece.width
    if shape == "full":
        return outline(piece, "full"), 0
    if shape == "sheet":
        return outline(piece, "panel", 0.045), 0.06 * min(h, w)
    return fan_outline(piece, shape), 0


def paper(rng: np.random.Generator, piece: Piece) -> Paint:
    """Return mulberry paper: laid lines, long fibers, a little foxing."""
    h, w = piece.height, piece.width
    tone = color_table(piece)[0] * 0.35 + np.array([0.93, 0.89, 0.79]) * 0.65
    y, _ = np.mgrid[:h, :w].astype(np.float32)
    laid = 0.008 * np.sin(2 * np.pi * (y + noise(rng, h, w, 200)) / 4.2)
    fiber = comb(noise(rng, h, w, 1.6), noise(rng, h, w, 45) * 1.5, 9)
    sheet: Paint = (tone * (1 + laid + 0.022 * fiber + 0.02 * fractal(rng, h, w, 160))[..., None]).astype(np.float32)
    return sheet


def press(rng: np.random.Generator, paint: Paint, layout: Layout, piece: Piece, kind: str) -> Paint:
    """Return the paper printed with the ground, four colors and the key block."""
    h, w = layout.line.shape
    table = color_table(piece)
    y, x = np.indices((h, w), dtype=np.float32)
    wander = {"block-print": 2.2}.get(kind, 1.1)
    if kind == "block-print":
        y, x = _stamped(rng, piece, y, x)
    printed = (layout.zone != MARGIN).astype(np.float32)
    grain = _grain(rng, h, w)
    for role in range(5):
        slip = rng.normal(0, wander, 2)
        share = take(layout.share[..., role], y + slip[0], x + slip[1])
        band = (layout.zone == 1).astype(np.float32)
        color = table[role] if role else mix(np.broadcast_to(table[0], (h, w, 3)), table[6], band)
        amount = 0.35 if role == 0 and kind != "block-print" else 0.94
        ink = share * printed * amount * _inked(rng, h, w, grain, piece, kind)
        if role == 0 and kind in ("bokashi", "blue"):
            ink, color = share * printed * _bokashi(rng, h, w), table[6]
        paint = over(paint, color, ink)
    key = take(layout.line, y, x)
    key = key * printed * np.clip(0.97 - 0.25 * (fractal(rng, h, w, 9, 2) > 1.9 - 0.8 * piece.wear), 0, 1)
    border = _keyline(layout) if kind != "block-print" else 0.0
    emboss = 0.1 * (blur(key, 1.4) - key)
    pressed: Paint = over(paint, table[5], np.clip(key * 1.1 + border, 0, 0.97)) * (1 + emboss)[..., None]
    return pressed


def over(paint: Paint, color: np.ndarray, ink: Field) -> Paint:
    """Return the paint under a half-transparent water color: part cover, part multiply."""
    return mix(paint, 0.72 * color + 0.28 * color * paint / 0.9, ink)


def _stamped(rng: np.random.Generator, piece: Piece, y: Field, x: Field) -> tuple[Field, Field]:
    """Return coordinates shifted block by block: the cloth is stamped by hand, one block beside another."""
    side = max(piece.unit, 90)
    i, j = (y // side).astype(np.intp), (x // side).astype(np.intp)
    slip = rng.normal(0, 1.3, (i.max() + 1, j.max() + 1, 2))
    return y + slip[i, j, 0], x + slip[i, j, 1]


def _grain(rng: np.random.Generator, h: int, w: int) -> Field:
    """Return the grain of a cherry plank, running across the sheet."""
    y, _x = np.mgrid[:h, :w].astype(np.float32)
    rings = y + 16 * noise(rng, h, w, 130, 420) + 4 * noise(rng, h, w, 40, 260)
    grain: Field = np.sin(rings / 2.1) * 0.6 + np.sin(rings / 5.3 + 1) * 0.5 + 0.35 * noise(rng, h, w, 2.2, 60)
    return grain


def _inked(rng: np.random.Generator, h: int, w: int, grain: Field, piece: Piece, kind: str) -> Field:
    """Return how well a block prints: grain shows, the pad (baren) leaves swirls, salt where paper was dry."""
    show = 0.05 + 0.06 * piece.wear if kind != "block-print" else 0.025
    swirl = 0.04 * np.sin(noise(rng, h, w, 60) * 9)
    salt = (0.25 if kind == "block-print" else 0.12) * piece.wear * (noise(rng, h, w, 2.4) > 1.5)
    cover: Field = np.clip(0.9 + show * grain + swirl * 0.6 + 0.05 * fractal(rng, h, w, 140) - salt, 0, 1)
    return cover


def _bokashi(rng: np.random.Generator, h: int, w: int) -> Field:
    """Return the gradation wiped on the block: full at the top, and often at the foot."""
    y = np.linspace(0, 1, h, dtype=np.float32)[:, None] + 0.02 * noise(rng, h, w, 200)
    top = step(rng.uniform(0.35, 0.65), 0.02, y)
    foot = step(rng.uniform(0.7, 0.85), 1.0, y) * rng.uniform(0.2, 0.9)
    return np.clip(top + foot, 0, 1) * 0.92


def _keyline(layout: Layout) -> Field:
    """Return the line round the printed field."""
    printed = (layout.zone != MARGIN).astype(np.float32)
    if printed.min() > 0:
        return np.zeros_like(printed)
    line: Field = np.clip(blur(printed, 1.3) * (1 - printed) * 3, 0, 1)
    return line


def age(rng: np.random.Generator, paint: Paint, inside: Field, piece: Piece) -> Paint:
    """Return the sheet toned at its edges, foxed, and once folded."""
    h, w = inside.shape
    toned = np.exp(-np.clip(inside, 0, None) / 26) * (0.12 + 0.25 * piece.wear)
    fox = step(2.5 - piece.wear, 3.3 - piece.wear, fractal(rng, h, w, 60, 4)) * 0.25
    paint = mix(paint, paint * np.array([0.86, 0.74, 0.55], np.float32), np.clip(toned + fox, 0, 1))
    if rng.random() < 0.3 + 0.5 * piece.wear:
        at = w * rng.uniform(0.47, 0.53)
        x = np.arange(w) - at + 1.0 * noise(rng, h, w, 120)
        paint = paint * (1 - 0.12 * np.exp(-((x / 1.1) ** 2)) + 0.05 * np.exp(-(((x - 2.5) / 1.5) ** 2)))[..., None]
    return paint.astype(np.float32)
