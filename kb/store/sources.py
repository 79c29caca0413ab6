"""Table `source` with what belongs to it alone: keys, names, tags, authors."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kb.model import ids
from kb.model.document import Author
from kb.store import rows as _rows
from kb.text.strings import fold

if TYPE_CHECKING:
    from sqlmodel import Session

_COLUMNS = """
    s.rowid AS rowid, s.id, s.citekey, s.kind, s.title, s.url, s.published, s.added, s.parent, s.external_ids,
    (SELECT json_group_array(name) FROM (SELECT p.name FROM authorship a JOIN person p ON p.rowid = a.person_rowid
        WHERE a.source_rowid = s.rowid ORDER BY a.position)) AS authors,
    (SELECT json_group_array(name) FROM (SELECT name FROM tag WHERE source_rowid = s.rowid ORDER BY name)) AS tags,
    (SELECT count(*) FROM passage WHERE source_rowid = s.rowid AND kind <> 'heading') AS passages,
    (SELECT count(DISTINCT statement_rowid) FROM mention WHERE source_rowid = s.rowid AND NOT lost) AS statements
"""


# Reading


def read(connection: sqlite3.Connection, source_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Sources by id, in the shape of the interface."""
    rows = _rows.in_chunks(connection, f"SELECT {_COLUMNS} FROM source s WHERE s.id IN ({{}})", source_ids)
    return {row["id"]: as_dict(row) for row in rows}


def listed(
    connection: sqlite3.Connection, where: str = "1", values: Sequence[Any] = (), limit: int = -1
) -> list[dict[str, Any]]:
    """Sources that meet a condition on `s`, newest first, undated ones last."""
    sql = f"""SELECT {_COLUMNS} FROM source s WHERE {where}
        ORDER BY s.published IS NULL, s.published DESC, s.title_key, s.rowid LIMIT ?"""
    return [as_dict(row) for row in connection.execute(sql, (*values, limit))]


def as_dict(row: sqlite3.Row) -> dict[str, Any]:
    """A row of the columns above as the interface's Source."""
    return {
        "id": row["id"],
        "citekey": row["citekey"],
        "kind": row["kind"],
        "title": row["title"],
        "authors": json.loads(row["authors"]),
        "url": row["url"],
        "published": row["published"],
        "added": row["added"],
        "parent": row["parent"],
        "external_ids": json.loads(row["external_ids"]),
        "tags": json.loads(row["tags"]),
        "passages": row["passages"],
        "statements": row["statements"],
    }


def row(connection: sqlite3.Connection, source_id: str) -> sqlite3.Row | None:
    """The bare row of a source."""
    found: sqlite3.Row | None = connection.execute("SELECT * FROM source WHERE id = ?", (source_id,)).fetchone()
    return found


def by_keys(connection: sqlite3.Connection, keys: Iterable[str]) -> list[sqlite3.Row]:
    """Sources that any of the keys identifies, in the order of the keys, each once."""
    found: dict[int, sqlite3.Row] = {}
    for key in keys:
        sql = "SELECT s.* FROM source_key k JOIN source s ON s.rowid = k.source_rowid WHERE k.key = ?"
        for match in connection.execute(sql, (key,)):
            found.setdefault(match["rowid"], match)
    return list(found.values())


def by_column(connection: sqlite3.Connection, column: str, value: str) -> list[sqlite3.Row]:
    """Sources with this `text_hash`, `target` or `title_key`, oldest first."""
    if column not in {"text_hash", "target", "title_key"}:
        raise ValueError(column)
    return connection.execute(f"SELECT * FROM source WHERE {column} = ? ORDER BY rowid", (value,)).fetchall()


def by_name(connection: sqlite3.Connection, name: str) -> list[sqlite3.Row]:
    """Sources that a wikilink with this name may mean, the best kind of name first."""
    sql = """SELECT s.*, n.rank FROM source_name n JOIN source s ON s.rowid = n.source_rowid
        WHERE n.name_key = ? ORDER BY n.rank, s.kind = 'stub', s.rowid"""
    return connection.execute(sql, (fold(name),)).fetchall()


def ids_in(stored: str) -> dict[str, str]:
    """The column `external_ids` of a bare row."""
    return dict(json.loads(stored))


