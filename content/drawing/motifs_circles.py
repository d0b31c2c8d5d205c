"""Motifs made of circles: scales, shippo, rosette, quatrefoil."""

import numpy as np

from drawing.design import ACCENT, DARK, FIGURE, GROUND, SECOND, Canvas, Design
from drawing.geometry import arc, circle, leaf, petal, points, rectangle, regular, shift, star, turn
from drawing.motifs_pen import Pen, variants, weave

RIGHT, DOWN = (1.0, 0.0), (0.0, 1.0)


def _seigaiha(canvas: Canvas) -> Design:
    """Japanese waves: concentric arcs, each row lying over the one above."""
    pen = Pen(canvas)
    roles = (FIGURE, GROUND, SECOND, GROUND, FIGURE)
    thin = 0.052 / canvas.weight
    for row in _rows(pen, 0.25):
        for k, role in enumerate(roles):
            outer = 0.5 - k * 0.098
            pen.fill(circle(outer), role, at=row, lift=0.9 - 0.08 * k)
            if k % 2 == 0 and k < 4:
                pen.fill(circle(outer - thin), GROUND, at=row, lift=0.4)
                pen.fill(circle(outer - thin - 0.014), role, at=row, lift=0.8)
    return pen.finish(bevel=0.04)


def _rows(pen: Pen, pitch: float, *, upwards: bool = False) -> list[np.ndarray]:
    """Return the places of each row of a staggered lattice, from the top row down or up."""
    both = pen.indices((0.5, pitch), (1, 0))
    at = both @ np.array([(0.5, pitch), (1, 0)])
    order = np.unique(both[:, 0])
    return [at[both[:, 0] == row] for row in (order[::-1] if upwards else order)]


def _fish_scale(canvas: Canvas) -> Design:
    """Roman imbrication: hanging scales with a rim and a colored heart, rows in turn."""
    pen = Pen(canvas)
    scale = np.concatenate([arc((0, 0), 0.5, 0, np.pi, 40), points((-0.5, -0.5), (0.5, -0.5))])
    both = pen.indices((0.5, 0.5), (1, 0))
    for row in np.unique(both[:, 0])[::-1]:
        at = both[both[:, 0] == row] @ np.array([(0.5, 0.5), (1, 0)])
        tone = (FIGURE, SECOND, ACCENT)[row % 3]
        rim = 1 - 0.2 * canvas.weight
        pen.fill(scale, GROUND, at=at, lift=0.75, flow=np.pi / 2)
        pen.fill(scale * rim, tone, at=at, lift=0.95, flow=np.pi / 2)
        pen.fill(scale * 0.42, GROUND, at=at, lift=0.7, flow=np.pi / 2)
        pen.fill(scale * 0.24, DARK, at=at, lift=0.5, flow=np.pi / 2)
    return pen.finish(bevel=0.12)


def _feather(canvas: Canvas) -> Design:
    """Pointed scales with a midrib and barbs, as on Persian and Byzantine silks."""
    pen = Pen(canvas)
    half = np.array([(0.5, -0.5), (0.5, 0.0), (0.47, 0.16), (0.36, 0.36), (0.16, 0.55), (0, 0.72)])
    scale = np.concatenate([half, (half * (-1, 1))[-2::-1]])
    both = pen.indices((0.5, 0.5), (1, 0))
    barb = turn(leaf(0.30, 0.085), np.pi * 0.30)
    for row in np.unique(both[:, 0])[::-1]:
        index = both[both[:, 0] == row]
        at = index @ np.array([(0.5, 0.5), (1, 0)])
        tone = np.where((index[:, 1] - row) % 2 == 0, FIGURE, SECOND)
        pen.fill(scale, GROUND, at=at, lift=0.7, flow=np.pi / 2)
        pen.fill(scale * (0.84, 0.86), tone, at=at, lift=0.95, flow=np.pi / 2)
        for y in (0.0, 0.13, 0.26):
            for side in (1, -1):
                pen.fill((barb * (1, 1) + (0.03, y)) * (side, 1), GROUND, at=at, lift=1, flow=side * np.pi * 0.3)
        pen.ribbon(points((0, -0.1), (0, 0.56)), np.array([0.05, 0.02]) * canvas.weight, ACCENT, at=at, lift=1)
        pen.fill(circle(0.055, (0, 0.02)), ACCENT, at=at, lift=1)
    return pen.finish(bevel=0.1)


