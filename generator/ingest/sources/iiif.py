"""IIIF's Presentation API 2 and 3: manifests and collections of them, from files and addresses -> Records.

A manifest is one work; its picture is that of the canvas it starts with, else of the first canvas that has one. A
collection is read one manifest after the other, and the collections in it, each once. Metadata are told by their
labels (iiif_labels), or by --map field="Label"; others are kept. A picture is free where the manifest's licence or its
words say so (core.rights). Ids begin with the host's name, unless `source` is mapped. Tried on manifests written after
the documents of the API, not on a live server.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.core.errors import FetchError, IngestError
from generator.core.works_table import bare
from generator.ingest.sources.base import LeftOut, Record, Source, SourceQuery
from generator.ingest.sources.column_mapping import ColumnRule, listed, read_mapping
from generator.ingest.sources.iiif_image import WEB, address_of, dicts
from generator.ingest.sources.iiif_manifest import label_of, number_of, record
from generator.ingest.sources.museum import only
from generator.ingest.sources.readers import broken

DEEPEST = 20  # collections within collections
MOST = 1_000_000  # resources that are asked for
LARGEST = 64_000_000  # bytes of a file
HOLDS = ("sequences", "items", "members", "manifests", "collections", "first")  # keys of a resource that is whole

Found = Iterator[Record | LeftOut]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walk:
    """What is needed, and known so far, while manifests are read."""

    asked: SourceQuery
    rules: Mapping[str, ColumnRule]
    met: set[str] = field(default_factory=set)  # addresses that were read
    labels: dict[str, str] = field(default_factory=dict)  # that were seen, by their bare forms


class Iiif(Source):
    """Manifests and collections of IIIF."""

    name = "iiif"
    about = "IIIF manifests and collections (Presentation API 2 and 3): files, folders or addresses"

    def records(self, asked: SourceQuery) -> Found:
        """Yield a record for every manifest, or why it is none. Raises IngestError."""
        if not asked.inputs:
            raise IngestError(f"{self.name}: no input. It reads {self.about}. Fix: give a file or an address")
        found = _all(_Walk(asked=asked, rules=read_mapping(asked.columns)))
        return only(found, asked.ids) if asked.ids else found


IIIF = Iiif()


def kind(resource: Any) -> str:
    """Return "Manifest" or "Collection", and "" for what is neither."""
    if not isinstance(resource, dict):
        return ""
    told = resource.get("type", resource.get("@type"))
    name = told.rpartition(":")[2] if isinstance(told, str) else ""
    return name if name in ("Manifest", "Collection") else ""


def _all(walk: _Walk) -> Found:
    for given in walk.asked.inputs:
        for place, resource in _opened(given, walk):
            if not kind(resource):
                raise broken(place, _told(resource), "a IIIF manifest or collection", "check what the address returns")
            walk.met.add(address_of(resource) or place)
            yield from _resource(resource, place, walk, 0)
    yield from _unused(walk)


def _opened(given: str, walk: _Walk) -> Iterator[tuple[str, Any]]:
    """Yield the JSON of an address, of a file, or of every .json in a folder, with its place. Raises IngestError."""
    if WEB.match(given):
        if walk.asked.client is None:
            raise broken(given, "an address", "a file, because downloads are off", "download it first")
        walk.met.add(given)
        yield given, walk.asked.client.json(given)
        return
    path = Path(given)
    for file in sorted(path.rglob("*.json")) if path.is_dir() else [path]:
        yield file.name, _read(file)


def _read(path: Path) -> Any:
    """Return the JSON of a file. Raises IngestError."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise broken(path.name, "a file too large for a manifest", f"at most {LARGEST:,} bytes", "split it")
        return json.loads(content.decode("utf-8-sig"))
    except OSError as error:
        raise broken(
            path.name, f"a file that cannot be opened ({error.strerror})", "a manifest", "check its name"
        ) from error
    except (ValueError, RecursionError) as error:
        found = f"text that is not JSON ({str(error)[:80]})"
        raise broken(path.name, found, "a IIIF manifest or collection", "download it again") from error


