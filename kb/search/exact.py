"""What a query names: a source by its title, citekey or address, or anything by its id. It is the first hit."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from kb.errors import KbError, notify
from kb.model import ids
from kb.model.identity import is_address
from kb.search import hits
from kb.search.query import every_word
from kb.sources import resolve
from kb.store.embeddings import TABLES, Table
from kb.text.strings import clip

_LONGEST = 500  # characters of a title or an address
_SHORTEST_PREFIX = 4  # of an id
_MOST = 3  # sources of one title

_FIRST: dict[Table, str] = {
    "passage": """SELECT p.rowid FROM passage p JOIN source s ON s.rowid = p.source_rowid
        WHERE s.id = ? AND p.kind <> 'heading' ORDER BY p.ordinal LIMIT 1""",
    "statement": """SELECT m.statement_rowid FROM mention m JOIN source s ON s.rowid = m.source_rowid
        WHERE s.id = ? AND NOT m.lost ORDER BY m.start LIMIT 1""",
}
"""The first text of a source."""
_ABOUT = "SELECT title, url, EXISTS (SELECT 1 FROM passage WHERE source_rowid = s.rowid) FROM source s WHERE s.id = ?"


@dataclass(frozen=True, slots=True)
class Named:
    """What a query names.

    `rows` are (table, rowid) of what to show; `by` is "id", "citekey", "address" or "title". An id has no words, so
    the other hits are those for `words`: the title or text of the thing. Empty if it names nothing.
    """

    rows: tuple[tuple[Table, int], ...] = ()
    by: str = ""
    words: str = ""


def named(connection: sqlite3.Connection, typed: str, prefer: Table) -> Named:
    """What a text names as a whole. Of a source, the first text of the preferred table is shown."""
    text = typed.strip().strip('"').strip()
    if not text or len(text) > _LONGEST:
        return Named()
    if ids.ID.fullmatch(text) and not _only_a_word(connection, text):
        try:
            return _named(connection, [resolve.ref(connection, text)], prefer, "id")
        except KbError:
            pass  # no id, or the beginning of several
    sources = resolve.sources(connection, text)[:_MOST]
    by = "address" if is_address(text) else "title"
    if any(source["citekey"] == text for source in sources):
        by = "citekey"
    return _named(connection, [("source", source["id"]) for source in sources], prefer, by)


def _named(connection: sqlite3.Connection, things: Sequence[tuple[str, str]], prefer: Table, by: str) -> Named:
    shown = dict.fromkeys(row for table, name in things for row in _rows(connection, table, name, prefer))
    if not things or by == "title":
        return Named(tuple(shown), by)
    words = []
    for table, name in things:
        if table == "link":
            words += [hits.items(connection, t, [rowid])[rowid].text for t, rowid in shown]
        else:
            column = "title" if table == "source" else "text"
            words.append(connection.execute(f"SELECT {column} FROM {table} WHERE id = ?", (name,)).fetchone()[0])
    return Named(tuple(shown), by, " ".join(words))


def _only_a_word(connection: sqlite3.Connection, text: str) -> bool:
    """Whether what may be the beginning of an id ("cats", "p53") is a word of the texts, or too short."""
    if len(text) >= ids.LENGTHS[text[0]]:
        return False
    match = every_word(text)
    sql = "SELECT 1 FROM {0}_fts WHERE {0}_fts MATCH ? LIMIT 1"
    return len(text) < _SHORTEST_PREFIX or any(connection.execute(sql.format(t), (match,)).fetchone() for t in TABLES)


def _rows(connection: sqlite3.Connection, table: str, name: str, prefer: Table) -> list[tuple[Table, int]]:
    """What to show for a thing: a link's two ends, the beginning of a source, anything else as it is."""
    if table == "link":
        ends = connection.execute("SELECT from_id, to_id FROM link WHERE id = ?", (name,)).fetchone()
        tables = [(end, "source" if end.startswith(ids.SOURCE) else "statement") for end in ends]
        return [row for end, kind in tables for row in _rows(connection, kind, end, prefer)]
    if table != "source":
        row = connection.execute(f"SELECT rowid FROM {table} WHERE id = ?", (name,)).fetchone()
        return [("passage" if table == "passage" else "statement", row[0])] if row else []
    if row := connection.execute(_FIRST[prefer], (name,)).fetchone():
        return [(prefer, row[0])]
    title, url, texts = connection.execute(_ABOUT, (name,)).fetchone()
    if not texts:
        cure = f"; `kb add {url}` reads it" if url else ""
        notify(f"{clip(title, 80)} ({name}) has no text yet{cure}")
    return []
