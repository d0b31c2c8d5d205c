"""What all substances share: noise, cracks, light, color arithmetic. Pictures here are float32 (h, w, 3), 0 ... 1."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import gaussian_filter, label
from scipy.spatial import cKDTree

LENS = 0.5  # pixels of blur: a camera's, and a fifth off the size of the file

Field = NDArray[np.floating[Any]]  # (h, w) float32; float64 where it was mixed with a number of numpy's
Paint = NDArray[np.floating[Any]]  # (h, w, 3)


def rgb(color: str) -> NDArray[np.float32]:
    """Return the hex color as (3,) floats."""
    return np.array([int(color[i : i + 2], 16) / 255 for i in (0, 2, 4)], np.float32)


def mix(a: NDArray[Any], b: NDArray[Any], t: Field) -> Paint:
    """Return a where t is 0 and b where it is 1; a and b are pictures or single colors."""
    mixed: Paint = a + (b - a) * t[..., None]
    return mixed


def step(low: float, high: float, x: NDArray[Any]) -> Field:
    """Return the smooth step from 0 at low to 1 at high (low may be the larger)."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)


def resize(values: NDArray[Any], height: int, width: int) -> Field:
    """Return the field stretched bicubically to height x width."""
    image = Image.fromarray(np.ascontiguousarray(values, np.float32))
    return np.asarray(image.resize((width, height), Image.Resampling.BICUBIC))


def noise(rng: np.random.Generator, height: int, width: int, cell: float, across: float | None = None) -> Field:
    """Return smooth noise, deviation about 1: features cell pixels high and across (or cell) wide."""
    wide = cell if across is None else across
    rows, cols = int(np.ceil(height / cell)) + 3, int(np.ceil(width / wide)) + 3
    grid = rng.standard_normal((rows, cols)).astype(np.float32)
    full = resize(grid, max(height, int(rows * cell)), max(width, int(cols * wide)))
    return full[:height, :width] * 1.25


def fractal(rng: np.random.Generator, height: int, width: int, cell: float, octaves: int = 4) -> Field:
    """Return noise of several scales from cell pixels down, each half as strong; deviation about 1."""
    total = np.zeros((height, width), np.float32)
    for octave in range(octaves):
        total += noise(rng, height, width, max(cell / 2**octave, 1.5)) / 2**octave
    return total * 0.87


