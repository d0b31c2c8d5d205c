"""Collection + Embeddings -> Findings: everything that pages and books tell of a collection, found once, no HTML.

whitening       vectors made more even before they are compared
analogies       the nearest works of every cell              hiding          without what a curator hides
closeness       what "close" means                           neighbors       what is near one work, in one order
best_matches    the nearest of every value                   value_matrix    value against value
overview        what is true of the collection as a whole    periods         spans of time
highlights      what is worth showing first                  agreement       how often the first match is right
layout          a map  [openTSNE]                            map_areas       its parts, in words
paths           small steps from work to work                clusters/       kinds of picture that one value has alone

Each part is an artefact of its own, named by what it was made from: an edit finds anew only what depends on it.
"""

from collections.abc import Callable

from generator.analysis import agreement, analogies, clusters, highlights, layout, map_areas, overview, paths, whitening
from generator.condtree import Coarse
from generator.core import artefacts
from generator.core.config import Config
from generator.core.findings import Analogies, Findings, Graph, Highlights, Overview
from generator.core.model import Collection, Embeddings
from generator.core.resources import PACKAGE, digest
from generator.core.run import Run
from generator.core.store import Part, key

__all__ = ["analyze"]

CODE = (PACKAGE / "analysis", PACKAGE / "core")  # what finds the parts that are quick to find


def analyze(
    collection: Collection,
    embeddings: Embeddings,
    config: Config,
    run: Run,
    coarse: Callable[[], Coarse | None] = lambda: None,
) -> Findings:
    """Return all that is to be told of a collection; what the store holds of it is not found again.

    coarse names who multiplies in the search, such as a GPU (see analogies.find).
    """
    vectors = whitening.kept(embeddings.vectors, run.store)
    near = analogies.find(collection, vectors, config.neighbors, run, coarse)
    regions = clusters.find(collection, vectors, config.not_recorded, run)
    chart = layout.place(vectors, run) if config.map else None
    # The parts below change with their code as well: they take a second, and no one must remember to say so.
    basis = key(digest(*CODE), near.rows, near.similarity, near.scale, near.pinned, _facts(collection))
    whole = artefacts.kept(run.store, "overview", basis, Overview, lambda: overview.find(collection, near))
    return Findings(
        network=embeddings.network,
        vectors=vectors,
        analogies=near,
        overview=whole,
        highlights=artefacts.kept(
            run.store, "highlights", basis, Highlights, lambda: highlights.find(collection, near, whole)
        ),
        clusters=regions,
        agreements=agreement.measure(collection, near, config.truth) if config.truth else (),
        layout=chart,
        areas=map_areas.find(collection, near, chart) if chart else (),
        graph=_graph(collection, near, basis, run) if config.paths else None,
    )


def _graph(collection: Collection, near: Analogies, basis: str, run: Run) -> Graph:
    return artefacts.kept(run.store, "paths", basis, Graph, lambda: paths.graph(collection, near))


def _facts(collection: Collection) -> tuple[Part, ...]:
    """Return what the quick parts know of the works beside their neighbors: a changed title changes none of it."""
    return (
        tuple(facet.name for facet in collection.facets),
        collection.labels,
        tuple(work.picture.digest for work in collection.works),
        tuple(work.year for work in collection.works),
        tuple(bool(work.content_note) for work in collection.works),
        tuple((pin.one, pin.other) for pin in collection.pins),
    )
