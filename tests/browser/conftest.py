"""A Chromium and the shipped collection's site, served under a base path as GitHub Pages does."""

import pytest
from playwright.sync_api import sync_playwright
from support.install import ARGUMENTS, browser

from generator.publish import dev_server


@pytest.fixture(scope="session")
def site(shipped):
    """Return the address of the site's home."""
    server = dev_server.listen(shipped.folder, base=shipped.base, port=0)
    yield f"http://127.0.0.1:{server.server_port}{shipped.base}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def chromium():
    path = browser()
    assert path, "no Chromium: run make test once"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(chromium):
    """Return a function that opens a fresh browser window; every error on any of its pages fails the test."""
    contexts, wrong = [], []

    def come(**given):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **given})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("requestfailed", lambda request: wrong.append(f"{request.url} {request.failure}"))
        page.on("request", lambda request: wrong.append(request.url) if "127.0.0.1" not in request.url else None)
        return page

    yield come
    for context in contexts:
        context.close()
    # What a click away cuts short; and modules that a page announces, which a browser without scripts refuses.
    unfinished = ("net::ERR_ABORTED", ".js csp")

    assert [text for text in wrong if not text.endswith(unfinished)] == []
