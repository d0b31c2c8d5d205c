"""The study of human intuition: features, what is done to them, the questions, the report; on a small collection."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from support import making

from generator import content
from generator.analysis.whitening import unit_rows, whitened
from generator.cli import commands
from generator.core import config
from generator.core.errors import StudyError
from generator.core.resources import TEMPLATES
from generator.core.run import Run
from generator.core.store import Store, default_root
from generator.embedding import views
from generator.embedding.efficientnet import EfficientNet
from generator.embedding.views import CORNERS, MIRRORED, SQUASHED, WHOLE, View, ViewedEncoder
from generator.evaluation.intuition import grid, study, transforms, variants
from generator.evaluation.intuition.features import PictureFeatures
from generator.evaluation.intuition.grid import PictureOrigin
from generator.evaluation.intuition.metrics import Truth
from generator.evaluation.intuition.variants import BASELINES, Variant

pytestmark = pytest.mark.real

SILENT = making.Silent()


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return making.make_content(tmp_path_factory.mktemp("content"), 24)


@pytest.fixture(scope="module")
def collection(folder, tmp_path_factory):
    settings, _ = config.load(folder, TEMPLATES / "defaults.toml")
    store = Store(tmp_path_factory.mktemp("store"))
    return content.load(folder, settings, Run(store=store, progress=SILENT))[0]


@pytest.fixture(scope="module")
def features(collection, tmp_path_factory) -> PictureFeatures:
    pictures = [work.picture for work in collection.works]
    return PictureFeatures(pictures, store=Store(tmp_path_factory.mktemp("vectors")), jobs=1, progress=SILENT)


class Plain:
    """An encoder that gives back its input."""

    def __init__(self, pixels):
        self.pixels = pixels

    def size(self, width, height):
        return (8, 4)

    def fit(self, path, size):
        y, x = np.mgrid[: size[1], : size[0]]
        return np.stack([x, y, 0 * x], -1).astype(np.uint8)


def test_a_corner_is_cut_out_of_a_larger_picture():
    view = View(name="bottom right", share=0.5, across=1.0, down=1.0)
    part = view.fit(Plain(None), Path("x"), view.size(Plain(None), 80, 40))

    assert part.shape == (4, 8, 3)
    assert part[0, 0].tolist() == [8, 4, 0]
    assert part[-1, -1].tolist() == [15, 7, 0]


def test_a_mirrored_picture_begins_at_the_right():
    part = MIRRORED.fit(Plain(None), Path("x"), (8, 4))

    assert part[0, :, 0].tolist() == [7, 6, 5, 4, 3, 2, 1, 0]


def test_every_view_has_an_identity_of_its_own_and_the_whole_that_of_the_network():
    identities = [
        ViewedEncoder(choice=EfficientNet(), view=view).identity() for view in (WHOLE, SQUASHED, MIRRORED, *CORNERS)
    ]

    assert len(set(identities)) == 7
    assert identities[0] == EfficientNet().identity()


def test_a_squashed_picture_is_seen_otherwise_and_a_whole_one_as_ever(features):
    whole, squashed = (features.of(EfficientNet(), view) for view in (WHOLE, SQUASHED))

    assert whole.shape == squashed.shape == (24, 1280)
    assert not np.allclose(whole, squashed)
    assert views.ViewedEncoder(choice=EfficientNet(), view=WHOLE).describe() == EfficientNet().describe()


def test_pictures_that_are_square_are_not_looked_at_again_to_be_squashed(tmp_path):
    rows = [(f"images/{c}.png", c, "plain") for c in "abc"]
    found = grid.read(make_grid(tmp_path, rows))
    features = PictureFeatures(found.pictures, store=Store(tmp_path / "store"), jobs=1, progress=SILENT)

    assert features.of(EfficientNet(), SQUASHED) is features.of(EfficientNet(), WHOLE)


def test_thumbnails_and_histograms_tell_pictures_apart(features):
    for vectors in (features.thumbnails(), features.histograms()):
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
        assert (vectors @ vectors.T - np.eye(24)).max() < 0.999999


def test_joined_parts_have_the_mean_of_their_similarities():
    rng = np.random.default_rng(0)
    a, b = (unit_rows(rng.normal(size=(9, d))) for d in (3, 5))
    both = transforms.joined(a, b)

    assert np.allclose(both @ both.T, (a @ a.T + b @ b.T) / 2, atol=1e-6)


def test_centering_by_style_takes_away_what_a_style_adds():
    rng = np.random.default_rng(1)
    shapes, manner = rng.normal(size=(40, 16)), rng.normal(size=(2, 16)) * 5
    known = Truth(content=np.tile(np.arange(40), 2).astype(np.int32), style=np.repeat([0, 1], 40).astype(np.int32))
    vectors = unit_rows(np.concatenate([shapes + manner[0], shapes + manner[1]]))
    before, after = (
        study.score(study.one_style(one, known), known.style, seed=0).top1.value
        for one in (vectors, transforms.centered_by(vectors, known.style))
    )

    assert before < 0.8
    assert after > 0.95


def test_whole_whitening_makes_variances_alike():
    vectors = unit_rows(np.random.default_rng(2).normal(size=(400, 8)) * np.geomspace(1, 8, 8))
    variance = [np.linalg.eigvalsh(np.cov(whitened(vectors, power).T)) for power in (0.0, 0.5, 1.0)]
    spread = [v.max() / v.min() for v in variance]

    assert spread[0] > spread[1] > spread[2]


def test_crowding_is_greatest_for_the_picture_that_is_near_to_all():
    vectors = unit_rows(np.concatenate([np.ones((1, 12)), np.eye(12)]))
    style = np.arange(13, dtype=np.int32)

    assert transforms.crowding(vectors, style).argmax() == 0


def test_questions_about_a_collection_ask_across_each_facet_and_across_both(collection):
    test = study.of_collection(collection, "motif")
    both = study.guess(test.questions[2], variants.baselines()[0], Answers(collection))
    labels = collection.labels

    assert [question.title for question in test.questions] == [
        "in another culture",
        "in another medium",
        "in another culture and medium",
    ]
    assert (labels[both.query] != labels[both.right]).all()


class Answers:
    """Features of which all is right: the motif alone."""

    def __init__(self, collection) -> None:
        self.motif = [making.MOTIFS.index(dict(work.extra)["motif"]) for work in collection.works]

    def thumbnails(self):
        return np.eye(4, dtype=np.float32)[self.motif]


def test_questions_about_a_grid_restrict_it_ever_less(tmp_path):
    rows = [(f"images/{c}{s}.png", c, s) for c in "abcd" for s in ("plain", "bold", "thin")]
    test = study.of_grid("letters", "The same letter", "", grid.read(make_grid(tmp_path, rows)))

    assert [question.title for question in test.questions] == [
        "restricted to one of 2 others",
        "one guess from 7, one is right",
        "one guess from 12, many are right",
    ]
    assert test.alts[:2] == ("a, plain", "a, bold")


def test_a_needle_is_among_all_other_contents_of_all_other_styles():
    known = Truth(content=np.tile(np.arange(4), 3).astype(np.int32), style=np.repeat(np.arange(3), 4).astype(np.int32))

    assert study.candidates(known) == 2 * 3 + 1


def test_where_contents_are_many_and_styles_few_intervals_are_over_contents(tmp_path):
    rows = [(f"images/{c}{s}.png", c, s) for c in "abcd" for s in ("plain", "bold")]
    found = grid.read(make_grid(tmp_path, rows))
    (question,) = study.of_contents("contents", "The same content", "", found).questions

    assert question.title == "one guess from 4, one is right"
    assert question.drawn.tolist() == found.content.tolist()


def test_a_way_that_sees_what_is_shown_is_always_right(collection):
    test = study.of_collection(collection, "motif")
    for question in test.questions:
        guesses = study.guess(question, variants.baselines()[0], Answers(collection))

        assert (guesses.rank == 1).all()


def test_what_was_scored_is_not_asked_again(collection, tmp_path):
    calls = []

    def vectors(features, truth):
        calls.append(1)
        return np.eye(4, dtype=np.float32)[Answers(collection).motif]

    way = Variant(name="counted", group=BASELINES, views=0, vectors=vectors)
    asked = {"to": tmp_path, "seed": 0, "features_of": lambda test: Answers(collection), "progress": SILENT}
    first = study.run([study.of_collection(collection, "motif")], [way], **asked)
    with (tmp_path / study.KEPT).open("a", encoding="utf-8") as file:
        file.write('{"key": "a line that a killed')
    again = study.run([study.of_collection(collection, "motif")], [way], **asked)

    assert len(calls) == 3
    assert first == again


def test_ways_have_names_of_their_own():
    names = [way.name for way in (*variants.baselines(), *variants.alone(), *variants.together())]

    assert len(set(names)) == len(names)


def make_grid(folder: Path, rows) -> Path:
    (folder / "images").mkdir()
    for number, (picture, _, _) in enumerate(rows):
        making.draw(number, (32, 32)).save(folder / picture)
    grid.write_table(folder, rows, [PictureOrigin(name="a program", license="CC0")])
    return folder


def test_a_grid_is_read_as_it_was_written(tmp_path):
    rows = [(f"images/{c}{s}.png", c, s) for c in "ab" for s in ("plain", "bold")]
    found = grid.read(make_grid(tmp_path, rows))

    assert found.contents == ("a", "b")
    assert found.styles == ("plain", "bold")
    assert found.content.tolist() == [0, 0, 1, 1]
    assert found.sources == (PictureOrigin(name="a program", license="CC0"),)


@pytest.mark.parametrize(
    "spoil, words",
    [
        (lambda f: (f / "images" / "a.png").unlink(), "grid.csv:2: images/a.png: no such file"),
        (lambda f: (f / "images" / "a.png").write_text("not a picture"), "grid.csv:2: images/a.png"),
        (lambda f: (f / "grid.csv").write_text("picture,content,style\nimages/a.png,a,\n"), "grid.csv:2: no style"),
        (lambda f: (f / "grid.csv").write_text("picture,content,style\n../x.png,a,b\n"), "is outside the folder"),
        (lambda f: (f / "grid.csv").write_text("picture,content,style\n" + "images/a.png,a,b\n" * 2), "grid.csv:3"),
        (lambda f: (f / "grid.csv").unlink(), "cannot be read"),
    ],
)
def test_a_faulty_grid_is_told_with_its_line(tmp_path, spoil, words):
    folder = make_grid(tmp_path, [("images/a.png", "a", "plain")])
    spoil(folder)

    with pytest.raises(StudyError, match=words):
        grid.read(folder)


def test_an_unknown_part_is_told_with_those_that_there_are(folder, tmp_path):
    words = ["evaluate", "--content", str(folder), "--only", "motives", "--to", str(tmp_path / "report")]
    result = CliRunner().invoke(commands, words)

    assert result.exit_code == 1
    assert "unknown part motives; choose from letters, styles, contents, motifs, speed" in result.output


@pytest.mark.slow
def test_the_command_writes_a_report_that_can_be_read(folder, checkpoint, tmp_path, monkeypatch):
    # The default network's weights come from where every other test has them from.
    monkeypatch.setenv("XDG_CACHE_HOME", str(default_root().parent))
    words = ["evaluate", "--content", str(folder), "--quick", "--only", "motifs", "--to", str(tmp_path / "report")]
    words += ["--encoder", f"open_clip:tesserae-tiny/{checkpoint}"]
    result = CliRunner().invoke(commands, words)
    page = (tmp_path / "report" / "evaluation.html").read_text(encoding="utf-8")
    scores = json.loads((tmp_path / "report" / "scores.json").read_text(encoding="utf-8"))

    assert result.exit_code == 0, result.output
    assert "half whitened" in page and "color histogram" in page
    assert "In short" in page and "Speed of the search" not in page
    assert "tesserae-tiny (tiny.safetensors)" in page
    assert 'alt=""' not in page
    assert {one["question"] for one in scores["results"]} == {
        "in another culture",
        "in another medium",
        "in another culture and medium",
    }
    assert all((tmp_path / "report" / name).is_file() for name in ("scores.md", "report.css"))
    assert scores["command"].startswith("python build.py")
    assert "style=" not in page and "<script" not in page
