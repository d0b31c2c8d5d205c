"""SIMD dot products: rows of small integers, four rows at a time, as LLVM code put into kernels.

A compiler finds such loops by itself, but not how to add up the lanes of four rows together, nor how to turn four
rows' facts into vectors; both take longer than the products. Integer sums are the same on every processor.
"""

from collections.abc import Sequence
from typing import Any

from llvmlite import ir
from numba import types

from generator.condtree.jit import intrinsic
from generator.condtree.simd import I32, I64, LANES, NONE, WIDE, Code, add_pairs, load, repeat, store

STEP = 2 * LANES  # products of a step
F32 = ir.FloatType()
FOUR = ir.VectorType(F32, 4)


def _pick(builder: ir.IRBuilder, x: ir.Value, y: ir.Value, places: Sequence[int]) -> ir.Value:
    """Return the lanes of x, then y, at these places."""
    return builder.shuffle_vector(x, y, ir.Constant(ir.VectorType(I32, len(places)), list(places)))


def _fold(builder: ir.IRBuilder, x: ir.Value, y: ir.Value, group: int) -> ir.Value:
    """Return every other group of lanes of x, then y, plus the group after it."""
    even = [i for i in range(2 * LANES) if not i // group & 1]
    return builder.add(_pick(builder, x, y, even), _pick(builder, x, y, [i + group for i in even]))


def _sums(builder: ir.IRBuilder, a: ir.Value, b: ir.Value, c: ir.Value, d: ir.Value) -> ir.Value:
    """Return the sum of the lanes of each."""
    total = _fold(builder, _fold(builder, a, b, LANES // 2), _fold(builder, c, d, LANES // 2), LANES // 4)
    for count in (n for n in (16, 8) if n <= LANES):
        even, odd = (_pick(builder, total, total, range(side, count, 2)) for side in (0, 1))
        total = builder.add(even, odd)
    return total


def _products(builder: ir.IRBuilder, query: ir.Value, rows: Sequence[ir.Value], steps: ir.Value, bits: int) -> ir.Value:
    """Return the inner products of a query of int16 with four rows of integers of so many bits, given by address."""
    narrow, short = (ir.VectorType(ir.IntType(size), STEP) for size in (bits, 16))

    def add(step: ir.Value, totals: list[ir.Value]) -> list[ir.Value]:
        left = load(builder, builder.add(query, builder.mul(step, I64(STEP * 2))), WIDE)
        offset, new = builder.mul(step, I64(STEP * bits // 8)), []
        for total, row in zip(totals, rows, strict=True):
            right = load(builder, builder.add(row, offset), narrow)
            right = builder.sext(right, short) if bits < 16 else right
            new.append(add_pairs(builder, total, builder.bitcast(right, WIDE), left))
        return new

    return _sums(builder, *repeat(builder, I64(0), steps, [NONE] * len(rows), add))


def _term(builder: ir.IRBuilder, terms: ir.Value, place: int) -> ir.Value:
    """Return four times the float32 at a place of the terms."""
    value = load(builder, builder.add(terms, I64(4 * place)), F32)
    one = builder.insert_element(ir.Constant(FOUR, ir.Undefined), value, I32(0))
    return _pick(builder, one, one, [0] * 4)


@intrinsic
def project_4(typing_context: Any, query: int, row: int, size: int, steps: int, out: int) -> Code:
    """Write to out the int32 inner products of the query with the row and the three after it, each of size bytes.

    All are int16, steps * STEP of them; query, row and out are addresses.
    """

    def generate(context: Any, builder: ir.IRBuilder, signature: Any, arguments: Sequence[ir.Value]) -> ir.Value:
        query, row, size, steps, out = arguments
        rows = [builder.add(row, builder.mul(size, I64(i))) for i in range(4)]
        store(builder, _products(builder, query, rows, steps, 16), out)
        return context.get_dummy_value()

    return types.void(*[types.int64] * 5), generate


@intrinsic
def measure_4(
    typing_context: Any,
    query: int,
    a: int,
    b: int,
    c: int,
    d: int,
    steps: int,
    terms: int,
    sums: int,
    bounds: int,
) -> Code:
    """Add to four sums what the rows at a, b, c and d say of the query, and write four bounds. See tree_kernels.measure.

    Rows are coded points (quantization.py) of steps * STEP bytes, the query as many int16, 0 where the rows hold facts.
    terms are float32 unit, margin, tail and length of the query; sums and bounds are float32. All are addresses.
    """

    def generate(context: Any, builder: ir.IRBuilder, signature: Any, arguments: Sequence[ir.Value]) -> ir.Value:
        query, a, b, c, d, steps, terms, sums, bounds = arguments
        products = builder.sitofp(_products(builder, query, (a, b, c, d), steps, 8), FOUR)
        end = builder.sub(builder.mul(steps, I64(STEP)), I64(16))
        facts = [load(builder, builder.add(row, end), FOUR) for row in (a, b, c, d)]
        ab, cd = (_pick(builder, x, y, [0, 4, 1, 5]) for x, y in (facts[:2], facts[2:]))
        step, tail = _pick(builder, ab, cd, [0, 1, 4, 5]), _pick(builder, ab, cd, [2, 3, 6, 7])
        ab, cd = (_pick(builder, x, y, [2, 6, 3, 7]) for x, y in (facts[:2], facts[2:]))
        blur, half = _pick(builder, ab, cd, [0, 1, 4, 5]), _pick(builder, ab, cd, [2, 3, 6, 7])
        unit, margin, rest, length = (_term(builder, terms, i) for i in range(4))
        product = builder.fmul(builder.fmul(builder.fadd(products, margin), unit), step)
        total = builder.fadd(load(builder, sums, FOUR), product)
        store(builder, total, sums)
        slack = builder.fadd(builder.fmul(tail, rest), builder.fsub(builder.fmul(blur, length), half))
        store(builder, builder.fadd(total, slack), bounds)
        return context.get_dummy_value()

    return types.void(*[types.int64] * 9), generate
