"""The checker of the scripts in static/: tsc, by npm, in the version of ../javascript/package-lock.json.

    PYTHONPATH=tests python -m support.typescript

Reads the types that the scripts' comments (JSDoc) declare, strictly. Prints what is wrong, and exits with 1 where
anything is.
"""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from support import npm_install

LISTS = Path(__file__).parent.parent / "javascript"  # package.json, its lock, and tsconfig.json
NAME = "tsc"
PLAINLY = ("--allowJs", "--removeComments", "--noCheck", "--noResolve", "--ignoreConfig", "--target", "es2023")


def install() -> None:
    npm_install.install(LISTS, NAME)


def faults(config: Path = LISTS / "tsconfig.json") -> str:
    """Return what is wrong with the scripts that a configuration names, a line each; nothing where all is right."""
    return _run("--project", str(config))


def plainly(scripts: Iterable[Path], out: Path) -> None:
    """Write scripts into a folder as tsc prints them: without comments, and with its own spaces and lines."""
    said = _run(*PLAINLY, "--outDir", str(out), *map(str, scripts))
    assert said == "", said


def _run(*options: str) -> str:
    command = [str(npm_install.install(LISTS, NAME)), "--pretty", "false", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


if __name__ == "__main__":
    print(wrong := faults(), end="")
    sys.exit(bool(wrong))
