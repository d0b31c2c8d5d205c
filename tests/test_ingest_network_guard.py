"""Only public addresses are asked, wherever a name or a redirect leads."""

import socket

import pytest
from support.fetching import PICTURE, client, fetch
from support.misbehaving import (
    redirect,
    steady,
)

from generator.core.errors import FetchError
from generator.ingest.http.network_guard import is_public


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
    with pytest.raises(FetchError, match=r"a private address \(127.0.0.1 is 127.0.0.1; use --allow-private"):
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
