"""Variants: the ways to compare pictures that the study sets side by side: the rows of its tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from generator.analysis.whitening import whitened
from generator.embedding.efficientnet import EfficientNet
from generator.embedding.views import CORNERS, MIRRORED, SQUASHED, WHOLE, View
from generator.evaluation.intuition.features import LAYERS, Floats, PictureFeatures
from generator.evaluation.intuition.metrics import Truth
from generator.evaluation.intuition.transforms import averaged, centered, centered_by, joined

PIXELS, AS_IT_IS, SITE = "pixels", "class + mean", "half whitened"  # the last is what the site does
BASELINES, ALONE, TOGETHER, OTHERS = "Baselines", "One improvement", "Together", "Other networks"

Vectors = Callable[[PictureFeatures, Truth], Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One way to compare pictures."""

    name: str
    group: str
    views: int  # how often a network has to look at each picture
    vectors: Vectors
    penalty: bool = False  # is crowding taken off (CSLS)?


def token(features: PictureFeatures, *pools: str, layers: Sequence[int] = (11,), view: View = WHOLE) -> Floats:
    """Return parts of what DINOv2 says, joined."""
    return joined(*(features.part(view, layer, pool) for layer in layers for pool in pools))


def both(features: PictureFeatures, *, layers: Sequence[int] = (11,), view: View = WHOLE) -> Floats:
    """Return the parts that the default joins: the class token and the mean."""
    return token(features, "class", "mean", layers=layers, view=view)


def baselines() -> list[Variant]:
    """Return what needs no network, and the nearest that can be had to the original's recipe."""
    return [
        Variant(name=PIXELS, group=BASELINES, views=0, vectors=lambda f, t: f.thumbnails()),
        Variant(name="color histogram", group=BASELINES, views=0, vectors=lambda f, t: f.histograms()),
        Variant(
            name="EfficientNet-Lite0, squashed",
            group=BASELINES,
            views=1,
            vectors=lambda f, t: f.of(EfficientNet(), SQUASHED),
        ),
        Variant(name="EfficientNet-Lite0", group=BASELINES, views=1, vectors=lambda f, t: f.of(EfficientNet(), WHOLE)),
    ]


def _way(group: str, name: str, vectors: Vectors, *, views: int = 1, penalty: bool = False) -> Variant:
    return Variant(name=name, group=group, views=views, vectors=vectors, penalty=penalty)


def _at(layer: int) -> Vectors:
    return lambda f, t: both(f, layers=(layer,))


def alone() -> list[Variant]:
    """Return the plain default of DINOv2 (class token and mean of the last layer), and every improvement by itself."""
    way = partial(_way, ALONE)
    return [
        way(AS_IT_IS, lambda f, t: both(f)),
        way("squashed", lambda f, t: both(f, view=SQUASHED)),
        way("class token only", lambda f, t: token(f, "class")),
        way("mean only", lambda f, t: token(f, "mean")),
        way("generalized mean only", lambda f, t: token(f, "gem")),
        way("class + generalized mean", lambda f, t: token(f, "class", "gem")),
        *(way(f"layer {layer + 1} of 12", _at(layer)) for layer in LAYERS[:-1]),
        way("last 2 layers", lambda f, t: both(f, layers=LAYERS[-2:])),
        way("last 4 layers", lambda f, t: both(f, layers=LAYERS[-4:])),
        way("mirrored too", lambda f, t: averaged(*(both(f, view=v) for v in (WHOLE, MIRRORED))), views=2),
        way("four corners too", lambda f, t: averaged(*(both(f, view=v) for v in (WHOLE, *CORNERS))), views=5),
        way("centered", lambda f, t: centered(both(f))),
        way("centered by style", lambda f, t: centered_by(both(f), t.style)),
        way(SITE, lambda f, t: whitened(both(f))),
        way("whitened", lambda f, t: whitened(both(f), 1.0)),
        way("CSLS", lambda f, t: both(f), penalty=True),
    ]


def together() -> list[Variant]:
    """Return improvements that may help each other."""
    way = partial(_way, TOGETHER)
    return [
        way("class token, half whitened", lambda f, t: whitened(token(f, "class"))),
        way("last 2 layers, half whitened", lambda f, t: whitened(both(f, layers=LAYERS[-2:]))),
        way("centered by style, half whitened", lambda f, t: whitened(centered_by(both(f), t.style))),
        way(
            "last 2 layers, centered by style, half whitened",
            lambda f, t: whitened(centered_by(both(f, layers=LAYERS[-2:]), t.style)),
        ),
        way("half whitened, CSLS", lambda f, t: whitened(both(f)), penalty=True),
        way(
            "mirrored too, half whitened",
            lambda f, t: whitened(averaged(*(both(f, view=v) for v in (WHOLE, MIRRORED)))),
            views=2,
        ),
    ]
