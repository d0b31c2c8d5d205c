"""Islamic star patterns drawn by polygons in contact: girih, eight-fold star, star of hexagons."""

from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from drawing.design import ACCENT, DARK, FIGURE, GROUND, SECOND, Canvas, Design
from drawing.geometry import Points, area, circle, leaf, points, regular, shift, star, turn
from drawing.motifs_pen import Half, Pen, variants, weave

Lines = tuple[list[Points], list[Points]]  # the outlines of the stars in a tile, and the lines to weave


def contact(corners: Points, angle: float) -> Lines:
    """Return the stars and the lines within a polygon whose sides are left at the angle of contact.

    Two rays leave the middle of each side. They are joined where they meet, the nearest first (Hankin,
    Kaplan). Each line starts where it passes over: at a ray that leans towards the next corner.
    """
    corners = corners if area(corners) > 0 else corners[::-1]
    side = np.roll(corners, -1, axis=0) - corners
    middle, heading = corners + side / 2, np.arctan2(side[:, 1], side[:, 0])
    meets = []
    for one, two in product(range(len(corners)), repeat=2):
        lean, back = heading[one] + angle, heading[two] + np.pi - angle
        meet = _meet(
            middle[one], np.array([np.cos(lean), np.sin(lean)]), middle[two], np.array([np.cos(back), np.sin(back)])
        )
        if one != two and meet is not None:
            meets.append((round(meet[0], 6), one, two, meet[1]))
    joined: dict[int, tuple[int, Points]] = {}  # the side a ray starts from -> the side its line ends at, the line
    for _, one, two, bend in sorted(meets, key=lambda meet: meet[:3]):
        if one not in joined and two not in {last for last, _ in joined.values()}:
            joined[one] = (two, np.stack([middle[one], bend, middle[two]]))
    return _stars(joined), [line for _, line in joined.values()]


def _stars(joined: dict[int, tuple[int, Points]]) -> list[Points]:
    """Return the closed outlines that the lines of a tile make, end to end."""
    left, outlines = dict(joined), []
    while left:
        side, chain = min(left), []
        while side in left:
            side, line = left.pop(side)
            chain += [line[0], line[1]]
        outlines.append(np.array(chain))
    return outlines


def _meet(a: NDArray[Any], u: NDArray[Any], b: NDArray[Any], v: NDArray[Any]) -> tuple[float, NDArray[Any]] | None:
    """Return how far two rays run until they meet, and where; None if they do not."""
    gap = b - a
    cross = u[0] * v[1] - u[1] * v[0]
    if abs(cross) < 1e-6:
        faces = abs(u[0] * gap[1] - u[1] * gap[0]) < 1e-6 and u @ gap > 0 > u @ v
        return (float(np.hypot(*gap)), (a + b) / 2) if faces else None
    s, t = (gap[0] * v[1] - gap[1] * v[0]) / cross, (gap[0] * u[1] - gap[1] * u[0]) / cross
    return (float(s + t), a + s * u) if s > 1e-6 and t > 1e-6 else None


def star_field(
    pen: Pen,
    tiles: list[tuple[Points, int]],
    a: NDArray[Any],
    b: NDArray[Any],
    angle: float,
    width: float,
    stripes: tuple[int, ...],
) -> None:
    """Paint the stars of the tiles (corners, role) repeated by the lattice, and the straps woven along them."""
    at = pen.cells(a, b, 2.0)
    halves: list[Half] = []
    for corners, role in tiles:
        shapes, lines = contact(corners, angle)
        for shape in shapes:
            pen.fill(shape, role, at=at, lift=0.35)
        halves += [(line, at, stripes) for line in lines]
    weave(pen, halves, width, 0.8 * width / np.sin(2 * min(angle, np.pi / 2 - angle) + 0.3))


def decagons() -> tuple[list[Points], NDArray[Any], NDArray[Any]]:
    """Return a decagon and the bow tie left between decagons that share sides, and the lattice of the tiling."""
    decagon = regular(10, 0.5 / np.cos(np.pi / 10), np.pi / 10)
    a, b = np.array([1.0, 0.0]), turn(points((1, 0)), np.deg2rad(72))[0]
    heart = (a + b) / 2
    around = np.concatenate([decagon + place for place in (0 * a, a, b, a + b)])
    near = np.unique(around[np.hypot(*(around - heart).T) < 0.5].round(9), axis=0)
    near = near[np.concatenate([[True], np.hypot(*np.diff(near, axis=0).T) > 1e-6])]
    return [decagon, near[np.argsort(np.arctan2(*(near - heart).T[::-1]))]], a, b


def _girih_ten(canvas: Canvas) -> Design:
    """Ten-pointed stars on decagons and bow ties, contact 54 degrees: the plain girih of Seljuk brick and tile."""
    pen = Pen(canvas, ground=SECOND)
    (decagon, tie), a, b = decagons()
    star_field(pen, [(decagon, FIGURE), (tie, ACCENT)], a, b, np.deg2rad(54), 0.055 * canvas.weight, (GROUND,))
    at = pen.cells(a, b)
    pen.fill(star(10, 0.2, 0.13, np.pi / 10), GROUND, at=at, lift=0.5)
    pen.fill(regular(10, 0.09), ACCENT, at=at, lift=0.7)
    return pen.finish(bevel=0.03)


def _girih_acute(canvas: Canvas) -> Design:
    """The same tiling at 72 degrees: slender stars with petals round them, straps of two lines."""
    pen = Pen(canvas, ground=GROUND)
    (decagon, tie), a, b = decagons()
    star_field(pen, [(decagon, SECOND), (tie, FIGURE)], a, b, np.deg2rad(72), 0.05 * canvas.weight, (DARK, ACCENT))
    pen.fill(star(10, 0.13, 0.085), ACCENT, at=pen.cells(a, b), lift=0.6)
    return pen.finish(bevel=0.03)


