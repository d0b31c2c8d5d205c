"""What a run of tests makes once, however many processes share the work."""

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from filelock import FileLock

Made = TypeVar("Made")


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Made]) -> Made:
    """Return make(folder), where `folder` is new: of all workers of pytest-xdist one makes it, the others wait for it."""
    beside = "PYTEST_XDIST_WORKER" in os.environ  # each worker has a folder of its own below the run's
    base = factory.getbasetemp().parent if beside else factory.getbasetemp()
    kept = base / f"{name}.pickle"
    with FileLock(base / f"{name}.lock"):
        if not kept.exists():
            folder = base / name
            folder.mkdir()
            kept.write_bytes(pickle.dumps(make(folder)))
    made: Made = pickle.loads(kept.read_bytes())
    return made
