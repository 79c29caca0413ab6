"""Letters of scripts without blanks, each set apart as a word: FTS5 takes a whole run of them for one word.

What full text holds of a text, and what is asked of it, are both set apart; so a word is a phrase of its letters, and
any part of a run is found. The texts themselves stay as they are. Letters of full or half width, or written in parts,
become the usual ones. The name `SQL_NAME` calls it in SQL, on each connection of `kb.store.engine.sqlite`.
"""

from __future__ import annotations

import re
import unicodedata

from kb.text.blankless import LETTERS, compiled

SQL_NAME = "set_apart"

_JAMO = "[\u1100-\u115f\ua960-\ua97c][\u1160-\u11a7\ud7b0-\ud7c6]+[\u11a8-\u11ff\ud7cb-\ud7fb]*"
_VOICED = "[\u3046-\u30fd\uff73-\uff8e][\u3099\u309a\uff9e\uff9f]"
_WIDE = "[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"
_PIECE = f"(?P<wide>{_WIDE})|{_JAMO}|{_VOICED}|[{LETTERS}]"
_ANY = f"[{_WIDE[1:-1]}\u3046-\u30fd\uff73-\uff8e{LETTERS}]"
"""What a piece begins with: most texts have none, which is seen in a third of the time."""
_AS_WORDS = 0xF0000
"""FTS5 takes marks for blanks, but private letters for letters: what a mark is moved by to be a word."""


def set_apart(text: str) -> str:
    """The text with each letter of such scripts between blanks; most texts have none and are given back."""
    if text.isascii() or not compiled(_ANY).search(text):
        return text
    return compiled(_PIECE).sub(_said, text)


def _said(piece: re.Match[str]) -> str:
    usual = unicodedata.normalize("NFKC", piece[0])
    return usual if piece["wide"] else f" {' '.join(map(_word, usual))} "


def _word(letter: str) -> str:
    return chr(_AS_WORDS + ord(letter)) if unicodedata.category(letter)[0] == "M" else letter


def origins(text: str) -> list[tuple[int, int]]:
    """For each character of what `set_apart` makes of a text: the half-open span of the text that it comes from."""
    found: list[tuple[int, int]] = []
    at = 0
    for piece in compiled(_PIECE).finditer(text):
        found += [(place, place + 1) for place in range(at, piece.start())]
        found += [piece.span()] * len(_said(piece))
        at = piece.end()
    return found + [(place, place + 1) for place in range(at, len(text))]
