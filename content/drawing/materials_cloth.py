"""Woven cloth: tapestry, ikat, twill, sewn strips, velvet, and the fringe they end in."""

import numpy as np
from PIL import Image, ImageDraw

from drawing.design import Motif
from drawing.materials_layout import Layout, base_paint, gilt, lay
from drawing.materials_outline import Outline, outline, rectangle, rng_of
from drawing.materials_piece import Picture, Piece
from drawing.materials_stage import stage
from drawing.materials_surface import Field, Paint, blur, fractal, mix, noise, raking, rgb, step, take, to_bytes

WARP, WEFT = 5.0, 3.4  # pixels from thread to thread


def weave(motif: Motif, piece: Piece) -> Picture:
    """Return woven cloth, lying flat."""
    rng = rng_of(piece, stream=3)
    frame, fringe = cloth_outline(piece, piece.shape or "fringe")
    layout = lay(motif, piece, frame, fillet=4, margin=0)
    paint = _WEAVES[piece.variety or "tapestry"](rng, layout, piece)
    paint = hang(rng, paint, piece)
    return to_bytes(lay_out(rng, paint, frame, piece, fringe))


def cloth_outline(piece: Piece, shape: str) -> tuple[Outline, int]:
    """Return the outline of a cloth, its edges a little wavy, and the length of its fringe (0: none)."""
    h, w = piece.height, piece.width
    rng = rng_of(piece, stream=5)
    if shape == "fragment":
        torn = outline(piece, shape, 0.05)
        frayed = torn.inside + 1.5 * noise(rng, h, w, 2.5, 7) + 1.5 * noise(rng, h, w, 6)
        return Outline(inside=frayed.astype(np.float32), box=torn.box), 0
    if shape != "fringe":
        return outline(piece, shape, 0.05), 0
    side, end = round(0.05 * min(h, w)), round(0.105 * min(h, w))
    box = (end, side, h - end, w - side)
    inside = rectangle(h, w, box, 1.0) + 1.1 * noise(rng, h, w, 70)
    return Outline(inside=inside, box=box), round(end * 0.72)


def loom(rng: np.random.Generator, h: int, w: int, piece: Piece, warp: float, weft: float) -> tuple[Field, Field]:
    """Return loom coordinates (weft number, warp number) of each pixel; threads swerve a little."""
    y, x = np.mgrid[:h, :w].astype(np.float32)
    y += 1.6 * noise(rng, h, w, 110) + 0.35 * noise(rng, h, w, 16)
    x += 1.3 * noise(rng, h, w, 130) + 0.35 * noise(rng, h, w, 22)
    return y / (weft * piece.grain), x / (warp * piece.grain)


def thread(position: Field) -> Field:
    """Return the height 0 ... 1 of round threads lying side by side at whole numbers."""
    return np.sqrt(np.clip(1 - (2 * (position - np.floor(position)) - 1) ** 2, 0, 1))


def per_thread(rng: np.random.Generator, position: Field, tone: float) -> Field:
    """Return a lightness for each thread."""
    number = np.floor(position).astype(np.intp)
    number -= number.min()
    tones: Field = (1 + tone * rng.standard_normal(number.max() + 1)[number]).astype(np.float32)
    return tones


def abrash(rng: np.random.Generator, h: int, w: int, piece: Piece, *, along: int = 0) -> Field:
    """Return the bands in which one dye lot follows another, weft by weft."""
    lots = np.cumsum(rng.normal(0, 1, 400) * (rng.random(400) < 0.12))
    lots = np.clip(lots / 3, -1.6, 1.6)
    drift = np.repeat(lots, 3)[: (h, w)[along]]
    return 1 + (0.03 + 0.05 * piece.wear) * (drift[:, None] if along == 0 else drift[None]) * np.ones(
        (h, w), np.float32
    )


def tapestry(rng: np.random.Generator, layout: Layout, piece: Piece) -> Paint:
    """Return weft-faced plain weave: colors change at warps, slits open along upright contours."""
    h, w = layout.line.shape
    row, col = loom(rng, h, w, piece, WARP, WEFT)
    at_y, at_x = (np.floor(row) + 0.5) * WEFT * piece.grain, (np.floor(col) + 0.5) * WARP * piece.grain
    paint = take(base_paint(layout, piece), at_y, at_x)
    paint = mix(paint, rgb(piece.palette.line), 0.8 * take(layout.line, at_y, at_x) ** 1.5)
    role = take(layout.role, at_y, at_x)
    slit = np.zeros((h, w), np.float32)
    slit[:, 1:] = (role[:, 1:] != role[:, :-1]) & (take(layout.role, at_y - 9, at_x)[:, 1:] == role[:, 1:])
    over = np.floor(row + np.floor(col)) % 2  # which wefts pass over this warp
    rib = 0.62 * thread(col) + 0.38 * thread(row + 0.5 * over)
    shade = 0.86 + 0.2 * rib + 0.05 * (over - 0.5)
    shade *= per_thread(rng, row, 0.035) * abrash(rng, h, w, piece)
    return paint * (shade * (1 - 0.35 * blur(slit, 0.5)))[..., None]


