"""Collection + Analogies -> _site/: every page, picture and data file of the site. The only part that writes them.

urls        where everything lies            catalogue   the words of the interface
closeness   what "close" means               theme       the owner's colors
nearby      what is near one work            striking    what the home page begins with
render      templates -> files  [jinja2]     cards       how a work appears beside others
works       pages about one work             records     what is known of a work, side by side too
browse      lists of works                   front       home, about, not found, robots
files       what scripts fetch                   material    what all pages are made from
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

from generator.config import Config
from generator.model import Analogies, Collection, Derivative, Graph, Layout, Network, Progress, each
from generator.site import files, front, striking, theme, urls
from generator.site.browse import BrowsePages
from generator.site.cards import Cards
from generator.site.front import Agreement
from generator.site.material import Material
from generator.site.nearby import Neighborhood
from generator.site.render import Printer
from generator.site.works import WorkPages

VIEWS = ()  # modules with write(material): the pages that are about the whole collection
SERVED = (".css", ".js", ".svg")  # what is taken from static/


def write(
    collection: Collection, analogies: Analogies, network: Network, config: Config,
    pictures: Sequence[Sequence[Derivative]], out: Path, *,
    templates: Path, static: Path, agreements: Sequence[Agreement] = (), graph: Graph | None = None,
    layout: Layout | None = None, progress: Progress,
) -> None:  # fmt: skip
    """Write the whole site into the empty folder `out`; the same input gives the same bytes."""
    wanted = {"map": layout is not None, "paths": graph is not None, "connections": False, "search": False}
    printer = Printer(out, templates, config, navigation=[name for name in urls.SECTIONS if wanted.get(name, True)])
    neighborhood = Neighborhood(collection, analogies)
    cards = Cards(collection, pictures, printer)
    browse = BrowsePages(cards, printer, striking.typical(collection, analogies), config.per_page)
    pairs = striking.pairs(collection, analogies, front.PAIRS)
    pages = WorkPages(neighborhood, cards, printer, pairs)
    choices = browse.choices()
    _write_assets(static, printer)
    front.write_home(pairs, neighborhood, cards, browse, printer)
    browse.write_index()
    material = Material(
        collection=collection, analogies=analogies, network=network, config=config, pictures=pictures, graph=graph,
        layout=layout, pairs=pairs, neighborhood=neighborhood, cards=cards, printer=printer, progress=progress,
    )  # fmt: skip
    for view in VIEWS:
        view.write(material)
    with progress.stage("Writing pages", len(collection.works) + len(choices)) as step:
        for row in each(range(len(collection.works)), step):
            near = neighborhood.of(row)
            pages.write(row, near)
            printer.write(urls.near(collection.works[row].id), files.near_bytes(near, collection))
            _put_pictures(collection.works[row].id, pictures[row], printer)
        for choice in each(choices, step):
            browse.write(choice)
    front.write_about(cards, analogies, network, agreements, printer)
    front.write_any_pair(printer)
    front.write_not_found(printer)
    front.write_for_robots(printer)
    k = analogies.rows.shape[2]
    printer.write("data/collection.json", files.collection_json(cards, neighborhood.scale, k=k, network=network))
    for shard in files.shards(collection):
        printer.write(urls.cards(shard), files.shard_json(cards, pictures, shard))


def _put_pictures(identity: str, derivatives: Sequence[Derivative], printer: Printer) -> None:
    for step, derivative in enumerate(derivatives):
        path = urls.picture(step, identity)
        printer.folder(path)
        # A copy and not a hard link: whoever edits a picture of a site must not edit what is kept in the store.
        shutil.copyfile(derivative.path, printer.out / path)


def _write_assets(static: Path, printer: Printer) -> None:
    """Write style sheet, scripts and icon; the owner's colors stand before the style sheet."""
    for path in sorted(static.iterdir()):
        if path.suffix not in SERVED:
            continue
        content = path.read_bytes()
        if path.name == "site.css":
            content = theme.css(printer.config).encode() + content
        printer.write(path.name if path.suffix == ".svg" else f"assets/{path.name}", content)
