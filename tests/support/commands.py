"""The command line as an owner calls it: in this process, or in one of its own where that is what is tested."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest import mock

from click.testing import CliRunner

from generator.cli import main
from generator.core.resources import HOME


class Program:
    """build.py for click's CliRunner, which wants a command: the first word may be left out, as in a shell."""

    name = "build.py"

    def main(self, args: list[str], **_: object) -> None:
        with mock.patch.object(sys, "argv", [self.name, *args]):
            main()


def run(cache: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """Return what a call prints and how it ends; what it does not catch itself is raised here."""
    runner = CliRunner(env={"TESSERAE_CACHE": str(cache)})
    ran = runner.invoke(Program(), [str(word) for word in words], catch_exceptions=False)
    return subprocess.CompletedProcess(words, ran.exit_code, ran.stdout, ran.stderr)


def command(cache: Path, *words: object) -> dict[str, Any]:
    """Return what subprocess.run wants to make the same call in a process of its own, whose hashes are others."""
    environment = {**os.environ, "TESSERAE_CACHE": str(cache), "PYTHONHASHSEED": "random"}
    return {"args": [sys.executable, str(HOME / "build.py"), *map(str, words)], "env": environment, "cwd": HOME}
