"""Which words of a few texts a full-text query finds: the store's own tokeniser and stemmer over a table in memory.

`highlight()` on the store's table reads the index again for every row, 41 ms a query at scale; a table of only the
texts that are shown takes less than one (docs/search.md).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from kb.store.engine import scratch
from kb.store.engine.apart import origins, set_apart

Span = tuple[int, int]

_OPEN, _CLOSE = "\x02", "\x03"
_HIDDEN = dict.fromkeys(map(ord, (_OPEN, _CLOSE, "\0")), " ")
JOINERS = "\u200d\ufe0e\ufe0f"


def found(texts: Mapping[int, str], match: str) -> dict[int, list[Span]]:
    """Half-open spans, in order, of what a MATCH expression finds in each text; texts without any are left out."""
    if not match or not texts:
        return {}
    with scratch.tables() as memory:
        rows = {key: set_apart(text.translate(_HIDDEN)) for key, text in texts.items()}
        memory.executemany("INSERT INTO shown (rowid, text) VALUES (?, ?)", list(rows.items()))
        sql = "SELECT rowid, highlight(shown, 0, ?, ?) FROM shown WHERE shown MATCH ?"
        marked = memory.execute(sql, (_OPEN, _CLOSE, set_apart(match)))
        return {key: _spans(texts[key], _marks(one), rows[key] != texts[key]) for key, one in marked}


def _spans(text: str, marks: Iterable[Span], apart: bool) -> list[Span]:
    """Marks in a text as they stand in it, whole letters; those that meet in a script without blanks are one."""
    if not apart:
        return [(start, _whole(text, end)) for start, end in marks]
    places = origins(text)
    spans: list[Span] = []
    for first, last in marks:
        start, end = places[first][0], _whole(text, places[last - 1][1])
        if spans and start <= spans[-1][1]:
            start, end = spans[-1][0], max(end, spans.pop()[1])
        spans.append((start, end))
    return spans


def _marks(marked: str) -> Iterator[Span]:
    """The places between the marks, in the text without them."""
    before, *pieces = marked.split(_OPEN)
    at = len(before)
    for piece in pieces:
        inside, _, after = piece.partition(_CLOSE)
        yield at, at + len(inside)
        at += len(inside) + len(after)


def _whole(text: str, end: int) -> int:
    """The end moved behind combining marks, which belong to the letter before them."""
    while end < len(text) and (unicodedata.category(text[end])[0] == "M" or text[end] in JOINERS):
        end += 1
    return end
