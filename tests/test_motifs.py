"""The motifs of the shipped collection: every drawing fills its canvas, again and again the same."""

from dataclasses import replace

import numpy as np
import pytest
from drawing.design import Canvas, Design
from drawing.motifs import MOTIFS

DRAWINGS = [(name, variant) for name in sorted(MOTIFS) for variant in range(len(MOTIFS[name]))]


def draw(name: str, variant: int, **change: object) -> Design:
    canvas = Canvas(height=96, width=144, unit=48, variant=variant, rng=np.random.default_rng(3))
    return MOTIFS[name](replace(canvas, **change))


@pytest.mark.parametrize("name, variant", DRAWINGS)
def test_a_motif_fills_its_canvas(name, variant):
    design = draw(name, variant)

    for part, kind in (("role", np.uint8), ("line", np.float32), ("height", np.float32), ("flow", np.float32)):
        assert getattr(design, part).shape == (96, 144) and getattr(design, part).dtype == kind, part
        assert np.isfinite(getattr(design, part)).all(), part
    assert design.role.max() <= 4 and len(np.unique(design.role)) >= 2
    assert design.line.min() >= 0 and design.line.max() <= 1
    assert design.height.min() >= 0 and design.height.max() <= 1


@pytest.mark.parametrize("name", sorted(MOTIFS))
def test_a_motif_is_drawn_the_same_twice(name):
    one, two = draw(name, 0), draw(name, 0)

    assert all(np.array_equal(getattr(one, part), getattr(two, part)) for part in ("role", "line", "height", "flow"))


@pytest.mark.parametrize("name", sorted(MOTIFS))
def test_a_motif_has_three_variants_or_more_and_they_differ(name):
    roles = [draw(name, variant).role for variant in range(len(MOTIFS[name]))]

    assert len(roles) >= 3
    assert all((a != b).mean() > 0.1 for k, a in enumerate(roles) for b in roles[:k])


@pytest.mark.parametrize("name, variant", DRAWINGS)
def test_a_canvas_twice_as_fine_shows_the_same_picture(name, variant):
    small = draw(name, variant, height=192, width=256, unit=96)
    large = draw(name, variant, height=384, width=512, unit=192)

    assert (small.role == large.role[::2, ::2]).mean() > 0.8


@pytest.mark.parametrize("name", sorted(MOTIFS))
def test_a_variant_beyond_the_last_starts_over(name):
    assert np.array_equal(draw(name, 0).role, draw(name, len(MOTIFS[name])).role)


@pytest.mark.parametrize("name", sorted(MOTIFS))
def test_a_turned_lattice_leaves_no_corner_bare(name):
    design = draw(name, 0, angle=0.6, origin=(31.0, -57.0), weight=1.5)

    for corner in (np.s_[:48, :48], np.s_[:48, -48:], np.s_[-48:, :48], np.s_[-48:, -48:]):
        assert len(np.unique(design.role[corner])) >= 2
