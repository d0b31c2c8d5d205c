"""What several test files need: the shipped collection as a visitor gets it, and a small network."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import checkpoints, shared
from support.misbehaving import Server, misbehaving
from support.museums import open_museum
from support.shipping import CORES, Shipped, ship
from threadpoolctl import threadpool_limits


def pytest_configure() -> None:
    """Give each worker of pytest-xdist its share of the cores: threads beyond them only wait for one another."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if workers > 1:
        share = max(1, CORES // workers)
        threadpool_limits(share)  # numpy's, which is loaded; torch and the programs that tests start read these:
        for library in ("OMP", "OPENBLAS", "MKL"):
            os.environ.setdefault(f"{library}_NUM_THREADS", str(share))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes and long texts by their parameter: written out they fill pages, and may differ between workers."""
    return argname if isinstance(val, bytes) or (isinstance(val, str) and len(val) > 80) else None


@pytest.fixture(scope="session")
def shipped(tmp_path_factory) -> Shipped:
    """Build content/ as `make site` does; what that kept in the user's cache is not made again."""
    return shared.once(tmp_path_factory, "shipped", ship)


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory) -> Path:
    """The weights of a small network of open_clip's kind."""
    return checkpoints.write(tmp_path_factory.mktemp("open_clip"))


@pytest.fixture
def server() -> Iterator[Server]:
    """A web server that does on purpose what servers should not."""
    with misbehaving() as running:
        yield running


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    """A folder with a museum's files; it is the current one, as a user's is."""
    folder = open_museum(tmp_path / "museum")
    monkeypatch.chdir(folder)
    return folder
