"""A record of arrays, numbers, texts and tuples <-> one file: the arrays as numpy's .npy in a zip, the rest as JSON.

A record is a frozen dataclass; what a field holds is read back by its annotation. Nothing in a file is ever evaluated.
"""

import json
import types
import zipfile
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np

from generator.core.store import Store

RECORD = "record"  # the member with the JSON; a member NUMBER is the array of that number
DAMAGED = (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile)  # what reading a broken file raises

T = TypeVar("T")


def kept(store: Store, kind: str, key: str, record: type[T], make: Callable[[], T]) -> T:
    """Return the record of that key from the store; where there is none, or it is damaged, make and keep it."""
    path = store.path(kind, key, ".npz")
    if path.is_file():
        try:
            return load(path, record)
        except DAMAGED:
            path.unlink(missing_ok=True)
    made = make()
    with store.writing(path) as temporary:
        save(temporary, made)
    return made


def save(path: Path, record: object) -> None:
    """Write a record; the same record gives the same bytes."""
    arrays: list[np.ndarray[Any, Any]] = []
    plain = json.dumps(_plain(record, arrays), ensure_ascii=False, separators=(",", ":")).encode()
    members = {str(number): array for number, array in enumerate(arrays)}
    np.savez(path, allow_pickle=False, **members, record=np.frombuffer(plain, np.uint8))


def load(path: Path, record: type[T]) -> T:
    """Return a record as it was saved. Raises one of DAMAGED where the file is not of one."""
    # Opened here, for numpy leaves a damaged zip open.
    with path.open("rb") as file, np.load(file, allow_pickle=False) as members:
        plain = json.loads(members[RECORD].tobytes())
        found: T = _read(record, plain, members)
        return found


def _plain(value: object, arrays: list[np.ndarray[Any, Any]]) -> object:
    """Return what JSON says of a value, in which an array is its number."""
    if isinstance(value, np.ndarray):
        arrays.append(value)
        return len(arrays) - 1
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name), arrays) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one, arrays) for one in value]
    return value


def _read(kind: Any, plain: Any, members: "np.lib.npyio.NpzFile") -> Any:
    """Return the value of an annotation that JSON says."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return None if plain is None else _read(next(one for one in inner if one is not type(None)), plain, members)
    if origin is tuple:
        each = [inner[0]] * len(plain) if inner[1:] == (...,) else inner
        return tuple(_read(one, part, members) for one, part in zip(each, plain, strict=True))
    if origin is np.ndarray:
        return members[str(plain)]
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _read(hints[name], part, members) for name, part in plain.items()})
    return plain
