"""Fans: paper on ribs, folding (a pleated sector) or flat (uchiwa)."""

import numpy as np

from drawing.materials_outline import Outline, centered
from drawing.materials_piece import Piece
from drawing.materials_surface import Field, Paint, mix, step

SPREAD = 1.12  # radians to each side of upright that a folding fan opens
PLEATS = 26
WOOD = np.array([0.36, 0.24, 0.14], np.float32)
BAMBOO = np.array([0.6, 0.49, 0.32], np.float32)


def fan_outline(piece: Piece, shape: str) -> Outline:
    """Return the outline of a fan's paper."""
    h, w = piece.height, piece.width
    edge = round(0.05 * min(h, w))
    if shape == "fan":
        r, turn, reach = _polar(piece)
        leaf = np.minimum(np.minimum(reach - r, r - 0.34 * reach), (SPREAD - np.abs(turn)) * r)
        zigzag = 1.3 * np.abs((turn / SPREAD * PLEATS / 2) % 1 - 0.5)
        return Outline(inside=(leaf - zigzag).astype(np.float32), box=(edge, edge, h - edge, w - edge))
    y, x = centered(h, w)
    wide, tall = _paddle(piece)
    body = 1 - (np.abs(x / wide) ** 2.7 + np.abs((y + 0.16 * tall) / tall) ** 2.7)
    return Outline(inside=(body * 0.37 * wide).astype(np.float32), box=(edge, edge, h - edge, w - edge))


def _paddle(piece: Piece) -> tuple[float, float]:
    wide = min(piece.width * 0.44, piece.height * 0.40)
    return wide, wide


def _polar(piece: Piece) -> tuple[Field, Field, float]:
    """Return radius and angle from upright about the rivet, and the fan's reach in pixels."""
    h, w = piece.height, piece.width
    reach = min(0.47 * w / np.sin(SPREAD), 0.86 * h)
    y, x = centered(h, w)
    y = y - reach * 0.47
    return np.hypot(y, x), np.arctan2(x, -y), reach


def mount(paint: Paint, inside: Field, piece: Piece, shape: str) -> tuple[Paint, Field]:
    """Return the printed paper on its ribs, and the outline of the whole."""
    return _fold(paint, inside, piece) if shape == "fan" else _handle(paint, inside, piece)


def _fold(paint: Paint, inside: Field, piece: Piece) -> tuple[Paint, Field]:
    r, turn, reach = _polar(piece)
    phase = turn / SPREAD * PLEATS / 2
    pleat = np.where(phase % 1 < 0.5, 1.0, -1.0) * np.cos(turn + piece.light - np.pi / 2 + 0.9)
    ridge = np.exp(-(((np.abs(phase % 0.5 - 0.25) - 0.25) * r / 3) ** 2))
    paint = paint * (1 + 0.075 * pleat - 0.07 * ridge)[..., None]
    rib = 2.6 - np.abs((phase + 0.25) % 1 - 0.5) * r * 2 * SPREAD / PLEATS
    rib = np.minimum(np.minimum(rib, 0.36 * reach - r), np.minimum(r + 4, (SPREAD - np.abs(turn)) * r + 2))
    guard = 4.0 - np.abs(np.abs(turn) - SPREAD) * r
    guard = np.minimum(np.minimum(guard, 0.99 * reach - r), r + 4)
    wood = np.maximum(np.maximum(rib, guard), 6 - r)
    shade = 0.85 + 0.12 * np.clip(wood, 0, 3)
    bare = step(-0.5, 0.5, wood) * np.maximum(step(0.5, -0.5, inside), step(-0.5, 0.5, guard))
    return mix(paint, WOOD * shade[..., None], bare), np.maximum(inside, wood).astype(np.float32)


def _handle(paint: Paint, inside: Field, piece: Piece) -> tuple[Paint, Field]:
    y, x = centered(piece.height, piece.width)
    wide, tall = _paddle(piece)
    y = y + 0.16 * tall
    foot = tall * 0.86
    turn = np.arctan2(x, foot * 1.25 - y)
    ribs = np.abs((turn * 26) % 1 - 0.5)
    paint = paint * (1 - 0.05 * np.exp(-((ribs / 0.1) ** 2)) + 0.02 * np.cos(turn * 26 * 2 * np.pi))[..., None]
    bar = 0.035 * wide + 1.5 - np.abs(y - foot * (1 - 0.1 * (x / wide) ** 2))
    bar = np.minimum(bar, inside + 3)
    stick = np.minimum(np.minimum(0.055 * wide - np.abs(x), y - foot), 1.36 * tall - y)
    wood = np.maximum(bar, stick)
    shade = 1.25 - 0.5 * np.abs(x) / (0.06 * wide) * (stick > bar)
    rim = step(3.2, 2.2, inside) * (inside > 0)
    paint = mix(paint, WOOD * 0.7, 0.7 * rim)
    return mix(paint, BAMBOO * shade[..., None], step(-0.5, 0.5, wood)), np.maximum(inside, wood).astype(np.float32)
