"""The hub of models (huggingface.co, or HF_ENDPOINT): whether it can be reached, asked once and quickly.

Its own client tries for half a minute before it gives up. Where it cannot be reached the client is told so, and
then serves only what it downloaded before.
"""

import http.client
import os
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

PATIENCE = 6.0  # seconds, name lookup included


@cache
def reachable() -> bool:
    """Return whether the hub answers at all."""
    if os.environ.get("HF_HUB_OFFLINE", "").upper() in ("1", "ON", "YES", "TRUE"):
        return False
    answers: list[bool] = []
    # A thread, for nothing else bounds the time that looking up a name takes.
    asking = threading.Thread(target=lambda: answers.append(_answers()), daemon=True)
    asking.start()
    asking.join(PATIENCE)
    return answers == [True]


@contextmanager
def within_reach() -> Iterator[None]:
    """Let huggingface_hub ask the hub only if it can be reached."""
    from huggingface_hub import constants

    before = constants.HF_HUB_OFFLINE
    constants.HF_HUB_OFFLINE = before or not reachable()
    try:
        yield
    finally:
        constants.HF_HUB_OFFLINE = before


def _answers() -> bool:
    endpoint = os.environ.get("HF_ENDPOINT") or "https://huggingface.co"
    try:
        with urllib.request.urlopen(urllib.request.Request(endpoint, method="HEAD"), timeout=PATIENCE):
            return True
    except urllib.error.HTTPError:
        return True  # it answers, if only to say no
    except (OSError, ValueError, http.client.HTTPException):
        return False
