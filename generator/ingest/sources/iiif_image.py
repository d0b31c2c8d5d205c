"""IIIF's Image API 1, 2 and 3: a picture of a manifest -> addresses at which it is had in about the size wanted.

A server of level 2 fits the picture into a box, one of level 1 scales it to a width, one of level 0 has the sizes it
lists and no other. What the manifest does not say of the server is asked of it (info.json), if there is a client.
The address that the manifest itself gives for the picture is the last resort. Tried on answers written after the
documents of the API, not on a live server.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.core.errors import FetchError
from generator.ingest.sources.base import Web

WEB = re.compile(r"https?://[^\s<>\"\\]+", re.IGNORECASE)
VERSION = re.compile(
    r"ImageService([123])|/image/([123])\b|image-api/(1)\.|/image-api/compliance|/image/level", re.IGNORECASE
)
LEVEL = re.compile(r"level([012])\b", re.IGNORECASE)
LARGEST = 10_000_000  # pixels of a side; a larger number is no size
MOST = 1000  # sizes or services that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageService:
    """What is known of a picture's image service; 0 and None where nothing is."""

    id: str
    version: int = 2
    level: int | None = None
    width: int = 0
    height: int = 0
    sizes: tuple[tuple[int, int], ...] = ()
    most_width: int = 0
    most_height: int = 0
    most_area: int = 0


def addresses(picture: Mapping[str, Any], width: int, client: Web | None) -> tuple[str, ...]:
    """Return addresses of a content resource of a manifest, the best first; none where it has none."""
    own = address_of(picture)
    service = _service(picture)
    if service is None:
        return (own,) if own else ()
    server = _server([picture, service], address_of(service))
    if client and (server.level is None or not (server.sizes if server.level == 0 else server.width)):
        info = _asked(server.id, client)
        server = _server([picture, service, info], server.id)
    quality = "native" if server.version == 1 else "default"
    scaled = (f"{server.id}/full/{size}/0/{quality}.jpg" for size in _sizes(server, width, own))
    return tuple(dict.fromkeys([*scaled, own] if own else scaled))


def address_of(resource: Mapping[str, Any]) -> str:
    """Return the http(s) address by which a resource is known, else ""."""
    found = next((resource[key] for key in ("id", "@id") if isinstance(resource.get(key), str)), "")
    return found if WEB.fullmatch(found) else ""


def dicts(value: Any, *, most: int = MOST) -> list[dict[str, Any]]:
    """Return the objects among the first members of a list, or the one that stands where a list may be."""
    members = value[:most] if isinstance(value, list) else [value]
    return [member for member in members if isinstance(member, dict)]


def _service(picture: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the newest image service of a picture; those for signing in and searching are passed over."""
    found = [
        one
        for one in dicts(picture.get("service"))
        if address_of(one) and (VERSION.search(_about(one)) or not _named(one))
    ]
    return max(found, key=_version, default=None)


def _named(service: Mapping[str, Any]) -> bool:
    """True where a service says what it is."""
    return bool(service.get("type") or service.get("@type") or service.get("@context") or service.get("profile"))


def _about(service: Mapping[str, Any]) -> str:
    """Return all that tells what kind of service it is, and of which version and level."""
    told = [service.get(key) for key in ("type", "@type", "@context", "profile")]
    parts = (part for value in told for part in (value[:MOST] if isinstance(value, list) else [value]))
    return " ".join(part for part in parts if isinstance(part, str))


def _version(service: Mapping[str, Any]) -> int:
    found = VERSION.search(_about(service))
    if found is None:
        return 2
    return int(next(filter(None, found.groups()), "1"))


def _asked(id: str, client: Web) -> dict[str, Any]:
    """Return what the server says of the picture; nothing where it does not answer."""
    try:
        info = client.json(f"{id}/info.json")
    except FetchError:
        return {}
    return info if isinstance(info, dict) else {}


def _server(told: list[Mapping[str, Any]], id: str) -> ImageService:
    """Return what resource, service and info.json say together; the last one that says something counts."""
    about = " ".join(map(_about, told[1:]))
    levels = LEVEL.findall(about)
    details = [limit for one in told[1:] for limit in (*dicts(one.get("profile")), one)]
    width, height = _last(told, "width"), _last(told, "height")
    most_width, most_height = _last(details, "maxWidth"), _last(details, "maxHeight")
    return ImageService(
        id=re.sub(r"/(?:info\.json)?$", "", id),
        version=max(map(_version, told[1:])) if VERSION.search(about) else 2,
        level=int(levels[-1]) if levels else None,
        width=width if height else 0,
        height=height if width else 0,
        sizes=tuple(
            sorted(size for one in dicts(told[-1].get("sizes") or told[1].get("sizes")) for size in _size(one))
        ),
        most_width=most_width,
        most_height=most_height or most_width,
        most_area=_last(details, "maxArea"),
    )


def _last(told: list[Mapping[str, Any]], key: str) -> int:
    return next((found for one in reversed(told) if (found := _pixels(one.get(key)))), 0)


def _size(one: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    width, height = _pixels(one.get("width")), _pixels(one.get("height"))
    if width and height:
        yield width, height


def _pixels(value: Any) -> int:
    """Return a count of pixels; 0 for what is none."""
    good = isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value <= LARGEST * LARGEST
    return int(value) if good else 0


def _sizes(server: ImageService, wanted: int, own: str) -> Iterator[str]:
    """Yield how the size is said to the server, the best first."""
    if server.level == 0:
        yield from _listed(server, wanted)
        if not server.sizes and not own:
            yield "max" if server.version == 3 else "full"
        return
    scale = _scale(server, wanted)
    box = max(1, int(max(server.width, server.height) * scale)) if server.width else _narrowest(server, wanted)
    by_width = [f"{max(1, int(server.width * scale))},"] if server.width else []
    boxed = [f"!{box},{box}"]
    yield from (boxed + by_width if server.level == 2 else by_width + boxed)


def _listed(server: ImageService, wanted: int) -> Iterator[str]:
    """Yield the smallest size that is large enough, else the largest; version 2 wrote it as a width alone."""
    if server.sizes:
        enough = (size for size in server.sizes if max(size) >= wanted)
        width, height = next(enough, server.sizes[-1])
        forms = (f"{width},{height}", f"{width},")
        yield from forms if server.version == 3 else reversed(forms)


def _scale(server: ImageService, wanted: int) -> float:
    """Return by how much the picture shrinks: to what is wanted, within the server's limits, never growing."""
    if not server.width:
        return 1.0
    limits = [
        1.0,
        wanted / max(server.width, server.height),
        server.most_width / server.width,
        server.most_height / server.height,
        math.sqrt(server.most_area / (server.width * server.height)),
    ]
    return min(limit for limit in limits if limit)


def _narrowest(server: ImageService, wanted: int) -> int:
    """Return the side of the box where nothing is known of the picture's shape."""
    return min(side for side in (wanted, server.most_width, server.most_height, math.isqrt(server.most_area)) if side)
