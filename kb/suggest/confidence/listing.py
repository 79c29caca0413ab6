"""From which log odds on a statement is listed, text by text.

Over all texts one threshold would list nothing of a debate on a subject that the head has not seen, and nearly all of
one that it has: what it says of a sentence is surest beside what it says of the others of its text. So where a text
argues, its better part is listed: from a little below its mean on, within bounds. Where a text describes, instructs or
is too short to tell, the bar is that of the head.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kb.suggest.confidence.head import Head

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

ARGUES = -0.45  # mean log odds from which on a text argues
BELOW = 1.0  # how far below the mean of its text a statement is still listed
FLOOR, CEILING = -0.5, 0.8  # bounds of the bar in a text that argues
_DOUBT, _UNKNOWN = 2.0, -1.0
"""As if a text had so many statements more, of these odds: a few do not tell that it argues."""


def bars(head: Head, odds: Matrix, texts: Sequence[int]) -> Matrix:
    """The log odds from which on each statement is listed; `texts` tells which text each is of. Shape (n,).

    All statements of a text have to be there. Those of other texts have no part in it.
    """
    import numpy as np

    _, of = np.unique(np.asarray(texts), return_inverse=True)
    sums, counts = np.bincount(of, weights=odds), np.bincount(of)
    argues = (sums + _DOUBT * _UNKNOWN) / (counts + _DOUBT) >= ARGUES
    own = np.clip(sums / counts - BELOW, FLOOR, min(CEILING, head.threshold))
    return np.asarray(np.where(argues, own, head.threshold)[of])
