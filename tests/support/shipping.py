"""The site of the shipped collection, as a visitor gets it."""

import os
from dataclasses import dataclass
from pathlib import Path

from generator import pipeline
from generator.core.progress import Console
from generator.core.resources import HOME
from generator.core.store import Store, default_root
from generator.pipeline import BuildRequest, Outcome
from generator.publish import dev_server

BASE_URL = "https://ornament.example/grammar/"
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """The site of content/, built with the default encoder, and what the build said."""

    folder: Path
    base: str  # the path it is published under
    outcome: Outcome


def ship(folder: Path) -> Shipped:
    """Build the collection with a base address into a folder of this one."""
    out, store = folder / "_site", Store(default_root())
    request = BuildRequest(content=HOME / "content", out=out, store=store, base_url=BASE_URL, jobs=CORES)
    return Shipped(folder=out, base=dev_server.base_path(BASE_URL), outcome=pipeline.build(request, Console()))
