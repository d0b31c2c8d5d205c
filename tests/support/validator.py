"""The validator of HTML that the tests use: html-validate, by npm, in the versions of validator/package-lock.json."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

LISTS = Path(__file__).parent / "validator"  # package.json, its lock, and the rules
INSTALLED = Path(sys.prefix) / "share" / "tesserae" / "validator"
COMMAND = INSTALLED / "node_modules" / ".bin" / "html-validate"


def install() -> None:
    """Install the validator where it is not yet. Raises SystemExit where there is no npm."""
    lock = LISTS / "package-lock.json"
    if COMMAND.exists() and (INSTALLED / lock.name).read_bytes() == lock.read_bytes():
        return
    npm = shutil.which("npm")
    if npm is None:
        sys.exit(
            "The tests validate HTML by a package of npm. Install Node.js 20.19 or newer (Debian: apt install npm)."
        )
    shutil.rmtree(INSTALLED, ignore_errors=True)
    shutil.copytree(LISTS, INSTALLED)
    subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=INSTALLED, check=True)


def faults(paths: Sequence[Path]) -> dict[str, str]:
    """Return what is wrong, by page and line; a page by its path, as given."""
    rules = LISTS / ".htmlvalidate.json"
    command = [str(COMMAND), "--config", str(rules), "--formatter", "json", *map(str, paths)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode in (0, 1), said.stderr
    return {
        f"{page['filePath']}:{message['line']} {message['ruleId']}": message["message"]
        for page in json.loads(said.stdout)
        for message in page["messages"]
    }
