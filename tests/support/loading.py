"""Content folders as tests load them, and what is wrong with those that cannot be loaded."""

import pytest

from generator import content
from generator.core import config
from generator.core.errors import ContentError
from generator.core.resources import TEMPLATES
from generator.core.run import Run
from generator.core.store import Store
from support.making import SITE, Silent, make_content, write_cells


def load(folder, *, limit=None, jobs=1, progress=None, cache=None):
    made, _ = config.load(folder, TEMPLATES / "defaults.toml")
    store = Store(cache or folder.parent / "cache")
    return content.load(folder, made, Run(store=store, jobs=jobs, progress=progress or Silent()), limit=limit)


def faults(folder):
    """Return what is wrong with the folder; warnings are told after it."""
    with pytest.raises(ContentError) as caught:
        load(folder)
    for fault in caught.value.faults:
        assert fault.file and fault.found and fault.expected and fault.fix
        assert "\n" not in str(fault)
    wrong = [fault for fault in caught.value.faults if not fault.warning]
    assert wrong and list(caught.value.faults[: len(wrong)]) == wrong
    return wrong


def changed(tmp_path, *changes, n=6, site=SITE):
    """Make a folder with the given cells changed, one dictionary a row."""
    return make_content(tmp_path / "content", n, site=site, changes=dict(enumerate(changes)))


def table(tmp_path, cells, n=6, **how):
    folder = make_content(tmp_path / "content", n)
    write_cells(folder / "works.csv", cells, **how)
    return folder
