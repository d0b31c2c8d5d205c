"""The trial of known truth: letters, a small generative model, and how well a held-back letter is found."""

from dataclasses import replace

import numpy as np
import pytest
from support.making import Silent

from generator import images
from generator.core.errors import StudyError
from generator.core.findings import EXCESS, MISSING
from generator.evaluation.blindspots import flow_matching, trial
from generator.evaluation.blindspots.pool import Pool
from generator.evaluation.blindspots.trial import StarvedTrial

torch = pytest.importorskip("torch")
pytest.importorskip("matplotlib")


@pytest.fixture(autouse=True)
def small_model(monkeypatch):
    """A model that takes no time, and learns nothing."""
    for name, value in {"WIDTH": 8, "BATCH": 4, "ROUND": 2, "KEPT": 1, "TURNS": 2}.items():
        monkeypatch.setattr(flow_matching, name, value)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # more wait for each other where the machine is busy
    yield
    torch.set_num_threads(threads)


def tiny(**given):
    fonts = [path for path in trial.fonts_of_matplotlib() if path.name in ("DejaVuSans.ttf", "DejaVuSerif.ttf")]
    return StarvedTrial(**{"fonts": tuple(fonts), "letters": "AKO", "each": 3, "rounds": 2, **given})


def test_real_letters_are_drawn_and_as_many_pictures_generated(tmp_path):
    real, generated = trial.make(tiny(), tmp_path / "trial", Silent())
    facts = [images.inspect(path) for folder in (real, generated) for path in sorted(folder.iterdir())]

    assert sorted(path.name[0] for path in real.iterdir()) == list("AAAKKKOOO")
    assert {(one.width, one.height) for one in facts} == {(flow_matching.SIDE, flow_matching.SIDE)}
    assert len({one.digest for one in facts}) == 18


def test_a_folder_holds_one_trial(tmp_path):
    trial._begin(tmp_path / "trial", tiny())
    trial._begin(tmp_path / "trial", tiny())

    with pytest.raises(StudyError, match="contains another trial"):
        trial._begin(tmp_path / "trial", tiny(seed=1))


def test_the_model_is_never_shown_the_letter_that_is_held_back():
    asked = tiny(letters="OI", starved="I")
    shown = trial._lessons(trial._sheets(asked), asked)(40, 0)

    assert shown.shape == (40, flow_matching.SIDE, flow_matching.SIDE)
    assert ((shown > 127).any(axis=1).mean(axis=1) > 0.4).all()  # O is wide and I is narrow


def test_a_starved_letter_is_shown_now_and_then():
    asked = tiny(letters="OI", starved="I", left=0.3)
    shown = trial._lessons(trial._sheets(asked), asked)(200, 0)
    narrow = ((shown > 127).any(axis=1).mean(axis=1) < 0.4).mean()

    assert 0.1 < narrow < 0.35


def test_a_training_that_was_stopped_ends_as_if_it_had_not_been(tmp_path):
    asked = tiny(rounds=3)
    draw = trial._lessons(trial._sheets(asked), asked)

    def learn(path, stop=None):
        def drawn(n, seed):
            if stop is not None and path.is_file():
                raise KeyboardInterrupt
            return draw(n, seed)

        return flow_matching.learn(drawn, 3, seed=0, path=path, progress=Silent())

    with pytest.raises(KeyboardInterrupt):
        learn(tmp_path / "stopped.pt", stop=1)
    one, other = learn(tmp_path / "stopped.pt"), learn(tmp_path / "whole.pt")

    assert all(torch.equal(a, b) for a, b in zip(one.parameters(), other.parameters(), strict=True))


def test_a_trial_needs_fonts_that_have_its_letters():
    with pytest.raises(StudyError, match="give fonts that have these letters"):
        trial._sheets(tiny(fonts=()))


class Found:
    """As much of a region as a score looks at."""

    def __init__(self, direction, others, far):
        self.direction, self.others, self.far = direction, np.array(others), lambda: far


def test_precision_and_recall_are_of_real_pictures_reported_as_missing():
    pool = Pool(
        pictures=(None,) * 6,
        names=("K-0", "K-1", "A-0", "A-1", "K-2", "0"),
        alts=(),
        values=("real", "generated"),
        labels=np.array([0, 0, 0, 0, 0, 1], np.int32),
        marks=(1,),
    )
    regions = [Found(MISSING, [0, 1, 2], True), Found(MISSING, [3], False), Found(EXCESS, [4], True)]
    spots, rare = trial.scores(tiny(), pool, regions)

    assert (spots.precision, spots.recall, spots.reported) == (2 / 3, 2 / 3, 3)
    assert (rare.precision, rare.recall, rare.reported) == (1 / 2, 2 / 3, 4)
    assert str(replace(spots, left=0.1)).startswith("K was shown 0.1 times as often; 3 real pictures among blind spots")
    assert str(replace(spots, left=1.0)).startswith(
        "K was shown as often as the others; 3 real pictures among blind spots"
    )
    assert str(replace(spots, reported=0)) == "K was held back; no real pictures among blind spots."
    assert str(spots).startswith("K was held back; 3 real pictures among blind spots: 66.7 % of them are K (precision)")
