"""Image names: a cell -> its file in images/, never outside it; for a name without a file, what may be meant."""

import difflib
import os
import unicodedata
from collections.abc import Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from generator.content.fields import WorkFields, shown
from generator.content.table import fault
from generator.core.errors import Fault, Problem, plain

FOLDER = "images"
GUESSES = 20  # missing files for which like names are looked for: it costs

State = tuple[int, int, int, int]  # size, time of content, time of file, inode


@dataclass(frozen=True, slots=True)
class ImageFile:
    """One file below images/."""

    path: Path
    state: State


def find(
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
            flaw = Problem(
                found=f"{FOLDER}/{plain(name)}, which does not exist",
                expected="a file in images/",
                fix=self._guess(name),
            )
        if flaw is None:
            return name
        faults.append(fault(flaw.found, flaw.expected, flaw.fix, row=record.row, column="image"))
        return None

    def _unsafe(self, name: str) -> Problem | None:
        """Return what is wrong with a name that could never be a file's in images/."""
        expected = "the name of a file in images/"
        last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
        if name.lower().startswith(("http:", "https:", "data:", "file:", "javascript:", "//")):
            return Problem(
                found=f"a web address, {shown(name)}",
                expected=expected,
                fix=f"download it into images/ and write {plain(last)}",
            )
        if name.startswith("/") or name[1:3] in (":\\", ":/") or name.startswith("~"):
            return Problem(
                found=f"an absolute path, {shown(name)}",
                expected=expected,
                fix=f"put the file into images/ and write {plain(last)}",
            )
        if ".." in name.replace("\\", "/").split("/"):
            return Problem(
                found=f"a path out of the folder, {shown(name)}",
                expected=expected,
                fix=f"put the file into images/ and write {plain(last)}",
            )
        if "\\" in name:
            return Problem(
                found=f"a path with backslashes, {shown(name)}",
                expected=expected,
                fix=f"write {plain(name.replace(chr(92), '/'))}",
            )
        return None

    def _linked(self, name: str) -> Problem | None:
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
            return Problem(
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
