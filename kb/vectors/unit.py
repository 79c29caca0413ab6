"""Vectors brought to length 1, so that their products are cosines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors, shape (…, d), at length 1; those of no length stay as they are."""
    import numpy as np

    length = np.sqrt(np.einsum("...i,...i->...", rows, rows))[..., None]
    scaled: NDArray[np.float32] = (rows / np.maximum(length, 1e-9)).astype(np.float32)
    return scaled
