"""How often a host is asked, how long it is left alone, and when it is given up."""

from email.utils import formatdate

import pytest
from support.fetching import PICTURE, Naps, client, fetch
from support.misbehaving import (
    in_turn,
    status,
    steady,
)

from generator.core.errors import FetchError
from generator.ingest.http.rate_limit import GIVEN_UP, retry_after


def test_a_server_that_fails_and_then_works_is_asked_again_after_longer_and_longer_waits(server, tmp_path):
    naps = Naps()
    fetch(server, tmp_path, in_turn(status(500), status(503), steady(PICTURE)), naps)

    assert server.asked["/a.png"] == 3
    assert 0.5 <= naps.seconds[0] <= 1 <= naps.seconds[1] <= 2


def test_a_server_that_never_works_is_given_up_after_the_tries(server, tmp_path):
    with pytest.raises(FetchError, match=r"no usable answer \(3 tries; status 500\)"):
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
    with pytest.raises(FetchError, match="asks to wait 3600 s; run ingest again after that"):
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
