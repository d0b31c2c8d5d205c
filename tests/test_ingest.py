"""From the records of a source to a content folder, with pictures, and again after the owner was at work."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.making import Silent
from support.misbehaving import misbehaving, picture, steady

from generator import ingest, pipeline
from generator.cli import commands
from generator.core.errors import ConfigError, FetchError, IngestError
from generator.core.store import Store
from generator.ingest import IngestRequest
from generator.ingest.http.client import Client
from generator.ingest.http.rate_limit import RateLimits
from generator.ingest.normalize.row import Ids, clean, guarded
from generator.ingest.sources.base import LeftOut, Record, Source, SourceQuery

RULES = """
[culture]
fallback = "Various"
fields = ["culture", "geography"]
[[culture.rules]]
value = "Greek"
words = ["Greek", "Attic"]
[[culture.rules]]
value = "Chinese"
words = ["China", "Chinese"]

[medium]
fallback = "Uncategorized"
fields = ["classification", "materials"]
[[medium.rules]]
value = "Ceramics"
words = ["Vases", "porcelain"]
"""
WORKS = 3


class Museum(Source):
    """A source whose records are given."""

    name = "mu"
    about = "a museum of this test"

    def __init__(self, *found: Record | LeftOut, resolve: Callable[[str], tuple[str, ...]] | None = None) -> None:
        self.found, self.resolve = found, resolve

    def records(self, asked):
        yield from self.found

    def pictures(self, number, client):
        return self.resolve(number) if self.resolve else ()


def record(i: int = 0, **changes) -> Record:
    """Return work i of the museum, with its picture on this machine."""
    told = {
        "place": f"objects.csv:{i + 2}",
        "source": "mu",
        "number": str(i),
        "title": f"Vase {i}",
        "date": "ca. 1570",
        "begin": 1565,
        "end": 1575,
        "free": True,
        "museum": "A Museum",
        "rights": "CC0",
        "words": {"culture": "Greek, Attic", "classification": "Vases"},
        "pictures": (f"{i}.png",),
    }
    return Record(**{**told, **changes})


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Return a folder with a museum's files, three pictures among them; it is the current one, as a user's is."""
    folder = tmp_path / "museum"
    folder.mkdir()
    (folder / "vocabulary.toml").write_text(RULES)
    (folder / "objects.csv").write_text("")
    for i in range(WORKS):
        (folder / f"{i}.png").write_bytes(picture((20 + i, 10)))
    monkeypatch.chdir(folder)
    return folder


def run(place: Path, *found: Record | LeftOut, resolve=None, **more) -> ingest.Report:
    """Ingest the records, or works 0, 1 and 2, into the folder out."""
    source = Museum(*(found or [record(i) for i in range(WORKS)]), resolve=resolve)
    request = IngestRequest(
        source=source,
        asked=SourceQuery(inputs=(str(place / "objects.csv"),)),
        to=place / "out",
        rules=place / "vocabulary.toml",
        jobs=2,
        **more,
    )
    return ingest.ingest(request, Silent())


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def works(place: Path) -> dict[str, dict[str, str]]:
    return {row["objectid"]: row for row in table(place / "out" / "works.csv")}


def left_out(place: Path) -> dict[str, str]:
    """Return the reason by number."""
    return {row["number"]: row["reason"] for row in table(place / "out" / "ingest" / "left-out.csv")}


def edit(place: Path, change: Callable[[list[list[str]]], object]) -> None:
    """Change works.csv as its owner would; `change` is given all rows."""
    path = place / "out" / "works.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def check(place: Path) -> pipeline.BuildRequest:
    request = pipeline.BuildRequest(content=place / "out", out=place / "_site", store=Store(place / "cache"))
    pipeline.check(request, Silent())
    return request


def test_records_become_a_content_folder_without_a_fault(place):
    report = run(place)
    row = works(place)["mu-0"]

    check(place)
    assert (report.works, report.records, len(works(place))) == (WORKS, WORKS, WORKS)
    assert (row["title"], row["year"], row["culture"], row["medium"]) == ("Vase 0", "1565", "Greek", "Ceramics")
    assert (row["culture as recorded"], row["classification"], row["image"]) == ("Greek, Attic", "Vases", "mu-0.png")
    assert (place / "out" / "site.toml").read_text() == 'title = "A Museum"\nfacets = ["culture", "medium"]\n'
    assert (place / "out" / "vocabulary.toml").read_text() == RULES


