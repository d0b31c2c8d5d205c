"""Blind spots: kinds of pictures that a generator leaves out or repeats, and kinds that one value of a facet has alone.

    pool           two folders, or a content folder and a facet -> pictures with labels
    downsampling   pictures -> coarse copies, where how finely they were made is not to count
    phrasing       a region in plain words
    report         index.html, JSON, CSV
    trial          letters and a generative model that never saw one of them: a case of which the truth is known
    flow_matching  that model                                                                   [torch]

What is counted, and how surely, is decided in generator/analysis/clusters.
"""

import math
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from generator import embedding
from generator.analysis.clusters import bisection, permutation_test
from generator.analysis.clusters.merging import regions_of
from generator.analysis.clusters.permutation_test import Question
from generator.core import config, resources
from generator.core.config import Config
from generator.core.errors import StudyError
from generator.core.findings import EXCESS, MISSING, Region
from generator.core.model import Progress
from generator.core.store import Store
from generator.embedding import registry
from generator.evaluation.blindspots import downsampling, report
from generator.evaluation.blindspots.pool import Pool, from_content, from_folders
from generator.evaluation.blindspots.report import BlindspotFindings

__all__ = ["BlindspotFindings", "BlindspotRequest", "Region", "find", "judged", "pool_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindspotRequest:
    """What is compared, and how surely: two folders, or the values of a facet."""

    store: Store
    to: Path
    real: Path | None = None
    generated: Path | None = None
    content: Path | None = None
    facet: str = ""
    encoder: str | None = None
    level: float = 0.05
    permutations: int = 1000
    smallest: int = 20  # pictures in the least group that is looked at
    detail: int | None = None  # pixels of the longer side at which pictures are compared; None: as they are
    jobs: int = 1
    seed: int = 0
    command: str = ""


def find(request: BlindspotRequest, progress: Progress) -> BlindspotFindings:
    """Write the report and return the findings. Raises StudyError where what is asked cannot be answered."""
    _check(request)
    settings, _ = config.load(request.content or request.to / "nothing", resources.TEMPLATES / "defaults.toml")
    findings = judged(pool_of(request, settings, progress), request, settings, progress)
    report.write(findings, request.to, progress)
    return findings


def pool_of(request: BlindspotRequest, settings: Config, progress: Progress) -> Pool:
    """Return the pictures and labels that are asked about."""
    if request.content:
        return from_content(
            request.content, settings, request.facet, store=request.store, jobs=request.jobs, progress=progress
        )
    assert request.real and request.generated
    return from_folders(request.real, request.generated, jobs=request.jobs, progress=progress)


def judged(pool: Pool, request: BlindspotRequest, settings: Config, progress: Progress) -> BlindspotFindings:
    """Return what is to be said of a pool."""
    n = len(pool.pictures)
    if n < 2 * request.smallest:
        raise StudyError(
            f"{n} different pictures; at least {2 * request.smallest} are needed for groups of {request.smallest}"
        )
    network = registry.choose(request.encoder or settings.encoder, settings.weights)
    store, jobs, pictures = request.store, request.jobs, pool.pictures
    if request.detail:
        pictures = downsampling.coarse(pictures, request.detail, store=store, jobs=jobs, progress=progress)
    vectors = embedding.vectors_of(pictures, network, store=store, jobs=jobs, progress=progress)
    question = Question(
        marks=pool.marks,
        directions=(EXCESS,) if pool.facet else (MISSING, EXCESS),
        level=request.level,
        deals=request.permutations,
        seed=request.seed,
    )
    partition = bisection.grow(vectors, request.smallest, progress)
    verdict = permutation_test.judge(partition, pool.labels, question, progress)
    regions = regions_of(vectors, pool.labels, partition, question, verdict)
    if pool.facet:
        regions = tuple(sorted(regions, key=Region.share, reverse=True))
    return BlindspotFindings(
        pool=pool,
        question=question,
        smallest=request.smallest,
        detail=request.detail,
        tested=len(partition.span) - 1,
        regions=regions,
        network=network.describe(),
        command=request.command,
        facts=f"Tesserae {version('tesserae')}, numpy {version('numpy')}, torch {version('torch')}",
    )


def _check(request: BlindspotRequest) -> None:
    if bool(request.content) != bool(request.facet) or bool(request.real) != bool(request.generated):
        raise StudyError("give --real with --generated, or --content with --facet; one is missing")
    if bool(request.content) == bool(request.real):
        raise StudyError("give either --real and --generated, or --content and --facet")
    for folder in filter(None, (request.real, request.generated, request.content)):
        if request.to.resolve().is_relative_to(folder.resolve()):
            raise StudyError(
                f"{request.to}: is inside {folder}, so the report's pictures would mix with those; give another with --to"
            )
    if 1 / (request.permutations + 1) > request.level:
        least = math.ceil(1 / request.level) - 1
        raise StudyError(
            f"{request.permutations} permutations cannot reach a level of {request.level:g}; give {least} or more"
        )
