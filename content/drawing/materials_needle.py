"""Embroidery: single stitches drawn one over another on a woven ground."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from drawing.design import Motif
from drawing.materials_cloth import cloth_outline, hang, lay_out, loom, per_thread, thread
from drawing.materials_layout import FIELD, Layout, color_table, gilt, lay
from drawing.materials_outline import rng_of
from drawing.materials_piece import Picture, Piece
from drawing.materials_surface import Field, Paint, blur, mix, noise, take, to_bytes
from drawing.materials_trace import dashes

Pencil = ImageDraw.ImageDraw
FINE = 2  # stitches are drawn this much finer than the picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Stitches:
    """Straight stitches in the order in which they are sewn."""

    start: NDArray[np.float64]  # (n, 2) y, x in picture pixels
    end: NDArray[np.float64]  # (n, 2)
    color: NDArray[np.float64]  # (n, 3)
    thick: float  # pixels


def embroidery(motif: Motif, piece: Piece) -> Picture:
    """Return a cloth worked in satin, cross, chain, couched or running stitch."""
    rng = rng_of(piece, stream=3)
    frame, fringe = cloth_outline(piece, piece.shape or "panel")
    layout = lay(motif, piece, frame, fillet=3, margin=10 if piece.shape != "full" else 0)
    paint = linen(rng, layout, piece)
    worked, cover = _WORK[piece.variety or "satin"](rng, layout, piece)
    cast = blur(cover, 1.6)
    paint = paint * (1 - 0.3 * np.clip(cast - cover, 0, 1))[..., None]
    paint = mix(paint, worked, cover)
    paint = hang(rng, paint, piece)
    return to_bytes(lay_out(rng, paint, frame, piece, fringe))


def linen(rng: np.random.Generator, layout: Layout, piece: Piece) -> Paint:
    """Return the ground cloth: plain weave in the palette's ground color."""
    h, w = layout.line.shape
    row, col = loom(rng, h, w, piece, 3.2, 3.2)
    over = (np.floor(row) + np.floor(col)) % 2
    shade = 0.93 + 0.07 * np.where(over > 0, thread(row), thread(col))
    shade = shade * per_thread(rng, row, 0.014) * per_thread(rng, col, 0.014)
    shade = shade + 0.02 * noise(rng, h, w, 60)
    cloth: Paint = color_table(piece)[0] * shade[..., None]
    return cloth


def satin(rng: np.random.Generator, layout: Layout, piece: Piece) -> tuple[Paint, Field]:
    """Return long stitches side by side along the flow, outlined in stem stitch."""
    filled = fill(rng, layout, piece, long=17.0, thick=2.7)
    return sew(layout, piece, [filled, stem(rng, layout, piece)])


def couched(rng: np.random.Generator, layout: Layout, piece: Piece) -> tuple[Paint, Field]:
    """Return threads laid at length and tied down, as metal thread is."""
    filled = fill(rng, layout, piece, long=34.0, thick=2.4)
    shown, cover = sew(layout, piece, [filled, stem(rng, layout, piece)])
    h, w = cover.shape
    y, x = np.mgrid[:h, :w].astype(np.float32)
    across = (x * np.cos(layout.flow) + y * np.sin(layout.flow)) / 7 + 0.5 * (np.floor(y / 5) % 2)
    tie = np.clip(1 - np.abs(across % 1 - 0.5) * 8, 0, 1) * cover
    return shown * (1 - 0.16 * tie)[..., None], cover


def chain(rng: np.random.Generator, layout: Layout, piece: Piece) -> tuple[Paint, Field]:
    """Return rows of loops along the flow."""
    filled = fill(rng, layout, piece, long=9.0, thick=4.6)
    hearts = Stitches(
        start=filled.start * 0.7 + filled.end * 0.3,
        end=filled.start * 0.3 + filled.end * 0.7,
        color=filled.color * 0.62,
        thick=0.9,
    )
    both = Stitches(
        start=np.stack([filled.start, hearts.start], 1).reshape(-1, 2),
        end=np.stack([filled.end, hearts.end], 1).reshape(-1, 2),
        color=np.stack([filled.color, hearts.color], 1).reshape(-1, 3),
        thick=filled.thick,
    )
    return sew(layout, piece, [both, stem(rng, layout, piece)], hearts=True)


def running(rng: np.random.Generator, layout: Layout, piece: Piece) -> tuple[Paint, Field]:
    """Return contours alone, in even running stitches of heavy thread, as in sashiko."""
    start, end = dashes(rng, _contours(layout), gap=10.5 * piece.grain, long=7.2 * piece.grain)
    color = color_table(piece)[1] * (1 + 0.05 * rng.standard_normal((len(start), 1)))
    heavy = Stitches(start=start, end=end, color=np.clip(color, 0, 1), thick=2.9 * piece.grain)
    return sew(layout, piece, [heavy], underlay=False)


