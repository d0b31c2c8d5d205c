"""Measure one page of each kind of a site: weight, time to its largest paint on a slow line, layout shift, axe.

    PYTHONPATH=.:tests python tests/browser/weigh.py _site

Prints a Markdown table. The line is slowed as Chrome's "Fast 4G" slows it; times are medians of three first visits.
"""

import sys
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright
from support import probes
from support.install import ARGUMENTS, browser
from support.kinds import asked, kinds
from support.windows import served

LINE = {"offline": False, "latency": 165, "downloadThroughput": 8.1e6 / 8, "uploadThroughput": 1.35e6 / 8}
PAINT = """() => new Promise((tell) => { let paint = 0, shift = 0;
  new PerformanceObserver((all) => { for (const one of all.getEntries()) paint = one.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((all) => { for (const one of all.getEntries()) if (!one.hadRecentInput) shift += one.value; }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => tell([paint, shift]), 300); })"""


def visit(chromium, address):
    """Return seconds to the largest paint, layout shift, and bytes by kind of file, of a first visit."""
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    weights = {"Document": 0, "Script": 0, "Stylesheet": 0, "Image": 0}
    types = {}
    session.on("Network.responseReceived", lambda said: types.update({said["requestId"]: said["type"]}))

    def finished(said):
        kind = types.get(said["requestId"], "Other")
        weights[kind] = weights.get(kind, 0) + said["encodedDataLength"]

    session.on("Network.loadingFinished", finished)
    probes.visit(page, address)
    page.wait_for_load_state("networkidle")  # what is below the window weighs too
    paint, shift = page.evaluate(PAINT)
    page.close()
    return paint / 1000, shift, weights


def violations(chromium, address, scheme):
    page = chromium.new_page(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    probes.visit(page, address)
    found = probes.violations(page)
    page.close()
    return len(found)


def main(folder):
    every = kinds(folder)
    addresses = {kind: (pages[0].relative_to(folder).as_posix(), len(pages)) for kind, pages in every.items()}
    addresses |= {kind: (address, 1) for kind, address in asked(folder).items()}
    print(
        "| kind of page | pages | HTML, largest, KB | scripts, KB | all of a first visit, KB | largest paint, s | shift | axe, light + dark |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    path = browser()
    with served(folder) as home, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for kind, (address, count) in addresses.items():
            seen = [visit(chromium, home + address) for _ in range(3)]
            html = (folder / address.partition("?")[0]).stat().st_size / 1000
            weights = seen[0][2]
            axe = [violations(chromium, home + address, scheme) for scheme in ("light", "dark")]
            print(
                f"| {kind} | {count} | {html:.1f} | {weights['Script'] / 1000:.1f} | {sum(weights.values()) / 1000:.0f} | "
                f"{median(one[0] for one in seen):.2f} | {max(one[1] for one in seen):.3f} | {axe[0]} + {axe[1]} |",
                flush=True,
            )
        chromium.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
