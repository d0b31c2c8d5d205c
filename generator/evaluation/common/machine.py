"""Machine facts: what the figures were measured on, and the limits of that machine: products and bytes a second."""

import importlib.metadata
import importlib.util
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from generator.evaluation.common.memory import installed

FLAGS = (
    "avx2",
    "fma",
    "f16c",
    "avx_vnni",
    "avx512f",
    "avx512bw",
    "avx512_vnni",
    "avx512_bf16",
    "avx512_fp16",
    "amx_int8",
    "amx_bf16",
    "asimd",
    "asimddp",
    "i8mm",
    "bf16",
    "sve",
)
LIBRARIES = ("numpy", "numba", "llvmlite", "faiss-cpu", "scikit-learn", "usearch", "torch", "matplotlib")
SETTINGS = ("OPENBLAS_", "OMP_", "MKL_", "NUMBA_", "GOMP_", "NVPL_")  # of the environment; they change what is measured
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100  # a second, in /proc/stat
SIDE = 4096  # of the matrices multiplied
LENGTH = 2**26  # float32 of an array read or copied: 256 MiB, well beyond caches
FIRST_ANSWER = (  # a process that compiles everything, and says how long its import and its first answers took
    "import time; begun = time.perf_counter(); import numpy as np; from generator.condtree import Tree, nearest_per_cell\n"
    "x = np.eye(64, dtype=np.float32); cell_of = np.arange(64, dtype=np.int32) % 4\n"
    "nearest_per_cell(x, cell_of, {k}, cells=4); Tree.build(x, cell_of).query(x[:1], {k}, [0, 1])\n"
    "print(time.perf_counter() - begun)"
)


def facts(threads: int) -> dict[str, Any]:
    """Return what a reader must know to judge the figures."""
    return {
        "date": time.strftime("%Y-%m-%d"),
        "processor": _cpuinfo("model name") or platform.processor(),
        "flags": sorted(set(_cpuinfo("flags").split() or _cpuinfo("Features").split()) & set(FLAGS)),
        "caches": _caches(),
        "processors": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gib": round(installed() / 2**30, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "libraries": {name: _version(name) for name in LIBRARIES},
        "environment": {name: os.environ[name] for name in sorted(os.environ) if name.startswith(SETTINGS)},
        "pools": pools(),
        "threads": threads,
    }


def pools() -> list[dict[str, Any]] | str:
    """Return the BLAS and OpenMP libraries loaded now, their kernels and threads."""
    if importlib.util.find_spec("threadpoolctl") is None:
        return "unknown: threadpoolctl is not installed"
    from threadpoolctl import threadpool_info

    kept = ("user_api", "internal_api", "prefix", "version", "architecture", "threading_layer", "num_threads")
    return [{name: pool[name] for name in kept if name in pool} for pool in threadpool_info()]


def limits(threads: int) -> dict[str, float]:
    """Return how fast this machine multiplies, reads and copies, as numpy does it; 10^9 a second."""
    square = np.random.default_rng(0).standard_normal((SIDE, SIDE), np.float32)
    product = _best(lambda: square @ square)
    long, other = np.ones(LENGTH, np.float32), np.zeros(LENGTH, np.float32)
    step = -(-LENGTH // threads)
    parts = [slice(first, first + step) for first in range(0, LENGTH, step)]
    with ThreadPoolExecutor(threads) as pool:
        read = _best(lambda: list(pool.map(lambda part: np.dot(long[part], long[part]), parts)))
        copy = _best(lambda: list(pool.map(lambda part: np.copyto(other[part], long[part]), parts)))
    return {
        "float32_gmac_per_s": round(SIDE**3 / product / 1e9, 1),
        "read_gb_per_s": round(long.nbytes / read / 1e9, 1),
        "copy_gb_per_s": round(2 * long.nbytes / copy / 1e9, 1),
    }


class Others:
    """How much of the machine other processes took since this was made; Linux says, elsewhere nothing is known."""

    def __init__(self) -> None:
        self.begun = time.perf_counter()
        self.before = _ticks()

    def share(self) -> float | None:
        """Return their share of all processors, 0 to 1."""
        after = _ticks()
        if self.before is None or after is None:
            return None
        everyone, ours = ((then - now) / TICKS for then, now in zip(after, self.before, strict=True))
        total = (time.perf_counter() - self.begun) * (os.cpu_count() or 1)
        return round(min(1.0, max(0.0, (everyone - ours) / max(total, 1e-9))), 3)


def compiling(k: int) -> dict[str, float] | str:
    """Return the seconds to the first answer of a process, with nothing compiled before and from numba's cache."""
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "NUMBA_CACHE_DIR": cache}
        command = [sys.executable, "-c", FIRST_ANSWER.format(k=k)]
        found = {}
        for name in ("cold_s", "cached_s"):
            ran = subprocess.run(
                command, env=environment, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=False
            )
            if ran.returncode:
                return f"failed: {(ran.stderr.strip().splitlines() or ['no message'])[-1]}"
            found[name] = round(float(ran.stdout), 2)
    return found


def _best(task: Callable[[], object]) -> float:
    """Return the least seconds of four runs after one that does not count."""
    task()
    seconds = []
    for _ in range(4):
        begun = time.perf_counter()
        task()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


def _ticks() -> tuple[int, int] | None:
    """Return the processor time of all processes and what a hypervisor took away, and that of this one, in ticks."""
    with suppress(OSError, ValueError):
        user, nice, system, _, _, irq, soft, steal = map(int, Path("/proc/stat").read_text().split()[1:9])
        return user + nice + system + irq + soft + steal, int(TICKS * sum(os.times()[:4]))
    return None


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def _cpuinfo(name: str) -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            key, _, value = line.partition(":")
            if key.strip() == name:
                return value.strip()
    return ""


def _caches() -> list[str]:
    """Return the sizes of the first processor's caches: "L2 1024K"."""
    found = []
    for index in sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        with suppress(OSError):
            level, kind, size = ((index / name).read_text().strip() for name in ("level", "type", "size"))
            found.append(f"L{level} {kind.lower()} {size}")
    return found
