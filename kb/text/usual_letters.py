"""Letters that people write in two ways, made one: for finding words, never for showing them.

SQLite's tokeniser ignores case and the marks of Latin letters (naïve, naive). What it takes for other letters is told
here: ligatures and letters with strokes, Greek accents, Cyrillic ё, dotless i, and the marks and forms of Arabic and
Hebrew, which it would even take for the ends of words.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_LETTERS = {
    "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "ǽ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ǿ": "o",
    "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ł": "l", "Ł": "l", "ħ": "h", "Ħ": "h", "ı": "i",
    "ĳ": "ij", "Ĳ": "ij", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
    "ё": "е", "Ё": "е",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه",
}  # fmt: skip
_DROPPED = (
    (0x00AD, 0x00AD),  # where a word may be broken
    (0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2), (0x05C4, 0x05C5), (0x05C7, 0x05C7),  # Hebrew points
    (0x0610, 0x061A), (0x0640, 0x0640), (0x064B, 0x065F), (0x0670, 0x0670),  # Arabic vowels, stretching
    (0x06D6, 0x06DC), (0x06DF, 0x06E8), (0x06EA, 0x06ED),
)  # fmt: skip
_GREEK = ((0x0370, 0x03FF), (0x1F00, 0x1FFF))
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


@cache
def table() -> dict[int, str]:
    """What stands for each such letter, by its code point; a mark that says no other word is nothing."""
    found = {ord(letter): usual for letter, usual in _LETTERS.items()}
    found |= {code: "" for first, last in _DROPPED for code in range(first, last + 1)}
    for first, last in _GREEK:
        for code in range(first, last + 1):
            bare = unicodedata.normalize("NFD", chr(code))[:1]
            if bare != chr(code) and bare.isalpha():
                found[code] = bare
    return found


def usual(text: str) -> str:
    """The text with such letters as the ones that stand for them."""
    return text if text.isascii() else text.translate(table())


def without_umlauts(word: str) -> str:
    """A word in small letters as it is written where there are no umlauts: "mueller" for "müller"."""
    return word if word.isascii() else word.translate(_UMLAUTS)
