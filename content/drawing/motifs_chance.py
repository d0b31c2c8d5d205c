"""Motifs whose drawing the dice decide: tartan setts and cracked ice."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Voronoi

from drawing.design import ACCENT, DARK, FIGURE, GROUND, SECOND, Canvas, Design
from drawing.geometry import Points, area, circle, edges, petal, points, turn
from drawing.motifs_pen import Pen, variants


def _sett(rng: np.random.Generator) -> tuple[list[int], list[float]]:
    """Return the roles and widths of the threads from one pivot to the next."""
    roles = [FIGURE, *rng.permutation([SECOND, DARK])]
    count = int(rng.integers(2, 4))
    widths = [rng.uniform(5, 8), rng.uniform(3, 5), rng.uniform(2.5, 4)]
    lines = [int(rng.choice([ACCENT, GROUND])) for _ in range(count)]
    stripes, sizes = [int(roles[0])], [float(widths[0])]
    for k, line in enumerate(lines):
        stripes += [line, int(roles[1 + k % 2])]
        sizes += [float(rng.uniform(0.5, 0.9)), float(widths[1 + k % 2])]
    return stripes, sizes


def _threads(
    canvas: Canvas, at: NDArray[Any], stripes: list[int], sizes: list[float], *, mirrored: bool
) -> NDArray[np.uint8]:
    """Return the role of the thread at each place given in repeats."""
    roles = [*stripes, *stripes[-2:0:-1]] if mirrored else stripes
    widths = np.array([*sizes, *sizes[-2:0:-1]] if mirrored else sizes)
    thin = widths < 1
    widths[thin] *= canvas.weight
    stops = np.cumsum(widths) / widths.sum()
    start = widths[0] / widths.sum() / 2
    threads: NDArray[np.uint8] = np.array(roles, np.uint8)[
        np.minimum(np.searchsorted(stops, (at + start) % 1.0), len(roles) - 1)
    ]
    return threads


def _cloth(
    canvas: Canvas, stripes: list[int], sizes: list[float], *, mirrored: bool = True, ribs: float = 56
) -> Design:
    """Return warp and weft of the same sett crossing in two-and-two twill."""
    y, x = np.mgrid[: canvas.height, : canvas.width].astype(np.float32)
    x, y = x + 0.5 - canvas.width / 2 - canvas.origin[1], y + 0.5 - canvas.height / 2 - canvas.origin[0]
    c, s = np.cos(canvas.angle), np.sin(canvas.angle)
    u, v = (c * x + s * y) / canvas.unit, (c * y - s * x) / canvas.unit
    warp = _threads(canvas, u, stripes, sizes, mirrored=mirrored)
    weft = _threads(canvas, v, stripes, sizes, mirrored=mirrored)
    slant = ((u - v) * ribs / 2) % 1.0
    over = slant < 0.5
    rib = 0.5 + 0.5 * np.cos(4 * np.pi * (slant - 0.25))
    return Design(
        role=np.where(over, warp, weft),
        line=np.zeros(u.shape, np.float32),
        height=(0.4 + 0.4 * rib).astype(np.float32),
        flow=(np.where(over, np.pi / 2, 0.0) + canvas.angle).astype(np.float32),
    )


def _tartan(canvas: Canvas) -> Design:
    """A clan's sett: broad grounds crossed by fine lines, the same both ways from each pivot."""
    return _cloth(canvas, *_sett(canvas.rng))


def _tattersall(canvas: Canvas) -> Design:
    """A light check: single lines of two or three colors on a pale ground."""
    wide = 6 + canvas.rng.uniform(-1, 1)
    fine = 0.8 * canvas.rng.uniform(0.8, 1.1)
    return _cloth(
        canvas,
        [FIGURE, GROUND, SECOND, GROUND, ACCENT, GROUND],
        [fine, wide, fine, wide, fine, wide],
        mirrored=False,
        ribs=64,
    )


def _gingham(canvas: Canvas) -> Design:
    """Two colors in equal breadths, a line of a third along each: shepherd's plaid."""
    fine = 0.55 + canvas.rng.uniform(0, 0.2)
    return _cloth(
        canvas, [FIGURE, ACCENT, FIGURE, GROUND, DARK, GROUND], [4, fine, 4, 4, fine, 4], mirrored=False, ribs=48
    )


def _madras(canvas: Canvas) -> Design:
    """An uneven check: stripes of all colors in an order that has no pivot."""
    rng = canvas.rng
    roles = [int(role) for role in rng.permutation([FIGURE, SECOND, ACCENT, DARK, GROUND, FIGURE, GROUND])]
    sizes: list[float] = []
    stripes: list[int] = []
    for role in roles:
        stripes += [role, GROUND if role != GROUND else SECOND]
        sizes += [float(rng.uniform(2, 6)), float(rng.uniform(0.4, 0.9))]
    return _cloth(canvas, stripes, sizes, mirrored=False, ribs=56)


def _scatter(pen: Pen, rng: np.random.Generator, pitch: float, loose: float) -> Points:
    """Return points about pitch apart, strewn over the canvas and its surroundings."""
    both = pen.cells((pitch, 0), (pitch / 2, pitch * 0.87), 2.2 * pitch)
    return both + rng.uniform(-loose, loose, both.shape) * pitch


