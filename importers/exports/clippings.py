"""Clippings of one book as highlights: each passage once, the reader's notes under the passage they were written on.

A device writes another entry when a highlight or a note is changed, and keeps the one before: of those at one place of
which one holds the words of the other, the longest is kept.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from importers.exports.clipping_lines import Facts
from importers.highlights import Highlight
from kb.text.strings import fold

_NEAR = 40  # how many entries before one may be an earlier form of it; one place has few


@dataclass(frozen=True, slots=True)
class Clipping:
    """An entry of a book that has words."""

    words: str
    facts: Facts


def to_highlights(clippings: Sequence[Clipping]) -> tuple[list[Highlight], int]:
    """The highlights in the order of the book, and how many entries were earlier forms of another or doubles."""
    marked = _latest([one for one in clippings if one.facts.kind != "note"])
    notes = _latest([one for one in clippings if one.facts.kind == "note"])
    dropped = len(clippings) - len(marked) - len(notes)
    comments, alone = _hung(marked, notes)
    found = [(one, _highlight(one, comments.get(number, ""))) for number, one in enumerate(marked)]
    found += [(one, replace(_highlight(one), quote="", comment=one.words)) for one in alone]
    found.sort(key=lambda pair: _place(pair[0]))
    return [highlight for _, highlight in found], dropped


def _highlight(one: Clipping, comment: str = "") -> Highlight:
    parts = [f"p. {one.facts.page}"] if one.facts.page else []
    if one.facts.location:
        first, last = one.facts.location
        parts.append(f"location {first}" + (f"-{last}" if last > first else ""))
    place = ", ".join(parts) or None
    return Highlight(quote=one.words, comment=comment, when=one.facts.when, place=place)


def _place(one: Clipping) -> tuple[int, int, int]:
    """Where it stands in its book: by location, which is finer than pages; what has none comes last."""
    first, last = one.facts.location or (10**10, 10**10)
    return first, last, _page(one)


def _page(one: Clipping) -> int:
    found = re.match(r"\d+", one.facts.page or "")
    return int(found[0]) if found else 0


def _latest(clippings: Sequence[Clipping]) -> list[Clipping]:
    """Those that are no earlier form of another, in their order of writing."""
    kept: dict[int, Clipping] = {}
    words = [fold(one.words) for one in clippings]
    exact: dict[tuple[str, int], int] = {}
    order = sorted(range(len(clippings)), key=lambda number: (*_place(clippings[number]), number))
    near: list[int] = []
    for number in order:
        one = clippings[number]
        same = (words[number], _page(one)) if not one.facts.location else None
        if same and same in exact:
            continue
        for other in near[-_NEAR:][::-1]:
            if other not in kept or not _overlap(kept[other], one):
                continue
            if words[number] in words[other]:
                break
            if words[other] in words[number]:
                del kept[other]
        else:
            kept[number] = one
            near.append(number)
            if same:
                exact[same] = number
    return [kept[number] for number in sorted(kept)]


def _overlap(one: Clipping, other: Clipping) -> bool:
    """Whether both stand at one place: by their locations, else by their page; without either nobody knows."""
    mine, its = one.facts.location, other.facts.location
    if mine and its:
        return mine[0] <= its[1] and its[0] <= mine[1]
    return bool(one.facts.page) and one.facts.page == other.facts.page


def _hung(marked: Sequence[Clipping], notes: Sequence[Clipping]) -> tuple[dict[int, str], list[Clipping]]:
    """The words on each highlight by its number, and the notes that stand at none."""
    comments: dict[int, list[str]] = defaultdict(list)
    alone: list[Clipping] = []
    located = sorted((one.facts.location, number) for number, one in enumerate(marked) if one.facts.location)
    pages: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(marked):
        if one.facts.page:
            pages[one.facts.page].append(number)
    for note in notes:
        place, number = note.facts.location, -1
        if place:
            # Those that begin before the note and reach to it; a note is written where its highlight ends.
            until = bisect_right(located, ((place[1], 10**10), 0))
            reaching = [(at, one) for at, one in located[max(until - _NEAR, 0) : until] if at[1] >= place[0]]
            number = min(reaching, key=lambda pair: (abs(pair[0][1] - place[1]), -pair[0][0]))[1] if reaching else -1
        elif note.facts.page in pages:
            # A page alone tells not which: the one made at the same time, else the last one of the page.
            here = pages[note.facts.page]
            number = next((one for one in here if marked[one].facts.when == note.facts.when), here[-1])
        if number < 0:
            alone.append(note)
        else:
            comments[number].append(note.words)
    return {number: "\n\n".join(words) for number, words in comments.items()}, alone
