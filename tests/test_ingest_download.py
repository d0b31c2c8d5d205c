"""The HTTP layer against a server that misbehaves on purpose."""

import json
import socket
import threading
import time
import zlib
from email.utils import formatdate
from pathlib import Path

import pytest
from support.misbehaving import (
    Server,
    breaking_off,
    dripping,
    endless,
    in_turn,
    misbehaving,
    picture,
    redirect,
    resuming,
    silent,
    status,
    steady,
)

from generator.core.errors import FetchError
from generator.core.store import Store
from generator.ingest.http.client import Client
from generator.ingest.http.network_guard import is_public
from generator.ingest.http.rate_limit import GIVEN_UP, Clock, RateLimits, retry_after

QUICK = {"rate": 1e6, "backoff": 1.0, "silence": 2.0, "private": True}
PICTURE = picture()


@pytest.fixture
def server():
    with misbehaving() as running:
        yield running


class Naps:
    """A sleep that takes no time, and remembers."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def client(tmp_path: Path, naps: Naps | None = None, *, wall=time.time, look_up=None, **manners) -> Client:
    clock = Clock(sleep=naps or Naps(), time=wall)
    more = {} if look_up is None else {"look_up": look_up}
    return Client(Store(tmp_path / "cache"), RateLimits(**{**QUICK, **manners}), clock=clock, **more)


def fetch(server: Server, tmp_path: Path, answer, naps: Naps | None = None, **manners):
    """Return what comes of a picture under /a.png, where the server answers so."""
    server.answers["/a.png"] = answer
    with client(tmp_path, naps, **manners) as asking:
        return asking.fetch(server.url("/a.png"), tmp_path / "a", most=10_000_000)


def left(tmp_path: Path) -> list[str]:
    """Return what lies where the picture was to be."""
    return sorted(path.name for path in tmp_path.iterdir() if path.name != "cache")


def test_a_picture_arrives_whole_and_the_client_says_who_it_is(server, tmp_path):
    fetched = fetch(server, tmp_path, steady(PICTURE))

    assert (fetched.facts.width, fetched.facts.height, fetched.bytes) == (64, 48, len(PICTURE))
    assert (tmp_path / "a").read_bytes() == PICTURE and left(tmp_path) == ["a"]
    assert server.headers[0][1]["User-Agent"].startswith("Tesserae/")


def test_a_server_that_fails_and_then_works_is_asked_again_after_longer_and_longer_waits(server, tmp_path):
    naps = Naps()
    fetch(server, tmp_path, in_turn(status(500), status(503), steady(PICTURE)), naps)

    assert server.asked["/a.png"] == 3
    assert 0.5 <= naps.seconds[0] <= 1 <= naps.seconds[1] <= 2


def test_a_server_that_never_works_is_given_up_after_the_tries(server, tmp_path):
    with pytest.raises(FetchError, match=r"no good answer \(3 tries; status 500\)"):
        fetch(server, tmp_path, status(500), tries=3)

    assert server.asked["/a.png"] == 3


def test_a_host_that_asks_to_wait_is_left_alone_so_long(server, tmp_path):
    naps = Naps()
    fetch(server, tmp_path, in_turn(status(429, Retry_After="7"), steady(PICTURE)), naps)

    assert max(naps.seconds) == pytest.approx(7, abs=0.5)


def test_a_host_may_name_the_time_to_come_back(server, tmp_path):
    naps = Naps()
    when = formatdate(1_000_060, usegmt=True)
    fetch(server, tmp_path, in_turn(status(503, Retry_After=when), steady(PICTURE)), naps, wall=lambda: 1_000_000.0)

    assert max(naps.seconds) == pytest.approx(60, abs=0.5)


def test_a_host_that_asks_to_wait_for_an_hour_is_not_asked_again_at_all(server, tmp_path):
    with pytest.raises(FetchError, match="asks to wait 3600 s; run ingest again then"):
        fetch(server, tmp_path, status(429, Retry_After="3600"))

    assert server.asked["/a.png"] == 1


@pytest.mark.parametrize(
    ("text", "seconds"), [("5", 5.0), ("-5", None), ("soon", None), (None, None), ("9" * 5000, None)]
)
def test_retry_after_is_seconds_or_nothing(text, seconds):
    assert retry_after(text, 0.0) == seconds


def test_what_is_not_there_is_asked_once(server, tmp_path):
    with pytest.raises(FetchError, match=r"not found \(404\)"):
        fetch(server, tmp_path, status(404))

    assert server.asked["/a.png"] == 1


def test_a_web_page_in_place_of_a_picture_is_refused(server, tmp_path):
    with pytest.raises(FetchError, match=r"not a picture \(the host sends text/html\)"):
        fetch(server, tmp_path, steady(b"<html>sorry</html>", "text/html; charset=utf-8"))

    assert left(tmp_path) == []


def test_a_web_page_that_says_it_is_a_picture_is_refused(server, tmp_path):
    with pytest.raises(FetchError, match=r"not a good picture \(a web page\)"):
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
    with pytest.raises(FetchError, match="no good answer"):
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


def test_redirects_are_followed_so_far_and_no_further(server, tmp_path):
    server.answers["/b.png"] = steady(PICTURE)
    fetch(server, tmp_path, redirect("/b.png"))

    with pytest.raises(FetchError, match="too many redirects"):
        fetch(server, tmp_path, redirect("/a.png"))


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://example.org/a.png", "javascript:alert(1)", "http://[::1", "http://user@host/"]
)
def test_a_redirect_to_anything_but_a_web_address_is_refused(server, tmp_path, to):
    with pytest.raises(FetchError, match=r"not http or https|not an address"):
        fetch(server, tmp_path, redirect(to))

    assert server.asked["/a.png"] == 1


def test_a_private_address_is_refused_unless_it_is_allowed(server, tmp_path):
    with pytest.raises(FetchError, match=r"a private address \(127.0.0.1 is 127.0.0.1; with --allow-private"):
        fetch(server, tmp_path, steady(PICTURE), private=False)

    assert server.asked["/a.png"] == 0


def test_a_public_name_cannot_lead_to_a_private_address(server, tmp_path):
    with (
        client(tmp_path, private=False, look_up=lambda host, port: ["127.0.0.1", "::ffff:10.0.0.1"]) as asking,
        pytest.raises(FetchError, match="a private address"),
    ):
        asking.text(f"http://museum.example:{server.server_port}/")

    assert not server.asked


def test_the_address_that_was_checked_is_the_one_connected_to(server, tmp_path):
    server.answers["/"] = steady(b"hello", "text/plain")
    looked_up = []

    def look_up(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"]

    with client(tmp_path, look_up=look_up) as asking:
        text = asking.text(f"http://museum.example:{server.server_port}/")

    assert (text, looked_up) == ("hello", ["museum.example"])
    assert server.headers[0][1]["Host"] == f"museum.example:{server.server_port}"


def test_a_proxy_of_the_environment_is_not_asked(server, tmp_path, monkeypatch):
    server.answers["/"] = steady(b"hello", "text/plain")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    with client(tmp_path) as asking:
        assert asking.text(server.url("/")) == "hello"


def test_every_connection_is_looked_up_and_goes_to_that_very_address(server, tmp_path, monkeypatch):
    server.answers["/"] = lambda request, _: request.send(200, b"hello", "text/plain", Connection="close")
    looked_up, connected, connect = [], [], socket.create_connection

    def look_up(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"]

    def connecting(address: tuple[str, int], *given, **more) -> socket.socket:
        connected.append(address[0])
        return connect(address, *given, **more)

    monkeypatch.setattr(socket, "create_connection", connecting)
    with client(tmp_path, look_up=look_up, fresh=0) as asking:
        for _ in range(3):
            asking.text(f"http://museum.example:{server.server_port}/")

    assert (looked_up, connected) == (["museum.example"] * 3, ["127.0.0.1"] * 3)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_an_address_of_no_public_host_is_known_as_such(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::6810:84e5", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_an_address_of_the_public_internet_is_known_as_such(address):
    assert is_public(address)


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


def test_a_host_is_asked_no_more_often_than_the_rate(server, tmp_path):
    server.answers["/api"] = steady(b"[]", "application/json")
    naps = Naps()
    with client(tmp_path, naps, rate=2.0, fresh=-1.0) as asking:
        for _ in range(4):
            asking.json(server.url("/api"))

    assert naps.seconds == pytest.approx([0.5, 1.0, 1.5], abs=0.3)  # the clock does not move while it naps


def test_a_host_that_does_not_answer_is_not_asked_for_everything(server, tmp_path):
    with client(tmp_path, tries=1) as asking:
        for i in range(GIVEN_UP + 3):
            server.answers[f"/{i}"] = status(500)
            with pytest.raises(FetchError):
                asking.text(server.url(f"/{i}"))

    assert sum(server.asked.values()) == GIVEN_UP


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
