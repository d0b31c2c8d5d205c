"""The stages in order: content -> pictures and embeddings -> findings -> site.

The only module that knows there is an order. Everything expensive is kept by the hash of what it
was made from, so a build that is killed goes on where it was, and one that would change nothing
stops before anything heavy is imported.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator import content, embedding
from generator.core import config, resources
from generator.core.config import Config
from generator.core.errors import ConfigError, Fault, OutputError, PackageError
from generator.core.findings import Agreement
from generator.core.model import Collection, Progress
from generator.core.resources import HOME, PACKAGE, STATIC, TEMPLATES
from generator.core.run import Run
from generator.core.store import Store, key
from generator.images import derivatives, tiling
from generator.publish import npm_packages, output, search_index, size_budget
from generator.publish.size_budget import Prediction

APART = (
    "cli",
    "evaluation",
    "ingest",
    "templates",
    "static",
    "__pycache__",
)  # what no page depends on, or named besides


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """What one build is asked to do."""

    content: Path
    out: Path
    store: Store
    base_url: str | None = None  # these two stand above site.toml
    encoder: str | None = None
    limit: int | None = None  # the first so many works of works.csv
    jobs: int = 1
    strict: bool = False  # warnings stop the build


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one build did."""

    collection: Collection
    warnings: tuple[Fault, ...]
    changed: bool  # False: the output folder already held this site
    agreements: tuple[Agreement, ...] = ()
    files: int = 0
    bytes: int = 0
    predicted: Prediction | None = None  # what was thought before it was written
    budget_mb: int = 0
    lacks: tuple[str, ...] = ()  # what the site does without, and why


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Programs of others that a site is made with where they can be had; it does without them too."""

    search: Path | None  # a folder with Pagefind
    viewer: Path | None  # a folder with OpenSeadragon
    lacks: tuple[str, ...]  # what the site does without, and why


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a build makes a site from."""

    settings: Config
    collection: Collection
    warnings: tuple[Fault, ...]
    tools: Tools
    made_from: str  # the key of all of it


class WarningsError(ConfigError):
    """There are warnings, and --strict was asked for."""


def check(request: BuildRequest, progress: Progress) -> tuple[Config, Collection, tuple[Fault, ...]]:
    """Read and check all that the owner gives. Raises ContentError with every fault and warning at once."""
    settings, noted = settle(request)
    run = Run(store=request.store, jobs=request.jobs, progress=progress)
    collection, warnings = content.load(request.content, settings, run, noted=noted, limit=request.limit)
    if request.strict and warnings:
        raise WarningsError(warnings)
    return settings, collection, warnings


def settle(request: BuildRequest) -> tuple[Config, tuple[Fault, ...]]:
    """Return site.toml over the defaults, with what the command line says above both, and faults and warnings."""
    settings, noted = config.examine(request.content, TEMPLATES / "defaults.toml")
    base_url = settings.base_url if request.base_url is None else request.base_url
    return replace(settings, base_url=base_url, encoder=request.encoder or settings.encoder), noted


def build(request: BuildRequest, progress: Progress) -> Outcome:
    """Make the site of a content folder, or find that the output folder already holds it."""
    _check_apart(request.content, request.out)
    output.check_ours(request.out)
    settings, collection, warnings = check(request, progress)
    tools = find_tools(request.store, progress)
    made_from = key(
        collection.digest,
        settings.digest(),
        embedding.identity(settings.encoder, settings.weights),
        program_digest(),
        *(folder.name if folder else "" for folder in (tools.search, tools.viewer)),
    )
    if output.is_current(request.out, made_from):
        return Outcome(collection=collection, warnings=warnings, changed=False, lacks=tools.lacks)
    plan = Plan(settings=settings, collection=collection, warnings=warnings, tools=tools, made_from=made_from)
    return _make(request, plan, progress)


def find_tools(store: Store, progress: Progress) -> Tools:
    """Return the programs that are kept, or that npm can fetch."""
    search, no_search = _fetched(npm_packages.pagefind, "no search", store, progress)
    viewer, no_viewer = _fetched(npm_packages.openseadragon, "a plain zoom", store, progress)
    return Tools(search=search, viewer=viewer, lacks=no_search + no_viewer)


def _fetched(
    package: Callable[..., Path], without: str, store: Store, progress: Progress
) -> tuple[Path | None, tuple[str, ...]]:
    """Return the folder of a package, or none and what the site does without, and why."""
    try:
        return package(store=store, progress=progress), ()
    except PackageError as error:
        return None, (f"{without} ({error})",)


def _make(request: BuildRequest, plan: Plan, progress: Progress) -> Outcome:
    from generator import analysis, site  # an unchanged site needs neither numba nor jinja2

    run = Run(store=request.store, jobs=request.jobs, progress=progress)
    settings, collection = plan.settings, plan.collection
    cut = tiling.cut(collection, store=run.store, jobs=run.jobs, progress=progress) if settings.tiles else ()
    derived = derivatives.derive(collection, store=run.store, jobs=run.jobs, progress=progress, steps=settings.widths)
    predicted = size_budget.predict(size_budget.shape_of(collection), settings, derived, cut)
    if request.strict and (fault := size_budget.over(predicted.bytes, settings, predicted, written=False)):
        raise WarningsError([fault])
    embeddings = embedding.embed(
        collection, settings.encoder, store=run.store, weights=settings.weights, jobs=run.jobs, progress=progress
    )
    coarse = partial(embedding.products_for, len(collection.works))
    findings = analysis.analyze(collection, embeddings, settings, run, coarse)
    assets = site.Assets(
        pictures=derived, tiles=cut, viewer=plan.tools.viewer, searchable=plan.tools.search is not None
    )
    with output.replacing(request.out, plan.made_from) as fresh:
        site.write(collection, findings, settings, assets, fresh, run)
        if plan.tools.search:
            search_index.index(fresh, plan.tools.search, language=settings.language, progress=progress)
        files, size = size_budget.measure(fresh)
        fault = size_budget.over(size, settings, predicted, written=True)
        if request.strict and fault:
            raise WarningsError([fault])
    return Outcome(
        collection=collection,
        warnings=(*plan.warnings, fault) if fault else plan.warnings,
        changed=True,
        agreements=findings.agreements,
        files=files,
        bytes=size,
        predicted=predicted,
        budget_mb=settings.budget_mb,
        lacks=plan.tools.lacks,
    )


def _check_apart(content_folder: Path, out: Path) -> None:
    """Raise OutputError where writing the site would replace the content, or the program."""
    inside = out.resolve()
    for kept in (content_folder.resolve(), HOME):
        if kept == inside or kept.is_relative_to(inside):
            raise OutputError(f"{out}: contains {kept}, and a build replaces the whole folder; give another with --out")
    if inside.is_relative_to(content_folder.resolve()):
        raise OutputError(f"{out}: is inside the content folder {content_folder}; give another with --out")


def program_digest() -> str:
    """Return a digest of the program's files that a site is made by; those that make no site are left out."""
    parts = [path for path in sorted(PACKAGE.iterdir()) if path.stem not in APART]
    return resources.digest(*parts, TEMPLATES, STATIC)
