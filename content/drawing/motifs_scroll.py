"""Motifs of curling lines: spiral, arabesque, cloud band."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drawing.design import ACCENT, DARK, FIGURE, GROUND, SECOND, Canvas, Design
from drawing.geometry import (
    Points,
    bezier,
    circle,
    leaf,
    mirror,
    petal,
    points,
    shift,
    spiral,
    spline,
    star,
    turn,
)
from drawing.motifs_bands import Band
from drawing.motifs_pen import Pen, variants


def _coil(radius: float, turns: float, reach: float = 0.5) -> Points:
    """Return an arm that unwinds from the middle of a spiral and runs to the point half way to the next."""
    lean = np.arcsin(radius / reach)
    stop = -np.pi / 2 + lean
    wound = spiral((0, 0), radius, 0.012, stop, -turns, 80)[::-1]
    return np.concatenate([wound, points((reach, 0))])


def _running_spiral(canvas: Canvas) -> Design:
    """Spirals joined by S lines in bands: Mycenae, the Danube, Shang bronze."""
    band = Band(canvas, 0.98)
    pen, at = band.pen, band.places()
    arm = _coil(0.40, 1.4)
    width = min(0.072 * canvas.weight, 0.11)
    for side in (1, -1):
        pen.fill(
            points((0, 0.30 * side), (-0.1, 0.47 * side), (0.1, 0.47 * side)), SECOND, at=shift(at, 0.5, 0), lift=0.5
        )
    for sign in (1, -1):
        pen.ribbon(arm * sign, width, FIGURE, at=at, lift=0.9, group=4.0)
    pen.fill(circle(0.075), ACCENT, at=at, lift=1)
    pen.fill(circle(0.035), DARK, at=at, lift=1)
    band.close(SECOND)
    return pen.finish(bevel=0.05)


def _fourfold_spiral(canvas: Canvas) -> Design:
    """Egyptian ceiling: every spiral joined to four others, a rosette in each gap."""
    pen = Pen(canvas)
    both = pen.indices((1, 0), (0, 1))
    at = both * 1.0
    arm = _coil(0.39, 0.72)
    width = 0.056 * canvas.weight
    for k in range(4):
        angle = np.pi / 4 + k * np.pi / 2
        pen.fill(turn(leaf(0.24, 0.15, 0.6), angle), SECOND, at=at + 0.5, lift=0.6, flow=angle)
    pen.fill(circle(0.07), ACCENT, at=at + 0.5, lift=0.8)
    for k in range(4):
        pen.ribbon(turn(arm, k * np.pi / 2), width, FIGURE, at=at, lift=0.9, group=4.0)
    pen.fill(circle(0.085), ACCENT, at=at, lift=1)
    pen.fill(circle(0.045), DARK, at=at, lift=1)
    return pen.finish(bevel=0.04)


def _triskele(canvas: Canvas) -> Design:
    """La Tene: three spirals whirling in a ring, staggered, lobed triangles between."""
    pen = Pen(canvas)
    a, b = (1.0, 0.0), (0.5, np.sqrt(0.75))
    at = pen.cells(a, b)
    width = 0.042 * canvas.weight
    pen.fill(circle(0.475), DARK, at=at, lift=0.7)
    pen.fill(circle(0.475 - 0.03 * canvas.weight), ACCENT, at=at, lift=0.9)
    pen.fill(circle(0.475 - 0.065 * canvas.weight), GROUND, at=at, lift=0.1)
    for k in range(3):
        angle = -np.pi / 2 + k * 2 * np.pi / 3
        heart = points((0.2, 0))[0]
        curl = spiral(heart, 0.178, 0.015, np.pi * 0.8, 1.45, 70)
        stem = bezier(
            (0, 0), (0.02, 0.10), curl[0] - 0.10 * (curl[1] - curl[0]) / np.hypot(*(curl[1] - curl[0])) * 0.6, curl[0]
        )
        path = np.concatenate([stem[:-1], curl])
        swell = np.concatenate([np.linspace(1.0, 1.35, len(stem) - 1), np.linspace(1.35, 0.75, len(curl))])
        pen.ribbon(turn(path, angle), width * swell, FIGURE, at=at, lift=0.9, group=4.0)
        pen.fill(circle(0.036, turn(heart[None], angle)[0]), SECOND, at=at, lift=1)
    pen.fill(circle(0.06), FIGURE, at=at, lift=0.9, group=4.0)
    for place, phase in (((np.array(a) + b) / 3, -np.pi / 2), ((2 * np.array(b) - a) / 3, np.pi / 2)):
        pen.fill(star(3, 0.16, 0.05, -phase), SECOND, at=at + place, lift=0.6)
    return pen.finish(bevel=0.05)


def _split_leaf(size: float) -> tuple[Points, Points]:
    """Return the long and the short lobe of a split palmette that grows from the origin along x."""
    long = np.concatenate(
        [
            bezier((0, 0), (0.25, -0.38), (0.62, -0.34), (1.0, -0.02)),
            bezier((1.0, -0.02), (0.72, -0.12), (0.42, -0.06), (0.30, 0.05))[1:],
        ]
    )
    short = np.concatenate(
        [
            bezier((0.0, 0.0), (0.08, 0.26), (0.34, 0.36), (0.62, 0.30)),
            bezier((0.62, 0.30), (0.46, 0.24), (0.36, 0.14), (0.30, 0.05))[1:],
        ]
    )
    return long * size, short * size


def _rumi(
    pen: Pen, at: ArrayLike, size: float, angle: float, hand: int, roles: tuple[int, int] = (FIGURE, SECOND)
) -> None:
    """Paint a split palmette at each place; hand -1 curls it the other way."""
    long, short = _split_leaf(size)
    for lobe, role in ((short, roles[1]), (long, roles[0])):
        pen.fill(turn(lobe * (1, hand), angle), role, at=at, lift=0.9, flow=angle)
    vein = bezier((0.12, -0.06), (0.34, -0.22), (0.56, -0.20), (0.82, -0.08)) * size * (1, hand)
    pen.rule(turn(vein, angle), roles[0], at=at, lift=0.6)
    pen.fill(circle(size * 0.11, turn(points((0.14 * size, 0.03 * size * hand)), angle)[0]), ACCENT, at=at, lift=1)


def _flower(pen: Pen, at: ArrayLike, size: float, count: int = 6) -> None:
    for k in range(count):
        angle = 2 * np.pi * k / count
        pen.fill(turn(petal(size, size * 3.4 / count, size * 0.1), angle), FIGURE, at=at, lift=0.9, flow=angle)
    pen.fill(circle(size * 0.3), ACCENT, at=at, lift=1)


def _rinceau(canvas: Canvas) -> Design:
    """The Roman vine scroll: a wave-like stem whose branches curl into each hollow round a flower."""
    band = Band(canvas, 0.98)
    pen, at = band.pen, band.places(2.0)
    width = 0.05 * canvas.weight
    curl = spiral((0, 0.04), 0.40, 0.19, np.pi / 2, -1.3, 70)
    for hand, x in ((1, 0.0), (-1, 1.0)):
        spot = shift(at, x, 0)
        for share, size, side in ((0.14, 0.24, 1), (0.30, 0.22, 1), (0.45, 0.22, 1), (0.62, 0.16, -1)):
            k = int(share * (len(curl) - 2))
            heading = np.arctan2(*(curl[k + 1] - curl[k])[::-1]) + 0.7 * side
            shape = turn(leaf(size, size * 0.5, 0.45), heading) + curl[k]
            pen.fill(shape * (1, hand), (FIGURE, ACCENT)[side > 0], at=spot, lift=0.8, flow=heading * hand)
        pen.ribbon(
            curl * (1, hand), np.linspace(width * 1.1, width * 0.6, len(curl)), SECOND, at=spot, lift=0.85, group=4.0
        )
        pen.ribbon(_wave_stem() * (1, hand), width * 1.15, SECOND, at=spot, lift=0.85, group=4.0)
        for lean in (0.35, -0.5):
            corner = shift(turn(leaf(0.24, 0.12, 0.45), lean - np.pi / 2), 0.5, 0.0)
            pen.fill((shift(corner, 0.0, 0.38)) * (1, hand), ACCENT, at=spot, lift=0.7)
        _flower(pen, shift(spot, 0.0, 0.04 * hand), 0.165)
    band.close(DARK)
    return pen.finish(bevel=0.05)


def _wave_stem() -> Points:
    """Return the stem under a hollow open upwards at x = 0, from x = -0.5 to 0.5."""
    x = np.linspace(-0.5, 0.5, 30)
    return np.stack([x, 0.44 * np.cos(np.pi * x) ** 0.8], axis=1)


def _islimi(canvas: Canvas) -> Design:
    """All-over spiral stems with split palmettes, rows winding to either hand, as on Iznik and Timurid tile."""
    pen = Pen(canvas)
    both = pen.indices((1, 0), (0.5, 0.96))
    at, odd = both @ points((1, 0), (0.5, 0.96)), both[:, 1] % 2 == 1
    width = 0.04 * canvas.weight
    arm = _coil(0.40, 1.05)
    for sign in (1, -1):
        pen.ribbon(arm * sign, width, SECOND, at=at[~odd], lift=0.7, group=4.0)
        pen.ribbon(arm * (sign, -sign), width, SECOND, at=at[odd], lift=0.7, group=4.0)
    for sign in (1, -1):
        for share, size, lean in ((0.88, 0.34, 0.7), (0.67, 0.31, 0.6), (0.45, 0.17, -0.7)):
            k = int(share * (len(arm) - 2))
            heading = np.arctan2(*(arm[k + 1] - arm[k])[::-1]) + (np.pi if sign < 0 else 0) - lean
            _rumi(pen, at[~odd] + sign * arm[k], size, heading, 1)
            _rumi(pen, at[odd] + sign * arm[k] * (1, -1), size, -heading, -1)
    _flower(pen, at, 0.125)
    return pen.finish(bevel=0.04)


def _ogee(canvas: Canvas) -> Design:
    """An ogee net of stems, a palmette between two split leaves in each mesh: Ottoman and Italian silk."""
    pen = Pen(canvas)
    at = pen.cells((0.5, 0.8), (0.5, -0.8))
    width = 0.05 * canvas.weight
    side = bezier((0, -0.8), (0, -0.45), (0.5, -0.35), (0.5, 0.0), (0.5, 0.35), (0, 0.45), (0, 0.8), count=20)
    for flip in (1, -1):
        pen.ribbon(side * (flip, 1), width * 1.6, SECOND, at=at, lift=0.7, group=4.0)
        pen.ribbon(side * (flip, 1), width * 0.5, GROUND, at=at, lift=0.8, group=5.0)
    stem = points((0, 0.74), (0, 0.2))
    pen.ribbon(stem, width, SECOND, at=at, lift=0.7, group=4.0)
    for hand in (1, -1):
        _rumi(pen, shift(at, 0, 0.42), 0.38, -np.pi / 2 + hand * 0.55, hand)
        _rumi(pen, shift(at, 0, 0.62), 0.22, -np.pi / 2 + hand * 0.7, hand, (ACCENT, SECOND))
    for k in (-3, 3, -2, 2, -1, 1, 0):
        lean = -np.pi / 2 + k * 0.47
        pen.fill(
            turn(petal(0.40 - 0.035 * abs(k), 0.125, 0.03), lean), FIGURE, at=shift(at, 0, 0.06), lift=0.9, flow=lean
        )
    pen.fill(turn(leaf(0.24, 0.15, 0.45), -np.pi / 2), GROUND, at=shift(at, 0, 0.07), lift=1, flow=np.pi / 2)
    pen.fill(circle(0.07), ACCENT, at=shift(at, 0, 0.05), lift=1)
    pen.fill(circle(0.075), ACCENT, at=shift(at, 0.5, 0), lift=0.9)
    pen.fill(circle(0.04), DARK, at=shift(at, 0.5, 0), lift=1)
    return pen.finish(bevel=0.05)


def _clouds(canvas: Canvas) -> Design:
    """Auspicious clouds: three curled lobes with trailing tails, facing left and right in turn."""
    pen = Pen(canvas)
    both = pen.indices((1, 0), (0.5, 0.47))
    at = both @ points((1, 0), (0.5, 0.47))
    odd = both[:, 1] % 2 == 1
    for own, flip, role in ((~odd, 1, FIGURE), (odd, -1, SECOND)):
        _cloud(pen, at[own], flip, role, canvas.weight)
    return pen.finish(bevel=0.06)


def _cloud(pen: Pen, at: NDArray[Any], flip: int, role: int, weight: float) -> None:
    """Paint one cloud at each place: five puffs, three of them curled, and streamers to either side."""
    edge = 0.024 * weight
    lobes = ((-0.24, 0.02, 0.105), (0.24, 0.03, 0.10), (-0.12, -0.09, 0.12), (0.13, -0.08, 0.115), (0.0, 0.05, 0.135))
    tails = (
        (spline(points((0.1, 0.10), (0.28, 0.15), (0.42, 0.09), (0.54, 0.10))), 0.11),
        (spline(points((-0.1, 0.10), (-0.28, 0.155), (-0.42, 0.11), (-0.53, 0.13))), 0.09),
    )
    mass = 100.0 + flip + 10 * np.arange(len(at)) + 1e6 * (role + 1)
    for path, width in tails:
        pen.ribbon(path * (flip, 1), np.linspace(width, 0.004, len(path)), role, at=at, lift=0.85, group=mass)
    for x, y, radius in lobes[:4]:
        pen.fill(circle(radius, (flip * x, y)), role, at=at, lift=0.85, group=mass)
    for x, y, radius in lobes[:4]:
        pen.fill(circle(radius - edge, (flip * x, y)), GROUND, at=at, lift=0.6)
        pen.fill(circle(radius - 1.6 * edge, (flip * x, y)), role, at=at, lift=0.85, group=mass)
    x, y, radius = lobes[4]
    for shrink, tone in ((-0.4, GROUND), (0.0, role)):
        pen.fill(circle(radius - shrink * edge, (0, y)), tone, at=at, lift=0.95)
    for (x, y, radius), hand, start in zip(lobes, (1, -1, 1, -1, 1), (2.6, 0.5, 2.9, 0.2, np.pi / 2), strict=True):
        curl = spiral((x, y), radius * 0.58, radius * 0.12, start, hand * 0.85, 30) * (flip, 1)
        pen.ribbon(
            curl, np.linspace(radius * 0.16, radius * 0.36, len(curl)), ACCENT if x == 0 else GROUND, at=at, lift=0.6
        )


def _cloud_ribbon(canvas: Canvas) -> Design:
    """The Persian cloud band: a ribbon that winds in and out with curled ends, flowers beside it."""
    pen = Pen(canvas)
    both = pen.indices((1.0, 0), (0.5, 0.46))
    at = both @ points((1.0, 0), (0.5, 0.46))
    odd = both[:, 1] % 2 == 1
    right = points(
        (0.0, 0.02),
        (0.09, 0.11),
        (0.2, 0.12),
        (0.24, 0.0),
        (0.27, -0.13),
        (0.38, -0.16),
        (0.45, -0.06),
        (0.40, 0.03),
        (0.32, 0.0),
        (0.34, -0.06),
    )
    path = spline(right, count=10)
    whole = np.concatenate([mirror(path)[::-1], path[1:]])
    width = 0.1 * canvas.weight
    taper = width * (0.45 + 0.75 * np.sin(np.linspace(0, np.pi, len(whole))) ** 0.5)
    for own, flip, role in ((~odd, 1, FIGURE), (odd, -1, SECOND)):
        pen.ribbon(whole * (1, flip), taper, role, at=at[own], lift=0.85)
        pen.ribbon(whole * (1, flip), taper * 0.34, GROUND, at=at[own], lift=0.95)
        pen.fill(circle(0.085, (0, -0.03 * flip)), role, at=at[own], lift=0.9)
        pen.fill(circle(0.045, (0, -0.03 * flip)), ACCENT, at=at[own], lift=1)
        _flower(pen, at[own] + (0, 0.25 * flip), 0.075, 5)
        for side in (1, -1):
            pen.fill(
                turn(leaf(0.15, 0.06), np.pi / 2 - side * np.pi / 2 - side * flip * 0.3),
                ACCENT,
                at=at[own] + (side * 0.1, 0.25 * flip),
                lift=0.7,
            )
    return pen.finish(bevel=0.04)


def _cloud_ranks(canvas: Canvas) -> Design:
    """Ruyi clouds in close ranks: trefoil heads that overlap like scales, each with curls and a stem."""
    pen = Pen(canvas, ground=GROUND)
    both = pen.indices((0.5, 0.42), (1, 0))
    rows = np.unique(both[:, 0])
    edge = 0.03 * canvas.weight
    lobes = ((-0.27, 0.06, 0.20), (0.27, 0.06, 0.20), (0.0, -0.13, 0.235))
    for row in rows:
        at = both[both[:, 0] == row] @ points((0.5, 0.42), (1, 0))
        role = (FIGURE, SECOND)[row % 2]
        for k, (grow, tone) in enumerate(((0.0, GROUND), (-edge, role), (-2.4 * edge, GROUND), (-3.1 * edge, role))):
            group = 50.0 + k + 8 * np.arange(len(at)) + 1e5 * (row + 500)
            for x, y, radius in lobes:
                pen.fill(circle(radius + grow, (x, y)), tone, at=at, lift=0.5 + 0.12 * k, group=group)
            pen.fill(circle(0.22 + grow, (0, 0.09)), tone, at=at, lift=0.5 + 0.12 * k, group=group)
        for side in (1, -1):
            curl = spiral((side * 0.255, 0.07), 0.115, 0.02, np.pi / 2, side * -1.5, 40)
            pen.ribbon(curl, np.linspace(0.045, 0.03, len(curl)) * canvas.weight, GROUND, at=at, lift=0.6)
        pen.fill(turn(leaf(0.27, 0.12, 0.4), -np.pi / 2), ACCENT, at=shift(at, 0, 0.06), lift=1, flow=np.pi / 2)
    return pen.finish(bevel=0.05)


spiral_motif = variants(_running_spiral, _fourfold_spiral, _triskele)
arabesque = variants(_rinceau, _islimi, _ogee)
cloud_band = variants(_clouds, _cloud_ribbon, _cloud_ranks)
