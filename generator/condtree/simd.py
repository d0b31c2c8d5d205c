"""SIMD: loops over vector registers that a compiler does not find by itself, as LLVM code put into kernels.

Whole numbers are summed exactly, and floats in an order that is written here, so results are the same on every
processor; only the speed differs. Vectors of whole numbers are as wide as the machine's, and the product of pairs of
int16 is the machine's own where it has one:

    vpdpwssd   AVX-512 VNNI: 32 products and their sums a step
    vpmaddwd   AVX2: 16 products, then an addition
    otherwise  plain multiplications of widened integers, which any processor has
"""

from collections.abc import Callable, Sequence
from typing import Any

import llvmlite.binding as llvm
import numba
import numpy as np
from llvmlite import ir
from numba import types

from generator.condtree.jit import Int, intrinsic


def _features() -> set[str]:
    """Return what the processor can do, or what numba is told to assume of it (NUMBA_CPU_FEATURES)."""
    config: Any = numba.config  # its names are set when it is read
    if config.CPU_FEATURES is not None:
        return {word[1:] for word in config.CPU_FEATURES.split(",") if word.startswith("+")}
    features: dict[str, bool] = llvm.get_host_cpu_features()
    return {name for name, has in features.items() if has}


FEATURES = _features()
PAIRS = "vpdpwssd" if {"avx512vnni", "avx512bw"} <= FEATURES else "vpmaddwd" if "avx2" in FEATURES else "plain"
LANES = {"vpdpwssd": 16, "vpmaddwd": 8, "plain": 4}[PAIRS]
VECTORS = 3  # vectors side by side in a step
ROWS = 8 if PAIRS == "vpdpwssd" else 4  # rows in a step: ROWS * VECTORS sums and VECTORS operands stay in registers
PANEL = VECTORS * LANES  # points of a panel; a multiple of ROWS
EMPTY = -(2**31)  # the key of no candidate: below any coarse product

I32, I64 = ir.IntType(32), ir.IntType(64)
WIDE = ir.VectorType(I32, LANES)
NONE = ir.Constant(WIDE, [0] * LANES)
STRIPE = 16  # coordinates of a step of careful_inner, on every machine: its rounding errors are bounded by stripes
FLOATS, DOUBLES = ir.VectorType(ir.FloatType(), STRIPE), ir.VectorType(ir.DoubleType(), STRIPE)
ZEROS = ir.Constant(FLOATS, [0.0] * STRIPE)

Code = tuple[Any, Callable[..., Any]]  # of an intrinsic: its signature, and what generates its LLVM code


def _pointer(builder: ir.IRBuilder, address: ir.Value, kind: ir.Type) -> ir.Value:
    return builder.inttoptr(address, kind.as_pointer())


def load(builder: ir.IRBuilder, address: ir.Value, kind: ir.Type) -> ir.Value:
    """Return what is at an address, which need not be a multiple of its size."""
    value = builder.load(_pointer(builder, address, kind), typ=kind)
    value.align = 2 if kind == ir.IntType(16) else 4
    return value


def store(builder: ir.IRBuilder, value: ir.Value, address: ir.Value) -> None:
    """Put a value at an address, which need not be a multiple of its size."""
    builder.store(value, _pointer(builder, address, value.type)).align = 4


def repeat(
    builder: ir.IRBuilder,
    first: ir.Value,
    past: ir.Value,
    held: Sequence[ir.Value],
    body: Callable[[ir.Value, list[ir.Value]], list[ir.Value]],
) -> list[ir.Value]:
    """Return what body(step, held) makes of the held values, from step first to past - 1; first is always done."""
    before = builder.block
    loop, after = builder.append_basic_block("loop"), builder.append_basic_block("after")
    builder.branch(loop)
    builder.position_at_end(loop)
    step, carried = builder.phi(I64), [builder.phi(value.type) for value in held]
    new = body(step, carried)
    following = builder.add(step, I64(1))
    builder.cbranch(builder.icmp_signed("<", following, past), loop, after)
    for phi, start, next_ in zip([step, *carried], [first, *held], [following, *new], strict=True):
        phi.add_incoming(start, before)
        phi.add_incoming(next_, loop)
    builder.position_at_end(after)
    return new


def _extreme(builder: ir.IRBuilder, name: str, x: ir.Value, y: ir.Value) -> ir.Value:
    """Return the greater (smax) or the lesser (smin) of every lane."""
    call = builder.module.declare_intrinsic(f"llvm.{name}.v{LANES}i32", (), ir.FunctionType(WIDE, [WIDE] * 2))
    return builder.call(call, [x, y])


def _splat(builder: ir.IRBuilder, scalar: ir.Value, kind: ir.VectorType = WIDE) -> ir.Value:
    undefined = ir.Constant(kind, ir.Undefined)
    one = builder.insert_element(undefined, scalar, I32(0))
    return builder.shuffle_vector(one, undefined, ir.Constant(ir.VectorType(I32, kind.count), [0] * kind.count))


