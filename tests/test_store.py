"""The store: names by content, files that appear whole or not at all."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from generator.core.errors import OutputError
from generator.core.store import TEMPORARY, Store, default_root, key

ROOT = Path(__file__).parents[1]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache")


def leftovers(store: Store) -> list[str]:
    folder = store.root / TEMPORARY
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_the_same_parts_give_the_same_key_in_every_process():
    assert key("a", 1) == "5297e8539535a639c49cec7eb21cba68347cbc78de9175da3ce28819a9f5a555"


def test_parts_that_differ_in_type_order_or_grouping_differ_in_key():
    row, column = np.zeros((1, 4), np.float32), np.zeros((4, 1), np.float32)
    parts = [
        ("ab", "c"),
        ("a", "bc"),
        ("abc",),
        (b"abc",),
        (1,),
        (1.0,),
        (True,),
        ("1",),
        (None,),
        ("None",),
        (),
        ("",),
        (("a", "b"),),
        (("a",), "b"),
        ("a", "b"),
        ("b", "a"),
        (row,),
        (column,),
        (row.astype(np.int32),),
        (row.tobytes(),),
    ]

    assert len({key(*each) for each in parts}) == len(parts)


def test_a_part_of_another_type_is_refused():
    with pytest.raises(TypeError, match="not <class 'object'>"):
        key(object())  # type: ignore[arg-type]


def test_a_file_appears_under_its_name_only_when_it_is_complete(store: Store):
    path = store.path("pictures", key("p"), ".webp")
    with store.writing(path) as temporary:
        temporary.write_bytes(b"half")

        assert temporary.suffix == ".webp"
        assert not path.exists()

    assert path.read_bytes() == b"half"
    assert leftovers(store) == []


def test_after_an_error_nothing_is_left_and_what_was_there_stays(store: Store):
    path = store.path("pictures", key("p"))
    with store.writing(path) as temporary:
        temporary.write_bytes(b"good")
    with pytest.raises(RuntimeError), store.writing(path) as temporary:
        temporary.write_bytes(b"bad")
        raise RuntimeError

    assert path.read_bytes() == b"good"
    assert leftovers(store) == []


def test_a_folder_can_be_an_artefact_and_the_first_writer_wins(store: Store):
    path = store.path("fragments", key("f"))
    for _ in range(2):
        with store.writing(path) as temporary:
            temporary.mkdir()
            (temporary / "one").write_text("1")

    assert [inner.name for inner in path.iterdir()] == ["one"]
    assert leftovers(store) == []


def test_what_a_killed_process_left_is_swept_by_the_next(store: Store, tmp_path: Path):
    code = (
        "import sys, time; from pathlib import Path; from generator.core.store import Store\n"
        "store = Store(Path(sys.argv[1]))\n"
        "with store.writing(store.path('k', 'abc')) as t:\n"
        "    t.write_bytes(b'half'); print(flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(store.root)], stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout
        process.stdout.readline()
        assert len(leftovers(Store(store.root))) == 1, "a living process keeps its temporary"
        process.send_signal(signal.SIGKILL)
    assert len(leftovers(store)) == 1

    assert leftovers(Store(store.root)) == []
    assert not store.path("k", "abc").exists()


def test_a_temporary_of_another_machine_is_swept_after_a_day(store: Store):
    folder = store.root / TEMPORARY
    folder.mkdir(parents=True)
    for name, age in (("elsewhere.1.aa.npy", 2 * 86_400), ("elsewhere.1.bb.npy", 60)):
        (folder / name).write_bytes(b"")
        os.utime(folder / name, (time.time() - age,) * 2)

    assert leftovers(Store(store.root)) == ["elsewhere.1.bb.npy"]


def test_the_environment_names_another_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("TESSERAE_CACHE", str(tmp_path))
    assert default_root() == tmp_path
    monkeypatch.delenv("TESSERAE_CACHE")
    assert default_root().name == "tesserae"


def test_a_cache_that_cannot_be_written_is_named_with_the_way_out(tmp_path: Path):
    (tmp_path / "file").write_text("not a folder")

    words = r"file/cache: nothing can be written .*TESSERAE_CACHE"
    with pytest.raises(OutputError, match=words), Store(tmp_path / "file" / "cache").scratch():
        pass


def test_a_store_removes_itself_but_no_folder_that_it_never_wrote_in(store: Store, tmp_path: Path):
    (tmp_path / "pictures").mkdir()
    with pytest.raises(OutputError, match="not a Tesserae cache"):
        Store(tmp_path / "pictures").remove()
    with store.writing(store.path("k", "abc")) as temporary:
        temporary.write_bytes(b"")
    store.remove()
    store.remove()

    assert not store.root.exists()
