"""The whole road on small content folders: build, again, killed, wrong."""

import os
import shutil
import signal
import subprocess
import time
from collections import Counter

import pytest
from support.commands import command, run
from support.making import make_content

from generator.core import store
from generator.core.resources import HOME

pytestmark = pytest.mark.real

ENCODER = "efficientnet-lite0"  # its weights come with the dependencies


def words(content, out, *more):
    return ("build", "--content", content, "--out", out, "--encoder", ENCODER, *more)


def build(content, out, cache, *more):
    return run(cache, *words(content, out, *more))


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    folder = tmp_path_factory.mktemp("content")
    make_content(folder, n=30)
    return folder


@pytest.fixture(scope="module")
def built(content, tmp_path_factory):
    """A build that nothing disturbed: its folder and its cache."""
    root = tmp_path_factory.mktemp("built")
    done = build(content, root / "site", root / "cache")
    assert done.returncode == 0, done.stderr
    return root / "site", root / "cache"


def with_packages(cache, other):
    """Give a cache what npm fetched for another: it is not made here, and a network may be far."""
    if (other / "npm").is_dir():
        shutil.copytree(other / "npm", cache / "npm")


@pytest.mark.slow
def test_two_clean_builds_are_byte_identical(content, built, tmp_path):
    with_packages(tmp_path / "cache", built[1])
    call = command(tmp_path / "cache", *words(content, tmp_path / "elsewhere", "--jobs", 1))
    done = subprocess.run(**call, capture_output=True, text=True, timeout=300, check=False)

    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "elsewhere") == tree(built[0])


def embedding_begins(folder):
    return len(list((folder / "cache" / "vectors").glob("*/*"))) > 3


def pages_are_written(folder):
    return len(list(folder.glob(".site.new.*/works/*/index.html"))) > 3


@pytest.mark.slow
@pytest.mark.parametrize("moment", [embedding_begins, pages_are_written])
def test_a_build_that_was_killed_is_finished_by_the_next_as_if_nothing_had_happened(content, built, tmp_path, moment):
    with_packages(tmp_path / "cache", built[1])
    call = command(tmp_path / "cache", *words(content, tmp_path / "site", "-q"))
    victim = subprocess.Popen(**call, start_new_session=True)
    while not moment(tmp_path):
        assert victim.poll() is None, "the build ended before its moment came"
        time.sleep(0.002)
    os.killpg(victim.pid, signal.SIGKILL)
    victim.wait()
    assert not (tmp_path / "site").exists()
    done = build(content, tmp_path / "site", tmp_path / "cache")

    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "site") == tree(built[0])
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


class Killed(BaseException):
    """As SIGKILL does: nobody catches it, and what is half written stays."""


def kill_at(monkeypatch, kind, number):
    """Let the next build end when it has written an artefact of a kind for the so manieth time, but not yet named it."""
    written, put = Counter(), store._put

    def named(temporary, path):
        written[path.parts[-3]] += 1
        if written[kind] == number:
            monkeypatch.setattr(store, "_remove", lambda path: None)
            raise Killed
        put(temporary, path)

    monkeypatch.setattr(store, "_put", named)


def kinds_in(cache):
    """Return the kinds of artefacts in the order in which they are made, and how many there are of each."""
    count = Counter(path.parts[-3] for path in cache.glob("*/??/*"))
    first = {kind: min(path.stat().st_mtime_ns for path in (cache / kind).glob("??/*")) for kind in count}
    return {kind: count[kind] for kind in sorted(count, key=first.__getitem__)}


@pytest.mark.slow
def test_a_build_killed_at_every_kind_of_artefact_in_turn_ends_as_if_nothing_had_happened(content, built, tmp_path):
    kinds = kinds_in(built[1])
    for kind, count in kinds.items():
        for number in {1, count // 2} - {0}:
            with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
                kill_at(patch, kind, number)
                build(content, tmp_path / "site", tmp_path / "cache", "--jobs", 1)
            assert not (tmp_path / "site").exists()
    done = build(content, tmp_path / "site", tmp_path / "cache")

    assert done.returncode == 0, done.stderr
    assert len(kinds) >= 5 and kinds["vectors"] == 30
    assert tree(tmp_path / "site") == tree(built[0])


def test_an_unchanged_site_is_not_made_again_and_nothing_heavy_is_imported(content, built):
    watch = (
        "import sys; sys.argv[0] = 'build.py'\nfrom generator.cli import main\ntry: main()\nexcept SystemExit: pass\n"
    )
    heavy = "print(sorted({'torch', 'numba', 'jinja2', 'timm', 'open_clip'} & set(sys.modules)))"
    call = command(built[1], *words(content, built[0]))
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
    "given",
    [
        ["build", "--limit", "none"],
        ["--jobs", "0"],
        ["bild"],
        ["build", "--content", "no/such"],
        ["--base-url", "me.org"],
    ],
)
def test_a_call_that_cannot_be_meant_ends_with_code_2(given, tmp_path):
    done = run(tmp_path, *given)

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


def test_a_program_without_a_terminal_or_anywhere_to_write_to_does_its_work(content, built, tmp_path):
    call = command(built[1], *words(content, tmp_path / "site", "--strict"))
    call["args"] = ["/bin/sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *call["args"]]

    assert subprocess.run(**call, timeout=120, check=False).returncode == 0
    assert tree(tmp_path / "site") == tree(built[0])


def test_clean_removes_the_site_and_only_the_site(built, content, tmp_path):
    shutil.copytree(built[0], tmp_path / "site")
    done = run(tmp_path / "cache", "clean", "--out", tmp_path / "site")

    assert done.returncode == 0
    assert not (tmp_path / "site").exists()
