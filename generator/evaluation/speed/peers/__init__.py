"""Who searches: ours and every exact peer, each written as its users would write it. One module a library.

engine         what an engine is, and what engines share
ours           condtree
with_numpy     BLAS products and argpartition
with_faiss     flat indexes                       [faiss]
with_sklearn   brute force and ball tree          [sklearn]
with_usearch   exact search                       [usearch]
with_torch     products and topk on the CPU       [torch]
"""

from generator.evaluation.speed.peers import ours, with_faiss, with_numpy, with_sklearn, with_torch, with_usearch

ENGINES = (
    *ours.ENGINES,
    *with_numpy.ENGINES,
    *with_faiss.ENGINES,
    *with_sklearn.ENGINES,
    *with_usearch.ENGINES,
    *with_torch.ENGINES,
)

__all__ = ["ENGINES"]
