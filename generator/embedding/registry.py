"""Registry of encoders: the name in site.toml -> the network; what every network must be able to say and do."""

import difflib
from pathlib import Path
from typing import Protocol

from generator.core.errors import EncoderError
from generator.core.model import Network, Progress
from generator.core.store import Store
from generator.embedding import dinov2, efficientnet, openclip
from generator.embedding.encoder import Encoder


class EncoderChoice(Protocol):
    """A network that was chosen and not yet loaded."""

    def identity(self) -> str:
        """Return the key of all that makes a vector. Imports nothing heavy."""

    def describe(self) -> Network:
        """Return what the site says of it."""

    def load(self, store: Store, progress: Progress) -> Encoder:
        """Return the network, ready to read pictures. Raises EncoderError where its weights cannot be had."""


def choose(name: str, weights: Path | None) -> EncoderChoice:
    """Return the network of that name. Raises EncoderError where there is none."""
    if name == dinov2.NAME:
        return dinov2.Dinov2(weights=weights)
    if name == efficientnet.NAME:
        return efficientnet.EfficientNet()
    if name.startswith(openclip.PREFIX):
        return openclip.parse(name)
    near = difflib.get_close_matches(name, [dinov2.NAME, efficientnet.NAME, f"{openclip.PREFIX}MODEL/PRETRAINED"], n=1)
    raise EncoderError(
        f"encoder {name!r} is not known{f', did you mean {near[0]!r}?' if near else '.'} Choose {dinov2.NAME!r} (the "
        f"default), {efficientnet.NAME!r} (faster, less precise), '{openclip.PREFIX}MODEL/PRETRAINED' such as "
        f"'{openclip.PREFIX}ViT-B-32/laion2b_s34b_b79k', or '{openclip.PREFIX}MODEL//path/to/checkpoint'"
    )
