"""Points and labels: easy ones and nasty ones, drawn by hypothesis; and one cloud that is always the same."""

import hashlib

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


def hostile():
    """Points with duplicates, near-ties and rows of other lengths; and cells, one larger than a block."""
    random = np.random.default_rng(3)
    points = random.normal(size=(900, 70)).astype(np.float32)
    points[300:600] = points[:300] * random.choice(np.array([1, 1 + 2**-23, 1 - 2**-24, 0.5], np.float32), (300, 1))
    points[600:620] = 0
    return points, np.minimum(random.geometric(0.3, 900) - 1, 7).astype(np.int32)


def digest(answer):
    return hashlib.sha256(answer.rows.tobytes() + answer.similarity.tobytes()).hexdigest()