def _told(resource: Any) -> str:
    """Return what stands where a manifest should."""
    if not isinstance(resource, dict):
        return f"a JSON {type(resource).__name__}"
    told = resource.get("type", resource.get("@type"))
    return f'JSON with $.type "{told[:60]}"' if isinstance(told, str) else "JSON without $.type or $.@type"


def _resource(resource: dict[str, Any], place: str, walk: _Walk, depth: int) -> Found:
    """Yield the works of a manifest or collection."""
    if kind(resource) == "Manifest":
        yield record(resource, place, walk.asked, walk.rules, walk.labels)
    elif depth >= DEEPEST:
        yield _left_out(resource, place, "nested too deeply", f"inside {DEEPEST} other collections")
    else:
        yield from _collection(resource, place, walk, depth)


def _collection(collection: dict[str, Any], place: str, walk: _Walk, depth: int) -> Found:
    """Yield the works of a collection, page after page where it has pages."""
    page: Any = collection
    while isinstance(page, dict):
        for path, member in _members(page):
            yield from _member(member, f"{place} {path}", walk, depth)
        link = page.get("first") if page is collection and not any(_members(page)) else page.get("next")
        if not link:
            return
        page = _fetched(link if isinstance(link, dict) else {"id": link}, place, walk)
        if isinstance(page, LeftOut):
            yield page


def _members(collection: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what a collection names, each with its path in the JSON."""
    keys = [key for key in ("items", "members") if collection.get(key)][:1] or ["collections", "manifests"]
    for key in keys:
        for number, member in enumerate(dicts(collection.get(key), most=MOST)):
            yield f"$.{key}[{number}]", member


def _member(member: dict[str, Any], place: str, walk: _Walk, depth: int) -> Found:
    """Yield the works of what a collection names; it is asked for where it is not there in full."""
    if not kind(member):
        yield _left_out(member, place, "not a manifest", _told(member))
        return
    whole = member if any(member.get(key) for key in HOLDS) else _fetched(member, place, walk)
    if isinstance(whole, LeftOut):
        yield whole
    elif kind(whole):
        walk.met.add(address_of(whole))
        yield from _resource(whole, address_of(member) or place, walk, depth + 1)
    else:
        yield _left_out(member, place, "not a manifest", _told(whole))


def _fetched(member: dict[str, Any], place: str, walk: _Walk) -> Any:
    """Return what an address holds; why it was not asked for, or could not be had."""
    address = address_of(member)
    if not address:
        return _left_out(member, place, "no address", "a manifest needs an http(s) address as its id")
    if address in walk.met:
        return _left_out(member, address, "listed more than once", "only the first is read")
    if walk.asked.client is None:
        return _left_out(member, address, "not downloaded", "downloads are off")
    if len(walk.met) >= MOST:
        return _left_out(member, address, "too many manifests", f"{MOST:,} were read before it")
    walk.met.add(address)
    try:
        return walk.asked.client.json(address)
    except FetchError as error:
        return _left_out(member, address, f"the manifest could not be downloaded: {error.reason}", error.detail)


def _left_out(resource: dict[str, Any], place: str, reason: str, detail: str) -> LeftOut:
    number = number_of(address_of(resource))
    return LeftOut(place=place, number=number, title=label_of(resource), reason=reason, detail=detail)


def _unused(walk: _Walk) -> Iterator[LeftOut]:
    """Yield a note for each label of the user's that no manifest has."""
    for name, rule in walk.rules.items():
        for label in rule.columns:
            if bare(label) not in walk.labels:
                detail = f'{name}="{label[:60]}"; the labels are {listed(walk.labels.values())}'
                yield LeftOut(place="--map", number="", title="", reason="a label that no manifest has", detail=detail)
