"""Scripts of pages: served without their comments, and announced with all that they import.

What is announced a browser asks for at once, and not import by import. This is for pages that scripts fill: elsewhere
it would only take the line from the page's pictures.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from markupsafe import Markup

IMPORT = re.compile(r'^import\b[^;"]*"\./([\w.-]+\.js)"', re.MULTILINE)

# What readers need and browsers do not (`dropped`): comments with the spaces around them, empty lines, indents, spaces
# beside a sign. Or else what may look so inside: text in quotes, a template (with templates in its places), a regular
# expression, where a value begins.
COMMENT = r"//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/"
SIGN = r"[(){}\[\],;:=<>?&|*!]"
TEMPLATE = r"`(?:\\.|\$\{(?:[^`{}]|`(?:\\.|[^`\\])*`|\{[^{}]*\})*\}|[^`\\])*`"
REGEX = r"(?:(?<=[(,=:\[!&|?])|(?<=[(,=:\[!&|?>] ))/(?:\\.|\[(?:\\.|[^\]\\\n])+\]|[^/\\\[\n])+/"
TOKEN = re.compile(
    rf"""(?P<dropped>^\s*(?:(?:{COMMENT})\s*)*|[ \t]*(?:{COMMENT})[ \t]*$|(?:{COMMENT})[ \t]*"""
    rf"""|[ ]+(?={SIGN})|(?<={SIGN})[ ]+)"""
    rf"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|{TEMPLATE}|{REGEX}""",
    re.MULTILINE,
)

Imports = Mapping[str, tuple[str, ...]]  # of each script the scripts that it imports


def served(script: str) -> str:
    """Return a script as visitors get it: without what only its readers need, who have the program itself."""
    return TOKEN.sub(lambda found: "" if found["dropped"] is not None else found[0], script)


def imports(static: Path) -> Imports:
    """Return what each script of a folder imports; what it may ask for later (import()) is not among it."""
    return {path.name: tuple(IMPORT.findall(path.read_text(encoding="utf-8"))) for path in sorted(static.glob("*.js"))}


def with_imports(names: Iterable[str], known: Imports) -> list[str]:
    """Return some scripts and all that they import, however deep, each once."""
    found = dict.fromkeys(names)
    waiting = [*found]
    while waiting:
        new = [name for name in known.get(waiting.pop(0), ()) if name not in found]
        found.update(dict.fromkeys(new))
        waiting += new
    return [*found]


def tags(names: Iterable[str], root: str, known: Imports) -> Markup:
    """Return the elements that run some scripts and announce what they import, `root` being the way up to the root."""
    names = [f"{name}.js" for name in names]
    run, announced = (
        Markup('<script type="module" src="{}assets/{}"></script>\n'),
        Markup('<link rel="modulepreload" href="{}assets/{}">\n'),
    )
    every = ((run if name in names else announced).format(root, name) for name in with_imports(names, known))
    return Markup("").join(every).rstrip()
