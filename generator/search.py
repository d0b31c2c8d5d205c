"""_site/ -> the index that its search page asks. The home of Pagefind, which reads the finished pages of works.

Only what stands in an element marked data-pagefind-body is indexed: a work's picture and record (templates/work.html).
"""

import importlib.metadata
import importlib.util
import os
import subprocess
from pathlib import Path

from generator.errors import SearchError
from generator.model import Progress

# The second also divides Chinese and Japanese into words; who wants it installs it, and it is taken first.
PACKAGES = {"pagefind-bin-extended": "pagefind_extended", "pagefind-bin": "pagefind"}
FOLDER = "pagefind"
UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")
PAGES = "works/*/index.html"


def identity() -> str:
    """Return the name and version of the Pagefind that is installed; "" where there is none for this machine."""
    for package in PACKAGES:
        if _program(package):
            return f"{package} {importlib.metadata.version(package)}"
    return ""


def index(site: Path, *, language: str, progress: Progress) -> None:
    """Add the index to a site; the same pages give the same bytes. Raises SearchError where Pagefind fails."""
    program = next(filter(None, map(_program, PACKAGES)))
    command = [
        str(program), "--site", str(site), "--output-subdir", FOLDER, "--glob", PAGES, "--force-language",
        language.split("-")[0].lower(), "--silent",
    ]  # fmt: skip
    with progress.stage("Indexing for search", 1) as step:
        # Its own settings come by its options and not from whoever runs the build.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
        done = subprocess.run(
            command, cwd=site, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
        )
        if done.returncode != 0 or not (site / FOLDER / "pagefind.js").is_file():
            said = (done.stderr.strip() or done.stdout.strip() or f"exit code {done.returncode}")[-300:]
            raise SearchError(f"{program.name} could not index the pages: {said}")
        for pattern in UNUSED:
            for path in (site / FOLDER).glob(pattern):
                path.unlink()
        step.advance()


def _program(package: str) -> Path | None:
    spec = importlib.util.find_spec(package.replace("-", "_"))
    if spec is None or spec.origin is None:
        return None
    found = [Path(spec.origin).with_name(PACKAGES[package] + ending) for ending in ("", ".exe")]
    return next((path for path in found if path.is_file()), None)
