"""npm packages that sites take along, each of one pinned version: fetched once, checked, kept in the store."""

import base64
import hashlib
import platform
import shutil
import subprocess
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.core.errors import PackageError
from generator.core.model import Progress
from generator.core.store import Store, key

SECONDS = 120  # for all that is fetched at once
PATIENCE = ("--fetch-retries=1", "--fetch-retry-mintimeout=1000")  # a build does without sooner than it waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What is wanted of a package."""

    name: str
    version: str
    integrity: str  # SHA-512 of the archive, as npm gives it: npm view NAME@VERSION dist.integrity
    files: tuple[str, ...]  # what is kept, by its path in the archive


# BSD-3-Clause
OPENSEADRAGON = Package(
    name="openseadragon",
    version="6.1.1",
    integrity="sha512-g4iKe2q8B642SaBT3+x4ZF3/8b1TxPPydyjmtrOLgDrlYWMKd9ZXM+1Cb/xa9DVySkvs/7l6HR1nHKfD5F3Tsw==",
    files=("build/openseadragon/openseadragon.min.js", "LICENSE.txt"),
)
# MIT. The program lies in a package of its own for each kind of machine, here by what Python calls that.
PAGEFIND = Package(
    name="pagefind",
    version="1.6.0",
    integrity="sha512-yeOd9EA0TUE1PUfbQIluBxzPadBG5/0BV48FAxwMVLkhZcOvwCz6TX4/a/Ofz97pF9/FwwT7CVbTC97BfmI+LQ==",
    files=("LICENSE/LICENSE",),
)
PROGRAM = "pagefind_extended"  # which divides Chinese and Japanese into words too
PROGRAMS = {
    ("Linux", "x86_64"): (
        "linux-x64",
        "IbMSx/+Vr/Xk0TTBlLkjgK+rvnbOXGmmb2/MKxQu99AR5DsqQoV3NKEA9PQz2tAhuCZjeD5xJBp4w5N5DHIC7Q==",
    ),
    ("Linux", "aarch64"): (
        "linux-arm64",
        "SLB2I+XqCZma8NvIGIH8nyKblgKIxw5PmqsVtofWOKxNHhEtOEsddbqU+hsrNcT3EV0faM6UmKDHVIxcPYq29w==",
    ),
    ("Darwin", "x86_64"): (
        "darwin-x64",
        "rd3ZbtuxyYqjASKZAPuIV7eeQQHJ7VYpoNKKG8CvglaD3g30eT5Nb7XGNLYwVReBsCccpkURwrGwWjSwr8nyQQ==",
    ),
    ("Darwin", "arm64"): (
        "darwin-arm64",
        "611gl64aqN12UcMyKPtZ8+vRWBKlJFSh2JgO8uScxa1Eyjo1dXz9r4wZuRno0yCUE/KN0FauEoKZ3KEwUYHCCg==",
    ),
}


def openseadragon(*, store: Store, progress: Progress) -> Path:
    """Return a folder with OpenSeadragon's script and its licence. Raises PackageError."""
    return fetch((OPENSEADRAGON,), store=store, progress=progress)


def pagefind(*, store: Store, progress: Progress) -> Path:
    """Return a folder with Pagefind's program for this machine and its licence. Raises PackageError."""
    kind = (platform.system(), platform.machine())
    if kind not in PROGRAMS:
        raise _missing(PAGEFIND, f"it has no program for {' '.join(kind)}")
    machine, digest = PROGRAMS[kind]
    program = Package(
        name=f"@pagefind/{machine}", version=PAGEFIND.version, integrity=f"sha512-{digest}", files=(f"bin/{PROGRAM}",)
    )
    return fetch((program, PAGEFIND), store=store, progress=progress)


def fetch(packages: tuple[Package, ...], *, store: Store, progress: Progress) -> Path:
    """Return a folder with the files of all packages, fetched where the store lacks it. Raises PackageError."""
    folder = store.path("npm", key(*((package.integrity, package.files) for package in packages)))
    if not folder.is_dir():
        with (
            progress.stage(f"Downloading {packages[-1].name}", 1) as step,
            store.scratch() as packed,
            store.writing(folder) as made,
        ):
            packed.mkdir()
            made.mkdir()
            for package, archive in zip(packages, _pack(packages, packed), strict=True):
                _unpack(archive, package, made)
            step.advance()
    return folder


def installed() -> bool:
    """Return whether npm is on the path."""
    return shutil.which("npm") is not None


def pack(wanted: Sequence[str], to: Path, *options: str, seconds: int) -> str:
    """Let `npm pack` put the archives of NAME@VERSION into a folder; return its last words where it could not, else "".

    npm knows the user's registry, proxy and cache; packages run no scripts.
    """
    command = [shutil.which("npm") or "npm", "pack", *wanted, "--ignore-scripts", "--loglevel=error", *options]
    try:
        done = subprocess.run(
            command, cwd=to, capture_output=True, text=True, timeout=seconds, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    words = [line.removeprefix("npm error").strip() for line in done.stderr.splitlines()]
    return (" ".join(filter(None, words))[:200] or "no message") if done.returncode else ""


def _pack(packages: tuple[Package, ...], to: Path) -> list[Path]:
    """Return the packages' archives, put into the folder by npm. Raises PackageError."""
    if not installed():
        raise _missing(packages[-1], "npm, which downloads it, is not installed; install Node.js and build again")
    failed = pack([f"{package.name}@{package.version}" for package in packages], to, *PATIENCE, seconds=SECONDS)
    if failed:
        raise _missing(packages[-1], f"npm could not download it ({failed}); build again with a network connection")
    names = [f"{package.name.removeprefix('@').replace('/', '-')}-{package.version}.tgz" for package in packages]
    return [to / name for name in names]


def _unpack(archive: Path, package: Package, to: Path) -> None:
    """Put the wanted files into the folder, without their folders. Raises PackageError where it is another archive."""
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != package.integrity:
        raise _missing(package, f"the download has the hash {found}, not {package.integrity}")
    with tarfile.open(archive) as packed:
        for name in package.files:
            member = packed.getmember(f"package/{name}")
            content = packed.extractfile(member)
            assert content is not None
            path = to / Path(name).name
            path.write_bytes(content.read())
            path.chmod(member.mode & 0o755)


def _missing(package: Package, reason: str) -> PackageError:
    return PackageError(f"{package.name} {package.version}: {reason}")
