"""Finding titles and people by words in SQLite's full text (`name_tables`). Rows are found here, not read.

Words are letters and digits only, folded (`kb.text.strings.fold`): nothing in them is an operator of full text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.model.named import Manner, Names, Place
from kb.store.engine.sql import MEMBERS, listed
from kb.store.open import Store

_COLUMN: dict[Names, str] = {"source": "title_key", "person": "name_key"}
_PLACE: dict[Place, str] = {
    "text": "NOT kind : (comment OR stub)", "comment": "AND kind : comment", "stub": "AND kind : stub",
}  # fmt: skip
_SHORT = 3  # letters from which on a word may be the beginning of a longer one
_YEAR = 4
_LARGEST_BYTE = 127  # above it FTS5 counts the words of a column in more than a byte

_BY_PERSON = """SELECT a.source_rowid FROM person_fts f JOIN authorship a ON a.person_rowid = f.rowid
    WHERE person_fts MATCH ?"""


def titled(store: Store, words: Sequence[str], manner: Manner, place: Place, most: int) -> list[int]:
    """Rowids of sources of this place whose titles have the words in this manner, oldest first, so many at most."""
    match = f"(title_key : {_expression(words, manner)}) {_PLACE[place]}"
    if manner != "whole":
        sql = "SELECT rowid FROM source_fts WHERE source_fts MATCH ? ORDER BY rowid LIMIT ?"
        return _rows(store, sql, match, most)
    if len(words) > _LARGEST_BYTE:
        return []
    sql = """SELECT f.rowid FROM source_fts f JOIN source_fts_docsize d ON d.id = f.rowid
        WHERE source_fts MATCH ? AND substr(d.sz, 1, 1) = ? ORDER BY f.rowid LIMIT ?"""
    return _rows(store, sql, match, bytes([len(words)]), most)


def titled_or_by(
    store: Store, words: Sequence[str], joined: Sequence[Sequence[int]], place: Place, most: int, *, whole: bool
) -> list[int]:
    """Sources of which the title, an author's name or the year has each of these words, or one that begins so.

    `joined` are for each word further people who are meant by it.
    """
    parts: list[str] = []
    values: list[str] = []
    for word, people in zip(words, joined, strict=True):
        match = _phrase(word, whole=whole)
        found = f"SELECT rowid FROM source_fts WHERE source_fts MATCH ? UNION ALL {_BY_PERSON}"
        values += [f"title_key : {match}", match]
        if word.isdecimal() and len(word) == _YEAR:
            found += " UNION ALL SELECT rowid FROM source WHERE published >= ? AND published < ?"
            values += [word, word + "\x7f"]
        if people:
            found += f" UNION ALL SELECT source_rowid FROM authorship WHERE person_rowid IN {MEMBERS}"
            values.append(listed(people))
        parts.append(f"SELECT * FROM ({found})")
    kind = "NOT IN ('comment', 'stub')" if place == "text" else f"= '{place}'"
    sql = f"""SELECT s.rowid FROM source s WHERE s.rowid IN ({" INTERSECT ".join(parts)}) AND s.kind {kind}
        ORDER BY s.rowid LIMIT ?"""
    return _rows(store, sql, *values, most)


def containing(store: Store, parts: Sequence[str], words: Sequence[str], most: int) -> list[int]:
    """Sources in whose titles these parts stand anywhere, and these words: for scripts without blanks."""
    sql = f"SELECT rowid FROM source WHERE {' AND '.join(['instr(title_key, ?) > 0'] * len(parts))}"
    values: list[str | int] = [*parts]
    if words:
        sql += " AND rowid IN (SELECT rowid FROM source_fts WHERE source_fts MATCH ?)"
        values.append(f"title_key : {_expression(words, 'beginnings')}")
    return _rows(store, f"{sql} ORDER BY rowid LIMIT ?", *values, most)


def containing_most(store: Store, parts: Sequence[str], least: float, most: int) -> list[int]:
    """Sources in whose titles the most of these parts stand, and at least this share; the best first."""
    count = " + ".join(["(instr(title_key, ?) > 0)"] * len(parts))
    sql = f"""SELECT rowid FROM (SELECT rowid, {count} AS n FROM source) WHERE n >= ?
        ORDER BY n DESC, rowid LIMIT ?"""
    return _rows(store, sql, *parts, least * len(parts), most)


def with_word(store: Store, names: Names, word: str, most: int, *, whole: bool = True) -> list[int]:
    """Sources whose title, or one of whose authors, has this word, or one that begins so."""
    match = f"{_COLUMN[names]} : {_phrase(word, whole=whole)}"
    sql = "SELECT rowid FROM source_fts WHERE source_fts MATCH ?" if names == "source" else _BY_PERSON
    return _rows(store, f"{sql} LIMIT ?", match, most)


def people(store: Store, words: Sequence[str]) -> list[int]:
    """Rowids of the people whose names have words that begin with each of these."""
    match = " AND ".join(f'"{word}" *' for word in words)
    return _rows(store, "SELECT rowid FROM person_fts WHERE person_fts MATCH ?", match) if words else []


def vocabulary(store: Store, names: Names, beginning: str) -> list[str]:
    """The words that begin so, each once, in the order of their letters."""
    sql = f"SELECT term FROM {names}_fts_words WHERE term >= ? AND term < ? AND col = ?"
    return [row[0] for row in store.execute(sql, (beginning, beginning + "\U0010ffff", _COLUMN[names]))]


def known(store: Store, names: Names, words: Iterable[str]) -> list[str]:
    """Those of the words that there are."""
    sql = f"SELECT term FROM {names}_fts_words WHERE term IN {MEMBERS} AND col = ?"
    return [row[0] for row in store.execute(sql, (listed(words), _COLUMN[names]))]


def _expression(words: Sequence[str], manner: Manner) -> str:
    if manner == "whole":
        return f'^ "{" ".join(words)}"'
    if manner == "begins":
        return f'^ "{" ".join(words)}" *'
    return f"({' AND '.join(_phrase(word, whole=manner == 'words') for word in words)})"


def _phrase(word: str, *, whole: bool) -> str:
    return f'"{word}"' if whole or len(word) < _SHORT else f'"{word}" *'


def _rows(store: Store, sql: str, *values: str | int | float | bytes) -> list[int]:
    return [row[0] for row in store.execute(sql, values)]
