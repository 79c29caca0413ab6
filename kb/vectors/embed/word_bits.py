"""The words of a text as vectors of one bit a component: what late interaction compares with the words of a query.

A word's vector is the mean of the states that the model gives its tokens, read within the whole text; of the sum of
all words the text's own vector is made, in which a single one is drowned. Of each component the sign is kept, which
loses nothing that can be measured; stop words and punctuation are left out (docs/search.md has the figures). Such a
vector cannot be made again without embedding the text, so it is stored beside the text's vector.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kb.text import blankless
from kb.text.stop_words import STOP_WORDS
from kb.vectors.unit import unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kb.vectors.embed.encoder import Encoded


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text that tell something, in order, and the vector of each: shape (words, d), of length 1."""

    said: tuple[str, ...]
    vectors: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.said)


def words(text: str, read: Encoded) -> Words:
    """The words of a text that was encoded. Where nothing but stop words remains, they count."""
    import numpy as np

    groups = _groups(text, read.offsets.tolist())
    chosen = [group for group in groups if group.word.casefold() not in STOP_WORDS] or groups
    if not chosen:
        return Words((), np.zeros((0, read.tokens.shape[1]), dtype=np.float32))
    order = np.concatenate([np.arange(group.first, group.end) for group in chosen])
    counts = np.array([group.end - group.first for group in chosen])
    summed = np.add.reduceat(read.tokens[order], np.cumsum(counts) - counts, axis=0)
    return Words(tuple(group.word for group in chosen), unit(summed))


def pack(vectors: NDArray[np.float32]) -> bytes:
    """The signs of the components: (d + 7) // 8 bytes a vector, one after the other."""
    import numpy as np

    return np.packbits(vectors > 0, axis=1).tobytes()


def unpack(packed: Sequence[bytes], width: int) -> NDArray[np.float32]:
    """The signs of all of them in one matrix, 1 and 0: shape (vectors, width)."""
    import numpy as np

    rows = np.frombuffer(b"".join(packed), dtype=np.uint8).reshape(-1, (width + 7) // 8)
    return np.unpackbits(rows, axis=1, count=width).astype(np.float32)


class _Group(NamedTuple):
    """A word, the number of its first token, and that after its last."""

    word: str
    first: int
    end: int


def _groups(text: str, offsets: Sequence[Sequence[int]]) -> list[_Group]:
    """The words of a text; no punctuation.

    Tokens that touch, letter to letter, are one word. In scripts without blanks each token is a word of its own.
    """
    found: list[_Group] = []
    end, joins = -1, False
    for number, (start, stop) in enumerate(offsets):
        piece = text[start:stop]
        if not any(letter.isalnum() for letter in piece):
            joins = False
            continue
        alone = not piece.isascii() and bool(blankless.compiled(f"[{blankless.LETTERS}]").search(piece))
        if joins and start == end and not alone:
            found[-1] = _Group(found[-1].word + piece, found[-1].first, number + 1)
        else:
            found.append(_Group(piece, number, number + 1))
        end, joins = stop, not alone
    return found