def test_hostile_cells_come_through_clean_and_without_a_fault(place):
    long = "x" * 20_000
    hostile = [
        record(0, title='=HYPERLINK("http://evil")', creator="\u202egnitniap\x07", source_url="javascript:alert(1)"),
        record(1, title=f" two\r\nlines {long}", number="../../etc/passwd", begin=0, end=0, date="n.d."),
        record(2, title="e\u0301\ud800", number="", begin=-999_999, words={}, extra=(("Title", "x"), ("PID", "y"))),
    ]
    run(place, *hostile)
    first, second, third = works(place).values()

    check(place)
    assert first["title"] == '\'=HYPERLINK("http://evil")'
    assert (first["creator"], first["source_url"]) == ("gnitniap", "")
    assert second["objectid"] == "mu-..-..-etc-passwd" and second["year"] == ""
    assert second["title"].startswith("two lines xxx") and len(second["title"]) == 10_000
    assert third["title"] == "é" and third["objectid"].startswith("mu-") and third["culture"] == "Various"
    assert (third["Title as recorded"], third["PID as recorded"]) == ("x", "y")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@home", "'@home"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("＝1", "'＝1"),
        ("-550", "-550"),
        ("+1.5", "+1.5"),
        ("-", "-"),
        ("a=b", "a=b"),
    ],
)
def test_a_cell_that_would_be_a_formula_begins_with_an_apostrophe(cell, written):
    assert guarded(cell) == written


def test_text_is_cleaned_of_what_nobody_sees():
    assert clean(" a\u200e\tb\x00\n c\ufeff ") == "a b c"


def test_ids_are_unlike_even_where_capitals_do_not_count_and_the_same_number_is_refused():
    ids = Ids()
    given = [ids.give("mu", number) for number in ("A 1", "a-1", "A 1", "n" * 200, "é", "")]

    assert given[:3] == ["mu-A-1", f"mu-a-1-{given[1][-8:]}", None]
    assert all(len(name) <= 100 for name in given if name) and given[4] == "mu-e"
    assert given[5].startswith("mu-")


def test_what_is_left_out_is_on_the_list_with_its_reason(place):
    no = LeftOut(place="objects.csv:9", number="9", title="A loan", reason="not in the public domain")
    report = run(
        place, record(0), no, record(0), record(1, free=False), record(2, free=None), record(5), record(6, pictures=())
    )

    assert left_out(place) == {
        "9": "not in the public domain",
        "0": "the same number as another record",
        "1": "the picture may not be shown freely",
        "2": "the source has no rights statement for the picture",
        "5": "no picture: no such file",
        "6": "no picture: the source has none",
    }
    assert report.left_out.total() == 6 and list(works(place)) == ["mu-0"]


@pytest.mark.parametrize(("rights", "numbers"), [("free", ["0"]), ("unstated", ["0", "2"]), ("any", ["0", "1", "2"])])
def test_the_owner_says_which_rights_are_enough(place, rights, numbers):
    run(place, record(0), record(1, free=False), record(2, free=None), rights=rights)

    assert list(works(place)) == [f"mu-{number}" for number in numbers]


def test_no_work_at_all_is_an_error_and_writes_no_table(place):
    with pytest.raises(IngestError, match="no work with a picture"):
        run(place, record(7))

    assert not (place / "out" / "works.csv").exists()
    assert left_out(place) == {"7": "no picture: no such file"}


def test_a_second_run_changes_nothing(place):
    run(place)
    files = {path: path.stat().st_mtime_ns for path in (place / "out").rglob("*.*") if "report" not in path.name}
    report = run(place)

    assert {path: path.stat().st_mtime_ns for path in files} == files
    assert report.pictures == {"unchanged": WORKS} and report.rows == {"unchanged": WORKS}


