"""What a material is asked to make: the piece, and the table of shapes and varieties it may have."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drawing.design import Motif
from drawing.palettes import Palette

Picture = NDArray[np.uint8]  # (h, w, 3) RGB

# Shapes and varieties per material; the first of each is the default that "" stands for.
SHAPES: dict[str, tuple[str, ...]] = {
    "mosaic": ("full", "panel", "roundel", "fragment"),
    "textile-weave": ("fringe", "full", "panel", "fragment"),
    "embroidery": ("panel", "full", "fringe", "roundel"),
    "ceramic": ("tiles", "tile", "plate", "bowl", "star", "fragment"),
    "woodblock": ("sheet", "full", "fan", "uchiwa"),
    "stone": ("panel", "full", "roundel", "fragment", "arch"),
    "glass": ("full", "roundel", "arch", "lancet"),
    "inlay": ("panel", "full", "roundel"),
    "metal": ("panel", "full", "roundel", "fragment"),
    "fresco": ("full", "panel", "fragment", "arch"),
    "manuscript": ("sheet", "full", "fragment"),
    "batik": ("full", "panel", "fringe"),
    "lacquer": ("panel", "full", "roundel"),
}
VARIETIES: dict[str, tuple[str, ...]] = {
    "mosaic": ("stone", "glass", "pebble"),
    "textile-weave": ("tapestry", "ikat", "twill", "strip", "velvet"),
    "embroidery": ("satin", "cross", "chain", "couched", "running"),
    "ceramic": ("glazed", "underglaze", "black-figure", "lustre", "slip", "celadon", "relief"),
    "woodblock": ("color", "bokashi", "blue", "block-print"),
    "stone": ("sandstone", "limestone", "marble", "granite", "plaster", "wood", "ivory"),
    "glass": ("leaded", "grisaille"),
    "inlay": ("marquetry", "pietra-dura", "mother-of-pearl", "opus-sectile"),
    "metal": ("gold", "bronze", "silver", "brass", "iron"),
    "fresco": ("plaster", "secco", "bark"),
    "manuscript": ("vellum", "paper", "indigo"),
    "batik": ("wax", "resist", "adinkra"),
    "lacquer": ("painted", "carved"),
}
# where a band runs on a box: numbers of top, bottom, left, right
SIDES: dict[str, tuple[int, ...]] = {"all": (0, 1, 2, 3), "ends": (0, 1), "foot": (1,)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One object to be made: what of it does not depend on the motif."""

    palette: Palette
    seed: int
    height: int = 640  # pixels of the picture
    width: int = 640
    unit: float = 160.0  # picture pixels per repeat of the motif; passed on to its Canvas, as are:
    angle: float = 0.0
    origin: tuple[float, float] = (0.0, 0.0)
    variant: int = 0
    weight: float = 1.0
    shape: str = ""  # one of SHAPES[material]
    variety: str = ""  # one of VARIETIES[material]
    border: Motif | None = None  # draws the band round the field, or round the rim of a disc; None: no band
    band: float = 0.12  # width of that band as a share of the short side
    border_variant: int = 0
    sides: str = "all"  # one of SIDES
    center: Motif | None = None  # draws a medallion in the middle of the field; None: none
    center_size: float = 0.5  # its diameter as a share of the field's short side
    center_variant: int = 0
    wear: float = 0.3  # 0 as new ... 1 badly worn, cracked, faded
    light: float = 2.3  # radians: where the light comes from; 0 right, pi / 2 above, pi left
    grain: float = 1.0  # size of thread, tessera, stitch, tooling relative to the usual


Material = Callable[[Motif, Piece], Picture]
