"""Ceramics: painted tiles, plates and bowls under glaze; slip ware; lustre; celadon."""

import numpy as np

from drawing.design import Motif
from drawing.materials_layout import Layout, base_paint, lay
from drawing.materials_outline import Outline, centered, disc_outline, outline, rng_of
from drawing.materials_piece import Picture, Piece
from drawing.materials_stage import bevel, stage
from drawing.materials_surface import (
    Field,
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

MATTE = ("black-figure", "slip")


def ceramic(motif: Motif, piece: Piece) -> Picture:
    """Return a tiled field, a single tile, a star tile, a plate, a bowl or a sherd."""
    rng = rng_of(piece, stream=3)
    shape, kind = piece.shape or "tiles", piece.variety or "glazed"
    frame = vessel(piece, shape)
    layout = lay(motif, piece, frame, fillet=2.5, margin=3 if shape in ("plate", "bowl") else 0)
    paint = decorate(rng, layout, piece, kind)
    form = profile(frame, piece, shape)
    paint = fire(rng, paint, layout, piece, form, kind)
    if shape == "bowl":
        paint = paint * hollow(layout, piece)[..., None]
    if shape == "tiles":
        paint = grout(rng, paint, piece)
    else:
        paint = chip(rng, paint, layout, piece, kind)
        paint = bevel(paint, layout.inside, piece, 5, 0.22)
    return to_bytes(stage(paint, layout.inside, piece, thick={"plate": 12, "bowl": 18}.get(shape, 6)))


def vessel(piece: Piece, shape: str) -> Outline:
    """Return the outline of a ceramic shape."""
    h, w = piece.height, piece.width
    if shape in ("plate", "bowl"):
        frame = disc_outline(h, w, 0.055 * min(h, w))
        turn = np.arctan2(*centered(h, w))
        lobes = 1.2 * np.sin(2 * turn + piece.seed) + 0.7 * np.sin(5 * turn)
        return Outline(inside=(frame.inside + lobes).astype(np.float32), box=frame.box, disc=True)
    if shape == "star":
        y, x = centered(h, w)
        r = 0.45 * min(h, w) * 0.765
        square = np.minimum(r - np.abs(x), r - np.abs(y))
        diamond = r - (np.abs(x) + np.abs(y)) / np.sqrt(2)
        edge = round(0.05 * min(h, w))
        return Outline(inside=np.maximum(square, diamond), box=(edge, edge, h - edge, w - edge), disc=True)
    if shape == "tiles":
        return outline(piece, "full")
    return outline(piece, "panel" if shape == "tile" else shape)


def decorate(rng: np.random.Generator, layout: Layout, piece: Piece, kind: str) -> Paint:
    """Return the painted surface before firing: brush loads, pooled edges, contour lines."""
    h, w = layout.line.shape
    paint = base_paint(layout, piece)
    plain = color_ground(layout, piece)
    load = comb(noise(rng, h, w, 3.0), layout.flow, 7)  # strokes of the brush
    wash = fractal(rng, h, w, 70, 4)
    painted = 1 - layout.share[..., 0]
    rim = painted - blur(painted, 3.0)
    thin = {"underglaze": 0.30, "lustre": 0.2, "slip": 0.1, "black-figure": 0.07}.get(kind, 0.16)
    strength = 1 - thin * np.clip(0.55 - 0.35 * load - 0.4 * wash - 0.9 * rim, 0, 2.2)
    paint = plain + (paint - plain) * np.clip(strength, 0, 1.1)[..., None]
    if kind == "celadon":
        return pool(rng, layout, piece)
    if kind == "relief":
        deep = blur(layout.height, 1.2)
        paint = paint * (0.84 + 0.22 * deep)[..., None]
    ink = np.clip(layout.line * (0.92 + 0.12 * wash), 0, 1)
    if kind == "underglaze":
        ink = np.clip(blur(ink, 0.6) * 1.15 * (0.85 + 0.1 * load), 0, 1)
    paint = mix(paint, rgb(piece.palette.line), ink)
    return np.stack([blur(paint[..., c], 0.55) for c in range(3)], -1) if kind not in MATTE else paint


def color_ground(layout: Layout, piece: Piece) -> Paint:
    """Return the body seen where nothing is painted."""
    h, w = layout.line.shape
    turned = (layout.zone != 0).astype(np.float32)
    return mix(np.broadcast_to(rgb(piece.palette.roles[0]), (h, w, 3)), rgb(piece.palette.border), turned)


def pool(rng: np.random.Generator, layout: Layout, piece: Piece) -> Paint:
    """Return one glaze, dark where it pools in carved hollows and pale where it thins over ridges."""
    h, w = layout.line.shape
    deep = np.clip(0.75 * layout.height + 0.18 * layout.share[..., 1] - 0.5 * blur(layout.line, 0.9), -0.5, 1)
    deep = blur(deep, 1.1) - 0.45 * (blur(deep, 9) - blur(deep, 1.5))
    shades = [rgb(c) for c in (piece.palette.roles[4], piece.palette.roles[0], piece.palette.roles[2])]
    tone = np.clip(deep + 0.05 * fractal(rng, h, w, 120), -0.4, 1.1)
    paint = mix(np.broadcast_to(shades[1], (h, w, 3)), shades[2], np.clip(tone, 0, 1) * 0.9)
    return mix(paint, shades[0], np.clip(0.22 - tone, 0, 0.6) * 1.1)


def profile(frame: Outline, piece: Piece, shape: str) -> Field:
    """Return the height in pixels of the whole vessel."""
    inside = frame.inside
    half = (frame.box[2] - frame.box[0]) / 2
    r = np.clip(1 - inside / half, 0, 1.2)
    if shape == "plate":
        rim = step(0.58, 0.74, r) * 13 + 16 * np.clip(r - 0.7, 0, 1)
        height: Field = rim + 4 * step(0.985, 0.94, r) - 3 * step(0.95, 1.0, r)
        return height
    if shape == "bowl":
        height = (95 * r**2.1 + 3 * step(0.99, 0.95, r)).astype(np.float32)
        return height
    if shape == "star":
        return np.zeros_like(inside)
    return np.zeros_like(inside)


def hollow(layout: Layout, piece: Piece) -> Field:
    """Return the shade in a bowl: deep under the rim toward the light, a glow on the far wall."""
    y, x = centered(piece.height, piece.width)
    radius = layout.inside.max()
    toward = (x * np.cos(piece.light) - y * np.sin(piece.light)) / radius
    r = np.hypot(y, x) / radius
    wall = step(0.25, 0.95, r)
    shade: Field = (
        1 - 0.3 * wall * np.clip(toward, 0, 1) + 0.16 * wall * np.clip(-toward, 0, 1) - 0.1 * np.exp(-((r / 0.5) ** 2))
    )
    return shade


def fire(rng: np.random.Generator, paint: Paint, layout: Layout, piece: Piece, form: Field, kind: str) -> Paint:
    """Return the surface fired: its form in the light, gloss, crackle, kiln specks, lustre sheen."""
    h, w = form.shape
    gloss = 0.25 if kind == "slip" else 0.5 if kind == "black-figure" else 1.0
    skin = form + 0.25 * noise(rng, h, w, 26) + 0.9 * noise(rng, h, w, 95)
    if kind in ("celadon", "relief"):
        skin = skin + 2.6 * blur(layout.height, 1.6)
    else:
        skin = skin + 0.5 * blur(1 - layout.share[..., 0] + layout.line, 1.6)
    paint = paint * (1 + 0.85 * (raking(skin, 1.0, piece.light, 0.9) - 1))[..., None]
    if kind == "lustre":
        paint = lustre(rng, paint, layout, piece, skin)
    window = glint(skin * 1.5 + 3.2 * noise(rng, h, w, 230), 1.0, piece.light, 130)
    sheen = blur(glint(skin, 1.0, piece.light, 24), 5)
    paint = paint + (gloss * (0.22 * window + 0.05 * sheen))[..., None]
    if kind not in MATTE and piece.wear > 0.15:
        net = cracks(rng, h, w, 30 + 50 * (1 - piece.wear), 0.3)
        fine = step(1.3, 0.2, net) * (0.05 + 0.16 * piece.wear) * np.clip(0.6 + 0.5 * noise(rng, h, w, 130), 0, 1)
        paint = paint * (1 - fine)[..., None] + (fine * 0.45)[..., None] * np.array([0.42, 0.32, 0.2], np.float32)
    return paint * (1 + 0.02 * fractal(rng, h, w, 150, 3))[..., None] - specks(rng, h, w, 0.0006, 0.28)[..., None]


def lustre(rng: np.random.Generator, paint: Paint, layout: Layout, piece: Piece, skin: Field) -> Paint:
    """Return the painted roles as metal film: coppery, greenish and golden by turns."""
    film = layout.share[..., 1] + layout.share[..., 2] * 0.9
    h, w = skin.shape
    turn = 0.5 + 0.5 * np.sin(2.6 * noise(rng, h, w, 170) + 1.2 * noise(rng, h, w, 60))
    cool, warm = np.array([0.98, 1.05, 0.8]), np.array([1.12, 0.92, 0.95])
    paint = paint * (1 + film[..., None] * (mix(cool, warm, turn) - 1))
    flash = np.clip(0.9 * noise(rng, h, w, 150) - 0.35, 0, 1) * film
    shining: Paint = paint + (0.3 * flash)[..., None] * np.array([1.0, 0.8, 0.45], np.float32)
    return shining


def specks(rng: np.random.Generator, h: int, w: int, share: float, depth: float) -> Field:
    """Return tiny dark kiln specks."""
    return blur((rng.random((h, w)) < share).astype(np.float32), 0.8) * depth * 2


def grout(rng: np.random.Generator, paint: Paint, piece: Piece) -> Paint:
    """Return the field cut into square tiles: each of its own firing and seating, grout between."""
    h, w = paint.shape[:2]
    side = np.clip(piece.unit, 64, min(h, w) / 2)
    phase = rng.integers(0, 2) / 2  # the repeat's center at the tiles' corners or at their middles
    y, x = np.mgrid[:h, :w].astype(np.float32)
    top, left = (h / 2 / side + phase) % 1 * side - side, (w / 2 / side + phase) % 1 * side - side
    y, x = y - top, x - left
    i, j = (y / side).astype(np.intp), (x / side).astype(np.intp)
    rows, cols = i.max() + 1, j.max() + 1
    seat = rng.normal(0, 0.9, (rows, cols, 2))
    paint = take(paint, y + top + seat[i, j, 0], x + left + seat[i, j, 1])
    v, u = y - (i + 0.5) * side, x - (j + 0.5) * side
    tilt = rng.normal(0, 1, (rows, cols, 2))
    lean = (v * tilt[i, j, 0] + u * tilt[i, j, 1]) / side
    fired = 1 + 0.04 * rng.standard_normal((rows, cols))
    warm = 0.012 * rng.standard_normal((rows, cols))[i, j][..., None] * np.array([1, 0, -1])
    paint = paint * (fired[i, j] + 0.07 * lean)[..., None] + warm
    near = side / 2 - np.maximum(np.abs(v), np.abs(u)) + 0.5 * noise(rng, h, w, 25)
    near = near - 3.5 * np.clip(fractal(rng, h, w, 34, 3) - 2.3 + 1.1 * piece.wear, 0, 2)
    corner = np.hypot(np.clip(np.abs(v) - side / 2 + 5, 0, 9), np.clip(np.abs(u) - side / 2 + 5, 0, 9))
    near = np.minimum(near, 5.5 - corner)
    paint = bevel(paint.astype(np.float32), near - 1.2, piece, 4, 0.25)
    mortar = np.array([0.70, 0.66, 0.58]) * (0.95 - 0.25 * piece.wear) + 0.03 * fractal(rng, h, w, 12, 2)[..., None]
    return mix(paint, mortar.astype(np.float32), step(2.1, 1.0, near))


def chip(rng: np.random.Generator, paint: Paint, layout: Layout, piece: Piece, kind: str) -> Paint:
    """Return the piece with glaze flaked from its edge and a few places within, baring the body."""
    h, w = paint.shape[:2]
    body = np.array([0.72, 0.5, 0.36]) if kind in (*MATTE, "glazed", "lustre") else np.array([0.86, 0.82, 0.74])
    loss = fractal(rng, h, w, 26, 4) + 2.2 * np.exp(-np.clip(layout.inside, 0, None) / 4)
    bare = step(0, 0.35, loss - 4.1 + 1.7 * piece.wear)
    tone = body * (0.92 + 0.04 * fractal(rng, h, w, 8, 2))[..., None]
    return (
        mix(paint, tone.astype(np.float32), blur(bare, 0.6))
        * (1 - 0.25 * np.clip(blur(bare, 1.5) - bare, 0, 1))[..., None]
    )
