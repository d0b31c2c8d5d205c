"""Batik and lacquer: cloth dyed round wax, and wood under many coats."""

import numpy as np

from drawing.design import Motif
from drawing.materials_cloth import cloth_outline, hang, lay_out, loom, per_thread, thread
from drawing.materials_layout import Layout, base_paint, gilt, lay
from drawing.materials_outline import outline, rng_of
from drawing.materials_piece import Picture, Piece
from drawing.materials_stage import bevel, stage
from drawing.materials_surface import (
    Paint,
    blur,
    comb,
    cracks,
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


def batik(motif: Motif, piece: Piece) -> Picture:
    """Return cotton with its pattern reserved in wax, stenciled paste or stamped."""
    rng = rng_of(piece, stream=3)
    frame, fringe = cloth_outline(piece, piece.shape or "full")
    layout = lay(motif, piece, frame, fillet=3, margin=0)
    kind = piece.variety or "wax"
    paint = dye(rng, layout, piece, kind)
    if kind == "wax":
        paint = crackle(rng, paint, layout, piece)
    paint = hang(rng, cotton(rng, paint, piece), piece)
    return to_bytes(lay_out(rng, paint, frame, piece, fringe))


def dye(rng: np.random.Generator, layout: Layout, piece: Piece, kind: str) -> Paint:
    """Return the dyed pattern: edges where the dye crept under the wax, uneven baths."""
    h, w = layout.line.shape
    y, x = np.indices((h, w), dtype=np.float32)
    hand = 1.4 if kind == "adinkra" else 1.0
    y, x = y + hand * noise(rng, h, w, 20), x + hand * noise(rng, h, w, 20)
    plain, line = take(base_paint(layout, piece), y, x), take(layout.line, y, x)
    paint = mix(plain, rgb(piece.palette.line), 0.95 * line)
    soft = np.stack([blur(paint[..., c], 1.3) for c in range(3)], -1)
    bleed = np.clip(0.45 + 0.4 * noise(rng, h, w, 30), 0, 1)
    paint = mix(paint, soft, bleed)
    if kind == "adinkra":
        thin = np.clip(0.06 + 0.14 * noise(rng, h, w, 7) + 0.1 * noise(rng, h, w, 90), 0, 0.4) * (
            layout.share[..., 1] + layout.share[..., 4]
        )
        paint = mix(paint, rgb(piece.palette.roles[0]), thin)
    bath = 1 + 0.05 * fractal(rng, h, w, 130, 4) + 0.025 * noise(rng, h, w, 22)
    return paint * bath[..., None]


def crackle(rng: np.random.Generator, paint: Paint, layout: Layout, piece: Piece) -> Paint:
    """Return the cloth with dark veins where the wax broke and dots the canting left along contours."""
    h, w = layout.line.shape
    coarse, fine = cracks(rng, h, w, 75, 1.0), cracks(rng, h, w, 34, 1.0)
    some = np.clip(0.35 + 0.7 * noise(rng, h, w, 95), 0, 1)
    vein = step(1.5, 0.2, coarse) * 0.5 * some + step(1.2, 0.2, fine) * 0.3 * np.clip(some - 0.35, 0, 1)
    light = np.clip((paint.mean(-1) - 0.25) * 2, 0, 1)
    return mix(paint, rgb(piece.palette.roles[4]), np.clip(vein * light * (0.5 + 0.7 * piece.wear), 0, 0.6))


def cotton(rng: np.random.Generator, paint: Paint, piece: Piece) -> Paint:
    """Return the dyed picture on a fine plain weave."""
    h, w = paint.shape[:2]
    row, col = loom(rng, h, w, piece, 2.5, 2.5)
    shade = 0.94 + 0.045 * thread(row) + 0.04 * thread(col)
    return paint * (shade * per_thread(rng, row, 0.015) * per_thread(rng, col, 0.015))[..., None]


def lacquer(motif: Motif, piece: Piece) -> Picture:
    """Return a lacquered panel, painted (with gold dust) or carved through its coats."""
    rng = rng_of(piece, stream=3)
    shape, kind = piece.shape or "panel", piece.variety or "painted"
    frame = outline(piece, shape, 0.06)
    layout = lay(motif, piece, frame, fillet=3, margin=0 if shape == "full" else 9)
    paint = carved_coats(rng, layout, piece) if kind == "carved" else painted_coats(rng, layout, piece)
    paint = bevel(varnish(rng, paint, layout, piece), layout.inside, piece, 7, 0.35)
    return to_bytes(stage(paint, layout.inside, piece, thick=9))


def painted_coats(rng: np.random.Generator, layout: Layout, piece: Piece) -> Paint:
    """Return the painting; gilt roles are dusted with gold that thins toward their lower edge."""
    h, w = layout.line.shape
    stroke = comb(noise(rng, h, w, 3), layout.flow, 8)
    paint = base_paint(layout, piece) * (1 + 0.06 * stroke + 0.05 * fractal(rng, h, w, 80))[..., None]
    paint = mix(paint, rgb(piece.palette.line), 0.9 * layout.line)
    gold = gilt(layout, piece)
    dust = np.clip(0.62 + 0.5 * noise(rng, h, w, 40) + 0.16 * noise(rng, h, w, 3.2), 0, 1) * gold
    under = mix(paint, rgb(piece.palette.roles[0]) * 1.1, gold * 0.55)
    paint = mix(under, paint * (1.05 + 0.08 * noise(rng, h, w, 3))[..., None], np.where(gold > 0, dust, 1.0))
    sprinkle = (noise(rng, h, w, 2.2) > 2.35 - 0.5 * noise(rng, h, w, 90)) * layout.share[..., 0]
    return mix(paint, np.array([0.75, 0.58, 0.26], np.float32), 0.45 * blur(sprinkle.astype(np.float32), 0.5))


def carved_coats(rng: np.random.Generator, layout: Layout, piece: Piece) -> Paint:
    """Return thick lacquer cut through: rounded figures, walls that show the coats, a diapered floor."""
    h, w = layout.line.shape
    lift = layout.share @ np.array([0.0, 1.0, 0.9, 0.8, 0.25], np.float32)
    form = 5.5 * blur(lift, 1.3) + 4 * blur(layout.height, 1.3) - 1.2 * blur(layout.line, 0.8)
    y, x = np.mgrid[:h, :w].astype(np.float32)
    y, x = y + noise(rng, h, w, 60), x + noise(rng, h, w, 60)
    floor = np.abs(np.sin(x * np.pi / 9)) * np.abs(np.sin(y * np.pi / 9))
    form = form + 0.9 * floor * layout.share[..., 0]
    paint = base_paint(layout, piece)
    tone = max(piece.palette.roles[:2], key=lambda color: rgb(color).sum())  # the coats; red, mostly
    body = 0.75 * rgb(tone) + 0.25 * paint
    wall = np.clip(np.hypot(*np.gradient(form)) / 2.2, 0, 1)
    body = mix(body, rgb(piece.palette.roles[4]), 0.5 * wall * (np.sin(form * 3.2) > 0.3))
    hollow = np.clip(blur(form, 6) - form, 0, 6) / 6
    lit = 0.3 + 0.56 * raking(form, 1.0, piece.light, 0.75) + 0.25 * glint(form, 1.0, piece.light, 40)
    coats: Paint = body * (lit * (1 - 0.5 * hollow))[..., None]
    return coats


def varnish(rng: np.random.Generator, paint: Paint, layout: Layout, piece: Piece) -> Paint:
    """Return the surface glossy: a window's reflection, fine cracks, rubbed edges."""
    h, w = layout.line.shape
    skin = 5 * noise(rng, h, w, 300) + 0.5 * noise(rng, h, w, 50) + 0.5 * blur(1 - layout.share[..., 0], 1.5)
    paint = paint + (0.12 * blur(glint(skin, 1.0, piece.light, 70), 2))[..., None]
    net = step(1.2, 0.2, cracks(rng, h, w, 60, 0.6)) * np.clip(noise(rng, h, w, 120) + piece.wear - 0.3, 0, 1)
    rubbed = (
        step(0.9, 1.6, np.exp(-np.clip(layout.inside, 0, None) / 9) * 1.4 + 0.3 * fractal(rng, h, w, 30)) * piece.wear
    )
    paint = mix(paint, paint * 0.6 + np.array([0.2, 0.1, 0.05], np.float32), rubbed)
    varnished: Paint = paint * (1 - 0.25 * net)[..., None]
    return varnished
