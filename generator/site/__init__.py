"""Findings -> _site/: every page, picture and data file of the site. It only writes: what it tells was found before.

urls        where everything lies                   render      templates -> files  [jinja2]
context     what all pages are made from            theme       the owner's colors
cards       how a work appears beside others        records     what is known of a work, side by side too
parallel    the files of all works, by processes    scripts     which scripts a page runs
pages/      one module a kind of page               data/       what browsers and other programs read
"""

from pathlib import Path

from generator.core.config import Config
from generator.core.findings import Findings
from generator.core.model import Collection, each
from generator.core.run import Run
from generator.site import parallel, scripts, theme, urls
from generator.site.context import Assets, gather
from generator.site.data import atom, browser, iiif, open_data, sitemap, social
from generator.site.pages import about, connections, home, paths, search, wall, zoom
from generator.site.pages import map as map_page
from generator.site.pages.browse import BrowsePages
from generator.site.render import Printer

__all__ = ["Assets", "write"]

VIEWS = (connections, search, zoom, iiif, open_data, atom, wall, paths)  # modules with write(context)
DRAWN = (map_page, social)  # with write(context, run): they draw pictures of their own
SERVED = (".css", ".js", ".svg")  # what is taken from static/


def write(collection: Collection, findings: Findings, config: Config, assets: Assets, out: Path, run: Run) -> None:
    """Write the whole site into the empty folder `out`; the same input gives the same bytes."""
    context = gather(collection, findings, config, assets, out, _navigation(findings, assets))
    browse = BrowsePages(context)
    choices = browse.choices()
    _write_assets(assets.static, context.printer)
    home.write(context, browse)
    browse.write_index()
    for drawn in DRAWN:
        drawn.write(context, run)
    for view in VIEWS:
        view.write(context)
    with run.progress.stage("Writing pages", len(collection.works) + len(choices)) as step:
        parallel.write(context, jobs=run.jobs, step=step)
        for choice in each(choices, step):
            browse.write(choice)
    about.write(context)
    sitemap.write(context)
    browser.write(context)
    if not config.base_url:
        run.progress.say("No IIIF manifests: they need base_url, the address where the site will be published")


def _navigation(findings: Findings, assets: Assets) -> list[str]:
    """Return the names of what every page leads to."""
    there = {
        "map": findings.layout is not None,
        "paths": findings.graph is not None,
        "connections": connections.wanted(findings.overview),
        "search": assets.searchable,
    }
    return [name for name in urls.SECTIONS if there.get(name, True)]


def _write_assets(static: Path, printer: Printer) -> None:
    """Write style sheet, scripts without their comments, and icon; the owner's colors stand before the style sheet."""
    for path in sorted(static.iterdir()):
        if path.suffix not in SERVED:
            continue
        content = path.read_bytes()
        if path.name == "site.css":
            content = theme.css(printer.config).encode() + content
        if path.suffix == ".js":
            content = scripts.served(content.decode()).encode()
        printer.write(path.name if path.suffix == ".svg" else f"assets/{path.name}", content)
