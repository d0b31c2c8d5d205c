"""Manifests of both versions of IIIF's Presentation API, and hosts that give them."""

import json

from generator.core.errors import FetchError
from generator.ingest.sources.base import SourceQuery
from generator.ingest.sources.iiif import IIIF

HOST = "https://iiif.harbor.example.org"


IMAGE = f"{HOST}/image/jug"


def manifest3(**changes):
    """Return a manifest of version 3 of one canvas."""
    return {
        "@context": "http://iiif.io/api/presentation/3/context.json",
        "id": f"{HOST}/presentation/v3/jug/manifest.json",
        "type": "Manifest",
        "label": {"pt": ["Um jarro"], "en": ["A jug"]},
        "summary": {"en": ["A jug with a <b>bird</b>."]},
        "metadata": [
            {"label": {"en": ["Artist"]}, "value": {"none": ["Ana Potter", "Rui Potter"]}},
            {"label": {"en": ["Date"]}, "value": {"en": ["about 1820"]}},
            {"label": {"en": ["Materials"]}, "value": {"en": ["clay", "glaze"]}},
            {"label": {"en": ["Shelfmark"]}, "value": {"none": ["MS 4"]}},
            {"label": {"en": ["Height"]}, "value": {"none": ["12 cm"]}},
        ],
        "requiredStatement": {"label": {"en": ["Attribution"]}, "value": {"en": ["Given by <i>a friend</i>"]}},
        "rights": "http://creativecommons.org/publicdomain/zero/1.0/",
        "provider": [{"id": HOST, "type": "Agent", "label": {"en": ["The Harbor Museum"]}}],
        "homepage": [{"id": "https://harbor.example.org/jug", "type": "Text", "label": {"en": ["The jug"]}}],
        "items": [canvas3("c1")],
    } | changes


def canvas3(id, **body):
    painted = {
        "id": f"{IMAGE}/full/max/0/default.jpg",
        "type": "Image",
        "width": 4000,
        "height": 3000,
        "service": [service3()],
    }
    annotation = {"type": "Annotation", "motivation": "painting", "body": painted | body}
    return {"id": id, "type": "Canvas", "items": [{"type": "AnnotationPage", "items": [annotation]}]}


def service3(**changes):
    return {"id": IMAGE, "type": "ImageService3", "profile": "level2"} | changes


def manifest2(**changes):
    """Return a manifest of version 2 of one canvas."""
    resource = {
        "@id": f"{IMAGE}/full/full/0/default.jpg",
        "@type": "dctypes:Image",
        "width": 4000,
        "height": 3000,
        "service": {
            "@context": "http://iiif.io/api/image/2/context.json",
            "@id": IMAGE,
            "profile": ["http://iiif.io/api/image/2/level1.json", {"maxWidth": 800}],
        },
    }
    canvas = {"@id": "c1", "@type": "sc:Canvas", "images": [{"motivation": "sc:painting", "resource": resource}]}
    return {
        "@context": "http://iiif.io/api/presentation/2/context.json",
        "@id": f"{HOST}/manifests/jug",
        "@type": "sc:Manifest",
        "label": [{"@value": "Ein Krug", "@language": "de"}, {"@value": "A jug", "@language": "en"}],
        "metadata": [
            {"label": [{"@value": "Künstler", "@language": "de"}], "value": "<a href='/ana'>Ana Potter</a>"},
            {"label": "Datierung", "value": "um 1820"},
            {"label": "Signatur", "value": ["MS 4"]},
        ],
        "attribution": "Given by a friend",
        "license": "http://rightsstatements.org/vocab/InC/1.0/",
        "related": {"@id": "https://harbor.example.org/jug", "format": "text/html"},
        "sequences": [{"@type": "sc:Sequence", "canvases": [canvas]}],
    } | changes


class Hosts:
    """Gives what addresses hold, and remembers what was asked for."""

    def __init__(self, held):
        self.held, self.asked = held, []

    def json(self, url):
        self.asked.append(url)
        if url not in self.held:
            raise FetchError(url, reason="not found (404)")
        return self.held[url]


def found(*resources, client=None, tmp_path, **columns):
    """Return all that files of these resources give."""
    paths = []
    for number, resource in enumerate(resources):
        paths.append(tmp_path / f"m{number}.json")
        paths[-1].write_text(json.dumps(resource), encoding="utf-8")
    return list(IIIF.records(SourceQuery(inputs=tuple(map(str, paths)), columns=columns, client=client)))
