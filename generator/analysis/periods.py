"""The periods in which a collection's time is told: whole centuries, or decades, about as many works in each."""

import numpy as np
from numpy.typing import NDArray

from generator.core.findings import Periods
from generator.core.model import Collection

FACET = "period"  # the facet that is made from years: its values stand in their order
UNITS = (100, 50, 10)  # years: the first that divides the dated works into ENOUGH parts, or else the last
ENOUGH, MOST = 8, 18  # periods


def of(collection: Collection) -> Periods:
    """Return the periods of the dated works; none where nothing is dated."""
    dated = np.array([work.year is not None for work in collection.works])
    years = np.array(
        [year + (year < 0) if (year := work.year) is not None else 0 for work in collection.works], np.int64
    )
    if not dated.any():
        return Periods(spans=(), years=years, of=np.full(len(dated), -1, np.int64))
    unit = next((unit for unit in UNITS if len(np.unique(_part(years[dated], unit))) >= ENOUGH), UNITS[-1])
    parts, counts = np.unique(_part(years[dated], unit), return_counts=True)
    begins = _begins(counts, -(-int(dated.sum()) // MOST))
    ends = [*(place - 1 for place in begins[1:]), len(parts) - 1]
    spans = tuple(
        (_year(int(parts[first]) * unit + 1), _year(int(parts[last]) * unit + unit))
        for first, last in zip(begins, ends, strict=True)
    )
    place = np.searchsorted(parts[begins], _part(years, unit), side="right") - 1
    return Periods(spans=spans, years=years, of=np.where(dated, place, -1))


def _part(years: NDArray[np.int64], unit: int) -> NDArray[np.int64]:
    """Return the century (unit 100) of each year, 0 for 1 to 100."""
    return (years - 1) // unit


def _begins(counts: NDArray[np.int64], least: int) -> list[int]:
    """Return where periods begin: each takes parts until it has `least` works; what is left over joins the last."""
    begins, held = [0], 0
    for place, count in enumerate(counts.tolist()):
        if held >= least:
            begins.append(place)
            held = 0
        held += count
    if held < least / 2 and len(begins) > 1:
        begins.pop()
    return begins


def _year(year: int) -> int:
    """Return a year counted without a gap as calendars name it: 0 is 1 BCE."""
    return year if year > 0 else year - 1
