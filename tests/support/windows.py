"""Sites that are served for as long as a test needs them, and browser windows that note every error."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from generator.publish import dev_server

# What a click away cuts short; and modules that a page announces, which a browser without scripts refuses.
UNFINISHED = ("net::ERR_ABORTED", ".js csp")


@contextmanager
def served(folder: Path, base: str = "/") -> Iterator[str]:
    """Serve a site under a base path; gives the address of its home."""
    server = dev_server.listen(folder, base=base, port=0)
    try:
        yield f"http://127.0.0.1:{server.server_port}{base}"
    finally:
        server.shutdown()
        server.server_close()


def open_window(chromium: Any, wrong: list[str], **given: Any) -> Any:
    """Return the page of a fresh window; every error on it, and whatever it asks of other hosts, is put on the list."""

    def note(text: str) -> None:
        if not text.endswith(UNFINISHED):
            wrong.append(text)

    page = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **given}).new_page()
    page.on("console", lambda said: note(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: note(str(error)))
    page.on("requestfailed", lambda request: note(f"{request.url} {request.failure}"))
    page.on("request", lambda request: note(request.url) if "127.0.0.1" not in request.url else None)
    return page
