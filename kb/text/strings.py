"""The few functions on strings that everything shares: keys, digests, one line, a limit."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable


def without_surrogates(text: str) -> str:
    """The text without halves of surrogate pairs, which are no characters and cannot be written as UTF-8."""
    return text.encode("utf-8", "ignore").decode("utf-8")


def composed(text: str) -> str:
    """The same with each letter and its marks as one character, where there is one."""
    return unicodedata.normalize("NFC", without_surrogates(text))


def squash(text: str) -> str:
    """The text on one line, blanks collapsed."""
    return " ".join(text.split())


def fold(text: str) -> str:
    """A key under which two spellings of a name or title meet: case, width, quotes and blanks ignored."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = folded.translate(_QUOTES)
    return " ".join(folded.split())


_QUOTES = {ord(c): "'" for c in "‘’‚`´"} | {ord(c): '"' for c in "“”„«»"} | {ord(c): "-" for c in "‐‑‒–—−"}


def slugs(text: str) -> tuple[str, ...]:
    """A title as sites write it in an address: marks left out ("whats-new"), or parting words ("what-s-new")."""
    folded = fold(text)
    without = "-".join(_MARKS.sub("", folded).split())
    parted = "-".join(_WORDS.findall(folded))
    return tuple(dict.fromkeys(slug for slug in (without, parted) if slug))


def heading_key(text: str) -> str:
    """A key under which a heading, and a link to it as any program writes it, meet."""
    return "-".join(_WORDS.findall(_APOSTROPHE.sub("", fold(text))))


_MARKS = re.compile(r"[^\w\s-]")
_WORDS = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def digest(text: str) -> str:
    """SHA-256 of the text, hexadecimal: the key under which a text is embedded once."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def words(text: str) -> int:
    """Number of blank-separated words."""
    return len(text.split())


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, in order, whatever its case and without blanks around it; empty ones left out."""
    kept: dict[str, str] = {}
    for name in map(str.strip, names):
        if name:
            kept.setdefault(name.casefold(), name)
    return tuple(kept.values())


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word, with an ellipsis where something was cut."""
    text = squash(text)
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rsplit(" ", 1)[0] if " " in text[: limit - 1] else text[: limit - 1]
    return cut.rstrip(" ,;:.") + "…"
