"""Registers for motifs that run in bands; the meander and the wave scroll."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from drawing.design import ACCENT, DARK, FIGURE, GROUND, SECOND, Canvas, Design
from drawing.geometry import Points, bezier, circle, mirror, points, rectangle, regular, shift, turn
from drawing.motifs_pen import Pen, variants

RULE = 0.1  # height of the fillet above and below a band, in units


class Band:
    """A pen and the rows of the registers it fills."""

    def __init__(self, canvas: Canvas, tall: float, *, ground: int = GROUND, rule: float = RULE) -> None:
        """Lay out as many registers as fit, each holding a drawing tall units high between two fillets."""
        room = canvas.height / canvas.unit
        count = max(1, round(room / (tall + 2 * rule)))
        scale = min(room / count / (tall + 2 * rule), 1.22)
        self.pen = Pen(canvas, stretch=scale, ground=ground)
        self.tall, self.rule = tall, rule
        self.pitch = room / count / scale
        _, y0, _, y1 = self.pen.span(self.pitch)
        shift = 0.5 if count % 2 == 0 else 0.0
        first, last = int(np.floor(y0 / self.pitch)), int(np.ceil(y1 / self.pitch))
        self.rows = (np.arange(first, last + 1) + shift) * self.pitch  # y of the middle of each register

    def places(self, period: float = 1.0, shift: float = 0.0) -> NDArray[np.float64]:
        """Return (m, 2) the middles of the repeats of every register."""
        x0, _, x1, _ = self.pen.span(1.5 * period)
        x = np.arange(np.floor(x0 / period), np.ceil(x1 / period) + 1) * period + shift
        return np.stack(np.meshgrid(x, self.rows), axis=-1).reshape(-1, 2)

    def stripe(self, low: float, high: float, role: int, lift: float, *, both: bool = True) -> None:
        """Paint a stripe along every register, measured from its middle, and its mirror image."""
        x0, _, x1, _ = self.pen.span(1.0)
        at = np.stack([np.zeros_like(self.rows), self.rows], axis=1)
        for sign in (1, -1) if both else (1,):
            self.pen.fill(rectangle(x0, sign * low, x1, sign * high), role, at=at, lift=lift)

    def close(self, gutter: int = SECOND, fillet: int = DARK) -> None:
        """Cover whatever lies beyond the drawing with a fillet and the gutter between registers."""
        inner = self.tall / 2 + 0.15 * self.rule
        self.stripe(inner, self.pitch / 2, gutter, 0.5)
        self.stripe(inner, inner + 0.4 * self.rule, fillet, 0.7)


def _key_band(
    canvas: Canvas, path: Sequence[tuple[float, float]], steps: float, high: int, period: float
) -> tuple[Band, float]:
    """Paint a key given in steps of the grid, y upwards, once per period; return the band and the step."""
    step = period / steps
    width = step * min(0.5 * canvas.weight, 0.68)
    band = Band(canvas, high * step + step * 1.15)
    line = (np.array([*path, (path[0][0] + steps, 0)], float) - (steps / 2, high / 2)) * (step, -step)
    line[-1] += (width / 2, 0)  # fills the corner where the next one rises
    at = band.places(period)
    band.pen.ribbon(line, width, FIGURE, at=at, lift=0.9, group=7.0)
    return band, step


SIMPLE = ((0, 0), (0, 4), (3, 4), (3, 1), (2, 1), (2, 3), (1, 3), (1, 0))
DOUBLE = (
    (0, 0),
    (0, 6),
    (5, 6),
    (5, 1),
    (2, 1),
    (2, 4),
    (3, 4),
    (3, 2),
    (4, 2),
    (4, 5),
    (1, 5),
    (1, 0),
)


def _greek_key(canvas: Canvas) -> Design:
    """The plain running key of Greek vases."""
    band, _ = _key_band(canvas, SIMPLE, 4, 4, 1.0)
    band.close(ACCENT)
    return band.pen.finish(bevel=0.05)


def _stations(canvas: Canvas) -> Design:
    """Keys in turn with square stations that hold a saltire, as on red-figured cups."""
    band, step = _key_band(canvas, SIMPLE, 9, 4, 2.0)
    middle = shift(band.places(2.0, 1.5 * step), 0, -0.5 * step)
    half = 1.25 * step
    band.pen.fill(rectangle(-1, -1, 1, 1) * (half + 0.3 * step), DARK, at=middle, lift=0.8)
    band.pen.fill(rectangle(-1, -1, 1, 1) * half, ACCENT, at=middle, lift=0.3)
    for k in range(4):
        wedge = turn(points((0.22, 0), (1.1, -0.72), (1.1, 0.72)) * half * 0.82, k * np.pi / 2)
        band.pen.fill(wedge, SECOND if k % 2 else FIGURE, at=middle, lift=0.6, flow=k * np.pi / 2)
    band.pen.fill(regular(4, 0.22 * half), DARK, at=middle, lift=0.7)
    band.close(GROUND)
    return band.pen.finish(bevel=0.05)


def _spiral_key(canvas: Canvas) -> Design:
    """The long key that winds in twice and out again."""
    band, _ = _key_band(canvas, DOUBLE, 6, 6, 1.0)
    band.close(SECOND)
    return band.pen.finish(bevel=0.05)


def _labyrinth(canvas: Canvas) -> Design:
    """Keys over the whole field: rows on light and dark ground in turn, each the mirror image of the last."""
    step = 1 / 6
    band = Band(canvas, 7 * step, rule=0.0)
    pen = band.pen
    x0, _, x1, _ = pen.span(1.0)
    width = step * min(0.5 * canvas.weight, 0.68)
    line = (np.array([*DOUBLE, (6, 0)], float) - (3, 3)) * (step, -step)
    line[-1] += (width / 2, 0)
    for k, y in enumerate(band.rows):
        at = band.places()
        at = at[at[:, 1] == y]
        pen.fill(rectangle(x0, -band.pitch / 2, x1, band.pitch / 2), (GROUND, DARK)[k % 2], at=(0, y), lift=0.2)
        path = line if k % 2 == 0 else (line * (1, -1))
        pen.ribbon(path, width, (FIGURE, ACCENT)[k % 2], at=at, lift=0.9, group=3.0 + k)
    return pen.finish(bevel=0.05)


def _curl(turns: float = 1.3) -> tuple[Points, Points]:
    """Return the back and the breast of a wave whose crest curls round (0, 0), ending at x = -0.64 and 0.36."""
    start = np.pi * 1.08

    def reach(angle: NDArray[Any], thick: float) -> Points:
        t = (angle - start) / (2 * np.pi * turns)
        radius = 0.365 - 0.30 * t - thick * (1 - t)
        return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)

    stop = start + 2 * np.pi * turns
    back = reach(np.linspace(start, stop, 60), 0.0)
    inner = reach(np.linspace(stop, np.pi * 0.5, 66), 0.125)
    foot = bezier((-0.64, 0.40), (-0.44, 0.40), (-0.40, 0.16), back[0])
    chest = bezier(inner[-1], inner[-1] + (0.10, 0), (0.2, 0.40), (0.36, 0.40))
    return np.concatenate([foot[:-1], back]), np.concatenate([inner, chest[1:]])


def _wave(canvas: Canvas, *, crest: int, sky: int) -> tuple[Band, NDArray[Any]]:
    band = Band(canvas, 0.80, ground=sky)
    at = band.places()
    back, breast = _curl()
    body = np.concatenate([back, breast, points((0.36, 0.42), (-0.64, 0.42))])
    band.pen.fill(body, crest, at=at, lift=0.9, group=5.0)
    return band, at


def _running_dog(canvas: Canvas) -> Design:
    """The Vitruvian scroll: curling waves, figure and ground alike."""
    band, at = _wave(canvas, crest=FIGURE, sky=GROUND)
    band.pen.fill(circle(0.045), ACCENT, at=at, lift=1)
    band.close(SECOND)
    return band.pen.finish(bevel=0.09)


def _foaming(canvas: Canvas) -> Design:
    """Waves with an echoing line of foam and drops above, on dark water."""
    band = Band(canvas, 0.9, ground=GROUND)
    pen, at = band.pen, band.places()
    back, breast = _curl()
    body = np.concatenate([back, breast, points((0.36, 0.5), (-0.64, 0.5))])
    pen.fill(body, SECOND, at=at, lift=0.7, group=5.0)
    pen.ribbon(back, np.linspace(0.09, 0.03, len(back)) * canvas.weight, FIGURE, at=at, lift=1.0, group=6.0)
    pen.ribbon(points((-0.64, 0.445), (0.4, 0.445)), 0.04 * canvas.weight, ACCENT, at=at, lift=0.8, group=7.0)
    for x, y, r in ((0.5, -0.28, 0.055), (0.40, -0.36, 0.03), (0.6, -0.37, 0.03)):
        pen.fill(circle(r, (x, y)), ACCENT, at=at, lift=0.8)
    pen.fill(circle(0.05), ACCENT, at=at, lift=1)
    band.close(DARK, FIGURE)
    return pen.finish(bevel=0.09)


def _confronted(canvas: Canvas) -> Design:
    """Two rows of waves, one running against the other, a leaf in each trough."""
    band = Band(canvas, 1.68, ground=GROUND)
    pen, at = band.pen, band.places()
    back, breast = _curl()
    body = shift(np.concatenate([back, breast, points((0.36, 0.42), (-0.64, 0.42))]), 0.14, -0.42)
    pen.fill(body, FIGURE, at=at, lift=0.9, group=5.0)
    pen.fill(mirror(body) * (1, -1), SECOND, at=at, lift=0.9, group=6.0)
    for low, high, role in ((0.0, 0.075, DARK), (0.0, 0.04, ACCENT)):
        band.stripe(low, high * canvas.weight, role, 0.7)
    for sign in (1, -1):
        pen.fill(circle(0.05, (sign * 0.14, -sign * 0.42)), ACCENT, at=at, lift=1)
        pen.fill(circle(0.06, (sign * 0.62, -sign * 0.70)), DARK, at=at, lift=0.7)
    band.close(GROUND)
    return pen.finish(bevel=0.09)


meander = variants(_greek_key, _stations, _spiral_key, _labyrinth)
wave_scroll = variants(_running_dog, _foaming, _confronted)
