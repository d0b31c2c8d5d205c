"""Pictures at their full size: what the script that shows them must know, the viewer it loads, and IIIF's tiles.

assets/viewer.js           the settings and words of zoom.js and zoom-dialog.js
assets/openseadragon...    the viewer and its licence, where npm could fetch it
tiles/ID/info.json         Image API 3.0, level 0, and beside it every file that it promises
"""

import json
import shutil

from generator.core.model import Tiles
from generator.site import urls
from generator.site.context import Context


def write(context: Context) -> None:
    """Write all that zooming needs, and the tiles of every picture where they are wanted."""
    files = sorted(context.assets.viewer.iterdir()) if context.assets.viewer else []
    for path in files:
        context.printer.write(f"assets/{_named(path.name)}", path.read_bytes())
    script = next((_named(path.name) for path in files if path.suffix == ".js"), None)
    facts = {"viewer": script, "tiles": bool(context.assets.tiles), "words": context.printer.words.part("zoom.script.")}
    context.printer.write("assets/viewer.js", f"export default {json.dumps(facts, sort_keys=True)};\n".encode())
    for work, tiles in zip(context.collection.works, context.assets.tiles, strict=False):
        folder = urls.image_service(work.id)
        shutil.copytree(tiles.path, context.printer.out / folder)
        context.printer.write(f"{folder}/info.json", information(tiles, context.config.base_url + folder))


def _named(name: str) -> str:
    return name if name.endswith(".js") else f"openseadragon.{name}"


def information(tiles: Tiles, identity: str) -> bytes:
    """Return info.json. Its id is an address where the site's is known; zoom-dialog.js puts in where the site lies."""
    facts = {
        "@context": "http://iiif.io/api/image/3/context.json",
        "id": identity,
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level0",
        "width": tiles.width,
        "height": tiles.height,
        "sizes": [{"width": width, "height": height} for width, height in tiles.sizes],
        "tiles": [{"width": tiles.side, "height": tiles.side, "scaleFactors": list(tiles.factors)}],
    }
    return json.dumps(facts, indent=1).encode() + b"\n"
