"""Fonts from npm's packages @fontsource/NAME, into a folder: of each package one font file and its terms, no more.

    FOLDER/NAME/NAME-latin-400-normal.woff2     Latin letters, weight 400, upright
    FOLDER/NAME/LICENSE  package.json           as in the package
    FOLDER/NAME/refused.txt                     why there is no font, where there is none

A family's folder appears when it is complete, so a fetch that is stopped goes on where it was.
"""

import json
import shutil
import tarfile
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from generator.core.errors import StudyError
from generator.core.model import Progress, each
from generator.evaluation.intuition.letters.families import FAMILIES, VERSION
from generator.evaluation.intuition.letters.fonts import Font, FontLeftOut, FontSet, shuffled
from generator.publish import npm_packages

OPEN = ("OFL-1.1", "Apache-2.0", "UFL-1.0")  # licenses that let anyone draw and show the letters
REFUSED, ABOUT, LICENSE = "refused.txt", "package.json", "LICENSE"
AT_A_TIME = 4  # packages: a registry is not ours to hurry
SECONDS = 300  # for one package


def fetch(folder: Path, *, count: int, seed: int, progress: Progress) -> FontSet:
    """Return the first `count` families of a shuffled list, fetched where the folder lacks them.

    Raises StudyError where npm is missing or cannot fetch one; what was fetched stays.
    """
    if count > len(FAMILIES):
        raise StudyError(
            f"only {len(FAMILIES)} fonts are available, not {count}; ask for fewer, or give a folder of fonts with --fonts"
        )
    names = shuffled(FAMILIES, seed)[:count]
    missing = [name for name in names if not (folder / name).is_dir()]
    if missing:
        _fetch(folder, missing, progress)
    refused = {name: file.read_text("utf-8") for name in names if (file := folder / name / REFUSED).is_file()}
    return FontSet(
        fonts=tuple(_font(folder, name) for name in names if name not in refused),
        left_out=tuple(FontLeftOut(family=name, reason=reason) for name, reason in refused.items()),
    )


def _font(folder: Path, name: str) -> Font:
    about = json.loads((folder / name / ABOUT).read_text("utf-8"))
    return Font(family=name, path=folder / name / _file(name), license=about["license"])


def _file(name: str) -> str:
    return f"{name}-latin-400-normal.woff2"


def _fetch(folder: Path, names: Sequence[str], progress: Progress) -> None:
    if not npm_packages.installed():
        raise StudyError(
            f"npm, which downloads fonts, is not installed ({len(names)} are missing in {folder}); install Node.js, "
            "or give a folder of fonts with --fonts"
        )
    folder.mkdir(parents=True, exist_ok=True)
    with (
        progress.stage("Downloading fonts", len(names)) as step,
        tempfile.TemporaryDirectory(prefix=".", dir=folder) as scratch,
        ThreadPoolExecutor(AT_A_TIME) as pool,
    ):
        tasks = [pool.submit(_fetch_one, folder, name, Path(scratch)) for name in names]
        try:
            for task in each(as_completed(tasks), step):
                task.result()
        finally:  # after an error, or Ctrl-C, what has not begun is not done
            pool.shutdown(wait=True, cancel_futures=True)


def _fetch_one(folder: Path, name: str, scratch: Path) -> None:
    """Put the family's folder in place. Raises StudyError with npm's last words."""
    package, packed, made = f"@fontsource/{name}@{VERSION}", scratch / f"{name}.packed", scratch / name
    packed.mkdir()
    made.mkdir()
    failed = npm_packages.pack([package], packed, f"--cache={packed / 'cache'}", seconds=SECONDS)
    if failed:
        raise StudyError(
            f"npm could not download {package}: {failed}\nDownloads so far are kept: run again with a network connection, "
            "or give a folder of fonts with --fonts"
        )
    (archive,) = packed.glob("*.tgz")
    unpack(archive, name, made)
    shutil.rmtree(packed)
    made.replace(folder / name)


def unpack(archive: Path, name: str, to: Path) -> None:
    """Take font and terms out of a package; or, where it has no such font or is not openly licensed, write why."""
    wanted = {f"package/{inside}" for inside in (f"files/{_file(name)}", ABOUT, LICENSE)}
    with tarfile.open(archive) as package:
        for member in package:
            content = package.extractfile(member) if member.name in wanted else None
            if content is not None:
                (to / Path(member.name).name).write_bytes(content.read())
    if reason := _reason(to, name):
        (to / _file(name)).unlink(missing_ok=True)
        (to / REFUSED).write_text(reason, "utf-8")


def _reason(folder: Path, name: str) -> str:
    """Return why the family is refused, or nothing."""
    about = folder / ABOUT
    license = json.loads(about.read_text("utf-8")).get("license") if about.is_file() else None
    if license not in OPEN:
        return f"licensed under {license or 'no stated terms'}, not under one of {', '.join(OPEN)}"
    return "" if (folder / _file(name)).is_file() else "no upright Latin font of weight 400 in its package"
