"""Work -> Piece: size, scale, band, wear and light, all thrown by dice seeded with the objectid."""

import hashlib

import numpy as np

from drawing.catalogue import Work
from drawing.design import Motif
from drawing.materials import Piece
from drawing.palettes import PALETTES, Palette

LONG = 640  # pixels of the long side
# Repeats along the long side of the picture, fewest and most: enough to see the rule, few enough to see the drawing.
REPEATS: dict[str, tuple[float, float]] = {
    "meander": (4, 7),
    "guilloche": (4.5, 8),
    "interlace": (2.6, 4.6),
    "scales": (5, 8),
    "asanoha": (3, 5),
    "shippo": (4, 6.5),
    "eight-fold-star": (3, 5),
    "girih": (2.3, 3.6),
    "hexagon-lattice": (4, 6.5),
    "step-fret": (3, 5.5),
    "wave-scroll": (4, 7),
    "chevron": (4.5, 8),
    "herringbone": (4.5, 7),
    "checker": (4, 6.5),
    "lozenge": (3.5, 6),
    "lotus-palmette": (3, 5),
    "rosette": (3, 5),
    "egg-and-dart": (4.5, 7),
    "tartan": (2.2, 3.6),
    "basket-weave": (4.5, 7.5),
    "cracked-ice": (3.5, 6),
    "quatrefoil": (3, 4.5),
    "cloud-band": (2.6, 4.2),
    "arabesque": (2.4, 4),
    "spiral": (3, 5.5),
    "key-lattice": (3.5, 6),
}
DENSE = {("interlace", 1): 1.0, ("interlace", 3): 0.85, ("tartan", 0): 1.15}  # variants that want fewer or more repeats
RUNNING = ("meander", "guilloche", "wave-scroll", "egg-and-dart", "lotus-palmette")  # motifs that run in bands
IN_BANDS = {"interlace": (0, 2), "step-fret": (0, 1), "arabesque": (0,), "spiral": (0,)}  # variants that do
BORDERS: dict[str, tuple[str, ...]] = {  # motifs that a culture runs round the field of others; all attested there
    "Egyptian": ("chevron", "checker"),
    "Assyrian": ("guilloche", "rosette"),
    "Greek": ("meander", "wave-scroll", "egg-and-dart"),
    "Roman": ("meander", "guilloche", "wave-scroll"),
    "Byzantine": ("meander", "guilloche"),
    "Persian": ("rosette",),
    "Ottoman": ("lozenge",),
    "Andalusi and Maghrebi": ("checker", "lozenge"),
    "Mamluk": ("guilloche", "chevron", "lozenge"),
    "South Asian": ("chevron", "checker", "lozenge"),
    "Indonesian": ("lozenge",),
    "Chinese": ("meander", "wave-scroll"),
    "Japanese": ("chevron", "checker"),
    "Korean": ("lozenge",),
    "Insular": ("guilloche",),
    "Scandinavian": ("checker", "lozenge"),
    "French": ("chevron", "checker", "lozenge"),
    "English": ("chevron", "checker", "lozenge"),
    "Italian": ("guilloche", "wave-scroll", "egg-and-dart"),
    "Scottish": ("checker",),
    "Andean": ("step-fret", "chevron", "checker"),
    "Mesoamerican": ("step-fret", "meander"),
    "Pueblo and Navajo": ("step-fret", "chevron", "lozenge"),
    "West and Central African": ("guilloche", "chevron", "lozenge"),
    "Pacific": ("chevron", "lozenge"),
}
TURNED = {"shippo": 45, "checker": 45, "asanoha": 90, "hexagon-lattice": 90, "basket-weave": 45, "herringbone": 90}
_ROUND = ("roundel", "plate", "bowl", "tile", "star", "uchiwa")
_FRAMED = {  # shapes that may have a band round the field, and how many of them do
    "mosaic": ("full", "panel", "roundel"),
    "textile-weave": ("fringe", "panel"),
    "embroidery": ("panel", "fringe"),
    "ceramic": ("plate",),
    "inlay": ("panel",),
    "manuscript": ("sheet",),
    "fresco": ("panel",),
    "glass": ("full",),
    "batik": ("fringe",),
}
_SHARE = 0.4
_SINGLE = {("wave-scroll", 2): 0, ("egg-and-dart", 1): 0}  # for a medallion: the variant with one row
_COARSE = {"glass": 0.75, "mosaic": 0.88, "embroidery": 0.92}  # large pieces want large drawings
_CLOSE = {"running": 1.3}  # varieties that draw in line alone and bear more
_DISCS = ("roundel", "plate", "bowl")
_WORN = {"secco": 0.5}  # how far a variety may be worn, where not 0.85: flakes of distemper soon hide the drawing
_SIDES = {"fringe": "ends"}


def dice(work: Work) -> np.random.Generator:
    """Return the work's own generator, the same on every machine."""
    return np.random.default_rng(seed(work))


