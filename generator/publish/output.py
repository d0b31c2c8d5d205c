"""Output folder: replaced whole or not at all, and only when it is ours.

A site is written into a folder beside the output folder and renamed into its place. build.json in
it says from what it was made, so that a build that would change nothing is not made again.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.core.errors import OutputError
from generator.core.store import alive

STAMP = "build.json"


def check_ours(out: Path) -> None:
    """Raise OutputError unless `out` can be written and is absent, empty, or a site that was built by Tesserae."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise OutputError(f"{out}: is not a folder; give another with --out")
    if out.exists() and any(out.iterdir()) and not _stamp(out):
        raise OutputError(
            f"{out}: contains files that Tesserae did not write, and a build replaces the whole folder. "
            "Empty it, or give another with --out"
        )
    nearest = next(folder for folder in out.absolute().parents if folder.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        raise OutputError(f"{out}: cannot write in {nearest}; give another with --out")


def is_current(out: Path, key: str) -> bool:
    """True where `out` holds the site of this key, whole."""
    stamp = _stamp(out)
    return stamp.get("key") == key and stamp.get("contents") == contents(out)


def _stamp(out: Path) -> dict[str, str]:
    """Return what build.json says, or nothing where it is not one of ours: other programs have a build.json too."""
    try:
        stamp = json.loads((out / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and stamp.get("generator") == "Tesserae" else {}


def contents(folder: Path) -> str:
    """Return a digest of the names and sizes of all files below the folder, the stamp apart."""
    names = sorted(_sizes(folder, ""))
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def _sizes(folder: Path, prefix: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _sizes(folder / entry.name, f"{prefix}{entry.name}/")
            elif prefix or entry.name != STAMP:
                yield f"{prefix}{entry.name} {entry.stat(follow_symlinks=False).st_size}"


@contextmanager
def replacing(out: Path, key: str) -> Iterator[Path]:
    """Give an empty folder to write the site into; stamp it and put it in `out`'s place at the end."""
    out.parent.mkdir(parents=True, exist_ok=True)
    _sweep(out)
    fresh, old = (out.parent / f".{out.name}.{kind}.{os.getpid()}" for kind in ("new", "old"))
    fresh.mkdir()
    try:
        yield fresh
        stamp = {"generator": "Tesserae", "key": key, "contents": contents(fresh)}
        (fresh / STAMP).write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")
        if out.exists():
            out.rename(old)
        fresh.rename(out)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _sweep(out: Path) -> None:
    """Mend what killed builds of this folder left: a site set aside comes back, half-written ones go."""
    for left in sorted(out.parent.glob(f".{out.name}.*.*")):
        kind, process = left.name.rsplit(".", 2)[1:]
        if kind not in ("new", "old") or not process.isdigit():
            continue
        if int(process) != os.getpid() and alive(int(process)):  # our own number: one that came round again
            continue
        if kind == "old" and not out.exists():
            left.rename(out)
        else:
            shutil.rmtree(left, ignore_errors=True)


def remove(out: Path) -> bool:
    """Remove a site that was built by Tesserae; False where there is none. Raises OutputError for other folders."""
    check_ours(out)
    _sweep(out)
    if not out.exists():
        return False
    shutil.rmtree(out)
    return True
