"""Exact nearest neighbors under a condition: points and integer labels, nothing else. Imports numpy and numba only.

Three ways to ask, one definition of the answer:

    Tree              one query under any set of labels, by best-first descent
    BruteForce        the same interface and the same answers, by looking at every allowed row
    nearest_per_cell  for every row, the nearest k of every label at once; merge() joins them to any wider condition

Every answer is ordered by score, and equal scores by the lower row. A score is a float64 sum over the
coordinates in their order, rounded once to float32: what a five-line brute force computes (tests/naive.py).
Everything quicker on the way carries a proof that it does not change an answer, so answers depend neither on
threads, nor on block sizes, nor on the BLAS or the machine.

**What a score is.** For float32 rows x, y the reference is a float64 sum over j = 0, 1, ... d - 1 in that order, of
x_j y_j (inner product; each product is exact in float64) or of (x_j - y_j)^2 (squared distance). The score is the
reference, or its square root, rounded to float32. Nothing is ever ranked by anything else. So scores that a float32
cannot tell apart are equal, and lists that are kept in float32 can be merged without a change of order.

**Lemma 1** (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed. 2002, section 3.1 and (3.5)). Whatever the
order of summation, with or without fused operations, a computed inner product p of x and y obeys
    |p - x.y| <= g(d) |x|.|y| <= g(d) ||x|| ||y||,   g(d) = d u / (1 - d u),
with u = 2^-24 in float32 and u = 2^-53 in float64. A computed sum of squares of differences is off by a *relative*
g(d + 2) at most, because all terms are positive. d is at most 2^16, so 1.01 d u is above g(d). Coordinates are at
most 2^50, so nothing overflows. Below the normal range a float32 step may lose or gain 2^-126 more, d 2^-125 in all;
float64 does not get there from float32 input.

**Rounding once** (inner, distance). A quick float64 sum v, in whatever order the compiler likes, differs from the
reference by at most e = 2 g(d) ||x|| ||y||; of squares, by e = 2 g(d + 2) v / (1 - g(d + 2)). Rounding to float32 is
monotone: if v - e and v + e round to the same float32, the reference between them rounds to it too. Otherwise (about
five pairs in a million) the reference itself is computed. So the quick sum never shows.

**Screen** (scan). The float32 sum of squares s obeys: squared distance >= (s - d 2^-125) / (1 + g(d + 2)). With t
the k-th best score so far, a row is passed over if this exceeds t (1 + 2^-23) + 2^-149, squared: its distance then
rounds to a float32 beyond t (rounding takes away at most 2^-24 of it, or 2^-150), so it could not even win a tie.

**Ball** (descend). For a point p of a node with center c and radius r >= ||p - c|| the triangle inequality gives
||x - p|| >= ||x - c|| - r. The distance to the center is taken down by its float64 error, r was rounded up when
built, and a node is passed over only if the bound exceeds t by more than a float32 rounding, as for the screen.
Nodes are opened in the order of their bounds: when one is beyond t, all that wait are.

**Labels** (descend). A node holds the set of its points' labels as bits; no bit in common with the condition, no visit.
"""

import generator.condtree.caching  # noqa: F401  first: it says how long machine code is kept
from generator.condtree.arrays import Merged, Neighbors, PerCell
from generator.condtree.brute import BruteForce
from generator.condtree.cells import merge, nearest_per_cell
from generator.condtree.products import Coarse
from generator.condtree.tree import Tree

__all__ = ["BruteForce", "Coarse", "Merged", "Neighbors", "PerCell", "Tree", "merge", "nearest_per_cell"]
