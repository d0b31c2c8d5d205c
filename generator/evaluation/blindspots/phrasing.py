"""Phrasing: a region in plain words, for a person who knows pictures and not statistics."""

from collections.abc import Sequence

import numpy as np

from generator.analysis.clusters.merging import INTERVAL
from generator.analysis.clusters.permutation_test import Question
from generator.core.findings import MISSING, Region
from generator.evaluation.blindspots.pool import Pool

MOST = 0.5  # of the real pictures: if more lie in regions where something is missing, it is no spot
OWN = 0.75  # of the works in a region: with so many, a value has it nearly alone


def summary(pool: Pool, regions: tuple[Region, ...], smallest: int) -> str:
    """Return what was found, in one or two sentences."""
    if not regions:
        return f"Nothing was found. Groups of fewer than {smallest} pictures cannot be detected."
    if pool.facet:
        own = sum(region.share() >= OWN for region in regions)
        kinds, facet = _counted(len(regions), "kind"), pool.facet.replace("_", " ")
        return f"{kinds} of picture of which one {facet} has more than chance explains; {own or 'none'} almost entirely its own."
    absent = [region for region in regions if region.direction == MISSING]
    spots = [region for region in absent if region.far()]
    if not absent:
        return f"Nothing is missing; {_counted(len(regions), 'kind')} of picture generated too often."
    more = len(absent) - len(spots)
    said = _blind(spots, pool) + (
        f"; {_counted(more, 'other kind')} of picture, generated too rarely." if more else "."
    )
    if sum(len(region.others) for region in absent) > MOST * int((pool.labels == 0).sum()):
        said += (
            " These make up most of the real pictures, so this is a general difference, not a blind spot. Prepare both kinds "
            "in the same way (size, sharpness, file format), or compare them at fewer pixels (--detail), and try again."
        )
    return said


def _blind(spots: Sequence[Region], pool: Pool) -> str:
    """Return how many blind spots there are, and how much is real in them."""
    if not spots:
        return "No blind spot"
    covered = sum(len(region.others) for region in spots)
    share = covered / int((pool.labels == 0).sum())
    return (
        f"{_counted(len(spots), 'blind spot')}, with {covered:,} real pictures ({share * 100:.0f}\N{NO-BREAK SPACE}%)"
    )


def heading(region: Region, pool: Pool) -> str:
    """Return the title of a region."""
    x, size = len(region.marked), len(region.marked) + len(region.others)
    if pool.facet:
        return f"{pool.values[region.mark]}: {x:,} of {size:,}"
    few = region.direction == MISSING
    said = f"About {round(abs(_due(region, pool) - x)):,} too {'few' if few else 'many'}"
    return f"Blind spot: {said.lower()}" if few and region.far() else said


def counted(region: Region, pool: Pool) -> str:
    """Return how many there are, and how many there might be."""
    x, size = len(region.marked), len(region.marked) + len(region.others)
    if pool.facet:
        return (
            f"Of {size:,} works that look like these, {x:,} are {pool.values[region.mark]}. If appearance had nothing to do with "
            f"{pool.facet.replace('_', ' ')}, about {_number(region.expected)} would be."
        )
    total = int((pool.labels == region.mark).sum())
    return (
        f"{len(region.others):,} of the real pictures look like these, so about {_number(_due(region, pool))} of the "
        f"{total:,} generated ones should; {f'{x:,}' if x else 'none'} {'does' if x == 1 else 'do'}."
    )


def times(region: Region, pool: Pool) -> str:
    """Return the odds ratio with its interval."""
    who = pool.values[region.mark] if pool.facet else "generated"
    few = region.direction == MISSING
    middle, low, high = (region.odds, region.low, region.high)
    if few:
        middle, low, high = (np.inf if odds == 0 else 1 / odds for odds in (middle, high, low))
    degree = "rarer" if few else "more common"
    compared = (
        f"among {who} works than among others" if pool.facet else "among the generated pictures than among the real"
    )
    if np.isinf(high):
        return f"They are at least {_number(low)} times {degree} {compared}."
    return f"They are {_number(middle)} times {degree} {compared} ({INTERVAL * 100:.0f}\N{NO-BREAK SPACE}% interval {_number(low)} to {_number(high)})."


def chance(region: Region, question: Question) -> str:
    """Return what the adjusted p-value means."""
    deals = round(region.adjusted * (question.deals + 1)) - 1
    often = "none" if deals == 0 else f"{deals:,}"
    return (
        f"When the labels were shuffled, a group as unusual as this appeared in {often} of {question.deals:,} shuffles "
        f"(adjusted p\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{region.adjusted:.2g})."
    )


def _due(region: Region, pool: Pool) -> float:
    """Return how many generated pictures would be here if they were spread as the real ones are."""
    total = int((pool.labels == region.mark).sum())
    return len(region.others) * total / (len(pool.labels) - total)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
