"""From the records of a source to a content folder with pictures, and what is left out or cannot be."""

import json
import subprocess
import sys

import pytest
from support.making import Silent, read_table
from support.museums import RULES, WORKS, Museum, check, left_out, record, run, works

from generator import ingest
from generator.core.errors import ConfigError, IngestError
from generator.ingest import IngestRequest
from generator.ingest.sources.base import LeftOut, SourceQuery


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


def test_without_pictures_a_table_is_written_beside_works_csv(place):
    report = run(place, record(0, pictures=()), record(1, free=False), pictures=False)
    rows = read_table(place / "out" / "ingest" / "works-without-pictures.csv")

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
    assert read_table(memory / "unmapped.csv")[0] == {"facet": "culture", "words": "geography: Atlantis", "works": "1"}
    assert {"rule": "1", "word": "Greek"}.items() <= read_table(memory / "rules.csv")[0].items()
    assert "culture: 50.00% of works have a value; the rest are Various" in (memory / "report.txt").read_text()


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
            with pytest.raises(IngestError, match="another ingest is running"):
                run(place)
        finally:
            other.kill()

    assert run(place).works == WORKS


def test_columns_are_read_from_site_toml_too(place):
    (place / "site.toml").write_text('[map]\ntitle = "Object title"\n')

    assert ingest.columns_of(place) == {"title": "Object title"} and ingest.columns_of(place / "nowhere") == {}
    (place / "site.toml").write_text("[map]\ntitle = 3\n")
    with pytest.raises(IngestError, match="expected lines such as"):
        ingest.columns_of(place)
