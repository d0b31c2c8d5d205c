"""Which questions are asked: a grid of sizes, or the study whose result is in docs/search.md."""

from collections.abc import Sequence
from itertools import product

from generator.evaluation.speed.records import FILTERS, QUERY, Case, Workload

SHARES = (1.0, 0.5, 0.1, 0.01, 0.001)
BATCHES = (1, 256)
ABOUT = 200  # cells
K = 10
SYNTHETIC = "synthetic"


def grid(
    source: str,
    *,
    workloads: Sequence[Workload],
    n: Sequence[int | None],
    d: Sequence[int | None],
    cells: Sequence[int | None],
    k: Sequence[int],
    shares: Sequence[float],
    batches: Sequence[int],
) -> list[Case]:
    """Return every combination of the sizes."""
    return [
        Case(
            workload=workload,
            source=source,
            n=size,
            d=dimensions,
            cells=count,
            k=near,
            shares=tuple(shares) if workload == QUERY else (1.0,),
            batches=tuple(batches) if workload == QUERY else (0,),
        )
        for workload, dimensions, count, near, size in product(workloads, d, cells, k, n)
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
        *_filters(source, sizes, [d], cells),
        *_filters(SYNTHETIC, [50_000], [512], [ABOUT]),
        *grid(
            source, workloads=[QUERY], n=[sizes[-1]], d=[d], cells=[cells[-1]], k=[K], shares=SHARES, batches=BATCHES
        ),
    ]


def _growth() -> list[Case]:
    """Return one size after the other varied, on synthetic vectors."""
    return [
        *_filters(SYNTHETIC, [1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000], [512], [ABOUT]),
        *_filters(SYNTHETIC, [20_000], [512], [20, 50, 100, ABOUT, 400, 600]),
        *_filters(SYNTHETIC, [20_000], [192, 384, 512, 768, 1280, 2048], [ABOUT]),
        *_filters(SYNTHETIC, [20_000], [512], [ABOUT], [1, 5, K]),
        *grid(
            SYNTHETIC,
            workloads=[QUERY],
            n=[20_000],
            d=[192, 384, 512, 768, 1280, 2048],
            cells=[ABOUT],
            k=[K],
            shares=(1.0, 0.1),
            batches=(1,),
        ),
        *grid(
            SYNTHETIC,
            workloads=[QUERY],
            n=[1_000, 5_000, 20_000, 50_000, 100_000, 200_000],
            d=[512],
            cells=[ABOUT],
            k=[K],
            shares=(1.0, 0.1),
            batches=(1,),
        ),
    ]


def _filters(
    source: str, n: Sequence[int | None], d: Sequence[int | None], cells: Sequence[int | None], k: Sequence[int] = (K,)
) -> list[Case]:
    return grid(source, workloads=[FILTERS], n=n, d=d, cells=cells, k=k, shares=(), batches=())
