"""A page of a study in the site's own style, with style sheet and icon beside it. It asks nothing of any other host."""

from pathlib import Path

from generator import images
from generator.core import config
from generator.core.files import replacing
from generator.core.model import Picture
from generator.core.resources import STATIC, TEMPLATES
from generator.site import theme
from generator.site.render import Printer

ICON = "favicon.svg"
SHEETS = (STATIC / "site.css", TEMPLATES / "report.css")


def write_page(to: Path, name: str, template: str, **given: object) -> Path:
    """Write the page into a folder, and what it needs beside it; return where it is."""
    settings, _ = config.load(to / "nothing", TEMPLATES / "defaults.toml")
    printer = Printer(to, TEMPLATES, settings)
    sheets = [theme.css(settings), *(sheet.read_text(encoding="utf-8") for sheet in SHEETS)]
    printer.write("report.css", "".join(sheets).encode())
    printer.write(ICON, (STATIC / ICON).read_bytes())
    printer.write(name, printer.html(name, template, **given).encode())
    return to / name


def put_small(picture: Picture, path: Path, width: int) -> None:
    """Write a picture as WebP about so many pixels wide, unless it is there."""
    if path.is_file():
        return
    path.parent.mkdir(exist_ok=True)
    (content,) = images.encode(picture.path, images.sizes(picture.width, picture.height, (width,)))
    with replacing(path) as temporary:
        temporary.write_bytes(content)