def _lens(length: float, swell: float = 1.0) -> np.ndarray:
    """Return the petal between two circles that cross at right angles, along x about the origin."""
    upper = arc((0, length / 2), length / np.sqrt(2), -np.pi * 0.75, -np.pi * 0.25, 20)
    return np.concatenate([upper, (upper * (1, -1))[-2:0:-1]]) * (1, swell)


def _shippo(canvas: Canvas) -> Design:
    """Seven treasures: circles that overlap by quarters, a four-petalled flower in each star."""
    pen = Pen(canvas)
    h = 0.5
    at = pen.cells((h, h), (h, -h))
    for k in range(4):
        pen.fill(turn(leaf(0.23, 0.15, 0.6), k * np.pi / 2), SECOND, at=shift(at, h, 0), lift=0.55, flow=k * np.pi / 2)
    pen.fill(circle(0.045), ACCENT, at=shift(at, h, 0), lift=0.7)
    for sign in (1, -1):
        petals = turn(_lens(np.sqrt(0.5)), sign * np.pi / 4)
        pen.fill(petals, GROUND, at=shift(at, h / 2, sign * h / 2), lift=0.8, flow=sign * np.pi / 4)
        pen.fill(
            petals * (1 - 0.13 / canvas.weight),
            FIGURE,
            at=shift(at, h / 2, sign * h / 2),
            lift=1,
            flow=sign * np.pi / 4,
        )
    return pen.finish(bevel=0.07)


def _crossed_circles(canvas: Canvas) -> Design:
    """Roman pavement: the same circles set square, with poised squares and two-colored petals."""
    pen = Pen(canvas)
    both = pen.indices(RIGHT, DOWN)
    odd = both.sum(axis=1) % 2
    at = both @ np.array([RIGHT, DOWN])
    pen.fill(rectangle(-0.5, -0.5, 0.5, 0.5), np.where(odd, GROUND, ACCENT), at=at, lift=0.15, group=0)
    pen.fill(star(4, 0.32, 0.15), np.where(odd, SECOND, GROUND), at=at, lift=0.5)
    pen.fill(star(4, 0.17, 0.08), np.where(odd, GROUND, DARK), at=at, lift=0.6)
    for angle, place in ((0, (0, 0.5)), (np.pi / 2, (0.5, 0))):
        lens = turn(_lens(1.0), angle)
        pen.fill(lens, DARK, at=at + place, lift=0.6, flow=angle)
        pen.fill(lens * 0.86, FIGURE, at=at + place, lift=0.9, flow=angle)
        pen.fill(lens[:20] * 0.86, SECOND, at=at + place, lift=0.95, flow=angle)
    return pen.finish(bevel=0.1)


def _linked_rings(canvas: Canvas) -> Design:
    """Rings as straps woven over and under, with a blossom in each."""
    pen = Pen(canvas)
    r, width = 0.43, 0.088 * canvas.weight
    at = pen.cells((0.5, 0.5), (0.5, -0.5))
    pen.fill(star(8, 0.2, 0.13), SECOND, at=at, lift=0.5)
    pen.fill(circle(0.075), ACCENT, at=at, lift=0.6)
    pen.fill(regular(4, 0.085), ACCENT, at=shift(at, 0.5, 0), lift=0.4)
    near = np.pi / 4 - np.arccos(np.sqrt(0.125) / r)  # angle at which a ring passes over its neighbor
    far = np.pi / 2 - near
    quarters = np.pi / 2 * np.arange(4)
    bows = [arc((0, 0), r, k + near, k + end, 16) for k in quarters for end in (far, -near)]
    weave(pen, [(bow, at, (FIGURE, GROUND)) for bow in bows], width, 0.08)
    return pen.finish(bevel=0.05)