def dodecagons() -> tuple[list[list[Points]], NDArray[Any], NDArray[Any]]:
    """Return the dodecagon, squares and hexagons of the tiling 4.6.12, and its lattice."""
    a, b = np.array([1.0, 0.0]), np.array([0.5, np.sqrt(0.75)])
    inner = 0.5 / (1 + np.tan(np.pi / 12))
    edge = 2 * inner * np.tan(np.pi / 12)
    square = shift(regular(4, edge / np.sqrt(2), np.pi / 4), 0.5, 0)
    hexagon = regular(6, edge, 0.0)
    squares = [turn(square, k * np.pi / 3) for k in range(3)]
    hexagons = [hexagon + (a + b) / 3, hexagon + (2 * b - a) / 3]
    return [[regular(12, inner / np.cos(np.pi / 12), np.pi / 12)], squares, hexagons], a, b


def _girih_twelve(canvas: Canvas) -> Design:
    """Twelve-pointed stars with hexagons and squares between."""
    pen = Pen(canvas, ground=GROUND)
    kinds, a, b = dodecagons()
    tiles = [(corners, role) for kind, role in zip(kinds, (FIGURE, ACCENT, SECOND), strict=True) for corners in kind]
    star_field(pen, tiles, a, b, np.deg2rad(60), 0.042 * canvas.weight, (DARK, GROUND))
    at = pen.cells(a, b)
    pen.fill(star(12, 0.185, 0.125, np.pi / 12), GROUND, at=at, lift=0.5)
    pen.fill(star(12, 0.1, 0.06), SECOND, at=at, lift=0.7)
    return pen.finish(bevel=0.03)


def octagons() -> tuple[Points, Points, NDArray[Any], NDArray[Any]]:
    """Return the octagon and the square of the tiling 4.8.8, and its lattice."""
    octagon = regular(8, 0.5 / np.cos(np.pi / 8), np.pi / 8)
    edge = np.tan(np.pi / 8)
    return octagon, shift(regular(4, edge / np.sqrt(2), 0.0), 0.5, 0.5), np.array([1.0, 0.0]), np.array([0.0, 1.0])


def _star_and_cross(canvas: Canvas) -> Design:
    """Persian star and cross tiles: eight-pointed stars, touching, with crosses between."""
    pen = Pen(canvas, ground=SECOND)
    at = pen.cells((1, 0), (0, 1))
    outer, joint = 0.5, 0.012
    inner = outer * np.cos(np.pi / 4) / np.cos(np.pi / 8)
    pen.fill(star(8, outer, inner), DARK, at=at, lift=0.1)
    pen.fill(star(8, outer - 2 * joint, inner - 2 * joint), FIGURE, at=at, lift=0.7)
    frame = 0.07 * canvas.weight
    pen.fill(star(8, outer - frame, inner - frame * 0.9), GROUND, at=at, lift=0.8)
    for k in range(8):
        pen.fill(
            turn(leaf(0.3, 0.135, 0.55), k * np.pi / 4 + np.pi / 8),
            FIGURE if k % 2 else SECOND,
            at=at,
            lift=0.9,
            flow=k * np.pi / 4,
        )
    pen.fill(circle(0.06), ACCENT, at=at, lift=1)
    for k in range(4):
        pen.fill(
            turn(leaf(0.36, 0.11, 0.6), k * np.pi / 2), GROUND, at=shift(at, 0.5, 0.5), lift=0.8, flow=k * np.pi / 2
        )
        pen.fill(turn(leaf(0.2, 0.09, 0.6), k * np.pi / 2 + np.pi / 4), ACCENT, at=shift(at, 0.5, 0.5), lift=0.7)
    pen.fill(circle(0.05), FIGURE, at=shift(at, 0.5, 0.5), lift=1)
    return pen.finish(bevel=0.06)


def _eight(
    canvas: Canvas, angle: float, width: float, roles: tuple[int, int, int], stripes: tuple[int, ...]
) -> tuple[Pen, NDArray[Any]]:
    pen = Pen(canvas, ground=roles[0])
    octagon, square, a, b = octagons()
    star_field(pen, [(octagon, roles[1]), (square, roles[2])], a, b, np.deg2rad(angle), width * canvas.weight, stripes)
    return pen, pen.cells(a, b)


def _khatam(canvas: Canvas) -> Design:
    """Woven eight-pointed stars with squares between, contact 45 degrees."""
    pen, at = _eight(canvas, 45, 0.07, (GROUND, FIGURE, ACCENT), (DARK, GROUND))
    pen.fill(star(8, 0.19, 0.13, np.pi / 8), GROUND, at=at, lift=0.5)
    pen.fill(star(8, 0.1, 0.065), SECOND, at=at, lift=0.7)
    return pen.finish(bevel=0.04)


def _zellij(canvas: Canvas) -> Design:
    """Moorish zellij: slender eight-pointed stars at 67.5 degrees in white straps, four-pointed stars between."""
    pen, at = _eight(canvas, 67.5, 0.06, (FIGURE, SECOND, ACCENT), (GROUND,))
    pen.fill(star(8, 0.12, 0.078), DARK, at=at, lift=0.6)
    pen.fill(star(8, 0.075, 0.045, np.pi / 8), GROUND, at=at, lift=0.8)
    return pen.finish(bevel=0.04)


girih = variants(_girih_ten, _girih_acute, _girih_twelve)
eight_fold_star = variants(_star_and_cross, _khatam, _zellij)
