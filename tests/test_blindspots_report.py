"""The blindspots command: what it reads, what it writes, what it says, and how it says no."""

import json
import math
from html.parser import HTMLParser

import numpy as np
import pytest
from click.testing import CliRunner
from support.making import MOTIFS, Silent, make_content, read_table
from support.starved import SMALL, draw_folders, run, see_motifs

from generator.analysis.clusters.permutation_test import Question
from generator.cli.blindspots import blindspots_command
from generator.core.findings import EXCESS, MISSING, Region
from generator.core.store import Store
from generator.evaluation import blindspots
from generator.evaluation.blindspots import BlindspotRequest, downsampling, phrasing
from generator.evaluation.blindspots.pool import Pool, from_folders

QUIET = Silent()


@pytest.fixture(autouse=True)
def motifs_seen(monkeypatch, tmp_path):
    see_motifs(monkeypatch, tmp_path / "cache")


@pytest.fixture
def folders(tmp_path):
    return draw_folders(tmp_path)


@pytest.fixture
def report(folders, tmp_path):
    """The report of a generator without rings, and what the command said."""
    ran = run("--real", folders[0], "--generated", folders[1], "--to", tmp_path / "out")
    assert ran.exit_code == 0, ran.output
    return tmp_path / "out", ran.output


def plain(text):
    """Return the text with every white space one that may break."""
    return " ".join(text.split())


class Links(HTMLParser):
    """Collects what a page refers to, and its pictures."""

    def __init__(self, text):
        super().__init__()
        self.links, self.pictures = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.links += [given[name] for name in ("src", "href") if name in given]
        if tag == "img":
            self.pictures.append(given)


def test_what_was_never_generated_is_shown(report):
    out, said = report
    (region,) = [one for one in read_table(out / "regions.csv") if one["direction"] == "missing"]
    members = [one for one in read_table(out / "pictures.csv") if one["region"] == region["region"]]

    assert (region["pictures"], region["with_label"], region["odds_ratio"]) == ("20", "0", "0.0")
    assert {MOTIFS[int(one["picture"][-7:-4]) % 4] for one in members} == {"rings"}
    assert {one["label"] for one in members} == {"real"}
    assert "1 region" in said or "regions" in said


def test_the_page_asks_for_nothing_that_is_not_there_and_describes_its_pictures(report):
    out, _ = report
    page = Links((out / "index.html").read_text(encoding="utf-8"))
    inside = [link for link in page.links if not link.startswith("#")]

    assert len(page.pictures) >= 20
    assert all((out / link).is_file() for link in inside)
    assert all(picture["alt"] for picture in page.pictures)
    assert page.pictures[0]["alt"].startswith("real: p")
    assert not [path for path in out.rglob("*") if path.name.startswith(".")]


def test_the_page_says_it_for_people(report):
    text = plain((report[0] / "index.html").read_text(encoding="utf-8"))

    assert "1 blind spot, with 20 real pictures (25 %)." in text
    assert "Blind spot: about 18 too few" in text
    assert "20 of the real pictures look like these, so about 18 of the 72 generated ones should; none do." in text
    assert "times rarer among the generated pictures than among the real." in text
    assert "appeared in none of 99 shuffles (adjusted p = 0.01)" in text


def test_the_json_has_the_same_and_no_number_without_end(report):
    found = json.loads((report[0] / "blindspots.json").read_text(encoding="utf-8"), parse_constant=pytest.fail)
    (region,) = [one for one in found["regions"] if one["direction"] == "missing"]

    assert found["pictures"] == {"real": 80, "generated": 72}
    assert (found["permutations"], found["smallest"], found["encoder"]) == (99, 8, "dinov2-small")
    assert region["low"] == 0.0 < region["high"] < 1
    assert region["most_typical"][0].endswith(".png")


def test_the_same_is_written_every_time(report, folders, tmp_path):
    run("--real", folders[0], "--generated", folders[1], "--to", tmp_path / "again")
    names = sorted(path.relative_to(report[0]) for path in report[0].rglob("*") if path.is_file())

    assert names == sorted(
        path.relative_to(tmp_path / "again") for path in (tmp_path / "again").rglob("*") if path.is_file()
    )
    assert all((report[0] / name).read_bytes() == (tmp_path / "again" / name).read_bytes() for name in names)


def test_values_of_a_facet_are_compared_each_with_all_others(tmp_path):
    changes = {i: {"culture": "Minoan" if i % 4 == 1 else f"Other {i % 3}"} for i in range(80)}
    content = make_content(tmp_path / "content", 80, size=(24, 18), changes=changes)
    ran = run("--content", content, "--facet", "culture", "--to", tmp_path / "out")
    rows = read_table(tmp_path / "out" / "regions.csv")
    text = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")

    assert ran.exit_code == 0, ran.output
    assert [(row["label"], row["direction"], row["with_label"], row["pictures"]) for row in rows[:1]] == [
        ("Minoan", "excess", "20", "20")
    ]
    assert "1. Minoan: 20 of 20" in text
    assert (
        "Of 20 works that look like these, 20 are Minoan. If appearance had nothing to do with culture, about 5.0 would be."
        in text
    )