def ikat(rng: np.random.Generator, layout: Layout, piece: Piece) -> Paint:
    """Return warp-faced cloth of threads dyed before weaving: edges feather up and down."""
    h, w = layout.line.shape
    row, col = loom(rng, h, w, piece, 2.7, 4.2)
    number = np.floor(col).astype(np.intp)
    number -= number.min()
    group = number // 5
    slip = rng.normal(0, 2.3, number.max() + 1)[number] + rng.normal(0, 3.4, group.max() + 1)[group]
    y, x = np.mgrid[:h, :w].astype(np.float32)
    paint = base_paint(layout, piece)
    paint = np.stack([blur(paint[..., c], 1.1) for c in range(3)], -1)
    paint = 0.5 * (take(paint, y + slip, x) + take(paint, y + slip + rng.normal(0, 2.2, number.max() + 1)[number], x))
    shade = 0.88 + 0.15 * thread(col) + 0.05 * thread(row)
    bleed = np.clip(fractal(rng, h, w, 40), -1.5, 1.5) * 0.025
    dyed: Paint = paint * (shade * per_thread(rng, col, 0.04) * abrash(rng, h, w, piece, along=1) + bleed)[..., None]
    return dyed


def twill(rng: np.random.Generator, layout: Layout, piece: Piece) -> Paint:
    """Return twill: a diagonal wale, two threads over and two under, each system a tint of its own."""
    h, w = layout.line.shape
    row, col = loom(rng, h, w, piece, 2.6, 2.6)
    at_y, at_x = np.floor(row) * 2.6 * piece.grain, np.floor(col) * 2.6 * piece.grain
    paint = take(base_paint(layout, piece), at_y, at_x)
    paint = mix(paint, rgb(piece.palette.line), 0.85 * take(layout.line, at_y, at_x))
    over = (np.floor(row) + np.floor(col)) % 4 < 2
    smooth = 0.5 + 0.5 * np.cos(2 * np.pi * (row + col) / 4 - 0.8)
    other = mix(paint, take(blur(paint, 9), at_y, at_x), np.full((h, w), 0.22, np.float32)) * 0.93
    paint = np.where(over[..., None], paint, other)
    shade = (0.9 + 0.15 * smooth) * per_thread(rng, row, 0.02) * per_thread(rng, col, 0.02)
    return paint * shade[..., None]


def strip_cloth(rng: np.random.Generator, layout: Layout, piece: Piece) -> Paint:
    """Return narrow strips woven on a small loom and sewn edge to edge, their blocks slightly out of step."""
    h, w = layout.line.shape
    wide = max(piece.unit / 2, 46.0)
    count = max(round(w / wide), 2)
    _y, x = np.mgrid[:h, :w].astype(np.float32)
    x += 0.8 * noise(rng, h, w, 90)
    number = np.clip((x / (w / count)).astype(np.intp), 0, count - 1)
    slip = rng.normal(0, 2.5, count)[number]
    row, col = loom(rng, h, w, piece, 3.0, 3.6)
    paint = base_paint(layout, piece)
    paint = mix(paint, rgb(piece.palette.line), 0.9 * layout.line)
    paint = take(paint, np.floor(row) * 3.6 * piece.grain + slip, x)
    seam = np.abs(x - np.rint(x / (w / count)) * (w / count))
    warps = rgb(piece.palette.roles[4])
    paint = mix(paint, warps, 0.1 * (np.floor(col) % 2).astype(np.float32))
    shade = 0.86 + 0.13 * thread(row) + 0.06 * thread(col)
    shade *= per_thread(rng, row, 0.02) * (1 - 0.38 * step(2.4, 0.4, seam)) * (1 + 0.05 * step(7, 3, seam))
    tone = 1 + 0.03 * rng.standard_normal(count)[number]
    cloth: Paint = paint * (shade * tone)[..., None]
    return cloth


