"""Error bounds of inner products: of coarse ones, quickly for all pairs, and of careful ones for the pairs that matter.

Both are wrong by at most what is computed here, which is all that the rest of the package may assume of them.
The reference, the score and Lemma 1 are those of the package's docstring; u = 2^-24.

**Coarse.** Let q = the integers nearest to x s for one scale s of all points, and r no less than any ||x s - q||. Then
    |s^2 x.y - q.q'| = |(x s - q).(y s) + q.(y s - q')| <= r N + (N + r) r = r (2 N + r),   N = s max ||x||
by Cauchy-Schwarz. s is chosen so that every ||q|| <= s ||x|| + sqrt(d) / 2 <= LENGTH: sums of products over any subset
of the coordinates are at most LENGTH^2 < 2^31, so int32 holds them, and being whole numbers they are exact in any order.
For d = 1,280 and points of length 1 the error is about 4e-4 of the longest product. A score differs from x.y by its one
rounding, at most u N^2 / s^2 or 2^-150, and by the float64 error of the reference, which u's share of 1 % covers.
Other ways to multiply (a GPU in float32) obey the same Limits, by Lemma 1.

**Careful** (simd.careful_inner). The sum of a stripe, every STRIPE-th coordinate, starts at sigma = 1.5 * 2^m. A step
computes h' = fl(h + x_j y_j) with one fused rounding, and keeps what it lost: l = fl(x_j y_j - (h' - h)). This is the
extraction of Rump, Ogita and Oishi (Accurate floating-point summation I, SIAM J. Sci. Comput. 31 (2008), section 3):
m is chosen so that the sums of products of any part of any stripe are below 2^(m-1), by Cauchy-Schwarz, so all h lie in
[2^m, 2^(m+1)), are multiples of w = 2^(m-23), and h' - h is exact. The true l is at most w / 2, and is rounded by at
most u w / 2. The l are summed in float32: after i steps the sum is at most i w / 2 (1 + i u), so adding loses at most
u i w / 2 (1 + i u) each time. Over t = ceil(d / STRIPE) steps of STRIPE stripes that is, with 1 % for (1 + i u),
    STRIPE * 1.01 * u (w / 2) (t + t (t + 1) / 2)
and at the bottom of the range 2^-149 more at each of 2 t roundings. What remains, the sum of 2 STRIPE float32, is
done in float64; that, and how far the reference is from x.y, is a few d 2^-53 more. For points of length 1 and
d = 1,280 the whole error is about 2e-10, so that about one pair in a hundred is not rounded to a float32 for certain
("Rounding once"); for these the plain float64 sum is taken.
"""

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from generator.condtree.arrays import Care, Limits
from generator.condtree.kernels import U32, U64
from generator.condtree.simd import PANEL, STRIPE
from generator.condtree.tile_kernels import multiply, pack, reach

LENGTH = 46340.0  # most length of a point in integers: its square is below 2^31


class Extent(NamedTuple):
    """How large a set of points is; upper bounds."""

    norm: float  # of any point
    stripe: float  # of every STRIPE-th coordinate of any point, squared
    greatest: float  # of any coordinate


class Coarse(Protocol):
    """Who multiplies blocks of points."""

    def prepare(self, points: NDArray[np.float32], blocks: list[NDArray[np.int32]], scale: float) -> float:
        """Take the points of the blocks of rows; return r no less than |coarse - scale^2 x.y| of any two."""

    def fill(self, first: int, second: int, coarse: NDArray[np.int32]) -> None:
        """Write the products of two blocks, by their numbers; coarse has PANEL-fold sides, what is beyond is free."""


class Integers:
    """Coarse products of points rounded to int16, on this processor. See "Coarse"."""

    def prepare(self, points: NDArray[np.float32], blocks: list[NDArray[np.int32]], scale: float) -> float:
        """Return the error of the products of the points of some blocks of rows."""
        self.start = np.concatenate([[0], np.cumsum([-(-len(rows) // PANEL) for rows in blocks])]).astype(int)
        self.panels = np.zeros((self.start[-1], (points.shape[1] + 1) // 2, PANEL), np.int32)
        left = [
            pack(points, rows, scale, self.panels, PANEL * at) for rows, at in zip(blocks, self.start, strict=False)
        ]
        rest = np.sqrt(max(left, default=0.0)) * (1.0 + (points.shape[1] + 8) * U64)
        return float(rest * (2.0 * LENGTH + rest))

    def fill(self, first: int, second: int, coarse: NDArray[np.int32]) -> None:
        """Write the products of two blocks."""
        multiply(self.panels, self.start[first], self.start[second], coarse)


def extent_of(points: NDArray[np.float32]) -> Extent:
    """Return how large some points are."""
    square, stripe, greatest = reach(points)
    return Extent(float(np.sqrt(square) * (1.0 + 4.0 * U64)), stripe, greatest)


def scale_of(extent: Extent, d: int) -> float:
    """Return the factor that makes points as long as int16 coordinates and int32 products allow."""
    if not extent.norm:
        return 1.0
    return float(min((LENGTH - 0.5 * np.sqrt(d)) / extent.norm, 32767.0 / extent.greatest))


def limits_of(error: float, scale: float, extent: Extent, longest: int) -> Limits:
    """Return how far products with this error are from scores; blocks have at most `longest` points."""
    rounding = 1.01 * U32 * (scale * extent.norm) ** 2 + scale * scale * 2.0**-149 + 2.0
    return Limits(np.int32((1 << longest.bit_length()) - 1), error + rounding, scale * scale)


def care_of(extent: Extent, d: int) -> Care:
    """Return where careful sums start and how far off they are. See "Careful"."""
    power = np.ceil(np.log2(1.01 * extent.stripe + 2.0**-100)) + 1.0
    steps, width = -(-d // STRIPE), 2.0 ** (power - 23.0)
    lost = 1.01 * U32 * 0.5 * width * (steps + 0.5 * steps * (steps + 1)) + steps * 2.0**-148
    return Care(
        np.float32(1.5 * 2.0**power), float(STRIPE * lost + (2.0 * d + 64.0) * U64 * extent.norm**2), extent.norm**2
    )
