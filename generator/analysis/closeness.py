"""How close two pictures are, in whole numbers and in words: the one place that decides what "close" is called.

A cosine is stored as a whole number 0 .. 65535 (its *code*), and judged by its *rank*: how many thousandths of
random pairs of this collection are less alike. Browser and Python compute both from the same codes, so they
use the same words. The limits are ranks, so they mean the same with any network and any collection.

    code  uint16   (cosine + 1) * 32767.5, rounded
    rank  int      0 .. 999; 998: closer than 99.8 % of random pairs
    level int      0 .. 4, index into NAMES
"""

import numpy as np
from numpy.typing import NDArray

from generator.core.findings import Analogies

SAME_COSINE = 0.95  # of what is compared: from here on two pictures are taken for the same one, or nearly


def encode(cosine: NDArray[np.float32]) -> NDArray[np.uint16]:
    """Return the codes of cosines; those of missing neighbors (-inf) mean nothing."""
    bounded = np.clip(cosine.astype(np.float64), -1.0, 1.0)
    return np.rint((bounded + 1.0) * 32767.5).astype(np.uint16)


NAMES = ("striking", "close", "related", "distant", "nothing")  # keys of the catalogue of strings
LIMITS = (998, 990, 950, 850)  # the least rank of each level but the last
CLOSE, RELATED, DISTANT = 1, 2, 3  # levels; beyond DISTANT, pages say that nothing is close
SAME = int(encode(np.array([SAME_COSINE], np.float32))[0])  # the code of SAME_COSINE


class Scale:
    """Codes -> ranks and levels of one collection."""

    def __init__(self, analogies: Analogies) -> None:
        self.codes = encode(analogies.scale)

    def ranks(self, codes: NDArray[np.uint16]) -> NDArray[np.int64]:
        """Return the number of quantiles below each code, 0 .. 999: the thousandths of random pairs less alike."""
        return np.clip(np.searchsorted(self.codes, codes, side="left") - 1, 0, 999)

    def levels(self, ranks: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.searchsorted(-np.array(LIMITS), -ranks, side="left")
