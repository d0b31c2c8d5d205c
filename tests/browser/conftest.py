"""A Chromium and the shipped collection's site, served under a base path as GitHub Pages does."""

from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright
from support.install import ARGUMENTS, browser
from support.windows import open_window, served

HERE = Path(__file__).parent
expect.set_options(timeout=30_000)  # as all else that waits: a busy machine is slow


def pytest_collection_modifyitems(items):
    """Mark all that is here, so that `-m "not browser"` leaves it out."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(shipped):
    """Return the address of the site's home."""
    with served(shipped.folder, shipped.base) as home:
        yield home


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
    windows, wrong = [], []

    def come(**given):
        windows.append(open_window(chromium, wrong, **given))
        return windows[-1]

    yield come
    for page in windows:
        page.context.close()

    assert wrong == []