def velvet(rng: np.random.Generator, layout: Layout, piece: Piece) -> Paint:
    """Return cut pile over a ground of satin or metal thread: pile is deep at a slant, pale along its edges."""
    h, w = layout.line.shape
    row, col = loom(rng, h, w, piece, 3.0, 3.0)
    paint = mix(base_paint(layout, piece), rgb(piece.palette.line), 0.7 * layout.line)
    metal = gilt(layout, piece)
    pile = blur(1 - metal, 1.2) if piece.palette.gilt else blur(layout.share[..., 0] + layout.share[..., 1], 1.2)
    lay_of_pile = fractal(rng, h, w, 60, 4)
    nap = 0.88 + 0.09 * lay_of_pile + 0.03 * noise(rng, h, w, 2.5)
    flat = 0.86 + 0.16 * thread(row + 0.25 * np.floor(col)) + 0.03 * thread(col)
    sheen = np.clip(np.sin((row + 1.7 * noise(rng, h, w, 120)) / 30), 0, 1) * metal * 0.12
    shade = flat + (nap - flat) * pile + 0.55 * (raking(pile, 3.0, piece.light) - 1)
    velvety: Paint = paint * (shade + sheen)[..., None]
    return velvety


def hang(rng: np.random.Generator, paint: Paint, piece: Piece) -> Paint:
    """Return the cloth with soft folds and creases, fading, stains and worn spots."""
    h, w = paint.shape[:2]
    soft = noise(rng, h, w, 210, 90) + 0.6 * noise(rng, h, w, 100, 260)
    fold = 1 + 0.032 * soft
    for axis in range(2):
        if rng.random() < 0.5:
            length = (h, w)[axis]
            at = length * rng.uniform(0.3, 0.7)
            far = np.arange(length) - at
            crease = 0.055 * np.exp(-((far / 2.2) ** 2)) - 0.06 * np.exp(-(((far - 4) / 3) ** 2))
            fold = fold + (crease[:, None] if axis == 0 else crease[None]) * np.clip(
                0.6 + 0.5 * noise(rng, h, w, 150), 0, 1
            )
    worn = step(1.7 - piece.wear, 3.2 - piece.wear, fractal(rng, h, w, 110)) * 0.35
    pale = paint.mean(-1, keepdims=True)
    faded = paint + (pale * 0.5 + 0.33 - paint) * (0.16 * piece.wear)
    thread_bare = 0.45 * faded + 0.55 * np.array([0.72, 0.65, 0.52])
    return mix(faded, thread_bare.astype(np.float32), worn) * fold[..., None].astype(np.float32)


def lay_out(rng: np.random.Generator, paint: Paint, frame: Outline, piece: Piece, fringe: int) -> Paint:
    """Return the cloth on its backdrop, with fringes at top and bottom if it has them."""
    if not fringe:
        return stage(paint, frame.inside, piece, thick=3)
    tassels, cover = draw_fringe(rng, frame, piece, fringe)
    body = np.clip(frame.inside + 0.5, 0, 1)
    edge = 1 - 0.25 * step(3, 0, frame.inside)
    paint = mix(tassels, paint * edge[..., None], body)
    inside = np.maximum(frame.inside, (cover - 0.5) * 1.6)
    return stage(paint, inside, piece, thick=3)


def draw_fringe(rng: np.random.Generator, frame: Outline, piece: Piece, length: int) -> tuple[Paint, Field]:
    """Return the picture of knotted warp ends and their cover."""
    h, w = piece.height, piece.width
    top, left, bottom, right = frame.box
    k = 2
    tint, cover = Image.new("RGB", (w * k, h * k)), Image.new("L", (w * k, h * k))
    pen, stamp = ImageDraw.Draw(tint), ImageDraw.Draw(cover)
    ends = 0.35 * rgb(piece.palette.border) + 0.65 * np.array([0.84, 0.78, 0.66])
    gap = rng.uniform(6.5, 10)
    for base, sign in ((top, -1), (bottom, 1)):
        for x in np.arange(left + gap / 2, right - 1, gap):
            knot = rng.normal(x, 0.7), base + sign * rng.uniform(4, 7)
            lean = rng.normal(0, 0.12)
            for _ in range(7):
                start = x + rng.uniform(-gap, gap) / 2, base - sign * 3
                reach = length * rng.uniform(0.75, 1.08)
                t = np.linspace(0, 1, 6)[1:]
                drift = knot[0] + rng.normal(0, 1.2) * t + reach * t * (lean + rng.normal(0, 0.07) * t)
                path = [start, knot, *zip(drift, knot[1] + sign * reach * t * 0.92, strict=True)]
                tone = tuple(int(c) for c in np.clip(ends * rng.uniform(0.72, 1.06), 0, 1) * 255)
                line = [(px * k, py * k) for px, py in path]
                pen.line(line, fill=tone, width=3, joint="curve")
                stamp.line(line, fill=255, width=3, joint="curve")
    small = (w, h)
    alpha = np.asarray(cover.resize(small, Image.Resampling.BOX), np.float32) / 255
    shown = np.asarray(tint.resize(small, Image.Resampling.BOX), np.float32) / 255
    return shown / np.maximum(alpha, 0.05)[..., None], np.clip(alpha * 1.6, 0, 1)


_WEAVES = {"tapestry": tapestry, "ikat": ikat, "twill": twill, "strip": strip_cloth, "velvet": velvet}