def _contours(layout: Layout) -> Field:
    """Return the contour lines, or the borders between colors where a motif has no lines."""
    inside = np.clip(layout.inside - 4, 0, 1)
    if (layout.line > 0.5).mean() > 0.004:
        return layout.line * inside
    contours: Field = np.hypot(*np.gradient(layout.share[..., 0])) * 2 * inside
    return contours


def stem(rng: np.random.Generator, layout: Layout, piece: Piece) -> Stitches:
    """Return the outlines: short slanting stitches, each beginning beside the last."""
    start, end = dashes(rng, layout.line * np.clip(layout.inside - 4, 0, 1), gap=3.6, long=6.0)
    color = color_table(piece)[5] * rng.uniform(0.85, 1.35, (len(start), 1))
    slant = (end - start)[:, ::-1] * np.array([-0.12, 0.12])
    return Stitches(start=start - slant, end=end + slant, color=np.clip(color, 0, 1), thick=1.7)


def fill(rng: np.random.Generator, layout: Layout, piece: Piece, *, long: float, thick: float) -> Stitches:
    """Return stitches over every worked color, along the flow, ending where the color ends."""
    long, thick = long * piece.grain, thick * piece.grain
    points = _scatter(rng, layout, long, thick)
    turn = take(layout.flow, points[:, 0], points[:, 1]) + rng.normal(0, 0.06, len(points))
    start, end = _reach(layout, points, turn, long / 2)
    # sewn in rows across the stitch: neighbors overlap one way, as threads laid in turn do
    row = points[:, 0] * np.cos(turn) - points[:, 1] * np.sin(turn)
    order = np.lexsort((row, rng.integers(0, 3, len(points))))
    color = _shine(rng, layout, piece, points, turn)
    return Stitches(start=start[order], end=end[order], color=color[order], thick=thick)


def _worked(layout: Layout) -> NDArray[np.bool_]:
    worked: NDArray[np.bool_] = ((layout.role > 0) | (layout.zone == 1)) & (layout.inside > 3) & (layout.zone < 2)
    return worked


def _scatter(rng: np.random.Generator, layout: Layout, long: float, thick: float) -> NDArray[np.float64]:
    """Return points (n, 2) on the worked colors, dense enough that stitches overlap."""
    h, w = layout.role.shape
    gap = np.sqrt(long * thick) * 0.62
    y, x = np.mgrid[0:h:gap, 0:w:gap]
    grid = np.stack([y, x], -1).reshape(-1, 2)
    grid = grid + rng.uniform(0, gap, grid.shape)
    grid = grid[(grid[:, 0] < h - 1) & (grid[:, 1] < w - 1)]
    points: NDArray[np.float64] = grid[take(_worked(layout), grid[:, 0], grid[:, 1])]
    return points


