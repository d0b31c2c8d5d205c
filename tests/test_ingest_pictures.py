"""The pictures that ingest copies or fetches, and does not fetch twice."""

import os

from support.making import read_table
from support.misbehaving import misbehaving, picture, steady
from support.museums import WORKS, left_out, record, run, works

from generator.core.errors import FetchError
from generator.core.store import Store
from generator.ingest.http.client import Client
from generator.ingest.http.rate_limit import RateLimits


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
    assert read_table(place / "out" / "ingest" / "left-out.csv") == []


def test_a_source_that_cannot_say_where_the_picture_is_leaves_the_work_out(place):
    def resolve(number: str) -> tuple[str, ...]:
        raise FetchError("https://api.example/1", reason="not found (404)")

    with Client(Store(place / "cache")) as client:
        run(place, record(0), record(1, pictures=()), client=client, resolve=resolve)

    assert left_out(place) == {"1": "no picture: not found (404)"}
