"""The telling words of texts."""

from __future__ import annotations

import re

from kb.text.stop_words import STOP_WORDS

_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def words_of(text: str) -> list[str]:
    """The telling words of a text in lower case, in order."""
    plain = text.replace("’", "'").lower()
    return [w for w in _WORD.findall(plain) if len(w) > 2 and w.split("'")[0] not in STOP_WORDS]
