"""Downsampling: pictures -> coarse copies, for a comparison that sees what is shown and not how finely it was made."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from generator import images
from generator.core import workers
from generator.core.model import Picture, Progress
from generator.core.store import Store, key
from generator.images import RECIPE


def coarse(
    pictures: Sequence[Picture], longest: int, *, store: Store, jobs: int, progress: Progress
) -> tuple[Picture, ...]:
    """Return the pictures with at most so many pixels on their longer side, as files in the store."""
    tasks = [
        (picture.path, longest, store.path("coarse", key(picture.digest, longest, RECIPE), ".png"), store)
        for picture in pictures
    ]
    found = []
    with progress.stage("Reducing pictures", len(tasks)) as step:
        for picture in workers.run(_reduced, tasks, jobs=jobs):
            found.append(picture)
            step.advance()
    return tuple(found)


def _reduced(task: tuple[Path, int, Path, Store]) -> Picture:
    path, longest, kept, store = task
    if not kept.is_file():
        with store.writing(kept) as temporary:
            images.open_rgb(path, longest=longest).save(temporary, "PNG")
    with images.open_rgb(kept) as picture:
        width, height = picture.size
    return Picture(path=kept, digest=sha256(kept.read_bytes()).hexdigest(), width=width, height=height)
