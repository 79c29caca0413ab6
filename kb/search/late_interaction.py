"""Late interaction: the best hits are ranked again by how well each word of the query is met by a word of theirs.

The vector of a passage is one sum of all its words, in which a single one is drowned. Here each word of the query looks
for the word of the passage nearest to it, both read in their context (`kb.vectors.embed.word_bits`); the mean of these
cosines, rare words counting more, is added to the score with a weight. A passage stored without its words takes part
with what the others have on average. Queries longer than a sentence or two have nothing to gain, and are left as
they are. docs/search.md has the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from typing import TYPE_CHECKING

from kb import config
from kb.model.words import Table
from kb.search.fuse import ByEachWord, Scored
from kb.store import fulltext, meta, word_bits
from kb.store.open import Store
from kb.vectors.embed.word_bits import Words, unpack, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kb.vectors.embed.encoder import Encoded

WEIGHT = 0.75
DEPTH = 50
"""Hits that are ranked again."""
LONGEST = 60
"""Telling words of a query; one with more is ranked as it stands."""


def rescored(store: Store, ranked: list[tuple[Table, Scored]], text: str, read: Encoded) -> list[tuple[Table, Scored]]:
    """The same rows, best first, the first ones with what late interaction adds: passages only, ranked by themselves.

    Args:
        text: what was embedded for the query. read: what the model gave for it.
    """
    first, rest = ranked[:DEPTH], ranked[DEPTH:]
    if any(table != "passage" for table, _ in first) or config.current(store.home).late_interaction != "on":
        return ranked
    asked = words(text, read)
    model = meta.get(store, meta.MODEL)
    stored = word_bits.of(store, model, [one.rowid for _, one in first]) if model and 0 < len(asked) <= LONGEST else {}
    if not any(stored.values()):
        return ranked
    found = similarities(asked, _weights(store, asked.said), stored)
    usual, least = sum(found.values()) / len(found), min(found.values())
    again = []
    for table, one in first:
        similarity = found.get(one.rowid, usual)
        part = WEIGHT * (similarity - least)
        each = ByEachWord(round(similarity, 4), round(part, 4), one.rowid not in found)
        again.append((table, one._replace(score=one.score + part, each_word=each)))
    return sorted(again, key=lambda row: (-row[1].score, row[1].rowid)) + rest


def similarities(asked: Words, weights: Sequence[float], stored: Mapping[int, bytes]) -> dict[int, float]:
    """For each text that has words the weighted mean, over the words asked for, of the cosine to its nearest word.

    The words of texts are known by the signs of their components: the cosine with these is about 0.8 of the true one.
    """
    import numpy as np

    rowids = [rowid for rowid, packed in stored.items() if packed]
    signs = unpack([stored[rowid] for rowid in rowids], asked.vectors.shape[1])
    # a sign is 2 b - 1 for a bit b, so that the product with it is twice that with b, less the sum
    products: NDArray[np.float32] = signs @ (2 * asked.vectors.T) - asked.vectors.sum(axis=1)
    width = len(signs[0]) + 7 >> 3
    counts = np.array([len(stored[rowid]) // width for rowid in rowids])
    nearest = np.maximum.reduceat(products, np.cumsum(counts) - counts, axis=0)
    share = np.array(weights, dtype=np.float32) / (sum(weights) * np.sqrt(asked.vectors.shape[1]))
    return dict(zip(rowids, (nearest @ share).tolist(), strict=True))


def _weights(store: Store, said: Sequence[str]) -> list[float]:
    """How much each word tells: the logarithm of how many passages there are for one that has it."""
    phrases = [fulltext.phrase([word.lower()]) for word in said]
    rows = fulltext.rows_with(store, "passage", phrases)
    texts = fulltext.texts(store, "passage")
    return [max(log((texts + 1) / (rows[phrase] + 0.5)), 0.01) for phrase in phrases]
