"""Views: the same picture shown to a network in another way: squashed, mirrored, or a part of it larger."""

from dataclasses import dataclass, replace
from pathlib import Path

from generator.core.model import Network, Progress
from generator.core.store import Store, key
from generator.embedding import preprocessing
from generator.embedding.encoder import Encoder
from generator.embedding.preprocessing import Pixels, Size
from generator.embedding.registry import EncoderChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is shown of a picture, in as many pixels whatever is shown."""

    name: str
    share: float = 1.0  # of width and of height
    across: float = 0.5  # where the part lies: 0 at the left or top, 1 at the right or bottom
    down: float = 0.5
    mirrored: bool = False  # left and right exchanged
    squashed: bool = False  # into a square, whatever its aspect

    def size(self, encoder: Encoder, width: int, height: int) -> Size:
        """Return the size of the network's input."""
        return encoder.size(1000, 1000) if self.squashed else encoder.size(width, height)

    def fit(self, encoder: Encoder, path: Path, size: Size) -> Pixels:
        """Return the pixels of the part that is shown."""
        width, height = (round(side / self.share) for side in size)
        fit = preprocessing.stretched if self.squashed else encoder.fit
        whole = fit(path, (width, height))
        left, top = round((width - size[0]) * self.across), round((height - size[1]) * self.down)
        part = whole[top : top + size[1], left : left + size[0]]
        return part[:, ::-1].copy() if self.mirrored else part


WHOLE = View(name="whole")
SQUASHED = View(name="squashed", squashed=True)
MIRRORED = View(name="mirrored", mirrored=True)
CORNERS = tuple(
    View(name=f"{vertical} {horizontal}", share=0.7, across=x, down=y)
    for vertical, y in (("top", 0.0), ("bottom", 1.0))
    for horizontal, x in (("left", 0.0), ("right", 1.0))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewedEncoder:
    """A network that sees every picture in one way."""

    choice: EncoderChoice
    view: View

    def identity(self) -> str:
        return self.choice.identity() if self.view == WHOLE else key(self.choice.identity(), repr(self.view))

    def describe(self) -> Network:
        network = self.choice.describe()
        return network if self.view == WHOLE else replace(network, reads=f"{network.reads} Seen {self.view.name}.")

    def load(self, store: Store, progress: Progress) -> Encoder:
        encoder = self.choice.load(store, progress)
        if self.view == WHOLE:
            return encoder
        return replace(
            encoder,
            size=lambda width, height: self.view.size(encoder, width, height),
            fit=lambda path, size: self.view.fit(encoder, path, size),
        )