def add_pairs(builder: ir.IRBuilder, total: ir.Value, x: ir.Value, y: ir.Value) -> ir.Value:
    """Return total + low(x) * low(y) + high(x) * high(y), each lane of x and y two int16."""
    if PAIRS == "vpdpwssd":
        call = builder.module.declare_intrinsic("llvm.x86.avx512.vpdpwssd.512", (), ir.FunctionType(WIDE, [WIDE] * 3))
        return builder.call(call, [total, x, y])
    if PAIRS == "vpmaddwd":
        halves = ir.VectorType(ir.IntType(16), 2 * LANES)
        call = builder.module.declare_intrinsic("llvm.x86.avx2.pmadd.wd", (), ir.FunctionType(WIDE, [halves] * 2))
        return builder.add(total, builder.call(call, [builder.bitcast(x, halves), builder.bitcast(y, halves)]))
    sixteen = ir.Constant(WIDE, [16] * LANES)
    low = [builder.ashr(builder.shl(pair, sixteen), sixteen) for pair in (x, y)]
    high = [builder.ashr(pair, sixteen) for pair in (x, y)]
    for left, right in (low, high):
        total = builder.add(total, builder.mul(left, right))
    return total


@intrinsic
def multiply_panel(typing_context: Any, left: int, right: int, steps: int, out: int, stride: int) -> Code:
    """Write the products of ROWS points with PANEL points, int32, from out on, rows stride bytes apart.

    left and right are addresses in packed points (tile_kernels.pack): of the first pair of the first of the ROWS points, and
    of the first pair of a panel. steps is how many pairs of coordinates there are, at least one.
    """

    def generate(context: Any, builder: ir.IRBuilder, signature: Any, arguments: Sequence[ir.Value]) -> ir.Value:
        left, right, steps, out, stride = arguments

        def pairs(step: ir.Value, sums: list[ir.Value]) -> list[ir.Value]:
            offset = builder.mul(step, I64(4 * PANEL))
            x, y = builder.add(left, offset), builder.add(right, offset)
            columns = [load(builder, builder.add(y, I64(4 * LANES * v)), WIDE) for v in range(VECTORS)]
            new = []
            for row in range(ROWS):
                pair = _splat(builder, load(builder, builder.add(x, I64(4 * row)), I32))
                new += [add_pairs(builder, sums[row * VECTORS + v], pair, columns[v]) for v in range(VECTORS)]
            return new

        new = repeat(builder, I64(0), steps, [NONE] * (ROWS * VECTORS), pairs)
        for row in range(ROWS):
            start = builder.add(out, builder.mul(stride, I64(row)))
            for v in range(VECTORS):
                store(builder, new[row * VECTORS + v], builder.add(start, I64(4 * LANES * v)))
        return context.get_dummy_value()

    return types.void(types.int64, types.int64, types.int64, types.int64, types.int64), generate


@intrinsic
def transpose_block(typing_context: Any, source: int, source_stride: int, target: int, target_stride: int) -> Code:
    """Write LANES x LANES int32 transposed; addresses of the first, and bytes from row to row."""

    def generate(context: Any, builder: ir.IRBuilder, signature: Any, arguments: Sequence[ir.Value]) -> ir.Value:
        source, source_stride, target, target_stride = arguments
        rows = [load(builder, builder.add(source, builder.mul(source_stride, I64(i))), WIDE) for i in range(LANES)]
        step = 1
        while step < LANES:  # swap the off-diagonal blocks of size step
            for i in (i for i in range(LANES) if not i & step):
                x, y = rows[i], rows[i + step]
                upper = [j if not j & step else LANES + j - step for j in range(LANES)]
                lower = [j + step if not j & step else LANES + j for j in range(LANES)]
                rows[i] = builder.shuffle_vector(x, y, ir.Constant(WIDE, upper))
                rows[i + step] = builder.shuffle_vector(x, y, ir.Constant(WIDE, lower))
            step *= 2
        for i in range(LANES):
            store(builder, rows[i], builder.add(target, builder.mul(target_stride, I64(i))))
        return context.get_dummy_value()

    return types.void(types.int64, types.int64, types.int64, types.int64), generate