def _flower_of_circles(canvas: Canvas) -> Design:
    """Circles on a triangular lattice: six-petalled flowers, as compass-drawn from Assyria to Norway."""
    pen = Pen(canvas)
    a, b = (1.0, 0.0), (0.5, np.sqrt(0.75))
    upper = arc((0, np.sqrt(0.75)), 1.0, -np.pi * 2 / 3, -np.pi / 3, 20)
    lens = np.concatenate([upper, (upper * (1, -1))[-2:0:-1]])
    at = pen.cells(a, b)
    pen.fill(regular(6, 0.5774, np.pi / 2), GROUND, at=at, lift=0.0, group=0)
    for place in ((0.5, np.sqrt(1 / 12)), (0.5, -np.sqrt(1 / 12))):
        pen.fill(regular(3, 0.1, -np.pi / 2 if place[1] > 0 else np.pi / 2), ACCENT, at=at + place, lift=0.4)
    for k in range(3):
        angle = k * np.pi / 3
        middle = turn(points((0.5, 0)), angle)
        pen.fill(turn(lens, angle), SECOND, at=at + middle, lift=0.8, flow=angle)
        pen.fill(turn(lens * (0.8, 0.7), angle), FIGURE, at=at + middle, lift=1, flow=angle)
    pen.fill(circle(0.075), DARK, at=at, lift=0.7)
    pen.fill(circle(0.045), ACCENT, at=at, lift=0.9)
    return pen.finish(bevel=0.08)


def _petals(pen: Pen, at: np.ndarray, count: int, reach: float, width: float, role: int) -> None:
    """Paint a ring of round petals with a groove along each."""
    for k in range(count):
        angle = 2 * np.pi * k / count
        pen.fill(turn(petal(reach, width, width * 0.12), angle), role, at=at, lift=0.9, flow=angle)
        groove = turn(points((reach * 0.42, 0), (reach * 0.86, 0)), angle)
        pen.rule(groove, role, at=at, lift=0.6)


def _rosette_eight(canvas: Canvas) -> Design:
    """Eight petals within a ring on a square lattice, a small cross of leaves between."""
    pen = Pen(canvas)
    at = pen.cells(RIGHT, DOWN)
    pen.fill(circle(0.45), SECOND, at=at, lift=0.7)
    pen.fill(circle(0.45 - 0.045 * canvas.weight), GROUND, at=at, lift=0.1)
    _petals(pen, at, 8, 0.37, 0.235, FIGURE)
    pen.fill(circle(0.1), DARK, at=at, lift=0.8)
    pen.fill(circle(0.065), ACCENT, at=at, lift=1)
    for k in range(4):
        angle = np.pi / 4 + k * np.pi / 2
        pen.fill(turn(leaf(0.23, 0.13), angle), ACCENT, at=shift(at, 0.5, 0.5), lift=0.7, flow=angle)
    pen.fill(circle(0.045), DARK, at=shift(at, 0.5, 0.5), lift=0.8)
    return pen.finish(bevel=0.07)


def _rosette_six(canvas: Canvas) -> Design:
    """Six pointed petals with sepals between, staggered."""
    pen = Pen(canvas)
    at = pen.cells(RIGHT, (0.5, np.sqrt(0.75)))
    for k in range(6):
        angle = np.pi / 6 + k * np.pi / 3
        pen.fill(turn(leaf(0.5, 0.16, 0.55), angle), SECOND, at=at, lift=0.6, flow=angle)
    for k in range(6):
        angle = k * np.pi / 3
        pen.fill(turn(leaf(0.465, 0.30, 0.55), angle), FIGURE, at=at, lift=0.9, flow=angle)
        pen.fill(turn(shift(leaf(0.30, 0.13, 0.5), 0.07, 0), angle), GROUND, at=at, lift=0.75, flow=angle)
    pen.fill(circle(0.105), DARK, at=at, lift=0.8)
    pen.fill(circle(0.07), ACCENT, at=at, lift=1)
    return pen.finish(bevel=0.08)


