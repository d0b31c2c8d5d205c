"""The report: findings -> index.html, blindspots.json, regions.csv, pictures.csv and small pictures, in one folder."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from generator.analysis.clusters.merging import INTERVAL, Rows
from generator.analysis.clusters.permutation_test import Question
from generator.core import resources
from generator.core.findings import MISSING, Region
from generator.core.model import Network, Progress, each
from generator.evaluation.blindspots import phrasing
from generator.evaluation.blindspots.pool import Pool
from generator.evaluation.common import report_page
from generator.evaluation.common.files import put, put_rows

SECTIONS = 24  # regions that the page shows; tables have all
SHOWN, BESIDE = 18, 12  # pictures of a region, and of the other kind
WIDTH = 160  # pixels
STYLE = "blindspots.css"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindspotFindings:
    """All that a report says."""

    pool: Pool
    regions: tuple[Region, ...]
    question: Question
    smallest: int  # pictures in the least group that is tested
    tested: int  # groups
    detail: int | None = None  # pixels of the longer side at which pictures were compared
    network: Network
    command: str = ""
    facts: str = ""


def write(findings: BlindspotFindings, to: Path, progress: Progress) -> Path:
    """Write the report and return its page."""
    to.mkdir(parents=True, exist_ok=True)
    put(to / "blindspots.json", json.dumps(as_json(findings), indent=1, ensure_ascii=False) + "\n")
    put_rows(to / "regions.csv", COLUMNS, (_row(i, one, findings) for i, one in enumerate(findings.regions, 1)))
    put_rows(to / "pictures.csv", ("region", "label", "picture"), _members(findings))
    shown = findings.regions[:SECTIONS]
    wanted = sorted({row for one in shown for row in (*one.shown[:SHOWN].tolist(), *one.beside[:BESIDE].tolist())})
    with progress.stage("Making thumbnails", len(wanted)) as step:
        for row in each(wanted, step):
            report_page.put_small(findings.pool.pictures[row], to / _small(findings.pool, row), WIDTH)
    put(to / STYLE, (resources.TEMPLATES / STYLE).read_text(encoding="utf-8"))
    return report_page.write_page(to, "index.html", "blindspots.html", **_page(findings, shown))


COLUMNS = (
    "region",
    "label",
    "direction",
    "far",
    "pictures",
    "with_label",
    "expected",
    "odds_ratio",
    "low",
    "high",
    "p",
    "adjusted_p",
    "smallest_groups",
)


def as_json(findings: BlindspotFindings) -> dict[str, Any]:
    """Return the findings for programs; a number without end is null."""
    pool, question = findings.pool, findings.question
    rows = (dict(zip(COLUMNS, _row(i, one, findings), strict=True)) for i, one in enumerate(findings.regions, 1))
    names = [[pool.names[row] for row in one.shown[:SHOWN]] for one in findings.regions]
    return {
        "format": 1,
        "facet": pool.facet or None,
        "encoder": findings.network.name,
        "pictures": {value: int((pool.labels == v).sum()) for v, value in enumerate(pool.values)},
        "detail": findings.detail,
        "smallest": findings.smallest,
        "groups_tested": findings.tested,
        "level": question.level,
        "permutations": question.deals,
        "seed": question.seed,
        "interval": INTERVAL,
        "left_out": pool.left_out,
        "copies": pool.copies,
        "command": findings.command,
        "made_with": findings.facts,
        "regions": [{**row, "most_typical": near} for row, near in zip(map(_finite, rows), names, strict=True)],
    }


def _finite(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value if not isinstance(value, float) or math.isfinite(value) else None for name, value in row.items()
    }


def _row(number: int, region: Region, findings: BlindspotFindings) -> tuple[Any, ...]:
    direction = "missing" if region.direction == MISSING else "excess"
    size = len(region.marked) + len(region.others)
    figures = (region.expected, region.odds, region.low, region.high, region.p, region.adjusted)
    rounded = (float(f"{value:.4g}") for value in figures)
    value = findings.pool.values[region.mark]
    return (number, value, direction, region.far(), size, len(region.marked), *rounded, region.parts)


def _members(findings: BlindspotFindings) -> Iterable[tuple[Any, ...]]:
    """Yield every picture of every region."""
    pool = findings.pool
    for number, region in enumerate(findings.regions, 1):
        for row in np.concatenate([region.marked, region.others]).tolist():
            yield number, pool.values[pool.labels[row]], pool.names[row]


def _page(findings: BlindspotFindings, shown: Sequence[Region]) -> dict[str, Any]:
    """Return what the template is given."""
    pool = findings.pool
    sections = [
        {
            "title": phrasing.heading(region, pool),
            "few": region.direction == MISSING,
            "parts": region.parts,
            "said": [
                phrasing.counted(region, pool),
                phrasing.times(region, pool),
                phrasing.chance(region, findings.question),
            ],
            "value": pool.values[region.mark],
            "shown": _tiles(pool, region.shown[:SHOWN]),
            "beside": _tiles(pool, region.beside[:BESIDE]),
        }
        for region in shown
    ]
    return {
        "findings": findings,
        "pool": pool,
        "sections": sections,
        "facet": pool.facet.replace("_", " "),
        "summary": phrasing.summary(pool, findings.regions, findings.smallest),
        "interval": round(INTERVAL * 100),
        "counts": [(value, int((pool.labels == v).sum())) for v, value in enumerate(pool.values)],
        "rows": [dict(zip(COLUMNS, _row(i, one, findings), strict=True)) for i, one in enumerate(findings.regions, 1)],
    }


def _tiles(pool: Pool, rows: Rows) -> list[dict[str, str]]:
    return [{"address": _small(pool, row), "alt": pool.alts[row], "name": pool.names[row]} for row in rows.tolist()]


def _small(pool: Pool, row: int) -> str:
    return f"images/{pool.pictures[row].digest[:20]}.webp"
