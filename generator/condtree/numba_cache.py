"""numba's cache: machine code is kept until any file of this package changes.

numba keeps what it compiled beside the source, and compiles again when the file of the function changes. But a kernel
holds the code of the functions that it calls, which stand in other files here, so the stamp is taken of all of them.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numba
from numba.core import caching

PACKAGE = Path(__file__).resolve().parent


@cache
def stamp() -> str:
    """Return the SHA-256 of the sources of this package."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(PACKAGE.glob("*.py")))).hexdigest()


class _Ours(caching._CacheLocator):
    """Mixed into one of numba's locators: takes the functions of this package, and none else."""

    @classmethod
    def from_function(cls, function: Any, file: str) -> Any:
        locate: Callable[..., Any] = super().from_function
        return locate(function, file) if Path(file).resolve().parent == PACKAGE else None

    def get_source_stamp(self) -> str:
        return stamp()


class Named(_Ours, caching.UserProvidedCacheLocator):
    """In the folder that NUMBA_CACHE_DIR names."""


class Beside(_Ours, caching.InTreeCacheLocator):
    """Beside the source."""


class Elsewhere(_Ours, caching.UserWideCacheLocator):
    """In the user's cache, where the source may not be written beside."""


def keep_until_a_source_changes() -> None:
    """Make numba ask the locators of this module first, unless its own settings name others (NUMBA_CACHE_LOCATOR_CLASSES)."""
    config: Any = numba.config  # its names are set when it is read
    if not config.CACHE_LOCATOR_CLASSES:
        ours = [f"{__name__}.{each.__name__}" for each in (Named, Beside, Elsewhere)]
        theirs = [each.__name__ for each in caching.CacheImpl._locator_classes]
        config.CACHE_LOCATOR_CLASSES = ",".join(ours + theirs)
