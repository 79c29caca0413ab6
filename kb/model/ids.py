"""Short ids, derived from what a thing is, so that the same thing has the same id in every home."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
LENGTHS = {"s": 8, "p": 11, "c": 9, "e": 10, "i": 8, "g": 10}
SOURCE, PASSAGE, STATEMENT, LINK, ISSUE, PROPOSAL = "s", "p", "c", "e", "i", "g"
ID = re.compile(r"[spce][0-9a-hjkmnp-tv-z]{2,}")
"""Of what is stored. An issue is found anew each time: only `kb issues` takes its id."""
OF_PROPOSAL = re.compile(r"g[0-9a-hjkmnp-tv-z]{9}")
"""A whole id: what a judge says is named by what it prints, and "gpt4" is a word."""


def make(prefix: str, *parts: str, taken: Callable[[str], bool] = lambda _: False) -> str:
    """An id for the thing that `parts` identify. `taken` says whether another thing has it already."""
    key = "\x1f".join(parts)
    for attempt in range(1000):
        raw = hashlib.sha256(f"{prefix}\x1e{key}\x1e{attempt}".encode("utf-8", "surrogatepass")).digest()
        number = int.from_bytes(raw[:10], "big")
        chars = []
        for _ in range(LENGTHS[prefix] - 1):
            number, digit = divmod(number, 32)
            chars.append(_ALPHABET[digit])
        candidate = prefix + "".join(chars)
        if not taken(candidate):
            return candidate
    raise RuntimeError(f"no free id for {key!r}")  # 1000 collisions in a row do not happen


def named(prefix: str, text: str) -> bool:
    """Whether a text may be an id of this kind, or the beginning of one."""
    return bool(re.fullmatch(rf"{prefix}[0-9a-hjkmnp-tv-z]{{2,}}", text))


_STOP = {
    "a",
    "an",
    "the",
    "on",
    "of",
    "in",
    "to",
    "for",
    "and",
    "or",
    "is",
    "are",
    "what",
    "how",
    "why",
    "my",
}


def citekey(author: str | None, published: str | None, title: str) -> str:
    """firstauthorYEARword, ASCII and lower case. Made once; a later change of the title does not touch it."""
    surname = _ascii(author.split()[-1]) if author and author.split() else ""
    year = published[:4] if published and re.match(r"[0-9]{4}", published) else ""
    title_words = [w for w in (_ascii(w) for w in title.split()) if w and w not in _STOP]
    word = title_words[0] if title_words else ""
    return (surname + year + word)[:40] or "untitled"


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain.lower())
