"""Cosines as whole numbers, so that browser and Python reckon with the same ones.

code  uint16   (cosine + 1) * 32767.5, rounded
"""

import numpy as np
from numpy.typing import NDArray

SAME_COSINE = 0.95  # of what is compared: from here on two pictures are taken for the same one, or nearly


def encode(cosine: NDArray[np.float32]) -> NDArray[np.uint16]:
    """Return the codes of cosines; those of missing neighbors (-inf) mean nothing."""
    bounded = np.clip(cosine.astype(np.float64), -1.0, 1.0)
    return np.rint((bounded + 1.0) * 32767.5).astype(np.uint16)


SAME = int(encode(np.array([SAME_COSINE], np.float32))[0])
