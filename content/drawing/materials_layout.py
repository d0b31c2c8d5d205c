"""Motif + piece -> a laid-out drawing: the field, the band round it, the outline of the object."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from drawing.design import DARK, Canvas, Design, Motif
from drawing.materials_outline import Box, Outline, centered, rng_of
from drawing.materials_piece import SIDES, Piece
from drawing.materials_surface import Field, Paint, resize, resize_area, rgb

FIELD, BAND, MARGIN = range(3)  # zones
FINE = 2  # motifs are drawn this much finer than the picture, then averaged


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A Design as large as the picture, softened at its edges, with the zones of the object."""

    role: NDArray[np.uint8]  # (h, w)
    share: NDArray[np.float32]  # (h, w, 5) how much of the pixel each role covers
    line: Field
    height: Field
    flow: Field
    zone: NDArray[np.uint8]  # (h, w) FIELD, BAND or MARGIN
    inside: Field  # as in Outline


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Where a strip runs over a drawing, pixel by pixel of a part of it."""

    at: tuple[slice, ...]  # the part
    lies: NDArray[np.bool_]  # (h, w) whether the strip covers the pixel
    depth: NDArray[Any]  # (h, w) row of the strip
    along: NDArray[Any]  # (h, w) column of the strip
    turn: NDArray[Any]  # (h, w) or less: radians by which the strip is turned there


def lay(motif: Motif, piece: Piece, shape: Outline, *, fillet: float = 3.0, margin: float = 0.0) -> Layout:
    """Return the drawing of a piece: its field within band and fillets; margin pixels stay bare all round."""
    h, w = piece.height, piece.width
    top, left, bottom, right = shape.box
    whole = _blank(h * FINE, w * FINE)
    zone = np.full((h * FINE, w * FINE), MARGIN, np.uint8)
    pad = round(margin)
    field = (top + pad, left + pad, bottom - pad, right - pad)
    band = round(piece.band * min(field[2] - field[0], field[3] - field[1])) if piece.border else 0
    _paste(whole, zone, _draw(motif, piece, field, stream=0), field)
    if piece.center:
        _medallion(whole, zone, piece, field, band, fillet)
    if piece.border and shape.disc:
        _ring(whole, zone, piece, field, band, fillet)
    elif piece.border and shape.path is not None:
        _follow(whole, zone, piece, shape, band, fillet)
    elif piece.border:
        _frame(whole, zone, piece, field, band, fillet)
    return _average(whole, zone, shape.inside)


def _blank(h: int, w: int) -> Design:
    return Design(
        role=np.zeros((h, w), np.uint8),
        line=np.zeros((h, w), np.float32),
        height=np.zeros((h, w), np.float32),
        flow=np.zeros((h, w), np.float32),
    )


def _draw(motif: Motif, piece: Piece, box: Box, *, stream: int) -> Design:
    canvas = Canvas(
        height=(box[2] - box[0]) * FINE,
        width=(box[3] - box[1]) * FINE,
        unit=piece.unit * FINE,
        angle=piece.angle,
        origin=(piece.origin[0] * FINE, piece.origin[1] * FINE),
        variant=piece.variant,
        weight=piece.weight,
        rng=rng_of(piece, stream=stream),
    )
    return motif(canvas)


def _paste(whole: Design, zone: NDArray[Any], part: Design, box: Box, kind: int = FIELD) -> None:
    at = np.s_[box[0] * FINE : box[2] * FINE, box[1] * FINE : box[3] * FINE]
    whole.role[at], whole.line[at] = part.role, part.line
    whole.height[at], whole.flow[at] = part.height, part.flow
    zone[at] = kind


def _strip(piece: Piece, length: int, band: int, repeats: int) -> Design:
    """Return the band drawn flat, band x length, with so many repeats."""
    assert piece.border is not None
    flat = replace(piece, unit=length / repeats, angle=0.0, origin=(0.0, 0.0), variant=piece.border_variant)
    return _draw(piece.border, flat, (0, 0, band, length), stream=1)


def _frame(whole: Design, zone: NDArray[Any], piece: Piece, box: Box, band: int, fillet: float) -> None:
    """Draw the band along four sides, mitred at the corners."""
    h, w = box[2] - box[0], box[3] - box[1]
    length = max(h, w)
    strip = _strip(piece, length, band, max(round(length / band), 3))
    y, x = np.mgrid[: h * FINE, : w * FINE]
    depths = np.stack([y, h * FINE - 1 - y, x, w * FINE - 1 - x])
    depths[[i for i in range(4) if i not in SIDES[piece.sides]]] = h + w << 4
    side, depth = depths.argmin(0), depths.min(0)
    along = np.where(side < 2, x, y)
    lies = depth < band * FINE
    at = np.s_[box[0] * FINE : box[2] * FINE, box[1] * FINE : box[3] * FINE]
    course = Course(at=at, lies=lies, depth=depth, along=along, turn=np.where(side < 2, 0, np.pi / 2))
    _wrap(whole, zone, strip, course, fillet)


def _medallion(whole: Design, zone: NDArray[Any], piece: Piece, box: Box, band: int, fillet: float) -> None:
    """Draw a round medallion with its own motif amid the field, a fillet about it."""
    assert piece.center is not None
    size = min(box[2] - box[0], box[3] - box[1]) - 2 * band
    r = round(size * piece.center_size / 2)
    cy, cx = (box[0] + box[2]) // 2, (box[1] + box[3]) // 2
    square = (cy - r, cx - r, cy + r, cx + r)
    single = replace(piece, unit=2.0 * r, angle=0.0, origin=(0.0, 0.0), variant=piece.center_variant)
    part = _draw(piece.center, single, square, stream=4)
    y, x = centered(2 * r * FINE, 2 * r * FINE)
    far = r * FINE - np.hypot(y, x)
    at = np.s_[square[0] * FINE : square[2] * FINE, square[1] * FINE : square[3] * FINE]
    lies, rim = far > 0, (far > 0) & (far < fillet * FINE)
    for name in ("role", "line", "height", "flow"):
        getattr(whole, name)[at][lies] = getattr(part, name)[lies]
    whole.role[at][rim], whole.height[at][rim] = DARK, 0.6
    whole.flow[at][rim] = (np.arctan2(y, x) + np.pi / 2)[rim]
    edge = np.minimum(np.abs(far), np.abs(far - fillet * FINE)) < FINE
    whole.line[at] = np.where(lies, np.where(rim, 0, whole.line[at]), whole.line[at])
    whole.line[at][edge] = 1.0
    zone[at][lies] = BAND


def _ring(whole: Design, zone: NDArray[Any], piece: Piece, box: Box, band: int, fillet: float) -> None:
    """Draw the band round a disc."""
    radius = (box[2] - box[0]) / 2
    length = round(2 * np.pi * (radius - band / 2))
    strip = _strip(piece, length, band, max(round(length / band), 6))
    y, x = centered(whole.role.shape[0], whole.role.shape[1])
    turn = np.arctan2(y, x)
    depth = np.clip(radius * FINE - np.hypot(y, x), 0, None).astype(np.intp)
    along = ((turn / (2 * np.pi) + 0.5) * (length * FINE - 1)).astype(np.intp)
    lies = depth < band * FINE
    course = Course(at=np.s_[:, :], lies=lies, depth=depth, along=along, turn=turn + np.pi / 2)
    _wrap(whole, zone, strip, course, fillet)


def _follow(whole: Design, zone: NDArray[Any], piece: Piece, shape: Outline, band: int, fillet: float) -> None:
    """Draw the band along an arch, mirrored at its top."""
    assert shape.path is not None
    h, w = zone.shape
    inside, path = resize(shape.inside, h, w), resize(shape.path, h, w)
    dy, dx = np.gradient(inside)
    length = int(np.abs(shape.path).max()) + band
    strip = _strip(piece, length, band, max(round(length / band), 3))
    depth = np.clip(inside * FINE, 0, None).astype(np.intp)
    along = np.minimum(np.abs(path * FINE), length * FINE - 1).astype(np.intp)
    lies = depth < band * FINE
    course = Course(at=np.s_[:, :], lies=lies, depth=depth, along=along, turn=np.arctan2(dx, -dy))
    _wrap(whole, zone, strip, course, fillet)


def _wrap(whole: Design, zone: NDArray[Any], strip: Design, course: Course, fillet: float) -> None:
    """Lay the strip's pixels (depth, along) over whole where it lies, and a fillet at its two edges."""
    at, lies, depth = course.at, course.lies, course.depth
    rows, cols = depth[lies], course.along[lies]
    for name in ("role", "line", "height", "flow"):
        getattr(whole, name)[at][lies] = getattr(strip, name)[rows, cols]
    whole.flow[at][lies] += np.broadcast_to(course.turn, lies.shape)[lies]
    zone[at][lies] = BAND
    thick = strip.role.shape[0]
    fringe = lies & ((depth < fillet * FINE) | (depth >= thick - fillet * FINE))
    whole.role[at][fringe], whole.line[at][fringe], whole.height[at][fringe] = DARK, 0.0, 0.6
    rim = lies & (np.abs(depth - (thick - fillet * FINE)) < FINE)
    whole.line[at][rim | (lies & (np.abs(depth - fillet * FINE) < FINE))] = 1.0


