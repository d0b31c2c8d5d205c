"""Straps that pass over and under one another: guilloche, interlace, basket weave."""

from itertools import product
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drawing.design import ACCENT, DARK, FIGURE, GROUND, SECOND, Canvas, Design
from drawing.geometry import Points, arc, circle, petal, points, rectangle, regular, shift, spline, turn
from drawing.motifs_bands import Band
from drawing.motifs_pen import Half, Pen, variants, weave

OVER = (0.5, 0.0, 0.5)  # where along its repeat a strip of kagome passes over the next direction
RED, BLUE = (FIGURE, GROUND, FIGURE), (SECOND, GROUND, SECOND)


def _round_eye(
    radius: float, lean: float, cross: float, at: NDArray[Any], upper: tuple[int, ...], lower: tuple[int, ...]
) -> list[Half]:
    """Return the strands above and below an eye; crossings lie cross left and right, the rising strand is over."""
    bow = arc((0, 0), radius, -np.pi / 2 - lean, -np.pi / 2 + lean, 30)
    path = np.concatenate([points((-cross, 0)), bow, points((cross, 0))])
    return [(path, at, upper), ((path * (1, -1))[::-1], at, lower)]


def _guilloche_two(canvas: Canvas) -> Design:
    """Two strands round a row of eyes, each strand of three fillets."""
    band = Band(canvas, 1.04, ground=DARK)
    pen, at = band.pen, band.places()
    radius = 0.375
    odd = np.rint(at[:, 0]) % 2 == 1
    halves: list[Half] = []
    for own, upper, lower in ((~odd, RED, BLUE), (odd, BLUE, RED)):
        halves += _round_eye(radius, np.arcsin(2 * radius), 0.5, at[own], upper, lower)
    weave(pen, halves, min(0.235 * canvas.weight, 0.29), 0.2)
    pen.fill(circle(0.13), ACCENT, at=at, lift=0.9)
    pen.fill(circle(0.055), DARK, at=at, lift=1)
    band.close(GROUND)
    return pen.finish(bevel=0.06)


def _guilloche_medallion(canvas: Canvas) -> Design:
    """Large and small eyes in turn, a rosette in each large one."""
    band = Band(canvas, 1.02, ground=GROUND)
    pen, at = band.pen, band.places()
    big, small = 0.40, 0.085
    lean, cross = np.arcsin((big + small) * 2), 0.5 * big / (big + small)
    halves = _round_eye(big, lean, cross, at, RED, BLUE)
    halves += _round_eye(small, lean, 0.5 - cross, shift(at, 0.5, 0), BLUE, RED)
    weave(pen, halves, min(0.145 * canvas.weight, 0.17), 0.12)
    for k in range(8):
        pen.fill(turn(petal(0.25, 0.15, 0.02), k * np.pi / 4), ACCENT, at=at, lift=0.8, flow=k * np.pi / 4)
    pen.fill(circle(0.07), DARK, at=at, lift=0.9)
    for side in (1, -1):
        pen.fill(regular(3, 0.11, side * np.pi / 2), DARK, at=shift(at, 0.5, side * 0.36), lift=0.5)
    band.close(DARK, ACCENT)
    return pen.finish(bevel=0.06)


