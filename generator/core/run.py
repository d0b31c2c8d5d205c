"""What a stage works with: where artefacts are kept, how many processes may work, and who is told how far it is."""

from dataclasses import dataclass

from generator.core.model import Progress
from generator.core.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the stages."""

    store: Store
    progress: Progress
    jobs: int = 1
