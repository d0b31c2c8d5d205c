"""A museum's open data -> a content folder. The only writer of works.csv and of what lies in its folder ingest/.

    sources           a museum's files and API -> records in common words, each in a module of its own
    normalize         a record -> the cells of its row: dates, and the owner's rules for the values of the facets
    http              the one HTTP layer: polite to hosts, and kept out of private networks
    content_folder    rows and pictures -> works.csv and images/, the owner's own work kept; the report

The steps: every record is read and mapped; then pictures are fetched; then works.csv is written, under another name
first. A kill before that leaves the old works.csv, and what was fetched by then is not fetched again.
"""

import json
import shutil
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from generator.core.errors import IngestError
from generator.core.files import replacing_text
from generator.core.model import Progress
from generator.core.works_table import FILE
from generator.ingest.content_folder import report as reports
from generator.ingest.content_folder.csv_files import write_guarded
from generator.ingest.content_folder.merge import SourceRows, merge
from generator.ingest.content_folder.pictures import ImageFolder, NoPicture, TakenPicture, WantedPicture
from generator.ingest.content_folder.report import LeftOutList, Report
from generator.ingest.content_folder.spool import Spool, StagedWork
from generator.ingest.http.client import Client
from generator.ingest.normalize.row import Ids, RowBuilder, Tally
from generator.ingest.normalize.vocabulary import Vocabulary, read_vocabulary
from generator.ingest.sources.base import LeftOut, Record, Source, SourceQuery
from generator.ingest.sources.csv_table import home

MEMORY = "ingest"  # the folder for what ingest remembers and reports
RULES = "vocabulary.toml"
SITE = "site.toml"
WITHOUT = "works-without-pictures.csv"
FREE, UNSTATED, ANY = "free", "unstated", "any"  # pictures to take, by what their source says of the rights
DENIED = "the picture may not be shown freely"
UNCLEAR = "the source has no rights statement for the picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestRequest:
    """What one ingest is asked to do."""

    source: Source
    asked: SourceQuery
    to: Path  # the content folder
    rules: Path  # the vocabulary for a folder that has none
    client: Client | None = None
    limit: int | None = None  # the first so many works
    pictures: bool = True  # False: the table only, beside works.csv
    rights: str = FREE
    jobs: int = 4


def ingest(request: IngestRequest, progress: Progress) -> Report:
    """Fill the content folder from the source, and return what was done. Raises IngestError, ConfigError, OSError."""
    memory = request.to / MEMORY
    memory.mkdir(parents=True, exist_ok=True)
    with _alone(memory):
        report = _ingest(request, memory, progress)
    if not report.works:
        kind = "no work with a picture" if request.pictures else "no work"
        raise IngestError(f"{request.to}: {kind} was found; see {MEMORY}/{reports.LEFT_OUT} in it for the reasons")
    return report


def _ingest(request: IngestRequest, memory: Path, progress: Progress) -> Report:
    with LeftOutList(memory / reports.LEFT_OUT) as left_out:
        vocabulary = read_vocabulary(rules_of(request.to, request.rules))
        if not (request.to / RULES).exists():
            shutil.copyfile(request.rules, request.to / RULES)
        staged = Spool(memory / "staged")
        try:
            return _steps(request, vocabulary, staged, left_out, memory, progress)
        finally:
            staged.close()


def _steps(
    request: IngestRequest,
    vocabulary: Vocabulary,
    staged: Spool,
    left_out: LeftOutList,
    memory: Path,
    progress: Progress,
) -> Report:
    tally = Tally()
    cells = RowBuilder(vocabulary, tally)
    reading = _Reading(request, cells, staged, left_out)
    with progress.stage("Reading records", request.limit or 0) as step:
        for _ in reading.records():
            step.advance()
    if request.pictures:
        names, how = _pictures(request, staged, left_out, memory, progress)
        rows = _write(request, vocabulary, cells, staged, names, reading.gone | (staged.starts.keys() - names.keys()))
    else:
        names, how, rows = dict.fromkeys(staged.starts, ""), Counter[str](), Counter[str]()
        _write_without(memory / WITHOUT, cells, staged)
    done = Report(
        source=request.source.name,
        records=reading.count,
        works=len(names),
        left_out=left_out.counts,
        pictures=how,
        rows=rows,
        tally=tally,
        fallbacks={facet.name: facet.fallback for facet in vocabulary.rules},
        file=FILE if request.pictures else f"{MEMORY}/{WITHOUT}",
    )
    reports.write(memory, done)
    return done


