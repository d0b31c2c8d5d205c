"""Colors: read, written, mixed, and the contrast that WCAG asks for."""

import pytest

from generator.core.colors import contrast, hexadecimal, mix, parse


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("#000000", (0, 0, 0)),
        ("#ffffff", (1, 1, 1)),
        ("#ff0000", (1, 0, 0)),
        ("#00ff00", (0, 1, 0)),
        ("#0000ff", (0, 0, 1)),
    ],
)
def test_a_color_is_its_red_green_and_blue(text, color):
    assert parse(text) == color
    assert hexadecimal(color) == text


def test_a_color_is_written_as_it_was_read():
    for text in ("#8c2f1b", "#fbfaf7", "#010203"):
        assert hexadecimal(parse(text)) == text


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [  # as WCAG's own examples and checkers have them
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.00),
        ("#00ff00", "#ffffff", 1.37),
        ("#0000ff", "#ffffff", 8.59),
        ("#0000ff", "#000000", 2.44),
        ("#0a0a0a", "#000000", 1.06),
    ],
)
def test_contrast_is_that_of_wcag_either_way_round(one, other, ratio):
    assert contrast(parse(one), parse(other)) == pytest.approx(ratio, abs=0.005)
    assert contrast(parse(other), parse(one)) == pytest.approx(ratio, abs=0.005)


def test_a_mixture_is_rounded_as_it_will_be_written():
    assert hexadecimal(mix(parse("#000000"), parse("#ffffff"), 0.25)) == "#bfbfbf"
    assert mix(parse("#000000"), parse("#ffffff"), 0.25) == parse("#bfbfbf")
