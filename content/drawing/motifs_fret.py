"""Frets of straight lines: step fret, key lattice."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drawing.design import ACCENT, DARK, FIGURE, GROUND, SECOND, Canvas, Design
from drawing.geometry import points, rectangle, regular, shift, turn
from drawing.motifs_bands import Band
from drawing.motifs_pen import Pen, variants

HOOK = (  # the stepped fret: stairs that rise to a stem, and a hook that winds in
    "....########",
    "....#......#",
    "...##.####.#",
    "...##.#..#.#",
    "..###.#.##.#",
    "..###.#....#",
    ".####.######",
    ".####.......",
    "#####.......",
)


def _runs(rows: tuple[str, ...]) -> list[tuple[int, int, int]]:
    """Return the row, start and stop of every run of # signs."""
    found = []
    for y, row in enumerate(rows):
        marks = np.diff(np.concatenate([[0], np.array(list(row)) == "#", [0]]).astype(int))
        found += [
            (y, int(a), int(b)) for a, b in zip(np.flatnonzero(marks == 1), np.flatnonzero(marks == -1), strict=True)
        ]
    return found


def _hook(pen: Pen, at: NDArray[Any], step: float, role: ArrayLike, group: float, *, turned: bool = False) -> None:
    """Paint the stepped fret with the left top corner of its grid at each place, or upside down."""
    tall, wide = len(HOOK), len(HOOK[0])
    for y, a, b in _runs(HOOK):
        box = rectangle(a, y, b, y + 1)
        box = (wide, tall) - box if turned else box
        pen.fill(box * step, role, at=at, lift=0.9, group=group)


def _step_fret(canvas: Canvas) -> Design:
    """Mitla: one row of stepped frets to a register, all alike."""
    step = 1 / 13
    band = Band(canvas, 11 * step)
    at = band.places() - (6 * step, 4.5 * step)
    _hook(band.pen, at, step, FIGURE, 5.0)
    band.stripe(4.5 * step, 5.5 * step, FIGURE, 0.9, both=False)
    band.close(ACCENT)
    return band.pen.finish(bevel=0.05)


def _step_fret_pair(canvas: Canvas) -> Design:
    """Stairs fitted into stairs: each fret with its own image upside down in another color."""
    step = 1.5 / 21
    band = Band(canvas, 11 * step, ground=GROUND)
    at = band.places(1.5) - (10 * step, 4.5 * step)
    _hook(band.pen, at, step, SECOND, 5.0, turned=True)
    _hook(band.pen, shift(at, 8 * step, 0), step, FIGURE, 6.0)
    band.close(ACCENT)
    return band.pen.finish(bevel=0.05)


def _step_fret_field(canvas: Canvas) -> Design:
    """Andean field: fitted pairs over the whole cloth, each row shifted, on light and dark in turn."""
    step = 1.5 / 21
    pen = Pen(canvas)
    both = pen.indices((21 * step, 0), (7 * step, 10 * step), 2)
    at = both @ points((21 * step, 0), (7 * step, 10 * step))
    odd = both[:, 1] % 2
    cover = rectangle(-0.2 * step, -0.5 * step, 21.2 * step, 9.5 * step)
    pen.fill(cover, np.where(odd, DARK, GROUND), at=at, lift=0.1, group=1.0 + odd)
    _hook(pen, at, step, np.where(odd, ACCENT, SECOND), 5.0, turned=True)
    _hook(pen, shift(at, 8 * step, 0), step, np.where(odd, GROUND, FIGURE), 6.0)
    return pen.finish(bevel=0.04)


COIL = points((-0.5, 0), (4, 0), (4, 4), (0, 4), (0, 1), (3, 1), (3, 3), (1, 3), (1, 2), (2, 2))


def _coil(pen: Pen, at: NDArray[Any], step: float, width: float, role: ArrayLike, flips: tuple[int, int]) -> None:
    """Paint a square coil that enters at the upper left, mirrored by flips, about the middle of its square."""
    pen.ribbon((COIL - (2, 2)) * step * flips, width, role, at=at, lift=0.9, group=9.0)


