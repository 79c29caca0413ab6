"""What search asks of passages and statements: rows in order, what is left of them, and the texts to show."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from kb.errors import NotFoundError
from kb.model import moments
from kb.model.context import Context
from kb.model.found import Comparable, Locator, SearchUnit, SourceHead
from kb.model.named import NamedKind
from kb.model.words import Table
from kb.store import access, people
from kb.store.conditions import EVERYTHING, among
from kb.store.open import Store
from kb.store.people import KnownAs
from kb.store.selected import Selected

_PAGE = re.compile(r"\bp\. (\d+)(?:, col\. (\d))?$")

_IN_ORDER: dict[Table, str] = {
    "passage": """SELECT t.rowid FROM passage t JOIN source s ON s.rowid = t.source_rowid
        WHERE t.kind <> 'heading' AND {}
        ORDER BY s.published IS NULL, s.published DESC, s.rowid, t.ordinal LIMIT ?""",
    "statement": """SELECT t.rowid FROM statement t JOIN mention m ON m.statement_rowid = t.rowid AND NOT m.lost
        JOIN source s ON s.rowid = m.source_rowid WHERE {} GROUP BY t.rowid
        ORDER BY max(s.published) IS NULL, max(s.published) DESC, min(s.rowid), min(m.start) LIMIT ?""",
}

_FIRST: dict[Table, str] = {
    "passage": """SELECT p.rowid FROM passage p JOIN source s ON s.rowid = p.source_rowid
        WHERE s.id = ? AND p.kind <> 'heading' ORDER BY p.ordinal LIMIT 1""",
    "statement": """SELECT m.statement_rowid FROM mention m JOIN source s ON s.rowid = m.source_rowid
        WHERE s.id = ? AND NOT m.lost ORDER BY m.start LIMIT 1""",
}

_SOURCE = "s.rowid AS source_rowid, s.id AS source_id, s.citekey, s.kind AS source_kind, s.title, s.url, s.published"

_UNITS: dict[Table, str] = {
    "passage": f"""SELECT p.rowid, p.rowid AS place, p.id AS place_id, p.kind AS place_kind,
        p.id, p.text, p.heading, p.label, p.speaker, NULL AS voice, p.start, p.end,
        NULL AS around, NULL AS around_at, {_SOURCE}
    FROM passage p JOIN source s ON s.rowid = p.source_rowid WHERE p.rowid IN ({{}})""",
    "statement": f"""SELECT st.rowid, p.rowid AS place, p.id AS place_id, p.kind AS place_kind,
        st.id, st.text, coalesce(p.heading, '[]') AS heading, p.label, m.speaker, m.voice, m.start, m.end,
        m.context_quote AS around, m.context_start AS around_at, {_SOURCE}
    FROM statement st
    JOIN mention m ON m.rowid = (SELECT x.rowid FROM mention x
        WHERE x.statement_rowid = st.rowid AND NOT x.lost ORDER BY x.source_rowid, x.start LIMIT 1)
    JOIN source s ON s.rowid = m.source_rowid
    LEFT JOIN passage p ON p.source_rowid = m.source_rowid AND p.ordinal = m.passage_ordinal
    WHERE st.rowid IN ({{}})""",
}


def in_order(store: Store, table: Table, selection: Selected | None, most: int) -> list[int]:
    """Rows that are left, without any ranking: newest source first, in the order of its text."""
    left = EVERYTHING if selection is None else among("t.rowid", selection.rowids())
    return [row[0] for row in store.execute(_IN_ORDER[table].format(left.sql), (*left.values, most))]


def first_text(store: Store, source_id: str, table: Table) -> int | None:
    """The rowid of the first passage or statement of a source."""
    row = store.execute(_FIRST[table], (source_id,)).fetchone()
    return int(row[0]) if row else None


def made_in(store: Store, statements: Iterable[int], passages: Selected | None) -> list[tuple[int, int]]:
    """(statement, passage) rowids of where these statements are made, in passages that a selection leaves."""
    made = access.in_chunks(store, f"{_MADE_IN} AND m.statement_rowid IN ({{}})", statements)
    return [(statement, passage) for statement, passage in made if passages is None or passage in passages]


_MADE_IN = """SELECT m.statement_rowid, p.rowid FROM mention m
    JOIN passage p ON p.source_rowid = m.source_rowid AND p.ordinal = m.passage_ordinal
    WHERE NOT m.lost AND p.kind <> 'heading'"""


def worth_listing(store: Store, statements: Iterable[int], least: float) -> set[int]:
    """Those of the statements that are accepted or have at least this confidence."""
    worth = f"st.status = 'accepted' OR coalesce(st.confidence, 1) >= {least}"
    sql = f"SELECT st.rowid FROM statement st WHERE st.rowid IN ({{}}) AND ({worth})"
    return {row[0] for row in access.in_chunks(store, sql, statements)}


def sources_of(store: Store, passages: Iterable[int]) -> dict[int, int]:
    """The rowid of the source of each passage."""
    return dict(
        map(tuple, access.in_chunks(store, "SELECT rowid, source_rowid FROM passage WHERE rowid IN ({})", passages))
    )


def around(store: Store, passages: Iterable[int], reach: int) -> dict[int, list[int]]:
    """Each passage with those of its source that stand at most so many places before or after it."""
    sql = f"""SELECT p.rowid, o.rowid FROM passage p JOIN passage o ON o.source_rowid = p.source_rowid
        AND o.ordinal BETWEEN p.ordinal - {reach} AND p.ordinal + {reach} AND o.kind <> 'heading'
        WHERE p.rowid IN ({{}})"""
    found: dict[int, list[int]] = {}
    for rowid, other in access.in_chunks(store, sql, passages):
        found.setdefault(rowid, []).append(other)
    return found


def of_passages(store: Store, passages: Selected) -> Selected:
    """The statements that are made in passages that a selection leaves, but for those rejected."""
    kept = "EXISTS (SELECT 1 FROM statement st WHERE st.rowid = m.statement_rowid AND st.status <> 'rejected')"
    made = access.in_chunks(store, f"{_MADE_IN} AND {kept} AND p.rowid IN ({{}})", passages.rowids())
    return Selected.of(statement for statement, _ in made)


def comparable(store: Store, kind: NamedKind, rowid: int) -> Comparable:
    """A passage, statement or source (all its passages) as something that others may be similar to.

    Raises:
        NotFoundError: it has no text.
    """
    if kind == "statement":
        named = store.execute("SELECT text FROM statement WHERE rowid = ?", (rowid,)).fetchone()
        rows, condition = [rowid], "m.statement_rowid = ?"
    elif kind == "passage":
        named = store.execute("SELECT text, source_rowid FROM passage WHERE rowid = ?", (rowid,)).fetchone()
        rows, condition = [rowid], "p.rowid = ?"
    else:
        named = store.execute("SELECT title, rowid FROM source WHERE rowid = ?", (rowid,)).fetchone()
        sql = "SELECT rowid FROM passage WHERE source_rowid = ? AND kind <> 'heading'"
        rows, condition = [row[0] for row in store.execute(sql, (rowid,))], "m.source_rowid = ?"
    if not named or not rows:
        raise NotFoundError(f"this {kind} has no text yet", "`kb add` reads it")
    sql = f"""SELECT m.statement_rowid, p.rowid, m.source_rowid FROM mention m
        LEFT JOIN passage p ON p.source_rowid = m.source_rowid AND p.ordinal = m.passage_ordinal
        WHERE NOT m.lost AND {condition}"""
    made = store.execute(sql, (rowid,)).fetchall()
    passages = {passage for _, passage, _ in made if passage}
    statements = {statement for statement, _, _ in made}
    sources_ = {source for _, _, source in made} if kind == "statement" else {named[1]}
    table: Table = "statement" if kind == "statement" else "passage"
    (statements if table == "statement" else passages).update(rows)
    return Comparable(
        table, str(named[0]), tuple(rows), frozenset(passages), frozenset(statements), frozenset(sources_)
    )


def units(store: Store, table: Table, rowids: Iterable[int]) -> dict[int, SearchUnit]:
    """Passages or statements by rowid; what is no longer there is left out."""
    rows = list(access.in_chunks(store, _UNITS[table], rowids))
    authors, known = people.author_names(store, {row["source_rowid"] for row in rows}), people.known_as(store)
    return {row["rowid"]: _unit(table, row, authors.get(row["source_rowid"], []), known) for row in rows}


def _unit(table: Table, row: Any, authors: list[str], known: KnownAs) -> SearchUnit:
    page = _PAGE.search(row["label"] or "")  # which blocks of a PDF carry in their label: "p. 12, col. 2"
    seconds = moments.seconds(row["label"])  # those of a recording: "12:34"
    return SearchUnit(
        type=table,
        rowid=row["rowid"],
        id=row["id"],
        text=row["text"],
        source_rowid=row["source_rowid"],
        source=SourceHead(
            id=row["source_id"],
            citekey=row["citekey"],
            kind=row["source_kind"],
            title=row["title"],
            authors=tuple(authors),
            url=row["url"],
            published=row["published"],
        ),
        locator=Locator(
            heading=tuple(json.loads(row["heading"])),
            speaker=people.speaker_as(known, row["speaker"]),
            start=row["start"],
            end=row["end"],
            page=int(page[1]) if page else None,
            column=int(page[2]) if page and page[2] else None,
            time=row["label"] if seconds is not None else None,
            at=moments.address(row["url"], seconds),
        ),
        place=row["place"],
        place_id=row["place_id"],
        quoted=row["place_kind"] == "quote" or row["voice"] == "quoted",
        context=_context(row["source_id"], row["around"], row["around_at"]),
    )


def _context(source: str, around: str | None, at: int) -> Context | None:
    return None if around is None else Context(source, around, at, at + len(around))
