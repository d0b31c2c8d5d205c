"""Fingers on the screen of a phone."""

from collections.abc import Sequence
from typing import Any


def touch(page: Any, *paths: Sequence[tuple[float, float]]) -> None:
    """Move fingers along paths of points on the screen, each of as many, and lift them."""
    session = page.context.new_cdp_session(page)
    for step, points in enumerate(zip(*paths, strict=True)):
        fingers = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(points)]
        session.send(
            "Input.dispatchTouchEvent", {"type": "touchMove" if step else "touchStart", "touchPoints": fingers}
        )
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
