"""Wall painting: pigment in or on plaster, with the wall's cracks and losses; bark cloth too."""

import numpy as np

from drawing.design import Motif
from drawing.materials_layout import Layout, base_paint, lay
from drawing.materials_outline import outline, rng_of
from drawing.materials_piece import Picture, Piece
from drawing.materials_stage import bevel, stage
from drawing.materials_surface import (
    Paint,
    blur,
    comb,
    cracks,
    fractal,
    mix,
    noise,
    raking,
    rgb,
    step,
    take,
    to_bytes,
)


def fresco(motif: Motif, piece: Piece) -> Picture:
    """Return painted plaster, or painted bark."""
    rng = rng_of(piece, stream=3)
    shape, kind = piece.shape or "full", piece.variety or "plaster"
    frame = outline(piece, shape, 0.05)
    layout = lay(motif, piece, frame, fillet=4, margin=0 if shape == "full" else 6)
    paint = brush(rng, layout, piece, kind)
    paint = bark(rng, paint, piece) if kind == "bark" else plaster(rng, paint, layout, piece, kind)
    paint = bevel(paint, layout.inside, piece, 6, 0.2)
    return to_bytes(stage(paint, layout.inside, piece, thick=3 if kind == "bark" else 12))


def brush(rng: np.random.Generator, layout: Layout, piece: Piece, kind: str) -> Paint:
    """Return the painting: hand-drawn contours, strokes along the flow, thin and loaded passages."""
    h, w = layout.line.shape
    y, x = np.indices((h, w), dtype=np.float32)
    dy, dx = 1.3 * noise(rng, h, w, 26), 1.3 * noise(rng, h, w, 26)  # the hand
    paint = take(base_paint(layout, piece), y + dy, x + dx)
    line = take(layout.line, y + dy + 0.6, x + dx + 0.6)
    stroke = comb(noise(rng, h, w, 3.4), layout.flow, 9)
    wash = fractal(rng, h, w, 80, 4)
    shade = 1 + 0.09 * stroke + 0.045 * wash + 0.1 * (blur(layout.height, 2) - 0.3)
    paint = paint * shade[..., None]
    load = np.clip(0.9 + 0.3 * comb(noise(rng, h, w, 9), layout.flow, 5), 0.35, 1)
    paint = mix(paint, rgb(piece.palette.line), np.clip(blur(line, 0.5) * load, 0, 0.95))
    return np.stack([blur(paint[..., c], 0.5) for c in range(3)], -1)


def plaster(rng: np.random.Generator, paint: Paint, layout: Layout, piece: Piece, kind: str) -> Paint:
    """Return the wall: rubbed pigment, troweled surface, hairline cracks, lacunae down to the rough coat."""
    h, w = layout.line.shape
    lime = 0.35 * rgb(piece.palette.roles[0]) + 0.65 * np.array([0.86, 0.82, 0.74])
    rub = step(0.3, 2.3, fractal(rng, h, w, 46, 5) + 1.3 * piece.wear - 0.3) * (0.35 + 0.45 * piece.wear)
    rub = rub * np.clip(0.75 + 0.5 * noise(rng, h, w, 2.6), 0, 1.2)
    if kind == "secco":  # bound with glue, it powders and flakes rather than sinks in
        rub = np.maximum(rub, 0.85 * step(1.1, 1.3, fractal(rng, h, w, 30, 5) + piece.wear - 0.3))
    paint = mix(paint, lime.astype(np.float32), np.clip(rub, 0, 0.9))
    chalk = 0.05 + 0.1 * piece.wear
    paint = paint * (1 - chalk) + lime * chalk
    loss = fractal(rng, h, w, 170, 6)
    edge = loss - (2.0 - 1.35 * piece.wear)
    hole = step(-0.02, 0.05, edge)
    deep = step(0.25, 0.5, edge)
    form = (
        0.35 * fractal(rng, h, w, 36, 4) + 0.9 * noise(rng, h, w, 130) - 3.2 * blur(hole, 0.9) - 2.5 * blur(deep, 1.2)
    )
    form = form + hole * 0.7 * fractal(rng, h, w, 12, 3)
    net = cracks(rng, h, w, 150 - 60 * piece.wear, 1.0)
    some = np.clip(noise(rng, h, w, 150) - 0.3 + piece.wear, 0, 1)
    crack = step(1.7, 0.4, net) * some
    rough = np.array([0.74, 0.67, 0.55]) * (1 + 0.07 * fractal(rng, h, w, 16, 3))[..., None]
    patch = mix(np.broadcast_to(lime * 0.97, paint.shape), rough, deep)
    paint = mix(paint, patch.astype(np.float32), hole)
    paint = paint * (1 - 0.45 * crack)[..., None]
    return (paint * (0.25 + 0.75 * raking(form - 1.2 * crack, 1.0, piece.light, 0.8))[..., None]).astype(np.float32)


def bark(rng: np.random.Generator, paint: Paint, piece: Piece) -> Paint:
    """Return beaten bark cloth: felted fibers, the beater's ribs, dye that soaked in unevenly."""
    h, w = paint.shape[:2]
    body = rgb(piece.palette.roles[0])
    fiber = comb(noise(rng, h, w, 2.2), 1.57 + 0.35 * noise(rng, h, w, 60), 14)
    soak = np.clip(0.9 + 0.18 * fiber + 0.12 * fractal(rng, h, w, 50), 0, 1)
    paint = mix(np.broadcast_to(body, paint.shape), paint, soak)
    _, x = np.mgrid[:h, :w].astype(np.float32)
    ribs = 0.02 * np.sin((x + 2 * noise(rng, h, w, 90)) * 2 * np.pi / 5)
    fold = 0.05 * noise(rng, h, w, 200, 60)
    cloth: Paint = paint * (1 + 0.1 * fiber + ribs + fold)[..., None]
    return cloth
