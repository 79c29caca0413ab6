"""Whether the signs of a PDF are a text: fonts without a table of their letters give any other signs in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ENOUGH, _ENOUGH_WORDS = 200, 300
_STRANGE, _WORDS = 0.12, 0.25  # shares of signs that no text has so many of, of words that every text has
_WORD = re.compile(r"[(\[“‘\"']*(?:[^\W\d_]+(?:[-’'][^\W\d_]+)*|[-−+]?[\d.,]+%?)[.,;:?!)\]”’\"'\x02]*")


def is_strange(text: Sequence[str]) -> bool:
    """Whether the signs of a page are drawings and controls in large part."""
    signs = [ord(sign) for sign in text if not sign.isspace() and sign != "\x02"]
    strange = sum(
        sign < 0x20 or 0x2460 <= sign <= 0x24FF or 0x2700 <= sign <= 0x27BF or 0xE000 <= sign <= 0xF8FF
        for sign in signs
    )
    return len(signs) >= _ENOUGH and strange > _STRANGE * len(signs)


def has_words(words: Sequence[str]) -> bool:
    """Whether the words of a document are words and numbers, in any script; few words are nothing to judge by."""
    said = [word for word in words if any(map(str.isalnum, word))]
    plain = sum(_WORD.fullmatch(word) is not None and (word[1:].islower() or word.upper() == word) for word in said)
    return len(said) < _ENOUGH_WORDS or plain > _WORDS * len(said)