def test_what_the_owner_edited_added_and_took_away_stays(place):
    run(place)

    def change(rows: list[list[str]]) -> None:
        rows[0].append("room")
        for row in rows[1:]:
            row.append("Room 9")
        rows[1][rows[0].index("title")] = "My vase"
        del rows[2]
        drop = rows[0].index("rights")
        for row in rows:
            del row[drop]

    edit(place, change)
    report = run(place, *(record(i, title=f"New {i}", credit="A gift") for i in range(WORKS)))
    found = works(place)

    assert list(found) == ["mu-0", "mu-2"] and "rights" not in found["mu-0"]
    assert (found["mu-0"]["title"], found["mu-2"]["title"]) == ("My vase", "New 2")
    assert (found["mu-0"]["credit"], found["mu-0"]["room"]) == ("A gift", "Room 9")
    assert report.rows["edited by the owner"] == 2 and report.rows["removed by the owner"] == 1


def test_edits_stay_in_every_later_run(place):
    run(place)
    edit(place, lambda rows: rows[1].__setitem__(rows[0].index("title"), "My vase"))
    for i in range(3):
        run(place, record(0, title=f"New {i}"))

    assert works(place)["mu-0"]["title"] == "My vase"


def test_a_row_of_the_owner_with_the_same_id_is_not_touched(place):
    (place / "out" / "images").mkdir(parents=True)
    (place / "out" / "images" / "mine.png").write_bytes(picture())
    (place / "out" / "works.csv").write_text("\ufeffID;Title;image\nmu-0;Mine;mine.png\n", encoding="utf-8")
    for _ in range(2):
        run(place)
    text = (place / "out" / "works.csv").read_text(encoding="utf-8")

    assert text.startswith("\ufeffID;Title;image;creator;") or text.startswith("\ufeffID;Title;image;date;")
    assert text.splitlines()[1].startswith("mu-0;Mine;mine.png;;") and "mu-1;Vase 1;mu-1.png;" in text


def test_an_edited_vocabulary_changes_the_values_and_fetches_nothing(place):
    run(place)
    rules = place / "out" / "vocabulary.toml"
    rules.write_text(RULES.replace('value = "Greek"', 'value = "Hellenic"'))
    report = run(place)

    assert {row["culture"] for row in works(place).values()} == {"Hellenic"}
    assert report.pictures == {"unchanged": WORKS} and report.rows == {"changed": WORKS}


def test_a_second_source_adds_its_works(place):
    run(place)
    report = run(place, record(0, source="other", title="Theirs", extra=(("Gallery", "7"),)))

    check(place)
    assert list(works(place)) == ["mu-0", "mu-1", "mu-2", "other-0"]
    assert works(place)["other-0"]["Gallery"] == "7" and report.rows == {"added": 1, "not asked for": WORKS}


def test_a_work_that_the_source_leaves_out_now_goes_unless_it_was_edited(place):
    run(place)
    edit(place, lambda rows: rows[1].__setitem__(rows[0].index("title"), "My vase"))
    gone = [LeftOut(place="x", number=str(i), title="", reason="withdrawn") for i in (0, 1)]
    report = run(place, *gone, record(2))

    assert list(works(place)) == ["mu-0", "mu-2"]
    assert report.rows["left out now"] == 1 and report.rows["left out now, but edited by the owner"] == 1


def test_a_kill_between_the_two_tables_does_no_harm(place):
    run(place, record(0))
    before = (place / "out" / "ingest" / "works.csv").read_bytes()
    run(place, record(0, title="New"), record(1))
    (place / "out" / "ingest" / "works.csv").write_bytes(before)
    run(place, record(0, title="New"), record(1))
    run(place, record(0, title="Newer"), record(1, title="Newer"))

    assert [row["title"] for row in works(place).values()] == ["Newer", "Newer"]


def test_a_failure_on_the_way_leaves_the_old_table(place):
    run(place)
    before = (place / "out" / "works.csv").read_bytes()

    class Breaking(Museum):
        def records(self, asked):
            yield record(0, title="New")
            raise IngestError("objects.csv:3: breaks off")

    request = IngestRequest(source=Breaking(), asked=SourceQuery(), to=place / "out", rules=place / "vocabulary.toml")
    with pytest.raises(IngestError):
        ingest.ingest(request, Silent())

    assert (place / "out" / "works.csv").read_bytes() == before
    assert not list((place / "out").rglob("*.new")) and not list((place / "out").rglob("staged*"))


