"""The data that scripts fetch. Row i is collection.works[i]; nothing here but near/ and cards/ grows with the collection.

    data/collection.json   facets, values, cells and the first row of each, the scale of closeness, words
    data/cards/S.json      rows S * SHARD ..: [id, title, date, alternative text, [width, height, width, height]]
    data/near/ID.bin       one work's neighbors in one exact order, nearest first, ties by the lower row:
                             m little-endian uint16 rows (uint32 where a collection has more than 65,536 works),
                             m little-endian uint16 codes (closeness.py)

A cell's works are consecutive rows, so the cell of a row is found among the first rows of the cells. The first
k of the list that are in the chosen cells are the exact nearest k under a filter, since k of each cell are there.
"""

import json
from collections.abc import Sequence

import numpy as np

from generator.model import Collection, Derivative, Network
from generator.site import closeness
from generator.site.cards import ALT, TITLE, Cards
from generator.site.catalogue import shortened
from generator.site.closeness import Scale
from generator.site.nearby import Nearby

SHARD = 32
RESERVED = {"match", "a", "b"}  # words of the site's own in an address; a facet of that name gets a dash


def collection_json(cards: Cards, scale: Scale, *, k: int, network: Network) -> bytes:
    """Return all that a script must know of the collection as a whole."""
    collection, words = cards.collection, cards.words
    starts = np.searchsorted(collection.cell_of, np.arange(len(collection.cells) + 1)).tolist()
    facets = [
        {
            "param": f"{facet.name}-" if facet.name in RESERVED else facet.name, "name": cards.facet(number),
            "values": facet.values, "slugs": facet.slugs,
        }
        for number, facet in enumerate(collection.facets)
    ]  # fmt: skip
    return _json(
        {
            "works": len(collection.works), "k": k, "shard": SHARD, "rowBytes": row_type(collection).itemsize,
            "network": network.title, "facets": facets, "cells": collection.cells.tolist(), "starts": starts,
            "scale": scale.codes.tolist(), "limits": closeness.LIMITS, "same": closeness.SAME,
            "words": words.part("script.") | words.symbols(),
            "closeWords": [words(f"closeness.{name}") for name in closeness.NAMES], "nearlySame": words("closeness.same"),
        }
    )  # fmt: skip


def row_type(collection: Collection) -> np.dtype[np.unsignedinteger]:
    return np.dtype("<u2" if len(collection.works) <= 1 << 16 else "<u4")


def near_bytes(near: Nearby, collection: Collection) -> bytes:
    return near.rows.astype(row_type(collection)).tobytes() + near.codes.astype("<u2").tobytes()


def shard_json(cards: Cards, pictures: Sequence[Sequence[Derivative]], shard: int) -> bytes:
    """Return the cards of one shard."""
    rows = range(shard * SHARD, min((shard + 1) * SHARD, len(cards.collection.works)))
    works = cards.collection.works
    return _json(
        [
            [
                works[row].id, shortened(works[row].title, TITLE), shortened(cards.dates[row], 60), shortened(works[row].alt, ALT),
                [side for derivative in pictures[row] for side in (derivative.width, derivative.height)],
            ]
            for row in rows
        ]
    )  # fmt: skip


def shards(collection: Collection) -> range:
    return range(-(-len(collection.works) // SHARD))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