def test_a_picture_that_is_there_twice_counts_once_and_a_broken_one_is_named(folders):
    real, made = folders
    (real / "copy.png").write_bytes((real / "p000.png").read_bytes())
    (made / "copy.png").write_bytes((real / "p000.png").read_bytes())
    (real / "broken.jpg").write_bytes(b"nothing")
    (real / "notes.txt").write_text("not a picture")
    pool = from_folders(real, made, jobs=1, progress=QUIET)

    assert np.bincount(pool.labels).tolist() == [80, 73]
    assert pool.copies == 1
    assert [line.split(": ")[0] for line in pool.left_out] == [str(real / "broken.jpg")]


def test_pictures_may_be_compared_coarsely(folders, tmp_path):
    pool, store = from_folders(*folders, jobs=1, progress=QUIET), Store(tmp_path / "cache")
    made = downsampling.coarse(pool.pictures, 12, store=store, jobs=1, progress=QUIET)
    again = downsampling.coarse(pool.pictures, 12, store=store, jobs=1, progress=QUIET)

    assert {(one.width, one.height) for one in made} == {(12, 9)}
    assert len({one.digest for one in made}) > 140
    assert made == again


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--real", "real"], "one is missing"),
        (["--content", "real"], "one is missing"),
        ([], "give either --real and --generated"),
        (["--real", "real", "--generated", "real"], "give two folders"),
        (["--real", "real", "--generated", "empty"], "no readable picture"),
        (["--real", "real", "--generated", "made", "--smallest", "100"], "at least 200 are needed"),
        (["--real", "real", "--generated", "made", "--to", "real/out"], "would mix with those"),
        (["--real", "real", "--generated", "made", "--level", "0.001"], "give 999 or more"),
    ],
)
def test_what_cannot_be_answered_is_said_in_a_line(folders, tmp_path, monkeypatch, given, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    ran = CliRunner().invoke(blindspots_command, [*SMALL, *given])

    assert ran.exit_code == 1
    assert said in ran.output
    assert not (tmp_path / "blindspots").exists()


def test_a_trial_brings_its_own_pictures(folders):
    ran = run("--trial", "--real", folders[0])

    assert ran.exit_code == 2
    assert "leave out --real" in ran.output


def test_a_facet_that_is_not_there_is_named_with_those_that_are(tmp_path):
    ran = run("--content", make_content(tmp_path / "content"), "--facet", "period", "--to", tmp_path / "out")

    assert ran.exit_code == 1
    assert "no facet period; site.toml has culture, medium" in ran.output


def region(**given):
    base = {
        "mark": 1,
        "direction": MISSING,
        "marked": np.arange(2, dtype=np.int32),
        "others": np.arange(10, dtype=np.int32),
        "beside": np.arange(0, dtype=np.int32),
        "expected": 6.0,
        "odds": 0.2,
        "low": 0.04,
        "high": 0.3,
        "p": 0.001,
        "adjusted": 0.02,
        "parts": 1,
    }
    return Region(**{**base, **given})


@pytest.fixture
def pool():
    """As many real as generated pictures."""
    return Pool(
        pictures=(None,) * 200,
        names=(),
        alts=(),
        labels=np.repeat([0, 1], 100).astype(np.int32),
        values=("real", "generated"),
        marks=(1,),
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "5.0 times rarer among the generated pictures than among the real (95 % interval 3.3 to 25)"),
        ({"odds": 0.0, "low": 0.0}, "at least 3.3 times rarer"),
        ({"direction": EXCESS, "odds": 8.0, "low": 3.0, "high": 30.0}, "8.0 times more common among the generated"),
        ({"direction": EXCESS, "odds": math.inf, "low": 12.0, "high": math.inf}, "at least 12 times more common"),
    ],
)
def test_ratios_are_said_in_words(pool, given, said):
    assert said in plain(phrasing.times(region(**given), pool))


def test_a_p_value_is_said_as_what_happened():
    said = phrasing.chance(region(), Question(marks=(1,), deals=999))

    assert "in 19 of 999 shuffles (adjusted p = 0.02)" in plain(said)


def test_where_all_is_missing_the_reader_is_warned(pool):
    assert "a general difference, not a blind spot" in phrasing.summary(
        pool, (region(others=np.arange(90, dtype=np.int32)),), 20
    )
    assert "a general difference, not a blind spot" not in phrasing.summary(pool, (region(),), 20)
    weak = region(others=np.arange(10, dtype=np.int32), high=0.8)

    assert phrasing.summary(pool, (weak,), 20) == "No blind spot; 1 other kind of picture, generated too rarely."
    assert phrasing.summary(pool, (), 20) == "Nothing was found. Groups of fewer than 20 pictures cannot be detected."


def test_a_request_may_be_made_without_the_command_line(folders, tmp_path):
    asked = {"smallest": 8, "permutations": 99, "store": Store(tmp_path / "cache"), "to": tmp_path / "out"}
    findings = blindspots.find(BlindspotRequest(real=folders[0], generated=folders[1], **asked), QUIET)

    assert findings.regions[0].direction == MISSING
