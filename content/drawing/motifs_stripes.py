"""Motifs of stripes and squares: chevron, herringbone, checker, lozenge, tartan."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from drawing.design import ACCENT, DARK, FIGURE, GROUND, SECOND, Canvas, Design
from drawing.geometry import circle, leaf, points, rectangle, regular, shift, star, turn
from drawing.motifs_pen import Pen, variants

X, Y = (1.0, 0.0), (0.0, 1.0)


def _zigzag(low: float, high: float, rise: float) -> NDArray[Any]:
    """Return one period of a zigzag stripe between two heights, its peak in the middle."""
    x = (-0.5, 0.0, 0.5)
    upper = [(a, low + (rise / 2 if a else -rise / 2)) for a in x]
    return points(*upper, *[(a, high + (rise / 2 if a else -rise / 2)) for a in x[::-1]])


def _zigzags(pen: Pen, pitch: float, rise: float, stripes: tuple[tuple[float, int, float], ...]) -> None:
    """Paint zigzags: each stripe is its share of the pitch, its role and its lift."""
    at = pen.cells(X, (0, pitch))
    low = -pitch / 2
    for number, (share, role, lift) in enumerate(stripes):
        high = low + share * pitch
        shape = _zigzag(low, high, rise)
        group = 10.0 + number + 16 * np.rint(at[:, 1] / pitch + 500)
        slope = np.arctan(2 * rise)
        pen.fill(shape[[0, 1, 4, 5]], role, at=at, lift=lift, flow=-slope, group=group)
        pen.fill(shape[[1, 2, 3, 4]], role, at=at, lift=lift, flow=slope, group=group)
        low = high


def _chevron_stripes(canvas: Canvas) -> Design:
    """Zigzag stripes, broad and narrow, in four colors."""
    pen = Pen(canvas)
    w = 0.08 * canvas.weight
    rest = (1 - 4 * w) / 4
    _zigzags(
        pen,
        1.2,
        0.5,
        (
            (rest, FIGURE, 0.8),
            (w, GROUND, 0.5),
            (rest, SECOND, 0.7),
            (w, GROUND, 0.5),
            (rest, FIGURE, 0.8),
            (w, GROUND, 0.5),
            (rest, ACCENT, 0.6),
            (w, GROUND, 0.5),
        ),
    )
    return pen.finish(bevel=0.07)


def _chevron_outlined(canvas: Canvas) -> Design:
    """Steep chevrons with dark edges and a row of lozenges along each, as on Andean and Navajo cloth."""
    pen = Pen(canvas)
    w = 0.055 * canvas.weight
    _zigzags(
        pen,
        1.0,
        0.62,
        (
            (w, DARK, 0.9),
            (0.27 - w, FIGURE, 0.7),
            (w, DARK, 0.9),
            (0.25 - w, GROUND, 0.3),
            (w, DARK, 0.9),
            (0.22 - w, SECOND, 0.6),
            (w, DARK, 0.9),
            (0.26 - w, GROUND, 0.3),
        ),
    )
    at = pen.cells(X, Y)
    for x in (0.0, 0.25, 0.5, 0.75):
        y = 0.145 - 0.5 + 0.31 * (abs(x - 0.5) * -4 + 1)
        pen.fill(regular(4, 0.062), ACCENT, at=shift(at, x, y), lift=0.9)
    return pen.finish(bevel=0.05)


def _chevron_columns(canvas: Canvas) -> Design:
    """Nested arrowheads in columns, one column up, the next down, like feathers."""
    pen = Pen(canvas)
    at = pen.cells(X, (0, 0.5))
    for side in (0, 1):
        down = 1 if side else -1
        for k, role in enumerate((FIGURE, GROUND, SECOND if side else ACCENT, GROUND)):
            low = k * 0.125 + (0.0 if k % 2 else -0.018 * canvas.weight)
            high = (k + 1) * 0.125 + (0.0 if k % 2 == 0 else -0.018 * canvas.weight)
            arrow = points((-0.24, low), (0, low - 0.24), (0.24, low), (0.24, high), (0, high - 0.24), (-0.24, high))
            group = 100.0 + k + 8 * side + 16 * np.rint(2 * (at[:, 1] + 200)) + 1e6 * np.rint(at[:, 0] + 100)
            for half, slope in ((arrow[[0, 1, 4, 5]], -np.pi / 4), (arrow[[1, 2, 3, 4]], np.pi / 4)):
                pen.fill(
                    half * (1, -down),
                    role,
                    at=shift(at, 0.5 * side, 0),
                    lift=0.8 if k % 2 == 0 else 0.4,
                    flow=slope * -down,
                    group=group,
                )
    pen.ribbon(points((0.25, -0.26), (0.25, 0.26)), 0.03 * canvas.weight, DARK, at=at, lift=0.9, group=1.0)
    pen.ribbon(points((0.75, -0.26), (0.75, 0.26)), 0.03 * canvas.weight, DARK, at=at, lift=0.9, group=1.0)
    return pen.finish(bevel=0.05)


def _bricks(canvas: Canvas, ratio: int, roles: tuple[int, int], inlay: int | None) -> Design:
    """Lay bricks ratio times as long as wide, in right-angled herringbone, at 45 degrees."""
    pen = Pen(canvas, ground=DARK)
    w = 0.53 / ratio
    joint = 0.035 * w * canvas.weight
    at = pen.cells(
        turn(points((w, w)), np.pi / 4)[0], turn(points((ratio * w, -ratio * w)), np.pi / 4)[0], 2 * ratio * w
    )
    lying = rectangle(joint, joint, ratio * w - joint, w - joint)
    for upright, shape in ((0, lying), (1, shift(lying[:, ::-1], 0, w))):
        flow = np.pi / 4 + upright * np.pi / 2
        pen.fill(turn(shape, np.pi / 4), roles[upright], at=at, lift=0.85, flow=flow)
        if inlay is not None:
            middle, share = shape.mean(axis=0), (0.34, 0.8) if upright else (0.8, 0.34)
            pen.fill(turn((shape - middle) * share + middle, np.pi / 4), inlay, at=at, lift=0.7, flow=flow)
    return pen.finish(bevel=0.05)


def _herringbone_brick(canvas: Canvas) -> Design:
    """Bricks two to one, each pair at right angles: opus spicatum and Persian brickwork."""
    return _bricks(canvas, 2, (FIGURE, GROUND), None)


def _herringbone_parquet(canvas: Canvas) -> Design:
    """Long slats, three to one, each with an inlaid fillet."""
    return _bricks(canvas, 3, (SECOND, ACCENT), GROUND)


def _herringbone_twill(canvas: Canvas) -> Design:
    """Broken twill: columns of slanting floats that turn at each spine."""
    pen = Pen(canvas)
    at = pen.cells(X, (0, 0.25))
    tone = np.rint(at[:, 1] * 4) % 2 == 1
    w = 0.135 * canvas.weight**0.5
    for side, slope in ((0, 1), (1, -1)):
        slat = points((0, 0), (0.5, slope * 0.5), (0.5, slope * 0.5 + w), (0, w))
        spot = shift(at, 0.5 * side - 0.25, 0.53125 * side)
        pen.fill(slat, np.where(tone, SECOND, FIGURE), at=spot, lift=0.8, flow=slope * np.pi / 4)
        line = np.stack([(slat[0] + slat[3]) / 2, (slat[1] + slat[2]) / 2])
        pen.ribbon(line, w * 0.26, np.where(tone, ACCENT, GROUND), at=spot, lift=0.9)
    return pen.finish(bevel=0.04)


def _checker_diamonds(canvas: Canvas) -> Design:
    """Chequers, each square with a lozenge and a dot in it."""
    pen = Pen(canvas)
    both = pen.indices((0.5, 0), (0, 0.5))
    at, odd = both * 0.5, both.sum(axis=1) % 2
    pen.fill(rectangle(-0.25, -0.25, 0.25, 0.25), np.where(odd, FIGURE, GROUND), at=at, lift=np.where(odd, 0.8, 0.4))
    pen.fill(regular(4, 0.17 + 0.03 * canvas.weight), np.where(odd, GROUND, SECOND), at=at, lift=0.6)
    pen.fill(regular(4, 0.1), np.where(odd, DARK, ACCENT), at=at, lift=0.8)
    return pen.finish(bevel=0.05)


def _checker_nested(canvas: Canvas) -> Design:
    """Squares of two sizes: plain chequers within chequers, as in ichimatsu and heraldry."""
    pen = Pen(canvas)
    both = pen.indices((0.5, 0), (0, 0.5))
    at, odd = both * 0.5, both.sum(axis=1) % 2
    pen.fill(rectangle(-0.25, -0.25, 0.25, 0.25), np.where(odd, FIGURE, GROUND), at=at, lift=np.where(odd, 0.8, 0.3))
    third = 0.5 / 5
    small = rectangle(-third / 2, -third / 2, third / 2, third / 2)
    for i in range(-1, 2):
        for j in range(-1, 2):
            role = np.where(odd, GROUND if (i + j) % 2 else ACCENT, ACCENT if (i + j) % 2 else SECOND)
            pen.fill(small, role, at=shift(at, i * third, j * third), lift=0.6 if (i + j) % 2 else 0.8)
    return pen.finish(bevel=0.04)


def _checker_gyron(canvas: Canvas) -> Design:
    """Squares cut into counterchanged triangles, pinwheels and hourglasses in turn."""
    pen = Pen(canvas)
    both = pen.indices((0.5, 0), (0, 0.5))
    at, odd = both * 0.5, both.sum(axis=1) % 2
    for k in range(8):
        corner = points((0, 0), (0.25, 0), (0.25, 0.25)) if k % 2 == 0 else points((0, 0), (0.25, 0.25), (0, 0.25))
        wedge = turn(corner, k // 2 * np.pi / 2)
        plain, turned = (FIGURE, GROUND)[k % 2], (SECOND, FIGURE, SECOND, FIGURE)[k // 2]
        pen.fill(
            wedge, np.where(odd, plain, (GROUND, turned)[k % 2]), at=at, lift=0.5 + 0.3 * (k % 2), flow=k * np.pi / 4
        )
    pen.fill(regular(4, 0.065 * canvas.weight), ACCENT, at=at, lift=0.9)
    pen.fill(rectangle(-0.035, -0.035, 0.035, 0.035), DARK, at=at + 0.25, lift=0.9)
    return pen.finish(bevel=0.05)


def _checker_plain(canvas: Canvas) -> Design:
    """Plain chequers of two colors with a fine third at the joints."""
    pen = Pen(canvas)
    both = pen.indices((0.5, 0), (0, 0.5))
    at, odd = both * 0.5, both.sum(axis=1) % 2
    pen.fill(rectangle(-0.25, -0.25, 0.25, 0.25), np.where(odd, DARK, GROUND), at=at, lift=np.where(odd, 0.7, 0.6))
    pen.fill(rectangle(-0.16, -0.16, 0.16, 0.16), np.where(odd, FIGURE, GROUND), at=at, lift=0.8)
    pen.fill(rectangle(-0.11, -0.11, 0.11, 0.11), np.where(odd, FIGURE, ACCENT), at=at, lift=0.7)
    pen.fill(star(4, 0.1, 0.045, 0), np.where(odd, GROUND, FIGURE), at=at, lift=0.9)
    return pen.finish(bevel=0.05)


def _stepped(half: float, tall: float, steps: int) -> NDArray[Any]:
    """Return a lozenge with stairs for sides."""
    down = [(half * (steps - k) / steps, tall * (k + e) / steps) for k in range(steps) for e in (0, 1)]
    quarter = np.array([*down])
    rest = [quarter, (quarter * (-1, 1))[::-1], -quarter, (quarter * (1, -1))[::-1]]
    return np.concatenate(rest)


def _lozenge_nested(canvas: Canvas) -> Design:
    """Lozenges within lozenges, edge to edge."""
    pen = Pen(canvas, ground=GROUND)
    at = pen.cells((0.5, 0.5), (0.5, -0.5))
    w = 0.03 * canvas.weight
    for reach, role, lift in (
        (0.5 - w / 2, DARK, 0.5),
        (0.5 - 2 * w, FIGURE, 0.8),
        (0.35, GROUND, 0.4),
        (0.27, SECOND, 0.7),
        (0.16, ACCENT, 0.9),
        (0.07, DARK, 0.6),
    ):
        pen.fill(regular(4, reach), role, at=at, lift=lift, flow=np.pi / 4)
    return pen.finish(bevel=0.05)


def _lozenge_ikat(canvas: Canvas) -> Design:
    """Ikat: tall lozenges whose sides are feathered in the direction of the warp, each row a little off."""
    pen = Pen(canvas)
    both = pen.indices((0.5, 0.75), (0.5, -0.75))
    at = both @ points((0.5, 0.75), (0.5, -0.75))
    ranks = 22
    jitter = canvas.rng.uniform(-1, 1, (6, 2 * ranks))
    for k, (half, tall, role) in enumerate(
        (
            (0.47, 0.70, DARK),
            (0.40, 0.61, FIGURE),
            (0.29, 0.44, GROUND),
            (0.215, 0.33, SECOND),
            (0.125, 0.20, ACCENT),
            (0.055, 0.09, DARK),
        )
    ):
        edge = np.linspace(-half, half, ranks + 1)
        middle = (edge[1:] + edge[:-1]) / 2
        top = tall * (1 - np.abs(middle) / half) + 0.035 * jitter[k, :ranks] * canvas.weight
        low = tall * (1 - np.abs(middle) / half) + 0.035 * jitter[k, ranks:] * canvas.weight
        x = np.repeat(edge, 2)[1:-1]
        shape = np.concatenate(
            [np.stack([x, np.repeat(top, 2)], axis=1), np.stack([x, -np.repeat(low, 2)], axis=1)[::-1]]
        )
        pen.fill(shape, role, at=at, lift=0.5 + 0.08 * k, flow=np.pi / 2)
    return pen.finish(bevel=0.04)


def _lozenge_stepped(canvas: Canvas) -> Design:
    """Stepped lozenges with a cross at the heart, as in kilim and Andean tapestry."""
    pen = Pen(canvas, ground=DARK)
    both = pen.indices((0.5, 0.5), (0.5, -0.5))
    at, tone = both @ points((0.5, 0.5), (0.5, -0.5)), np.where(both[:, 0] % 2, FIGURE, SECOND)
    for half, steps, role in (
        (0.5 - 0.02 * canvas.weight, 8, tone),
        (0.36, 6, GROUND),
        (0.24, 4, ACCENT),
        (0.12, 2, DARK),
        (0.06, 1, GROUND),
    ):
        pen.fill(_stepped(half, half, steps), role, at=at, lift=0.9 - half, flow=0.0)
    return pen.finish(bevel=0.05)


def _lozenge_net(canvas: Canvas) -> Design:
    """A net of bands with a small lozenge at each knot and a flower in each mesh."""
    pen = Pen(canvas)
    at = pen.cells((0.5, 0.75), (0.5, -0.75))
    shape = points((0.5, 0), (0, 0.75), (-0.5, 0), (0, -0.75))
    w = 0.1 * canvas.weight
    for share, role, lift in ((1.0, FIGURE, 0.8), (1 - 1.6 * w, DARK, 0.3), (1 - 2.2 * w, GROUND, 0.2)):
        pen.fill(shape * share, role, at=at, lift=lift)
    for k in range(4):
        pen.fill(
            turn(leaf(0.3, 0.15, 0.6), k * np.pi / 2 + np.pi / 2) * (1, 1.15),
            SECOND,
            at=at,
            lift=0.7,
            flow=k * np.pi / 2,
        )
    pen.fill(circle(0.055), ACCENT, at=at, lift=1)
    for place in ((0.5, 0), (0, 0.75)):
        pen.fill(shape * 0.17, DARK, at=at + place, lift=0.9)
        pen.fill(shape * 0.12, ACCENT, at=at + place, lift=1)
    return pen.finish(bevel=0.05)


chevron = variants(_chevron_stripes, _chevron_outlined, _chevron_columns)
herringbone = variants(_herringbone_brick, _herringbone_parquet, _herringbone_twill)
checker = variants(_checker_diamonds, _checker_nested, _checker_gyron, _checker_plain)
lozenge = variants(_lozenge_nested, _lozenge_ikat, _lozenge_stepped, _lozenge_net)
