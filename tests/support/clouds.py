"""Points and labels as hypothesis draws them: easy ones and nasty ones."""

import numpy as np
from hypothesis import strategies as st

KINDS = ["random", "unit", "clusters", "grid", "duplicates", "close", "equal", "zero", "tiny", "huge"]


@st.composite
def clouds(draw):
    """Points float32 (n, d) and labels 0 .. 7: of one of KINDS."""
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    n, d = draw(st.integers(0, 40)), draw(st.sampled_from([1, 2, 3, 17, 64]))
    points = random.normal(size=(n, d))
    match draw(st.sampled_from(KINDS)):
        case "unit":
            points /= np.linalg.norm(points, axis=1, keepdims=True)
        case "clusters":
            points = points[random.integers(0, 3, n) % max(n, 1)] + 1e-3 * points
        case "grid":
            points = np.round(points)
        case "duplicates":
            points = points[random.integers(0, 4, n) % max(n, 1)]
        case "close":
            points = points[:1] * (1 + 2.0**-23 * random.integers(-2, 3, (n, d)))
        case "equal":
            points = points[np.zeros(n, int)]
        case "zero":
            points = points * (random.random((n, 1)) < 0.3)
        case "tiny":
            points = points * 2.0 ** random.integers(-149, -60, (n, 1))
        case "huge":
            points = points * 2.0 ** random.integers(0, 45, (n, 1))
    labels = random.integers(0, draw(st.integers(1, 8)), n)
    return points.astype(np.float32), labels.astype(np.int32)
