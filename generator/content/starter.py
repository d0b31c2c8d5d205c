"""A new content folder with three example works, which builds at once and is there to be changed."""

import json
import re
import shlex
from importlib import metadata
from pathlib import Path

from generator.core.errors import OutputError
from generator.core.toml_file import FILE, shown
from generator.images import examples

WORKFLOW = Path(".github", "workflows", "pages.yml")


def start(folder: Path, templates: Path) -> None:
    """Write the folder. Raises OutputError where it holds something already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError(f"{folder}: already exists and is not empty; give a new folder, or an empty one")
    title = title_of(folder)
    new = templates / "new"
    files = {
        Path(FILE): settings((templates / "defaults.toml").read_text(encoding="utf-8"), title),
        Path("works.csv"): (new / "works.csv").read_text(encoding="utf-8"),
        Path("README.md"): _filled(new / "README.md", TITLE=title, FOLDER=shlex.quote(folder.resolve().name)),
        WORKFLOW: _filled(new / "pages.yml", SOURCE=source()),
    }
    (folder / WORKFLOW.parent).mkdir(parents=True)
    (folder / "images").mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    for picture, data in examples.draw().items():
        (folder / "images" / f"{picture}.png").write_bytes(data)


def title_of(folder: Path) -> str:
    """Return the folder's name as a title: "My collection" for my-collection."""
    words = " ".join(re.split(r"[\s_-]+", folder.resolve().name)).strip() or "Collection"
    return words[0].upper() + words[1:]


def settings(defaults: str, title: str) -> str:
    """Return the defaults as a site.toml of this title, every other setting behind a #."""
    lines = [
        "# The settings of this collection. Lines that begin with # show the defaults: to change one, remove its #",
        "# (and, for a color, the # before its [theme]).",
    ]
    for line in defaults.splitlines()[1:]:  # the first says what that other file is
        if line.startswith("title = "):
            lines.append(f"title = {shown(title)}")
        elif re.match(r"[\w\[]", line):
            lines.append(f"# {line}")
        else:
            lines.append(f"  {line}" if line.startswith(" ") else line)
    return "\n".join(lines) + "\n"


def source() -> str:
    """Return what pip can install this Tesserae from anywhere; "" where it came from a folder of this machine."""
    try:
        told = json.loads(metadata.distribution("tesserae").read_text("direct_url.json") or "{}")
    except metadata.PackageNotFoundError:  # a checkout that was never installed
        return ""
    kept = told.get("vcs_info")
    return f"{kept['vcs']}+{told['url']}@{kept['commit_id']}" if kept else ""


def _filled(path: Path, **words: str) -> str:
    """Return the text with each @NAME@ replaced."""
    text = path.read_text(encoding="utf-8")
    for name, word in words.items():
        text = text.replace(f"@{name}@", word)
    return text
