"""Curves and polygons in the plane, as arrays of points (n, 2) holding x to the right and y down."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Points = NDArray[np.float64]  # (n, 2)


def points(*pairs: Sequence[float]) -> Points:
    """Return the pairs (x, y) as points."""
    return np.array(pairs, np.float64)


def turn(shape: ArrayLike, angle: float) -> Points:
    """Return the shape turned about the origin, by radians from x towards y."""
    c, s = np.cos(angle), np.sin(angle)
    turned: Points = np.asarray(shape, np.float64) @ np.array([[c, s], [-s, c]])
    return turned


def shift(shape: ArrayLike, x: float, y: float) -> NDArray[np.float64]:
    """Return the points (..., 2) moved to the right by x and down by y."""
    moved: NDArray[np.float64] = np.asarray(shape, np.float64) + np.array([x, y])
    return moved


def mirror(shape: ArrayLike) -> Points:
    """Return the shape with left and right exchanged."""
    return np.asarray(shape, np.float64) * (-1.0, 1.0)


def arc(center: Sequence[float], radius: float, start: float, stop: float, count: int = 24) -> Points:
    """Return points on a circle from one angle to another, both ends included."""
    angles = np.linspace(start, stop, count)
    return np.stack([center[0] + radius * np.cos(angles), center[1] + radius * np.sin(angles)], axis=1)


def circle(radius: float, center: Sequence[float] = (0.0, 0.0), count: int = 48) -> Points:
    """Return a closed circle."""
    return arc(center, radius, 0, 2 * np.pi, count + 1)[:-1]


def ellipse(rx: float, ry: float, center: Sequence[float] = (0.0, 0.0), count: int = 48) -> Points:
    """Return a closed ellipse."""
    return circle(1.0, count=count) * (rx, ry) + center


def regular(count: int, radius: float, phase: float = 0.0) -> Points:
    """Return a regular polygon whose first corner lies at the angle phase."""
    return turn(circle(radius, count=count), phase)


def star(count: int, outer: float, inner: float, phase: float = 0.0) -> Points:
    """Return a star whose first tip lies at the angle phase."""
    angles = phase + np.arange(2 * count) * np.pi / count
    radii = np.where(np.arange(2 * count) % 2 == 0, outer, inner)
    return np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)


def rectangle(x0: float, y0: float, x1: float, y1: float) -> Points:
    """Return an upright rectangle."""
    return points((x0, y0), (x1, y0), (x1, y1), (x0, y1))


def bezier(*control: Sequence[float], count: int = 20) -> Points:
    """Return a curve through cubic pieces: p0 c c p1 c c p2 ..."""
    t = np.linspace(0, 1, count)[:, None]
    basis = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
    corners = np.array(control, np.float64)
    pieces = [sum(b * p for b, p in zip(basis, corners[k : k + 4], strict=True)) for k in range(0, len(corners) - 1, 3)]
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])


def spline(knots: ArrayLike, *, closed: bool = False, count: int = 8) -> Points:
    """Return a Catmull-Rom curve through the knots."""
    knots = np.asarray(knots, np.float64)
    ends = (knots[-1:], knots[:2]) if closed else (2 * knots[:1] - knots[1:2], 2 * knots[-1:] - knots[-2:-1])
    all_ = np.concatenate([ends[0], knots, ends[1]])
    t = (np.arange(count) / count)[None, :, None]
    a, b, c, d = (all_[k : len(all_) - 3 + k, None] for k in range(4))
    curve = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
    curve = curve.reshape(-1, 2)
    return curve if closed else np.concatenate([curve, knots[-1:]])


def leaf(length: float, width: float, belly: float = 0.5, count: int = 12) -> Points:
    """Return a pointed petal from the origin along x, widest at the share belly of its length."""
    upper = bezier(
        (0, 0),
        (length * belly * 0.5, width * 0.62),
        (length * (belly + 0.3 * (1 - belly)), width * 0.66),
        (length, 0),
        count=count,
    )
    return np.concatenate([upper, (upper * (1, -1))[-2:0:-1]])


def petal(length: float, width: float, foot: float = 0.0, count: int = 14) -> Points:
    """Return a petal along x with a round end, as wide as foot at the origin."""
    straight = length - width / 2
    t = np.linspace(0, 1, count)
    side = foot / 2 + (width - foot) / 2 * np.sin(t * np.pi / 2) ** 1.2
    upper = np.stack([t * straight, side], axis=1)
    cap = arc((straight, 0), width / 2, np.pi / 2, -np.pi / 2, count)
    return np.concatenate([upper, cap[1:-1], (upper * (1, -1))[::-1]])


def spiral(center: Sequence[float], outer: float, inner: float, start: float, turns: float, count: int = 64) -> Points:
    """Return a spiral from the outer radius at the angle start to the inner one; turns may be negative."""
    t = np.linspace(0, 1, count)
    radius, angle = outer + (inner - outer) * t**0.92, start + 2 * np.pi * turns * t
    return np.stack([center[0] + radius * np.cos(angle), center[1] + radius * np.sin(angle)], axis=1)


def tangents(path: Points, *, closed: bool = False) -> Points:
    """Return the unit vector of each segment of a path."""
    steps = np.diff(np.concatenate([path, path[:1]]) if closed else path, axis=0)
    units: Points = steps / np.maximum(np.hypot(*steps.T), 1e-12)[:, None]
    return units


def edges(path: Points, width: float | NDArray[Any], *, closed: bool = False) -> tuple[Points, Points]:
    """Return the two sides of a ribbon with mitred corners laid along a path."""
    along = tangents(path, closed=closed)
    before = np.concatenate([along[-1:] if closed else along[:1], along if not closed else along[:-1]])
    after = np.concatenate([along, along[-1:]]) if not closed else along
    normal = np.stack([-(before + after)[:, 1], (before + after)[:, 0]], axis=1)
    length = np.maximum(np.hypot(*normal.T), 0.5)[:, None]  # 2 cos of half the bend
    offset = normal / length * (2 / length) * np.broadcast_to(np.asarray(width) / 2, len(path))[:, None]
    return path + offset, path - offset


def area(shape: Points) -> float:
    """Return the area of a polygon, positive where it runs from x towards y."""
    x, y = shape.T
    return float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2)
