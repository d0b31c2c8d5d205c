"""Mosaic: tesserae in rows along the contours, each with its own stone, tilt and joint."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt, maximum_filter
from scipy.spatial import cKDTree

from drawing.design import Motif
from drawing.materials_layout import Layout, base_paint, color_table, gilt, lay
from drawing.materials_outline import outline, rng_of
from drawing.materials_piece import Picture, Piece
from drawing.materials_stage import stage
from drawing.materials_surface import Field, blur, edges, fractal, mix, noise, resize, sway, take, to_bytes

SIZE = {"stone": 13.0, "glass": 12.0, "pebble": 14.0}  # pixels of a tessera


def mosaic(motif: Motif, piece: Piece) -> Picture:
    """Return floor (stone), wall (glass, gold) or pebble mosaic."""
    rng = rng_of(piece, stream=3)
    kind = piece.variety or "stone"
    shape = piece.shape or "full"
    size = SIZE[kind] * piece.grain * max(piece.height, piece.width) / 640
    frame = outline(piece, shape)
    layout = lay(motif, piece, frame, fillet=size, margin=0 if shape == "full" else size)
    cells, sites = set_stones(rng, layout, size, round_stones=kind == "pebble")
    paint = color_stones(rng, layout, piece, cells, sites, kind)
    paint = bed(rng, paint, layout, piece, cells, size, kind)
    return to_bytes(stage(paint, layout.inside, piece, thick=7))


def set_stones(
    rng: np.random.Generator, layout: Layout, size: float, *, round_stones: bool
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the stone of every pixel (h, w) and the stones' centers (n, 2): squares packed along contours.

    A centroidal Voronoi diagram of oriented squares (Hausner 2001): stones turn with the distance to the
    nearest contour and stay within their role. Relaxed at a third of the resolution.
    """
    h, w = layout.role.shape
    k = 3
    role = layout.role[::k, ::k]
    far = distance_transform_edt(edges(role) == 0)
    dy, dx = np.gradient(blur(np.minimum(far, 30.0), 1.5))
    turn = np.arctan2(dy, dx)
    turn = np.where(np.hypot(dy, dx) < 0.2, layout.flow[::k, ::k], turn)
    sites = _seed(rng, role, far, size / k)
    y, x = np.mgrid[: role.shape[0], : role.shape[1]]
    for _ in range(8):
        cells = _claim(sites, y, x, role, turn, round_stones=round_stones)
        count = np.maximum(np.bincount(cells, minlength=len(sites)), 1)
        mean = np.stack([np.bincount(cells, v.ravel(), len(sites)) / count for v in (y, x)], -1)
        sites = np.where((count > 1)[:, None], mean, sites)
    y, x = np.mgrid[:h, :w].astype(np.float32)
    wobble = size * 0.045
    y += wobble * noise(rng, h, w, size * 0.6)
    x += wobble * noise(rng, h, w, size * 0.6)
    cells = _claim(sites * k, y, x, layout.role, _smooth_turn(turn, h, w), round_stones=round_stones)
    return cells.reshape(h, w), sites * k


def _lattice(rng: np.random.Generator, shape: tuple[int, ...], size: float) -> NDArray[np.float64]:
    y, x = np.mgrid[0 : shape[0] : size, 0 : shape[1] : size]
    grid = np.stack([y, x], -1).reshape(-1, 2)
    return grid + rng.uniform(0.35, 0.65, grid.shape) * size


def _seed(rng: np.random.Generator, role: NDArray[Any], far: Field, size: float) -> NDArray[np.float64]:
    """Return a first center per stone: the narrower the shape, the smaller its stones, down to a third."""
    wide = maximum_filter(far, round(size) | 1) * 2 / size  # width of the shape here, in stones
    parts, low = [], 0.0
    for share, high in ((0.36, 0.42), (0.55, 0.8), (1.0, np.inf)):
        sites = _lattice(rng, role.shape, size * share)
        sites = sites[(sites[:, 0] < role.shape[0]) & (sites[:, 1] < role.shape[1])]
        here = take(wide, sites[:, 0], sites[:, 1])
        parts.append(sites[(here >= low) & (here < high)])
        low = high
    return np.concatenate(parts)


def _smooth_turn(turn: NDArray[Any], h: int, w: int) -> Field:
    """Return directions, equal up to quarter turns, at full size."""
    return np.arctan2(resize(np.sin(4 * turn), h, w), resize(np.cos(4 * turn), h, w)) / 4


