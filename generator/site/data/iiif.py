"""A IIIF Presentation 3 manifest of every work, and a collection of all: so that any viewer can open them.

Their names are whole addresses, so there are none where the site's address is not known. A manifest is a plain
dictionary: ten times faster to write than by a library of classes, and the same bytes.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.core import rights
from generator.site import records, urls
from generator.site.context import Context
from generator.site.render import compact_json

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
PART = 500  # manifests in one part of the collection, where it has parts


def write(context: Context) -> None:
    """Write all manifests and the collection of them."""
    base = context.config.base_url
    if not base:
        return
    maker = Maker(context)
    for row, work in enumerate(context.collection.works):
        context.printer.write(urls.manifest(work.id), compact_json(maker.manifest(row)))
    n = len(context.collection.works)
    parts = [range(start, min(start + PART, n)) for start in range(0, n, PART)]
    for number, part in enumerate(parts, 1) if len(parts) > 1 else ():
        context.printer.write(urls.iiif_part(number), compact_json(maker.part(number, part)))
    context.printer.write(urls.IIIF, compact_json(maker.whole(parts)))


class Maker:
    """Makes manifests and collections of them."""

    def __init__(self, context: Context) -> None:
        self.context, self.cards, self.base = context, context.cards, context.config.base_url
        self.spoken, self.recorded = context.cards.words.language, context.config.language

    def manifest(self, row: int) -> dict[str, Any]:
        """Return the manifest of a work."""
        work, picture = self.context.collection.works[row], self._largest(row)
        name = self.base + urls.manifest(work.id)
        here, size = name.removesuffix("manifest.json"), {"width": picture["width"], "height": picture["height"]}
        annotation = {
            "id": f"{here}image",
            "type": "Annotation",
            "motivation": "painting",
            "body": picture,
            "target": f"{here}canvas",
        }
        canvas = {
            "id": f"{here}canvas",
            "type": "Canvas",
            "label": self._said([work.title]),
            **size,
            "items": [{"id": f"{here}page", "type": "AnnotationPage", "items": [annotation]}],
        }
        return {
            "@context": CONTEXT,
            "id": name,
            "type": "Manifest",
            "label": self._said([work.title]),
            "summary": self._said([work.alt]),
            "metadata": self._metadata(row),
            **self._rights(row),
            "provider": [self._provider()],
            "homepage": list(self._homepages(row)),
            **self._thumbnail(row),
            "partOf": [{"id": self.base + urls.IIIF, "type": "Collection"}],
            "items": [canvas],
        }

    def part(self, number: int, rows: range) -> dict[str, Any]:
        """Return a part of the collection."""
        return {
            "@context": CONTEXT,
            "id": self.base + urls.iiif_part(number),
            "type": "Collection",
            "label": self._range(rows),
            "partOf": [{"id": self.base + urls.IIIF, "type": "Collection"}],
            "items": list(map(self._listed, rows)),
        }

    def whole(self, parts: Sequence[range]) -> dict[str, Any]:
        """Return the collection: of all works, or of its parts where they are many."""
        config = self.context.config
        items = (
            list(map(self._listed, parts[0]))
            if len(parts) == 1
            else [
                {"id": self.base + urls.iiif_part(number), "type": "Collection", "label": self._range(rows)}
                for number, rows in enumerate(parts, 1)
            ]
        )
        homepage = {"id": self.base, "type": "Text", "format": "text/html", "label": self._said([config.title])}
        return {
            "@context": CONTEXT,
            "id": self.base + urls.IIIF,
            "type": "Collection",
            "label": self._said([config.title]),
            **({"summary": self._said([config.subtitle])} if config.subtitle else {}),
            "homepage": [homepage],
            "provider": [self._provider()],
            "items": items,
        }

    def _listed(self, row: int) -> dict[str, Any]:
        work = self.context.collection.works[row]
        return {
            "id": self.base + urls.manifest(work.id),
            "type": "Manifest",
            "label": self._said([work.title]),
            **self._thumbnail(row),
        }

    def _metadata(self, row: int) -> list[dict[str, Any]]:
        return [
            {"label": {self.spoken: [entry.label]}, "value": self._said([entry.outside or entry.text])}
            for entry in records.record(row, self.cards)
        ]

    def _rights(self, row: int) -> dict[str, Any]:
        """Return the license where the record names one, and what must be shown beside the picture, first the content note."""
        work = self.context.collection.works[row]
        license = rights.address(work.rights)
        shown = [text for text in (work.content_note, work.museum, work.credit, "" if license else work.rights) if text]
        label = {self.spoken: [self.cards.words("iiif.shown")]}
        statement = {"requiredStatement": {"label": label, "value": self._said(shown)}} if shown else {}
        return ({"rights": license} if license else {}) | statement

    def _homepages(self, row: int) -> Iterator[dict[str, Any]]:
        """Yield the page of the work here, and the one of whoever keeps it."""
        work, title = self.context.collection.works[row], self.context.config.title
        page = urls.absolute(self.base, urls.work(work.id))
        yield {
            "id": page,
            "type": "Text",
            "format": "text/html",
            "label": self._said([title]),
            "language": [self.spoken],
        }
        if work.source_url:
            label = self._said([work.museum or work.source_url])
            yield {"id": work.source_url, "type": "Text", "format": "text/html", "label": label}

    def _provider(self) -> dict[str, Any]:
        label = self._said([self.context.config.title])
        page = {"id": self.base, "type": "Text", "format": "text/html", "label": label}
        return {"id": self.base, "type": "Agent", "label": label, "homepage": [page]}

    def _largest(self, row: int) -> dict[str, Any]:
        """Return the picture at its full size with its tiles, where there are any; else the largest of the pages."""
        if not self.context.assets.tiles:
            step, largest = len(self.context.assets.pictures[row]) - 1, self.context.assets.pictures[row][-1]
            return {
                "id": self._picture(row, step),
                "type": "Image",
                "format": "image/webp",
                "width": largest.width,
                "height": largest.height,
            }
        tiles, service = (
            self.context.assets.tiles[row],
            self.base + urls.image_service(self.context.collection.works[row].id),
        )
        return {
            "id": f"{service}/full/max/0/default.jpg",
            "type": "Image",
            "format": "image/jpeg",
            "width": tiles.width,
            "height": tiles.height,
            "service": [{"id": service, "type": "ImageService3", "profile": "level0"}],
        }

    def _thumbnail(self, row: int) -> dict[str, Any]:
        """Return the small picture that lists show; none where it is veiled, as no list elsewhere would veil it."""
        if row in self.cards.veiled:
            return {}
        first, address = self.context.assets.pictures[row][0], self._picture(row, 0)
        size = {"width": first.width, "height": first.height}
        return {"thumbnail": [{"id": address, "type": "Image", "format": "image/webp", **size}]}

    def _picture(self, row: int, step: int) -> str:
        return self.base + urls.picture(step, self.context.collection.works[row].id)

    def _range(self, rows: range) -> Mapping[str, Sequence[str]]:
        number = self.cards.words.number
        return {self.spoken: [self.cards.words("iiif.part", first=number(rows[0] + 1), last=number(rows[-1] + 1))]}

    def _said(self, texts: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Return texts of the records in their language. A space after it keeps what looks like HTML from being it."""
        return {self.recorded: [f"{text} " if text.startswith("<") and text.endswith(">") else text for text in texts]}
