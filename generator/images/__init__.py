"""Picture files -> pixels, what is known of them, and smaller copies. The home of Pillow; what is here keeps nothing.

    sniffing            what is known of a file by its bytes alone
    color_conversion    pixels of any kind -> 8-bit sRGB
    derivatives         the pictures that pages show, kept in the store
    tiling              pictures at their full size in tiles, kept in the store; iiif_tiles cuts and names them
    sprite_sheet        many small pictures on one, for the map
    share_card          two pictures with their captions, for a link that is shared

Whatever a museum exports comes out as upright 8-bit sRGB: rotation by EXIF, embedded color profiles, CMYK,
Lab, palettes, bitmaps, 16 and 32 bits, transparency (on white), the first frame or page.
"""

import hashlib
import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError, __version__, features

from generator.core.errors import Problem
from generator.images.color_conversion import in_bands, to_srgb
from generator.images.sniffing import foreign, scans

__all__ = ["ImageFacts", "encode", "inspect", "open_rgb", "sizes"]

FORMATS = {  # that are read, as Pillow calls them, and how the names of their files end
    "JPEG": ".jpg",
    "PNG": ".png",
    "TIFF": ".tif",
    "WEBP": ".webp",
    "GIF": ".gif",
    "BMP": ".bmp",
    "PPM": ".ppm",
    "JPEG2000": ".jp2",
    "AVIF": ".avif",
}
LIMIT = 250_000_000  # pixels by the header; what claims more is refused before any is decoded
LARGEST = 2_000_000_000  # bytes of a file
SCANS = 100  # of a JPEG, each of which goes over all pixels; what cameras and programs write has a dozen
GAP = 2.0  # how much larger than asked a picture is when the last, good resampling begins

# Pillow itself refuses twice this many; between the two stands _opened below.
Image.MAX_IMAGE_PIXELS = LIMIT
warnings.filterwarnings("ignore", module=r"PIL\.")  # what matters of a picture is said by inspect

