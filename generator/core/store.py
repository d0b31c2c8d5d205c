"""The store: artefacts by content hash; whatever is expensive is kept under the hash of what it was made from.

    root/KIND/ab/abcdef...SUFFIX    complete, never changed afterwards; several processes may share a root
    root/temporary/                 being written; what a killed process left there is swept later

A file appears under its name only when it is complete, so a reader needs no lock and a build may be
killed at any moment. Content that a broken disk damaged is for the reader to notice and make again.
"""

import hashlib
import os
import secrets
import shutil
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
from numpy.typing import NDArray

from generator.core.errors import OutputError

Part = str | bytes | bool | int | float | None | NDArray[Any] | tuple["Part", ...]

TEMPORARY = "temporary"
TAG = "CACHEDIR.TAG"  # so that backup programs leave the folder out: bford.info/cachedir
SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55\n# Tesserae can rebuild everything in this folder.\n"
ABANDONED = 86_400.0  # seconds after which another machine's temporary counts as left behind


def default_root() -> Path:
    """Return the user's cache directory for Tesserae; TESSERAE_CACHE names another."""
    named = os.environ.get("TESSERAE_CACHE")
    return Path(named).expanduser().absolute() if named else platformdirs.user_cache_path("tesserae")


def key(*parts: Part) -> str:
    """Return the SHA-256 of the parts, hexadecimal; parts that differ in type, order or grouping differ in key."""
    digest = hashlib.sha256()
    for part in parts:
        _feed(digest, part)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of artefacts. Making one sweeps what killed processes left half written."""

    root: Path

    def __post_init__(self) -> None:
        _sweep(self.root / TEMPORARY)

    def path(self, kind: str, key: str, suffix: str = "") -> Path:
        """Return where the artefact is, or would be: ask is_file(), or read it and mind FileNotFoundError."""
        return self.root / kind / key[:2] / f"{key}{suffix}"

    @contextmanager
    def writing(self, path: Path) -> Iterator[Path]:
        """Yield a temporary path with the same suffix; what the caller writes there becomes `path` at the end.

        A file or a folder. After an error nothing is left. If two writers race, a file of the last one stays and
        a folder of the first one: both made the same thing.
        """
        with self.scratch(path.suffix) as temporary:
            yield temporary
            path.parent.mkdir(parents=True, exist_ok=True)
            _put(temporary, path)

    @contextmanager
    def scratch(self, suffix: str = "") -> Iterator[Path]:
        """Yield a path where nothing is yet; a file or a folder made there is gone at the end."""
        folder = self.root / TEMPORARY
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (self.root / TAG).write_text(SIGNATURE)
        except OSError as error:
            reason = f"nothing can be written in this cache ({error.strerror})"
            raise OutputError(f"{self.root}: {reason}; name another folder in TESSERAE_CACHE") from error
        temporary = folder / f"{_host()}.{os.getpid()}.{secrets.token_hex(8)}{suffix}"
        try:
            yield temporary
        finally:
            _remove(temporary)

    def remove(self) -> None:
        """Remove the root and all in it. Raises OutputError where it is a folder that no store has written in."""
        if not self.root.exists():
            return
        if not (self.root / TAG).is_file():
            raise OutputError(f"{self.root}: not a Tesserae cache (it has no {TAG}); remove it yourself")
        shutil.rmtree(self.root)


def _put(temporary: Path, path: Path) -> None:
    try:
        os.replace(temporary, path)
    except OSError:
        if not (temporary.is_dir() and path.is_dir()):
            raise


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(FileNotFoundError):
            path.unlink()


def _host() -> str:
    """Return this machine's name in letters and digits, for the names of temporaries in a shared cache."""
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:12]


def _sweep(folder: Path) -> None:
    """Remove temporaries whose process, on this machine, is gone, or that nobody has touched for a day."""
    with suppress(FileNotFoundError, NotADirectoryError):
        for path in sorted(folder.iterdir()):
            host, _, rest = path.name.partition(".")
            number = rest.partition(".")[0]
            with suppress(FileNotFoundError):  # another process sweeps too
                gone = host == _host() and number.isdecimal() and not alive(int(number))
                if gone or time.time() - path.stat().st_mtime > ABANDONED:
                    _remove(path)


def alive(process: int) -> bool:
    """Return whether a process of this machine has the number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _feed(digest: "hashlib._Hash", part: Part) -> None:
    """Add the part's type, its length and its bytes, so that no two different parts add the same."""
    match part:
        case np.ndarray():
            kind, content = f"array {part.dtype.str} {part.shape}", np.ascontiguousarray(part).tobytes()
        case tuple():
            kind, content = "tuple", "".join(key(inner) for inner in part).encode()
        case str():
            kind, content = "str", part.encode()
        case bytes():
            kind, content = "bytes", part
        case float():
            kind, content = "float", struct.pack("<d", part)
        case None | bool() | int():
            kind, content = type(part).__name__, str(part).encode()
        case _:
            raise TypeError(f"a key is made of str, bytes, numbers, None, arrays and tuples of these, not {type(part)}")
    digest.update(f"{kind} {len(content)}:".encode())
    digest.update(content)
