"""How near statements are in meaning within one subject: cosine with what they all share taken out.

Between statements of one debate the plain cosine mostly tells that they are of that debate. Taking the shared
direction out leaves the point of each (`kb.vectors.topic`). Where there are no vectors, the rare words that two
statements share stand for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log
from typing import TYPE_CHECKING

from kb.graph.questions.wording import words_of
from kb.store import meta, statements
from kb.store.open import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kb.graph.questions.utterances import Utterance

_FEW = 6  # statements below which what they share is no topic but the point itself


def among(store: Store, said: Sequence[Utterance]) -> tuple[NDArray[np.float32], bool]:
    """The nearness of all to all, shape (n, n), and whether it goes by meaning."""
    from kb.vectors import topic

    vectors = _vectors(store, said)
    if vectors is None:
        return _by_words([one.item.text for one in said]), False
    if len(said) >= _FEW:
        vectors = topic.project_out(vectors, topic.shared(vectors))
    near: NDArray[np.float32] = vectors @ vectors.T
    return near, True


def _vectors(store: Store, said: Sequence[Utterance]) -> NDArray[np.float32] | None:
    """Unit vectors, shape (n, d); None unless nearly all statements have one."""
    import numpy as np

    from kb.vectors import index

    if not meta.get(store, meta.MODEL):
        return None
    rowids = statements.rowids(store, [one.id for one in said])
    stored = index.load(store, "statement")
    if not len(stored):
        return None
    known, matrix = stored.of(np.array(sorted(rowids.values()), dtype=np.int64))
    place = {int(rowid): at for at, rowid in enumerate(known)}
    found = np.zeros((len(said), stored.matrix.shape[1]), dtype=np.float32)
    for at, one in enumerate(said):
        if (row := place.get(rowids.get(one.id, -1))) is not None:
            found[at] = matrix[row]
        elif (
            one.id not in rowids and one.item.kind != "passage"
        ):  # a whole turn is about too much to be near to anything
            found[at] = _of_text(store, one.item.quote, found.shape[1])
    return found


def _of_text(store: Store, text: str, size: int) -> NDArray[np.float32]:
    import numpy as np

    from kb.search import semantic

    vector = semantic.query_vector(store, text)
    return np.zeros(size, dtype=np.float32) if vector is None or len(vector) != size else vector


def _by_words(texts: Sequence[str]) -> NDArray[np.float32]:
    """Cosines of the sets of words, rare words counting more."""
    import numpy as np

    bags = [set(words_of(text)) for text in texts]
    known = Counter(word for bag in bags for word in bag)
    column = {word: at for at, word in enumerate(known)}
    matrix = np.zeros((len(texts), max(1, len(column))), dtype=np.float32)
    for at, bag in enumerate(bags):
        for word in bag:
            matrix[at, column[word]] = log(1 + len(bags) / known[word])
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    near: NDArray[np.float32] = matrix @ matrix.T
    return near
