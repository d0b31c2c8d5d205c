"""Search index: _site/ -> what its search page asks, by Pagefind, which reads the finished pages of works.

Only what stands in an element marked data-pagefind-body is indexed: a work's picture and record (templates/work.html).
"""

import os
import shutil
import subprocess
from pathlib import Path

from generator.core.errors import SearchError
from generator.core.model import Progress

PROGRAM, TERMS = "pagefind_extended", "LICENSE"  # in the folder that npm_packages fetches
FOLDER = "pagefind"  # of the site
PAGES = "works/*/index.html"
BESIDE = "dt, details, .same, .zoom > span"  # of the element: what every record says, or what another work is called
UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")


def index(site: Path, pagefind: Path, *, language: str, progress: Progress) -> None:
    """Add the index to a site; the same pages give the same bytes. Raises SearchError where Pagefind fails."""
    command = [
        str((pagefind / PROGRAM).absolute()),
        "--site",
        str(site.absolute()),
        "--output-subdir",
        FOLDER,
        "--glob",
        PAGES,
        "--silent",
        "--exclude-selectors",
        BESIDE,
        "--force-language",
        language.partition("-")[0].lower(),
    ]
    # What it is told is said here, and not by whoever runs the build.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    with progress.stage("Building the search index", 1) as step:
        # In the site's folder, as Pagefind would read a configuration that lies where the build is run.
        done = subprocess.run(
            command, cwd=site, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
        )
        if done.returncode != 0 or not (site / FOLDER / "pagefind.js").is_file():
            said = done.stderr.strip() or done.stdout.strip() or f"exit code {done.returncode}"
            raise SearchError(f"Pagefind could not build the search index: {said[-300:]}")
        for pattern in UNUSED:
            for path in (site / FOLDER).glob(pattern):
                path.unlink()
        shutil.copyfile(pagefind / TERMS, site / FOLDER / f"{TERMS}.txt")
        step.advance()
