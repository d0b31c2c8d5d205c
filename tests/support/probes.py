"""What is asked of a page that is open in a browser: each function returns what is wrong with it, or a measure."""

import time
from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe

from support.faces import FACES, dress

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],  # of all else axe then tells less, which takes half the time
}
# Modules end when what they fill is filled, so importing them once more waits for that. Then what is in sight is drawn.
SETTLED = """async () => {
  const modules = [...document.scripts].filter(({ type, src }) => type === "module" && src);
  await Promise.all(modules.map(({ src }) => import(src)));
  await document.fonts.ready;
  const seen = (box) => box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const images = [...document.images].filter((one) => seen(one.getBoundingClientRect()));
  await Promise.all(images.map((one) => one.decode().catch(() => {})));
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
}"""
SHIFT = """() => {
  const observer = new PerformanceObserver(() => {});
  observer.observe({ type: "layout-shift", buffered: true });
  return observer.takeRecords().reduce((sum, one) => sum + one.value, 0);
}"""
RUNNING = """() => document.getAnimations().filter(
  (one) => one.playState === "running" && one.effect.getTiming().duration > 0).length"""
SHOWN = """() => {
  const one = document.activeElement;
  const seen = getComputedStyle(one).outlineStyle !== "none" && one.getBoundingClientRect().width > 0;
  return one === document.body || seen ? null : one.outerHTML.slice(0, 120);
}"""
OVER = "() => document.documentElement.scrollWidth - innerWidth"


def settle(page: Any) -> None:
    """Wait until the scripts of the page have filled it and the pictures in sight are there."""
    page.evaluate(SETTLED)


def visit(page: Any, address: str) -> None:
    """Open an address and wait until its page has settled."""
    page.goto(address)
    settle(page)


def wait_until(page: Any, holds: Callable[[], bool], *, seconds: float = 30) -> None:
    """Wait until what is known outside of the page holds. Raises TimeoutError where it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(f"{page.url}: waited {seconds} seconds in vain")
        page.wait_for_timeout(20)  # lets the browser's events in


def violations(page: Any) -> dict[str, list[str]]:
    """Return the rules of WCAG 2.2 A and AA that axe finds broken, and some elements that break each."""
    found = Axe().run(page, options=RULES).response["violations"]
    return {violation["id"]: [node["html"][:200] for node in violation["nodes"][:3]] for violation in found}


def heading_levels(page: Any) -> list[int]:
    """Return the levels of the headings that can be seen, in the order of the page."""
    levels = page.locator(":is(h1, h2, h3, h4):visible")
    return levels.evaluate_all("all => all.map((one) => Number(one.tagName[1]))")


def layout_shift(page: Any) -> float:
    """Return how much has moved on the page until now; to be asked before the visitor does anything."""
    return page.evaluate(SHIFT)


def running_animations(page: Any) -> int:
    return page.evaluate(RUNNING)


def unseen_focus(page: Any, *, steps: int) -> list[str]:
    """Return what does not show that it has the focus, of as many things as the keyboard reaches in these steps."""
    found = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        found.append(page.evaluate(SHOWN))
    return [one for one in found if one]


def overflow(page: Any) -> dict[str, int]:
    """Return by how many pixels the page is wider than the window, in each set of faces in which it is."""
    over = {}
    for faces in FACES:
        dress(page, faces)
        over[faces] = page.evaluate(OVER)
    return {faces: pixels for faces, pixels in over.items() if pixels > 0}
