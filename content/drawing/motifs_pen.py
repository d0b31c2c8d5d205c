"""A canvas to draw motifs on: polygons and ribbons in lattice units -> Design."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image, ImageDraw
from scipy import ndimage

from drawing.design import GROUND, Canvas, Design
from drawing.geometry import Points, edges, tangents

HOME = np.zeros((1, 2))
Half = tuple[Points, NDArray[Any], Sequence[ArrayLike]]  # of a strap: its path, its places, the roles of its stripes


@dataclass(frozen=True, slots=True)
class Variants:
    """A motif made of several drawings, of which the canvas picks one."""

    drawings: tuple[Callable[[Canvas], Design], ...]

    def __len__(self) -> int:
        return len(self.drawings)

    def __call__(self, canvas: Canvas) -> Design:
        return self.drawings[canvas.variant % len(self.drawings)](canvas)


def variants(*drawings: Callable[[Canvas], Design]) -> Variants:
    """Return the drawings as one motif."""
    return Variants(drawings)


class Pen:
    """Paints polygons over one another; each is a part with a role, a lift, a flow and a group.

    Contour lines run where the group changes, so parts of one group melt into one shape. The origin
    of the lattice is the middle of the canvas; one lattice unit is canvas.unit pixels.
    """

    def __init__(self, canvas: Canvas, *, stretch: float = 1.0, ground: int = GROUND, shift: float = 0.0) -> None:
        self.canvas = canvas
        self.fine = 2 if max(canvas.height, canvas.width) > 900 else 4  # parts are painted this much finer
        self.stretch = stretch  # of y, for bands that must fill their height
        self.shift = shift  # of y, in lattice units
        self.image = Image.new("I", (canvas.width * self.fine, canvas.height * self.fine), 0)
        self.brush = ImageDraw.Draw(self.image)
        self.count = 1  # parts painted so far; part 0 is the bare ground
        self.tables: list[NDArray[Any]] = [np.array([[ground], [0.0], [0.0], [0.0]])]  # role, lift, flow, group
        self.hair = 1.3 / canvas.unit  # width of a ribbon that shows as a single contour line

    def place(self, shape: ArrayLike) -> NDArray[np.float64]:
        """Return lattice points (..., 2) as pixels of the painted image."""
        canvas, shape = self.canvas, np.asarray(shape, np.float64)
        x, y = shape[..., 0], (shape[..., 1] + self.shift) * self.stretch
        c, s = np.cos(canvas.angle), np.sin(canvas.angle)
        across = canvas.width / 2 + canvas.origin[1] + canvas.unit * (c * x - s * y)
        down = canvas.height / 2 + canvas.origin[0] + canvas.unit * (s * x + c * y)
        return np.stack([across, down], axis=-1) * self.fine

    def span(self, margin: float = 0.0) -> tuple[float, float, float, float]:
        """Return the lattice box x0, y0, x1, y1 that holds the canvas and a margin."""
        canvas = self.canvas
        x = np.array([0, canvas.width, 0, canvas.width]) - canvas.width / 2 - canvas.origin[1]
        y = np.array([0, 0, canvas.height, canvas.height]) - canvas.height / 2 - canvas.origin[0]
        c, s = np.cos(canvas.angle), np.sin(canvas.angle)
        u = (c * x + s * y) / canvas.unit
        v = (c * y - s * x) / canvas.unit / self.stretch - self.shift
        return u.min() - margin, v.min() - margin, u.max() + margin, v.max() + margin

    def indices(self, a: ArrayLike, b: ArrayLike, margin: float = 1.2) -> NDArray[np.int64]:
        """Return (m, 2) the whole numbers i, j for which i a + j b lies on the canvas, row by row."""
        x0, y0, x1, y1 = self.span(margin)
        basis = np.array([a, b], np.float64)
        corners = np.array([(x0, y0), (x1, y0), (x0, y1), (x1, y1)]) @ np.linalg.inv(basis)
        low, high = np.floor(corners.min(0)).astype(int), np.ceil(corners.max(0)).astype(int)
        i, j = np.meshgrid(np.arange(low[0], high[0] + 1), np.arange(low[1], high[1] + 1))
        both = np.stack([i.ravel(), j.ravel()], axis=1)
        x, y = (both @ basis).T
        inside: NDArray[np.int64] = both[(x >= x0) & (x <= x1) & (y >= y0) & (y <= y1)]
        return inside

    def cells(self, a: ArrayLike, b: ArrayLike, margin: float = 1.2) -> NDArray[np.float64]:
        """Return (m, 2) the lattice points i a + j b on the canvas."""
        basis = np.array([a, b], np.float64)
        return self.indices(a, b, margin).astype(np.float64) @ basis

    def fill(
        self,
        shape: ArrayLike,
        role: ArrayLike,
        *,
        at: ArrayLike = HOME,
        lift: ArrayLike = 0.6,
        flow: float = 0.0,
        group: ArrayLike | None = None,
    ) -> None:
        """Paint a polygon at each of the places; role, lift and group may differ by place, None is a new group."""
        places = np.asarray(at, np.float64).reshape(-1, 2)
        self.paint(np.asarray(shape)[None] + places[:, None], role, lift, flow, group)

    def paint(
        self, shapes: NDArray[Any], role: ArrayLike, lift: ArrayLike, flow: ArrayLike, group: ArrayLike | None
    ) -> None:
        """Paint polygons (m, n, 2), in their order."""
        m = len(shapes)
        if group is None:
            group = -(self.count + np.arange(m)) - 1.0
        rows = [np.broadcast_to(np.asarray(value, np.float64), (m,)) for value in (role, lift, flow, group)]
        self.tables.append(np.stack(rows))
        pixels = self.place(shapes)
        low, high = pixels.min(axis=1), pixels.max(axis=1)
        seen = (high >= 0).all(axis=1) & (low < np.array(self.image.size)).all(axis=1)
        flat = np.rint(pixels.reshape(m, -1)).astype(np.int64)
        for k in np.flatnonzero(seen):
            self.brush.polygon(flat[k].tolist(), fill=int(self.count + k))
        self.count += m

    def ribbon(
        self,
        path: Points,
        width: ArrayLike,
        role: ArrayLike,
        *,
        at: ArrayLike = HOME,
        lift: ArrayLike = 0.8,
        group: ArrayLike | None = None,
        closed: bool = False,
    ) -> None:
        """Paint a strap along a path at each of the places; width and lift may differ by point of the path."""
        places = np.asarray(at, np.float64).reshape(-1, 2)
        m, parts = len(places), len(path) if closed else len(path) - 1
        left, right = edges(path, np.asarray(width, np.float64), closed=closed)
        ahead = (np.arange(parts) + 1) % len(path)
        along = tangents(path, closed=closed)
        lap = along * (1.5 / (self.canvas.unit * self.fine))  # quads overlap a little, lest a gap shows between
        quads = np.stack([left[:parts] - lap, left[ahead] + lap, right[ahead] + lap, right[:parts] - lap], axis=1)
        shapes = (quads[None] + places[:, None, None]).reshape(-1, 4, 2)
        heights = np.broadcast_to(np.asarray(lift, np.float64), (len(path),))
        heights = (heights[:parts] + heights[ahead]) / 2
        if group is None:
            group = -(self.count + np.arange(m)) - 1.0
        groups = np.repeat(np.broadcast_to(np.asarray(group, np.float64), (m,)), parts)
        roles = np.repeat(np.broadcast_to(np.asarray(role, np.float64), (m,)), parts)
        self.paint(shapes, roles, np.tile(heights, m), np.tile(np.arctan2(along[:, 1], along[:, 0]), m), groups)

    def rule(self, path: Points, role: int, *, at: ArrayLike = HOME, lift: float = 0.5, closed: bool = False) -> None:
        """Paint a single contour line along a path within a part of the given role."""
        self.ribbon(path, self.hair, role, at=at, lift=lift, closed=closed)

    def finish(self, *, line: float = 0.014, bevel: float = 0.07) -> Design:
        """Return the design: contour lines about line units wide, edges rounded over bevel units."""
        canvas, half = self.canvas, self.fine // 2
        part = np.asarray(self.image)[half :: self.fine, half :: self.fine]
        role, lift, flow, group = np.concatenate(self.tables, axis=1)
        away = edge_distance(group[part])
        size = max(canvas.height, canvas.width)
        thick = max(np.clip(line * canvas.unit, 0.0022 * size, 0.0055 * size) * canvas.weight, 1.0) if line else 0.0
        dome = np.clip(away / max(bevel * canvas.unit, 1.0), 0, 1)
        height = lift[part].astype(np.float32) * (0.4 + 0.6 * np.sqrt(1 - (1 - dome) ** 2))
        cover = np.clip(thick / 2 + 0.5 - ndimage.gaussian_filter(away, 0.5), 0, 1) if line else np.zeros_like(away)
        return Design(
            role=role.astype(np.uint8)[part],
            line=cover.astype(np.float32),
            height=np.clip(ndimage.gaussian_filter(height, 0.006 * canvas.unit), 0, 1).astype(np.float32),
            flow=(((flow + canvas.angle + np.pi / 2) % np.pi) - np.pi / 2).astype(np.float32)[part],
        )


def edge_distance(group: NDArray[Any]) -> NDArray[np.float32]:
    """Return the distance of each pixel from the nearest place where the group changes."""
    inner = np.ones(group.shape, bool)
    across, down = group[:, 1:] != group[:, :-1], group[1:] != group[:-1]
    inner[:, 1:] &= ~across
    inner[:, :-1] &= ~across
    inner[1:] &= ~down
    inner[:-1] &= ~down
    if inner.all():
        return np.full(group.shape, 1e3, np.float32)
    distance: NDArray[np.float32] = (ndimage.distance_transform_edt(inner) + 0.5).astype(np.float32)
    return distance


def keys(at: ArrayLike) -> NDArray[np.float64]:
    """Return a group number for each place (m, 2), the same for the same place."""
    x, y = np.rint(np.asarray(at).reshape(-1, 2) * 512).T
    numbers: NDArray[np.float64] = (x + 2.0**20) * 2.0**22 + y + 2.0**20 + 1
    return numbers


def weave(pen: Pen, halves: Sequence[Half], width: float, reach: float) -> None:
    """Paint straps that pass over and under: each half runs from a crossing it passes over to one it passes under.

    A half is a path, its places and the roles of its stripes, outermost first. Halves that pass over
    the same crossing join without a line. What lies within reach of it is painted again, on top.
    """
    for path, at, stripes in halves:
        _strap(pen, path, np.linspace(1, 0.55, len(path)), at, stripes, width)
    for path, at, stripes in halves:
        length = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
        stop = np.stack([np.interp(reach, length, path[:, k]) for k in (0, 1)])
        _strap(
            pen,
            np.concatenate([path[length < reach], stop[None]]),
            np.ones((length < reach).sum() + 1),
            at,
            stripes,
            width,
        )


def _strap(
    pen: Pen, path: Points, lift: NDArray[Any], at: NDArray[Any], stripes: Sequence[ArrayLike], width: float
) -> None:
    group = keys(np.asarray(at) + path[0])
    first, last = tangents(path)[[0, -1]] * width
    for k, role in enumerate(stripes):
        # laps over its other half, inner stripes a little further so that no end of an outer one shows
        line = np.concatenate([[path[0] - (0.15 + 0.06 * k) * first], path[1:-1], [path[-1] + 0.06 * k * last]])
        pen.ribbon(line, width * (1 - k / len(stripes)), role, at=at, lift=lift, group=group + 2.0**44 * (k + 1))
