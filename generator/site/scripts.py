"""Scripts of pages, announced with all that they import: a browser asks for them at once, and not import by import.

This is for pages that scripts fill. Elsewhere what is announced would only take the line from the page's pictures.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from markupsafe import Markup

IMPORT = re.compile(r'^import\b[^;"]*"\./([\w.-]+\.js)"', re.MULTILINE)

Imports = Mapping[str, tuple[str, ...]]  # of each script the scripts that it imports


def imports(static: Path) -> Imports:
    """Return what each script of a folder imports; what it may ask for later (import()) is not among it."""
    return {path.name: tuple(IMPORT.findall(path.read_text(encoding="utf-8"))) for path in sorted(static.glob("*.js"))}


def tags(names: Iterable[str], root: str, known: Imports) -> Markup:
    """Return the elements that run some scripts and announce what they import, from a page with this way up to the root."""
    names = [f"{name}.js" for name in names]
    found = dict.fromkeys(names)
    waiting = [*names]
    while waiting:
        new = [name for name in known.get(waiting.pop(0), ()) if name not in found]
        found.update(dict.fromkeys(new))
        waiting += new
    run, announced = (
        Markup('<script type="module" src="{}assets/{}"></script>\n'),
        Markup('<link rel="modulepreload" href="{}assets/{}">\n'),
    )
    return Markup("").join((run if name in names else announced).format(root, name) for name in found).rstrip()
