"""IIIF manifest (Presentation API 2 or 3) -> a Record, or why it is none. Nothing in a manifest raises."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from generator.core.rights import called, may_be_shown
from generator.core.works_table import bare
from generator.ingest.sources import iiif_labels
from generator.ingest.sources.base import WORDS, LeftOut, Record, SourceQuery
from generator.ingest.sources.column_mapping import FIELDS, SOURCE, ColumnRule, joined
from generator.ingest.sources.iiif_image import WEB, address_of, addresses, dicts
from generator.ingest.sources.iiif_labels import plain, text, texts
from generator.ingest.sources.museum import whole
from generator.ingest.sources.values import years

DEEPEST = 5  # choices and specific resources around an image
CANVASES = 100_000  # of a manifest that are looked at
SEEN = 1000  # labels that are remembered
LEVELS = frozenset({"ac", "co", "com", "edu", "gob", "gouv", "gov", "net", "or", "org"})  # of hosts: "ox.ac.uk"
COMMON = re.compile(r"iiif|api|presentation|metadata|manifests?|(?:manifest|index)\.json|v[0-9.]+", re.IGNORECASE)
VERSION = re.compile(r"[23](?:\.[01])?")  # a step of its own in some paths, before what tells a work


def record(
    manifest: Mapping[str, Any], place: str, asked: SourceQuery, rules: Mapping[str, ColumnRule], seen: dict[str, str]
) -> Record | LeftOut:
    """Return the work of a manifest; its labels are added to `seen` by their bare forms."""
    said, extra = _said(manifest, rules, seen)
    pictures, trouble = _pictures(manifest, asked)
    statement = text(_value(manifest.get("requiredStatement"))) or text(manifest.get("attribution"))
    licences = [link for key in ("rights", "license") for link in _links(manifest.get(key))]
    begin, end, note = years(said["begin"] or said["year"], said["end"])
    title = said["title"] or text(manifest.get("label"))
    number = said["number"] or number_of(address_of(manifest) or place)
    if not pictures:
        return LeftOut(place=place, number=number, title=title, reason="no picture", detail=trouble)
    return whole(
        Record(
            place=place,
            source=said[SOURCE] or holder(address_of(manifest) or place),
            number=number,
            title=title,
            creator=said["creator"],
            date=said["date"] or said["year"] or _day(manifest.get("navDate")),
            begin=begin,
            end=end,
            words={name: said[name] for name in WORDS if said[name]},
            pictures=pictures,
            free=_free(licences, said["rights"], statement) if not said["rights_basis"] else True,
            museum=said["museum"] or next((text(agent.get("label")) for agent in dicts(manifest.get("provider"))), ""),
            accession_number=said["accession_number"],
            credit=said["credit"] or statement,
            rights="; ".join(dict.fromkeys(filter(None, [*map(called, licences[:1]), said["rights"]]))),
            rights_basis=said["rights_basis"] or next(iter(licences), ""),
            source_url=said["source_url"] or next(_pages(manifest), ""),
            alt=said["alt"],
            extra=extra + note,
        )
    )


def number_of(address: str) -> str:
    """Return what tells a manifest from others of its host: its path without the words that all paths have."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    steps = [step for step in unquote(parts.path).split("/") if step and not COMMON.fullmatch(step)]
    steps = [step for step in steps[:-1] if not VERSION.fullmatch(step)] + steps[-1:]
    return plain("-".join([*(step.removesuffix(".json") for step in steps), *filter(None, [unquote(parts.query)])]))


def holder(address: str) -> str:
    """Return the name of a host's owner, which is to begin ids: "bodleian.ox.ac.uk" is "ox"."""
    try:
        host = (urlsplit(address).hostname or "").split(".")
    except ValueError:
        host = []
    names = [name for name in host[:-1] if name not in LEVELS and not name.isdecimal()]
    return names[-1] if names else "iiif"


def label_of(resource: Mapping[str, Any]) -> str:
    """Return what a resource is called."""
    return text(resource.get("label"))


def _said(
    manifest: Mapping[str, Any], rules: Mapping[str, ColumnRule], seen: dict[str, str]
) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """Return what each field says, "" where nothing, and the metadata that are of no field."""
    mapped = {bare(label): name for name, rule in rules.items() for label in rule.columns}
    found: dict[str, list[str]] = {}
    extra: list[tuple[str, str]] = []
    for entry in dicts(manifest.get("metadata")):
        label, values = text(entry.get("label")), texts(entry.get("value"))
        key = bare(label)
        if len(seen) < SEEN:
            seen.setdefault(key, label)
        field = mapped.get(key) or iiif_labels.TABLE.get(key)
        if not values:
            continue
        if field and (key in mapped or field not in rules):
            found.setdefault(field, []).extend(values)
        else:
            extra.append((label or "note", "; ".join(values)))
    if summary := text(manifest.get("summary")) or text(manifest.get("description")):
        extra.append(("description", summary))
    if len(canvases := _canvases(manifest)) > 1:
        extra.append(("canvases", str(len(canvases))))
    said = {name: rules[name].fixed if name in rules else "" for name in FIELDS}
    return said | {name: joined(name, dict.fromkeys(values)) for name, values in found.items()}, tuple(extra)