def test_a_faulty_vocabulary_is_told_before_anything_is_done(place):
    (place / "vocabulary.toml").write_text("[culture]\n")

    with pytest.raises(ConfigError, match=r"vocabulary\.toml"):
        run(place)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"title,image\na,b\n", "no column objectid"),
        (b"objectid,title\nx\n", "row 2 has 1 cells, and the header 2"),
        (b"objectid,title\na,b\na,c\n", "row 3 has the objectid of another row"),
        (b"objectid\n\xff\n", "not UTF-8"),
        (b'objectid,title\n"a,b\n', "cannot be read"),
    ],
)
def test_a_table_that_cannot_be_merged_with_is_left_alone(place, content, words):
    (place / "out").mkdir()
    (place / "out" / "works.csv").write_bytes(content)
    with pytest.raises(IngestError, match=words):
        run(place)

    assert (place / "out" / "works.csv").read_bytes() == content


def test_a_picture_that_the_owner_changed_stays_and_one_that_is_lost_comes_again(place):
    run(place)
    mine = picture((9, 9))
    images = place / "out" / "images"
    (images / "mu-0.png").write_bytes(mine)
    (images / "mu-1.png").unlink()
    report = run(place)

    assert (images / "mu-0.png").read_bytes() == mine and (images / "mu-1.png").is_file()
    assert report.pictures == {"added by the owner": 1, "copied": 1, "unchanged": 1}


def test_a_file_outside_the_folder_of_the_table_is_not_taken(place):
    outside = place.parent / "secret.png"
    outside.write_bytes(picture())
    os.symlink(outside, place / "link.png")
    run(place, record(0), record(1, pictures=("../secret.png",)), record(2, pictures=("link.png",)))

    assert left_out(place) == dict.fromkeys("12", "no picture: outside the table's folder")


def test_a_line_of_the_memory_that_a_kill_cut_off_is_passed_over(place):
    run(place)
    ledger = place / "out" / "ingest" / "pictures.csv"
    ledger.write_bytes(ledger.read_bytes()[:-22])
    run(place)

    assert [len(line.split(",")) for line in ledger.read_text().splitlines()] == [5] * (WORKS - 1)
    assert len(works(place)) == WORKS


def test_pictures_come_from_the_web_and_what_cannot_be_had_is_told(place):
    with misbehaving() as server:
        server.answers["/0"] = steady(picture(), "image/png")
        server.answers["/late"] = steady(picture((5, 5), "JPEG"), "image/jpeg")
        manners = RateLimits(private=True, rate=1e6, tries=1)
        found = [
            record(0, pictures=(server.url("/0"),)),
            record(1, pictures=()),
            record(2, pictures=(server.url("/gone"), server.url("/0"))),
            record(3, pictures=(server.url("/gone"),)),
        ]

        def resolve(number: str) -> tuple[str, ...]:
            assert number == found[1].number
            return (server.url("/late"),)

        with Client(Store(place / "cache"), manners) as client:
            report = run(place, *found, client=client, resolve=resolve)
            again = run(place, *found[:3], client=client)

        assert server.asked == {"/0": 2, "/late": 1, "/gone": 2}
    assert {row["image"] for row in works(place).values()} == {"mu-0.png", "mu-1.jpg", "mu-2.png"}
    assert report.pictures == {"downloaded": 3} and again.pictures == {"unchanged": 3}
    assert table(place / "out" / "ingest" / "left-out.csv") == []


def test_a_source_that_cannot_say_where_the_picture_is_leaves_the_work_out(place):
    def resolve(number: str) -> tuple[str, ...]:
        raise FetchError("https://api.example/1", reason="not found (404)")

    with Client(Store(place / "cache")) as client:
        run(place, record(0), record(1, pictures=()), client=client, resolve=resolve)

    assert left_out(place) == {"1": "no picture: not found (404)"}


def test_without_pictures_a_table_is_written_beside_works_csv(place):
    report = run(place, record(0, pictures=()), record(1, free=False), pictures=False)
    rows = table(place / "out" / "ingest" / "works-without-pictures.csv")

    assert [row["culture"] for row in rows] == ["Greek", "Greek"]
    assert report.works == 2 and not (place / "out" / "works.csv").exists()


