"""Walking along drawn lines: a picture of lines -> dashes in order, for needle and punch."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, maximum_filter
from scipy.spatial import cKDTree

from drawing.materials_surface import Field


def dashes(
    rng: np.random.Generator, line: Field, *, gap: float, long: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return both ends (n, 2) as (y, x) of dashes gap pixels apart along the lines, long pixels each."""
    points = _ridge(line)
    if len(points) < 2:
        return np.zeros((0, 2)), np.zeros((0, 2))
    stops, ways = _walk(points, gap)
    jitter = rng.normal(0, 0.25, stops.shape)
    half = ways * (long / 2) * rng.uniform(0.85, 1.1, (len(ways), 1))
    return stops + jitter - half, stops + jitter + half


def _ridge(line: Field) -> NDArray[np.float64]:
    """Return the pixels (n, 2) along the middle of the lines."""
    smooth = gaussian_filter(line, 1.0)
    best = (smooth > 0.18) & (smooth >= maximum_filter(smooth, 3) * 0.97)
    return np.argwhere(best).astype(np.float64)


def _walk(points: NDArray[Any], gap: float) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return stops and unit directions of walks that go gap forward each time until they meet no more line."""
    near = cKDTree(points).query_ball_point(points, gap * 1.25)
    free = np.ones(len(points), bool)
    stops, ways = [], []
    for first in range(len(points)):
        at, way = first, np.array([0.0, 1.0])
        while free[at]:
            around = np.array(near[at])
            step = points[around] - points[at]
            far = np.hypot(step[:, 0], step[:, 1])
            free[around[far < gap * 0.72]] = False
            onward = (far > gap * 0.8) & free[around]
            if onward.any():
                score = np.where(onward, step @ way / np.maximum(far, 1), -9)
                after = around[score.argmax()]
                way = (points[after] - points[at]) / np.linalg.norm(points[after] - points[at])
            elif far.max() > 1.5:
                back = step[far.argmax()] / far.max()
                after, way = at, back
            else:
                break
            stops.append(points[at])
            ways.append(way)
            at = after
    return np.array(stops).reshape(-1, 2), np.array(ways).reshape(-1, 2)
