"""Records of the speed study: one a question that is asked, one an engine's answer that was measured.

The command line reads them before it knows what is asked, so no engine is imported here (engine_run.py does).
"""

from dataclasses import dataclass
from typing import Final, Literal

FILTERS: Final = "filters"
QUERY: Final = "query"
PAGES = "pages"  # no question to an engine: how fast a site's pages are written (page_rendering.py)
REFERENCE, SAME = "reference", "same"  # answers; anything else says how an answer differs, nothing: not compared
MIB = 2**20
Workload = Literal["filters", "query"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question, asked of every engine. None stands for as many as the file has."""

    workload: Workload
    source: str  # name of a Dataset
    n: int | None
    d: int | None
    cells: int | None
    k: int
    shares: tuple[float, ...] = (1.0,)  # query: how much of the rows the condition lets through
    batches: tuple[int, ...] = (1,)  # query: vectors asked at once

    def __str__(self) -> str:
        n = "all rows" if self.n is None else f"n={self.n:,}"
        d = "" if self.d is None else f" d={self.d:,}"
        cells = "its own cells" if self.cells is None else f"{self.cells} cells"
        return f"{self.workload}: {self.source} {n}{d}, {cells}, k={self.k}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How long to measure, and with what."""

    seconds: float  # an engine that would take longer for one size is left out there
    repeat: int  # runs of which the median is taken
    threads: int
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """How one engine answered one question. Times are seconds: of the whole pass, or of one query."""

    workload: Workload
    source: str
    n: int
    d: int
    asked: int  # cells asked for, 0 for as many as there are
    cells: int
    k: int
    share: float  # asked for
    allowed: int  # rows that the condition lets through
    batch: int  # vectors asked at once; 0 for filters
    engine: str
    threads: int
    seed: int
    seconds: float | None = None  # median
    low: float | None = None  # lower and upper quartile
    high: float | None = None
    runs: int = 0
    build: float | None = None  # query: making the index, not counted in seconds
    merge: float | None = None  # filters: merging the lists of cells into every wider filter, not counted in seconds
    beyond: float | None = None  # filters: most MiB held beyond the vectors and the result
    predicted: float | None = None  # seconds, where it was not measured because of it
    others: float | None = None  # share of the machine that other processes took while the question was measured
    answer: str = ""  # REFERENCE, SAME, or how it differs
    note: str = ""  # why it was not measured

    @property
    def question(self) -> tuple[object, ...]:
        """What was asked: measurements of one question belong in one table."""
        sizes = (self.n, self.d, self.asked, self.k)
        return (self.workload, self.source, *sizes, self.share, self.batch, self.threads, self.seed)

    @property
    def promised(self) -> float:
        """MiB beyond the vectors and the result that condtree promises not to pass: the vectors again and 512 MiB."""
        return self.n * self.d * 4 / MIB + 512

    @property
    def rate(self) -> float | None:
        """filters: 10^9 multiply-adds a second if every pair were multiplied; query: 10^9 bytes of allowed rows."""
        if not self.seconds:
            return None
        work = self.n * self.n * self.d if self.workload == FILTERS else self.allowed * self.d * 4
        return work / self.seconds / 1e9