def seed(work: Work) -> int:
    """Return a number of 63 bits made from the objectid."""
    return int.from_bytes(hashlib.sha256(work.objectid.encode()).digest()[:8], "big") >> 1


def border_of(work: Work) -> str:
    """Return the motif of the band round the field, or ''."""
    if not _stands_out(PALETTES[work.palette]):
        return ""
    if work.shape in _DISCS and runs(work):
        return work.attested.motif
    rng = np.random.default_rng([seed(work), 1])
    choices = [motif for motif in BORDERS[work.attested.culture] if motif != work.attested.motif]
    framed = work.shape in _FRAMED.get(work.attested.material, ())
    if not choices or not framed or runs(work) or rng.random() > _SHARE:
        return ""
    return choices[int(rng.integers(len(choices)))]


def runs(work: Work) -> bool:
    """Return whether the drawing of this work runs in bands."""
    motif = work.attested.motif
    return motif in RUNNING or work.variant in IN_BANDS.get(motif, ())


def _stands_out(palette: Palette) -> bool:
    """Return whether the figure can be told from the ground of the band."""
    figure, ground = bytes.fromhex(palette.roles[1]), bytes.fromhex(palette.border)
    return sum(abs(a - b) for a, b in zip(figure, ground, strict=True)) > 120


def piece_of(work: Work, border: Motif | None) -> Piece:
    """Return how the work is made."""
    rng = dice(work)
    motif, material, shape = work.attested.motif, work.attested.material, work.shape
    height, width = _size(rng, runs(work), material, shape)
    unit = LONG / _repeats(rng, work, small=shape in _ROUND or min(height, width) < 400)
    free = shape in ("full", "fragment", "tiles", "sheet", "fan", "uchiwa") and not runs(work)
    origin = tuple(rng.uniform(-0.5, 0.5, 2) * unit) if free and rng.random() < 0.6 else (0.0, 0.0)
    turn = TURNED.get(motif, 0) if rng.random() < 0.3 else 0
    worn = rng.beta(2, 3) * _WORN.get(work.attested.variety, 0.85) + (0.12 if shape == "fragment" else 0.0)
    return Piece(
        palette=PALETTES[work.palette],
        seed=seed(work),
        height=height,
        width=width,
        unit=float(unit),
        angle=float(np.deg2rad(turn)),
        origin=(float(origin[0]), float(origin[1])),
        variant=work.variant,
        weight=float(rng.uniform(0.8, 1.25)),
        shape=shape,
        variety=work.attested.variety,
        border=border,
        band=float(rng.uniform(0.11, 0.15) + (0.07 if shape in _DISCS and runs(work) else 0)),
        border_variant=work.variant if shape in _DISCS and runs(work) else 0,
        center=border if shape in _DISCS and runs(work) else None,
        center_size=1.0,
        center_variant=_SINGLE.get((motif, work.variant), work.variant),
        sides=_SIDES.get(shape, "all"),
        wear=float(min(worn, 0.9)),
        light=float(rng.uniform(1.7, 2.9)),
        grain=float(rng.uniform(0.72, 1.0) if material == "mosaic" else rng.uniform(0.85, 1.2)),
    )


def _repeats(rng: np.random.Generator, work: Work, *, small: bool) -> float:
    """Return how many repeats lie side by side: fewer where there is less room."""
    low, high = REPEATS[work.attested.motif]
    return (
        rng.uniform(low, high)
        * (0.72 if small else 1.0)
        * DENSE.get((work.attested.motif, work.variant), 1.0)
        * _COARSE.get(work.attested.material, 1.0)
        * _CLOSE.get(work.attested.variety, 1.0)
    )


def _size(rng: np.random.Generator, in_bands: bool, material: str, shape: str) -> tuple[int, int]:
    """Return height and width; the longer is LONG."""
    if shape in _ROUND:
        ratio = 1.0
    elif shape in ("lancet", "arch"):
        ratio = rng.choice([1.3, 1.55]) if shape == "arch" else rng.choice([1.75, 2.0, 0.85])
    elif shape == "fan":
        ratio = 0.7
    elif shape == "fragment":
        ratio = rng.choice([0.75, 0.87, 1.0, 1.15])
    elif in_bands and shape != "fringe":
        ratio = rng.choice([0.36, 0.45, 0.56, 0.75]) if shape != "sheet" else rng.choice([1.25, 1.4])
    elif shape == "fringe":
        ratio = rng.choice([1.3, 1.5, 1.7, 0.72])
    elif shape == "sheet":
        ratio = rng.choice([1.28, 1.4, 1.5]) if material == "manuscript" else rng.choice([1.45, 0.68, 1.0])
    else:
        ratio = rng.choice([0.62, 0.75, 0.8, 1.0, 1.25, 1.4])
    if ratio > 1:
        return LONG, 4 * round(LONG / ratio / 4)
    return 4 * round(LONG * ratio / 4), LONG
