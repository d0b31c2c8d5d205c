"""Collection + Analogies -> _site/: every page, picture and data file of the site. The only part that writes them.

urls        where everything lies            catalogue   the words of the interface
closeness   what "close" means               theme       the owner's colors
nearby      what is near one work            striking    what the home page begins with
render      templates -> files  [jinja2]     cards       how a work appears beside others
works       pages about one work             records     what is known of a work, side by side too
browse      lists of works                   front       home, about, not found
files       what scripts fetch                   material    what all pages are made from
finding     the search page                      zoom        pictures at full size, IIIF's tiles
linked      JSON-LD and Dublin Core              citing      how a work is cited
sharing     OpenGraph, cards of pairs            iiif        manifests and the collection of them
opendata    tables and a data package            feed        the striking pairs, as Atom
robots      robots.txt, sitemaps
bests       the nearest of every value       grid        value against value
periods     spans of time                    whole       what is true of the whole collection
atlas       the map                          sheets      its pictures
districts   the map in words                 chains      paths from work to work
titles      works by words of their titles           parts       the files of all works, by several processes
connections the views that tell it           duos        how a pair appears in their lists
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from generator.analysis import highlights, overview
from generator.analysis.neighbors import Neighborhood
from generator.core.config import Config
from generator.core.model import Analogies, Collection, Derivative, Graph, Layout, Network, Progress, Tiles, each
from generator.core.store import Store
from generator.site import parallel, scripts, theme, urls, wall
from generator.site.cards import Cards
from generator.site.context import Material
from generator.site.data import atom, browser, iiif, open_data, sitemap, social
from generator.site.pages import connections, home, paths, search, work, zoom
from generator.site.pages import map as map_page
from generator.site.pages.browse import BrowsePages
from generator.site.pages.home import Agreement
from generator.site.pages.work import WorkPages
from generator.site.render import Printer

# Modules with write(material): what is about the whole collection.
VIEWS = (map_page, connections, search, zoom, iiif, open_data, atom, social, wall, paths)
COMMENT = re.compile(rb"^[ \t]*//.*\n", re.MULTILINE)  # a line of a script that says nothing to a browser
SERVED = (".css", ".js", ".svg")  # what is taken from static/


def write(
    collection: Collection,
    analogies: Analogies,
    network: Network,
    config: Config,
    pictures: Sequence[Sequence[Derivative]],
    out: Path,
    *,
    templates: Path,
    static: Path,
    agreements: Sequence[Agreement] = (),
    regions: Sequence[Sequence[overview.Region]] = (),
    graph: Graph | None = None,
    layout: Layout | None = None,
    tiles: Sequence[Tiles] = (),
    viewer: Path | None = None,
    searchable: bool = False,
    store: Store | None = None,
    jobs: int = 1,
    progress: Progress,
) -> None:
    """Write the whole site into the empty folder `out`; the same input gives the same bytes.

    Without a store there are no cards of pairs.
    """
    config = config if store else replace(config, share_cards="none")
    found = overview.find(collection, analogies)
    wanted = {
        "map": layout is not None and store is not None,
        "paths": graph is not None,
        "connections": connections.wanted(found),
        "search": searchable,
    }
    printer = Printer(
        out,
        templates,
        config,
        navigation=[name for name in urls.SECTIONS if wanted.get(name, True)],
        imports=scripts.imports(static),
    )
    neighborhood = Neighborhood(collection, analogies)
    cards = Cards(collection, pictures, printer)
    browse = BrowsePages(
        cards,
        printer,
        highlights.typical(collection, analogies),
        config.per_page,
        met=[across.facet for across in found.facets],
    )
    pairs = highlights.pairs(collection, analogies, home.PAIRS)
    compared = work.compared(neighborhood, [*pairs, *found.pairs(len(collection.works))])
    pages = WorkPages(neighborhood, cards, printer, compared)
    choices = browse.choices()
    _write_assets(static, printer)
    home.write_home(pairs, neighborhood, cards, browse, printer, pages.shared)
    browse.write_index()
    material = Material(
        collection=collection,
        analogies=analogies,
        network=network,
        config=config,
        pictures=pictures,
        graph=graph,
        layout=layout,
        whole=found,
        regions=regions,
        tiles=tiles,
        viewer=viewer,
        searchable=searchable,
        pairs=pairs,
        compared=compared,
        neighborhood=neighborhood,
        cards=cards,
        printer=printer,
        store=store,
        jobs=jobs,
        progress=progress,
    )
    for view in VIEWS:
        view.write(material)
    with progress.stage("Writing pages", len(collection.works) + len(choices)) as step:
        parallel.write(pages, jobs=jobs, step=step)
        for choice in each(choices, step):
            browse.write(choice)
    home.write_about(cards, analogies, network, agreements, printer)
    home.write_any_pair(cards, printer)
    home.write_not_found(printer)
    sitemap.write(material)
    k = analogies.rows.shape[2]
    printer.write("data/collection.json", browser.collection_json(cards, neighborhood.scale, k=k, network=network))
    if collection.hidden:
        printer.write(urls.HIDDEN, browser.hidden_json(collection))
    for bucket, rows in enumerate(browser.ids_json(collection)):
        printer.write(urls.ids(bucket), rows)
    for shard in browser.shards(collection):
        printer.write(urls.cards(shard), browser.shard_json(cards, pictures, shard))


def _write_assets(static: Path, printer: Printer) -> None:
    """Write style sheet, scripts without their comments, and icon; the owner's colors stand before the style sheet."""
    for path in sorted(static.iterdir()):
        if path.suffix not in SERVED:
            continue
        content = path.read_bytes()
        if path.name == "site.css":
            content = theme.css(printer.config).encode() + content
        if path.suffix == ".js":
            content = COMMENT.sub(b"", content)  # who reads the program reads static/; visitors wait for each byte
        printer.write(path.name if path.suffix == ".svg" else f"assets/{path.name}", content)
