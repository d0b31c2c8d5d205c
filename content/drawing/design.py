"""What a motif hands to a material: a drawing without substance, as arrays.

A motif (motifs*.py) fills a Design for a Canvas; a material (materials*.py) renders a Design in a
palette. Neither knows the other.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

GROUND, FIGURE, SECOND, ACCENT, DARK = range(5)  # the roles a palette gives colors to


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """The field a motif fills: its size and how the repeat lies in it."""

    height: int  # pixels
    width: int
    unit: float  # pixels per repeat (one tile, one scroll, one knot)
    angle: float = 0.0  # radians, by which the lattice is turned
    origin: tuple[float, float] = (0.0, 0.0)  # (y, x) shift of the lattice in pixels
    variant: int = 0  # which of the motif's drawings; a motif takes it modulo the variants it has
    weight: float = 1.0  # 0.6 thin to 1.5 bold: line and strap width
    rng: np.random.Generator  # for irregularities of the hand and for free motifs


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """A motif drawn on a canvas of h x w pixels."""

    role: NDArray[np.uint8]  # (h, w) GROUND ... DARK, which color lies here
    line: NDArray[np.float32]  # (h, w) 0 ... 1 cover of contour lines: outlines, lead, joints
    height: NDArray[np.float32]  # (h, w) 0 ground ... 1 highest, smooth: what a carver would leave standing
    flow: NDArray[np.float32]  # (h, w) radians: the direction in which strands, threads or chisel run


Motif = Callable[[Canvas], Design]
