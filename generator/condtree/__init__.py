"""Exact nearest neighbors under a condition: a library of points and integer labels that needs numpy and numba alone.

Every point has a label, a condition allows some labels, and a query is answered with the nearest allowed points: those
that a plain loop in float64 finds. Three ways to ask, one definition of the answer:

    Tree              one query under any set of labels, by descent from bytes to coordinates
    BruteForce        the same interface and the same answers, by looking at every allowed row
    nearest_per_cell  for every row, the nearest k of every label at once; merge() joins them to any wider condition

Where to read on:

    arrays            the arrays, what may enter the library, the records that leave it
    labels, batching  conditions; many queries shared among threads
    tree              Tree and BruteForce: quantization (the proofs), tree_kernels, scan_kernels
    per_cell          nearest_per_cell and its proof: error_bounds (how far products may be trusted), tile_kernels
    kernels           what all loops share: scores, keys, heaps
    simd, simd_dot    loops over vector registers, as LLVM code
    jit, numba_cache  how kernels are compiled and how long their machine code is kept          [numba, llvmlite]

Every answer is ordered by score, and equal scores by the lower row. A score is a float64 sum over the
coordinates in their order, rounded once to float32: what a five-line brute force computes (tests/support/naive.py).
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

**Screen** (scan). The float32 sum of squares s obeys: squared distance >= (s - d 2^-125) / (1 + g(d + 2)), and
<= (s + d 2^-125) (1 + 4 g(d + 2)) with 2 g to spare. From the k + 1 least s (one may be excluded), and then from the
scores, comes a distance t that k scores do not exceed. A row is passed over if its lower bound exceeds t (1 + 2^-23) +
2^-149, squared: its distance then rounds to a float32 beyond t (rounding takes away at most 2^-24 of it, or 2^-150), so
it could not even win a tie.

**Cut** (descend). The tree bounds the *nearness* b(x) = x.q - ||x||^2 / 2 of coded points from above (quantization.py
proves it), and ||x - q||^2 = ||q||^2 - 2 b(x). With R the squared distance that a row of a list must not exceed, as
for the screen, a point is passed over if its bound is below the cut (||q||^2 - R) / 2. Both terms are taken by 2^-22
to the safe side, more than their roundings to float32; 2^-100 is for what underflows. A list takes a row once, so the
order in which points are looked at, and which of them are looked at first, does not show.
"""

from generator.condtree.arrays import Merged, Neighbors, PerCell
from generator.condtree.error_bounds import Coarse
from generator.condtree.per_cell import merge, nearest_per_cell
from generator.condtree.tree import BruteForce, Tree

__all__ = ["BruteForce", "Coarse", "Merged", "Neighbors", "PerCell", "Tree", "merge", "nearest_per_cell"]