def original(connection: sqlite3.Connection, source_id: str) -> bytes:
    """What was read, before any repair; empty for a stub."""
    found = connection.execute("SELECT original FROM source WHERE id = ?", (source_id,)).fetchone()
    return zlib.decompress(found[0]) if found and found[0] else b""


def authors(connection: sqlite3.Connection, rowid: int) -> list[Author]:
    """Authors in order."""
    sql = """SELECT p.name, p.slug FROM authorship a JOIN person p ON p.rowid = a.person_rowid
        WHERE a.source_rowid = ? ORDER BY a.position"""
    return [Author(name, slug) for name, slug in connection.execute(sql, (rowid,))]


def keys(connection: sqlite3.Connection, rowid: int) -> list[str]:
    return [k for (k,) in connection.execute("SELECT key FROM source_key WHERE source_rowid = ?", (rowid,))]


def titles(connection: sqlite3.Connection, source_ids: Iterable[str]) -> dict[str, str]:
    """Titles by id."""
    rows = _rows.in_chunks(connection, "SELECT id, title FROM source WHERE id IN ({})", source_ids)
    return {row["id"]: row["title"] for row in rows}


def tags(connection: sqlite3.Connection, rowid: int) -> list[str]:
    return [t for (t,) in connection.execute("SELECT name FROM tag WHERE source_rowid = ?", (rowid,))]


def above(connection: sqlite3.Connection, source_id: str) -> list[sqlite3.Row]:
    """What a source answers, and what that answers, up to the root; nearest first."""
    sql = """WITH RECURSIVE chain(id, depth) AS (
            SELECT parent, 1 FROM source WHERE id = ? AND parent IS NOT NULL
            UNION SELECT s.parent, c.depth + 1 FROM chain c JOIN source s ON s.id = c.id
                WHERE s.parent IS NOT NULL AND c.depth < 500)
        SELECT s.* FROM chain c JOIN source s ON s.id = c.id ORDER BY c.depth"""
    return connection.execute(sql, (source_id,)).fetchall()


def quoting_below(connection: sqlite3.Connection, source_id: str) -> list[str]:
    """Ids of the answers to a source, and to these, that quote somebody."""
    sql = """WITH RECURSIVE below(id) AS (
            SELECT id FROM source WHERE parent = ?
            UNION SELECT s.id FROM below b JOIN source s ON s.parent = b.id)
        SELECT s.id FROM below b JOIN source s ON s.id = b.id
        WHERE s.id <> ? AND EXISTS (SELECT 1 FROM passage p WHERE p.source_rowid = s.rowid AND p.kind = 'quote')
        ORDER BY s.rowid"""
    return [row[0] for row in connection.execute(sql, (source_id, source_id))]


# Writing


def insert(session: Session, connection: sqlite3.Connection, fields: Mapping[str, Any], *identity: str) -> int:
    """Add a source; its id comes from what identifies it, its citekey is made once. Returns the rowid."""
    from kb.store.schema import Source

    def taken(candidate: str) -> bool:
        sql = "SELECT 1 FROM source WHERE id = ? UNION SELECT 1 FROM source_key WHERE key = 'id:' || ?"
        return connection.execute(sql, (candidate, candidate)).fetchone() is not None

    source_id = fields.get("id") or ids.make(ids.SOURCE, *identity, taken=taken)
    row = {**fields, "id": source_id, "title_key": fold(fields["title"])}
    row["citekey"] = free_citekey(connection, fields["citekey"])
    return _rows.insert_one(session, Source, row)


def update(session: Session, rowid: int, fields: Mapping[str, Any]) -> None:
    """Change columns of a source; a new title brings its key along."""
    from sqlalchemy import update as sa_update

    from kb.store.schema import Source

    changed = dict(fields)
    if "title" in changed:
        changed["title_key"] = fold(changed["title"])
    if changed:
        session.execute(sa_update(Source).where(Source.rowid == rowid).values(**changed))  # type: ignore[arg-type]


def free_citekey(connection: sqlite3.Connection, wanted: str) -> str:
    """The citekey, with a letter behind it where another source has it already."""
    candidate, number = wanted, 0
    while connection.execute("SELECT 1 FROM source WHERE citekey = ?", (candidate,)).fetchone():
        number += 1
        candidate = wanted + _letters(number)
    return candidate


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("a") + digit) + letters
    return letters


