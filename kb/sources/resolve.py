"""What a person means by REF: an id, its prefix, a citekey, a URL in any form, an arXiv id, an exact title."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from kb.errors import NotFoundError
from kb.model import identity, ids
from kb.text.strings import clip, fold, without_surrogates

_TABLES = {ids.SOURCE: "source", ids.STATEMENT: "statement", ids.LINK: "link", ids.PASSAGE: "passage"}
_KINDS = {"source": ids.SOURCE, "statement": ids.STATEMENT, "link": ids.LINK, "passage": ids.PASSAGE}


def ref(connection: sqlite3.Connection, text: str, *kinds: str) -> tuple[str, str]:
    """(table, id) of what `text` names, among `kinds` ("source", "statement", "link", "passage"; all by default).

    Raises:
        NotFoundError: it names nothing, or several things; the candidates are in the error.
    """
    wanted = kinds or ("source", "statement", "link", "passage")
    text = without_surrogates(text).strip()
    found = _by_id(connection, text, wanted)
    if not found and "source" in wanted:
        found = [("source", row) for row in sources(connection, text)]
    if len(found) == 1:
        return found[0][0], str(found[0][1]["id"])
    if not found:
        what = " or ".join(wanted) if kinds else "source, statement, link or passage"
        raise NotFoundError(f"no {what} {text!r}", "`kb list` and `kb statements` show what there is")
    raise NotFoundError(
        f"{text!r} means {len(found)} things",
        "use one of the ids",
        candidates=[{"id": row["id"], "kind": table, "title": _label(row)} for table, row in found[:10]],
    )


def source(connection: sqlite3.Connection, text: str) -> str:
    """Id of the source that `text` names.

    Raises:
        NotFoundError: as for `ref`.
    """
    return ref(connection, text, "source")[1]


def rowid(connection: sqlite3.Connection, table: str, name: str) -> int:
    """The rowid of what `ref` found."""
    if table not in _TABLES.values():
        raise ValueError(table)
    return int(connection.execute(f"SELECT rowid FROM {table} WHERE id = ?", (name,)).fetchone()[0])


def _by_id(connection: sqlite3.Connection, text: str, wanted: Sequence[str]) -> list[tuple[str, sqlite3.Row]]:
    if not ids.ID.fullmatch(text):
        return []
    table = _TABLES[text[0]]
    if table not in wanted:
        return []
    if exact := connection.execute(f"SELECT * FROM {table} WHERE id = ?", (text,)).fetchone():
        return [(table, exact)]
    if table == "source" and (merged := _by_key(connection, ["id:" + text])):
        return [(table, merged[0])]
    # Ids hold no wildcards, so the range from the prefix to the next one is exactly what begins with it.
    rows = connection.execute(
        f"SELECT * FROM {table} WHERE id >= ? AND id < ? LIMIT 11", (text, text + "\x7f")
    ).fetchall()
    return [(table, row) for row in rows]


def sources(connection: sqlite3.Connection, text: str) -> list[sqlite3.Row]:
    """The sources that `text` names by citekey, address or exact title, a few at most."""
    if row := connection.execute("SELECT * FROM source WHERE citekey = ?", (text,)).fetchall():
        return list(row)
    if (known := identity.of_target(text)) and (rows := _by_key(connection, known.keys)):
        return rows
    return connection.execute("SELECT * FROM source WHERE title_key = ? LIMIT 11", (fold(text),)).fetchall()


def _by_key(connection: sqlite3.Connection, keys: Sequence[str]) -> list[sqlite3.Row]:
    for key in keys:
        sql = "SELECT s.* FROM source_key k JOIN source s ON s.rowid = k.source_rowid WHERE k.key = ?"
        if rows := connection.execute(sql, (key,)).fetchall():
            return rows
    return []


def _label(row: sqlite3.Row) -> str:
    keys: list[Any] = row.keys()
    return clip(str(row["title" if "title" in keys else "text" if "text" in keys else "relation"]), 80)


def nearest(candidates: Sequence[sqlite3.Row], path: str | None) -> sqlite3.Row:
    """Of several notes with one name the one a wikilink in `path` means.

    A real note before a stub, a path or title before an alias, the same folder, the fewest folders, the alphabet.
    """
    here = path.rsplit("/", 1)[0] if path and "/" in path else ""

    def rank(row: sqlite3.Row) -> tuple[bool, int, bool, int, str]:
        there = row["path"] or ""
        folder = there.rsplit("/", 1)[0] if "/" in there else ""
        return row["kind"] == "stub", row["rank"], folder != here, there.count("/"), there

    return min(candidates, key=rank)
