"""Full-text tables in memory over a few texts: the store's own tokeniser and stemmer, without reading its index.

To make such tables takes longer than to fill them, so a thread keeps its own; what is put in is taken back at the end.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from kb.store.engine.fulltext_tables import TOKENIZER

_SHOWN = "CREATE VIRTUAL TABLE shown USING fts5(text, tokenize='{}')"
_COUNTED = (
    "CREATE VIRTUAL TABLE texts USING fts5(text, context, content='', tokenize='{}')",
    "CREATE VIRTUAL TABLE asked USING fts5(text, content='', tokenize='{}')",
    "CREATE VIRTUAL TABLE texts_terms USING fts5vocab(texts, instance)",
    "CREATE VIRTUAL TABLE asked_terms USING fts5vocab(asked, instance)",
)

_kept = threading.local()


@contextmanager
def tables() -> Iterator[sqlite3.Connection]:
    """Empty tables: `shown` (text) has its texts; `texts` (text, context) and `asked` (text) only know their words.

    `texts_terms` and `asked_terms` have a row for each word in them: term, doc, col, offset.
    """
    memory: sqlite3.Connection | None = getattr(_kept, "memory", None)
    if memory is None:
        memory = sqlite3.connect(":memory:", isolation_level=None)
        for sql in (_SHOWN, *_COUNTED):
            memory.execute(sql.format(TOKENIZER))
        _kept.memory = memory
    memory.execute("BEGIN")
    try:
        yield memory
    finally:
        memory.execute("ROLLBACK")
