"""Collection -> Embeddings: one vector per picture, from a network of the owner's choice.

    registry        the name in site.toml -> which network (no torch)
    vector_cache    the vectors that were had before, one small file per network and picture (no torch)
    preprocessing   a picture file -> the pixels that a network reads, its aspect kept (no torch)
    encoder         a loaded network over many pictures: threads on a CPU, batches on a GPU      [torch]
    dinov2, efficientnet, openclip      the networks                                             [timm, open_clip]
    views           a picture shown in another way: squashed, mirrored, a part of it
    gpu_products    coarse products of many vectors on a GPU, for the search                     [torch]
    weights         where the weights of DINOv2 come from
    versions        of the libraries that make a vector

torch, timm and open_clip are imported inside functions and only when a picture is new: a rebuild that
embeds nothing does not wait for them.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.core.model import Collection, Embeddings, Network, Picture, Progress
from generator.core.store import Store
from generator.embedding import encoder, registry, vector_cache
from generator.embedding.gpu_products import products_for
from generator.embedding.registry import EncoderChoice

__all__ = ["describe", "embed", "identity", "products_for", "vectors_of"]


def identity(name: str, weights: Path | None) -> str:
    """Return the key of everything that makes a picture's vector: network, weights, recipe, library versions.

    Cheap: nothing heavy is imported and nothing downloaded; a local checkpoint is read once to hash it.
    Raises EncoderError where there is no such encoder.
    """
    return registry.choose(name, weights).identity()


def describe(name: str, weights: Path | None) -> Network:
    """Return what the site says of the network. Raises EncoderError where there is no such encoder."""
    return registry.choose(name, weights).describe()


def embed(
    collection: Collection, name: str, *, store: Store, weights: Path | None, jobs: int, progress: Progress
) -> Embeddings:
    """Return one vector per work; only pictures that were never seen by this network are given to it.

    Each vector is kept as soon as it is known, and depends on nothing but its picture, so a build that was
    killed goes on where it was and ends as if it had not been. Raises EncoderError where the network or its
    weights cannot be had.
    """
    network = registry.choose(name, weights)
    found = vectors_of([work.picture for work in collection.works], network, store=store, jobs=jobs, progress=progress)
    return Embeddings(vectors=found, network=network.describe())


def vectors_of(
    pictures: Sequence[Picture], network: EncoderChoice, *, store: Store, jobs: int, progress: Progress
) -> NDArray[np.float32]:
    """Return the vectors (n, d) that a network makes of n pictures, of length 1; kept and taken up as by embed."""
    made_by = network.identity()
    different = {picture.digest: picture for picture in pictures}
    paths = {digest: vector_cache.path(store, made_by, digest) for digest in different}
    known = {digest: vector for digest, path in paths.items() if (vector := vector_cache.read(path)) is not None}
    new = [picture for digest, picture in different.items() if digest not in known]
    if new:
        ready = network.load(store, progress)
        with progress.stage("Analyzing pictures", len(new)) as step:
            for picture, vector in encoder.read(ready, new, jobs=jobs):
                vector_cache.write(store, paths[picture.digest], vector)
                known[picture.digest] = vector
                step.advance()
    return np.stack([known[picture.digest] for picture in pictures])
