"""Numbers of books (ISBN): told from other numbers, their check digits verified, written in one way."""

from __future__ import annotations

import re

_LABEL = re.compile(r"isbn(?:[ -]?1[03])?\s*:?\s*(?=[\d\s-])|urn:isbn:|isbn:", re.I)
_SHAPE = re.compile(r"(?:97[89][ -]?)?(?:\d[ -]?){9}[\dX]", re.I)
_WITHIN = re.compile(r"[\dXx](?:[ -]?[\dXx]){9,12}")
_HYPHENS = str.maketrans("‐‑‒–—−\u00a0", "------ ")


def is_labelled(text: str) -> bool:
    """Whether a word on the command line says that it is an ISBN: `isbn:…`, `ISBN 0-…`."""
    return _LABEL.match(text.strip()) is not None


def is_shaped(text: str) -> bool:
    """Whether a text has the form of an ISBN, its check digit right or not."""
    return _SHAPE.fullmatch(bare(text)) is not None


def read(text: str) -> str | None:
    """The 13 digits of an ISBN of 10 or 13, however it is written; None where it is none, by its check digit too."""
    if not is_shaped(text):
        return None
    digits = re.sub(r"[ -]", "", bare(text)).upper()
    if digits[-1] != expected(digits):
        return None
    return digits if len(digits) == 13 else digits13(digits)


def numbers(text: str) -> list[str]:
    """The ISBNs in the field of an entry, which may hold several, by their 13 digits."""
    return [number for number in map(read, _WITHIN.findall(text)) if number]


def digits13(ten: str) -> str:
    """The 13 digits for the ten of an older book, whose own check digit does not matter."""
    body = "978" + ten[:9]
    return body + expected(body + "0")


def expected(digits: str) -> str:
    """The check digit that the others, 9 or 12, ask for; the last of `digits` stands in its place."""
    numbers = [int(digit) for digit in digits[:-1]]
    if len(numbers) == 12:
        return str(-sum(number * (3 if place % 2 else 1) for place, number in enumerate(numbers)) % 10)
    rest = -sum(number * (10 - place) for place, number in enumerate(numbers)) % 11
    return "X" if rest == 10 else str(rest)


def bare(text: str) -> str:
    """What stands behind the label, with plain hyphens and blanks."""
    return _LABEL.sub("", text.strip().translate(_HYPHENS), count=1).strip(" -.,;")
