"""A quote made short without changing a word: whole clauses are kept, and "…" stands for those left out."""

from __future__ import annotations

import re
from collections.abc import Callable

from kb.text.strings import clip, squash

_BREAK = re.compile(
    r"(?<=[,;:—–.?!])\s+|\s+(?=[(\[])|(?<=[)\]])\s+|\s+(?=(?:because|but|which|so that|although|unless|whereas)\b)"
)
_SHORTEST = 3  # words of a clause that may stand alone


def shorten(text: str, limit: int, worth: Callable[[str], float] | None = None) -> str:
    """At most about `limit` characters of the text: the run of clauses worth most, in the order they stand in.

    `worth` rates a clause; without it the beginning is kept. What is hardly too long stays whole.
    """
    text = squash(text)
    if len(text) <= limit + _TOLERANCE:
        return text
    parts = _clauses(text)
    begin, end, best = 0, 1, -1.0
    for first in range(len(parts)):
        length = 0
        rated = 0.0
        for last in range(first, len(parts)):
            length += len(parts[last]) + 1
            if length > limit and last > first:
                break
            rated += worth(parts[last]) if worth else 1.0 / (1 + first)
            if rated > best + 1e-9:
                begin, end, best = first, last + 1, rated
    kept = " ".join(parts[begin:end])
    if len(kept) > limit + _TOLERANCE:
        kept, end = _fit(kept, limit), len(parts) + 1
    elif end < len(parts) and len(kept) < limit / 2:
        kept = f"{kept} {_fit(parts[end], limit - len(kept))}".rstrip()
    kept = kept if end == len(parts) else kept.rstrip(",;:—– ") + " …"
    return f"… {kept}" if begin else kept


_TOLERANCE = 12
_FINE = re.compile(
    r"\s+(?=(?:that|where|when|while|if|and|or|as|than|to|for|in|on|with|by|from|of|is|are|would|will)\b)", re.I
)


def _fit(clause: str, limit: int) -> str:
    """The beginning of a clause, up to a place where a phrase ends."""
    kept = ""
    for piece in _FINE.split(clause):
        if kept and len(kept) + len(piece) + 1 > limit:
            break
        kept = f"{kept} {piece}".strip()
    return kept if len(kept) <= limit else clip(kept, limit).rstrip("…")


def _clauses(text: str) -> list[str]:
    """The clauses; what is only a word or two stays with the next, a short parenthesis with the one before."""
    parts: list[str] = []
    short = False  # whether the last piece waits for the next
    for piece in filter(None, _BREAK.split(text)):
        size = len(piece.split())
        if parts and (short or (size < _SHORTEST and piece[0] in "([")):
            parts[-1] += " " + piece
        else:
            parts.append(piece)
        short = size < _SHORTEST and piece[0] not in "(["
    if short and len(parts) > 1 and len(parts[-1].split()) < _SHORTEST:
        last = parts.pop()
        parts[-1] += " " + last
    return parts
