"""What flows between the stages up to analysis: frozen records and read-only arrays. What it finds: findings.py.

Row i of any array is collection.works[i]. The works are ordered by cell, so the works of one cell
(a combination of one value of every facet) are consecutive rows.

    n works, f facets, c cells (non-empty combinations of all facets), d dimensions, k neighbors
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray


def freeze(record: object, name: str, dtype: type[np.generic], shape: tuple[int | None, ...]) -> None:
    """Check dtype and shape of a record's array and make it read-only; None allows any length."""
    array: NDArray[Any] = getattr(record, name)
    wanted = tuple(have if want is None else want for have, want in zip(array.shape, shape, strict=False))
    if array.dtype != dtype or array.shape != wanted or array.ndim != len(shape):
        raise ValueError(f"{name} must be {np.dtype(dtype)} {shape}, not {array.dtype} {array.shape}")
    frozen = np.ascontiguousarray(array).view()
    frozen.flags.writeable = False
    object.__setattr__(record, name, frozen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture file that was opened, decoded in full and found good."""

    path: Path  # the file
    digest: str  # SHA-256 of its bytes, hexadecimal
    width: int  # pixels as a viewer sees it: after EXIF rotation, first frame
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One row of works.csv."""

    id: str  # safe in a path and a URL: [A-Za-z0-9][A-Za-z0-9._-]*
    title: str
    picture: Picture
    alt: str  # what the picture shows, for those who do not see it; never empty
    creator: str
    date: str  # in the record's words
    year: int | None  # negative before the common era
    museum: str
    accession_number: str
    credit: str
    rights: str
    rights_basis: str
    source_url: str  # http(s) or empty
    extra: tuple[tuple[str, str], ...]  # every further non-empty column that is no facet, in file order
    content_note: str = ""  # of what a visitor may not wish to see; where it says something, the picture is veiled


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One column by which works are filtered."""

    name: str  # the column
    values: tuple[str, ...]  # in display order
    slugs: tuple[str, ...]  # one safe, unique name per value, for paths and URLs


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """Works none of which may be shown as near any of some others, nor these as near one of them."""

    one: NDArray[np.int32]  # (p,) rows
    other: NDArray[np.int32]  # (q,) rows

    def __post_init__(self) -> None:
        freeze(self, "one", np.int32, (None,))
        freeze(self, "other", np.int32, (None,))


@dataclass(frozen=True, slots=True)
class Pin:
    """Two works that the curator wants to be seen side by side, by their rows."""

    one: int
    other: int
    note: str  # why, in the curator's words; may be empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """The works, ordered by cell and within a cell as in works.csv."""

    facets: tuple[Facet, ...]
    works: tuple[Work, ...]
    labels: NDArray[np.int32]  # (n, f) index of each work's value in facets[j].values
    cells: NDArray[np.int32]  # (c, f) the label of each non-empty cell, in lexicographic order
    cell_of: NDArray[np.int32]  # (n,) non-decreasing; cells[cell_of[i]] == labels[i]
    digest: str  # SHA-256 of everything else, pictures included
    hidden: tuple[Hidden, ...] = ()  # what overrides.csv hides ...
    pins: tuple[Pin, ...] = ()  # ... and what it pins

    def __post_init__(self) -> None:
        n, f = len(self.works), len(self.facets)
        freeze(self, "labels", np.int32, (n, f))
        freeze(self, "cells", np.int32, (None, f))
        freeze(self, "cell_of", np.int32, (n,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivative:
    """A smaller WebP of a work's picture, to be copied into the site."""

    path: Path  # in the store, never changed; its name is a hash of its content's origin
    width: int
    height: int
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """A work's picture at its full size, cut into tiles that IIIF's Image API (3, level 0) serves as plain files."""

    path: Path  # a folder in the store, never changed, of files REGION/SIZE/0/default.jpg
    width: int
    height: int
    side: int  # pixels of a tile
    factors: tuple[int, ...]  # how many times smaller each level is: 1, 2, 4 ...
    sizes: tuple[tuple[int, int], ...]  # in which there is the whole picture, the smallest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """What the About page and the data files say of the network that compared the pictures."""

    name: str  # as in site.toml: "dinov2-small"
    title: str  # "DINOv2 ViT-S/14"
    source: str  # paper or package, and licence
    reads: str  # one sentence: how a picture is given to it and what is taken from it
    dimensions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Embeddings:
    """One vector per work."""

    vectors: NDArray[np.float32]  # (n, d), rows of length 1
    network: Network

    def __post_init__(self) -> None:
        freeze(self, "vectors", np.float32, (None, self.network.dimensions))


class Progress(Protocol):
    """Who is told how far the work is. Stages call it; the command line shows it."""

    def stage(self, name: str, total: int) -> AbstractContextManager["Step"]:
        """Begin a piece of work of `total` items."""

    def say(self, line: str) -> None:
        """A line for the person who runs the build (shown with -v)."""


class Step(Protocol):
    """One piece of work under way."""

    def advance(self, count: int = 1) -> None:
        """`count` more items are done."""


T = TypeVar("T")


def each(items: Iterable[T], step: Step) -> Iterator[T]:
    """Yield the items, one step forward after each."""
    for item in items:
        yield item
        step.advance()
