"""The network of style transfer with few channels and drawn weights, and grids that it makes."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from generator import images
from generator.core.model import Picture
from generator.evaluation.intuition import styles
from generator.evaluation.intuition.samples import Chosen, SourcePicture
from generator.evaluation.intuition.styles.transfer import Transfer, network
from support.making import Silent, draw

WIDTH = 4


def small_network(batch=1):
    torch.manual_seed(1)
    encoder, decoder = network(WIDTH)
    for layer in [*encoder, *decoder]:
        if isinstance(layer, torch.nn.Conv2d):  # so that colors and features do not fade from layer to layer
            torch.nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
    return Transfer(encoder=encoder, decoder=decoder, device="cpu", batch=batch)


@dataclass
class Drawn:
    """Weights that are drawn; counts how often they are wanted."""

    network: Transfer = field(default_factory=small_network)
    loaded: int = 0

    def identity(self):
        return "drawn"

    def load(self, progress):
        self.loaded += 1
        return self.network


class Breaking(Transfer):
    """A network that breaks at its second style."""

    calls = 0

    def styled(self, features, manners, *, alpha):
        Breaking.calls += 1
        if Breaking.calls > 1:
            raise RuntimeError("no more")
        return Transfer.styled(self, features, manners, alpha=alpha)


def sample(folder, i, size=(96, 80)) -> SourcePicture:
    path = folder / f"{i}.png"
    draw(i, size).save(path)
    return SourcePicture(name=str(i), picture=picture(path), license="CC0")


def picture(path) -> Picture:
    facts = images.inspect(path)
    return Picture(path=path, digest=facts.digest, width=facts.width, height=facts.height)


def chosen(folder, *numbers) -> Chosen:
    return Chosen(samples=tuple(sample(folder, i) for i in numbers))


def make(folder: Path, weights, progress=None, **more):
    """Make the grid of two contents in two styles."""
    contents, jobs = more.pop("contents", None) or chosen(folder, 0, 1), more.pop("jobs", 1)
    transfer = styles.StyleTransfer(**{"weights": weights, "size": 64, "part": 1.0} | more)
    return styles.make_styles(
        contents, chosen(folder, 2, 3), folder / "grid", transfer=transfer, jobs=jobs, progress=progress or Silent()
    )


def pixels(i=0, side=64):
    return np.array(draw(i, (side, side)))
