"""Leaded glass: light from behind, lead cames, streaks and bubbles, painted trace lines."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt
from scipy.spatial import cKDTree

from drawing.design import Motif
from drawing.materials_layout import Layout, base_paint, lay
from drawing.materials_outline import centered, outline, rng_of
from drawing.materials_piece import Picture, Piece
from drawing.materials_surface import (
    Field,
    Paint,
    blur,
    comb,
    edges,
    fractal,
    mix,
    noise,
    pieces,
    raking,
    step,
    sway,
    to_bytes,
)


def glass(motif: Motif, piece: Piece) -> Picture:
    """Return a window seen from the dark inside."""
    rng = rng_of(piece, stream=3)
    shape = piece.shape or "full"
    frame = outline(piece, shape, 0.05)
    layout = lay(motif, piece, frame, fillet=5, margin=0)
    panes = cut(rng, layout, piece)
    paint = melt(rng, layout, piece, panes)
    paint = trace(rng, paint, layout, panes, piece)
    paint = paint * daylight(rng, layout.line.shape)[..., None]
    came, metal = lead(rng, layout, panes, piece)
    halo = np.stack([blur(paint[..., c], 5) for c in range(3)], -1)
    paint = mix(paint, metal + 0.17 * halo, came)
    paint = paint + 0.12 * np.stack([blur(np.clip(paint[..., c] - 0.55, 0, 1), 9) for c in range(3)], -1)
    return to_bytes(wall(rng, paint, layout.inside, piece))


def cut(rng: np.random.Generator, layout: Layout, piece: Piece) -> NDArray[np.int32]:
    """Return a number per pane: areas of one color, large ones cut further as a glazier must."""
    h, w = layout.line.shape
    panes = pieces(layout.role, np.zeros_like(layout.line))
    small = np.bincount(panes.ravel()) < 230  # too small to lead: painted on the pane beside them
    near = distance_transform_edt(small[panes], return_distances=False, return_indices=True)
    panes = panes[near[0], near[1]] if not small.all() else panes
    own = np.bincount(panes.ravel())
    cell = max(piece.unit * 0.42, 46)
    y, x = np.mgrid[0 : h + cell : cell, 0 : w + cell : cell]
    grid = np.stack([y, x], -1).reshape(-1, 2)
    grid = grid + rng.uniform(-0.3, 0.3, grid.shape) * cell
    y, x = np.mgrid[:h, :w]
    _, near = cKDTree(grid).query(np.stack([y.ravel(), x.ravel()], -1), k=1)
    split = own[panes] > 2.2 * cell**2
    numbers = np.where(
        split,
        panes.astype(np.int64) * (len(grid) + 1) + near.reshape(h, w) + 1,
        panes.astype(np.int64) * (len(grid) + 1),
    )
    return np.unique(numbers, return_inverse=True)[1].reshape(h, w).astype(np.int32)


def melt(rng: np.random.Generator, layout: Layout, piece: Piece, panes: NDArray[Any]) -> Paint:
    """Return the glass: each pane its own melt, with streaks its own way, bubbles, uneven thickness."""
    h, w = panes.shape
    count = panes.max() + 1
    tints = sway(np.full((count, 3), 0.5), rng, 0.16, 0.035) * 2
    paint = base_paint(layout, piece) * tints[panes]
    turn = rng.uniform(0, np.pi, count)[panes]
    y, x = np.mgrid[:h, :w].astype(np.float32)
    across = x * np.cos(turn) + y * np.sin(turn) + 5 * noise(rng, h, w, 60)
    offset = rng.uniform(0, 1000, count)[panes]
    ribbon = noise(rng, 4, 6000, 4, 7)[0]
    streak = np.interp((across + offset).ravel() % 5000, np.arange(6000), ribbon).reshape(h, w)
    paint = np.clip(paint * 1.18, 0.02, 1.2) ** (1 + 0.16 * streak + 0.12 * noise(rng, h, w, 45))[..., None]
    seeds = blur((rng.random((h, w)) < 0.0011).astype(np.float32), 0.9)
    seeds = comb(seeds, turn.astype(np.float32), 2)
    melted: Paint = (paint * (1 + 1.4 * seeds)[..., None]).astype(np.float32)
    return melted


def trace(rng: np.random.Generator, paint: Paint, layout: Layout, panes: NDArray[Any], piece: Piece) -> Paint:
    """Return the glass with what the painter fired on it: contour strokes, hatching, smear shading by the leads."""
    h, w = panes.shape
    far = distance_transform_edt(edges(panes) == 0).astype(np.float32)
    matt = (
        0.42
        * np.exp(-np.clip(far - 2, 0, None) / 6)
        * np.clip(0.75 + 0.4 * comb(noise(rng, h, w, 2), layout.flow, 5), 0, 1.4)
    )
    relief = blur(layout.height, 1.2)
    contour = np.exp(-(((relief - 0.5) / (0.012 + 0.5 * np.hypot(*np.gradient(relief)))) ** 2)) * (
        np.hypot(*np.gradient(relief)) > 0.008
    )
    stroke = 0.75 * blur(contour.astype(np.float32), 0.5) * (far > 5)
    thin = 0.7 * layout.line * (layout.line > 0.1)
    if piece.variety == "grisaille":
        hatch = np.clip(np.sin((np.mgrid[:h, :w].sum(0) + noise(rng, h, w, 80)) / 1.35) * 2, 0, 1)
        stroke = np.maximum(stroke, 0.22 * hatch * layout.share[..., 0])
    dark = np.clip(matt + stroke + thin, 0, 0.94)
    traced: Paint = paint * (1 - dark)[..., None] + (dark * 0.03)[..., None]
    return traced


def daylight(rng: np.random.Generator, shape: tuple[int, ...]) -> Field:
    """Return the light behind: sky above, trees below, bars of the room opposite."""
    h, w = shape
    y, x = centered(h, w)
    sky = 1.13 - 0.24 * (y / h + 0.5) - 0.3 * ((x / w) ** 2 + (y / h) ** 2)
    light: Field = (sky + 0.09 * noise(rng, h, w, 140) + 0.05 * noise(rng, h, w, 60)).astype(np.float32)
    return light


def lead(rng: np.random.Generator, layout: Layout, panes: NDArray[Any], piece: Piece) -> tuple[Field, Paint]:
    """Return the cover and the picture of the cames, saddle bars among them."""
    h, w = panes.shape
    wide = 2.6 * piece.weight**0.5
    far = distance_transform_edt(edges(panes) == 0).astype(np.float32) + 0.5 * noise(rng, h, w, 30)
    came = step(wide + 0.9, wide - 0.5, far)
    came = np.maximum(came, step(9, 7, layout.inside) * (layout.inside < 100))
    form = np.sqrt(np.clip(1 - (far / (wide + 1)) ** 2, 0, 1))
    y, _x = np.mgrid[:h, :w].astype(np.float32)
    if h > 300:
        gap = h / round(h / 215)
        bar = np.abs((y + gap / 2 + 0.8 * noise(rng, h, w, 300)) % gap - gap / 2)
        came, form = np.maximum(came, step(2.6, 1.6, bar)), np.maximum(form, np.clip(1 - bar / 3, 0, 1))
    shade = 0.07 + 0.1 * np.clip(raking(blur(form, 0.8), 2.0, 1.57, 0.8) - 0.8, 0, 2)
    tone = shade * (1 + 0.25 * noise(rng, h, w, 9))
    return came, tone[..., None] * np.array([0.98, 1.0, 1.06], np.float32)


def wall(rng: np.random.Generator, paint: Paint, inside: Field, piece: Piece) -> Paint:
    """Return the window in its wall: dark masonry, colored light on the splay."""
    if inside.min() > 1:
        return paint
    h, w = inside.shape
    glow = np.stack([blur(paint[..., c] * (inside > 0), 26) for c in range(3)], -1)
    stone = np.array([0.15, 0.145, 0.14]) * (1 + 0.1 * fractal(rng, h, w, 40, 4))[..., None]
    splay = 0.6 * np.exp(np.clip(inside, -200, 0) / 12)[..., None] * (glow * 0.8 + 0.06)
    edge = 1 - 0.7 * np.exp(-np.abs(inside + 1.5) / 2)[..., None]
    return mix((stone + splay + 0.05 * glow) * edge, paint, np.clip(inside + 0.5, 0, 1)).astype(np.float32)