def _rosette_twelve(canvas: Canvas) -> Design:
    """Assyrian: twelve petals in concentric rings, quarters of palmette between."""
    pen = Pen(canvas)
    at = pen.cells(RIGHT, DOWN)
    for radius, role in ((0.485, DARK), (0.455, ACCENT), (0.405, DARK), (0.375, GROUND)):
        pen.fill(circle(radius), role, at=at, lift=0.5)
    _petals(pen, at, 12, 0.36, 0.158, FIGURE)
    pen.fill(circle(0.125), DARK, at=at, lift=0.6)
    pen.fill(circle(0.1), ACCENT, at=at, lift=0.9)
    pen.fill(circle(0.045), FIGURE, at=at, lift=1)
    pen.fill(star(4, 0.2, 0.06, np.pi / 4), SECOND, at=shift(at, 0.5, 0.5), lift=0.6)
    pen.fill(circle(0.05), ACCENT, at=shift(at, 0.5, 0.5), lift=0.8)
    return pen.finish(bevel=0.06)


def _chrysanthemum(canvas: Canvas) -> Design:
    """Sixteen petals over sixteen, staggered: the chrysanthemum of East Asia."""
    pen = Pen(canvas)
    both = pen.indices((0.5, 0.5), (0.5, -0.5))
    at = both @ points((0.5, 0.5), (0.5, -0.5))
    tone = np.where(both[:, 0] % 2, FIGURE, SECOND)
    for k in range(16):
        angle = 2 * np.pi * (k + 0.5) / 16
        pen.fill(turn(petal(0.345, 0.115, 0.02), angle), ACCENT, at=at, lift=0.6, flow=angle)
    for k in range(16):
        angle = 2 * np.pi * k / 16
        pen.fill(turn(petal(0.315, 0.108, 0.015), angle), tone, at=at, lift=0.95, flow=angle)
    pen.fill(circle(0.085), GROUND, at=at, lift=0.9)
    for k in range(7):
        pen.fill(circle(0.022, turn(points((0.048 if k else 0, 0)), k * np.pi / 3)[0]), DARK, at=at, lift=1)
    return pen.finish(bevel=0.05)


def _foils(radius: float, spread: float, count: int = 4, phase: float = 0.0) -> np.ndarray:
    """Return the outline of round lobes that overlap, set at a distance from the middle."""
    half = np.pi / count
    # half of the arc that a lobe shows before its neighbor covers it; lobes that do not meet show half circles
    meet = (
        np.pi - np.arcsin(spread * np.sin(half) / radius) + half if radius > spread * np.sin(half) else np.pi / 2 + half
    )
    lobes = [turn(arc((spread, 0), radius, -meet, meet, 24), phase + k * 2 * half) for k in range(count)]
    return np.concatenate(lobes)


