"""A model of open_clip that the project does not know, and random weights for it."""

import json
from pathlib import Path

TINY = {
    "embed_dim": 16,
    "vision_cfg": {"image_size": 32, "layers": 1, "width": 32, "patch_size": 8, "head_width": 16},
    "text_cfg": {"context_length": 8, "vocab_size": 64, "width": 16, "heads": 1, "layers": 1},
}


def write(folder: Path) -> Path:
    """Write the model's description and weights, tell open_clip of it, and return the path of the weights."""
    import open_clip
    import torch
    from safetensors.torch import save_file

    (folder / "tesserae-tiny.json").write_text(json.dumps(TINY))
    open_clip.add_model_config(folder / "tesserae-tiny.json")
    torch.manual_seed(5)
    save_file(open_clip.create_model("tesserae-tiny").state_dict(), folder / "tiny.safetensors")
    return folder / "tiny.safetensors"
