"""Real pictures of all motifs, generated ones without rings, and a stand-in for a network, which sees the motifs."""

import re

import numpy as np
import pytest
from click.testing import CliRunner, Result

from generator.cli.blindspots import blindspots_command
from generator.evaluation import blindspots
from support.making import MOTIFS, draw

SMALL = ["--smallest", "8", "--permutations", "99", "--jobs", "1"]


def see_motifs(patch: pytest.MonkeyPatch, cache) -> None:
    """In place of a network put one that sees motifs and little else; and a cache of its own."""

    def vectors_of(pictures, network, **_):
        random = np.random.default_rng(0)
        which = [int(re.search(r"(\d+)$", picture.path.stem)[1]) % 4 for picture in pictures]
        found = 5 * np.eye(4)[which] + random.standard_normal((len(pictures), 4))
        return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)

    patch.setattr(blindspots.embedding, "vectors_of", vectors_of)
    patch.setenv("TESSERAE_CACHE", str(cache))


def draw_folders(root):
    """Draw real pictures of all motifs, and generated ones without rings; return both folders."""
    for folder, numbers in (("real", range(80)), ("made", [i for i in range(80, 176) if MOTIFS[i % 4] != "rings"])):
        (root / folder / "below").mkdir(parents=True)
        for i in numbers:
            draw(i, (24, 18)).save(root / folder / ("below" if i % 3 else ".") / f"p{i:03}.png")
    return root / "real", root / "made"


def run(*words: object) -> Result:
    return CliRunner().invoke(blindspots_command, [*map(str, words), *SMALL])