class _Reading:
    """Records into staged works."""

    def __init__(self, request: IngestRequest, cells: RowBuilder, staged: Spool, left_out: LeftOutList) -> None:
        self.request, self.cells, self.staged, self.left_out = request, cells, staged, left_out
        self.ids = Ids()
        self.gone: set[str] = set()  # works that the source has and leaves out
        self.count = 0

    def records(self) -> Iterator[Record | LeftOut]:
        """Yield each record after it was staged or put on the list of those left out."""
        for record in self.request.source.records(self.request.asked):
            self.count += 1
            left = record if isinstance(record, LeftOut) else self._stage(record)
            if left is not None:
                self.left_out.add(left)
                if left.number and (id := Ids().give(self.request.source.name, left.number)):
                    self.gone.add(id)
            yield record
            if len(self.staged.starts) == self.request.limit:
                return

    def _stage(self, record: Record) -> LeftOut | None:
        """Stage the record; return why not, if so."""
        left = partial(LeftOut, place=record.place, number=record.number, title=record.title)
        if self.request.pictures and not record.free and self.request.rights != ANY:
            fix = f"with --rights {ANY if record.free is False else UNSTATED} it is taken, if you have the right to show it"
            if record.free is False:
                return left(reason=DENIED, detail=f"{record.rights or 'no rights statement'}; {fix}")
            if self.request.rights == FREE:
                return left(reason=UNCLEAR, detail=fix)
        id = self.ids.give(record.source, record.number)
        if id is None:
            return left(reason="the same number as another record", detail=record.number)
        cells = self.cells.of(id, record)
        self.staged.add(StagedWork(id, record.place, record.number, cells, record.pictures))
        return None


def _pictures(
    request: IngestRequest, staged: Spool, left_out: LeftOutList, memory: Path, progress: Progress
) -> tuple[dict[str, str], Counter[str]]:
    """Return the name of each work's picture, and how many were had how; works without one go on the list."""
    roots = [home(Path(given)) for given in request.asked.inputs if Path(given).is_file()]
    folder = ImageFolder(request.to, memory, roots=roots, client=request.client)
    names: dict[str, str] = {}
    how: Counter[str] = Counter()
    with progress.stage("Downloading pictures", len(staged.starts)) as step:
        for found in folder.take((_wanted(request.source, work) for work in staged.works()), jobs=request.jobs):
            if isinstance(found, NoPicture):
                work = staged.work(found.id)
                left_out.add(
                    LeftOut(
                        place=work.place,
                        number=work.number,
                        title=work.cells["title"],
                        reason=f"no picture: {found.reason}",
                        detail=found.detail,
                    )
                )
            else:
                names[found.id] = found.name
                how[_told(found)] += 1
                progress.say(f"{found.name}: {found.how} {found.note}".rstrip())
            step.advance()
    return names, how


def _told(found: TakenPicture) -> str:
    return f"{found.how}: the new picture could not be downloaded" if found.note else found.how


def _wanted(source: Source, work: StagedWork) -> WantedPicture:
    resolve = None if work.pictures else partial(source.pictures, work.number)
    return WantedPicture(id=work.id, addresses=work.pictures, resolve=resolve)


def _write(
    request: IngestRequest,
    vocabulary: Vocabulary,
    cells: RowBuilder,
    staged: Spool,
    names: dict[str, str],
    gone: set[str],
) -> Counter[str]:
    """Write works.csv, and the files of a folder that has none yet; return what became of the rows."""

    def row(id: str) -> dict[str, str]:
        return staged.work(id).cells | {"image": names[id]}

    if not names and not (request.to / FILE).exists():
        return Counter()
    rows = merge(
        request.to, request.to / MEMORY, SourceRows(columns=cells.header(), ids=[*names], gone=gone, cells=row)
    )
    _make_site(request, vocabulary, museums={row(id).get("museum", "") for id in names})
    return rows


def _make_site(request: IngestRequest, vocabulary: Vocabulary, museums: set[str]) -> None:
    """Write a site.toml where there is none."""
    if (request.to / SITE).exists():
        return
    title = museums.pop() if len(museums) == 1 else ""
    with replacing_text(request.to / SITE) as file:
        file.write(f"title = {json.dumps(title or request.to.resolve().name, ensure_ascii=False)}\n")
        file.write(f"facets = {json.dumps(vocabulary.facets[:3], ensure_ascii=False)}\n")


def _write_without(path: Path, cells: RowBuilder, staged: Spool) -> None:
    """Write the rows of all works, without pictures."""
    header = cells.header()
    with replacing_text(path) as file:
        write_guarded(file, [header])
        write_guarded(file, ([work.cells.get(name, "") for name in header] for work in staged.works()))


def rules_of(folder: Path, rules: Path) -> Path:
    """Return the file of rules to use: the folder's own, if it has one."""
    own = folder / RULES
    return own if own.exists() else rules


def columns_of(folder: Path) -> dict[str, str]:
    """Return the table [map] of a folder's site.toml: fields of a record and the columns that hold them."""
    path = folder / SITE
    try:
        found = tomllib.loads(path.read_bytes().decode("utf-8-sig")).get("map", {})
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError) as error:
        raise IngestError(f"{path}: cannot be read as TOML ({str(error)[:120]}); correct it first") from error
    if not isinstance(found, dict) or not all(isinstance(column, str) for column in found.values()):
        raise IngestError(
            f'{path}: [map] contains something other than text; expected lines such as title = "Object title"'
        )
    return found


@contextmanager
def _alone(memory: Path) -> Iterator[None]:
    """Keep every other ingest out of the folder meanwhile; the lock goes with the process, however that ends."""
    try:
        held = FileLock(memory / "lock").acquire(blocking=False)
    except Timeout as error:
        raise IngestError(f"{memory.parent}: another ingest is running here; wait until it has finished") from error
    with held:
        yield