def _claim(
    sites: NDArray[Any], y: NDArray[Any], x: NDArray[Any], role: NDArray[Any], turn: NDArray[Any], *, round_stones: bool
) -> NDArray[np.intp]:
    """Return the nearest stone of each pixel among four: the distance is a turned square's, other roles are far."""
    _, near = cKDTree(sites).query(np.stack([y.ravel(), x.ravel()], -1).astype(np.float32), k=4)
    at = sites.astype(np.intp)
    own = take(role, at[:, 0], at[:, 1])
    angle = take(turn, at[:, 0], at[:, 1])
    sin, cos = np.sin(angle), np.cos(angle)
    best, cells = np.full(role.size, 1e9), near[:, 0].copy()
    for j in range(4):
        site = near[:, j]
        v, u = y.ravel() - sites[site, 0], x.ravel() - sites[site, 1]
        s, t = np.abs(u * cos[site] + v * sin[site]), np.abs(v * cos[site] - u * sin[site])
        far = np.hypot(s, t) if round_stones else np.maximum(s, t) + 0.04 * (s + t)
        far += 1e4 * (own[site] != role.ravel())
        nearer = far < best
        best[nearer], cells[nearer] = far[nearer], site[nearer]
    claimed: NDArray[np.intp] = cells
    return claimed


def color_stones(
    rng: np.random.Generator, layout: Layout, piece: Piece, cells: NDArray[Any], sites: NDArray[Any], kind: str
) -> NDArray[Any]:
    """Return the picture of the stones without joints."""
    n = len(sites)
    at = sites.astype(np.intp)
    plain = base_paint(layout, piece)
    colors = take(plain, at[:, 0], at[:, 1])
    # within a role at the cell's center the average may straddle a contour, so take the pure color
    role, zone = take(layout.role, at[:, 0], at[:, 1]), take(layout.zone, at[:, 0], at[:, 1])
    table = color_table(piece)
    pure = np.where(((role == 0) & (zone != 0))[:, None], table[6], table[role])
    colors = 0.9 * pure + 0.1 * colors
    tone = {"stone": 0.075, "glass": 0.1, "pebble": 0.1}[kind]
    colors = sway(colors, rng, tone, 0.012)
    h, w = layout.line.shape
    batch = take(fractal(rng, h, w, 150, 3), at[:, 0], at[:, 1])
    colors = colors * (1 + 0.05 * batch[:, None])
    golden = take(gilt(layout, piece), at[:, 0], at[:, 1])
    flash = np.clip(rng.normal(0, 1, n), -1.4, 2.2) * golden
    colors = colors * (1 + 0.2 * flash[:, None]) + np.array([0.1, 0.08, 0.03]) * np.clip(flash - 0.6, 0, None)[:, None]
    tilt = rng.normal(0, 1, (n, 2)) * {"stone": 0.35, "glass": 1.0, "pebble": 0.5}[kind]
    y, x = np.mgrid[: cells.shape[0], : cells.shape[1]]
    lean = (y - sites[cells, 0]) * tilt[cells, 0] + (x - sites[cells, 1]) * tilt[cells, 1]
    stones: NDArray[Any] = colors[cells].astype(np.float32) * (1 + 0.011 * lean)[..., None].astype(np.float32)
    return stones


def bed(
    rng: np.random.Generator,
    paint: NDArray[Any],
    layout: Layout,
    piece: Piece,
    cells: NDArray[Any],
    size: float,
    kind: str,
) -> NDArray[Any]:
    """Return the picture with joints, rounded edges, wear and lost stones that bare the mortar."""
    h, w = cells.shape
    mortar = np.array({"stone": [0.70, 0.66, 0.58], "glass": [0.58, 0.53, 0.45], "pebble": [0.52, 0.48, 0.41]}[kind])
    mortar = mortar * (0.75 if piece.wear > 0.5 else 0.9)
    seam = edges(cells)
    far = distance_transform_edt(seam == 0).astype(np.float32)
    joint = blur(seam, 0.6) * 1.35
    dome = np.sqrt(np.clip(far / (size * 0.5), 0, 1))
    dy, dx = np.gradient(blur(dome, 0.9))
    lit = -dx * np.cos(piece.light) + dy * np.sin(piece.light)
    paint = paint * (1 + {"stone": 0.22, "glass": 0.35, "pebble": 0.75}[kind] * lit)[..., None]
    grime = 0.06 * piece.wear * fractal(rng, h, w, 90)
    paint = mix(paint, mortar.astype(np.float32), np.clip(joint * 0.85, 0, 0.9))
    lost = fractal(rng, h, w, 130, 3) > 2.9 - 1.25 * piece.wear
    gone = np.bincount(cells.ravel(), lost.ravel()) / np.maximum(np.bincount(cells.ravel()), 1) > 0.5
    hole = blur(gone[cells].astype(np.float32), 0.7)
    raw = mortar * 1.06 + (0.03 * fractal(rng, h, w, 14, 3))[..., None] - 0.05 * blur(joint, 1)[..., None]
    rim = blur(hole, 2.5) - hole
    paint = mix(paint, raw.astype(np.float32), hole) * (1 - 0.4 * np.clip(-rim, 0, 1) + grime)[..., None]
    return paint
