"""A run of the speed study, from what was asked on the command line to the report: plan, measure, write."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.core.model import Progress
from generator.evaluation.common import machine
from generator.evaluation.speed import cases, plots, report, study
from generator.evaluation.speed.datasets import Dataset, FeatureFile, SyntheticDataset
from generator.evaluation.speed.peers.engine import limited_threads
from generator.evaluation.speed.records import FILTERS, QUERY, Budget, Case, Measurement, Workload

Sizes = tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchRequest:
    """What to measure. Empty sizes are chosen here; None among sizes stands for as many as there are."""

    features: Path | None = None
    labels: Path | None = None
    facets: tuple[str, ...] = ()
    n: Sizes = ()
    d: Sizes = ()
    cells: Sizes = ()
    k: tuple[int, ...] = (cases.K,)
    shares: tuple[float, ...] = cases.SHARES
    batches: tuple[int, ...] = cases.BATCHES
    only: Workload | None = None
    full: bool = False
    engines: tuple[str, ...] = ()
    budget: Budget = field(default_factory=lambda: Budget(seconds=60, repeat=3, threads=1, seed=0))
    to: Path = Path("bench")
    resume: bool = False
    command: str = ""


def bench(
    request: BenchRequest, progress: Progress, tell: Callable[[Sequence[Measurement]], None]
) -> list[Measurement]:
    """Run the study and write its report; a study that is stopped leaves a report of what it had measured."""
    asked = study.Study(
        cases=planned(request),
        sources=sources(request),
        engines=study.chosen(request.engines),
        budget=request.budget,
        to=request.to,
        resume=request.resume,
    )
    found: list[Measurement] = []

    def collect(measurements: Sequence[Measurement]) -> None:
        found.extend(measurements)
        tell(measurements)

    try:
        study.run(asked, progress, collect)
    finally:
        if found:
            report.write(request.to, found, told(request), plots.drawn(found))
    return found


def planned(request: BenchRequest) -> list[Case]:
    """Return the questions, in order."""
    workloads: list[Workload] = [request.only] if request.only else [FILTERS, QUERY]
    name = source_name(request)
    if request.full:
        return cases.full(name if request.features else None, workloads)
    given = request.features is not None
    sizes = cases.SizeGrid(
        n=request.n or (None if given else 10_000,),
        d=request.d or (None if given else 512,),
        cells=request.cells or (None if given else cases.ABOUT,),
        k=request.k,
        shares=request.shares,
        batches=request.batches,
    )
    return cases.grid(name, workloads, sizes)


def source_name(request: BenchRequest) -> str:
    return request.features.stem if request.features else cases.SYNTHETIC


def sources(request: BenchRequest) -> dict[str, Dataset]:
    """Return where vectors come from, by name: always the seed, and the files if there are any."""
    seed = request.budget.seed
    found: dict[str, Dataset] = {cases.SYNTHETIC: SyntheticDataset(seed=seed)}
    if request.features and request.labels:
        files = FeatureFile(features=request.features, labels=request.labels, facets=request.facets, seed=seed)
        found[files.name] = files
    return found


def told(request: BenchRequest) -> dict[str, Any]:
    """Return what the report says of the machine and of this run."""
    budget = request.budget
    with limited_threads(budget.threads):
        limits = machine.limits(budget.threads)
        facts = machine.facts(budget.threads)
    run = {"command": request.command, "seed": budget.seed, "repeat": budget.repeat, "seconds": budget.seconds}
    compiling = {"compiling": machine.compiling(max(request.k))} if request.full else {}
    return {**run, **facts, "limits": limits, **compiling}