QUALITY, METHOD = 78, 4  # of WebP; method 6 makes 4 % smaller files in 2.4 times the time
TALLEST, WIDEST = 4, 4  # a derivative is at most so many times as high as its step, and a scroll's so much wider
RECIPE = f"webp {QUALITY} {METHOD} {TALLEST} {WIDEST}, Pillow {__version__}, libwebp {features.version('webp')}"
ROTATION = 0x0112  # the tag of EXIF
TURNS = {  # its values, and what makes the picture upright
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageFacts:
    """What is known of a good picture."""

    digest: str  # SHA-256 of the file, hexadecimal
    width: int  # pixels as a viewer sees it
    height: int


def inspect(path: Path) -> ImageFacts | Problem:
    """Decode the whole picture and return its facts, or what is wrong with it. Raises nothing."""
    try:
        size = path.stat().st_size
        if size == 0:
            return Problem(found="an empty file", expected="a picture", fix="export or download it again")
        if size > LARGEST:
            return Problem(found=f"a file of {size:,} bytes", expected=f"at most {LARGEST:,}", fix="export it smaller")
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        with _opened(path) as image:
            width, height = image.size
            if image.format in ("JPEG", "MPO") and (count := scans(path, most=SCANS)) > SCANS:
                return Problem(
                    found=f"a JPEG with {count} scans or more", expected=f"at most {SCANS}", fix="export it again"
                )
            image.draft(None, (1, 1))  # JPEG: reads every byte, but transforms an eighth of the pixels
            image.load()
            if _rotation(image) >= 5:
                width, height = height, width
        return ImageFacts(digest=digest, width=width, height=height)
    except Image.DecompressionBombError as error:
        return Problem(
            found=f"a picture with too many pixels ({error})",
            expected=f"at most {LIMIT // 1_000_000} million pixels",
            fix="export it smaller; the site shows at most a few thousand pixels",
        )
    except UnidentifiedImageError:
        return foreign(path)
    except Exception as error:  # Pillow's decoders raise anything on hostile bytes; each means the picture is no good
        words = "an incomplete picture" if "truncated" in str(error).lower() else "a picture that cannot be decoded"
        return Problem(
            found=f"{words} ({_one_line(error)})",
            expected="a complete picture file",
            fix="export or download it again",
        )


def _one_line(error: Exception) -> str:
    """Return what the error says in at most 100 characters of one line, without the path."""
    return (" ".join(str(error).split()) or type(error).__name__)[:100]


def suffix(path: Path) -> str:
    """Return how the name of a good picture should end, whatever it is called."""
    with _opened(path) as image:
        kind = image.format or ""
    return FORMATS["JPEG" if kind == "MPO" else kind]  # MPO: several JPEGs in one file


def open_rgb(path: Path, *, longest: int | None = None) -> Image.Image:
    """Return the picture upright, in sRGB and mode RGB; at most `longest` pixels on its long side, never upscaled.

    Raises OSError or whatever Pillow raises where the file is no good: `inspect` says beforehand.
    """
    picture = _rough(path, longest)
    if longest and max(picture.size) > longest:
        return picture.resize(_fit(picture.size, longest), Image.Resampling.LANCZOS)
    return picture


def sizes(width: int, height: int, steps: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return width and height of the derivatives of a picture for the steps (about as many pixels wide), ascending.

    Never upscaled: steps beyond the picture become one of its own size. A long scroll gets more pixels across
    and a tall one fewer, so that neither is a sliver nor larger than WebP can hold.
    """
    across = min(max(width / height / 2, 1.0), WIDEST)
    scales = {min(1.0, step * across / width, step * TALLEST / height) for step in steps}
    return tuple((max(1, round(width * scale)), max(1, round(height * scale))) for scale in sorted(scales))


def encode(source: Path, sizes: Sequence[tuple[int, int]]) -> list[bytes]:
    """Return the picture as WebP in each size; decoded once, without metadata, the same bytes every time."""
    picture = _rough(source, max(max(size) for size in sizes))
    return [_webp(picture, size) for size in sizes]


def _webp(picture: Image.Image, size: tuple[int, int]) -> bytes:
    resized = picture if picture.size == size else picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    buffer = io.BytesIO()
    resized.save(buffer, "WEBP", quality=QUALITY, method=METHOD)
    return buffer.getvalue()


def _rough(path: Path, longest: int | None) -> Image.Image:
    """Return the picture upright in sRGB, quickly made smaller towards GAP times `longest`, never beyond."""
    with _opened(path) as image:
        if longest:
            image.draft(None, (round(longest * GAP), round(longest * GAP)))  # JPEG: decode at 1/2, 1/4, 1/8
        image.load()
        factor = max(1, int(max(image.size) / (longest * GAP))) if longest else 1
        upright = _turned(in_bands(image, factor), _rotation(image))
        profile = image.info.get("icc_profile")
    picture = to_srgb(upright, profile)
    picture.info.clear()
    return picture


def _opened(path: Path) -> Image.Image:
    image = Image.open(path, formats=tuple(FORMATS))
    if image.width * image.height > LIMIT:
        image.close()
        raise Image.DecompressionBombError(f"{image.width} x {image.height} pixels")
    return image


def _fit(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """Return the size in proportion with `longest` as its long side; no side less than 1."""
    scale = longest / max(size)
    width, height = (max(1, round(side * scale)) for side in size)
    return width, height


def _rotation(image: Image.Image) -> int:
    """Return EXIF's orientation, 1 to 8; 1 where there is none or it cannot be read. TIFF is turned when loaded."""
    try:
        number = image.getexif().get(ROTATION, 1)
    except Exception:  # broken EXIF raises anything; the pixels are good all the same
        return 1
    return number if number in TURNS else 1


def _turned(image: Image.Image, rotation: int) -> Image.Image:
    turn = TURNS[rotation]
    return image if turn is None else image.transpose(turn)
