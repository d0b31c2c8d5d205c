"""Motif + Piece -> picture: the table of materials. The only door to materials_*.py."""

from drawing.design import Motif
from drawing.materials_carved import stone
from drawing.materials_ceramic import ceramic
from drawing.materials_cloth import weave
from drawing.materials_dyed import batik, lacquer
from drawing.materials_glass import glass
from drawing.materials_inlay import inlay
from drawing.materials_metal import metal
from drawing.materials_mosaic import mosaic
from drawing.materials_needle import embroidery
from drawing.materials_page import manuscript
from drawing.materials_piece import SHAPES, SIDES, VARIETIES, Material, Picture, Piece
from drawing.materials_print import woodblock
from drawing.materials_wall import fresco

__all__ = ["MATERIALS", "SHAPES", "SIDES", "VARIETIES", "Material", "Piece", "make"]

MATERIALS: dict[str, Material] = {
    "mosaic": mosaic,
    "textile-weave": weave,
    "embroidery": embroidery,
    "ceramic": ceramic,
    "woodblock": woodblock,
    "stone": stone,
    "glass": glass,
    "inlay": inlay,
    "metal": metal,
    "fresco": fresco,
    "manuscript": manuscript,
    "batik": batik,
    "lacquer": lacquer,
}


def make(material: str, motif: Motif, piece: Piece) -> Picture:
    """Return the picture (h, w, 3); raise ValueError for a shape, variety or sides there is not."""
    if material not in MATERIALS:
        raise ValueError(f"material is {material!r}, expected one of {', '.join(MATERIALS)}")
    if piece.shape not in ("", *SHAPES[material]):
        raise ValueError(f"shape is {piece.shape!r}, {material} has {', '.join(SHAPES[material])}")
    if piece.variety not in ("", *VARIETIES[material]):
        raise ValueError(f"variety is {piece.variety!r}, {material} has {', '.join(VARIETIES[material])}")
    if piece.sides not in SIDES:
        raise ValueError(f"sides is {piece.sides!r}, expected one of {', '.join(SIDES)}")
    return MATERIALS[material](motif, piece)
