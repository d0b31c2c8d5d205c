"""The whole road on small content folders: build, again, killed, wrong."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.making import make_content

HOME = Path(__file__).resolve().parent.parent
ENCODER = "efficientnet-lite0"  # its weights come with the dependencies


def command(cache, *words):
    environment = {**os.environ, "TESSERAE_CACHE": str(cache), "PYTHONHASHSEED": "random"}
    return {"args": [sys.executable, str(HOME / "build.py"), *map(str, words)], "env": environment, "cwd": HOME}


def run(cache, *words):
    return subprocess.run(**command(cache, *words), capture_output=True, text=True, timeout=300, check=False)


def build(content, out, cache, *words):
    return run(cache, "build", "--content", content, "--out", out, "--encoder", ENCODER, *words)


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    folder = tmp_path_factory.mktemp("content")
    make_content(folder, n=30)
    return folder


@pytest.fixture(scope="module")
def built(content, tmp_path_factory):
    """A build that nothing disturbed: its folder, its cache, how many seconds it took."""
    root = tmp_path_factory.mktemp("built")
    begun = time.perf_counter()
    done = build(content, root / "site", root / "cache")
    assert done.returncode == 0, done.stderr
    return root / "site", root / "cache", time.perf_counter() - begun


def test_two_clean_builds_are_byte_identical(content, built, tmp_path):
    done = build(content, tmp_path / "elsewhere", tmp_path / "cache", "--jobs", 1)

    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "elsewhere") == tree(built[0])


@pytest.mark.parametrize("share", [0.15, 0.4, 0.6, 0.75, 0.9])
def test_a_build_that_was_killed_is_finished_by_the_next_as_if_nothing_had_happened(content, built, tmp_path, share):
    words = ("build", "--content", content, "--out", tmp_path / "site", "--encoder", ENCODER, "-q")
    victim = subprocess.Popen(**command(tmp_path / "cache", *words), start_new_session=True)
    time.sleep(built[2] * share)
    os.killpg(victim.pid, signal.SIGKILL)
    victim.wait()
    done = build(content, tmp_path / "site", tmp_path / "cache")

    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "site") == tree(built[0])
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_unchanged_site_is_not_made_again_and_nothing_heavy_is_imported(content, built):
    watch = (
        "import sys; sys.argv[0] = 'build.py'\nfrom generator.cli import main\ntry: main()\nexcept SystemExit: pass\n"
    )
    heavy = "print(sorted({'torch', 'numba', 'jinja2', 'timm', 'open_clip'} & set(sys.modules)))"
    call = command(built[1], "build", "--content", content, "--out", built[0], "--encoder", ENCODER)
    call["args"][1:2] = ["-c", watch + heavy]
    done = subprocess.run(**call, capture_output=True, text=True, timeout=120, check=False)

    assert "nothing to do" in done.stdout, done.stderr
    assert done.stdout.endswith("[]\n")


def test_a_changed_title_changes_the_site_without_embedding_again(content, built, tmp_path):
    folder = tmp_path / "content"
    shutil.copytree(content, folder)
    table = folder / "works.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace(text.splitlines()[1].split(",")[1], "Quite another title", 1), encoding="utf-8")
    done = build(folder, tmp_path / "site", built[1])

    assert done.returncode == 0, done.stderr
    assert "Embedding" not in done.stderr
    assert any(
        b"Quite another title" in data for name, data in tree(tmp_path / "site").items() if name.endswith(".html")
    )


def test_faults_are_all_listed_and_nothing_is_written(content, tmp_path):
    folder = tmp_path / "content"
    shutil.copytree(content, folder)
    pictures = sorted((folder / "images").iterdir())
    pictures[0].write_bytes(b"not a picture")
    pictures[1].unlink()
    done = build(folder, tmp_path / "site", tmp_path / "cache")

    assert done.returncode == 1
    assert pictures[0].name in done.stderr and pictures[1].name in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "site").exists()


def test_warnings_stop_a_strict_build_with_code_4(content, tmp_path):
    folder = tmp_path / "content"
    shutil.copytree(content, folder)
    (folder / "site.toml").unlink(missing_ok=True)
    done = build(folder, tmp_path / "site", tmp_path / "cache", "--strict")

    assert done.returncode == 4
    assert "warning" in done.stderr
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["build", "--limit", "none"],
        ["--jobs", "0"],
        ["bild"],
        ["build", "--content", "no/such"],
        ["--base-url", "me.org"],
    ],
)
def test_a_call_that_cannot_be_meant_ends_with_code_2(words, tmp_path):
    done = run(tmp_path, *words)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_folder_with_other_files_is_not_replaced(content, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    done = build(content, tmp_path, tmp_path / "cache")

    assert done.returncode == 1
    assert "did not write" in done.stderr
    assert (tmp_path / "thesis.txt").exists()


def test_the_output_may_not_hold_or_lie_in_the_content(content, tmp_path):
    for out in (content, content.parent, content / "images", HOME):
        done = build(content, out, tmp_path / "cache")

        assert done.returncode == 1, out
        assert "--out" in done.stderr


def test_an_unknown_encoder_names_those_there_are(content, tmp_path):
    done = run(
        tmp_path / "cache", "build", "--content", content, "--out", tmp_path / "site", "--encoder", "dinov2-smal"
    )

    assert done.returncode == 1
    assert "dinov2-small" in done.stderr and "efficientnet-lite0" in done.stderr


def test_check_writes_nothing(content, tmp_path):
    done = run(tmp_path / "cache", "check", "--content", content)

    assert done.returncode == 0
    assert "30 works" in done.stdout


def test_clean_removes_the_site_and_only_the_site(built, content, tmp_path):
    shutil.copytree(built[0], tmp_path / "site")
    done = run(tmp_path / "cache", "clean", "--out", tmp_path / "site")

    assert done.returncode == 0
    assert not (tmp_path / "site").exists()