def blur(values: NDArray[Any], sigma: float) -> NDArray[Any]:
    """Return the field or picture blurred; wide blurs run on a reduced copy."""
    if values.ndim == 3:
        return np.stack([blur(values[..., c], sigma) for c in range(3)], axis=-1)
    if sigma <= 6:
        blurred: NDArray[Any] = gaussian_filter(values.astype(np.float32), sigma, mode="nearest", truncate=3)
        return blurred
    k = int(sigma // 3)
    height, width = values.shape
    small = resize_area(values, max(height // k, 2), max(width // k, 2))
    return resize(gaussian_filter(small, sigma / k, mode="nearest"), height, width)


def resize_area(values: NDArray[Any], height: int, width: int) -> Field:
    """Return the field reduced by averaging."""
    image = Image.fromarray(np.ascontiguousarray(values, np.float32))
    return np.asarray(image.resize((width, height), Image.Resampling.BOX))


def warp(rng: np.random.Generator, height: int, width: int, cell: float, reach: float) -> tuple[Field, Field]:
    """Return pixel coordinates (y, x) displaced by smooth noise of the given reach in pixels."""
    y, x = np.mgrid[:height, :width].astype(np.float32)
    return y + reach * noise(rng, height, width, cell), x + reach * noise(rng, height, width, cell)


def take(values: NDArray[Any], y: NDArray[Any], x: NDArray[Any]) -> NDArray[Any]:
    """Return values at the nearest pixels to (y, x), the edge repeated outside."""
    height, width = values.shape[:2]
    rows = np.clip(np.rint(y).astype(np.intp), 0, height - 1)
    taken: NDArray[Any] = values[rows, np.clip(np.rint(x).astype(np.intp), 0, width - 1)]
    return taken


def comb(values: Field, flow: Field, reach: int) -> Field:
    """Return the field averaged along the flow, reach pixels each way: brush strokes, threads, grain."""
    total: Field = values.copy()
    start: NDArray[np.float32] = np.indices(values.shape, dtype=np.float32)
    dy, dx = np.sin(flow), np.cos(flow)
    for sign in (-1, 1):
        place = start.copy()
        for _ in range(reach):
            place[0] += sign * dy
            place[1] += sign * dx
            total += take(values, place[0], place[1])
    return total / (2 * reach + 1)


def cracks(rng: np.random.Generator, height: int, width: int, cell: float, rough: float = 0.25) -> Field:
    """Return the distance in pixels, about, to the nearest of a net of cracks about cell apart."""
    h, w = height // 2 + 1, width // 2 + 1
    count = max(int(height * width / cell**2), 6)
    sites = rng.uniform(-0.15, 1.15, (int(count * 1.7), 2)) * (h, w)
    y, x = warp(rng, h, w, max(cell / 6, 3), rough * cell / 22)
    y, x = y + rough * noise(rng, h, w, 4), x + rough * noise(rng, h, w, 4)
    near, _ = cKDTree(sites).query(np.stack([y.ravel(), x.ravel()], -1), k=2)
    gap = (near[:, 1] - near[:, 0]).reshape(h, w)
    return resize(gap, height, width)


def normals(height: Field, depth: float) -> tuple[Field, Field, Field]:
    """Return the unit normal (x right, y up, z to us) of a relief depth pixels high."""
    dy, dx = np.gradient(height * depth)
    length = np.sqrt(dx * dx + dy * dy + 1)
    return -dx / length, dy / length, 1 / length


def raking(height: Field, depth: float, light: float, lift: float = 0.75) -> Field:
    """Return the brightness, 1 on the level, of a relief under light from an angle; lift radians above it."""
    x, y, z = normals(height, depth)
    side, up = np.cos(lift), np.sin(lift)
    lit = x * np.cos(light) * side + y * np.sin(light) * side + z * up
    brightness: Field = np.clip(lit, 0, None) / up
    return brightness


def shadow(height: Field, depth: float, light: float, slope: float = 0.9) -> Field:
    """Return 0 in light ... 1 in the cast shadow of a relief depth pixels high."""
    tall, worst = height * depth, np.zeros(height.shape, np.float32)
    y, x = np.indices(height.shape, dtype=np.float32)
    for away in range(1, max(int(depth / slope), 1) + 1):
        over = take(tall, y - away * np.sin(light), x + away * np.cos(light)) - tall - away * slope
        np.maximum(worst, over, out=worst)
    return blur(np.clip(worst / 2, 0, 1), 0.8)


def glint(height: Field, depth: float, light: float, sharp: float) -> Field:
    """Return the mirror highlight, 0 ... 1, of a glossy relief under light from an angle."""
    x, y, z = normals(height, depth)
    half = np.array([np.cos(light) * 0.42, np.sin(light) * 0.42, 0.9])
    half = half / np.linalg.norm(half)
    highlight: Field = np.clip(x * half[0] + y * half[1] + z * half[2], 0, 1) ** sharp
    return highlight


def pieces(role: NDArray[np.uint8], line: Field, cut: float = 0.5) -> NDArray[np.int32]:
    """Return a number per pixel, one for each connected area of one role between contour lines."""
    numbers, used = np.zeros(role.shape, np.int32), 0
    for value in np.unique(role):
        found, count = label((role == value) & (line < cut))
        numbers[found > 0] = found[found > 0] + used
        used += count
    return numbers


def edges(numbers: NDArray[Any]) -> Field:
    """Return 1 where a pixel's number differs from that of its right or lower neighbor."""
    out = np.zeros(numbers.shape, np.float32)
    out[:, :-1] += numbers[:, 1:] != numbers[:, :-1]
    out[:-1] += numbers[1:] != numbers[:-1]
    return np.minimum(out, 1)


def sway(colors: NDArray[Any], rng: np.random.Generator, tone: float, hue: float) -> NDArray[Any]:
    """Return the colors (n, 3), each a little lighter or darker (tone) and warmer or cooler (hue)."""
    n = len(colors)
    light = 1 + tone * rng.standard_normal((n, 1))
    warm = hue * rng.standard_normal((n, 1)) * np.array([[1.0, 0.15, -1.0]])
    swayed: NDArray[Any] = np.clip(colors * light + warm, 0, 1).astype(np.float32)
    return swayed


def to_bytes(paint: Paint) -> NDArray[np.uint8]:
    """Return the picture as uint8, a lens's softness over it, its highlights rolled off as film does."""
    paint = blur(paint, LENS)
    shoulder = 0.82 + 0.18 * (1 - np.exp(-np.clip(paint - 0.82, 0, None) / 0.18))
    pixels: NDArray[np.uint8] = (np.clip(np.minimum(paint, shoulder), 0, 1) * 255 + 0.5).astype(np.uint8)
    return pixels
