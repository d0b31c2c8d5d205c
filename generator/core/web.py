"""Web addresses: which text is one that can be linked to."""

import re
from urllib.parse import urlsplit

PLAIN = re.compile(r"https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+/[A-Za-z0-9./_?=&%-]*")  # an address like most
NO_HOST = re.compile(r"[\s\\<>\"]")  # what is in none


def is_web_address(text: str) -> bool:
    """Return whether the text is an http(s) address: with a host, and without a user's name."""
    if PLAIN.fullmatch(text):
        return True
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.username is None and parts.port != 0
    except ValueError:
        return False
    return bool(good) and not NO_HOST.search(parts.netloc)
