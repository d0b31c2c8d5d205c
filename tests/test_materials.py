"""Materials: pictures of the asked size, the same for a seed, different between seeds."""

from dataclasses import replace

import numpy as np
import pytest
from drawing.design import ACCENT, FIGURE, GROUND, SECOND, Canvas, Design
from drawing.materials import MATERIALS, SHAPES, VARIETIES, Piece, make
from drawing.palettes import PALETTES


def disks(canvas: Canvas) -> Design:
    """Return a field of disks: the plainest motif that has every kind of array."""
    y, x = np.mgrid[: canvas.height, : canvas.width].astype(np.float32)
    v, u = (y / canvas.unit) % 1 - 0.5, (x / canvas.unit) % 1 - 0.5
    r = np.hypot(v, u)
    role = np.select([r < 0.1, r < 0.25, r < 0.4], [ACCENT, SECOND, FIGURE], GROUND)
    return Design(
        role=role.astype(np.uint8),
        line=np.clip(2 - np.abs(r - 0.4) * canvas.unit, 0, 1).astype(np.float32),
        height=np.clip(1 - 2 * r, 0, 1).astype(np.float32),
        flow=np.arctan2(v, u).astype(np.float32),
    )


def piece(*, seed: int = 1, shape: str = "", variety: str = "", palette: str = "persian/turquoise") -> Piece:
    """Return a small piece with a band."""
    return Piece(
        palette=PALETTES[palette], seed=seed, height=72, width=96, unit=36, border=disks, shape=shape, variety=variety
    )


@pytest.mark.parametrize("material", MATERIALS)
def test_a_material_paints_a_picture_of_the_asked_size_the_same_for_a_seed(material):
    picture = make(material, disks, piece())

    assert picture.dtype == np.uint8
    assert picture.shape == (72, 96, 3)
    assert np.array_equal(picture, make(material, disks, piece()))
    assert not np.array_equal(picture, make(material, disks, piece(seed=2)))


@pytest.mark.parametrize(("material", "shape"), [(name, shape) for name in MATERIALS for shape in SHAPES[name]])
def test_every_shape_shows_the_object(material, shape):
    picture = make(material, disks, piece(shape=shape))

    assert picture.std() > 8


@pytest.mark.parametrize(("material", "variety"), [(name, kind) for name in MATERIALS for kind in VARIETIES[name]])
def test_every_variety_looks_different_from_the_first(material, variety):
    first = make(material, disks, piece(variety=VARIETIES[material][0]))
    picture = make(material, disks, piece(variety=variety))

    assert (variety == VARIETIES[material][0]) == np.array_equal(first, picture)


def test_materials_without_an_entry_are_refused():
    with pytest.raises(ValueError, match="material is 'clay'"):
        make("clay", disks, piece())
    with pytest.raises(ValueError, match="sides is 'left'"):
        make("glass", disks, replace(piece(), sides="left"))
    with pytest.raises(ValueError, match="shape is 'kite'"):
        make("glass", disks, piece(shape="kite"))


def test_palettes_suit_known_materials_and_hold_colors():
    for palette in PALETTES.values():
        assert set(palette.materials) <= set(MATERIALS)
        assert all(len(color) == 6 and int(color, 16) >= 0 for color in (*palette.roles, palette.line, palette.border))