def _reach(layout: Layout, points: NDArray[Any], turn: NDArray[Any], half: float) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return both ends (n, 2) of stitches, which stop where their color stops."""
    own = take(layout.role, points[:, 0], points[:, 1])
    way = np.stack([np.sin(turn), np.cos(turn)], -1)
    ends = []
    for sign in (-1, 1):
        at, alive = points.copy(), np.ones(len(points), bool)
        for _ in range(int(half)):
            ahead = at + sign * way
            alive &= take(layout.role, ahead[:, 0], ahead[:, 1]) == own
            at = np.where(alive[:, None], ahead, at)
        ends.append(at)
    return ends[0], ends[1]


def _thread_colors(layout: Layout, piece: Piece) -> Paint:
    table = color_table(piece)
    return np.where(((layout.role == 0) & (layout.zone != FIELD))[..., None], table[6], table[layout.role])


def _shine(
    rng: np.random.Generator, layout: Layout, piece: Piece, points: NDArray[Any], turn: NDArray[Any]
) -> NDArray[Any]:
    """Return a color per stitch: silk shines where it runs across the light."""
    y, x = points[:, 0], points[:, 1]
    colors, golden = take(_thread_colors(layout, piece), y, x), take(gilt(layout, piece), y, x)
    sheen = np.sin(turn + piece.light) ** 2 - 0.5  # flow turns down, light up: their sum is the angle between
    shade = 1 + (0.28 + 0.2 * golden) * sheen + 0.04 * rng.standard_normal(len(points))
    shade += 0.24 * (take(blur(layout.height, 1.0), y, x) - 0.4)
    h, w = layout.line.shape
    shade += 0.04 * take(noise(rng, h, w, 40), y, x)
    glow = np.clip(sheen + 0.08 * rng.standard_normal(len(points)), 0, 1) * (0.1 + 0.06 * golden)
    shades: NDArray[Any] = np.clip(
        colors * shade[:, None]
        + glow[:, None] * (np.array([1, 0.93, 0.8]) - golden[:, None] * np.array([0.05, 0.2, 0.5])),
        0,
        1,
    )
    return shades


def sew(
    layout: Layout, piece: Piece, layers: list[Stitches], *, underlay: bool = True, hearts: bool = False
) -> tuple[Paint, Field]:
    """Return the picture of the stitches drawn in order, and their cover."""
    h, w = layout.role.shape
    base = (np.clip(_thread_colors(layout, piece) * 0.72, 0, 1) * 255).astype(np.uint8)
    mask = (_worked(layout) * np.uint8(255)) if underlay else np.zeros((h, w), np.uint8)
    size = (w * FINE, h * FINE)
    tint = Image.fromarray(base).resize(size, Image.Resampling.NEAREST)
    cover = Image.fromarray(mask).resize(size, Image.Resampling.BILINEAR)
    pens = ImageDraw.Draw(tint), ImageDraw.Draw(cover)
    for number, layer in enumerate(layers):
        _draw(pens, layer, piece, hearts=hearts and number == 0)
    alpha = np.asarray(cover.resize((w, h), Image.Resampling.BOX), np.float32) / 255
    return np.asarray(tint.resize((w, h), Image.Resampling.BOX), np.float32) / 255, alpha


def _draw(pens: tuple[Pencil, Pencil], layer: Stitches, piece: Piece, *, hearts: bool) -> None:
    """Draw each stitch as a thread: a dark rim, its color, a lit line along it."""
    wide = max(round(layer.thick * FINE), 2)
    rims, plains, lights = ((np.clip(layer.color * k, 0, 1) * 255).astype(int).tolist() for k in (0.76, 1.0, 1.12))
    off = np.array([-np.sin(piece.light), np.cos(piece.light)]) * wide * 0.2
    starts, ends = (layer.start * FINE).tolist(), (layer.end * FINE).tolist()
    for number, ((y0, x0), (y1, x1)) in enumerate(zip(starts, ends, strict=True)):
        line = [(x0, y0), (x1, y1)]
        if hearts and number % 2:
            pens[0].line(line, fill=tuple(plains[number]), width=2)
            continue
        pens[0].line(line, fill=tuple(rims[number]), width=wide + 2)
        pens[1].line(line, fill=255, width=wide + 1)
        pens[0].line(line, fill=tuple(plains[number]), width=wide)
        lit = [(x0 + off[1], y0 + off[0]), (x1 + off[1], y1 + off[0])]
        pens[0].line(lit, fill=tuple(lights[number]), width=max(wide // 3, 1))


def cross(rng: np.random.Generator, layout: Layout, piece: Piece) -> tuple[Paint, Field]:
    """Return counted crosses: two strokes to each square of the ground, the upper one always the same way."""
    h, w = layout.role.shape
    cell = 8.0 * piece.grain
    y, x = np.mgrid[:h, :w].astype(np.float32)
    y += 1.2 * noise(rng, h, w, 110)
    x += 1.2 * noise(rng, h, w, 120)
    i, j = np.floor(y / cell), np.floor(x / cell)
    at_y, at_x = (i + 0.5) * cell, (j + 0.5) * cell
    line = take(blur(layout.line, 1.5), at_y, at_x) > 0.55
    dy, dx = y / cell - i - 0.5, x / cell - j - 0.5
    upper, lower = np.abs(dy - dx) / 0.42, np.abs(dy + dx) / 0.42
    round_ = np.sqrt(np.clip(1 - np.where(upper < 1, upper, lower) ** 2, 0, 1))
    colors = np.where(line[..., None], color_table(piece)[5], take(_thread_colors(layout, piece), at_y, at_x))
    key = ((i * 733 + j * 91) % 4093).astype(np.intp)
    tone = (1 + 0.05 * rng.standard_normal(4093))[key]
    end = 1 - 0.25 * np.clip((np.maximum(np.abs(dy), np.abs(dx)) - 0.36) / 0.14, 0, 1)
    shade = (0.8 + 0.24 * round_) * tone * np.where(upper < 1, 1.02, 0.93) * end
    worked = (take(_worked(layout), at_y, at_x) | line) & (take(layout.inside, at_y, at_x) > 3)
    cover = worked * ((upper < 1) | (lower < 1))
    return (colors * shade[..., None]).astype(np.float32), blur(cover.astype(np.float32), 0.5)


_WORK = {"satin": satin, "cross": cross, "chain": chain, "couched": couched, "running": running}