def add_keys(connection: sqlite3.Connection, rowid: int, new: Iterable[str]) -> None:
    """Remember what identifies a source. A key that another source has stays where it is."""
    connection.executemany(
        "INSERT OR IGNORE INTO source_key (key, source_rowid) VALUES (?, ?)", [(k, rowid) for k in new]
    )


def add_names(connection: sqlite3.Connection, rowid: int, names: Iterable[tuple[str, int]]) -> None:
    """Remember names (name, rank) by which a wikilink may mean a source."""
    connection.executemany(
        """INSERT INTO source_name (name_key, source_rowid, rank) VALUES (?, ?, ?)
        ON CONFLICT (name_key, source_rowid) DO UPDATE SET rank = min(rank, excluded.rank)""",
        [(fold(name), rowid, rank) for name, rank in names if name.strip()],
    )


def set_tags(connection: sqlite3.Connection, rowid: int, names: Iterable[str]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO tag (name, source_rowid) VALUES (?, ?)",
        [(name, rowid) for name in names if name],
    )


def set_authors(connection: sqlite3.Connection, rowid: int, people: Sequence[Author]) -> None:
    """Replace the authors of a source. One person with one slug, or one name without slugs, is one person."""
    connection.execute("DELETE FROM authorship WHERE source_rowid = ?", (rowid,))
    for position, author in enumerate(people):
        connection.execute(
            "INSERT OR IGNORE INTO authorship (source_rowid, person_rowid, position) VALUES (?, ?, ?)",
            (rowid, person(connection, author), position),
        )


def person(connection: sqlite3.Connection, author: Author) -> int:
    """The person of that name and slug, added where unknown. Returns the rowid."""
    sql = "SELECT rowid, slug FROM person WHERE name_key = ? AND (slug IS ? OR slug IS NULL OR ? IS NULL)"
    found = connection.execute(sql, (fold(author.name), author.slug, author.slug)).fetchone()
    if found is None:
        sql = "INSERT INTO person (name, name_key, slug) VALUES (?, ?, ?)"
        return int(connection.execute(sql, (author.name, fold(author.name), author.slug)).lastrowid or 0)
    if author.slug and not found["slug"]:
        connection.execute("UPDATE person SET slug = ? WHERE rowid = ?", (author.slug, found["rowid"]))
    return int(found["rowid"])


def merge(connection: sqlite3.Connection, kept: sqlite3.Row, gone: sqlite3.Row) -> None:
    """Make a stub and the source that it turned out to be one; the stub's id goes on naming it."""
    connection.execute("UPDATE reference SET target = ? WHERE target = ?", (kept["id"], gone["id"]))
    connection.execute("UPDATE source SET parent = ? WHERE parent = ?", (kept["id"], gone["id"]))
    for table in ("source_key", "tag", "source_name", "mention"):
        connection.execute(
            f"UPDATE OR IGNORE {table} SET source_rowid = ? WHERE source_rowid = ?",
            (kept["rowid"], gone["rowid"]),
        )
    for end in ("from_id", "to_id"):
        connection.execute(f"UPDATE link SET {end} = ? WHERE {end} = ?", (kept["id"], gone["id"]))
    connection.execute("DELETE FROM source WHERE rowid = ?", (gone["rowid"],))
    add_keys(connection, kept["rowid"], ["id:" + gone["id"]])


def delete_unused_stubs(connection: sqlite3.Connection, candidates: Iterable[str]) -> None:
    """Drop stubs known by name only that nothing refers to any more."""
    for source_id in candidates:
        connection.execute(
            """DELETE FROM source WHERE id = ? AND kind = 'stub' AND url IS NULL
            AND NOT EXISTS (SELECT 1 FROM reference WHERE target = source.id)
            AND NOT EXISTS (SELECT 1 FROM source c WHERE c.parent = source.id)
            AND NOT EXISTS (SELECT 1 FROM link WHERE to_id = source.id OR from_id = source.id)
            AND NOT EXISTS (SELECT 1 FROM mention WHERE source_rowid = source.rowid)""",
            (source_id,),
        )
