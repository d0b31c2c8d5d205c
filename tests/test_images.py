"""Every odd kind of picture is made here, left half one color and right half another, and its colors looked at."""

import hashlib
import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms
from support.making import draw

from generator import images
from generator.core.errors import Problem
from generator.images import ImageFacts, color_conversion

pytestmark = pytest.mark.filterwarnings("ignore")  # of Pillow, on pictures damaged on purpose
RED, BLUE, WHITE = (200, 40, 30), (20, 60, 190), (255, 255, 255)
SIZE = (64, 48)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def halves(left=RED, right=BLUE, mode="RGB", size=SIZE):
    picture = Image.new(mode, size, left)
    picture.paste(right, (size[0] // 2, 0, *size))
    return picture


def colors(picture):
    """Return the colors of the left and the right half."""
    assert picture.mode == "RGB"
    return picture.getpixel((picture.width // 4, picture.height // 2)), picture.getpixel(
        (picture.width * 3 // 4, picture.height // 2)
    )


def near(found, wanted, tolerance):
    return np.abs(np.array(found, int) - np.array(wanted, int)).max() <= tolerance


def grey(value):
    return (value, value, value)


def sixteen(left, right, dtype):
    array = np.full((SIZE[1], SIZE[0]), left, dtype)
    array[:, SIZE[0] // 2 :] = right
    return Image.fromarray(array)


def with_hole(picture):
    """Return the picture with a right half that cannot be seen."""
    alpha = Image.new("L", picture.size, 255)
    alpha.paste(0, (picture.width // 2, 0, *picture.size))
    picture.putalpha(alpha)
    return picture


def frames(suffix, buffer, **options):
    later = Image.new("RGB", SIZE, (0, 255, 0))
    halves().save(buffer, suffix, save_all=True, append_images=[later], **options)


def saved(picture, suffix, **options):
    return lambda buffer: picture.save(buffer, suffix, **options)


def p3():
    """Return a profile of Display P3's primaries."""
    profile = bytearray(SRGB)
    primaries = {
        b"rXYZ": (0.51512, 0.24120, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.15710, 0.06657, 0.78407),
    }
    for entry in range(struct.unpack(">I", profile[128:132])[0]):
        name, start, _ = struct.unpack(">4sII", profile[132 + 12 * entry : 144 + 12 * entry])
        if name in primaries:
            profile[start + 8 : start + 20] = struct.pack(">3i", *(round(v * 65536) for v in primaries[name]))
        if name == b"desc":
            profile[start:] = bytes(profile[start:]).replace("sRGB".encode("utf-16-be"), "what".encode("utf-16-be"), 1)
    return bytes(profile)


INK = (0, 255, 255, 0)
PALETTE = halves().convert("P", palette=Image.Palette.ADAPTIVE, colors=8)
ODDITIES = {  # how it is written, the colors that must come out, by how much they may be off
    "png": (saved(halves(), "PNG"), RED, BLUE, 0),
    "jpeg": (saved(halves(), "JPEG", quality=95), RED, BLUE, 4),
    "progressive jpeg": (saved(halves(), "JPEG", quality=95, progressive=True), RED, BLUE, 4),
    "grey jpeg": (saved(halves(90, 200, "L"), "JPEG", quality=95), grey(90), grey(200), 3),
    "bmp": (saved(halves(), "BMP"), RED, BLUE, 0),
    "ppm": (saved(halves(), "PPM"), RED, BLUE, 0),
    "webp": (saved(halves(), "WEBP", lossless=True), RED, BLUE, 0),
    "avif": (saved(halves(), "AVIF", quality=95, subsampling="4:4:4"), RED, BLUE, 6),
    "jpeg 2000": (saved(halves(), "JPEG2000"), RED, BLUE, 2),
    "mpo": (lambda buffer: frames("MPO", buffer, quality=95), RED, BLUE, 4),
    "cmyk jpeg": (saved(halves(INK, (255, 0, 0, 0), "CMYK"), "JPEG", quality=95), (255, 0, 0), (0, 255, 255), 6),
    "cmyk tiff": (saved(halves(INK, (0, 0, 0, 128), "CMYK"), "TIFF"), (255, 0, 0), grey(127), 3),
    "palette png": (saved(PALETTE, "PNG"), RED, BLUE, 3),
    "palette png with a hole": (saved(PALETTE, "PNG", transparency=PALETTE.getpixel((60, 5))), RED, WHITE, 3),
    "bitmap png": (saved(halves(0, 1, "1"), "PNG"), grey(0), grey(255), 0),
    "bitmap tiff": (saved(halves(0, 1, "1"), "TIFF", compression="group4"), grey(0), grey(255), 0),
    "16-bit grey png": (saved(sixteen(257 * 50, 257 * 180, np.uint16), "PNG"), grey(50), grey(180), 0),
    "16-bit grey tiff": (saved(sixteen(257 * 50, 257 * 180, np.uint16), "TIFF"), grey(50), grey(180), 0),
    "16-bit grey big-endian tiff": (saved(sixteen(257 * 50, 257 * 180, ">u2"), "TIFF"), grey(50), grey(180), 0),
    "32-bit grey tiff": (saved(sixteen(257 * 50, 257 * 180, np.int32), "TIFF"), grey(50), grey(180), 0),
    "32-bit grey tiff of large numbers": (saved(sixteen(0, 2_000_000_000, np.int32), "TIFF"), grey(0), grey(255), 0),
    "float tiff of 0 to 1": (saved(sixteen(0.2, 0.8, np.float32), "TIFF"), grey(51), grey(204), 0),
    "float tiff of 0 to 255": (saved(sixteen(51, 204, np.float32), "TIFF"), grey(51), grey(204), 0),
    "float tiff without numbers": (saved(sixteen(np.nan, 1.0, np.float32), "TIFF"), grey(0), grey(255), 0),
    "alpha png": (saved(with_hole(halves()), "PNG"), RED, WHITE, 0),
    "grey alpha png": (saved(with_hole(halves(90, 0, "L")), "PNG"), grey(90), WHITE, 0),
    "alpha webp": (saved(with_hole(halves()), "WEBP", lossless=True), RED, WHITE, 0),
    "alpha tiff": (saved(with_hole(halves()), "TIFF"), RED, WHITE, 0),
    "rgb png with one invisible color": (saved(halves(), "PNG", transparency=BLUE), RED, WHITE, 0),
    "animated gif": (lambda buffer: frames("GIF", buffer, duration=50), RED, BLUE, 3),
    "animated webp": (lambda buffer: frames("WEBP", buffer, lossless=True), RED, BLUE, 1),
    "animated png": (lambda buffer: frames("PNG", buffer), RED, BLUE, 0),
    "tiff of pages": (lambda buffer: frames("TIFF", buffer), RED, BLUE, 0),
    "lzw tiff": (saved(halves(), "TIFF", compression="tiff_lzw"), RED, BLUE, 0),
    "jpeg tiff": (saved(halves(), "TIFF", compression="jpeg", quality=95), RED, BLUE, 6),
    "lab tiff": (saved(halves((138, 128, 128), (255, 128, 128), "LAB"), "TIFF"), grey(129), WHITE, 3),
    "lab tiff of colors": (saved(halves((114, 189, 176), (78, 157, 55), "LAB"), "TIFF"), RED, BLUE, 9),
    "srgb profile": (saved(halves(), "PNG", icc_profile=SRGB), RED, BLUE, 0),
    "display p3 profile": (saved(halves((184, 57, 44), (35, 59, 182)), "PNG", icc_profile=p3()), RED, BLUE, 8),
    "broken profile": (saved(halves(), "PNG", icc_profile=b"no profile"), RED, BLUE, 0),
    "profile of other colors": (saved(halves(90, 200, "L"), "PNG", icc_profile=p3()), grey(90), grey(200), 0),
}


def written(path, make):
    buffer = io.BytesIO()
    make(buffer)
    path.write_bytes(buffer.getvalue())
    return path


@pytest.mark.parametrize("longest", [None, 16])
@pytest.mark.parametrize("name", ODDITIES)
def test_every_kind_of_picture_comes_out_in_its_colors(name, longest, tmp_path):
    make, left, right, tolerance = ODDITIES[name]
    path = written(tmp_path / "picture", make)
    found = colors(images.open_rgb(path, longest=longest))
    facts = images.inspect(path)

    assert near(found[0], left, tolerance + (longest is not None)), found
    assert near(found[1], right, tolerance + (longest is not None)), found
    assert (facts.width, facts.height) == SIZE
    assert facts.digest == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    "name", ["cmyk tiff", "16-bit grey png", "float tiff of 0 to 1", "alpha png", "palette png", "bitmap png"]
)
def test_a_picture_converted_in_bands_is_as_one_converted_at_once(name, tmp_path, monkeypatch):
    path = written(tmp_path / "picture", ODDITIES[name][0])
    for longest in (None, 20, 5):
        once = images.open_rgb(path, longest=longest)
        monkeypatch.setattr(color_conversion, "BAND", 300)
        banded = images.open_rgb(path, longest=longest)
        monkeypatch.undo()

        assert once.size == banded.size
        assert near(once, banded, 0)


@pytest.mark.parametrize("suffix", ["JPEG", "PNG", "TIFF", "WEBP", "AVIF"])
@pytest.mark.parametrize("rotation", range(1, 9))
def test_exif_rotation_is_applied(rotation, suffix, tmp_path):
    # A corner is marked, turned as a camera would write it, and must come out in the upper left.
    upright = Image.new("RGB", (64, 32), "white")
    upright.paste("black", (0, 0, 32, 16))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    turned = upright if rotation == 1 else upright.transpose(Image.Transpose(back[rotation]))
    exif = Image.Exif()
    exif[0x0112] = rotation
    path = written(tmp_path / "picture", saved(turned, suffix, exif=exif, quality=90))
    facts = images.inspect(path)

    assert (facts.width, facts.height) == (64, 32)
    for longest in (None, 32):
        found = images.open_rgb(path, longest=longest)
        scale = found.width / 64

        assert found.size == (found.width, found.width // 2)
        assert found.getpixel((round(10 * scale), round(5 * scale)))[0] < 60
        for x, y in ((54, 5), (10, 27), (54, 27)):
            assert found.getpixel((round(x * scale), round(y * scale)))[0] > 200


def test_a_picture_is_never_enlarged_and_keeps_its_proportions(tmp_path):
    path = written(tmp_path / "picture", saved(draw(1, (300, 100)), "PNG"))

    assert images.open_rgb(path, longest=1000).size == (300, 100)
    assert images.open_rgb(path, longest=150).size == (150, 50)
    assert images.open_rgb(path, longest=1).size == (1, 1)


def png_header(width, height):
    """Return a PNG of a few bytes that claims to be large."""

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


BAD = {
    "an empty file": b"",
    "not a picture": b"hello, I am text",
    "an SVG drawing": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a PDF": b"%PDF-1.7\n",
    "a web page": b"\n<!DOCTYPE html><html>404</html>",
    "a HEIC photograph": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    "a Photoshop file": b"8BPS\x00\x01",
    "a Git LFS pointer": b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n",
    "a PostScript file": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "too many pixels": png_header(50_000, 50_000),
    "cannot be decoded": b"\x89PNG\r\n\x1a\n" + b"\x00" * 50,
    "incomplete": png_header(500, 500),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_good_picture_is_said_in_words(name, tmp_path):
    path = tmp_path / "picture"
    path.write_bytes(BAD[name])
    flaw = images.inspect(path)

    assert isinstance(flaw, Problem)
    assert name in flaw.found or name == "cannot be decoded", flaw
    assert flaw.expected and flaw.fix


def test_what_to_do_is_said_of_files_that_only_stand_for_pictures(tmp_path):
    fixes = {}
    for name in ("a web page", "a Git LFS pointer", "a PDF"):
        (tmp_path / "picture").write_bytes(BAD[name])
        fixes[name] = images.inspect(tmp_path / "picture").fix

    assert list(fixes.values()) == ["download it again", "run: git lfs pull", "export it as JPEG, PNG or TIFF"]


SUFFIXES = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "TIFF": "tif", "WEBP": "webp", "GIF": "gif", "BMP": "bmp"}
SUFFIXES |= {"PPM": "ppm", "JPEG2000": "jp2", "AVIF": "avif"}


@pytest.mark.parametrize("kind", SUFFIXES)
def test_the_name_of_a_picture_ends_as_its_bytes_say(kind, tmp_path):
    several = {"save_all": True, "append_images": [draw(2, (40, 30))]} if kind == "MPO" else {}
    path = written(tmp_path / "picture.txt", saved(draw(1, (40, 30)), kind, **several))

    with Image.open(path) as image:
        assert image.format == kind
    assert images.suffix(path) == f".{SUFFIXES[kind]}"


def test_every_format_that_is_read_has_an_ending():
    assert set(images.FORMATS) == set(SUFFIXES) - {"MPO"}


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("suffix", ["JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP", "JPEG2000", "AVIF"])
def test_a_picture_that_breaks_off_is_found_out(suffix, share, tmp_path):
    path = written(tmp_path / "picture", saved(draw(2, (200, 150)), suffix))
    content = path.read_bytes()
    path.write_bytes(content[: min(int(len(content) * share), len(content) - 60)])

    assert isinstance(images.inspect(path), Problem)


@pytest.mark.parametrize("suffix", ["JPEG", "PNG", "TIFF", "WEBP", "GIF", "AVIF", "JPEG2000"])
def test_damaged_bytes_never_end_in_an_exception(suffix, tmp_path):
    content = bytearray(written(tmp_path / "picture", saved(draw(3, (60, 40)), suffix)).read_bytes())
    random = np.random.default_rng(0)
    for _ in range(150):
        damaged = bytearray(content)
        for place in random.integers(0, min(len(content), 400), 4):
            damaged[place] = random.integers(256)
        (tmp_path / "picture").write_bytes(damaged)

        assert isinstance(images.inspect(tmp_path / "picture"), ImageFacts | Problem)


def test_a_missing_file_or_a_folder_is_a_flaw(tmp_path):
    assert isinstance(images.inspect(tmp_path / "nothing"), Problem)
    assert isinstance(images.inspect(tmp_path), Problem)


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((2000, 1000), [(240, 120), (480, 240), (960, 480)]),
        ((512, 512), [(240, 240), (480, 480), (512, 512)]),
        ((100, 300), [(100, 300)]),
        ((1000, 1), [(240 * 4, 1), (1000, 1)]),
        ((1000, 100_000), [(10, 960), (19, 1920), (38, 3840)]),  # four times as high as the step is wide
        ((10_000, 1000), [(960, 96), (1920, 192), (3840, 384)]),  # a scroll
    ],
)
def test_sizes_of_derivatives_fit_the_picture(size, wanted):
    assert list(images.sizes(*size, (240, 480, 960))) == wanted


def test_derivatives_are_small_plain_webp_and_the_same_every_time(tmp_path):
    exif = Image.Exif()
    exif[0x010E] = "a secret"
    path = written(tmp_path / "picture", saved(draw(4, (400, 300)), "JPEG", exif=exif, quality=95, comment=b"a secret"))
    sizes = images.sizes(400, 300, (100, 200, 900))
    first, second = (images.encode(path, sizes) for _ in range(2))

    assert first == second
    assert (
        [Image.open(io.BytesIO(content)).size for content in first]
        == list(sizes)
        == [(100, 75), (200, 150), (400, 300)]
    )
    for content in first:
        assert b"EXIF" not in content and b"ICCP" not in content and b"secret" not in content
    difference = np.asarray(Image.open(io.BytesIO(first[-1])), float) - np.asarray(draw(4, (400, 300)), float)
    assert np.abs(difference).mean() < 12
