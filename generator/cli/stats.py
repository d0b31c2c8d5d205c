"""The command stats: says what a collection covers, what is missing, and what is too thin to compare."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import combinations
from typing import Any

import click

from generator import content
from generator.cli.options import options
from generator.cli.output import Output, count
from generator.content import Survey, coverage
from generator.content.coverage import Coverage, FacetCoverage
from generator.core import config
from generator.core.resources import TEMPLATES
from generator.core.store import Store, default_root
from generator.publish import size_budget
from generator.publish.size_budget import MB, Prediction

ROWS, COLUMNS, ACROSS = 40, 24, 8  # values that a table shows, and of those side by side
NAME, CELL = 24, 9  # characters of a row's name and of a column
FORMAT = 1


@click.command("stats")
@options("content", "limit", "thin", "unmapped", "format")
def stats_command(**given: Any) -> None:
    """Show works per value and combination, missing fields, and values with too few works."""
    voice = Output(given)
    with voice:
        settings, _ = config.load(given["content"], TEMPLATES / "defaults.toml")
        survey = content.survey(given["content"], settings, store=Store(default_root()), limit=given["limit"])
        unmapped = given["unmapped"] or (*coverage.UNMAPPED, settings.not_recorded)
        k = settings.neighbors if given["thin"] is None else given["thin"]
        found = coverage.measure(survey.works, settings.facets, k=k, unmapped=unmapped)
        size = size_budget.predict(size_budget.shape_of_rows(survey.works, settings.facets), settings)
        if given["format"] == "json":
            click.echo(json.dumps(as_json(found, survey, size), indent=1))
        else:
            click.echo("\n".join([*lines(found, survey), "", *_size(size, settings.budget_mb)]))


def as_json(found: Coverage, survey: Survey, size: Prediction) -> dict[str, Any]:
    """Return the coverage by the names that content.coverage explains, the same pictures, how many faults there are, and bytes."""
    bytes = {part.name: part.bytes for part in size.parts}
    return {"format": FORMAT, **asdict(found), "twins": survey.twins, "faults": survey.faults, "bytes": bytes}


def lines(found: Coverage, survey: Survey) -> Iterator[str]:
    """Yield the lines of the report."""
    yield f"{count(found.works, 'work')}, {_part(found.mapped, found.works)} with a known value in every facet."
    if survey.faults:
        yield f"{count(survey.faults, 'error')}: see `check`. Rows with errors are counted here."
    for facet in found.facets:
        yield from ("", *_values(facet, found))
    for one, other in combinations(range(len(found.facets)), 2):
        yield from ("", *_matrix(found, one, other))
    yield from ("", *_thin(found), "", "Missing")
    yield from (f"  {one.field:<{NAME}} {_part(one.works, found.works)}" for one in found.missing)
    copies = sum(map(len, survey.twins)) - len(survey.twins)
    groups = "; ".join(" = ".join(twins[:4]) + (" ..." if len(twins) > 4 else "") for twins in survey.twins[:5])
    yield f"  {'own picture':<{NAME}} {_part(copies, found.works)}" + (f"  ({groups})" if groups else "")


def _size(size: Prediction, budget_mb: int) -> Iterator[str]:
    """Yield how large a site would be, and what would save something where that is too much."""
    total = size.bytes / MB
    yield f"Site size: about {total:,.0f} MB of {budget_mb:,} MB allowed, if the pictures are large ({size})"
    if total > budget_mb:
        yield from (f"  {one.name} saves {one.bytes / MB:,.0f} MB" for one in size.savings)


def _part(works: int, all_works: int) -> str:
    return f"{works:>7,} ({works / max(1, all_works):.1%})"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _values(facet: FacetCoverage, found: Coverage) -> Iterator[str]:
    yield f"{facet.name}: {count(len(facet.values), 'value')}, known for {facet.mapped_share:.1%} of the works"
    for value in facet.values[:ROWS]:
        marks = " ".join(word for word, yes in (("unmapped", value.unmapped), ("few", value.thin)) if yes)
        name = _cut(value.name or "(empty)", NAME)
        yield f"  {name:<{NAME}} {_part(value.works, found.works)} {marks}".rstrip()
    yield from _more(len(facet.values), ROWS)


def _more(there: int, shown: int) -> Iterator[str]:
    if there > shown:
        yield f"  and {there - shown:,} more; use --format json to see all"


def _matrix(found: Coverage, one: int, other: int) -> Iterator[str]:
    """Yield the counts of two facets' values, the largest first; a star marks what is thin."""
    counts: Counter[tuple[str, str]] = Counter()
    for combination in found.combinations:
        counts[combination.values[one], combination.values[other]] += combination.works
    names = [value.name for value in found.facets[one].values[:ROWS]]
    columns = [value.name for value in found.facets[other].values[:COLUMNS]]
    yield f"{found.facets[one].name} x {found.facets[other].name} (* few, - none)"
    for start in range(0, len(columns), ACROSS):
        part = columns[start : start + ACROSS]
        yield f"  {'':<{NAME}}" + "".join(f"{_cut(name or '(empty)', CELL):>{CELL + 1}} " for name in part).rstrip()
        for name in names:
            yield f"  {_cut(name or '(empty)', NAME):<{NAME}}{_row([counts[name, column] for column in part], found.k)}"
    yield from _more(max(len(found.facets[one].values) - ROWS, len(found.facets[other].values) - COLUMNS), 0)


def _row(numbers: Sequence[int], k: int) -> str:
    cells = (f"{number or '-':>{CELL + 1}}{'*' if 0 < number <= k else ' '}" for number in numbers)
    return "".join(cells).rstrip()


def _thin(found: Coverage) -> Iterator[str]:
    """Yield what is too thin, and why it matters."""
    yield f"Too few works to compare: at most {found.k}, so a filter shows all of them, alike or not"
    for facet in found.facets:
        names = [value.name or "(empty)" for value in facet.values if value.thin]
        shown = ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
        yield f"  {facet.name}: {len(names)} of {count(len(facet.values), 'value')}" + (f" ({shown})" if names else "")
    if len(found.facets) > 1:
        thin, there = sum(one.thin for one in found.combinations), len(found.combinations)
        works = _part(found.in_thin, found.works).strip()
        yield f"  combinations: {thin:,} of {there:,} ({found.possible:,} possible), with {works} of the works"
