"""The speed study: every question asked of every engine, and kept line by line, so that it may be resumed."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from generator.core.errors import StudyError
from generator.core.files import replacing_text
from generator.core.model import Progress
from generator.evaluation.common.machine import Others
from generator.evaluation.common.memory import available
from generator.evaluation.speed import all_filters, single_query
from generator.evaluation.speed.datasets import Dataset, Sample
from generator.evaluation.speed.peers import ENGINES
from generator.evaluation.speed.peers.engine import Engine, limited_threads
from generator.evaluation.speed.records import FILTERS, Budget, Case, Measurement

KEPT = "measurements.jsonl"
INSTALL = "not installed; pip install -c constraints.txt -e '.[bench]'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What is asked, of whom, on which vectors, and where what was measured is kept."""

    cases: Sequence[Case]
    sources: Mapping[str, Dataset]
    engines: Sequence[Engine]
    budget: Budget
    to: Path
    resume: bool


def chosen(names: Sequence[str]) -> tuple[Engine, ...]:
    """Return the named engines, or all; ours is always among them, for the others are checked against it."""
    known = {engine.name: engine for engine in ENGINES}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise StudyError(f"unknown library {', '.join(unknown)}; choose from {', '.join(known)}")
    return tuple(engine for engine in ENGINES if not names or engine.reference or engine.name in names)


def run(study: Study, progress: Progress, tell: Callable[[Sequence[Measurement]], None]) -> None:
    """Ask all questions and tell what was measured, question by question; kept measurements are told as they are."""
    shapes = [study.sources[case.source].shape(case.n, case.d, case.cells) for case in study.cases]
    study.to.mkdir(parents=True, exist_ok=True)
    kept = read(study.to / KEPT) if study.resume else []
    _rewrite(study.to / KEPT, kept)
    drawn: tuple[object, Sample | None] = (None, None)
    with limited_threads(study.budget.threads):
        for case, (n, d) in zip(study.cases, shapes, strict=True):
            blanks = unmeasured(case, n, d, study.budget)
            engines = able(study.engines, case)
            wanted = {(blank.question, engine.name) for blank in blanks for engine in engines}
            reused = [one for one in kept if (one.question, one.engine) in wanted]
            if len(reused) == len(wanted):
                tell(reused)
                continue
            sizes = (case.source, n, d, case.cells)
            if drawn[0] != sizes:
                drawn = (None, None)  # let go of one sample before the next is drawn
                drawn = (sizes, draw(study.sources[case.source], case, n, d))
            others = Others()
            fresh = measure(case, drawn[1], blanks, engines, study.budget, progress)
            fresh = [replace(one, others=others.share()) for one in fresh]
            _append(study.to / KEPT, fresh)
            tell(fresh)


def able(engines: Sequence[Engine], case: Case) -> tuple[Engine, ...]:
    """Return the engines that know how to answer the question; whether they are installed is another matter."""
    return tuple(engine for engine in engines if (engine.filters if case.workload == FILTERS else engine.query))


def unmeasured(case: Case, n: int, d: int, budget: Budget) -> list[Measurement]:
    """Return what is asked: a record without figures for each condition and batch."""
    blank = Measurement(
        workload=case.workload,
        source=case.source,
        n=n,
        d=d,
        asked=case.cells or 0,
        cells=case.cells or 0,
        k=case.k,
        share=1.0,
        allowed=n,
        batch=0,
        engine="",
        threads=budget.threads,
        seed=budget.seed,
    )
    return [replace(blank, share=share, batch=batch) for batch in case.batches for share in case.shares]


def draw(source: Dataset, case: Case, n: int, d: int) -> Sample | None:
    """Return the sample, or nothing if memory does not suffice for it."""
    free = available()
    return None if free is not None and n * d * 4 > free else source.sample(case.n, case.d, case.cells)


def measure(
    case: Case,
    sample: Sample | None,
    blanks: Sequence[Measurement],
    engines: Sequence[Engine],
    budget: Budget,
    progress: Progress,
) -> list[Measurement]:
    """Return a measurement for every blank and engine; those that cannot be measured say why."""
    absent = [engine for engine in engines if not engine.installed]
    present = [engine for engine in engines if engine.installed]
    if sample is None:
        return [replace(b, engine=e.name, note="the vectors do not fit into memory") for b in blanks for e in engines]
    blanks = [replace(blank, cells=sample.cells) for blank in blanks]
    missing = [replace(blank, engine=engine.name, note=INSTALL) for blank in blanks for engine in absent]
    if case.workload == FILTERS:
        with progress.stage(str(case), len(present) * (1 + budget.repeat)) as step:
            return all_filters.measure(sample, blanks[0], present, budget, step) + missing
    with progress.stage(str(case), len(blanks) * (len(present) + 1)) as step:
        return single_query.measure(sample, blanks, present, budget, step) + missing


def read(path: Path) -> list[Measurement]:
    """Return what was kept; a line that a killed study did not finish, or one of another version, is left out."""
    found = []
    with suppress(FileNotFoundError):
        for line in path.read_text(encoding="utf-8").splitlines():
            with suppress(ValueError, TypeError):
                found.append(Measurement(**json.loads(line)))
    return found


def _lines(measurements: Iterable[Measurement]) -> str:
    return "".join(json.dumps(asdict(one), allow_nan=False) + "\n" for one in measurements)


def _append(path: Path, measurements: Iterable[Measurement]) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(_lines(measurements))


def _rewrite(path: Path, measurements: Iterable[Measurement]) -> None:
    """Begin the file anew, with whole lines only."""
    with replacing_text(path) as file:
        file.write(_lines(measurements))