def _shards(places: Points) -> list[Points]:
    """Return the closed cells nearest to each place."""
    cells = Voronoi(places)
    regions = [cells.regions[region] for region in cells.point_region]
    return [cells.vertices[region] for region in regions if region and -1 not in region]


def _shrink(shape: Points, gap: float) -> Points | None:
    """Return the polygon with a joint taken off all round, or nothing where too little is left."""
    one, two = edges(shape, gap, closed=True)
    small = one if abs(area(one)) < abs(area(two)) else two
    return small if area(small) * area(shape) > 0 and abs(area(small)) < abs(area(shape)) else None


def _blossom(pen: Pen, at: Points, size: float, rng: np.random.Generator) -> None:
    """Paint a five-petalled plum blossom at each place, each turned as it fell."""
    for place in at:
        tilt = rng.uniform(0, 2 * np.pi)
        for k in range(5):
            angle = tilt + k * 2 * np.pi / 5
            pen.fill(turn(petal(size, size * 0.86, size * 0.12), angle), FIGURE, at=place, lift=0.9, flow=angle)
        pen.fill(circle(size * 0.24), ACCENT, at=place, lift=1)
        for k in range(5):
            angle = tilt + k * 2 * np.pi / 5
            pen.ribbon(turn(points((size * 0.2, 0), (size * 0.55, 0)), angle), pen.hair, ACCENT, at=place, lift=0.8)


def _ice_plum(canvas: Canvas) -> Design:
    """Cracked ice with fallen plum blossom: Kangxi porcelain."""
    pen = Pen(canvas, ground=GROUND)
    rng = canvas.rng
    gap = 0.022 * canvas.weight
    for shape in _shards(_scatter(pen, rng, 0.42, 0.36)):
        small = _shrink(shape, gap)
        if small is None:
            continue
        pen.fill(small, SECOND, lift=0.4, flow=float(rng.uniform(0, np.pi)))
        half = len(small) // 2 + 1
        if rng.uniform() < 0.65:
            pen.fill(
                small[:half], DARK if rng.uniform() < 0.3 else SECOND, lift=0.45, flow=float(rng.uniform(0, np.pi))
            )
    places = _scatter(pen, rng, 1.0, 0.2)
    _blossom(pen, places, 0.235, rng)
    return pen.finish(bevel=0.04)


def _split(shape: Points, rng: np.random.Generator, largest: float) -> list[Points]:
    """Return the pieces into which a polygon is broken across its longest sides until all are small."""
    if abs(area(shape)) < largest * rng.uniform(0.6, 1.5):
        return [shape]
    sides = np.roll(shape, -1, axis=0) - shape
    first = int(np.hypot(*sides.T).argmax())
    order = (first + 1 + np.arange(len(shape) - 1)) % len(shape)
    middle = shape[first] + sides[first] / 2
    across = np.abs([(shape[k] + sides[k] / 2 - middle) @ sides[first] for k in order]) / np.hypot(*(sides[order].T))
    second = int(order[across.argmin()])
    a, b = sorted((first, second))
    p, q = (shape[k] + sides[k] * rng.uniform(0.36, 0.64) for k in (a, b))
    one = np.concatenate([p[None], shape[a + 1 : b + 1], q[None]])
    two = np.concatenate([q[None], shape[b + 1 :], shape[: a + 1], p[None]])
    return [*_split(one, rng, largest), *_split(two, rng, largest)]


def _ice_ray(canvas: Canvas) -> Design:
    """Ice-ray lattice: a window field broken again and again by straight bars."""
    pen = Pen(canvas, ground=FIGURE)
    rng = canvas.rng
    x0, y0, x1, y1 = pen.span(0.35)
    bar = 0.055 * canvas.weight
    for shape in _split(points((x0, y0), (x1, y0), (x1, y1), (x0, y1)), rng, 0.13):
        small = _shrink(shape, bar)
        if small is not None:
            role = int(rng.choice([GROUND, GROUND, GROUND, SECOND, ACCENT]))
            pen.fill(small, role, lift=0.0, flow=float(rng.uniform(0, np.pi)))
    design = pen.finish(bevel=0.03)
    raised = np.where(design.role == FIGURE, 0.9, design.height).astype(np.float32)
    return Design(role=design.role, line=design.line, height=raised, flow=design.flow)


def _crackle(canvas: Canvas) -> Design:
    """Crackle: shards in four tints, each with a paler heart, parted by broad white cracks."""
    pen = Pen(canvas, ground=GROUND)
    rng = canvas.rng
    for shape in _shards(_scatter(pen, rng, 0.5, 0.42)):
        role, heart = [(FIGURE, ACCENT), (SECOND, GROUND), (DARK, SECOND), (ACCENT, FIGURE)][int(rng.integers(4))]
        flow = float(rng.uniform(0, np.pi))
        small = _shrink(shape, 0.05 * canvas.weight)
        if small is not None:
            pen.fill(small, role, lift=0.7, flow=flow)
            middle = small.mean(axis=0)
            pen.fill((small - middle) * 0.5 + middle, heart, lift=0.9, flow=flow)
    return pen.finish(bevel=0.05)


tartan = variants(_tartan, _tattersall, _gingham, _madras)
cracked_ice = variants(_ice_plum, _ice_ray, _crackle)
