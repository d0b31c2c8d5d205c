"""Motifs on the triangular lattice: asanoha and the hexagon lattice."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from drawing.design import ACCENT, DARK, FIGURE, GROUND, SECOND, Canvas, Design
from drawing.geometry import circle, leaf, points, regular, star, turn
from drawing.motifs_pen import Pen, variants
from drawing.motifs_star import star_field

ROOT = np.sqrt(0.75)
A, B = np.array([1.0, 0.0]), np.array([0.5, ROOT])  # the triangular lattice
UP, DOWN = (A + B) / 3, (2 * B - A) / 3  # middles of its triangles


def _cords(pen: Pen, at: NDArray[Any], frame: float, spoke: float, roles: tuple[int, int]) -> None:
    """Paint the lines of asanoha: the triangles and the spokes to their middles."""
    for middle, corners in ((UP, (0 * A, A, B)), (DOWN, (0 * A, B, B - A))):
        for corner in corners:
            pen.ribbon(np.stack([corner, middle]), spoke, roles[1], at=at, lift=0.8, group=2.0)
    for k in range(3):
        pen.ribbon(turn(points((0, 0), (1, 0)), k * np.pi / 3), frame, roles[0], at=at, lift=1, group=2.0)
    pen.fill(regular(6, frame * 0.8), roles[0], at=at, lift=1, group=2.0)


def _asanoha(canvas: Canvas) -> Design:
    """Hemp leaves in even cords on one ground, as printed on cotton."""
    pen = Pen(canvas)
    at = pen.cells(A, B)
    _cords(pen, at, 0.07 * canvas.weight, 0.055 * canvas.weight, (FIGURE, FIGURE))
    pen.fill(regular(6, 0.075), ACCENT, at=at, lift=1)
    return pen.finish(bevel=0.03)


def _asanoha_leaves(canvas: Canvas) -> Design:
    """Two-toned leaves: every third star in full color, the others pale, in fine lines."""
    pen = Pen(canvas)
    both = pen.indices(A, B)
    at = both @ np.array([A, B])
    tint = (both[:, 0] - both[:, 1]) % 3
    for k in range(3):
        edge = turn(points((0, 0), (1, 0)), k * np.pi / 3)
        far = both + np.array([(1, 0), (0, 1), (-1, 1)])[k]
        other = (far[:, 0] - far[:, 1]) % 3
        whole = (tint == 0) | (other == 0)
        for side in (1, -1):
            shape = np.concatenate([edge, turn(points((0.5, side * np.sqrt(1 / 12))), k * np.pi / 3)])
            bright = (FIGURE, ACCENT) if side > 0 else (SECOND, ACCENT)
            pen.fill(shape, np.where(whole, bright[0], GROUND), at=at, lift=0.5 + 0.1 * side, flow=k * np.pi / 3)
    pen.fill(circle(0.06), ACCENT, at=at[tint == 0], lift=1)
    return pen.finish(bevel=0.05)


def _asanoha_kumiko(canvas: Canvas) -> Design:
    """Joiner's lattice: stout frames with slender leaves fitted between, colored paper behind."""
    pen = Pen(canvas)
    both = pen.indices(A, B)
    at = both @ np.array([A, B])
    pick = (both[:, 0] - both[:, 1]) % 3  # hexagons of color round every third lattice point
    for middle, phase, pale in ((UP, np.pi / 2, 1), (DOWN, -np.pi / 2, 2)):
        pen.fill(regular(3, 0.5774, phase), np.where(pick == pale, GROUND, SECOND), at=at + middle, lift=0.0, group=0)
    _cords(pen, at, 0.1 * canvas.weight, 0.04 * canvas.weight, (FIGURE, ACCENT))
    return pen.finish(bevel=0.04)


def _kikko(canvas: Canvas) -> Design:
    """Tortoise shell: hexagons within hexagons, a six-petalled flower in each."""
    pen = Pen(canvas, ground=FIGURE)
    at = pen.cells(A, B)
    side, band = np.sqrt(1 / 3), 0.055 * canvas.weight
    for k, role in enumerate((GROUND, FIGURE, GROUND)):
        pen.fill(regular(6, side - band * (0.62 + 1.35 * k), np.pi / 6), role, at=at, lift=(0.5, 0.9, 0.2)[k])
    for k in range(6):
        angle = k * np.pi / 3
        pen.fill(turn(leaf(0.235, 0.15, 0.62), angle), SECOND, at=at, lift=0.8, flow=angle)
    pen.fill(circle(0.055), ACCENT, at=at, lift=1)
    return pen.finish(bevel=0.05)


def _hexagon_stars(canvas: Canvas) -> Design:
    """Six-pointed stars in woven straps, hexagons and triangles between."""
    pen = Pen(canvas, ground=ACCENT)
    hexagon = regular(6, np.sqrt(1 / 3), np.pi / 6)
    star_field(pen, [(hexagon, FIGURE)], A, B, np.pi / 3, 0.065 * canvas.weight, (DARK, GROUND))
    at = pen.cells(A, B)
    pen.fill(regular(6, 0.17, 0), GROUND, at=at, lift=0.5)
    pen.fill(star(6, 0.125, 0.07, np.pi / 6), SECOND, at=at, lift=0.7)
    return pen.finish(bevel=0.04)


def _cubes(canvas: Canvas) -> Design:
    """Tumbling blocks: hexagons of three lozenges, light, middle and dark."""
    pen = Pen(canvas)
    at = pen.cells(A, B)
    corners = regular(6, np.sqrt(1 / 3), np.pi / 6)
    rims = 0.9 - 0.12 * canvas.weight
    for k, role in enumerate((DARK, FIGURE, GROUND)):
        face = np.stack([points((0, 0))[0], corners[2 * k], corners[(2 * k + 1) % 6], corners[(2 * k + 2) % 6]])
        middle = face.mean(axis=0)
        pen.fill(face, role, at=at, lift=0.5 + 0.2 * k, flow=k * np.pi / 3)
        inner = (SECOND, ACCENT, SECOND)[k]
        pen.fill((face - middle) * rims * 0.6 + middle, inner, at=at, lift=0.55 + 0.2 * k, flow=k * np.pi / 3)
        pen.fill((face - middle) * rims * 0.34 + middle, role, at=at, lift=0.6 + 0.2 * k, flow=k * np.pi / 3)
    return pen.finish(bevel=0.03)


def _bishamon(canvas: Canvas) -> Design:
    """Honeycomb in thick walls, cells in three colors with a knob."""
    pen = Pen(canvas, ground=DARK)
    both = pen.indices(A, B)
    at = both @ np.array([A, B])
    tone = np.array([FIGURE, SECOND, GROUND])[(both[:, 0] - both[:, 1]) % 3]
    wall = 0.07 * canvas.weight
    pen.fill(regular(6, 0.5774 - wall * 0.5, np.pi / 6), ACCENT, at=at, lift=0.7)
    pen.fill(regular(6, 0.5774 - wall * 1.4, np.pi / 6), tone, at=at, lift=0.4)
    pen.fill(star(6, 0.22, 0.1, np.pi / 6), np.where(tone == GROUND, FIGURE, GROUND), at=at, lift=0.8)
    pen.fill(circle(0.055), DARK, at=at, lift=1)
    return pen.finish(bevel=0.05)


asanoha = variants(_asanoha, _asanoha_leaves, _asanoha_kumiko)
hexagon_lattice = variants(_kikko, _hexagon_stars, _cubes, _bishamon)
