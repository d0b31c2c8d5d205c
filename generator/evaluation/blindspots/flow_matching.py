"""Flow matching (Lipman et al. 2023): a small generative model, from noise straight to pictures. [torch]

It is trained on a CPU in minutes, and goes on where it was when it is begun again with the same file.

    n pictures   s pixels, the side of a picture   b pictures of a batch   c channels
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from generator.core.files import replacing
from generator.core.model import Progress

if TYPE_CHECKING:
    from torch import Tensor, nn

Pixels = NDArray[np.uint8]  # (n, s, s)
Draw = Callable[[int, int], Pixels]  # how many, and a seed

SIDE = 28  # pixels; four times a whole number, for the network halves twice
WIDTH = 48  # channels where the network sees most places
BATCH = 64
ROUND = 32  # batches that are drawn at once, and from one seed: a round can be done again
KEPT = 8  # rounds after which the state is written
MEMORY = 0.998  # what the mean of the weights keeps in a step; the mean generates
RATE = 2e-3
TURNS = 12  # from noise to picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """A network being trained, the mean of its weights, and how far it is."""

    network: nn.ModuleDict
    mean: nn.ModuleDict
    optimizer: Any
    schedule: Any

    def save(self, path: Path, done: int) -> None:
        import torch

        parts = {name: getattr(self, name).state_dict() for name in self.__slots__}
        with replacing(path) as temporary:
            torch.save({"done": done, **parts}, temporary)

    def resume(self, path: Path) -> int:
        """Take up what was saved, and return how many rounds had been done; 0 where nothing was."""
        import torch

        if not path.is_file():
            return 0
        state = torch.load(path, map_location="cpu", weights_only=True)
        for name in self.__slots__:
            getattr(self, name).load_state_dict(state[name])
        return int(state["done"])


def learn(draw: Draw, rounds: int, *, seed: int, path: Path, progress: Progress) -> nn.ModuleDict:
    """Return a network that was shown pictures for so many rounds; its state is kept in `path`."""
    learner = _learner(rounds, seed)
    done = learner.resume(path)
    with progress.stage("Training a generative model (steps)", (rounds - done) * ROUND) as step:
        for number in range(done, rounds):
            _round(learner, draw, number, seed, step.advance)
            if (number + 1) % KEPT == 0 or number + 1 == rounds:
                learner.save(path, number + 1)
    return learner.mean


def generate(network: nn.ModuleDict, n: int, *, seed: int, progress: Progress) -> Pixels:
    """Return n pictures that the network makes of noise."""
    import torch

    torch.manual_seed(seed)
    found = []
    with progress.stage("Generating pictures", n) as step, torch.inference_mode():
        for first in range(0, n, BATCH):
            state = torch.randn(min(BATCH, n - first), 1, SIDE, SIDE)
            for turn in range(TURNS):
                time = torch.full((len(state),), turn / TURNS)
                half = state + direction(network, state, time) / (2 * TURNS)
                state = state + direction(network, half, time + 1 / (2 * TURNS)) / TURNS
            found.append(((state[:, 0] + 1) * 127.5).round().clamp(0, 255).byte())
            step.advance(len(state))
    return torch.cat(found).numpy()


def direction(network: nn.ModuleDict, state: Tensor, time: Tensor) -> Tensor:
    """Return where the network would move pixels (b, 1, s, s) at times (b,) from 0, all noise, to 1."""
    import torch

    waves = time[:, None] * torch.logspace(0, 3, 16)
    moment = network["time"](torch.cat([waves.sin(), waves.cos()], dim=1))
    wide = _through(network["first"], network["enter"](state), moment)
    narrow = _through(network["middle"], network["down"](wide), moment)
    moved: Tensor = network["leave"](_through(network["last"], wide + network["up"](narrow), moment))
    return moved


def _through(blocks: nn.Module, state: Tensor, moment: Tensor) -> Tensor:
    """Return a state after a list of blocks, each the parts of _block."""
    for block in blocks.children():
        before, time, after = block.children()
        state = state + after(before(state) + time(moment)[:, :, None, None])
    return state


def _learner(rounds: int, seed: int) -> Learner:
    import torch

    torch.manual_seed(seed)
    network, mean = _network(), _network()
    mean.load_state_dict(network.state_dict())
    optimizer = torch.optim.Adam(network.parameters(), lr=RATE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=rounds * ROUND, pct_start=0.05)
    return Learner(network=network, mean=mean, optimizer=optimizer, schedule=schedule)


def _round(learner: Learner, draw: Draw, number: int, seed: int, advance: Callable[[], None]) -> None:
    import torch

    own = int(np.random.SeedSequence([seed, number]).generate_state(1)[0])
    torch.manual_seed(own)
    pictures = torch.from_numpy(draw(ROUND * BATCH, own)).float()[:, None] / 127.5 - 1
    for batch in torch.split(pictures, BATCH):
        loss = _loss(learner.network, batch)
        learner.optimizer.zero_grad()
        torch.autograd.backward(loss)
        learner.optimizer.step()
        learner.schedule.step()
        for kept, new in zip(learner.mean.parameters(), learner.network.parameters(), strict=True):
            kept.data.lerp_(new.data, 1 - MEMORY)
        advance()


def _loss(network: nn.ModuleDict, pictures: Tensor) -> Tensor:
    """Return how far the network is from the way that leads from noise straight to the pictures."""
    import torch

    noise = torch.randn_like(pictures)
    time = torch.sigmoid(torch.randn(len(pictures)))
    between = torch.lerp(noise, pictures, time[:, None, None, None])
    return (direction(network, between, time) - (pictures - noise)).square().mean()


def _network() -> nn.ModuleDict:
    from torch import nn

    return nn.ModuleDict(
        {
            "enter": nn.Sequential(nn.PixelUnshuffle(2), nn.Conv2d(4, WIDTH, 3, padding=1)),
            "time": nn.Sequential(nn.Linear(32, 4 * WIDTH), nn.SiLU(), nn.Linear(4 * WIDTH, 4 * WIDTH), nn.SiLU()),
            "first": nn.ModuleList([_block(WIDTH), _block(WIDTH)]),
            "down": nn.Conv2d(WIDTH, 2 * WIDTH, 2, stride=2),
            "middle": nn.ModuleList([_block(2 * WIDTH), _block(2 * WIDTH), _block(2 * WIDTH)]),
            "up": nn.ConvTranspose2d(2 * WIDTH, WIDTH, 2, stride=2),
            "last": nn.ModuleList([_block(WIDTH), _block(WIDTH)]),
            "leave": nn.Sequential(
                nn.GroupNorm(8, WIDTH), nn.SiLU(), nn.Conv2d(WIDTH, 4, 3, padding=1), nn.PixelShuffle(2)
            ),
        }
    )


def _block(c: int) -> nn.ModuleDict:
    """Return a step of the network that at first changes nothing."""
    from torch import nn

    last = nn.Conv2d(c, c, 3, padding=1)
    nn.init.zeros_(last.weight)
    return nn.ModuleDict(
        {
            "before": nn.Sequential(nn.GroupNorm(8, c), nn.SiLU(), nn.Conv2d(c, c, 3, padding=1)),
            "time": nn.Linear(4 * WIDTH, c),
            "after": nn.Sequential(nn.GroupNorm(8, c), nn.SiLU(), last),
        }
    )