def _quatrefoil_tile(canvas: Canvas) -> Design:
    """Gothic: quatrefoils with barbs on a square lattice, leaves within, lozenges between."""
    pen = Pen(canvas)
    at = pen.cells(RIGHT, DOWN)
    band = 0.05 * canvas.weight
    pen.fill(regular(4, 0.17, 0), SECOND, at=shift(at, 0.5, 0.5), lift=0.6)
    pen.fill(regular(4, 0.09, 0), ACCENT, at=shift(at, 0.5, 0.5), lift=0.8)
    for grow, role, lift in ((0.0, FIGURE, 0.9), (band, DARK, 0.3), (band + 0.025, SECOND, 0.2)):
        group = (1 + np.arange(len(at))) * 8.0 + 1e7 * (1 + lift)
        pen.fill(_foils(0.235 - grow, 0.235), role, at=at, lift=lift, group=group)
        pen.fill(regular(4, 0.47 - 1.4 * grow, np.pi / 4), role, at=at, lift=lift, group=group)
    for k in range(4):
        pen.fill(turn(leaf(0.30, 0.17, 0.6), k * np.pi / 2), GROUND, at=at, lift=0.7, flow=k * np.pi / 2)
        pen.fill(
            turn(leaf(0.27, 0.09, 0.6), k * np.pi / 2 + np.pi / 4),
            ACCENT,
            at=at,
            lift=0.6,
            flow=k * np.pi / 2 + np.pi / 4,
        )
    pen.fill(circle(0.065), ACCENT, at=at, lift=1)
    return pen.finish(bevel=0.06)


def _quatrefoil_trellis(canvas: Canvas) -> Design:
    """Moorish and Moroccan: interlocking quatrefoils in two colors, edge to edge."""
    pen = Pen(canvas, ground=SECOND)
    at = pen.cells(RIGHT, DOWN)
    for grow, role, lift in ((-0.018, GROUND, 0.95), (0.052 * canvas.weight, FIGURE, 0.35)):
        pen.fill(_foils(0.2 - grow, 0.285), role, at=at, lift=lift)
    for k in range(8):
        angle = k * np.pi / 4
        long = 0.3 if k % 2 == 0 else 0.17
        pen.fill(turn(leaf(long, 0.11, 0.62), angle), GROUND, at=at, lift=0.8, flow=angle)
    pen.fill(circle(0.05), ACCENT, at=at, lift=1)
    pen.fill(star(4, 0.17, 0.055), ACCENT, at=shift(at, 0.5, 0.5), lift=0.6)
    pen.fill(circle(0.035), DARK, at=shift(at, 0.5, 0.5), lift=0.8)
    return pen.finish(bevel=0.06)


def _tracery(canvas: Canvas) -> Design:
    """Gothic window tracery: cusped quatrefoils pierced in touching circles, daggers between."""
    pen = Pen(canvas, ground=FIGURE)
    at = pen.cells(RIGHT, DOWN)
    bar = 0.035 * canvas.weight
    pen.fill(circle(0.5 - 0.35 * bar), FIGURE, at=at, lift=0.9)
    pen.fill(circle(0.5 - 1.35 * bar), FIGURE, at=at, lift=0.7)
    pen.fill(_foils(0.205 - 0.4 * bar, 0.215), DARK, at=at, lift=0.0)
    pen.fill(_foils(0.195 - 1.3 * bar, 0.215), SECOND, at=at, lift=0.0)
    for k in range(4):
        angle = np.pi / 4 + k * np.pi / 2
        pen.fill(turn(shift(leaf(0.10, 0.075), 0.325, 0), angle), DARK, at=at, lift=0.0)
    pen.fill(regular(4, 0.09, np.pi / 4), ACCENT, at=at, lift=0.5)
    concave = np.concatenate(
        [turn(arc((-0.5, -0.5), 0.5 + 0.9 * bar, 0.28, np.pi / 2 - 0.28, 14), k * np.pi / 2) for k in range(4)]
    )
    pen.fill(concave, GROUND, at=shift(at, 0.5, 0.5), lift=0.0)
    pen.fill(_foils(0.045, 0.05), ACCENT, at=shift(at, 0.5, 0.5), lift=0.6)
    return pen.finish(bevel=0.05)


scales = variants(_seigaiha, _fish_scale, _feather)
shippo = variants(_shippo, _crossed_circles, _linked_rings, _flower_of_circles)
rosette = variants(_rosette_eight, _rosette_six, _rosette_twelve, _chrysanthemum)
quatrefoil = variants(_quatrefoil_tile, _quatrefoil_trellis, _tracery)
