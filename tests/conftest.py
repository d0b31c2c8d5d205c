"""What several test files need: the shipped collection as a visitor gets it."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator import pipeline
from generator.core.progress import Console
from generator.core.resources import HOME
from generator.core.store import Store, default_root
from generator.pipeline import BuildRequest, Outcome
from generator.publish import dev_server


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """The site of content/, built with the default encoder, and what the build said."""

    folder: Path
    base: str  # the path it is published under
    outcome: Outcome


@pytest.fixture(scope="session")
def shipped(tmp_path_factory) -> Shipped:
    """Build content/ as `make site` does; what that kept in the user's cache is not made again."""
    base_url = "https://ornament.example/grammar/"
    folder = tmp_path_factory.mktemp("shipped") / "_site"
    request = BuildRequest(
        content=HOME / "content", out=folder, store=Store(default_root()), base_url=base_url, jobs=os.cpu_count() or 1
    )
    return Shipped(folder=folder, base=dev_server.base_path(base_url), outcome=pipeline.build(request, Console()))