def _plait(at: NDArray[Any], strands: int, pitch: float, rise: float, roles: tuple[tuple[int, ...], ...]) -> list[Half]:
    """Return a plait of strands whose crossings lie pitch apart in rows, each rise below the last.

    at holds the middles of the band, one per pitch. A strand comes back every strands pitches; strand
    k has the stripes roles[k % len(roles)].
    """
    rows = strands - 1
    column = np.rint(at[:, 0] / pitch).astype(int)
    look = np.array(roles)

    def stripes(number: NDArray[Any]) -> tuple[NDArray[Any], ...]:
        return tuple(look[(number % (2 * strands)) // 2 % len(roles)].T)

    halves: list[Half] = []
    for row in range(rows):
        spot = points((row % 2 * pitch / 2, (row - (rows - 1) / 2) * rise))[0]
        x = 2 * column + row % 2  # in half pitches
        falls, rises = stripes(x - row), stripes(x + row + 2)
        if row < rows - 1:  # the strand that falls to the right, and the one that falls to the left
            for side, name in ((1, falls), (-1, rises)):
                path = points((0, 0), (side * pitch / 2, rise)) + spot
                falling_over = row % 2 == 1
                over_here = falling_over if side == 1 else not falling_over
                halves.append((path if over_here else path[::-1], at, name))
        for end, down in ((row == 0, -1), (row == rows - 1, 1)):
            if not end:
                continue
            reach = 0.5 * rise
            knots = points(
                (0, 0),
                (0.30 * pitch, 0.62 * rise),
                (pitch / 2, 0.62 * rise + 0.3 * reach),
                (0.70 * pitch, 0.62 * rise),
                (pitch, 0),
            )
            path = spline(knots) * (1, down) + spot
            starts_over = (row % 2 == 0) == (down == -1)
            name = rises if down == -1 else falls
            halves.append((path if starts_over else path[::-1], at, name))
    return halves


def _guilloche_three(canvas: Canvas) -> Design:
    """A broad plait of three colored strands round two staggered rows of eyes."""
    band = Band(canvas, 1.06, ground=DARK)
    pen, at = band.pen, band.places(0.5)
    roles = (RED, BLUE, (ACCENT, GROUND, ACCENT))
    weave(pen, _plait(at, 3, 0.5, 0.34, roles), min(0.18 * canvas.weight, 0.215), 0.14)
    for x, y in ((0.0, 0.17), (0.25, -0.17)):
        pen.fill(circle(0.035), GROUND, at=shift(at, x, y), lift=0.9)
    band.close(GROUND)
    return pen.finish(bevel=0.05)


def _plait_two(canvas: Canvas) -> Design:
    """A two-strand plait like a rope, with a pearl in each eye."""
    band = Band(canvas, 0.9)
    pen, at = band.pen, band.places(0.5)
    weave(pen, _plait(at, 2, 0.5, 0.42, ((FIGURE, FIGURE), (SECOND, SECOND))), min(0.17 * canvas.weight, 0.22), 0.14)
    pen.fill(circle(0.05), ACCENT, at=shift(at, 0.25, 0), lift=0.9)
    band.close(DARK, ACCENT)
    return pen.finish(bevel=0.07)


def _plait_four(canvas: Canvas) -> Design:
    """A four-strand plait in two colors, as in Coptic and Lombard borders."""
    band = Band(canvas, 1.22, ground=DARK)
    pen, at = band.pen, band.places(0.5)
    roles = ((FIGURE, GROUND), (SECOND, GROUND), (FIGURE, GROUND), (SECOND, GROUND))
    weave(pen, _plait(at, 4, 0.5, 0.25, roles), min(0.13 * canvas.weight, 0.165), 0.11)
    band.close(ACCENT)
    return pen.finish(bevel=0.05)


def _knots(period: int, walls: dict[tuple[int, int], str]) -> list[Points]:
    """Return the strands from crossing to crossing of a knot drawn on a periodic grid.

    Crossings are the grid points (x, y) with x + y odd; where walls has "-" or "|" the strands turn
    back instead of crossing. Strands rising to the right pass over where y is even.
    """
    paths = []
    for x, y in product(range(period), repeat=2):
        if (x + y) % 2 == 0 or (x, y) in walls:
            continue
        for dx, dy in product((1, -1), repeat=2):
            rising = dx * dy < 0
            if rising == (y % 2 == 0):
                paths.append(_follow((x, y), (dx, dy), period, walls))
    return paths


def _follow(start: tuple[int, int], step: tuple[int, int], period: int, walls: dict[tuple[int, int], str]) -> Points:
    """Return the smooth path of a strand from one crossing to the next, turned back by the walls between."""
    (x, y), (dx, dy) = start, step
    knots = [(float(x), float(y)), (x + 0.25 * dx, y + 0.25 * dy)]
    while True:
        knots.append((x + 0.5 * dx, y + 0.5 * dy))
        x, y = x + dx, y + dy
        wall = walls.get((x % period, y % period))
        if wall is None:
            break
        if wall == "-":
            knots.append((x, y - 0.36 * dy))
            dy = -dy
        else:
            knots.append((x - 0.36 * dx, y))
            dx = -dx
    return spline([*knots, (x - 0.25 * dx, y - 0.25 * dy), (x, y)], count=6)


def _celtic(
    canvas: Canvas,
    period: int,
    walls: dict[tuple[int, int], str],
    size: float,
    width: float,
    stripes: tuple[int, ...],
    *,
    ground: int = DARK,
) -> Pen:
    """Paint a knot whose repeat measures size units."""
    pen = Pen(canvas, ground=ground)
    grid = size / period
    at = pen.cells((size, 0), (0, size), 1.2 * size) - size / 2
    weave(pen, [(path * grid, at, stripes) for path in _knots(period, walls)], width * grid, 0.62 * grid)
    return pen


def _frame(period: int) -> dict[tuple[int, int], str]:
    """Return the walls round one repeat."""
    walls = {(0, k): "|" for k in range(1, period, 2)}
    return walls | {(k, 0): "-" for k in range(1, period, 2)}


def _celtic_panel(canvas: Canvas) -> Design:
    """Insular knotwork: a closed square knot with breaks, framed, once per repeat."""
    walls = _frame(6) | {(3, 2): "|", (3, 4): "|", (2, 3): "-", (4, 3): "-"}
    pen = _celtic(canvas, 6, walls, 1.0, min(0.62 * canvas.weight, 0.78), (FIGURE, ACCENT), ground=SECOND)
    at = pen.cells((1, 0), (0, 1))
    for wide, role in ((0.07, DARK), (0.03, GROUND)):
        pen.ribbon(rectangle(-0.5, -0.5, 0.5, 0.5), wide, role, at=at, lift=0.9, group=3.0 + role, closed=True)
    return pen.finish(bevel=0.03)


def _celtic_field(canvas: Canvas) -> Design:
    """Endless knotwork: breaks at regular places turn a plait into rings and loops."""
    walls = {(0, 1): "|", (0, 3): "|", (4, 5): "|", (4, 7): "|"}
    walls |= {(1, 0): "-", (7, 0): "-", (3, 4): "-", (5, 4): "-"}
    pen = _celtic(canvas, 8, walls, 2.0, min(0.58 * canvas.weight, 0.78), (SECOND, GROUND))
    return pen.finish(bevel=0.04)


def _strip(
    pen: Pen, path: Points, width: float, role: ArrayLike, at: NDArray[Any], group: ArrayLike, lift: ArrayLike
) -> None:
    """Paint a strip of three splints."""
    normal = np.array([-(path[-1] - path[0])[1], (path[-1] - path[0])[0]]) / np.hypot(*(path[-1] - path[0]))
    for k in (-1, 0, 1):
        pen.ribbon(
            path + k * normal * width / 3,
            width / 3,
            role,
            at=at,
            group=np.asarray(group) + (k + 2) * 2.0**44,
            lift=lift,
        )


def _basket(canvas: Canvas, span: int, step: int, roles: tuple[int, int]) -> Design:
    """Strips that pass over span others, then under as many, shifting by step from row to row."""
    pitch = 1.0 / (2 * span) if span > 1 else 0.5
    pen = Pen(canvas, ground=DARK)
    both = pen.indices((pitch, 0), (0, pitch))
    at = both * pitch
    width = pitch * min(0.86 * canvas.weight**0.3, 0.95)
    arch = 0.45 + 0.55 * np.sin(np.linspace(0, np.pi, 7))
    _strip(pen, points((0, -0.5), (0, 0.5)) * pitch, width, roles[0], at, both[:, 0] + 1e4, 0.5)
    _strip(pen, points((-0.5, 0), (0.5, 0)) * pitch, width, roles[1], at, both[:, 1] + 3e4, 0.5)
    phase = (both[:, 0] - step * both[:, 1]) % (2 * span)
    line = np.linspace(-0.5, 0.5, 7)[:, None] * pitch
    _strip(pen, line * (1, 0), width, roles[1], at[phase < span], both[phase < span, 1] + 3e4, arch)
    _strip(pen, line * (0, 1), width, roles[0], at[phase >= span], both[phase >= span, 0] + 1e4, arch)
    return pen.finish(bevel=0.07)


def _plain_basket(canvas: Canvas) -> Design:
    """One over, one under: broad strips of three splints."""
    return _basket(canvas, 1, 1, (FIGURE, ACCENT))


def _twill_basket(canvas: Canvas) -> Design:
    """Two over, two under, shifting by one: diagonals, as in Cherokee and Bornean mats."""
    return _basket(canvas, 2, 1, (SECOND, GROUND))


def _kagome(canvas: Canvas) -> Design:
    """Strips in three directions round open hexagons: the Japanese kagome."""
    pen = Pen(canvas, ground=DARK)
    a, b = np.array([1.0, 0.0]), np.array([0.5, np.sqrt(0.75)])
    both = pen.indices(a, b)
    at = both @ np.array([a, b])
    ways = (a, b, b - a)
    starts = (b / 2, a / 2, a / 2)  # middles of the lattice edges, where two strips cross
    numbers = (both[:, 1], both[:, 0], both.sum(axis=1))
    span = np.linspace(-0.52, 0.52, 9)[:, None]
    # along each strip the crossings with the two others alternate: it passes over the next direction
    for lap in (0, 1):
        for k, role in enumerate((FIGURE, ACCENT, GROUND)):
            middle = starts[k] + lap * OVER[k] * ways[k]
            path = middle + (span * 0.46 if lap else span) * ways[k]
            arch = 0.6 + 0.4 * np.cos(np.linspace(-np.pi / 2, np.pi / 2, 9)) if lap else 0.6
            _strip(pen, path, 0.2 * canvas.weight, role, at, numbers[k] + 1e4 * (k + 1), arch)
    return pen.finish(bevel=0.06)


def _checkered_basket(canvas: Canvas) -> Design:
    """Squares of four slats, upright and lying in turn, like parquet or a mat's pattern."""
    pen = Pen(canvas, ground=DARK)
    both = pen.indices((0.5, 0), (0, 0.5))
    at, odd = both * 0.5, both.sum(axis=1) % 2
    for k in range(4):
        slat = rectangle(-0.245, -0.24 + k * 0.122, 0.245, -0.126 + k * 0.122)
        role = ACCENT if k in (1, 2) else FIGURE
        pen.fill(slat, role, at=at[odd == 0], lift=0.8)
        pen.fill(turn(slat, np.pi / 2), SECOND if k in (1, 2) else GROUND, at=at[odd == 1], lift=0.8, flow=np.pi / 2)
    return pen.finish(bevel=0.05)


guilloche = variants(_guilloche_two, _guilloche_three, _guilloche_medallion)
interlace = variants(_plait_two, _celtic_panel, _plait_four, _celtic_field)
basket_weave = variants(_plain_basket, _twill_basket, _kagome, _checkered_basket)
