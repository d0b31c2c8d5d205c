"""Resources: where templates/ and static/ lie, beside the package in a checkout, inside it when it is installed."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent  # generator/
HOME = PACKAGE if (PACKAGE / "templates").is_dir() else PACKAGE.parent
TEMPLATES, STATIC = HOME / "templates", HOME / "static"
