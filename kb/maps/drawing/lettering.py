"""How wide words are in the letters of a picture, and how they break into its lines.

The widths are those of Helvetica, and so of Arial and Liberation Sans; a picture tells the width of each line, so that
it keeps to it in another font, too.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from kb.maps.drawing.text import columns, one_line

FAMILY = "Helvetica, Arial, 'Liberation Sans', 'Nimbus Sans', 'DejaVu Sans', sans-serif"

# fmt: off
_ASCII = (  # from the blank on, in thousandths of the size
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
)
# fmt: on
_OTHERS = {
    "“": 333,
    "”": 333,
    "‘": 222,
    "’": 222,
    "–": 556,
    "—": 1000,
    "…": 1000,
    "·": 333,
    "−": 584,
    "ß": 611,
    "→": 1000,
    "↑": 500,
}
_UNKNOWN = {0: 0, 1: 700, 2: 1000}  # letters of other fonts, by the columns they take
_ELLIPSIS = "…"


def known(text: str) -> bool:
    """Whether the width of every character is known, and not only guessed."""
    return text.isascii() or all(_width(char)[1] for char in text)


@lru_cache(maxsize=65536)  # words come again: in other candidates for a layout, in other statements
def width(text: str, size: float) -> float:
    """How wide `text` is in letters of that size."""
    return size * sum(_width(char)[0] for char in text) / 1000


@cache
def _width(char: str) -> tuple[float, bool]:
    code = ord(char)
    if 32 <= code < 127:
        return _ASCII[code - 32], True
    if char in _OTHERS:
        return _OTHERS[char], True
    base = unicodedata.normalize("NFD", char)[0]
    if 32 < ord(base) < 127:  # a letter with an accent
        return _ASCII[ord(base) - 32], True
    return _UNKNOWN[columns(char)], False


def broken(text: str, room: float, size: float, most: int | None = None) -> tuple[str, ...]:
    """Lines of at most that room; words wider than it are broken. With `most`, what goes beyond ends in an ellipsis."""
    blank = width(" ", size)
    lines: list[str] = []
    line, used = "", 0.0
    for word, wide in _measured(text, size):
        if line and used + blank + wide <= room:
            line, used = f"{line} {word}", used + blank + wide
            continue
        if line:
            lines.append(line)
        while wide > room and len(word) > 1:
            end = _fitting(word, room, size)
            lines.append(word[:end])
            word = word[end:]
            wide = width(word, size)
        line, used = word, wide
    if line or not lines:
        lines.append(line)
    if most is not None and len(lines) > most:
        last = lines[most - 1]
        end = _fitting(last, room - width(_ELLIPSIS, size), size)
        whole = end if end == len(last) else last.rfind(" ", 0, end + 1)  # no word is cut if another is before it
        lines[most - 1 :] = [last[: whole if whole > 0 else end].rstrip(" ,;:.–—-") + _ELLIPSIS]
    return tuple(lines)


@lru_cache(maxsize=8192)  # a text is broken anew for every width that a layout tries
def _measured(text: str, size: float) -> tuple[tuple[str, float], ...]:
    """The words of a text, each with its width."""
    return tuple((word, width(word, size)) for word in one_line(text).split(" "))


def _fitting(word: str, room: float, size: float) -> int:
    """How many characters of a word fit into the room, at least one."""
    used = 0.0
    for place, char in enumerate(word):
        used += width(char, size)
        if used > room and place:
            return place
    return len(word)
