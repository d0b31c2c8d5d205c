"""Ranked lists of pairs: each other's closest, and the widest leaps in time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.core.findings import Pairs
from generator.site import urls
from generator.site.pages.connections.pair_items import PairItems

Siblings = Sequence[tuple[str, str]]  # label and address of lists that a visitor may go over to


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list of pairs, in pages."""

    title: str
    note: str
    label: str  # what sets it apart from its siblings
    facet: str  # in which the two works of a pair differ
    parts: tuple[str, ...]  # of its address
    pairs: Pairs

    def sibling(self) -> tuple[str, str]:
        return self.label, urls.connected(*self.parts)


def mutual(pair_items: PairItems) -> Iterator[Listing]:
    """Yield the lists of works that are each other's closest: different in every facet, and in each."""
    whole, words = pair_items.context.findings.overview, pair_items.cards.words
    names = [pair_items.cards.facet(across.facet) for across in whole.facets]
    if whole.mutual:
        every = words.listed(names)
        yield _mutual(words("connections.every", facets=every), every, ("each-other",), whole.mutual, pair_items)
    for name, across in zip(names, whole.facets, strict=True):
        if across.mutual:
            parts = ("each-other", pair_items.context.collection.facets[across.facet].name)
            yield _mutual(name, name, parts, across.mutual, pair_items)


def _mutual(label: str, facet: str, parts: tuple[str, ...], pairs: Pairs, pair_items: PairItems) -> Listing:
    title, note = (
        pair_items.cards.words("connections.mutual"),
        pair_items.cards.words("connections.mutual_note", facet=facet),
    )
    return Listing(title=title, note=note, label=label, facet=facet, parts=parts, pairs=pairs)


def leaps(pair_items: PairItems) -> Iterator[Listing]:
    """Yield the list of leaps in time, where there are any."""
    if found := pair_items.context.findings.overview.leaps:
        title, note = pair_items.cards.words("connections.leaps"), pair_items.cards.words("connections.leaps_note")
        yield Listing(title=title, note=note, label=title, facet="", parts=("widest-leaps",), pairs=found)


def write(listing: Listing, pair_items: PairItems, siblings: Siblings) -> None:
    """Write the pages of a list."""
    pair_items.write(
        listing.parts,
        "pair-list.html",
        [pair_items.draw(pair) for pair in listing.pairs],
        siblings=siblings,
        facet=listing.facet,
        title=listing.title,
        note=listing.note,
        total=len(listing.pairs),
    )
