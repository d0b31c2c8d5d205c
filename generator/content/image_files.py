"""Image files: the pictures of images/, decoded in full once and then remembered.

What is remembered of a picture holds as long as its file has the same size, times and inode: git's way to know
that a file is unchanged. It lies in the store, one file for a content folder.
"""

import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator import images
from generator.content.fields import WorkFields
from generator.content.image_names import FOLDER, ImageFile, State, find
from generator.content.table import fault
from generator.core import workers
from generator.core.errors import Fault, Problem, plain
from generator.core.model import Picture
from generator.core.run import Run
from generator.core.store import Store, key
from generator.images import ImageFacts

RACY = 2_000_000_000  # nanoseconds: a file written this recently may change again without showing it
BATCH = 4096  # pictures decoded between two savings of what is known
DECODED = 60_000_000  # bytes of picture files read in a second, about


def load_pictures(
    folder: Path, records: Sequence[WorkFields], run: Run, faults: list[Fault]
) -> tuple[list[Picture | None], int]:
    """Return each record's picture, None where it is at fault, and how many files of images/ no record names."""
    files, named = find(folder, records, faults)
    facts = _facts(dict.fromkeys(filter(None, named)), files, _KnownPictures(run.store, folder), run)
    pictures = [_picture(record, name, files, facts, faults) for record, name in zip(records, named, strict=True)]
    unused = sum(not name.rpartition("/")[2].startswith(".") for name in files) - len(set(filter(None, named)))
    return pictures, max(0, unused)


def twins_of(
    folder: Path, records: Sequence[WorkFields], *, store: Store, faults: list[Fault]
) -> tuple[tuple[str, ...], ...]:
    """Return the ids of works with the very same picture, together; only files of the same size are read."""
    files, named = find(folder, records, faults)
    known = _KnownPictures(store, folder).known
    sizes = Counter(files[name].state[0] for name in set(filter(None, named)))
    works: dict[str, list[str]] = {}
    digests: dict[str, str] = {}
    for record, name in zip(records, named, strict=True):
        if name and name not in digests:
            digests[name] = _digest(name, files[name], known) if sizes[files[name].state[0]] > 1 else name
        if name:
            works.setdefault(digests[name], []).append(record.id)
    return tuple(tuple(ids) for ids in works.values() if len(ids) > 1)


def _digest(name: str, found: ImageFile, known: dict[str, tuple[State, ImageFacts]]) -> str:
    """Return the SHA-256 of a file; its name where it cannot be read, which `check` will tell."""
    state, facts = known.get(name, (None, None))
    if facts is not None and state == found.state:
        return facts.digest
    try:
        with found.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return name


class _KnownPictures:
    """What was found of pictures in earlier builds."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.path = store.path("facts", key("facts 1", str(folder.resolve())), ".json")
        self.known = self._read()

    def _read(self) -> dict[str, tuple[State, ImageFacts]]:
        """Return what was saved; nothing where it cannot be understood."""
        try:
            saved = json.loads(self.path.read_bytes())
            return {
                name: ((size, content, file, inode), ImageFacts(digest=digest, width=width, height=height))
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
    names: Iterable[str], files: dict[str, ImageFile], memory: _KnownPictures, run: Run
) -> dict[str, ImageFacts | Problem]:
    """Return what is known of each named file; those not remembered are decoded, in parallel."""
    known: dict[str, ImageFacts | Problem] = {}
    new = []
    for name in names:
        state, facts = memory.known.get(name, (None, None))
        if facts is not None and state == files[name].state:
            known[name] = facts
        else:
            new.append(name)
    if new:
        with run.progress.stage("Checking pictures", len(new)) as step:
            for start in range(0, len(new), BATCH):
                batch = new[start : start + BATCH]
                seconds = sum(files[name].state[0] for name in batch) / len(batch) / DECODED
                found = workers.run(
                    images.inspect, [files[name].path for name in batch], jobs=run.jobs, seconds=seconds
                )
                for name, result in zip(batch, found, strict=True):
                    known[name] = result
                    step.advance()
                _remember(batch, known, files, memory)
    return known


def _remember(
    names: Sequence[str], known: dict[str, ImageFacts | Problem], files: dict[str, ImageFile], memory: _KnownPictures
) -> None:
    now = time.time_ns()
    for name in names:
        facts, state = known[name], files[name].state
        if isinstance(facts, ImageFacts) and max(state[1], state[2]) < now - RACY:
            memory.known[name] = (state, facts)
    memory.save(files)


def _picture(
    record: WorkFields,
    name: str | None,
    files: dict[str, ImageFile],
    facts: dict[str, ImageFacts | Problem],
    faults: list[Fault],
) -> Picture | None:
    if name is None:
        return None
    found = facts[name]
    if isinstance(found, Problem):
        words = f"{FOLDER}/{plain(name)} is {found.found}"
        faults.append(fault(words, found.expected, found.fix, row=record.row, column="image"))
        return None
    return Picture(path=files[name].path, digest=found.digest, width=found.width, height=found.height)