def _free(licences: list[str], words: str, statement: str) -> bool | None:
    """Return whether anyone may show the picture: by the licence's address, or the words where that is none we know."""
    known = [address for address in licences if called(address) != address]
    return may_be_shown(*known) if known else may_be_shown(*licences, words, statement)


def _value(statement: Any) -> Any:
    return statement.get("value") if isinstance(statement, dict) else None


def _links(value: Any) -> Iterator[str]:
    """Yield the http(s) addresses of a value that may be one, an object with one, or a list of either."""
    for one in value[:SEEN] if isinstance(value, list) else [value]:
        link = address_of(one) if isinstance(one, dict) else one
        if isinstance(link, str) and WEB.fullmatch(link):
            yield link


def _pages(manifest: Mapping[str, Any]) -> Iterator[str]:
    """Yield the addresses of pages about the work."""
    for key in ("homepage", "related"):
        yield from _links(manifest.get(key))
    for link in dicts(manifest.get("rendering")):
        if link.get("format") == "text/html":
            yield from _links(link)


def _day(moment: Any) -> str:
    """Return the day of navDate; of the first of January the year, for that is how years are written there."""
    found = re.match(r"(-?\d{4,6})(-\d\d-\d\d)", moment) if isinstance(moment, str) else None
    return "" if found is None else found[1] + found[2].replace("-01-01", "")


def _canvases(manifest: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the canvases: of version 3 the items, of version 2 those of the first sequence."""
    if "items" in manifest:
        return dicts(manifest["items"], most=CANVASES)
    return next((dicts(one.get("canvases"), most=CANVASES) for one in dicts(manifest.get("sequences"))), [])


def _start(manifest: Mapping[str, Any]) -> str:
    """Return the id of the canvas that a manifest starts with, else ""."""
    start = manifest.get("start")
    if isinstance(start, dict):
        start = start.get("source") or start
    else:
        sequences = dicts(manifest.get("sequences"))
        start = manifest.get("startCanvas") or next((one.get("startCanvas") for one in sequences), None)
    return start if isinstance(start, str) else _id(start) if isinstance(start, dict) else ""


def _id(resource: Mapping[str, Any]) -> str:
    return next((resource[key] for key in ("id", "@id") if isinstance(resource.get(key), str)), "")


def _pictures(manifest: Mapping[str, Any], asked: SourceQuery) -> tuple[tuple[str, ...], str]:
    """Return the addresses of the work's picture, the best first, and where there are none, why."""
    canvases, start = _canvases(manifest), _start(manifest)
    path = "$.items" if "items" in manifest else "$.sequences[0].canvases"
    if not canvases:
        return (), f"no canvas in {path}"
    for canvas in sorted(canvases, key=lambda canvas: not start or _id(canvas) != start):  # stable: else in their order
        for image in _painted(canvas):
            if found := addresses(image, asked.width, asked.client):
                return found, ""
    for image in dicts(manifest.get("thumbnail")):
        if "service" in image and (found := addresses(image, asked.width, asked.client)):
            return found, ""
    return (), f"no image with an http(s) address in {path}[0] and {len(canvases) - 1} more"


def _painted(canvas: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the images that are painted on a canvas."""
    for annotation in dicts(canvas.get("images")):
        yield from _images(annotation.get("resource"), DEEPEST)
    for page in dicts(canvas.get("items")):
        for annotation in dicts(page.get("items")):
            if annotation.get("motivation", "painting") in ("painting", ["painting"]):
                yield from _images(annotation.get("body"), DEEPEST)


def _images(body: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield the images in the body of an annotation; of a choice those offered, the default first."""
    for one in dicts(body) if depth else ():
        told = one.get("type", one.get("@type"))
        name = told.lower() if isinstance(told, str) else ""
        if name.endswith("choice"):
            for key in ("default", "items", "item"):
                yield from _images(one.get(key), depth - 1)
        elif name.endswith("specificresource"):
            yield from _images(one.get("source") or one.get("full"), depth - 1)
        elif not name or name.endswith("image"):
            yield one
