"""What is fetched from a server that misbehaves on purpose: whole pictures and answers, or a reason."""

import json
import threading
import time
import zlib
from email.utils import formatdate

import pytest
from support.fetching import PICTURE, client, fetch, left
from support.misbehaving import (
    breaking_off,
    dripping,
    endless,
    in_turn,
    resuming,
    silent,
    status,
    steady,
)

from generator.core.errors import FetchError
from generator.core.store import Store
from generator.ingest.http.client import Client
from generator.ingest.http.rate_limit import RateLimits


def test_a_picture_arrives_whole_and_the_client_says_who_it_is(server, tmp_path):
    fetched = fetch(server, tmp_path, steady(PICTURE))

    assert (fetched.facts.width, fetched.facts.height, fetched.bytes) == (64, 48, len(PICTURE))
    assert (tmp_path / "a").read_bytes() == PICTURE and left(tmp_path) == ["a"]
    assert server.headers[0][1]["User-Agent"].startswith("Tesserae/")


def test_a_web_page_in_place_of_a_picture_is_refused(server, tmp_path):
    with pytest.raises(FetchError, match=r"not a picture \(the host sends text/html\)"):
        fetch(server, tmp_path, steady(b"<html>sorry</html>", "text/html; charset=utf-8"))

    assert left(tmp_path) == []


def test_a_web_page_that_says_it_is_a_picture_is_refused(server, tmp_path):
    with pytest.raises(FetchError, match=r"not a usable picture \(a web page\)"):
        fetch(server, tmp_path, steady(b"<html>sorry</html>", "image/jpeg"))

    assert left(tmp_path) == []


def test_a_picture_bomb_is_refused(server, tmp_path):
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    header = (60_000).to_bytes(4) * 2 + bytes([8, 2, 0, 0, 0])
    bomb = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )

    with pytest.raises(FetchError, match="with too many pixels"):
        fetch(server, tmp_path, steady(bomb))


def test_a_picture_that_breaks_off_is_taken_up_where_it_was(server, tmp_path):
    half = len(PICTURE) // 2
    etag = '"v1"'
    fetch(server, tmp_path, in_turn(breaking_off(PICTURE, half, ETag=etag), resuming(PICTURE, etag)))

    assert server.headers[1][1]["Range"] == f"bytes={half}-"
    assert (tmp_path / "a").read_bytes() == PICTURE


def test_a_picture_that_breaks_off_without_an_etag_is_begun_anew(server, tmp_path):
    fetch(server, tmp_path, in_turn(breaking_off(PICTURE, 100), steady(PICTURE)))

    assert "Range" not in server.headers[1][1]
    assert (tmp_path / "a").read_bytes() == PICTURE


def test_a_picture_that_changed_since_it_broke_off_is_begun_anew(server, tmp_path):
    fetch(server, tmp_path, in_turn(breaking_off(b"old" * 1000, 2000, ETag='"v1"'), resuming(PICTURE, '"v2"')))

    assert (tmp_path / "a").read_bytes() == PICTURE


def test_a_run_that_was_killed_is_continued_by_the_next(server, tmp_path):
    half = len(PICTURE) // 2
    with pytest.raises(FetchError):
        fetch(server, tmp_path, breaking_off(PICTURE, half, ETag='"v1"'), tries=1)
    fetch(server, tmp_path, resuming(PICTURE, '"v1"'))

    assert server.headers[-1][1]["Range"] == f"bytes={half}-"
    assert (tmp_path / "a").read_bytes() == PICTURE and left(tmp_path) == ["a"]


def test_a_server_that_cannot_continue_where_it_is_asked_sends_all(server, tmp_path):
    with pytest.raises(FetchError):
        fetch(server, tmp_path, breaking_off(PICTURE, 100, ETag='"v1"'), tries=1)
    fetch(server, tmp_path, in_turn(status(200), status(416), steady(PICTURE)))

    assert (tmp_path / "a").read_bytes() == PICTURE


def test_a_silent_server_is_given_up(server, tmp_path):
    begun = time.monotonic()
    with pytest.raises(FetchError, match="no usable answer"):
        fetch(server, tmp_path, silent, tries=2, silence=0.1)

    assert time.monotonic() - begun < 2


