"""Names of people as texts write them: their words, and whether two of them may be one person's.

"Nanda, Neel", "NEEL NANDA" and "Neel Nanda (he/him)" have the same words; "N. Nanda" has an initial for one of them.
Two different full names are never taken for one; what looks like a slip of the pen is told by functions of its own.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kb.text.strings import fold

Words = tuple[str, ...]
"""The words of a name, given names first, without case and accents; initials are words of one letter."""

_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_TITLES = frozenset(["dr", "prof", "professor", "mr", "mrs", "ms", "mx", "phd", "md", "sir", "dame"])
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|phd|md|esq)\.?", re.I)
_GENERATION = re.compile(r"(?:jr|sr|i{2,3}|iv)\.?", re.I)
_FIRM = r"sons?|daughters?|co|company|partners|associates|brothers|bros|sisters|friends|family|inc|ltd|llc|gmbh"
AND = re.compile(rf"\s+(?:and|&)\s+(?!(?:{_FIRM})\b)", re.I)
"""What parts the people of a list in words, and is no part of a name: not in "Ünal & Sons"."""
_MANY = re.compile(r"\s(?:and|of|for)\s|[&@/]", re.I)
_INITIALS = re.compile(r"\b[A-Z]{2}\b(?!$)")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_LEAST = 4  # letters of a word in which a slip is seen


@cache
def words(name: str) -> Words:
    """The words of a name; empty where it has none."""
    plain = _BRACKETS.sub(" ", name)
    before, comma, after = plain.partition(",")
    if comma and after.strip() and "," not in after and not _SUFFIX.fullmatch(after.strip()):
        plain = f"{after} {before}"
    if any(letter.islower() for letter in plain):
        plain = _INITIALS.sub(lambda found: " ".join(found[0]), plain)
    account = " " not in plain.strip()
    flat = unicodedata.normalize("NFKD", fold(plain)).translate(_LETTERS)
    flat = "".join(letter for letter in flat if not unicodedata.combining(letter)).replace("'", "")
    found = [word for word in re.findall(r"[^\W_]+", flat) if word not in _TITLES]
    return tuple(word for word in found if not (account and word.isdigit() and len(found) > 1))


def as_said(name: str) -> str:
    """A name as it is said: "Family, Given" and "Family, Jr., Given" turned round; others as they are."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) not in (2, 3) or not all(parts) or _MANY.search(name):
        return name
    ages = [part for part in parts[1:] if _GENERATION.fullmatch(part)]
    given = [part for part in parts[1:] if part not in ages]
    if len(given) != 1 or _SUFFIX.fullmatch(given[0]) or re.fullmatch(rf"(?:{_FIRM})\.?", given[0], re.I):
        return name
    return " ".join((given[0], parts[0], *ages))


_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_ENDING = re.compile(r"(?<=sk|ck)(?:i|y|ii|ij|iy|yi|yj)$")


def in_two_letters(name: str) -> Words:
    """The words of a name where a letter with dots or a ring is written as two: "Joerg", of "Jörg"."""
    return words(unicodedata.normalize("NFC", name).casefold().translate(_TWO_LETTERS))


def same_ending(one: str, other: str) -> bool:
    """Whether two words differ in how the end of a Slavic name is written in Latin letters only: -ski, -sky, -skii."""
    return one != other and _ENDING.sub("", one) == _ENDING.sub("", other)


def run_together(name: str) -> str:
    """The letters of a name in one word, as an account has it: "neelnanda", of "Neel Nanda" and of "neel_nanda-1"."""
    joined = "".join(words(name))
    return joined.rstrip("0123456789") or joined


def fullness(name: str) -> tuple[int, bool, bool, bool, bool, int]:
    """How much a name says: of two names of one person the one that says more is the better one to show."""
    full = sum(len(word) > 1 for word in words(name))
    accents = sum(ord(letter) > 127 and letter.isalpha() for letter in name)
    mixed = name != name.lower() and name != name.upper()
    return full, _BRACKETS.search(name) is None, "," not in name, " " in name, mixed, accents


def is_full(name: Words) -> bool:
    """Whether it has a given name and a family name, both written out."""
    return len(name) > 1 and len(name[0]) > 1 and len(name[-1]) > 1


def agree(one: Words, other: Words) -> bool:
    """Whether two names with one family name differ by initials only: "N. Nanda", "Ann Lee" and "Ann B. Lee"."""
    short, long = sorted((one, other), key=len)
    if one == other or len(short) < 2 or short[-1] != long[-1] or len(short[-1]) < 2:
        return False
    initial, rest = len(short[0]) == 1, list(long[1:-1])
    if not _one_begins(short[0], long[0]):
        return False
    for word in short[1:-1]:  # middle names in the same order; one that is left out must be an initial
        while rest and not _one_begins(word, rest[0]):
            if len(rest.pop(0)) > 1 and not initial:
                return False
        if not rest:
            return False
        rest.pop(0)
    return initial or all(len(word) == 1 for word in rest)


def _one_begins(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def slips(word: str) -> list[str]:
    """Keys that two words share which are one slip apart: the word, and it without any one letter."""
    if len(word) < _LEAST:
        return []
    return list(dict.fromkeys([word, *(word[:n] + word[n + 1 :] for n in range(len(word)))]))


def letter_missed(one: str, other: str) -> bool:
    """Whether one word is the other without a letter inside it, which is not a doubled one (Hoffman, Hoffmann)."""
    short, long = sorted((one, other), key=len)
    if len(short) < _LEAST or len(long) != len(short) + 1 or short[0] != long[0] or short[-1] != long[-1]:
        return False
    at = next(n for n in range(len(long)) if n == len(short) or short[n] != long[n])
    return short[at:] == long[at + 1 :] and long[at] != long[at - 1]


def one_letter_apart(one: str, other: str) -> bool:
    """Whether two words differ by one letter anywhere, or by two exchanged: a slip where both are named in one text."""
    if one == other or abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < _LEAST:
        return False
    short, long = sorted((one, other), key=len)
    at = next(n for n in range(len(long)) if n == len(short) or short[n] != long[n])
    return exchanged(one, other) or short[at + (len(short) == len(long)) :] == long[at + 1 :]


def exchanged(one: str, other: str) -> bool:
    """Whether two words differ by two letters beside each other that are exchanged."""
    places = [n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(places) != 2 or places[1] != places[0] + 1:
        return False
    first, second = places
    return one[first] == other[second] and one[second] == other[first]
