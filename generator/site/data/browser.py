"""The data that scripts fetch. Row i is collection.works[i]; only near/, cards/ and ids/ grow with the collection,
and by a byte for each work the periods in collection.json.

    data/collection.json   facets, values, cells and the first row of each, the scale of closeness, words; where works are
                             dated, the periods, and for each row a sign: "0" without a year, "1" of the first period ...
    data/hidden.json       where anything is hidden: of each rule the works on both sides, as runs [first row, row after]
    data/ids/B.json        {id: row} of the works whose id falls into bucket B
    data/cards/S.json      rows S * SHARD ..: [id, title, date, alternative text, [width, height, width, height]],
                             and 1 where the picture is veiled
    data/near/ID.bin       one work's neighbors in one exact order, nearest first, ties by the lower row:
                             m little-endian uint16 rows (uint32 where a collection has more than 65,536 works),
                             m little-endian uint16 codes (closeness.py)

A cell's works are consecutive rows, so the cell of a row is found among the first rows of the cells. The first
k of the list that are in the chosen cells are the exact nearest k under a filter, since k of each cell are there.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generator.analysis import closeness
from generator.analysis.neighbors import Nearby
from generator.core.i18n import shortened
from generator.core.model import Collection, Derivative
from generator.site import urls
from generator.site.cards import ALT, TITLE, Cards
from generator.site.context import Context
from generator.site.data.search_filters import PERIOD, SearchFilters
from generator.site.render import compact_json

SHARD = 32
BUCKET = 128  # works of a bucket of ids, about
RESERVED = {
    "match",
    "a",
    "b",
    "at",
    "work",
    "trail",
    "from",
    "to",
    "new",
    "order",
}  # words of the site's own in an address; a facet of that name gets a dash


def write(context: Context) -> None:
    """Write the data that is not about one work."""
    printer, collection = context.printer, context.collection
    printer.write("data/collection.json", collection_json(context))
    if collection.hidden:
        printer.write(urls.HIDDEN, hidden_json(collection))
    for number, rows in enumerate(ids_json(collection)):
        printer.write(urls.ids(number), rows)
    for shard in shards(collection):
        printer.write(urls.cards(shard), shard_json(context.cards, context.assets.pictures, shard))


def collection_json(context: Context) -> bytes:
    """Return all that a script must know of the collection as a whole."""
    cards, collection, words = context.cards, context.collection, context.cards.words
    starts = np.searchsorted(collection.cell_of, np.arange(len(collection.cells) + 1)).tolist()
    facets = [
        {
            "param": f"{facet.name}-" if facet.name in RESERVED else facet.name,
            "name": cards.facet(number),
            "values": facet.values,
            "slugs": facet.slugs,
        }
        for number, facet in enumerate(collection.facets)
    ]
    return compact_json(
        {
            "works": len(collection.works),
            "k": context.findings.analogies.rows.shape[2],
            "shard": SHARD,
            "rowBytes": row_type(collection).itemsize,
            "network": context.findings.network.title,
            "facets": facets,
            "cells": collection.cells.tolist(),
            "starts": starts,
            "scale": context.neighborhood.scale.codes.tolist(),
            "limits": closeness.LIMITS,
            "same": closeness.SAME,
            "words": words.part("script."),
            "closeWords": [words(f"closeness.{name}") for name in closeness.NAMES],
            "nearlySame": words("closeness.same"),
            "buckets": buckets(collection),
            "hides": bool(collection.hidden),
            **_periods(context.filters),
        }
    )


def _periods(told: SearchFilters) -> dict[str, object]:
    """Return the filter by period and the sign of each row, where there is anything to choose."""
    if not told.dated:
        return {}
    slugs = [span.replace("–", "-").replace(" ", "").lower() for span in told.spans]
    signs = "".join(chr(ord("1") + place) for place in told.period_of)
    filter_ = {"param": PERIOD, "name": told.cards.words("work.period"), "values": told.spans, "slugs": slugs}
    return {"periods": filter_, "dated": signs}


def hidden_json(collection: Collection) -> bytes:
    """Return which works are not to be shown side by side."""
    return compact_json([[_runs(rule.one), _runs(rule.other)] for rule in collection.hidden])


def _runs(rows: NDArray[np.int32]) -> list[list[int]]:
    """Return ascending rows as runs of consecutive ones: few, as the works of a cell are."""
    rows = np.unique(rows)
    ends = np.flatnonzero(np.diff(rows, append=-1) != 1)
    starts = np.concatenate([[0], ends[:-1] + 1])[: len(ends)]
    runs: list[list[int]] = np.stack([rows[starts], rows[ends] + 1], axis=1).tolist()
    return runs


def buckets(collection: Collection) -> int:
    return -(-len(collection.works) // BUCKET)


def bucket(identity: str, count: int) -> int:
    """Return in which bucket an id is looked up, as collection.js reckons it too."""
    place = 0
    for sign in identity.encode():
        place = (place * 31 + sign) % 65_521
    return place % count


def ids_json(collection: Collection) -> list[bytes]:
    """Return the rows of the works by their ids, bucket by bucket."""
    count = buckets(collection)
    held: list[dict[str, int]] = [{} for _ in range(count)]
    for row, work in enumerate(collection.works):
        held[bucket(work.id, count)][work.id] = row
    return [compact_json(rows) for rows in held]


def row_type(collection: Collection) -> np.dtype[np.unsignedinteger]:
    return np.dtype("<u2" if len(collection.works) <= 1 << 16 else "<u4")


def near_bytes(near: Nearby, collection: Collection) -> bytes:
    return near.rows.astype(row_type(collection)).tobytes() + near.codes.astype("<u2").tobytes()


def shard_json(cards: Cards, pictures: Sequence[Sequence[Derivative]], shard: int) -> bytes:
    """Return the cards of one shard."""
    return compact_json(
        [
            _card(row, cards, pictures)
            for row in range(shard * SHARD, min((shard + 1) * SHARD, len(cards.collection.works)))
        ]
    )


def listed_json(cards: Cards, pictures: Sequence[Sequence[Derivative]], rows: Sequence[int]) -> bytes:
    """Return the cards of any works, each after its row."""
    return compact_json([[row, *_card(row, cards, pictures)] for row in rows])


def _card(row: int, cards: Cards, pictures: Sequence[Sequence[Derivative]]) -> list[object]:
    work = cards.collection.works[row]
    return [
        work.id,
        shortened(work.title, TITLE),
        shortened(cards.dates[row]),
        shortened(work.alt, ALT),
        [side for derivative in pictures[row] for side in (derivative.width, derivative.height)],
        *[1] * (row in cards.veiled),
    ]


def shards(collection: Collection) -> range:
    return range(-(-len(collection.works) // SHARD))
