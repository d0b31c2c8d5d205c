"""Where templates/ and static/ lie: beside the package in a checkout, inside it when it is installed from a wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent  # generator/
HOME = PACKAGE if (PACKAGE / "templates").is_dir() else PACKAGE.parent
TEMPLATES, STATIC = HOME / "templates", HOME / "static"
SHIPPED = None if HOME == PACKAGE else HOME / "content"  # the shipped collection, which only a checkout has
