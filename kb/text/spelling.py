"""How words are spelt: the words of a name, what is nearly the same word, and what it may be a slip of."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from kb.text.strings import fold

CLOSE = 0.75
"""Likeness from which on a word may be a slip of another: one or two letters are wrong."""

_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "αβγδεζηθικλμνξοπρστυφχψω", "абвгдежзийклмнопрстуфхцчшщъыьэюя")
_DIGITS = "0123456789"


def plain(text: str) -> str:
    """The text without case, accents, and differences of quotes and blanks."""
    folded = fold(text)
    if folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The words of a text, folded: runs of letters and digits with the marks that belong to them."""
    return [word for word in _apart(fold(text)).split() if any(map(str.isalnum, word))]


def _apart(text: str) -> str:
    return "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text)


def slips(word: str, within: int) -> set[str]:
    """What the word becomes where one of its first `within` letters was left out, wrong, too many, or swapped."""
    letters = next((letters for letters in _ALPHABETS if any(c in letters for c in word)), _ALPHABETS[0])
    if any(map(str.isdecimal, word)):
        letters += _DIGITS
    return set(_slips(word, within, letters)) - {word, ""}


def _slips(word: str, within: int, letters: str) -> Iterator[str]:
    for at in range(min(within, len(word))):
        head, tail = word[:at], word[at:]
        yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in letters:
            yield head + letter + tail[1:]
            yield head + letter + tail


def nearest(word: str, candidates: Iterable[str], most: int = 8) -> dict[str, float]:
    """The candidates that are nearly this word, with their likeness (`CLOSE` to 1), the most alike first."""
    import difflib

    slack = max(2, len(word) // 4)
    likely = {one for one in candidates if abs(len(one) - len(word)) <= slack}
    near = difflib.get_close_matches(word, sorted(likely), most, CLOSE)
    return {one: difflib.SequenceMatcher(None, one, word).ratio() for one in near}


def one_of(word: str, known: Iterable[str]) -> str:
    """What a word may be instead: the one that it is nearly, and all that there are."""
    listed = list(known)
    near = next(iter(nearest(word.casefold(), listed)), None)
    return (f"did you mean {near}? " if near else "") + "one of: " + ", ".join(listed)
