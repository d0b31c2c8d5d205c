"""One engine that is asked question after question: its times, its answer, and why it was given up."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from generator.evaluation.speed.comparison import Lists
from generator.evaluation.speed.peers.engine import Engine
from generator.evaluation.speed.records import REFERENCE, SAME, Measurement


@dataclass(slots=True)
class EngineRun:
    """How one engine fared so far."""

    engine: Engine
    seconds: list[float] = field(default_factory=list)  # of every run that counts
    predicted: float | None = None
    answer: str = ""
    note: str = ""  # why it was given up; nothing is asked of it from then on

    def attempt(self, task: Callable[..., None], *given: Any) -> None:
        """Do task(self, *given) unless the engine was given up; what its library raises is why it is."""
        if self.note:
            return
        try:
            task(self, *given)
        except Exception as error:  # whatever a library raises is said in the report
            lines = str(error).splitlines() or [""]
            self.note = f"failed: {type(error).__name__}: {lines[0]}"

    def judge(self, lists: Lists, reference: list[Lists], differs: Callable[[Lists, Lists], str]) -> None:
        """Note how the engine's lists differ from the reference, which is the first engine's."""
        if self.engine.reference:
            reference.append(lists)
            self.answer = REFERENCE
        elif reference:
            self.answer = differs(reference[0], lists) or SAME

    def measured(self, blank: Measurement, of: int = 1) -> Measurement:
        """Return what is reported: quartiles of the runs, each of which answered so many queries."""
        found = replace(blank, engine=self.engine.name, answer=self.answer, note=self.note)
        if self.note or not self.seconds:
            return replace(found, predicted=self.predicted)
        low, median, high = (np.quantile(self.seconds, [0.25, 0.5, 0.75]) / of).tolist()
        return replace(found, seconds=median, low=low, high=high, runs=len(self.seconds))
