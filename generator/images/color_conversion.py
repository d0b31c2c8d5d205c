"""Color conversion: pixels of any depth and color space -> 8-bit sRGB, band by band. Opens no file."""

import io
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageCms
from PIL.TiffImagePlugin import TiffImageFile

BAND = 4_000_000  # pixels converted at a time, so that a huge picture is in memory once
BITS = 258  # the tag of TIFF: of each channel


def in_bands(image: Image.Image, factor: int) -> Image.Image:
    """Return the image in mode L, RGB, CMYK or LAB, `factor` times smaller, band by band."""
    stretch = _range(image)
    whole: Image.Image | None = None
    for top, band in _bands(image, factor):
        small = _plain(band, stretch).reduce(factor)
        if band.height == image.height:
            return small
        if whole is None:
            whole = Image.new(small.mode, (small.width, -(-image.height // factor)))
        whole.paste(small, (0, top // factor))
    assert whole is not None
    return whole


def _bands(image: Image.Image, multiple: int = 1) -> Iterator[tuple[int, Image.Image]]:
    """Yield the image's bands, a `multiple` of rows high but for the last, and where each begins."""
    height = max(multiple, BAND // image.width // multiple * multiple)
    for top in range(0, image.height, height):
        yield top, image.crop((0, top, image.width, min(top + height, image.height)))


def _range(image: Image.Image) -> tuple[float, float]:
    """Return the values that stand for black and white in an image of more than 8 bits."""
    if image.mode.startswith("I;16"):
        bits = image.tag_v2.get(BITS, (16,))[0] if isinstance(image, TiffImageFile) else 16
        return 0.0, float(2**bits - 1)
    if image.mode not in ("I", "F"):
        return 0.0, 255.0
    low, high = _finite_extrema(image)
    for white in (1.0, 255.0, 65535.0) if image.mode == "F" else (65535.0,):
        if low >= 0 and high <= white:
            return 0.0, white
    return low, high


def _finite_extrema(image: Image.Image) -> tuple[float, float]:
    """Return the least and the greatest value, without infinities and what is no number."""
    low, high = np.inf, -np.inf
    for _, band in _bands(image):
        array = np.asarray(band)
        finite = array[np.isfinite(array)].astype(np.float64)
        low, high = min(low, finite.min(initial=np.inf)), max(high, finite.max(initial=-np.inf))
    return (float(low), float(high)) if low <= high else (0.0, 1.0)


def _plain(image: Image.Image, stretch: tuple[float, float]) -> Image.Image:
    """Return the image in one of the modes L, RGB, CMYK, LAB, transparency on white."""
    if image.mode[0] in "IF":
        black, white = stretch
        array = np.nan_to_num(np.asarray(image).astype(np.float32), nan=black, posinf=white, neginf=black)
        scaled = (array - black) * (255.0 / max(white - black, 1e-12))
        return Image.fromarray(np.clip(np.rint(scaled), 0, 255).astype(np.uint8))
    if image.has_transparency_data:
        return _on_white(image.convert("LA" if image.mode in ("1", "L", "LA", "La") else "RGBA"))
    if image.mode in ("L", "RGB", "CMYK", "LAB"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _on_white(image: Image.Image) -> Image.Image:
    """Return the image (LA or RGBA) without its transparency."""
    white = Image.new(image.mode.removesuffix("A"), image.size, "white")
    white.paste(image.convert(white.mode), mask=image.getchannel("A"))
    return white


def to_srgb(image: Image.Image, embedded: bytes | None) -> Image.Image:
    """Return the image in sRGB: by its profile where it has one that fits, else by plain arithmetic."""
    for profile in (_profile(image, embedded), _profile(image, None)):
        if profile is None:
            continue
        try:
            converted = ImageCms.profileToProfile(
                image,
                profile,
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
                renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
                flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )
        except ImageCms.PyCMSError:  # a profile of another color space than the pixels: viewers ignore it too
            continue
        assert converted is not None
        return converted
    return image.convert("RGB")


def _profile(image: Image.Image, embedded: bytes | None) -> ImageCms.ImageCmsProfile | None:
    """Return the profile of the image's colors; None where they are sRGB, or taken for it."""
    if embedded:
        try:
            profile = ImageCms.ImageCmsProfile(io.BytesIO(embedded))
            known = image.mode == "RGB" and ImageCms.getProfileDescription(profile).startswith("sRGB")
            return None if known else profile
        except (OSError, ImageCms.PyCMSError):
            return None
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")) if image.mode == "LAB" else None
