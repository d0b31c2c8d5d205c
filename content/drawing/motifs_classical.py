"""Moldings and flower friezes: egg and dart, lotus and palmette."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from drawing.design import ACCENT, DARK, FIGURE, GROUND, SECOND, Canvas, Design
from drawing.geometry import (
    Points,
    arc,
    bezier,
    circle,
    ellipse,
    leaf,
    mirror,
    petal,
    points,
    rectangle,
    shift,
    spiral,
    turn,
)
from drawing.motifs_bands import Band
from drawing.motifs_pen import Pen, keys, variants

UPWARD = -np.pi / 2


def _egg(rx: float, bottom: float, top: float) -> Points:
    """Return an egg hung by its blunt end, cut straight at the top."""
    right = bezier(
        (rx * 0.80, top), (rx * 1.22, top + 0.30 * (bottom - top)), (rx * 0.92, bottom), (0, bottom), count=24
    )
    return np.concatenate([right, mirror(right)[-2::-1]])


def _eggs(pen: Pen, at: NDArray[Any], weight: float) -> None:
    """Paint an egg in its shell, half a unit high above and below the middle."""
    top, bottom = -0.42, 0.40
    rim = 0.055 * weight
    pen.fill(_egg(0.40, bottom, top), SECOND, at=at, lift=0.8, flow=np.pi / 2)
    pen.fill(_egg(0.40 - rim, bottom - rim, top), GROUND, at=at, lift=0.45, flow=np.pi / 2)
    pen.fill(_egg(0.36 - rim, bottom - 1.6 * rim - 0.02, top), DARK, at=at, lift=0.05, flow=np.pi / 2)
    pen.fill(_egg(0.285, bottom - 0.15, top), FIGURE, at=at, lift=1, flow=np.pi / 2)


def _dart(pen: Pen, at: NDArray[Any]) -> None:
    pen.fill(
        points((-0.028, -0.42), (0.028, -0.42), (0.04, 0.14), (-0.04, 0.14)), ACCENT, at=at, lift=0.8, flow=np.pi / 2
    )
    pen.fill(points((0, 0.42), (-0.125, 0.08), (0, 0.16), (0.125, 0.08)), ACCENT, at=at, lift=0.9, flow=np.pi / 2)


def _egg_and_dart(canvas: Canvas) -> Design:
    """The Ionic ovolo: egg, shell and dart."""
    band = Band(canvas, 0.9)
    at = band.places()
    _eggs(band.pen, at, canvas.weight)
    _dart(band.pen, shift(at, 0.5, 0))
    band.close(FIGURE)
    return band.pen.finish(bevel=0.14)


def _egg_and_bead(canvas: Canvas) -> Design:
    """Egg and tongue above, bead and reel below."""
    band = Band(canvas, 1.3)
    pen, at = band.pen, band.places()
    _eggs(pen, shift(at, 0, -0.22), canvas.weight)
    tongue = points((-0.05, -0.64), (0.05, -0.64), (0.055, -0.1), (0, 0.17), (-0.055, -0.1))
    pen.fill(tongue, ACCENT, at=shift(at, 0.5, 0), lift=0.8, flow=np.pi / 2)
    band.stripe(0.21, 0.27, DARK, 0.7, both=False)
    x0, _, x1, _ = pen.span(1)
    for row in band.rows:
        pen.fill(rectangle(x0, 0.27, x1, 0.66), GROUND, at=(0, row), lift=0.15)
    for x in (0.0, 0.5):
        pen.fill(ellipse(0.155, 0.125), FIGURE, at=shift(at, x, 0.46), lift=1, flow=0.0)
        for side in (-0.035, 0.035):
            reel = points((-0.022, -0.11), (0.022, -0.11), (0.03, 0), (0.022, 0.11), (-0.022, 0.11), (-0.03, 0))
            pen.fill(reel, SECOND, at=shift(at, x + 0.25 + side, 0.46), lift=0.8, flow=np.pi / 2)
    band.close(FIGURE)
    return pen.finish(bevel=0.12)


def _leaf_and_dart(canvas: Canvas) -> Design:
    """The Lesbian cymatium: heart-shaped leaves with a midrib, darts between."""
    band = Band(canvas, 0.9)
    pen, at = band.pen, band.places()
    half = bezier(
        (0.0, 0.42), (0.03, 0.22), (0.44, 0.20), (0.44, -0.10), (0.44, -0.36), (0.20, -0.44), (0.0, -0.30), count=22
    )
    heart = np.concatenate([half, mirror(half)[-2:0:-1]])
    dart = np.concatenate(
        [
            points((-0.03, -0.42), (0.03, -0.42)),
            points((0.03, 0.02), (0.10, 0.2), (0, 0.42), (-0.10, 0.2), (-0.03, 0.02)),
        ]
    )
    pen.fill(dart, ACCENT, at=shift(at, 0.5, 0), lift=0.7, flow=np.pi / 2)
    rim = 0.10 * canvas.weight
    pen.fill(heart, SECOND, at=at, lift=0.8, flow=np.pi / 2)
    pen.fill(heart * (1 - 1.9 * rim, 1 - 1.9 * rim), GROUND, at=shift(at, 0, -0.01), lift=0.5, flow=np.pi / 2)
    pen.fill(heart * (0.66 - rim, 0.68 - rim), FIGURE, at=shift(at, 0, -0.015), lift=0.95, flow=np.pi / 2)
    pen.fill(
        points((-0.04, -0.26), (0.04, -0.26), (0.012, 0.34), (-0.012, 0.34)), DARK, at=at, lift=0.4, flow=np.pi / 2
    )
    band.close(FIGURE)
    return pen.finish(bevel=0.12)


def _palmette(pen: Pen, at: NDArray[Any], lobes: int, size: float, role: int, heart: int) -> None:
    """Paint a fan of lobes that rises from each place, the longest in the middle."""
    middle = (lobes - 1) / 2
    for k in sorted(range(lobes), key=lambda k: -abs(k - middle)):
        out = (k - middle) / middle
        lean = UPWARD + out * np.deg2rad(88)
        reach, width = size * (1 - 0.46 * abs(out) ** 1.3), size * 0.175
        t = np.linspace(0, 1, 12)
        spine = np.stack([reach * t, 0.10 * size * out * np.sin(t * np.pi / 2) ** 3], axis=1)  # tips bend outwards
        swell = width * (0.28 + 0.72 * t**1.2)
        pen.ribbon(turn(spine, lean), swell, role, at=at, lift=0.9, group=keys(at) + (k + 1) * 2.0**44)
        pen.fill(
            circle(width / 2, turn(spine[-1:], lean)[0]), role, at=at, lift=0.9, group=keys(at) + (k + 1) * 2.0**44
        )
    pen.fill(arc((0, 0), size * 0.22, np.pi, 2 * np.pi, 20), heart, at=at, lift=1)
    pen.fill(arc((0, 0), size * 0.12, np.pi, 2 * np.pi, 16), DARK, at=at, lift=0.7)


def _blade(tip: tuple[float, float], swell: float, root: float) -> Points:
    """Return a pointed petal from near the origin to its tip, bellied outwards by swell."""
    x, y = tip
    outer = bezier((root, 0), (root + swell, 0.25 * y), (x + 0.45 * swell, 0.62 * y), tip)
    inner = bezier(tip, (x - 0.35 * swell, 0.62 * y), (root * 0.4, 0.45 * y), (0, 0))
    return np.concatenate([outer, inner[1:]])


def _lotus(pen: Pen, at: NDArray[Any], size: float, roles: tuple[int, int, int]) -> None:
    """Paint a lotus flower that opens upwards from each place: sepals, petals, the middle one last."""
    sepals, petals, heart = roles
    for side in (1, -1):
        flip = (side * size, size)
        pen.fill(_blade((0.36, -0.74), 0.10, 0.02) * flip, petals, at=at, lift=0.7, flow=UPWARD + side * 0.4)
        pen.fill(_blade((0.17, -0.88), 0.10, 0.02) * flip, heart, at=at, lift=0.8, flow=UPWARD + side * 0.2)
    pen.fill(turn(leaf(0.92, 0.25, 0.5), UPWARD) * size, petals, at=at, lift=0.9, flow=UPWARD)
    for side in (1, -1):
        pen.fill(
            _blade((0.50, -0.60), 0.15, 0.04) * (side * size, size), sepals, at=at, lift=0.95, flow=UPWARD + side * 0.6
        )
    pen.fill(_blade((0.0, -0.42), 0.08, 0.05) * size, sepals, at=at, lift=1, flow=UPWARD)
    pen.fill(mirror(_blade((0.0, -0.42), 0.08, 0.05)) * size, sepals, at=at, lift=1, flow=UPWARD)


def _anthemion(canvas: Canvas) -> Design:
    """Greek: nine-lobed palmettes and lotus flowers in turn, joined by scrolls with volutes."""
    band = Band(canvas, 0.78)
    pen, at = band.pen, band.places()
    width, base = 0.034 * canvas.weight, 0.19
    for side in (1, -1):
        curl = spiral((0.105, base + 0.06), 0.075, 0.018, np.pi * 0.35, 1.2, 40)
        link = bezier((0.5, base + 0.02), (0.46, base + 0.17), (0.26, base + 0.19), curl[0])
        path = np.concatenate([link[:-1], curl]) * (side, 1)
        pen.ribbon(path, np.linspace(width * 1.25, width * 0.7, len(path)), SECOND, at=at, lift=0.9, group=6.0)
    _palmette(pen, shift(at, 0, base - 0.02), 9, 0.505, FIGURE, ACCENT)
    _lotus(pen, shift(at, 0.5, base + 0.03), 0.58, (SECOND, FIGURE, ACCENT))
    pen.fill(circle(0.036), ACCENT, at=shift(at, 0.5, base + 0.04), lift=1)
    pen.fill(turn(leaf(0.1, 0.07), np.pi / 2), ACCENT, at=shift(at, 0, base + 0.06), lift=0.9)
    band.close(SECOND)
    return pen.finish(bevel=0.045)


def _lotus_and_bud(canvas: Canvas) -> Design:
    """Egyptian: open lotus flowers and buds in turn on looped stems."""
    band = Band(canvas, 1.12)
    pen, at = band.pen, band.places()
    base = 0.16
    width = 0.045 * canvas.weight
    for side in (1, -1):
        loop = bezier((0, base), (0.02, 0.58), (side * 0.48, 0.58), (side * 0.5, base))
        pen.ribbon(loop, width, SECOND, at=at, lift=0.8, group=5.0)
    for k in (-3, 3, -2, 2, -1, 1, 0):
        lean = np.deg2rad(17) * k
        pen.fill(
            turn(leaf(0.66, 0.16, 0.62), UPWARD + lean),
            ACCENT if k % 2 else GROUND,
            at=shift(at, 0, base),
            lift=0.7,
            flow=UPWARD + lean,
        )
    for lean in (-0.98, 0.98, 0.0, -0.5, 0.5):
        size = 0.64 if lean in (0.0, -0.98, 0.98) else 0.52
        pen.fill(
            turn(leaf(size, 0.19, 0.5), UPWARD + lean),
            FIGURE if size > 0.6 else SECOND,
            at=shift(at, 0, base),
            lift=0.9,
            flow=UPWARD + lean,
        )
    pen.fill(turn(leaf(0.56, 0.25, 0.42), UPWARD), FIGURE, at=shift(at, 0.5, base), lift=0.9, flow=UPWARD)
    pen.fill(turn(leaf(0.40, 0.11, 0.42), UPWARD), GROUND, at=shift(at, 0.5, base), lift=0.95, flow=UPWARD)
    for side in (1, -1):
        pen.fill(
            turn(leaf(0.34, 0.12, 0.5), UPWARD + side * 0.32), SECOND, at=shift(at, 0.5, base), lift=1, flow=UPWARD
        )
    for x in (0.0, 0.5):
        pen.fill(ellipse(0.055, 0.04), DARK, at=shift(at, x, base), lift=1)
    for x in (0.25, 0.75):
        pen.fill(circle(0.05), ACCENT, at=shift(at, x, -0.40), lift=0.7)
        pen.fill(circle(0.045), FIGURE, at=shift(at, x, 0.10), lift=0.7)
    band.close(ACCENT)
    return pen.finish(bevel=0.06)


def _enclosed(canvas: Canvas) -> Design:
    """Palmettes in heart-shaped loops, upright and hanging in turn: Assyrian, Achaemenid, Sasanian."""
    band = Band(canvas, 1.1)
    pen, at = band.pen, band.places()
    width = 0.05 * canvas.weight
    half = bezier(
        (0.0, -0.47), (0.20, -0.44), (0.27, -0.2), (0.25, 0.0), (0.22, 0.24), (0.16, 0.42), (0.02, 0.44), count=20
    )
    loop = np.concatenate([half, mirror(half)[::-1]])
    for x, flip, role in ((0.0, 1, FIGURE), (0.5, -1, SECOND)):
        pen.ribbon(loop * (0.96, flip), width, DARK, at=shift(at, x, 0), lift=0.7, group=3.0 + flip)
        pen.ribbon(loop * (0.96, flip), width * 0.5, ACCENT, at=shift(at, x, 0), lift=0.8, group=13.0 + flip)
        for k in (-3, 3, -2, 2, -1, 1, 0):
            lean = k * np.deg2rad(31)
            reach = 0.58 - 0.085 * abs(k) ** 1.3
            shape = turn(petal(reach, 0.115, 0.03), UPWARD + lean) * (0.58, 1) + (0, 0.24)
            pen.fill(shape * (1, flip), role, at=shift(at, x, 0), lift=0.9, flow=flip * (UPWARD + lean))
        for side in (1, -1):
            curl = spiral(
                (side * 0.09, 0.31), 0.075, 0.02, np.pi / 2 - side * np.pi / 2 - side * 0.6, side * 1.1, 30
            ) * (1, flip)
            pen.ribbon(curl, 0.032 * canvas.weight, ACCENT, at=shift(at, x, 0), lift=1)
        pen.fill(shift(circle(0.055), 0, 0.22 * flip), DARK, at=shift(at, x, 0), lift=1)
        pen.fill(shift(circle(0.032), 0, 0.22 * flip), ACCENT, at=shift(at, x, 0), lift=1)
    band.close(SECOND)
    return pen.finish(bevel=0.05)


egg_and_dart = variants(_egg_and_dart, _egg_and_bead, _leaf_and_dart)
lotus_palmette = variants(_anthemion, _lotus_and_bud, _enclosed)
