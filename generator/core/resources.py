"""The program's own files: templates/ and static/ lie beside the package in a checkout, inside it when installed."""

import hashlib
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent  # generator/
HOME = PACKAGE if (PACKAGE / "templates").is_dir() else PACKAGE.parent
TEMPLATES, STATIC = HOME / "templates", HOME / "static"
SHIPPED = None if HOME == PACKAGE else HOME / "content"  # the shipped collection, which only a checkout has


def digest(*places: Path) -> str:
    """Return the SHA-256 of files, and of all files in folders, with their names, hexadecimal."""
    found = hashlib.sha256()
    for place in places:
        for path in sorted(place.rglob("*")) if place.is_dir() else (place,):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(f"{path.relative_to(place.parent)}\0{path.stat().st_size}\0".encode())
                found.update(path.read_bytes())
    return found.hexdigest()
