"""Benchmark cases, which questions are asked: a grid of sizes, or the study whose result is in docs/search.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from generator.evaluation.speed.records import FILTERS, QUERY, Case, Workload

SHARES = (1.0, 0.5, 0.1, 0.01, 0.001)
BATCHES = (1, 256)
ABOUT = 200  # cells
K = 10
SYNTHETIC = "synthetic"


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeGrid:
    """Sizes of which every combination is asked. None stands for as many as the file has."""

    n: Sequence[int | None]
    d: Sequence[int | None]
    cells: Sequence[int | None] = (ABOUT,)
    k: Sequence[int] = (K,)
    shares: Sequence[float] = SHARES  # of a query
    batches: Sequence[int] = BATCHES


def grid(source: str, workloads: Sequence[Workload], sizes: SizeGrid) -> list[Case]:
    """Return every combination of the sizes."""
    return [
        Case(
            workload=workload,
            source=source,
            n=size,
            d=dimensions,
            cells=count,
            k=near,
            shares=tuple(sizes.shares) if workload == QUERY else (1.0,),
            batches=tuple(sizes.batches) if workload == QUERY else (0,),
        )
        for workload, dimensions, count, near, size in product(workloads, sizes.d, sizes.cells, sizes.k, sizes.n)
    ]


def full(features: str | None, workloads: Sequence[Workload]) -> list[Case]:
    """Return the study: the sizes that matter, then growth with each of them; features are a file's, if there is one."""
    cases = [*_main(features), *_growth()]
    seen = dict.fromkeys(case for case in cases if case.workload in workloads)
    return list(seen)


def _main(features: str | None) -> list[Case]:
    """Return both questions at the sizes that are quoted."""
    source, d = (features, None) if features else (SYNTHETIC, 1280)
    sizes: list[int | None] = [20_000, None] if features else [20_000, 34_208]
    cells = [ABOUT, None] if features else [ABOUT, 500]
    return [
        *grid(source, [FILTERS], SizeGrid(n=sizes, d=[d], cells=cells)),
        *grid(SYNTHETIC, [FILTERS], SizeGrid(n=[50_000], d=[512])),
        *grid(source, [QUERY], SizeGrid(n=[sizes[-1]], d=[d], cells=[cells[-1]])),
    ]


def _growth() -> list[Case]:
    """Return one size after the other varied, on synthetic vectors."""
    rows = [1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000]
    dimensions = [192, 384, 512, 768, 1280, 2048]
    filters = (
        SizeGrid(n=rows, d=[512]),
        SizeGrid(n=[20_000], d=[512], cells=[20, 50, 100, ABOUT, 400, 600]),
        SizeGrid(n=[20_000], d=dimensions),
        SizeGrid(n=[20_000], d=[512], k=[1, 5, K]),
    )
    queries = (
        SizeGrid(n=[20_000], d=dimensions, shares=(1.0, 0.1), batches=(1,)),
        SizeGrid(n=[1_000, 5_000, 20_000, 50_000, 100_000, 200_000], d=[512], shares=(1.0, 0.1), batches=(1,)),
    )
    return [
        *(case for sizes in filters for case in grid(SYNTHETIC, [FILTERS], sizes)),
        *(case for sizes in queries for case in grid(SYNTHETIC, [QUERY], sizes)),
    ]
