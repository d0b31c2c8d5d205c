"""How an owner names works in overrides.csv and in the notes of site.toml: by an id, by facet=value, or * for all."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.content.fields import shown
from generator.content.table import bare
from generator.core.model import Facet

ALL = "*"


@dataclass(frozen=True, slots=True)
class Wrong:
    """What cannot be meant: as a fault says it."""

    found: str
    expected: str
    fix: str


class Selectors:
    """Finds what is named among the works of a collection."""

    def __init__(self, ids: Sequence[str], facets: Sequence[Facet], labels: NDArray[np.int32]) -> None:
        self.rows = {identity: row for row, identity in enumerate(ids)}
        self.facets, self.labels = facets, labels

    def rows_of(self, text: str) -> NDArray[np.int32] | Wrong:
        """Return the rows of the works that are named, or what is wrong."""
        if text == ALL:
            return np.arange(len(self.rows), dtype=np.int32)
        if "=" in text:
            found = self.value(text)
            return found if isinstance(found, Wrong) else self._holding(*found)
        if text in self.rows:
            return np.array([self.rows[text]], np.int32)
        near = difflib.get_close_matches(text, self.rows, n=1, cutoff=0.6)
        fix = f"did you mean {near[0]}?" if near else "write the objectid of a work, or facet=value"
        return Wrong(f"{shown(text)}, not the objectid of any work", "the objectid of a work in works.csv", fix)

    def value(self, text: str) -> tuple[int, int] | Wrong:
        """Return which facet and which of its values facet=value names, or what is wrong."""
        name, _, value = (part.strip() for part in text.partition("="))
        names = [facet.name for facet in self.facets]
        facet = next((place for place, other in enumerate(names) if bare(other) == bare(name)), None)
        if facet is None:
            return Wrong(f"{shown(name)}, not a facet", f"one of {', '.join(names)}", "correct it")
        values = self.facets[facet].values
        if value in values:
            return facet, values.index(value)
        folded = {other.casefold(): other for other in values}
        near = difflib.get_close_matches(value.casefold(), folded, n=1, cutoff=0.6)
        fix = f"did you mean {names[facet]}={folded[near[0]]}?" if near else "correct it, or remove it"
        return Wrong(f"{shown(value)}, a value that no work has", f"a value of {names[facet]}", fix)

    def _holding(self, facet: int, value: int) -> NDArray[np.int32]:
        return np.flatnonzero(self.labels[:, facet] == value).astype(np.int32)