def test_the_limit_counts_works(place):
    run(place, LeftOut(place="x", number="9", title="", reason="a loan"), *(record(i) for i in range(3)), limit=2)

    assert list(works(place)) == ["mu-0", "mu-1"]


def test_the_report_says_what_was_mapped_and_what_was_not(place):
    run(place, record(0), record(1, words={"geography": "Atlantis"}))
    memory = place / "out" / "ingest"
    told = json.loads((memory / "report.json").read_text())

    assert told["facets"]["culture"] == {"mapped": 0.5, "fallback": "Various", "values": {"Greek": 1, "Various": 1}}
    assert table(memory / "unmapped.csv")[0] == {"facet": "culture", "words": "geography: Atlantis", "works": "1"}
    assert {"rule": "1", "word": "Greek"}.items() <= table(memory / "rules.csv")[0].items()
    assert "culture: 50.00% have a value; the others are Various" in (memory / "report.txt").read_text()


def test_two_ingests_do_not_work_in_one_folder(place):
    class Nested(Museum):
        def records(self, asked):
            run(place)
            yield record(0)

    request = IngestRequest(source=Nested(), asked=SourceQuery(), to=place / "out", rules=place / "vocabulary.toml")

    with pytest.raises(IngestError, match="another ingest is running"):
        ingest.ingest(request, Silent())


HOLD = "import sys, time, filelock; held = filelock.FileLock(sys.argv[1]).acquire(); print(flush=True); time.sleep(60)"


def test_a_killed_ingest_keeps_nobody_out(place):
    memory = place / "out" / "ingest"
    memory.mkdir(parents=True)
    with subprocess.Popen([sys.executable, "-c", HOLD, str(memory / "lock")], stdout=subprocess.PIPE) as other:
        try:
            other.stdout.readline()
            with pytest.raises(IngestError, match="another ingest is at work"):
                run(place)
        finally:
            other.kill()

    assert run(place).works == WORKS


@pytest.fixture
def command(place, monkeypatch):
    """Return a function that runs the command with a source mu."""
    museum = Museum(*(record(i) for i in range(WORKS)))
    monkeypatch.setattr("generator.cli.ingest_run.SOURCES", {"mu": museum})
    monkeypatch.setenv("TESSERAE_CACHE", str(place / "cache"))
    return lambda *words: CliRunner().invoke(commands, ["ingest", *words])


def test_the_command_fills_a_folder(command, place):
    result = command("mu", "objects.csv", "--to", "out", "--vocabulary", "vocabulary.toml", "-q")

    assert result.exit_code == 0 and list(works(place)) == ["mu-0", "mu-1", "mu-2"]


def test_the_command_ends_with_1_where_nothing_can_be_made(command, place):
    result = command("mu", "--to", "out", "--vocabulary", "vocabulary.toml")

    assert result.exit_code == 1 and "no work with a picture" in result.stderr


@pytest.mark.parametrize("words", [[], ["mu"], ["nowhere", "--to", "out"], ["mu", "--to", "out", "--map", "title"]])
def test_the_command_ends_with_2_where_it_is_used_wrongly(command, words):
    assert command(*words).exit_code == 2


def test_the_command_explains_a_word(command):
    result = command("--explain", "Greek, Attic", "--vocabulary", "vocabulary.toml")

    assert "culture (in culture, geography): Greek, by rule 1, line 5: has the word 'Greek'" in result.stdout
    assert "medium (in classification, materials): no rule; where nothing else is said, Uncategorized" in result.stdout


def test_another_vocabulary_than_the_folders_own_is_refused(command, place):
    (place / "out").mkdir()
    (place / "out" / "vocabulary.toml").write_text("# mine")
    result = command("mu", "--to", "out", "--vocabulary", "vocabulary.toml")

    assert result.exit_code == 1 and "edit it, or remove it" in result.stderr


def test_columns_are_read_from_site_toml_too(place):
    (place / "site.toml").write_text('[map]\ntitle = "Object title"\n')

    assert ingest.columns_of(place) == {"title": "Object title"} and ingest.columns_of(place / "nowhere") == {}
    (place / "site.toml").write_text("[map]\ntitle = 3\n")
    with pytest.raises(IngestError, match="expected lines such as"):
        ingest.columns_of(place)
