"""GPU products: coarse inner products for condtree.nearest_per_cell: the same pass, the same answers."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch

MANY = 10_000  # fewer works than this are done before a GPU has started
GREATEST = 46340.0**2  # of a coarse product, by the scale that nearest_per_cell chooses


class TorchProducts:
    """Float32 products of blocks of points on a device of torch; a condtree Coarse.

    A float32 product of scaled points is off by at most 1.01 d 2^-24 times their lengths (Lemma 1 of condtree), and by
    a half once rounded to a whole number. Reduced precision (TF32) would break that, so it is off.
    """

    def __init__(self, device: str) -> None:
        self.device = device

    def prepare(self, points: NDArray[np.float32], blocks: list[NDArray[np.int32]], scale: float) -> float:
        """Take the points of the blocks to the device; return the error of a product."""
        import torch

        torch.backends.cuda.matmul.allow_tf32 = False
        torch.backends.cuda.matmul.allow_fp16_reduced_precision_reduction = False
        # In float64, as the scale of very short points is beyond float32.
        self.blocks = [self._on_device(points[rows] * np.float64(scale)) for rows in blocks]
        # Scaling rounds each coordinate once, by 2^-24 of it, so each product by little more than 2^-23 of it.
        return float(1.01 * (points.shape[1] + 4) * 2.0**-24 * GREATEST + 1.0)

    def fill(self, first: int, second: int, coarse: NDArray[np.int32]) -> None:
        """Write the products of two blocks."""
        product = (self.blocks[first] @ self.blocks[second].T).round_().clamp_(-GREATEST, GREATEST)
        coarse[: product.shape[0], : product.shape[1]] = product.int().cpu().numpy()

    def _on_device(self, block: NDArray[np.float64]) -> "torch.Tensor":
        import torch

        return torch.from_numpy(np.ascontiguousarray(block, dtype=np.float32)).to(self.device)


def products_for(n: int) -> TorchProducts | None:
    """Return who multiplies n points: a GPU if there is one and enough to do, else None."""
    if n < MANY:
        return None
    import torch

    return TorchProducts("cuda") if torch.cuda.is_available() else None
