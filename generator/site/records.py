"""What is known of a work, as rows of a table: the record on its own page, and two records side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.core.i18n import titled
from generator.core.model import Collection
from generator.site.cards import Cards

KNOWN = ("museum", "accession_number", "credit", "rights", "rights_basis")
UNTOLD = ("credit", "rights", "rights_basis", "source")  # that two works share these says nothing of them
LONGEST = 60  # characters of what two works are said to share


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One row of a record."""

    label: str
    text: str
    link: str = ""  # within the site, from its root
    outside: str = ""  # an address elsewhere, http(s)


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of two records side by side."""

    label: str
    one: str
    other: str

    @property
    def shared(self) -> bool:
        return bool(self.one) and self.one == self.other


def record(row: int, cards: Cards) -> list[RecordLine]:
    """Return all that the record says, the title apart."""
    collection, words = cards.collection, cards.words
    work = collection.works[row]
    entries = [RecordLine(words("fields.creator"), work.creator), RecordLine(words("fields.date"), cards.dates[row])]
    facets = {facet.name for facet in collection.facets}
    for facet, value in enumerate(collection.labels[row].tolist()):
        if collection.facets[facet].name not in ("creator", "date"):
            link = cards.places.value(facet, value)
            entries.append(RecordLine(titled(cards.facet(facet)), cards.values[row][facet], link))
    for name, text in work.extra:
        label = titled(name.replace("_", " "))
        entries.append(RecordLine(words("fields.recorded", name=label) if name.lower() in facets else label, text))
    entries += [RecordLine(words(f"fields.{name}"), getattr(work, name)) for name in KNOWN if name not in facets]
    if work.source_url.startswith(("http://", "https://")):
        entries.append(RecordLine(words("fields.source"), _host(work.source_url), outside=work.source_url))
    return [entry for entry in entries if entry.text]


def compare(one: int, other: int, cards: Cards) -> list[Fact]:
    """Return both records side by side, in the order of the first; what neither has is left out."""
    left, right = ({entry.label: entry.text for entry in record(row, cards)} for row in (one, other))
    return [
        Fact(label, left.get(label, ""), right.get(label, ""))
        for label in (*left, *(label for label in right if label not in left))
    ]


def untold(cards: Cards) -> frozenset[str]:
    """Return the labels of what is not told as common to two works: legal matters, and a museum that keeps all of them."""
    one_museum = len({work.museum for work in cards.collection.works}) == 1
    return frozenset(cards.words(f"fields.{name}") for name in (*UNTOLD, *["museum"] * one_museum))


def shared(facts: Sequence[Fact], untold: frozenset[str]) -> list[str]:
    """Return what two records have in common, in few words."""
    told = (fact.one for fact in facts if fact.shared and fact.label not in untold and len(fact.one) <= LONGEST)
    return list(dict.fromkeys(told))


def apart(one: int, other: int, cards: Cards) -> list[str]:
    """Return what separates two works: the values of each facet in which they differ, and the years."""
    pairs = zip(cards.values[one], cards.values[other], strict=True)
    told = [cards.words("pair.script.against", one=left, other=right) for left, right in pairs if left != right]
    years = years_between(one, other, cards.collection)
    return [*told, cards.words.count("count.years", years)] if years else told


def years_between(one: int, other: int, collection: Collection) -> int | None:
    """Return how many years lie between two works; there is no year 0."""
    years = [collection.works[row].year for row in (one, other)]
    if None in years:
        return None
    first, last = sorted(year + (year < 0) for year in years if year is not None)
    return last - first


def _host(address: str) -> str:
    return address.split("/")[2].removeprefix("www.")
