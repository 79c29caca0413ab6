"""Passages that only say where else to look: "Critiqued in section X" is answered by section X."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kb.store import pointed
from kb.store.open import Store
from kb.text.strings import heading_key

_SAID = (
    r"(?:critiqued?|critiques|critici[sz]ed|criticisms?|answer(?:ed|s)?|address(?:ed)?|discuss(?:ed|ion)?|rebut(?:ted|tal)?|"
    r"refuted|covered|treated|explained|argued|objections?|more|see|refer|read|cf)"
)
_POINTER = (
    rf"\b{_SAID}\b[^.?!\n]{{0,40}}?(?:\b(?:section|chapter|part|heading|appendix)s?\b|\b(?:below|above|later|earlier)"
    r"\W+(?:in|under)\b|§)\W*(?:(?:on|about|called|titled|the)\b\W*)?(?P<named>\w[^\n]*)"
)
_HAS = ("section", "chapter", "part", "heading", "appendix", "below", "above", "later", "earlier", "§")
_MOST = 30  # words of a passage that does nothing but point
_SHORT, _BEFORE = 120, 5  # characters of one that says nothing else, words before what it says
_TELLING = 3  # words of a heading that are enough to name it


@dataclass(frozen=True, slots=True)
class Pointed:
    """What the passage with the rowid `of` says to look at, in the words of the passage with the id `by`.

    `rowids` are the passages of that section in the order of the text.
    """

    of: int
    by: str
    rowids: tuple[int, ...]


def _search(text: str) -> re.Match[str] | None:
    small = text.lower()  # compiling the pattern takes longer than most searches have need of it
    return re.search(_POINTER, text, re.I) if any(word in small for word in _HAS) else None


def named(text: str) -> str:
    """What a passage that only points says to look at, with whatever follows the name; empty for any other passage."""
    found = _search(text) if len(text.split()) <= _MOST else None
    return found["named"] if found else ""


def only_points(text: str) -> bool:
    """Whether a passage says nothing but where to look."""
    found = _search(text) if len(text) <= _SHORT else None
    return found is not None and len(text[: found.start()].split()) <= _BEFORE


def heading_for(name: str, headings: Collection[tuple[int, str]]) -> int | None:
    """The number of the heading, of several as (number, words), that a name with whatever follows it means."""
    asked = heading_key(name) + "-"
    best: tuple[int, int] | None = None
    for number, words in headings:
        key = heading_key(words) + "-"
        whole = len(key) > 1 and asked.startswith(key)
        part = key.startswith(asked) and asked.count("-") >= _TELLING
        if (whole or part) and (best is None or len(key) > best[0]):
            best = len(key), number
    return best[1] if best else None


def sections(store: Store, passages: Sequence[int]) -> Mapping[int, Pointed]:
    """The sections that these passages point to, or one that hangs under them, by the passage."""
    found: dict[int, Pointed] = {}
    headings: dict[int, list[tuple[int, str]]] = {}
    for aside in pointed.asides(store, passages):
        if aside.of in found or not (name := named(aside.text)):
            continue
        if aside.source_rowid not in headings:
            headings[aside.source_rowid] = pointed.headings(store, aside.source_rowid)
        heading = heading_for(name, headings[aside.source_rowid])
        if heading is not None and (rows := pointed.under(store, aside.source_rowid, heading)):
            found[aside.of] = Pointed(aside.of, aside.id, tuple(rows))
    return found
