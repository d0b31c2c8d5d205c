import shutil

import pytest
from PIL import Image
from support.making import Silent, draw, make_content

from generator import content
from generator.core import config
from generator.core.resources import TEMPLATES
from generator.core.run import Run
from generator.core.store import Store
from generator.images import derivatives


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "cache")


def collection(folder, store):
    made, _ = config.load(folder, TEMPLATES / "defaults.toml")
    return content.load(folder, made, Run(store=store, progress=Silent()))[0]


def derive(found, store, *, jobs=1, progress=None):
    return derivatives.derive(found, store=store, jobs=jobs, progress=progress or Silent(), steps=(24, 48, 240))


def size_of(path):
    with Image.open(path) as image:
        return image.size


def tree(derived):
    return [[(one.width, one.height, one.path.read_bytes()) for one in mine] for mine in derived]


def test_every_work_has_its_derivatives_narrowest_first(tmp_path, store):
    derived = derive(collection(make_content(tmp_path / "content", 5), store), store)

    assert len(derived) == 5
    for mine in derived:
        assert [(one.width, one.height) for one in mine] == [(24, 18), (48, 36), (96, 72)]
        assert [size_of(one.path) for one in mine] == [(24, 18), (48, 36), (96, 72)]
        assert [one.bytes for one in mine] == [one.path.stat().st_size for one in mine]


def test_only_what_is_not_there_is_made(tmp_path, store):
    folder = make_content(tmp_path / "content", 5)
    derived = derive(collection(folder, store), store)
    draw(50, (96, 72)).save(folder / "images" / "w002.png")
    derived[1][1].path.unlink()
    derived[1][0].path.write_bytes(b"")  # as a power cut leaves it
    again, none = Silent(), Silent()
    found = derive(collection(folder, store), store, progress=again)
    derive(collection(folder, store), store, progress=none)

    assert again.stages == [("Resizing pictures", 2)] and again.done == 2
    assert none.stages == []
    assert all(one.bytes for mine in found for one in mine)


def test_one_picture_for_two_works_is_made_once(tmp_path, store):
    folder = make_content(tmp_path / "content", 4)
    shutil.copy(folder / "images" / "w000.png", folder / "images" / "w001.png")
    progress = Silent()
    derive(collection(folder, store), store, progress=progress)

    assert progress.stages == [("Resizing pictures", 3)]


def test_processes_and_another_cache_give_the_same_bytes(tmp_path, store, monkeypatch):
    found = collection(make_content(tmp_path / "content", 20), store)
    alone = tree(derive(found, store))
    monkeypatch.setattr("generator.core.workers.WORTH", 0)
    other = Store(tmp_path / "other")

    assert tree(derive(found, other, jobs=2)) == alone
    assert not list((tmp_path / "other" / "temporary").iterdir())
