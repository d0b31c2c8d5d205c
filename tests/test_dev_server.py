import urllib.error
import urllib.request

import pytest

from generator.core.errors import OutputError
from generator.publish import dev_server


@pytest.fixture
def server(tmp_path):
    (tmp_path / "index.html").write_text("home")
    (tmp_path / "app.js").write_text("export {}")
    (tmp_path / "404.html").write_text("our own page for what is not there")
    (tmp_path.parent / "secret.txt").write_text("outside")
    server = dev_server.listen(tmp_path, base="/art/", port=0)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def get(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode(), answer.headers


@pytest.mark.parametrize(
    ("url", "path"),
    [("", "/"), ("https://me.github.io/art", "/art/"), ("https://x.org/a/b/", "/a/b/"), ("https://x.org", "/")],
)
def test_the_base_path_is_the_path_of_the_base_url(url, path):
    assert dev_server.base_path(url) == path


def test_the_site_is_served_under_its_base_path(server):
    assert get(f"{server}/art/")[0] == "home"


def test_the_root_leads_to_the_base_path(server):
    assert get(f"{server}/")[0] == "home"


def test_modules_have_the_type_that_browsers_ask_for(server):
    assert get(f"{server}/art/app.js")[1]["Content-Type"] == "text/javascript"


@pytest.mark.parametrize("path", ["/art/nothing", "/art/../secret.txt", "/art/%2e%2e/secret.txt", "/elsewhere/app.js"])
def test_what_is_not_there_gets_the_sites_own_page(server, path):
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(server + path)

    assert caught.value.code == 404
    assert "our own page" in caught.value.read().decode()


def test_a_taken_port_is_said_with_what_to_do(server, tmp_path):
    with pytest.raises(OutputError, match="--port"):
        dev_server.listen(tmp_path, base="/", port=int(server.rpartition(":")[2]))
