"""Which words of a few texts a full-text query finds: the store's own tokeniser and stemmer over a table in memory.

`highlight()` on the store's table reads the index again for every row, 41 ms a query at scale; a table of only the
texts that are shown takes less than one (docs/search.md).
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Mapping

from kb.store.engine.fulltext_tables import TOKENIZER

Span = tuple[int, int]

_OPEN, _CLOSE = "\x02", "\x03"
_HIDDEN = dict.fromkeys(map(ord, (_OPEN, _CLOSE, "\0")), " ")
JOINERS = "\u200d\ufe0e\ufe0f"


def found(texts: Mapping[int, str], match: str) -> dict[int, list[Span]]:
    """Half-open spans, in order, of what a MATCH expression finds in each text; texts without any are left out."""
    if not match or not texts:
        return {}
    memory = sqlite3.connect(":memory:")
    try:
        memory.execute(f"CREATE VIRTUAL TABLE shown USING fts5(text, tokenize='{TOKENIZER}')")
        rows = [(key, text.translate(_HIDDEN)) for key, text in texts.items()]
        memory.executemany("INSERT INTO shown (rowid, text) VALUES (?, ?)", rows)
        sql = "SELECT rowid, highlight(shown, 0, ?, ?) FROM shown WHERE shown MATCH ?"
        return {key: _spans(marked) for key, marked in memory.execute(sql, (_OPEN, _CLOSE, match))}
    finally:
        memory.close()


def _spans(marked: str) -> list[Span]:
    """The places between the marks, in the text without them."""
    spans: list[Span] = []
    plain = marked.replace(_OPEN, "").replace(_CLOSE, "")
    before, *pieces = marked.split(_OPEN)
    at = len(before)
    for piece in pieces:
        inside, _, after = piece.partition(_CLOSE)
        spans.append((at, _whole(plain, at + len(inside))))
        at += len(inside) + len(after)
    return spans


def _whole(text: str, end: int) -> int:
    """The end moved behind combining marks, which belong to the letter before them."""
    while end < len(text) and (unicodedata.category(text[end])[0] == "M" or text[end] in JOINERS):
        end += 1
    return end