def _average(whole: Design, zone: NDArray[Any], inside: Field) -> Layout:
    """Return the layout at picture size: covers averaged, directions picked."""
    h, w = inside.shape
    share = np.stack([resize_area(whole.role == role, h, w) for role in range(5)], axis=-1)
    return Layout(
        role=share.argmax(-1).astype(np.uint8),
        share=share,
        line=resize_area(whole.line, h, w),
        height=resize_area(whole.height, h, w),
        flow=whole.flow[::FINE, ::FINE].astype(np.float32),
        zone=zone[::FINE, ::FINE],
        inside=inside.astype(np.float32),
    )


def color_table(piece: Piece) -> NDArray[np.float32]:
    """Return (7, 3): the five roles, the contour line, the border."""
    palette = piece.palette
    return np.stack([rgb(color) for color in (*palette.roles, palette.line, palette.border)])


def base_paint(layout: Layout, piece: Piece) -> Paint:
    """Return the plain color of every pixel, without contour lines; the band's ground has the border color."""
    table = color_table(piece)
    paint = layout.share @ table[:5]
    turned = (layout.zone != FIELD).astype(np.float32) * layout.share[..., 0]
    plain: Paint = paint + turned[..., None] * (table[6] - table[0])
    return plain


def gilt(layout: Layout, piece: Piece) -> Field:
    """Return the cover of the gilt roles."""
    out = np.zeros(layout.line.shape, np.float32)
    for role in piece.palette.gilt:
        out += layout.share[..., role]
    if 0 in piece.palette.gilt:  # the band's ground is painted in the border color, not gold
        out -= layout.share[..., 0] * (layout.zone != FIELD)
    return np.clip(out, 0, 1)
