"""Selectors: how an owner names works in overrides.csv and site.toml, by an id, by facet=value, or * for all."""

import difflib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generator.content.fields import shown
from generator.core.errors import Problem
from generator.core.model import Facet
from generator.core.works_table import bare

ALL = "*"


class Selectors:
    """Finds what is named among the works of a collection."""

    def __init__(self, ids: Sequence[str], facets: Sequence[Facet], labels: NDArray[np.int32]) -> None:
        self.rows = {identity: row for row, identity in enumerate(ids)}
        self.facets, self.labels = facets, labels

    def rows_of(self, text: str) -> NDArray[np.int32] | Problem:
        """Return the rows of the works that are named, or what is wrong."""
        if text == ALL:
            return np.arange(len(self.rows), dtype=np.int32)
        if "=" in text:
            value = self.value(text)
            return value if isinstance(value, Problem) else self._holding(*value)
        if text in self.rows:
            return np.array([self.rows[text]], np.int32)
        near = difflib.get_close_matches(text, self.rows, n=1, cutoff=0.6)
        fix = f"did you mean {near[0]}?" if near else "write the objectid of a work, or facet=value"
        found = f"{shown(text)}, not the objectid of any work"
        return Problem(found=found, expected="the objectid of a work in works.csv", fix=fix)

    def value(self, text: str) -> tuple[int, int] | Problem:
        """Return which facet and which of its values facet=value names, or what is wrong."""
        name, _, value = (part.strip() for part in text.partition("="))
        names = [facet.name for facet in self.facets]
        facet = next((place for place, other in enumerate(names) if bare(other) == bare(name)), None)
        if facet is None:
            found = f"{shown(name)}, not a facet"
            return Problem(found=found, expected=f"one of {', '.join(names)}", fix="correct it")
        values = self.facets[facet].values
        if value in values:
            return facet, values.index(value)
        folded = {other.casefold(): other for other in values}
        near = difflib.get_close_matches(value.casefold(), folded, n=1, cutoff=0.6)
        fix = f"did you mean {names[facet]}={folded[near[0]]}?" if near else "correct it, or remove it"
        return Problem(
            found=f"{shown(value)}, a value that no work has", expected=f"a value of {names[facet]}", fix=fix
        )

    def _holding(self, facet: int, value: int) -> NDArray[np.int32]:
        return np.flatnonzero(self.labels[:, facet] == value).astype(np.int32)