def test_a_server_that_sends_a_byte_now_and_then_is_given_up(server, tmp_path):
    begun = time.monotonic()
    with pytest.raises(FetchError, match=r"took too long altogether|timed out"):
        fetch(server, tmp_path, dripping, tries=2, longest=0.2)

    assert time.monotonic() - begun < 2


def test_a_body_without_an_end_is_cut_at_the_limit(server, tmp_path):
    with pytest.raises(FetchError, match=r"too large \(more than 10,000,000 bytes\)"):
        fetch(server, tmp_path, endless)

    assert server.asked["/a.png"] == 1


def test_a_body_that_is_said_to_be_huge_is_not_read(server, tmp_path):
    with pytest.raises(FetchError, match="too large"):
        fetch(server, tmp_path, breaking_off(bytes(20_000_000), 0))


def test_an_answer_is_kept_and_asked_about_when_it_is_old(server, tmp_path):
    now = [time.time()]

    def answer(request, before):
        known = request.headers.get("If-None-Match") == '"e"' and request.headers.get("If-Modified-Since")
        if known:
            request.send(304, ETag='"e"')
        else:
            request.send(200, b'{"a": 1}', "application/json", ETag='"e"', Last_Modified=formatdate(0, usegmt=True))

    server.answers["/api"] = answer
    with client(tmp_path, wall=lambda: now[0], fresh=100) as asking:
        answers = [asking.json(server.url("/api")) for _ in range(3)]
        fresh = server.asked["/api"]
        now[0] += 200
        answers.append(asking.json(server.url("/api")))
        answers.append(asking.json(server.url("/api")))

    assert answers == [{"a": 1}] * 5
    assert (fresh, server.asked["/api"]) == (1, 2)


def test_a_kept_answer_that_was_damaged_is_asked_for_again(server, tmp_path):
    server.answers["/api"] = steady(b"[]", "application/json")
    with client(tmp_path) as asking:
        asking.json(server.url("/api"))
        for path in (tmp_path / "cache" / "answers").rglob("*.json"):
            path.write_bytes(b'{"body"')

        assert asking.json(server.url("/api")) == []
    assert server.asked["/api"] == 2


@pytest.mark.parametrize("body", [b"<html>", b"", b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_json_is_said_to_be_none(server, tmp_path, body):
    server.answers["/api"] = steady(body, "application/json; charset=nonsense")
    with client(tmp_path) as asking, pytest.raises(FetchError, match="not JSON"):
        asking.json(server.url("/api"))


def test_an_answer_squeezed_small_is_cut_at_the_limit(server, tmp_path, monkeypatch):
    monkeypatch.setattr("generator.ingest.http.client.ANSWER", 1_000_000)
    server.answers["/api"] = steady(zlib.compress(bytes(50_000_000)), "text/plain", Content_Encoding="deflate")
    with client(tmp_path) as asking, pytest.raises(FetchError, match="too large"):
        asking.text(server.url("/api"))


def test_a_client_that_is_closed_ends_what_other_threads_wait_for(server, tmp_path):
    server.answers["/a.png"] = status(500)
    asking = Client(Store(tmp_path / "cache"), RateLimits(private=True, backoff=60))
    failed = []

    def ask() -> None:
        try:
            asking.text(server.url("/a.png"))
        except FetchError as error:
            failed.append(error.reason)

    thread = threading.Thread(target=ask)
    thread.start()
    while not server.asked["/a.png"]:
        time.sleep(0.01)
    asking.stop()
    thread.join(5)
    asking.close()

    assert failed == ["stopped"]


def test_the_cache_holds_nothing_but_whole_answers(server, tmp_path):
    server.answers["/api"] = steady(json.dumps("é").encode(), "application/json")
    with client(tmp_path) as asking:
        asking.json(server.url("/api"))
    files = [path for path in (tmp_path / "cache" / "answers").rglob("*") if path.is_file()]

    assert [json.loads(path.read_text())["body"] for path in files] == ['"\\u00e9"']
