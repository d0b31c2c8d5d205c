"""Small collections with neighbors and pictures, made from a seed, and the sites that are written of them."""

from dataclasses import replace
from html.parser import HTMLParser

import numpy as np

from generator import site
from generator.analysis import highlights, overview
from generator.core import config as configuration
from generator.core.findings import Analogies, Findings
from generator.core.model import Collection, Derivative, Facet, Network, Picture, Work
from generator.core.resources import TEMPLATES
from generator.core.run import Run
from generator.core.store import Store
from generator.site.context import gather
from support.making import Silent

NETWORK = Network(name="test", title="A test's network", source="tests", reads="Nothing is read.", dimensions=8)
HOSTILE = "\"><script>alert(1)</script>'&amp; {{ 7 * 7 }} <img src=x onerror=alert(1)>"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
K = 4


def make(folder, n=40, facets=(("form", 5), ("stuff", 3)), *, seed=0, **changes):
    """Return a collection of n works, its analogies, vectors, pictures: all from the seed. `changes` are fields of each work."""
    random = np.random.default_rng(seed)
    labels = np.stack([random.integers(0, size, n) for _, size in facets], axis=1).astype(np.int32)
    labels = labels[np.lexsort(labels.T[::-1])]
    labels = np.stack([np.unique(column, return_inverse=True)[1] for column in labels.T], axis=1).astype(np.int32)
    cells, cell_of = np.unique(labels, axis=0, return_inverse=True)
    values = [[f"{name} & {i}" for i in range(labels[:, j].max() + 1)] for j, (name, _) in enumerate(facets)]
    collection = Collection(
        facets=tuple(
            Facet(name=name, values=tuple(words), slugs=tuple(f"{name[0]}-{i}" for i in range(len(words))))
            for (name, _), words in zip(facets, values, strict=True)
        ),
        works=tuple(replace(make_work(folder, i), **changes) for i in range(n)),
        labels=labels,
        cells=cells.astype(np.int32),
        cell_of=cell_of.reshape(-1).astype(np.int32),
        digest="test",
    )
    vectors = random.normal(size=(n, 8))
    vectors[n // 2] = vectors[n // 3]  # the same picture, nearly
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return collection, analogies_of(vectors, collection), pictures_of(folder, collection)


def make_work(folder, i):
    picture = Picture(path=folder / f"{i}.png", digest=f"{i:064x}", width=480, height=300 + 40 * (i % 9))
    return Work(
        id=f"w.{i}",
        title=f"Work number {i}",
        picture=picture,
        alt=f"What work {i} shows",
        creator="A. Maker",
        date=f"about {1500 + i}",
        year=1500 + i,
        museum="Museum",
        accession_number=f"T.{i}",
        credit="",
        rights="CC0",
        rights_basis="",
        source_url=f"https://example.org/{i}",
        extra=(("further_column", f"said of {i}"),),
    )


def similarities(vectors):
    cosine = (vectors @ vectors.T).astype(np.float32)
    cosine = np.round(cosine, 2)  # so that there are ties
    np.fill_diagonal(cosine, -np.inf)
    return cosine


def analogies_of(vectors, collection):
    cosine, n, c = similarities(vectors), len(vectors), len(collection.cells)
    rows, near = np.full((n, c, K), -1, np.int32), np.full((n, c, K), -np.inf, np.float32)
    for cell in range(c):
        inside = np.flatnonzero(collection.cell_of == cell)
        for row in range(n):
            best = sorted((other for other in inside if other != row), key=lambda other: (-cosine[row, other], other))[
                :K
            ]
            rows[row, cell, : len(best)], near[row, cell, : len(best)] = best, cosine[row, best]
    random = cosine[np.triu_indices(n, 1)] if n > 1 else np.ones(1)
    return Analogies(rows=rows, similarity=near, scale=np.quantile(random, np.linspace(0, 1, 1001)).astype(np.float32))


def pictures_of(folder, collection):
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for work in collection.works:
        mine = []
        for width in (240, 480):
            path = folder / f"{work.id}-{width}.webp"
            path.write_bytes(f"{work.id} {width}".encode())
            height = round(work.picture.height * width / 480)
            mine.append(Derivative(path=path, width=width, height=height, bytes=path.stat().st_size))
        found.append(tuple(mine))
    return tuple(found)


def settings(folder, **changes):
    """Return the defaults but for some; no cards are drawn, for the pictures of make() are none."""
    plain, _ = configuration.load(folder, TEMPLATES / "defaults.toml")
    given = {"title": "A title & more", "about": ("First.", "Second."), "share_cards": "none", **changes}
    return replace(plain, **given)


def findings_of(collection, analogies, **found):
    """Return what is to be told of a collection with these neighbors; `found` are further fields."""
    whole = overview.find(collection, analogies)
    plain = Findings(
        network=NETWORK,
        vectors=np.zeros((len(collection.works), NETWORK.dimensions), np.float32),
        analogies=analogies,
        overview=whole,
        highlights=highlights.find(collection, analogies, whole),
        clusters=((),) * len(collection.facets),
    )
    return replace(plain, **found)


def context_of(folder, made, *, found=None, assets=None, navigation=(), **changes):
    """Return what the pages of a site of what was made are made from; given as to write()."""
    collection, analogies, pictures = made
    findings = findings_of(collection, analogies, **(found or {}))
    shown = site.Assets(pictures=pictures, **(assets or {}))
    return gather(collection, findings, settings(folder, **changes), shown, folder, navigation)


def write(folder, made, *, out=None, found=None, assets=None, jobs=1, progress=None, **changes):
    """Write the site of what was made and return its folder, a new one unless it is named.

    `found` are fields of Findings, `assets` fields of Assets, `changes` settings.
    """
    out = out or folder / f"site-{len(list(folder.glob('site-*')))}"
    out.mkdir(parents=True)
    collection, analogies, pictures = made
    run = Run(store=Store(folder / "cache"), jobs=jobs, progress=progress or Silent())
    findings = findings_of(collection, analogies, **(found or {}))
    shown = site.Assets(pictures=pictures, **(assets or {}))
    site.write(collection, findings, settings(folder, **changes), shown, out, run)
    return out


class Page(HTMLParser):
    """The links, ids, and elements of a page."""

    def __init__(self, path):
        super().__init__()
        self.links, self.ids, self.elements = [], [], []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.elements.append((tag, given))
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given[name] for name in ("href", "src") if name in given]
        self.links += [part.split()[0] for part in given.get("srcset", "").split(",") if part]
