"""The bench command: what it writes, how it goes on, and how it says no."""

import importlib.util
import json
import shutil
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner
from support.making import read_table

from generator.cli import commands
from generator.evaluation.common import machine
from generator.evaluation.speed import study
from generator.evaluation.speed.report import document, lines

SMALL = ["--n", "150,300", "--d", "8", "--cells", "6", "--k", "3", "--shares", "1,0.2", "--batches", "1,4"]
QUICK = ["--repeat", "1", "--threads", "2", "--engines", "numpy,faiss"]


@pytest.fixture(scope="module", autouse=True)
def small_machine():
    """The limits of the machine are measured on arrays that take no time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(machine, "SIDE", 64)
        patch.setattr(machine, "LENGTH", 2**12)
        yield


def bench(*options):
    return CliRunner().invoke(commands, ["bench", *map(str, options)])


@pytest.fixture(scope="module")
def studied(tmp_path_factory):
    """A study of two sizes, and what it said."""
    out = tmp_path_factory.mktemp("study") / "out"
    ran = bench(*SMALL, *QUICK, "--to", out)
    assert ran.exit_code == 0, ran.output
    return out, ran.output


@pytest.fixture
def report(studied, tmp_path):
    """A copy of the study, to do with as one likes."""
    shutil.copytree(studied[0], tmp_path / "out")
    return tmp_path / "out", studied[1]


def test_a_study_writes_tables_plots_and_the_machine(report):
    out, _ = report
    rows = read_table(out / "table.csv")
    facts = json.loads((out / "machine.json").read_text(encoding="utf-8"))
    plots = sorted(out.glob("*.svg"))

    assert {row["engine"] for row in rows if row["workload"] == "filters"} == {"tesserae", "numpy", "faiss"}
    assert len(rows) == 2 * 3 + 2 * 2 * 2 * 3  # sizes x engines, and for queries x shares x batches
    assert {row["answer"] for row in rows} == {"reference", "same"}
    assert all(float(row["seconds"]) > 0 for row in rows)
    assert facts["libraries"]["numpy"] == np.__version__
    assert facts["limits"]["float32_gmac_per_s"] >= 0
    assert {plot.name.split("-synthetic")[0] for plot in plots} == {
        "filters-by-n",
        "query-by-n",
        "query-by-selectivity",
    }
    assert all(ElementTree.parse(plot).getroot().tag.endswith("svg") for plot in plots)
    assert all(f"({plot.name})" in (out / "table.md").read_text(encoding="utf-8") for plot in plots)


def test_nothing_unfinished_is_left_behind(report):
    out, _ = report
    suffixes = {path.suffix for path in out.iterdir()}

    assert suffixes == {".md", ".csv", ".json", ".jsonl", ".svg"}
    assert not [path for path in out.iterdir() if path.name.startswith(".")]


def test_the_markdown_has_a_table_a_question_with_cells_in_line(report):
    out, _ = report
    text = (out / "table.md").read_text(encoding="utf-8")
    blocks = [block for block in text.split("\n\n") if block.startswith("|")]

    assert len(blocks) == 2 + 4
    assert all(len({line.count("|") for line in block.splitlines()}) == 1 for block in blocks)
    assert "## filters: synthetic, n = 300, d = 8, 6 cells, k = 3" in text
    assert "best other / tesserae" in text


def test_results_are_told_line_by_line(report):
    _, said = report

    assert sum(line.split()[0] == "numpy" for line in said.splitlines() if line.startswith("  ")) == 2 + 8
    assert said.rstrip().endswith("table.md")


@pytest.mark.slow
def test_a_plot_of_the_same_measurements_is_the_same_file(report):
    from generator.evaluation.speed import plots

    out, _ = report
    found = study.read(out / study.KEPT)

    assert plots.drawn(found) == plots.drawn(found)
    assert dict(plots.drawn(found)) == {path.name: path.read_text(encoding="utf-8") for path in out.glob("*.svg")}


def test_a_study_resumes_with_what_was_measured(report):
    out, _ = report
    kept = (out / study.KEPT).read_text(encoding="utf-8")
    lines = kept.splitlines(keepends=True)
    (out / study.KEPT).write_text("".join(lines[:3]) + lines[3][:20], encoding="utf-8")  # killed in the fourth line
    ran = bench(*SMALL, *QUICK, "--to", out, "--resume")
    again = (out / study.KEPT).read_text(encoding="utf-8").splitlines(keepends=True)

    assert ran.exit_code == 0
    assert again[:3] == lines[:3]
    assert len(again) == len(lines)
    assert len(read_table(out / "table.csv")) == len(lines)


def test_without_resume_everything_is_measured_again(report):
    out, _ = report
    bench(*SMALL, *QUICK, "--only", "filters", "--to", out)

    assert len((out / study.KEPT).read_text(encoding="utf-8").splitlines()) == 6


def test_a_study_of_features_in_files(tmp_path):
    random = np.random.default_rng(0)
    np.save(tmp_path / "museum.npy", random.standard_normal((200, 12)).astype(np.float16))
    np.savez(tmp_path / "labels.npz", shape=np.arange(200) % 5, tone=np.arange(200) // 40)
    ran = bench(
        "--features",
        tmp_path / "museum.npy",
        "--labels",
        tmp_path / "labels.npz",
        "--facets",
        "shape,tone",
        "--cells",
        "own,10",
        "--k",
        2,
        "--only",
        "filters",
        *QUICK,
        "--to",
        tmp_path / "out",
    )

    assert ran.exit_code == 0, ran.output
    assert "museum, n = 200, d = 12, 25 cells, k = 2" in ran.output
    assert "museum, n = 200, d = 12, 10 cells, k = 2" in ran.output


def test_without_the_extra_ours_and_numpy_are_measured_and_the_rest_named(tmp_path, monkeypatch):
    really = importlib.util.find_spec
    hidden = {"faiss", "sklearn", "usearch", "torch", "threadpoolctl", "matplotlib"}
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *more: None if name in hidden else really(name, *more)
    )
    ran = bench("--n", 100, "--d", 4, "--cells", 3, "--only", "filters", "--repeat", 1, "--to", tmp_path / "out")
    text = (tmp_path / "out" / "table.md").read_text(encoding="utf-8")

    assert ran.exit_code == 0, ran.output
    assert "| numpy |" in text
    assert "- faiss: not measured: not installed; pip install -c constraints.txt -e '.[bench]'" in text
    assert not list((tmp_path / "out").glob("*.svg"))


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--n", "many"], 2, "'many': expected whole numbers above 0, separated by commas, or all"),
        (["--k", "0"], 2, "'0': expected whole numbers above 0"),
        (["--shares", "1.5"], 2, "'1.5': expected numbers above 0 and at most 1"),
        (["--seconds", "0"], 2, "0"),
        (["--only", "trees"], 2, "'trees'"),
        (["--features", __file__], 2, "--features and --labels must be given together"),
        (["--facets", "a"], 2, "--facets needs --labels"),
        (["--full", "--n", "10"], 2, "--full sets the sizes; leave out --n"),
        (["--engines", "magic"], 1, "unknown library magic; choose from tesserae"),
        (["--n", "10", "--cells", "11"], 1, "--n 10 rows cannot fill --cells 11"),
        (["--features", __file__, "--labels", __file__], 1, "cannot be read as numpy's .npy or .npz"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(tmp_path, options, code, said):
    ran = bench(*options, "--to", tmp_path / "out")

    assert ran.exit_code == code
    assert said in " ".join(ran.output.split())
    assert not (tmp_path / "out").exists()


def test_a_study_that_is_stopped_leaves_a_report_of_what_it_measured(tmp_path, monkeypatch):
    measure = study.single_query.measure

    def stop(*given):
        raise KeyboardInterrupt

    monkeypatch.setattr(study.single_query, "measure", stop)
    ran = bench(*SMALL, *QUICK, "--to", tmp_path / "out")
    monkeypatch.setattr(study.single_query, "measure", measure)

    assert ran.exit_code == 1
    assert "with --resume" in ran.output
    assert len(read_table(tmp_path / "out" / "table.csv")) == 6


def test_the_first_answer_of_a_process_is_timed_with_and_without_a_cache(monkeypatch, capsys):
    exec(machine.FIRST_ANSWER.format(k=2), {})
    said = capsys.readouterr().out
    monkeypatch.setattr(machine, "FIRST_ANSWER", "print(1.5 * {k})")

    assert float(said) > 0
    assert machine.compiling(2) == {"cold_s": 3.0, "cached_s": 3.0}
    monkeypatch.setattr(machine, "FIRST_ANSWER", "raise ValueError('no {k}')")
    assert machine.compiling(2) == "failed: ValueError: no 2"


def test_a_machine_that_others_used_is_told(report):
    out, _ = report
    found = [replace(one, others=0.4) for one in study.read(out / study.KEPT) if one.n == 150]
    facts = json.loads((out / "machine.json").read_text(encoding="utf-8"))
    warning = "Other programs used 40% of the machine meanwhile: measure again."

    assert document(found, facts, []).count(warning) == 1 + 2
    assert warning in lines(found)[-1]
    assert 0 <= machine.Others().share() <= 1
