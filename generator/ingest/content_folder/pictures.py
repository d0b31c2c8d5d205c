"""The pictures of works -> images/: fetched or copied once, verified, and never over what the owner put there.

ingest/pictures.csv remembers every file that came from here, with its size and time. A file that is as remembered is
left as it is, without asking anybody; one that the owner changed, or put there, is the owner's and stays. A line is
written before its file gets its name, so a kill between the two costs one picture, and never leaves one in doubt.
"""

import csv
import itertools
import os
import re
import shutil
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import astuple, dataclass
from pathlib import Path

from generator import images
from generator.core.errors import FetchError, IngestError, Problem
from generator.core.files import replacing_text
from generator.ingest.content_folder.csv_files import write_rows
from generator.ingest.http.client import PICTURE, Client

FOLDER = "images"
LEDGER = "pictures.csv"
ARRIVING = "arriving"  # pictures that are not whole yet
AHEAD = 4  # pictures begun for each thread before the first is taken back
NONE = "the source has none"
FETCHED, COPIED, UNCHANGED, OWNERS = "downloaded", "copied", "unchanged", "added by the owner"

Resolve = Callable[[Client], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPicture:
    """A work that wants its picture."""

    id: str
    addresses: tuple[str, ...]  # http(s) or paths of files, the one to take first
    resolve: Resolve | None = None  # asks the source for addresses where there are none


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenPicture:
    """The work's picture is there."""

    id: str
    name: str  # in images/
    how: str  # FETCHED, COPIED, UNCHANGED or OWNERS
    address: str = ""
    note: str = ""  # why it is not the newest


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPicture:
    """The work's picture cannot be had."""

    id: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class PictureEntry:
    """A picture that came from here."""

    id: str
    name: str
    address: str
    size: int
    time: int  # of its content, in nanoseconds


class ImageFolder:
    """images/ of one content folder, and what is remembered of it."""

    def __init__(self, folder: Path, memory: Path, *, roots: Iterable[Path], client: Client | None) -> None:
        self.folder, self.memory, self.client = folder / FOLDER, memory, client
        self.roots = tuple(root.resolve() for root in roots)  # pictures are copied from nowhere else
        self.lock = threading.Lock()
        if self.folder.is_symlink():
            raise IngestError(f"{self.folder}: is a link; use a folder inside the collection")
        self.folder.mkdir(parents=True, exist_ok=True)
        self.known = {entry.id: entry for entry in _read(memory / LEDGER)}
        with replacing_text(memory / LEDGER) as file:  # whole lines only, one a work
            write_rows(file, map(astuple, self.known.values()))
        self.there = {path.stem.casefold(): path.name for path in sorted(self.folder.iterdir()) if path.is_file()}

    def take(self, wanted: Iterable[WantedPicture], *, jobs: int) -> Iterator[TakenPicture | NoPicture]:
        """Yield what became of each, in order; so many are under way at once."""
        wanted = iter(wanted)
        with ThreadPoolExecutor(jobs) as pool:
            try:
                under_way: deque[Future[TakenPicture | NoPicture]] = deque()
                under_way.extend(pool.submit(self.one, work) for work in itertools.islice(wanted, jobs * AHEAD))
                while under_way:
                    done = under_way.popleft().result()
                    under_way.extend(pool.submit(self.one, work) for work in itertools.islice(wanted, 1))
                    yield done
            except BaseException:  # Ctrl-C, a full disk: wait for nothing
                if self.client:
                    self.client.stop()
                pool.shutdown(wait=True, cancel_futures=True)
                raise

    def one(self, work: WantedPicture) -> TakenPicture | NoPicture:
        """Return what became of one work's picture."""
        entry = self.known.get(work.id)
        kept = self._kept(work, entry)
        if kept and (kept.how == OWNERS or not work.addresses or kept.address in work.addresses):
            return kept
        try:
            addresses = work.addresses or (work.resolve(self.client) if work.resolve and self.client else ())
        except FetchError as error:
            return NoPicture(id=work.id, reason=error.reason, detail=f"{error.address} {error.detail}".strip())
        failures: list[FetchError] = []
        for address in addresses:
            try:
                return self._put(work.id, address, entry)
            except FetchError as error:
                failures.append(error)
        said = "; ".join(f"{error.address}: {error.reason} {error.detail}".strip() for error in failures)
        if kept:
            return TakenPicture(
                id=kept.id, name=kept.name, how=kept.how, note=f"the new one could not be downloaded: {said}"
            )
        return NoPicture(id=work.id, reason=failures[-1].reason if failures else NONE, detail=said)

    def _kept(self, work: WantedPicture, entry: PictureEntry | None) -> TakenPicture | None:
        """Return the picture that is there already, if there is one."""
        name = entry.name if entry and (self.folder / entry.name).is_file() else self.there.get(work.id.casefold())
        if name is None:
            return None
        stat = (self.folder / name).stat()
        if entry and (entry.name, entry.size, entry.time) == (name, stat.st_size, stat.st_mtime_ns):
            return TakenPicture(id=work.id, name=name, how=UNCHANGED, address=entry.address)
        return TakenPicture(id=work.id, name=name, how=OWNERS)

    def _put(self, id: str, address: str, old: PictureEntry | None) -> TakenPicture:
        """Fetch or copy one picture and give it its name. Raises FetchError."""
        arriving = self.memory / ARRIVING / id
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", address):
            if self.client is None:
                raise FetchError(address, reason="not downloaded", detail="downloads are off")
            self.client.fetch(address, arriving)
            how = FETCHED
        else:
            path = self._allowed(Path(address))
            if path.is_relative_to(self.folder.resolve()):
                return TakenPicture(id=id, name=path.relative_to(self.folder.resolve()).as_posix(), how=OWNERS)
            _copy(path, arriving)
            how = COPIED
        name = id + images.suffix(arriving)
        stat = arriving.stat()
        self._remember(PictureEntry(id, name, address, stat.st_size, stat.st_mtime_ns))
        os.replace(arriving, self.folder / name)
        if old and old.name != name:
            (self.folder / old.name).unlink(missing_ok=True)
        return TakenPicture(id=id, name=name, how=how, address=address)

    def _allowed(self, path: Path) -> Path:
        """Return the real path of a file that may be copied: one within the folders that were given."""
        try:
            real = path.resolve(strict=True)
        except (OSError, ValueError, RuntimeError) as error:
            raise FetchError(str(path)[:200], reason="no such file") from error
        if not real.is_file() or not any(real.is_relative_to(root) for root in self.roots):
            raise FetchError(str(path)[:200], reason="outside the table's folder")
        return real

    def _remember(self, entry: PictureEntry) -> None:
        with self.lock:
            self.known[entry.id] = entry
            with (self.memory / LEDGER).open("a", encoding="utf-8", newline="") as file:
                write_rows(file, [astuple(entry)])


def _read(path: Path) -> Iterator[PictureEntry]:
    """Yield what is remembered; a line that a kill cut off is passed over."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return
    for row in csv.reader(text.replace("\0", "").splitlines()):
        if len(row) == 5 and row[3].isdecimal() and row[4].isdecimal() and "/" not in row[1]:
            yield PictureEntry(row[0], row[1], row[2], int(row[3]), int(row[4]))


def _copy(path: Path, to: Path) -> None:
    """Copy a picture of this machine. Raises FetchError where it is none."""
    if path.stat().st_size > PICTURE:
        raise FetchError(str(path), reason="too large", detail=f"more than {PICTURE:,} bytes")
    facts = images.inspect(path)
    if isinstance(facts, Problem):
        raise FetchError(str(path), reason="not a usable picture", detail=facts.found)
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, to)
