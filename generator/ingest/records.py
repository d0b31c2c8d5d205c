"""What a source hands on of one work, in common words, before the vocabulary decides the values of its facets."""

from collections.abc import Mapping
from dataclasses import dataclass, field

WORDS = ("culture", "nationality", "geography", "period", "department", "classification", "object", "materials")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One work as its museum describes it; "" and None where it says nothing."""

    place: str  # where it was read, for the report: "MetObjects.csv:123", or an address
    source: str  # short name of the collection, with which its ids begin: "met"
    number: str  # what the source calls the work, unique within it: "436535"
    title: str
    creator: str = ""
    date: str = ""  # in the museum's words: "ca. 1570"
    begin: int | None = None  # first and last year in numbers, where the museum gives them; -550 is 550 BCE
    end: int | None = None
    words: Mapping[str, str] = field(default_factory=dict)  # the museum's own, by a name of WORDS; several with "|"
    pictures: tuple[str, ...] = ()  # addresses of the same picture, the one to take first
    free: bool | None = None  # may the picture be shown by anyone? None where the source does not say
    museum: str = ""
    accession_number: str = ""
    credit: str = ""
    rights: str = ""
    rights_basis: str = ""
    source_url: str = ""
    alt: str = ""  # a description of the picture
    extra: tuple[tuple[str, str], ...] = ()  # further columns and what they say


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """One record that does not become a work, and why."""

    place: str
    number: str
    title: str
    reason: str  # one of few, so that they can be counted: "not in the public domain"
    detail: str = ""  # what was found, and where it helps what to do