def _thunder(canvas: Canvas) -> Design:
    """Thunder pattern: square coils joined in pairs, each row the mirror image of the last."""
    pen = Pen(canvas)
    step = 0.1
    width = step * min(0.5 * canvas.weight, 0.68)
    both = pen.indices((1, 0), (0, 0.5))
    at, odd = both * (1, 0.5), both[:, 1] % 2
    for flip, own in ((1, odd == 0), (-1, odd == 1)):
        for side in (1, -1):
            _coil(pen, at[own] + (side * 0.25, 0), step, width, FIGURE if flip == 1 else SECOND, (side, flip))
    for x in (0.0, 0.5):
        pen.fill(regular(4, 0.028), ACCENT, at=shift(at, x, 0.0), lift=0.6)
    return pen.finish(bevel=0.03)


def _window(canvas: Canvas) -> Design:
    """Chinese window lattice: frames within frames, stayed by short bars, upright and lying in turn."""
    pen = Pen(canvas)
    both = pen.indices((0.5, 0), (0, 0.5))
    at, odd = both * 0.5, both.sum(axis=1) % 2 == 1
    bar = 0.045 * canvas.weight
    pen.fill(rectangle(-0.25, -0.25, 0.25, 0.25), GROUND, at=at, lift=0.0, group=0)
    pen.fill(rectangle(-0.085, -0.085, 0.085, 0.085), SECOND, at=at[odd], lift=0.0)
    pen.fill(regular(4, 0.1), ACCENT, at=at[~odd], lift=0.5)
    for half in (0.25, 0.145):
        ring = rectangle(-half, -half, half, half)
        pen.ribbon(ring, bar, FIGURE, at=at, lift=0.9, group=9.0, closed=True)
    for k in range(4):
        own = at[odd] if k % 2 else at[~odd]
        for place in (-0.075, 0.075):
            pen.ribbon(
                turn(points((0.145, place), (0.25, place)), k * np.pi / 2), bar, FIGURE, at=own, lift=0.9, group=9.0
            )
    ring = rectangle(-0.075, -0.075, 0.075, 0.075)
    pen.ribbon(ring, bar * 0.8, FIGURE, at=at[odd], lift=0.9, group=9.0, closed=True)
    return pen.finish(bevel=0.03)


def _key_diaper(canvas: Canvas) -> Design:
    """A diaper of key-filled lozenges: paired coils within a net laid on the diagonal."""
    pen = Pen(canvas)
    step = 0.0745
    width = step * min(0.5 * canvas.weight, 0.68)
    a, b = np.array([0.5, 0.5]), np.array([0.5, -0.5])
    both = pen.indices(a, b)
    at, odd = both @ np.array([a, b]), both[:, 0] % 2
    pen.fill(regular(4, 0.5), DARK, at=at, lift=0.9)
    pen.fill(regular(4, 0.5 - 0.05 * canvas.weight), np.where(odd, GROUND, ACCENT), at=at, lift=0.1)
    coil = np.array([*(COIL[1:] - (2, 2))]) * 0.092
    start = points((-2, -2)) * 0.092
    pen.ribbon(
        turn(np.concatenate([start, coil]), np.pi / 4), width * 1.25, np.where(odd, FIGURE, SECOND), at=at, lift=0.8
    )
    return pen.finish(bevel=0.03)


def _tee_fret(canvas: Canvas) -> Design:
    """T fret: a line that runs in T-shaped battlements, each row fitted into the next."""
    pen = Pen(canvas)
    step = 1 / 8
    line = points((0, 0), (2, 0), (2, 2), (1, 2), (1, 4), (7, 4), (7, 2), (6, 2), (6, 0), (8, 0)) * step * (1, -1)
    width = step * min(0.62 * canvas.weight, 0.8)
    both = pen.indices((1, 0), (0.5, 5 * step), 1.5)
    at = both @ points((1, 0), (0.5, 5 * step))
    line[-1] += (0.01, 0)
    for odd, role in ((0, FIGURE), (1, SECOND)):
        own = at[both[:, 1] % 2 == odd]
        pen.ribbon(line, width, role, at=own, lift=0.9, group=4.0 + odd)
        pen.fill(rectangle(-0.085, -0.03, 0.085, 0.03), ACCENT, at=shift(own, 0.5, -2.7 * step), lift=0.5)
    return pen.finish(bevel=0.03)


step_fret = variants(_step_fret, _step_fret_pair, _step_fret_field)
key_lattice = variants(_thunder, _window, _key_diaper, _tee_fret)
