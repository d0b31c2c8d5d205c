"""What analysis finds out of a collection and writers tell: frozen records and read-only arrays, no HTML.

Row i of any array is collection.works[i], as in model.py, which has what flows before it.

    n works, f facets, c cells, d dimensions, k neighbors, s steps, v values of one facet, or periods
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from generator.core.model import Network, freeze

MISSING, EXCESS = 0, 1  # directions of a region: fewer marked ones than chance would put there, or more
FAR = 3.0  # times rarer or more common, at the nearer end of the interval: what is a find, and not only a difference

Pair = tuple[int, int]  # two works by their rows
Pairs = tuple[Pair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Analogies:
    """The nearest k works of every cell, for every work."""

    rows: NDArray[np.int32]  # (n, c, k) nearest first, ties by lower row; -1 where a cell has fewer
    similarity: NDArray[np.float32]  # (n, c, k) cosine; -inf where rows is -1
    scale: NDArray[np.float32]  # (1001,) quantiles 0, 0.001 ... 1 of the cosine of random pairs of works
    # (p,) cosine of the two works of each of collection.pins
    pinned: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))

    def __post_init__(self) -> None:
        freeze(self, "rows", np.int32, (None, None, None))
        freeze(self, "similarity", np.float32, self.rows.shape)
        freeze(self, "scale", np.float32, (None,))
        freeze(self, "pinned", np.float32, (None,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """The steps that a path may take between works, each in both directions and told once."""

    one: NDArray[np.int32]  # (s,) rows, ascending
    other: NDArray[np.int32]  # (s,) the higher row of each step; ascending where `one` is the same
    codes: NDArray[np.uint16]  # (s,) how close both are (analysis/closeness.py)
    times: NDArray[np.uint16]  # (n,) the place of each work's year among all years, from 1; 0 without a year
    examples: tuple[tuple[int, ...], ...] = ()  # paths worth showing, by their rows

    def __post_init__(self) -> None:
        freeze(self, "one", np.int32, (None,))
        freeze(self, "other", np.int32, self.one.shape)
        freeze(self, "codes", np.uint16, self.one.shape)
        freeze(self, "times", np.uint16, (None,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A field of a grid for every work, so that works that look alike lie close: a map."""

    fields: NDArray[np.int32]  # (n, 2) column and row; no two works have the same
    columns: int
    rows: int

    def __post_init__(self) -> None:
        freeze(self, "fields", np.int32, (None, 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class MapArea:
    """A rectangle of the map, and the works in it."""

    rows: tuple[int, ...]  # of the works, in an order in which most that follow each other are neighbors
    box: tuple[int, int, int, int]  # the fields they lie in: first column and row, and one past the last
    typical: int  # the row of a work that stands for it
    common: Pairs  # of each facet the value that most of its works have, and how many have it


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """Spans of time that together hold every dated work, and in which of them each work lies."""

    spans: tuple[Pair, ...]  # first and last year of each, as calendars name them: no year 0
    years: NDArray[np.int64]  # (n,) counted without a gap, so that 0 is 1 BCE
    of: NDArray[np.int64]  # (n,) the period of each work; -1 without a year

    def __post_init__(self) -> None:
        freeze(self, "years", np.int64, (None,))
        freeze(self, "of", np.int64, self.years.shape)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueMatrix:
    """Every value of a facet, or period, against every other, and itself."""

    sizes: NDArray[np.int64]  # (v,) works
    close: NDArray[np.int64]  # (v, v) works of the first that have a close match in the second
    pairs: NDArray[np.int32]  # (v, v, 2) the best pair, a work of the first value first; -1 where there is none
    cosine: NDArray[np.float32]  # (v, v) of that pair; symmetric
    order: NDArray[np.int64]  # (v,) values, so that those which come close to each other stand together

    def __post_init__(self) -> None:
        v = len(self.sizes)
        freeze(self, "sizes", np.int64, (v,))
        freeze(self, "close", np.int64, (v, v))
        freeze(self, "pairs", np.int32, (v, v, 2))
        freeze(self, "cosine", np.float32, (v, v))
        freeze(self, "order", np.int64, (v,))

    def percent(self) -> NDArray[np.int64]:
        """Return (v, v) the shares of works with a close match, rounded half up."""
        return (self.close * 200 + self.sizes[:, None]) // np.maximum(2 * self.sizes[:, None], 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetOverview:
    """What is true across the values of one facet."""

    facet: int
    matrix: ValueMatrix
    mutual: Pairs  # each is the other's closest outside its own value; the closest pair first
    outliers: tuple[int, ...]  # works with nothing close outside their value; the most isolated first
    nearest: NDArray[np.int32]  # (n,) the closest work outside a work's own value; -1 where there is none

    def __post_init__(self) -> None:
        freeze(self, "nearest", np.int32, (None,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What is true of the collection as a whole."""

    facets: tuple[FacetOverview, ...]  # those with two values and more
    mutual: (
        Pairs  # each is the other's closest of all that differ from it in every facet; none where there is one facet
    )
    periods: Periods
    time: ValueMatrix | None  # period against period; None where there are not two
    leaps: Pairs  # close in looks, far apart in time; the widest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A group of pictures that look alike, with too few, or too many, of one mark (analysis/clusters/)."""

    mark: int  # a value of a facet, or whether a picture is generated
    direction: int  # MISSING or EXCESS
    marked: NDArray[np.int32]  # rows of its pictures with the mark, the nearest to what is shown first
    others: NDArray[np.int32]  # and of those without
    beside: NDArray[np.int32]  # the nearest, wherever, of the kind that is not shown
    expected: float  # marked ones, if marks meant nothing
    odds: float  # of lying here, of a marked picture over another
    low: float  # lower and upper end of the interval of the odds
    high: float
    p: float  # exact, one-sided, of this group alone
    adjusted: float  # among all groups, marks and directions
    parts: int  # smallest significant groups that are in it

    def __post_init__(self) -> None:
        for name in ("marked", "others", "beside"):
            freeze(self, name, np.int32, (None,))

    def share(self) -> float:
        """Return the share of its pictures that are marked."""
        return len(self.marked) / (len(self.marked) + len(self.others))

    def far(self) -> bool:
        """Return whether its marked pictures are, surely, several times rarer or more common than others."""
        return self.low > FAR if self.direction == EXCESS else self.high < 1 / FAR

    @property
    def shown(self) -> NDArray[np.int32]:
        """The pictures that are there and that chance does not explain."""
        return self.marked if self.direction == EXCESS else self.others


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The single-guess accuracy across one facet: how often the first match is what the owner says it should be."""

    facet: str
    guesses: int  # one per work and other value of the facet that holds the same truth
    right: float  # share of guesses whose nearest work has the same truth
    chance: float  # share that a blind guess would have right, expected

    def __str__(self) -> str:
        times = self.right / self.chance if self.chance else float("nan")
        return (
            f"closest match in another {self.facet} is right in {self.right:.1%} of {self.guesses:,} guesses "
            f"(chance {self.chance:.1%}, {times:.1f} times better)"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlights:
    """What is worth showing first."""

    pairs: Pairs  # alike across every facet, varied, each work once; the closest first
    typical: tuple[tuple[int, ...], ...]  # of each facet the row of a typical work of each value
    compared: tuple[tuple[int, ...], ...]  # of each work those that it is worth seeing side by side with


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that analysis found out of a collection: the one record between it and those who write."""

    network: Network
    vectors: NDArray[np.float32]  # (n, d) what is compared: half whitened, rows of length 1
    analogies: Analogies
    overview: Overview
    highlights: Highlights
    clusters: tuple[tuple[Region, ...], ...]  # of each facet, kinds of picture that one value has nearly alone
    agreements: tuple[Agreement, ...] = ()  # none where the owner gives no truth
    layout: Layout | None = None  # None: no map is wanted, or there are too few works
    areas: tuple[MapArea, ...] = ()  # the parts of the map; none where there is no map
    graph: Graph | None = None  # None: no paths are wanted

    def __post_init__(self) -> None:
        freeze(self, "vectors", np.float32, (None, None))
