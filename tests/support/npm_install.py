"""Tools of the tests that come by npm, each by a folder's package.json and its lock, installed beside Python's."""

import shutil
import subprocess
import sys
from pathlib import Path


def home(lists: Path) -> Path:
    """Return where the packages of a folder's lists are installed."""
    return Path(sys.prefix) / "share" / "tesserae" / lists.name


def command(lists: Path, name: str) -> Path:
    return home(lists) / "node_modules" / ".bin" / name


def install(lists: Path, name: str) -> Path:
    """Return the command, installed where its version is not yet. Raises SystemExit where there is no npm."""
    lock, installed, found = lists / "package-lock.json", home(lists), command(lists, name)
    if found.exists() and (installed / lock.name).read_bytes() == lock.read_bytes():
        return found
    npm = shutil.which("npm")
    if npm is None:
        sys.exit(f"{name} comes by npm, which is missing. Install Node.js 20.19 or newer (Debian: apt install npm).")
    shutil.rmtree(installed, ignore_errors=True)
    installed.mkdir(parents=True)
    for path in (lists / "package.json", lock):
        shutil.copy(path, installed)
    subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=installed, check=True)
    return found
