"""The validator of HTML that the tests use: html-validate, by npm, in the versions of validator/package-lock.json."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from support import npm_install

LISTS = Path(__file__).parent / "validator"  # package.json, its lock, and the rules
NAME = "html-validate"


def install() -> None:
    npm_install.install(LISTS, NAME)


def faults(paths: Sequence[Path]) -> dict[str, str]:
    """Return what is wrong, by page and line; a page by its path, as given."""
    rules = LISTS / ".htmlvalidate.json"
    command = [str(npm_install.command(LISTS, NAME)), "--config", str(rules), "--formatter", "json", *map(str, paths)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode in (0, 1), said.stderr
    return {
        f"{page['filePath']}:{message['line']} {message['ruleId']}": message["message"]
        for page in json.loads(said.stdout)
        for message in page["messages"]
    }
