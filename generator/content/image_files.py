"""The files of images/: found by name, never outside the folder, decoded in full once and then remembered.

What is remembered of a picture holds as long as its file has the same size, times and inode: git's way to know
that a file is unchanged. It lies in the store, one file for a content folder.
"""

import difflib
import hashlib
import json
import os
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from generator import images
from generator.content.fields import WorkFields, shown
from generator.content.table import fault, plain
from generator.core import workers
from generator.core.errors import Fault
from generator.core.model import Picture, Progress
from generator.core.store import Store, key
from generator.images import Facts, Flaw

FOLDER = "images"
RACY = 2_000_000_000  # nanoseconds: a file written this recently may change again without showing it
BATCH = 4096  # pictures decoded between two savings of what is known
DECODED = 60_000_000  # bytes of picture files read in a second, about
GUESSES = 20  # missing files for which like names are looked for: it costs

State = tuple[int, int, int, int]  # size, time of content, time of file, inode


@dataclass(frozen=True, slots=True)
class ImageFile:
    """One file below images/."""

    path: Path
    state: State


def load_pictures(
    folder: Path, records: Sequence[WorkFields], *, store: Store, jobs: int, progress: Progress, faults: list[Fault]
) -> tuple[list[Picture | None], int]:
    """Return each record's picture, None where it is at fault, and how many files of images/ no record names."""
    files, named = _find(folder, records, faults)
    facts = _facts(dict.fromkeys(filter(None, named)), files, _Memory(store, folder), jobs, progress)
    pictures = [_picture(record, name, files, facts, faults) for record, name in zip(records, named, strict=True)]
    unused = sum(not name.rpartition("/")[2].startswith(".") for name in files) - len(set(filter(None, named)))
    return pictures, max(0, unused)


def twins_of(
    folder: Path, records: Sequence[WorkFields], *, store: Store, faults: list[Fault]
) -> tuple[tuple[str, ...], ...]:
    """Return the ids of works with the very same picture, together; only files of the same size are read."""
    files, named = _find(folder, records, faults)
    known = _Memory(store, folder).known
    sizes = Counter(files[name].state[0] for name in set(filter(None, named)))
    works: dict[str, list[str]] = {}
    digests: dict[str, str] = {}
    for record, name in zip(records, named, strict=True):
        if name and name not in digests:
            digests[name] = _digest(name, files[name], known) if sizes[files[name].state[0]] > 1 else name
        if name:
            works.setdefault(digests[name], []).append(record.id)
    return tuple(tuple(ids) for ids in works.values() if len(ids) > 1)


def _digest(name: str, found: ImageFile, known: dict[str, tuple[State, Facts]]) -> str:
    """Return the SHA-256 of a file; its name where it cannot be read, which `check` will tell."""
    state, facts = known.get(name, (None, None))
    if facts is not None and state == found.state:
        return facts.digest
    try:
        with found.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return name


def _find(
    folder: Path, records: Sequence[WorkFields], faults: list[Fault]
) -> tuple[dict[str, ImageFile], list[str | None]]:
    """Return the files of images/ by name, and the name of each record's, None where there is none to use."""
    root = folder / FOLDER
    if not root.is_dir():
        expected = f"a folder of pictures in {folder}"
        faults.append(Fault(file=FOLDER, found="no such folder", expected=expected, fix="create it"))
        return {}, [None] * len(records)
    if not root.resolve().is_relative_to(folder.resolve()):
        found, fix = f"a link to {root.resolve()}", "move the pictures into the content folder"
        faults.append(Fault(file=FOLDER, found=found, expected="a folder inside the content folder", fix=fix))
        return {}, [None] * len(records)
    files = _files(root)
    finder = _Finder(root, files, spare=files.keys() - {record.image for record in records})
    return files, [finder.find(record, faults) for record in records]


def _files(root: Path) -> dict[str, ImageFile]:
    """Return every file below root that is no link, by its name relative to root in NFC, as a table writes it."""
    files = {}
    folders = [""]
    while folders:
        before = folders.pop()
        with os.scandir(root / before) as entries:
            for entry in entries:
                name = before + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.append(name + "/")
                elif entry.is_file(follow_symlinks=False):
                    files[unicodedata.normalize("NFC", name)] = ImageFile(root / name, _state(entry.stat()))
    return files


def _state(stat: os.stat_result) -> State:
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


