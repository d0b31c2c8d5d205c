"""The stages in order: content -> pictures and embeddings -> analogies -> site.

The only module that knows there is an order. Everything expensive is kept by the hash of what it
was made from, so a build that is killed goes on where it was, and one that would change nothing
stops before anything heavy is imported.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator import content, embedding
from generator.analysis.agreement import Agreement
from generator.core import config
from generator.core.config import Config
from generator.core.errors import ConfigError, Fault, OutputError, PackageError
from generator.core.model import Collection, Progress
from generator.core.resources import HOME, PACKAGE, STATIC, TEMPLATES
from generator.core.store import Store, key
from generator.images import derivatives, tiling
from generator.publish import npm_packages, output, search_index, size_budget
from generator.publish.size_budget import Prediction


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


class WarningsError(ConfigError):
    """There are warnings, and --strict was asked for."""


def check(request: BuildRequest, progress: Progress) -> tuple[Config, Collection, tuple[Fault, ...]]:
    """Read and check all that the owner gives. Raises ContentError with every fault and warning at once."""
    settings, noted = settle(request)
    collection, warnings = content.load(
        request.content,
        settings,
        noted=noted,
        store=request.store,
        limit=request.limit,
        jobs=request.jobs,
        progress=progress,
    )
    if request.strict and warnings:
        raise WarningsError(warnings)
    return settings, collection, warnings


def settle(request: BuildRequest) -> tuple[Config, tuple[Fault, ...]]:
    """Return site.toml over the defaults, with what the command line says above both, and faults and warnings."""
    settings, noted = config.examine(request.content, TEMPLATES / "defaults.toml")
    above = {"base_url": request.base_url, "encoder": request.encoder}
    return replace(settings, **{name: value for name, value in above.items() if value is not None}), noted


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
    return _make(request, settings, collection, warnings, made_from, tools, progress)


def find_tools(store: Store, progress: Progress) -> Tools:
    """Return the programs that are kept, or that npm can fetch."""
    found: dict[str, Path | None] = {}
    lacks = []
    for name, without, package in (
        ("search", "no search", npm_packages.pagefind),
        ("viewer", "a plain zoom", npm_packages.openseadragon),
    ):
        try:
            found[name] = package(store=store, progress=progress)
        except PackageError as error:
            found[name] = None
            lacks.append(f"{without}, for want of {error}")
    return Tools(search=found["search"], viewer=found["viewer"], lacks=tuple(lacks))


def _make(
    request: BuildRequest,
    settings: Config,
    collection: Collection,
    warnings: tuple[Fault, ...],
    made_from: str,
    tools: Tools,
    progress: Progress,
) -> Outcome:
    from generator import site
    from generator.analysis import agreement, analogies, clusters, layout, paths

    cut = tiling.cut(collection, store=request.store, jobs=request.jobs, progress=progress) if settings.tiles else ()
    derived = derivatives.derive(
        collection, store=request.store, jobs=request.jobs, progress=progress, steps=settings.widths
    )
    predicted = size_budget.predict(size_budget.shape_of(collection), settings, derived, cut)
    if request.strict and (fault := size_budget.over(predicted.bytes, settings, predicted, written=False)):
        raise WarningsError([fault])
    vectors = embedding.embed(
        collection,
        settings.encoder,
        store=request.store,
        weights=settings.weights,
        jobs=request.jobs,
        progress=progress,
    )
    found = analogies.find(
        collection,
        vectors,
        k=settings.neighbors,
        store=request.store,
        progress=progress,
        coarse=lambda: embedding.products_for(len(collection.works)),
    )
    alone = clusters.find(collection, vectors, unnamed=settings.not_recorded, store=request.store, progress=progress)
    chart = layout.place(collection, vectors, store=request.store, progress=progress) if settings.map else None
    steps = paths.graph(collection, found) if settings.paths else None
    agreements = agreement.measure(collection, found, settings.truth) if settings.truth else ()
    with output.replacing(request.out, made_from) as fresh:
        site.write(
            collection,
            found,
            vectors.network,
            settings,
            derived,
            fresh,
            templates=TEMPLATES,
            static=STATIC,
            agreements=agreements,
            regions=alone,
            progress=progress,
            tiles=cut,
            viewer=tools.viewer,
            searchable=tools.search is not None,
            layout=chart,
            graph=steps,
            store=request.store,
            jobs=request.jobs,
        )
        if tools.search:
            search_index.index(fresh, tools.search, language=settings.language, progress=progress)
        files, size = size_budget.measure(fresh)
        if fault := size_budget.over(size, settings, predicted, written=True):
            warnings = (*warnings, fault)
        if request.strict and fault:
            raise WarningsError([fault])
    return Outcome(
        collection=collection,
        warnings=warnings,
        changed=True,
        agreements=agreements,
        files=files,
        bytes=size,
        predicted=predicted,
        budget_mb=settings.budget_mb,
        lacks=tools.lacks,
    )


def _check_apart(content_folder: Path, out: Path) -> None:
    """Raise OutputError where writing the site would replace the content, or the program."""
    inside = out.resolve()
    for kept in (content_folder.resolve(), HOME):
        if kept == inside or kept.is_relative_to(inside):
            raise OutputError(f"{out}: holds {kept}, and a build replaces the whole folder; give another with --out")
    if inside.is_relative_to(content_folder.resolve()):
        raise OutputError(f"{out}: lies in the content folder {content_folder}; give another with --out")


def program_digest(folders: Sequence[Path] = (PACKAGE, TEMPLATES, STATIC)) -> str:
    """Return a digest of the program's own files: a changed template or module makes the site anew."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(HOME)}\0{path.stat().st_size}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
