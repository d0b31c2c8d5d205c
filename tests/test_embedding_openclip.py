"""open_clip's networks: loaded by open_clip's own code, here from a small checkpoint that the test writes."""

import re
import time

import numpy as np
import pytest
from support.blots import Counting, collection, draw

from generator import embedding
from generator.core.errors import EncoderError
from generator.core.store import Store
from generator.embedding import preprocessing
from generator.embedding.weights import hub


@pytest.fixture
def no_hub(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    hub.reachable.cache_clear()
    yield
    hub.reachable.cache_clear()


def test_vectors_are_those_of_open_clip_for_the_whole_picture_in_a_square(checkpoint, tmp_path):
    import open_clip
    import torch

    name = f"open_clip:tesserae-tiny/{checkpoint}"
    pictures = draw(tmp_path / "pictures", [(40, 30), (30, 90), (64, 64)])
    found = embedding.embed(
        collection(pictures), name, store=Store(tmp_path), weights=None, jobs=2, progress=Counting()
    )
    model = open_clip.create_model_from_pretrained("tesserae-tiny", str(checkpoint), return_transform=False).eval()
    mean, std = (np.array(model.visual.preprocess_cfg[word], np.float32) for word in ("mean", "std"))
    for each, vector in zip(pictures, found.vectors, strict=True):
        pixels = preprocessing.framed(each.path, (32, 32), fill=tuple(round(255 * value) for value in mean.tolist()))
        given = (pixels.astype(np.float32) / 255 - mean) / std
        with torch.inference_mode():
            theirs = model.encode_image(torch.tensor(given).permute(2, 0, 1)[None], normalize=True)[0].numpy()

        assert np.allclose(vector, theirs, atol=1e-5)
    assert found.network.dimensions == 16
    assert found.network.title == "tesserae-tiny (tiny.safetensors)"


def test_the_identity_changes_with_the_checkpoint_and_not_with_its_place(checkpoint, tmp_path):
    same, other = tmp_path / "same.safetensors", tmp_path / "other.safetensors"
    same.write_bytes(checkpoint.read_bytes())
    other.write_bytes(checkpoint.read_bytes() + b"?")
    first, second, third = (
        embedding.identity(f"open_clip:tesserae-tiny/{path}", None) for path in (checkpoint, same, other)
    )

    assert first == second != third


def test_a_checkpoint_is_named_relative_to_the_working_folder_or_absolutely_with_two_slashes_or_three(
    checkpoint, monkeypatch
):
    monkeypatch.chdir(checkpoint.parent)
    places = "//tiny.safetensors", f"/{checkpoint}", f"//{checkpoint}"

    assert len({embedding.identity(f"open_clip:tesserae-tiny{place}", None) for place in places}) == 1


def test_a_checkpoint_that_is_none_is_refused_with_its_path(checkpoint, tmp_path):
    path = tmp_path / "none.safetensors"
    path.write_bytes(b"nothing")
    pictures = draw(tmp_path / "pictures", [(40, 30)])
    name = f"open_clip:tesserae-tiny//{path}"
    with pytest.raises(EncoderError, match=re.escape(f"{path}: open_clip cannot load it")):
        embedding.embed(collection(pictures), name, store=Store(tmp_path), weights=None, jobs=1, progress=Counting())


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("open_clip:ViT-B-32", "write open_clip:MODEL/PRETRAINED"),
        ("open_clip:", "write open_clip:MODEL/PRETRAINED"),
        ("open_clip:ViT-B-32//", "write open_clip:MODEL/PRETRAINED"),
        ("open_clip:ViTB32/openai", "did you mean 'ViT-B-32'"),
        ("open_clip:ViT-B-32//nowhere.pt", "nowhere.pt: the checkpoint of ViT-B-32 cannot be read"),
    ],
)
def test_a_name_of_neither_form_or_of_no_model_is_refused_before_anything_is_loaded(name, says):
    with pytest.raises(EncoderError, match=says):
        embedding.identity(name, None)


@pytest.mark.parametrize(
    ("pretrained", "says"),
    [("laion2b_s34b_b79k", "no model hub can be reached"), ("laion", "no weights 'laion' for ViT-S-32-alt")],
)
def test_weights_that_cannot_be_had_are_refused_quickly(pretrained, says, no_hub, tmp_path):
    model = "ViT-S-32-alt" if pretrained == "laion" else "ViT-B-32"
    pictures = draw(tmp_path / "pictures", [(40, 30)])
    name = f"open_clip:{model}/{pretrained}"
    begun = time.monotonic()
    with pytest.raises(EncoderError, match=says) as caught:
        embedding.embed(collection(pictures), name, store=Store(tmp_path), weights=None, jobs=1, progress=Counting())

    assert time.monotonic() - begun < 15
    if pretrained != "laion":
        assert "'efficientnet-lite0'" in str(caught.value)
        assert f"open_clip:{model}//path/to/checkpoint.safetensors" in str(caught.value)
