"""Coverage: works of each value and combination, what records lack, what is too thin to compare.

A value or a combination is thin where it has at most k works, k being how many nearest works the site shows: a
filter on it then shows all of them to every visitor, whatever they look like, so that they stand there says nothing.
"""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

FIELDS = ("creator", "date", "year", "museum", "credit", "rights", "source_url", "image_alt_text")
UNMAPPED = ("Various", "Uncategorized", "Not recorded", "Unknown", "")  # values of works that nobody has placed


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueCount:
    """One value of a facet."""

    name: str
    works: int
    share: float  # of all works
    unmapped: bool  # it says that nothing is known
    thin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetCoverage:
    """One facet and its values, the largest first."""

    name: str
    values: tuple[ValueCount, ...]
    mapped: int  # works whose value says something
    mapped_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CellCount:
    """One value of every facet, and how many works have them together."""

    values: tuple[str, ...]
    works: int
    thin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingField:
    """A field, and how many works say nothing in it."""

    field: str
    works: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """All that is known of what a collection covers."""

    works: int
    k: int
    facets: tuple[FacetCoverage, ...]
    combinations: tuple[CellCount, ...]  # those that some work has, the largest first
    possible: int  # how many there could be
    in_thin: int  # works in thin combinations
    mapped: int  # works whose every facet says something
    missing: tuple[MissingField, ...]


def measure(
    works: Sequence[Mapping[str, str]], facets: Sequence[str], *, k: int, unmapped: Collection[str] = UNMAPPED
) -> Coverage:
    """Return what the works cover: each the cells of a row by column, "" or absent where it says nothing."""
    nothing = {name.casefold() for name in (*unmapped, "")}
    labels = [tuple(work.get(name, "") for name in facets) for work in works]
    counts = Counter(labels)
    found = tuple(
        _facet(name, column, k, nothing) for name, column in zip(facets, _columns(labels, facets), strict=True)
    )
    combinations = tuple(
        CellCount(values=values, works=count, thin=count <= k)
        for values, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    )
    return Coverage(
        works=len(works),
        k=k,
        facets=found,
        combinations=combinations,
        possible=math.prod(len(facet.values) for facet in found),
        in_thin=sum(one.works for one in combinations if one.thin),
        mapped=sum(all(value.casefold() not in nothing for value in label) for label in labels),
        missing=tuple(_missing(field, works) for field in FIELDS),
    )


def _columns(labels: Sequence[tuple[str, ...]], facets: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*labels, strict=True)) if labels else [()] * len(facets)


def _facet(name: str, labels: Sequence[str], k: int, nothing: Collection[str]) -> FacetCoverage:
    counts = sorted(Counter(labels).items(), key=lambda one: (-one[1], one[0]))
    values = tuple(
        ValueCount(
            name=value, works=count, share=count / len(labels), unmapped=value.casefold() in nothing, thin=count <= k
        )
        for value, count in counts
    )
    mapped = sum(value.works for value in values if not value.unmapped)
    return FacetCoverage(name=name, values=values, mapped=mapped, mapped_share=mapped / max(1, len(labels)))


def _missing(field: str, works: Sequence[Mapping[str, str]]) -> MissingField:
    """Return how many works lack the field; a year does for a date, as the site shows it."""
    others = ("year",) if field == "date" else ()
    count = sum(not any(work.get(name) for name in (field, *others)) for work in works)
    return MissingField(field=field, works=count, share=count / max(1, len(works)))