class _Finder:
    """Looks up the file that a cell names; `files` grows by those reached through links that stay inside.

    `spare` are the files that no cell names: what a faulty cell may have meant.
    """

    def __init__(self, root: Path, files: dict[str, ImageFile], *, spare: Set[str]) -> None:
        self.root, self.files = root, files
        self.inside = root.resolve()
        self.by_case = {name.casefold(): name for name in sorted(files)}
        self.by_stem = {name.rpartition(".")[0].casefold(): name for name in sorted(files)}
        self.spare = sorted(spare)
        self.guessed = 0

    def find(self, record: WorkFields, faults: list[Fault]) -> str | None:
        """Return the name of the record's file; None, and a fault, where there is none to use."""
        name = record.image
        if not name:
            return None
        while name.startswith("./"):
            name = name[2:]
        if name in self.files:
            return name
        flaw = self._unsafe(name) or self._linked(name)
        if flaw is None and name not in self.files:
            flaw = Flaw(
                found=f"{FOLDER}/{plain(name)}, which does not exist",
                expected="a file in images/",
                fix=self._guess(name),
            )
        if flaw is None:
            return name
        faults.append(fault(flaw.found, flaw.expected, flaw.fix, row=record.row, column="image"))
        return None

    def _unsafe(self, name: str) -> Flaw | None:
        """Return what is wrong with a name that could never be a file's in images/."""
        expected = "the name of a file in images/"
        last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
        if name.lower().startswith(("http:", "https:", "data:", "file:", "javascript:", "//")):
            return Flaw(
                found=f"a web address, {shown(name)}",
                expected=expected,
                fix=f"download it into images/ and write {plain(last)}",
            )
        if name.startswith("/") or name[1:3] in (":\\", ":/") or name.startswith("~"):
            return Flaw(
                found=f"an absolute path, {shown(name)}",
                expected=expected,
                fix=f"put the file into images/ and write {plain(last)}",
            )
        if ".." in name.replace("\\", "/").split("/"):
            return Flaw(
                found=f"a path out of the folder, {shown(name)}",
                expected=expected,
                fix=f"put the file into images/ and write {plain(last)}",
            )
        if "\\" in name:
            return Flaw(
                found=f"a path with backslashes, {shown(name)}",
                expected=expected,
                fix=f"write {plain(name.replace(chr(92), '/'))}",
            )
        return None

    def _linked(self, name: str) -> Flaw | None:
        """Take up a file reached through a link, if what it leads to lies inside."""
        path = self.root / name
        try:
            there = path.is_file()
            target = path.resolve()
        except (OSError, ValueError, RuntimeError):  # a name too long, a circle of links
            return None
        if not there:
            return None
        if not target.is_relative_to(self.inside):
            fix = "put the file itself into images/"
            return Flaw(
                found=f"{FOLDER}/{plain(name)}, a link out of the folder", expected="a file in images/", fix=fix
            )
        self.files[name] = ImageFile(path, _state(path.stat()))
        return None

    def _guess(self, name: str) -> str:
        """Return the fix for a missing file: a name that is almost the same, if there is one."""
        near = name.removeprefix("images/")
        if near in self.files:
            return f"write {plain(near)}"
        if name.casefold() in self.by_case:
            return f"write {plain(self.by_case[name.casefold()])}, with the same capitals as the file"
        stem = name.rpartition(".")[0].casefold() or name.casefold()
        for known in (name.casefold(), stem):
            if known in self.by_stem:
                return f"write {plain(self.by_stem[known])}, if that is the file"
        self.guessed += 1
        if self.guessed <= GUESSES and len(name) <= 200:
            same_start = [other for other in self.spare if other[:1] == name[:1]][:2000]
            for other in difflib.get_close_matches(name, same_start, n=1, cutoff=0.75):
                return f"write {plain(other)}, if that is the file, or put the missing file there"
        return "put the file there, or correct the name"


class _Memory:
    """What was found of pictures in earlier builds."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.path = store.path("facts", key("facts 1", str(folder.resolve())), ".json")
        self.known = self._read()

    def _read(self) -> dict[str, tuple[State, Facts]]:
        """Return what was saved; nothing where it cannot be understood."""
        try:
            saved = json.loads(self.path.read_bytes())
            return {
                name: ((size, content, file, inode), Facts(digest=digest, width=width, height=height))
                for name, (size, content, file, inode, digest, width, height) in saved.items()
            }
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def save(self, files: dict[str, ImageFile]) -> None:
        """Keep what is known of files that are still there."""
        rows = {
            name: [*state, facts.digest, facts.width, facts.height]
            for name, (state, facts) in sorted(self.known.items())
            if name in files
        }
        with self.store.writing(self.path) as temporary:
            temporary.write_text(json.dumps(rows), encoding="utf-8")


def _facts(
    names: Iterable[str], files: dict[str, ImageFile], memory: _Memory, jobs: int, progress: Progress
) -> dict[str, Facts | Flaw]:
    """Return what is known of each named file; those not remembered are decoded, in parallel."""
    known: dict[str, Facts | Flaw] = {}
    new = []
    for name in names:
        state, facts = memory.known.get(name, (None, None))
        if facts is not None and state == files[name].state:
            known[name] = facts
        else:
            new.append(name)
    if new:
        with progress.stage("Checking pictures", len(new)) as step:
            for start in range(0, len(new), BATCH):
                batch = new[start : start + BATCH]
                seconds = sum(files[name].state[0] for name in batch) / len(batch) / DECODED
                found = workers.run(images.inspect, [files[name].path for name in batch], jobs=jobs, seconds=seconds)
                for name, result in zip(batch, found, strict=True):
                    known[name] = result
                    step.advance()
                _remember(batch, known, files, memory)
    return known


def _remember(
    names: Sequence[str], known: dict[str, Facts | Flaw], files: dict[str, ImageFile], memory: _Memory
) -> None:
    now = time.time_ns()
    for name in names:
        facts, state = known[name], files[name].state
        if isinstance(facts, Facts) and max(state[1], state[2]) < now - RACY:
            memory.known[name] = (state, facts)
    memory.save(files)


def _picture(
    record: WorkFields,
    name: str | None,
    files: dict[str, ImageFile],
    facts: dict[str, Facts | Flaw],
    faults: list[Fault],
) -> Picture | None:
    if name is None:
        return None
    found = facts[name]
    if isinstance(found, Flaw):
        words = f"{FOLDER}/{plain(name)} is {found.found}"
        faults.append(fault(words, found.expected, found.fix, row=record.row, column="image"))
        return None
    return Picture(path=files[name].path, digest=found.digest, width=found.width, height=found.height)
