"""Which pictures a study of styles takes: distinct ones, of many values, named by where they lie."""

import pytest
from PIL import Image
from support.making import Silent, draw, make_content
from support.styling import picture, sample

from generator import pipeline
from generator.core.errors import StudyError
from generator.core.store import Store
from generator.evaluation.intuition import samples
from generator.evaluation.intuition.samples import SampleLeftOut, SourcePicture


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
        "nearly blank",
        "80 x 300 pixels, too small or too narrow",
    ]


def test_too_few_pictures_are_refused_with_numbers(tmp_path):
    given = [sample(tmp_path, 0), SampleLeftOut(name="x", reason="not a picture")]
    with pytest.raises(StudyError, match=r"3 styles are needed, but only 1 can be told apart .left out: 1"):
        samples.distinct(given, 3, what="styles", progress=Silent())


def test_of_a_haystack_all_are_taken_where_there_are_not_more(tmp_path):
    given = [sample(tmp_path, number) for number in range(3)]
    found = samples.distinct(given, 9, fewest=3, what="contents", progress=Silent())

    assert [one.name for one in found.samples] == ["0", "1", "2"]
    with pytest.raises(StudyError, match=r"4 contents are needed, but only 3"):
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
    (tmp_path / "bad.jpg").write_bytes(b"not a picture")
    (tmp_path / "notes.txt").write_text("not looked at")
    found = sorted(samples.pictures_in(tmp_path, seed=0), key=lambda one: one.name)

    assert [type(one) for one in found] == [SampleLeftOut, SourcePicture]
    assert [one.name for one in found] == ["bad.jpg", "below/0.png"]


def test_a_folder_without_pictures_is_refused(tmp_path):
    with pytest.raises(StudyError, match="contains no pictures"):
        next(samples.pictures_in(tmp_path, seed=0))
