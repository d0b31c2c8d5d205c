"""IIIF tiles: a picture cut as the Image API 3 names them: REGION/SIZE/0/default.jpg.

The names are those that its text calls canonical and that viewers ask for: what covers the whole picture is of the
region "full", its own size is "max", every other size is "w,h". https://iiif.io/api/image/3.0/#47-canonical-uri-syntax
"""

import io
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, __version__, features

from generator.images import open_rgb

SIDE = 512  # pixels of a tile
QUALITY = 82
LONGEST = 65_500  # pixels that a side of a JPEG may have
RECIPE = f"jpeg {QUALITY} tiles {SIDE}, Pillow {__version__}, libjpeg {features.version('libjpeg_turbo')}"
Box = tuple[int, int, int, int]  # left, top, width, height, in pixels of the whole picture


def shown(width: int, height: int) -> tuple[int, int]:
    """Return the size in which a picture is shown: its own, where a JPEG can be so large."""
    scale = min(1.0, LONGEST / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def factors(width: int, height: int) -> tuple[int, ...]:
    """Return how many times smaller each level is: 1, 2, 4 ... until one tile holds all of it."""
    return tuple(
        2**level for level in range(max(0, (max(width, height) - 1).bit_length() - (SIDE - 1).bit_length()) + 1)
    )


def level(width: int, height: int, factor: int) -> tuple[int, int]:
    """Return the width and height of a level, rounded up as viewers do."""
    return -(-width // factor), -(-height // factor)


def regions(width: int, height: int, factor: int) -> Iterator[tuple[Box, tuple[int, int]]]:
    """Yield what each tile of a level shows of the picture, and its own width and height."""
    across, down = level(width, height, factor)
    step = SIDE * factor
    for row in range(-(-down // SIDE)):
        for column in range(-(-across // SIDE)):
            left, top = column * step, row * step
            box = (left, top, min(step, width - left), min(step, height - top))
            yield box, (min(SIDE, across - column * SIDE), min(SIDE, down - row * SIDE))


def name(width: int, height: int, box: Box, size: tuple[int, int]) -> str:
    """Return the canonical name of a region of the picture in a size."""
    region = "full" if box == (0, 0, width, height) else ",".join(map(str, box))
    return f"{region}/{'max' if size == (width, height) else '{},{}'.format(*size)}/0/default.jpg"


def cut(source: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every file: the tiles of all levels, and the whole picture in the size of each level."""
    picture = open_rgb(source, longest=LONGEST)
    width, height = picture.size
    whole = (0, 0, width, height)
    for factor in factors(width, height):
        size = level(width, height, factor)
        small = picture if factor == 1 else picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
        content = _jpeg(small)
        yield name(width, height, whole, size), content
        if factor == 1:  # by its size too, as any other in the list of sizes
            yield f"full/{width},{height}/0/default.jpg", content
        for box, (across, down) in regions(width, height, factor):
            if box != whole:
                left, top = box[0] // factor, box[1] // factor
                yield (
                    name(width, height, box, (across, down)),
                    _jpeg(small.crop((left, top, left + across, top + down))),
                )


def _jpeg(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=QUALITY, optimize=True)
    return buffer.getvalue()
