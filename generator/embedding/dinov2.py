"""DINOv2 ViT-S/14 (Oquab et al. 2023): the default. Class token and mean patch token, the aspect kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.core.model import Network, Progress
from generator.core.store import Store, key
from generator.embedding import preprocessing, weights
from generator.embedding.encoder import Encoder
from generator.embedding.versions import installed

if TYPE_CHECKING:
    from timm.models import VisionTransformer
    from torch import Tensor

NAME = "dinov2-small"
WIDTH = 384  # of a token
PATCH = 14  # pixels
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What is taken from the network. Every part is brought to length 1, all are joined, and that again."""

    patches: int = 256  # about so many to a picture
    layers: tuple[int, ...] = (11,)  # after which blocks (0 to 11) the tokens are taken; each through the last norm
    pools: tuple[str, ...] = ("class", "mean")  # what is made of a layer's tokens, by the names in POOLS

    @property
    def dimensions(self) -> int:
        return WIDTH * len(self.layers) * len(self.pools)


POOLS: dict[str, Callable[[Tensor], Tensor]] = {  # (b, 1 + patches, WIDTH) -> (b, WIDTH)
    "class": lambda tokens: tokens[:, 0],
    "mean": lambda tokens: tokens[:, 1:].mean(dim=1),
    # The generalized mean (Radenovic, Tolias and Chum 2018): nearer to the strongest patch than to the average one.
    "gem": lambda tokens: tokens[:, 1:].clamp(min=1e-6).pow(3).mean(dim=1).pow(1 / 3),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dinov2:
    """The network with a recipe; `weights` is one of the places where its weights are looked for."""

    weights: Path | None = None
    recipe: Recipe = Recipe()

    def identity(self) -> str:
        # Wherever the weights come from, they are the same: embedding.weights checks the digest.
        return key(NAME, preprocessing.RECIPE, weights.TENSORS, repr(self.recipe), installed("timm"))

    def describe(self) -> Network:
        return Network(
            name=NAME,
            title="DINOv2 ViT-S/14",
            source="Oquab et al., DINOv2: Learning Robust Visual Features without Supervision, 2023; Apache-2.0",
            reads=(
                f"Each picture keeps its proportions and is divided into about {self.recipe.patches} patches of {PATCH} "
                f"x {PATCH} pixels. The numbers describe the picture as a whole (the class token) and its parts (the "
                "mean of the patch tokens)."
            ),
            dimensions=self.recipe.dimensions,
        )

    def load(self, store: Store, progress: Progress) -> Encoder:
        import timm
        import torch

        tensors = weights.fetch(store, self.weights, progress)
        network = timm.create_model("vit_small_patch14_dinov2", num_classes=0, dynamic_img_size=True)
        network.load_state_dict({name: torch.tensor(array) for name, array in tensors.items()}, strict=True)
        assert isinstance(network, timm.models.VisionTransformer)
        network.eval()
        grids: dict[tuple[int, int], Tensor] = {}
        return Encoder(
            network=network,
            features=lambda pixels: _joined(_tokens(network, pixels, grids, self.recipe.layers), self.recipe.pools),
            size=partial(preprocessing.tiled, cell=PATCH, cells=self.recipe.patches),
            fit=preprocessing.stretched,
            mean=MEAN,
            std=STD,
        )


def _joined(layers: list[Tensor], pools: tuple[str, ...]) -> Tensor:
    import torch
    from torch.nn.functional import normalize

    return torch.cat([normalize(POOLS[pool](tokens), dim=-1) for tokens in layers for pool in pools], dim=-1)


def _tokens(
    network: VisionTransformer, pixels: Tensor, grids: dict[tuple[int, int], Tensor], layers: tuple[int, ...]
) -> list[Tensor]:
    """Return the tokens (b, 1 + patches, WIDTH) after each of the layers; `grids` keeps position grids by shape."""
    import torch

    patches = network.patch_embed(pixels)  # (b, rows, columns, WIDTH)
    shape = patches.shape[1], patches.shape[2]
    assert network.pos_embed is not None and network.cls_token is not None  # as in every network of this name
    if shape not in grids:
        grids[shape] = _positions(network.pos_embed, shape)
    first = network.cls_token.expand(len(pixels), -1, -1)
    tokens = torch.cat([first, patches.flatten(1, 2)], dim=1) + grids[shape]
    taken = []
    for number, block in enumerate(network.blocks[: max(layers) + 1]):
        tokens = block(tokens)
        if number in layers:
            taken.append(network.norm(tokens))
    return taken


def _positions(learned: Tensor, shape: tuple[int, int]) -> Tensor:
    """Return the position embeddings (1, 1 + rows * columns, WIDTH) for a grid of another shape than 37 x 37.

    As the authors do it, in training too: bicubic, not smoothed, with 0.1 added to rows and columns.
    """
    import torch
    from torch.nn.functional import interpolate

    side = round((learned.shape[1] - 1) ** 0.5)
    if shape == (side, side):
        return learned
    square = learned[:, 1:].reshape(1, side, side, -1).permute(0, 3, 1, 2)
    scale = [(cells + 0.1) / side for cells in shape]
    grid = interpolate(square, scale_factor=scale, mode="bicubic", antialias=False)
    if grid.shape[2:] != shape:
        raise ValueError(f"a position grid of {tuple(grid.shape[2:])} for {shape} patches")
    return torch.cat([learned[:, :1], grid.flatten(2).transpose(1, 2)], dim=1)
