"""Packages of npm that sites take along, each of one pinned version: fetched once, checked, kept in the store."""

import base64
import hashlib
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

from generator.errors import PackageError
from generator.model import Progress
from generator.store import Store, key

SECONDS = 120  # for one package


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What is wanted of a package."""

    name: str
    version: str
    integrity: str  # of the archive, as npm gives it: sha512-BASE64
    files: tuple[str, ...]  # what is kept, by its path in the archive; the licence is always of it


# BSD-3-Clause. To take another version: npm view openseadragon@VERSION dist.integrity
OPENSEADRAGON = Package(
    name="openseadragon",
    version="6.1.1",
    integrity="sha512-g4iKe2q8B642SaBT3+x4ZF3/8b1TxPPydyjmtrOLgDrlYWMKd9ZXM+1Cb/xa9DVySkvs/7l6HR1nHKfD5F3Tsw==",
    files=("build/openseadragon/openseadragon.min.js", "LICENSE.txt"),
)


def fetch(package: Package, *, store: Store, progress: Progress) -> Path:
    """Return the folder with the package's files, fetched where the store lacks it. Raises PackageError."""
    folder = store.path("npm", key(package.integrity, *package.files))
    if not folder.is_dir():
        with progress.stage(f"Fetching {package.name}", 1) as step, store.scratch() as scratch:
            scratch.mkdir()
            archive = _pack(package, scratch)
            with store.writing(folder) as made:
                made.mkdir()
                _unpack(archive, package, made)
            step.advance()
    return folder


def _pack(package: Package, to: Path) -> Path:
    """Return the package's archive, put into the folder by npm, which knows the user's registry, proxy and cache."""
    npm = shutil.which("npm")
    if npm is None:
        raise _missing(package, "npm, which fetches it, is not installed; install Node.js and build again")
    command = [npm, "pack", f"{package.name}@{package.version}", "--ignore-scripts", "--loglevel=error", "--fetch-retries=1"]
    try:
        done = subprocess.run(
            command, cwd=to, capture_output=True, text=True, timeout=SECONDS, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _missing(package, str(error)) from error
    archives = sorted(to.glob("*.tgz"))
    if done.returncode != 0 or len(archives) != 1:
        words = [line.removeprefix("npm error").strip() for line in done.stderr.splitlines()]
        said = " ".join(filter(None, words))[:200] or "it said nothing"
        raise _missing(package, f"npm could not fetch it: {said}; build again where there is a network")
    return archives[0]


def _unpack(archive: Path, package: Package, to: Path) -> None:
    """Put the wanted files into the folder, without their folders. Raises PackageError where it is another archive."""
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != package.integrity:
        raise _missing(package, f"what npm fetched has the hash {found}; expected {package.integrity}")
    with tarfile.open(archive) as packed:
        for name in package.files:
            content = packed.extractfile(f"package/{name}")
            assert content is not None
            (to / Path(name).name).write_bytes(content.read())


def _missing(package: Package, reason: str) -> PackageError:
    return PackageError(f"{package.name} {package.version}: {reason}")
