"""A grid of contents in styles: every content in every style, kept, and made again only where it lacks."""

import csv

import numpy as np
import pytest
from PIL import Image
from support.making import Silent
from support.styling import Breaking, Drawn, chosen, make, small_network

from generator.core.errors import StudyError
from generator.core.store import key
from generator.evaluation.intuition import styles
from generator.evaluation.intuition.samples import Chosen, SampleLeftOut


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
        ({"part": 0.2}, r"crop to 0\.2"),
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


def test_a_picture_that_was_taken_away_is_named(tmp_path):
    contents = chosen(tmp_path, 0)
    contents.samples[0].picture.path.unlink()
    with pytest.raises(StudyError, match=r"0\.png: can no longer be read"):
        make(tmp_path, Drawn(), contents=contents)
