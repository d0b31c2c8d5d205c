"""Just-in-time compilation of kernels by numba, with the types of the Python that they are made from.

To a type checker numba's own decorators turn a function into anything. Those of this module say what is true: a kernel
is called with what its Python says, and an intrinsic with what its function takes after the typing context.
"""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import numba
import numpy as np
from numba.extending import intrinsic as numba_intrinsic

from generator.condtree.numba_cache import keep_until_a_source_changes

keep_until_a_source_changes()  # before the first kernel is decorated

FASTMATH = {"reassoc", "nsz", "arcp", "contract"}  # keeps inf and NaN meaningful, which True does not

# A number in a kernel: to numba all are machine numbers, in Python an item of an array has a type of numpy's.
Int = int | np.integer[Any]
Real = float | np.floating[Any]

Parameters = ParamSpec("Parameters")
Function = TypeVar("Function", bound=Callable[..., Any])

_njit: Callable[..., Any] = numba.njit  # numba does not annotate its decorators


def kernel(function: Function) -> Function:
    """Return a function compiled at its first call, which lets other threads run meanwhile."""
    return cast(Function, _njit(cache=True, nogil=True)(function))


def reordered(function: Function) -> Function:
    """Return a kernel whose float sums may be taken in any order, so that they fit vector registers."""
    return cast(Function, _njit(cache=True, nogil=True, fastmath=FASTMATH)(function))


def intrinsic(
    function: Callable[Concatenate[Any, Parameters], tuple[Any, Callable[..., Any]]],
) -> Callable[Parameters, Any]:
    """Return what kernels call to get the LLVM code that a function of the typing context and types generates.

    The function returns a signature and a generator of code; it is annotated with the values that kernels hand over.
    """
    decorate: Callable[..., Any] = numba_intrinsic
    return cast(Callable[Parameters, Any], decorate(function))
