import numpy as np

from generator.analysis import agreement
from generator.core.findings import Analogies
from generator.core.model import Collection, Facet, Picture, Work


def work(number, truth):
    picture = Picture(path=None, digest=str(number), width=1, height=1)
    words = dict.fromkeys(("title", "alt", "creator", "date", "museum", "accession_number", "credit", "rights"), "")
    extra = (("motif", truth),) if truth else ()
    return Work(id=f"w{number}", picture=picture, year=None, rights_basis="", source_url="", extra=extra, **words)


def collection(truths, labels):
    labels = np.array(labels, np.int32)[:, None]
    cells = np.unique(labels, axis=0).astype(np.int32)
    names = tuple(f"v{value}" for value in range(len(cells)))
    return Collection(
        facets=(Facet(name="place", values=names, slugs=names),),
        works=tuple(work(i, truth) for i, truth in enumerate(truths)),
        labels=labels,
        cells=cells,
        cell_of=labels[:, 0].copy(),
        digest="",
    )


def nearest(rows):
    rows = np.array(rows, np.int32)[:, :, None]
    similarity = np.where(rows < 0, -np.inf, 0.5).astype(np.float32)
    return Analogies(rows=rows, similarity=similarity, scale=np.zeros(1001, np.float32))


def test_accuracy_counts_each_other_value_that_holds_the_same_truth():
    # Two places; works 0, 1 in place 0 and 2, 3 in place 1. Work 0 finds its star, work 1 misses its knot.
    works = collection(["star", "knot", "star", "knot"], [0, 0, 1, 1])
    found = nearest([[1, 2], [0, 2], [0, 3], [1, 2]])

    (only,) = agreement.measure(works, found, "motif")

    assert (only.facet, only.guesses) == ("place", 4)
    assert only.right == 0.75  # works 0, 2 and 3
    assert only.chance == 0.5


def test_a_truth_that_no_other_value_holds_asks_no_question():
    works = collection(["star", "knot"], [0, 1])

    assert agreement.measure(works, nearest([[-1, 1], [0, -1]]), "motif") == ()


def test_works_without_a_truth_match_nothing():
    works = collection(["", "star", "", "star"], [0, 0, 1, 1])
    (only,) = agreement.measure(works, nearest([[1, 2], [0, 2], [0, 3], [0, 2]]), "motif")

    assert only.guesses == 2
    assert only.right == 0.0
