"""Vector cache: the vectors that were had before, one small file per network and picture.

    file    32 bytes: SHA-256 of the rest
            4 d bytes: the vector, float32, little-endian, length 1

A file that is damaged in any way counts as not there and is made again.
"""

import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.core.store import Store, key

Vector = NDArray[np.float32]

HEAD = hashlib.sha256().digest_size


def path(store: Store, identity: str, picture: str) -> Path:
    """Return where the vector of a picture (by its digest) is, or would be."""
    return store.path("vectors", key(identity, picture))


def read(path: Path) -> Vector | None:
    """Return the vector, or None where there is none or the file is damaged."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    head, body = content[:HEAD], content[HEAD:]
    if not body or hashlib.sha256(body).digest() != head:
        return None
    return np.frombuffer(body, dtype="<f4").astype(np.float32, copy=False)


def write(store: Store, path: Path, vector: Vector) -> None:
    """Keep a vector of length 1."""
    if vector.ndim != 1 or not abs(float(np.linalg.norm(vector)) - 1) < 1e-5:  # so that NaN is refused too
        raise ValueError("a vector to be kept must be a row of length 1")
    body = vector.astype("<f4").tobytes()
    with store.writing(path) as temporary:
        temporary.write_bytes(hashlib.sha256(body).digest() + body)
