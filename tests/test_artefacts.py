"""Records in the store: read back as they were, made again where the file is damaged, the same bytes each time."""

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from generator.core import artefacts
from generator.core.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    name: str
    rows: NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    parts: tuple[Part, ...]
    pair: tuple[int, str]
    share: float
    best: Part | None
    none: Part | None
    table: NDArray[np.float32]


def whole() -> Whole:
    rows = np.arange(3, dtype=np.int32)
    parts = (Part(name="é", rows=rows), Part(name="", rows=rows[:0]))
    return Whole(
        parts=parts, pair=(7, "x"), share=float("inf"), best=parts[0], none=None, table=np.eye(2, dtype=np.float32)
    )


def test_a_record_is_read_back_as_it_was(tmp_path):
    artefacts.save(tmp_path / "one.npz", whole())
    found = artefacts.load(tmp_path / "one.npz", Whole)

    assert (found.pair, found.share, found.none) == ((7, "x"), float("inf"), None)
    assert [part.name for part in found.parts] == ["é", ""]
    assert [part.rows.tolist() for part in found.parts] == [[0, 1, 2], []]
    assert found.best is not None and found.best.rows.dtype == np.int32
    assert found.table.tolist() == [[1, 0], [0, 1]]


def test_the_same_record_gives_the_same_bytes(tmp_path):
    for name in ("one.npz", "two.npz"):
        artefacts.save(tmp_path / name, whole())

    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_what_is_kept_is_not_made_again(tmp_path):
    store, made = Store(tmp_path), []
    for _ in range(2):
        artefacts.kept(store, "kind", "ab12", Whole, lambda: made.append(1) or whole())

    assert made == [1]


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 cut short"])
def test_a_damaged_file_is_made_again(tmp_path, content):
    store = Store(tmp_path)
    path = store.path("kind", "ab12", ".npz")
    path.parent.mkdir(parents=True)
    path.write_bytes(content)

    assert artefacts.kept(store, "kind", "ab12", Whole, whole).pair == (7, "x")
    assert artefacts.load(path, Whole).pair == (7, "x")


def test_a_record_of_another_shape_is_damage(tmp_path):
    artefacts.save(tmp_path / "one.npz", Part(name="x", rows=np.zeros(1, np.int32)))

    with pytest.raises(artefacts.DAMAGED):
        artefacts.load(tmp_path / "one.npz", Whole)