def _carefully(count: int) -> Callable[[int, int, int, int, int, np.float32], None]:
    """Return the code that multiplies one point with `count` others, so that each is loaded once for all."""

    @intrinsic
    def careful_inner(
        typing_context: Any, x: int, table: int, places: int, steps: int, sums: int, sigma: np.float32
    ) -> Code:
        """Write to sums, float64, the inner products of x with some rows of a table. See "Careful" in error_bounds.

        x and table are addresses of float32, steps * STRIPE a point; places is the address of count int16, the rows;
        sums that of count float64. There is at least one step.
        """

        def generate(context: Any, builder: ir.IRBuilder, signature: Any, arguments: Sequence[ir.Value]) -> ir.Value:
            x, table, places, steps, sums, sigma = arguments
            stride = builder.mul(steps, I64(4 * STRIPE))
            rows = [load(builder, builder.add(places, I64(2 * j)), ir.IntType(16)) for j in range(count)]
            rows = [builder.add(table, builder.mul(stride, builder.sext(row, I64))) for row in rows]
            fma = builder.module.declare_intrinsic(f"llvm.fma.v{STRIPE}f32", (), ir.FunctionType(FLOATS, [FLOATS] * 3))
            start = _splat(builder, sigma, FLOATS)

            def stripe(step: ir.Value, sums: list[ir.Value]) -> list[ir.Value]:
                offset = builder.mul(step, I64(4 * STRIPE))
                left, highs, lows = load(builder, builder.add(x, offset), FLOATS), [], []
                for row, high, low in zip(rows, sums[:count], sums[count:], strict=True):
                    right = load(builder, builder.add(row, offset), FLOATS)
                    highs.append(builder.call(fma, [left, right, high]))
                    taken = builder.fsub(high, highs[-1])
                    lows.append(builder.fadd(low, builder.call(fma, [left, right, taken])))
                return highs + lows

            new = repeat(builder, I64(0), steps, [start] * count + [ZEROS] * count, stripe)
            for j in range(count):
                parts = [builder.fpext(part, DOUBLES) for part in (builder.fsub(new[j], start), new[count + j])]
                store(builder, _sum(builder, builder.fadd(*parts)), builder.add(sums, I64(8 * j)))
            return context.get_dummy_value()

        return types.void(*[types.int64] * 5, types.float32), generate

    return careful_inner


careful_inner_1, careful_inner_4 = _carefully(1), _carefully(4)


def _sum(builder: ir.IRBuilder, vector: ir.Value) -> ir.Value:
    """Return the sum of the lanes, by halves."""
    width = vector.type.count
    while width > 1:
        width //= 2
        halves = [ir.Constant(ir.VectorType(I32, width), list(range(side, side + width))) for side in (0, width)]
        undefined = ir.Constant(vector.type, ir.Undefined)
        vector = builder.fadd(*[builder.shuffle_vector(vector, undefined, half) for half in halves])
    return builder.extract_element(vector, I32(0))


@intrinsic
def equal_lanes(typing_context: Any, address: int, value: np.int32) -> Code:
    """Return as bits which of LANES int32 are equal to a value."""

    def generate(context: Any, builder: ir.IRBuilder, signature: Any, arguments: Sequence[ir.Value]) -> ir.Value:
        address, value = arguments
        equal = builder.icmp_signed("==", load(builder, address, WIDE), _splat(builder, value))
        return builder.zext(builder.bitcast(equal, ir.IntType(LANES)), I64)

    return types.int64(types.int64, types.int32), generate


@intrinsic
def lowest_bit(typing_context: Any, bits: int) -> Code:
    """Return the place of the lowest bit that is set; there is one."""

    def generate(context: Any, builder: ir.IRBuilder, signature: Any, arguments: Sequence[ir.Value]) -> ir.Value:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.int64), generate


def _sorter(kept: int) -> Callable[[int, int, int, Int, Int, np.int32], None]:
    """Return the code that keeps the best `kept` keys of a span of rows, in as many registers."""

    @intrinsic
    def sort_span(
        typing_context: Any, keys: int, values: int, stride: int, first: Int, past: Int, low: np.int32
    ) -> Code:
        """Write to keys the LANES falling lists of the greatest keys of rows first .. past - 1, at least one row.

        keys is the address of kept rows of LANES int32, values that of row 0 of LANES int32, rows are stride bytes
        apart; a key is a value whose low bits are replaced by its row. Lists of fewer keys end in EMPTY.
        """

        def generate(context: Any, builder: ir.IRBuilder, signature: Any, arguments: Sequence[ir.Value]) -> ir.Value:
            keys, values, stride, first, past, low = arguments
            high = _splat(builder, builder.not_(low))

            def place(row: ir.Value, lists: list[ir.Value]) -> list[ir.Value]:
                key = builder.and_(load(builder, builder.add(values, builder.mul(stride, row)), WIDE), high)
                key = builder.or_(key, _splat(builder, builder.trunc(row, I32)))
                new = []
                for held in lists:
                    new.append(_extreme(builder, "smax", key, held))
                    key = _extreme(builder, "smin", key, held)
                return new

            new = repeat(builder, first, past, [ir.Constant(WIDE, [EMPTY] * LANES)] * kept, place)
            for j in range(kept):
                store(builder, new[j], builder.add(keys, I64(4 * LANES * j)))
            return context.get_dummy_value()

        return types.void(types.int64, types.int64, types.int64, types.int64, types.int64, types.int32), generate

    return sort_span


sort_span_8, sort_span_16, sort_span_32 = _sorter(8), _sorter(16), _sorter(32)
