"""Datasets to search: vectors of length 1, each in a cell. Drawn with a seed, or read from an owner's files."""

import heapq
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from generator.analysis.whitening import unit_rows
from generator.core.errors import StudyError
from generator.core.model import freeze

BLOCK = 4096  # rows drawn or read at a time; part of what a seed means
MEAN = 0.34  # cosine of two random rows: the squared length of the mean
DECAY, HEAD = 1.1, 4  # variance along principal component i is proportional to (i + HEAD) ** -DECAY
CLUSTERS, STEEP = 1000, 0.7  # sizes of clusters are proportional to rank ** -STEEP
SHARED = (0.25, 0.65)  # how much of the variance the rows of a cluster share: least and most
STRAY = 0.3  # share of rows that are put into a cell without regard to their cluster
STEP = 0.7  # how far a query is moved from the row it starts from


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Vectors to be searched, and the cell of each."""

    vectors: NDArray[np.float32]  # (n, d) rows of length 1
    cell_of: NDArray[np.int32]  # (n,) every cell in 0 .. c - 1 has a row
    facets: NDArray[np.int32]  # (c, f) value of each cell under each facet; what wider filters are made of

    def __post_init__(self) -> None:
        freeze(self, "vectors", np.float32, (None, None))
        freeze(self, "cell_of", np.int32, (len(self.vectors),))
        freeze(self, "facets", np.int32, (None, None))

    @property
    def cells(self) -> int:
        return len(self.facets)


class Dataset(Protocol):
    """Where samples come from. Samples of one source are nested: a smaller one is part of a larger one."""

    @property
    def name(self) -> str:
        """What the source is called in a report."""

    def shape(self, n: int | None, d: int | None, cells: int | None) -> tuple[int, int]:
        """Return n and d of the sample of these sizes, without drawing it; raise StudyError if there is none."""

    def sample(self, n: int | None, d: int | None, cells: int | None) -> Sample:
        """Return n rows (None: all) of d dimensions in about so many cells (None: as they are)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticDataset:
    """Clustered vectors whose spectrum, random cosines and nearest cosines look like those of real features.

    Made after 34,208 pictures seen by a network of 1,280 features: cosine of random rows 0.34 +- 0.08, to the nearest
    neighbor 0.71 (median), variance in the leading 64, 128, 256, 512 components 0.54, 0.66, 0.79, 0.89.
    """

    seed: int
    name: str = "synthetic"

    def shape(self, n: int | None, d: int | None, cells: int | None) -> tuple[int, int]:
        """Return n and d; raise StudyError if a size is missing or there are fewer rows than cells."""
        if n is None or d is None or cells is None:
            raise StudyError("random vectors need numbers for --n, --d and --cells")
        if n < cells:
            raise StudyError(f"--n {n} rows cannot fill --cells {cells}")
        return n, d

    def sample(self, n: int | None, d: int | None, cells: int | None) -> Sample:
        """Return n rows of d dimensions in exactly so many cells with Zipf sizes, correlated with the clusters."""
        n, d = self.shape(n, d, cells)
        assert cells is not None
        vectors, cluster_of = self._vectors(n, d)
        return Sample(vectors=vectors, cell_of=self._cells(cluster_of, cells), facets=grid(cells))

    def _vectors(self, n: int, d: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return (n, d) rows of length 1 and the cluster of each."""
        random = np.random.default_rng([self.seed, d])
        variance = (np.arange(1, d + 1) + HEAD) ** -DECAY
        deviation = np.sqrt(variance * (1 - MEAN) / variance.sum()).astype(np.float32)
        mean = random.standard_normal(d, np.float32)
        mean *= np.sqrt(MEAN) / np.linalg.norm(mean)
        center = random.standard_normal((CLUSTERS, d), np.float32)
        shared = random.uniform(*SHARED, CLUSTERS).astype(np.float32)[:, None]
        weight = np.arange(1, CLUSTERS + 1) ** -STEEP
        # No axis may be a principal component: an engine that looks at single coordinates would be flattered.
        turn, _ = np.linalg.qr(random.standard_normal((d, d), np.float32))
        vectors, cluster_of = np.empty((n, d), np.float32), np.empty(n, np.int64)
        for first in range(0, n, BLOCK):
            past = min(first + BLOCK, n)
            random = np.random.default_rng([self.seed, d, first])
            cluster = random.choice(CLUSTERS, BLOCK, p=weight / weight.sum())[: past - first]
            own = random.standard_normal((BLOCK, d), np.float32)[: past - first]
            spread = np.sqrt(shared[cluster]) * center[cluster] + np.sqrt(1 - shared[cluster]) * own
            vectors[first:past] = unit_rows((mean + deviation * spread) @ turn)
            cluster_of[first:past] = cluster
        return vectors, cluster_of

    def _cells(self, cluster_of: NDArray[np.int64], cells: int) -> NDArray[np.int32]:
        """Return a cell for every row: rows laid out cluster by cluster, some astray, cut into runs of Zipf sizes."""
        random = np.random.default_rng([self.seed, cells])
        n = len(cluster_of)
        place = random.permutation(CLUSTERS)[cluster_of] + random.random(n)
        place = np.where(random.random(n) < STRAY, CLUSTERS * random.random(n), place)
        cell_of = np.empty(n, np.int32)
        cell_of[np.argsort(place, kind="stable")] = np.repeat(random.permutation(cells), zipf(n, cells))
        return cell_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureFile:
    """The vectors of a file, and integer labels of the same rows in another."""

    features: Path  # .npy (n, d), any float
    labels: Path  # .npz of arrays (n,), or one .npy (n,) or (n, f)
    facets: tuple[str, ...]  # arrays of the .npz; () takes every array of integers (n,)
    seed: int

    @property
    def name(self) -> str:
        return self.features.stem

    def shape(self, n: int | None, d: int | None, cells: int | None) -> tuple[int, int]:
        """Return n and d; raise StudyError if the files are not as they should be."""
        stored = self._stored()
        if d is not None and d != stored.shape[1]:
            raise StudyError(f"{self.features} has {stored.shape[1]} dimensions; leave out --d {d}")
        if n is not None and n > len(stored):
            raise StudyError(f"{self.features} has {len(stored):,} rows, fewer than --n {n:,}")
        self._labels(len(stored))
        return n or len(stored), stored.shape[1]

    def sample(self, n: int | None, d: int | None, cells: int | None) -> Sample:
        """Return n rows drawn with the seed, in file order, the smallest cells joined until so many are left."""
        self.shape(n, d, cells)
        stored = self._stored()
        labels = self._labels(len(stored))
        chosen = np.sort(np.random.default_rng(self.seed).permutation(len(stored))[:n])
        vectors = np.empty((len(chosen), stored.shape[1]), np.float32)
        for first in range(0, len(chosen), BLOCK):
            block = stored[chosen[first : first + BLOCK]].astype(np.float32)
            length = np.linalg.norm(block, axis=1)
            if not (np.isfinite(length) & (length > 0)).all():
                raise StudyError(f"{self.features}: a row from {first} on is zero or not finite")
            vectors[first : first + BLOCK] = unit_rows(block)
        facets, index = np.unique(labels[chosen], axis=0, return_inverse=True)
        cell_of = index.reshape(-1).astype(np.int32)
        if cells is not None and cells < len(facets):
            cell_of, facets = joined(cell_of, cells), grid(cells)
        return Sample(vectors=vectors, cell_of=cell_of, facets=facets.astype(np.int32))

    def _stored(self) -> NDArray[np.floating[Any]]:
        """Return the array of the file, mapped."""
        stored = _load(self.features)
        if not isinstance(stored, np.ndarray) or stored.ndim != 2 or stored.dtype.kind != "f" or not stored.size:
            raise StudyError(f"{self.features}: expected an array of floats (n, d)")
        return stored

    def _labels(self, n: int) -> NDArray[Any]:
        """Return (n, f) integers: a column a facet."""
        stored = _load(self.labels)
        if isinstance(stored, np.ndarray):
            columns = {"labels": stored} if stored.ndim == 1 else {str(i): stored[:, i] for i in range(stored.shape[1])}
        else:
            columns = {name: stored[name] for name in stored.files}
        fit = {name: column for name, column in columns.items() if column.dtype.kind in "iu" and column.shape == (n,)}
        names = self.facets or tuple(fit)
        missing = [name for name in names if name not in fit]
        if missing or not names:
            raise StudyError(
                f"{self.labels}: no array of {n:,} integers named {', '.join(missing) or 'anything'}; "
                f"available: {', '.join(fit) or 'none'}"
            )
        return np.stack([fit[name].astype(np.int64) for name in names], axis=1)


def zipf(n: int, cells: int) -> NDArray[np.int64]:
    """Return sizes (cells,) that sum to n, each at least 1, otherwise proportional to 1 / rank."""
    weight = 1 / np.arange(1, cells + 1)
    sizes: NDArray[np.int64] = 1 + np.floor((n - cells) * weight / weight.sum()).astype(np.int64)
    sizes[: n - sizes.sum()] += 1
    return sizes


def joined(cell_of: NDArray[np.int32], cells: int) -> NDArray[np.int32]:
    """Return the cells renumbered after the two smallest were joined again and again, until `cells` are left."""
    sizes = np.bincount(cell_of)
    heap = [(int(size), cell) for cell, size in enumerate(sizes)]
    heapq.heapify(heap)
    into = np.arange(len(sizes))
    while len(heap) > cells:
        small, one = heapq.heappop(heap)
        size, other = heapq.heappop(heap)
        into[into == one] = other
        heapq.heappush(heap, (small + size, other))
    return np.unique(into[cell_of], return_inverse=True)[1].astype(np.int32)


def grid(cells: int) -> NDArray[np.int32]:
    """Return two made-up facets (cells, 2), so that cells without facets have wider filters too."""
    width = int(np.ceil(np.sqrt(cells)))
    return np.stack(np.divmod(np.arange(cells, dtype=np.int32), np.int32(width)), axis=1)


def wider(sample: Sample) -> list[NDArray[np.int64]]:
    """Return the cells of every wider filter: each value of each facet whatever the others are, and all cells."""
    one = [np.flatnonzero(column == value) for column in sample.facets.T for value in np.unique(column)]
    return [*one, np.arange(sample.cells)]


def condition(sample: Sample, share: float, seed: int) -> NDArray[np.int64]:
    """Return cells, ascending, that together hold about this share of the rows; at least one."""
    if share >= 1:
        return np.arange(sample.cells)
    sizes = np.bincount(sample.cell_of, minlength=sample.cells)
    target, total, chosen = share * len(sample.cell_of), 0, []
    for cell in np.random.default_rng([seed, 1]).permutation(sample.cells):
        if total + sizes[cell] <= target:
            chosen.append(cell)
            total += sizes[cell]
    left = np.setdiff1d(np.arange(sample.cells), chosen)
    if len(left):
        more = left[np.argmin(np.abs(total + sizes[left] - target))]
        if not chosen or abs(total + sizes[more] - target) < target - total:
            chosen.append(more)
    return np.sort(chosen)


def questions(sample: Sample, count: int, seed: int) -> NDArray[np.float32]:
    """Return (count, d) vectors of length 1 that are no row of the sample, but lie where rows lie.

    Each is a row moved along the difference of two others: noise with the spectrum of the data. A step of STEP leaves
    the row it came from about as far away as a real row's nearest neighbor.
    """
    one, other, another = np.random.default_rng([seed, 2]).integers(0, len(sample.vectors), (3, count))
    return unit_rows(sample.vectors[one] + np.float32(STEP) * (sample.vectors[other] - sample.vectors[another]))


def _load(path: Path) -> Any:
    try:
        return np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise StudyError(f"{path}: cannot be read as numpy's .npy or .npz: {error}") from error
