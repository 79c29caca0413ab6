"""Statements that stand by their wording, with vectors and the places where they are made: what the head reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from kb.model.statement import DecidedStatement, Place, WordedStatement
from kb.store import access
from kb.store.engine.sql import MEMBERS, listed
from kb.store.engine.sqlite import Row
from kb.store.open import Store

_COLUMNS = """st.rowid, st.text, st.rule, st.confidence, st.status = 'suggested' AS waits, e.vector, m.source_rowid,
    m.quote, m.start, m.voice, m.context_quote IS NOT NULL AS context, p.kind,
    substr(rtrim(substr(p.text, 1, m.start - p.start)), -1) AS before, m.start <= p.start AS opens,
    m."end" = p."end" AS closes, p.heading, p.speaker IS NOT NULL AS spoken,
    EXISTS (SELECT 1 FROM passage h WHERE h.source_rowid = p.source_rowid AND h.ordinal = p.ordinal - 1
        AND h.kind = 'heading') AS leads"""
_FROM = """FROM statement st JOIN embedding e ON e.content_hash = st.content_hash AND e.model = ?
    JOIN mention m ON m.rowid = (SELECT x.rowid FROM mention x WHERE x.statement_rowid = st.rowid
        ORDER BY x.lost, x.rowid LIMIT 1)
    LEFT JOIN passage p ON p.source_rowid = m.source_rowid AND p.ordinal = m.passage_ordinal"""
_WORDED = f"""(st.basis = 'cue' OR st.rule IN {MEMBERS})
    AND NOT EXISTS (SELECT 1 FROM mention m
        JOIN passage p ON p.source_rowid = m.source_rowid AND p.ordinal = m.passage_ordinal
        WHERE m.statement_rowid = st.rowid AND p.about IS NOT NULL)"""


def by_wording(
    store: Store, model: str, rules: Sequence[str], sources: Iterable[int] | None = None
) -> list[WordedStatement]:
    """Statements with a vector under the model that stand by their wording, or one of these `rules`, alone.

    What is said in commentary on a source is put forward, however it is worded, and is not among them. All, in order of
    their rows, or those of these sources (rowids): what people decided about is there too, since a statement is weighed
    against the others of its text.
    """
    sql, values = f"SELECT {_COLUMNS} {_FROM} WHERE {_WORDED}", [model, listed(rules)]
    if sources is not None:
        sql, values = f"{sql} AND m.source_rowid IN {MEMBERS}", [*values, listed(sources)]
    return _read(store, store.execute(f"{sql} ORDER BY st.rowid", values).fetchall())


def decided_by_wording(store: Store, model: str, rules: Sequence[str]) -> list[DecidedStatement]:
    """The same of those that a person accepted or rejected, in order of their ids."""
    sql = f"""SELECT {_COLUMNS}, st.id, d.verdict = 'accepted' AS kept {_FROM}
        JOIN decision d ON d.rowid = (SELECT max(x.rowid) FROM decision x WHERE x.target = st.id)
        WHERE d.verdict <> 'suggested' AND {_WORDED} ORDER BY st.id"""
    rows = store.execute(sql, (model, listed(rules))).fetchall()
    read = zip(rows, _read(store, rows), strict=True)
    return [DecidedStatement(row["id"], bool(row["kept"]), said) for row, said in read]


def sources_of(store: Store, statements: Iterable[int], passages: Iterable[int]) -> set[int]:
    """Rowids of the sources that make these statements or hold these passages, as far as they are there."""
    sql = f"""SELECT source_rowid FROM mention WHERE statement_rowid IN {MEMBERS}
        UNION SELECT source_rowid FROM passage WHERE rowid IN {MEMBERS}"""
    return {row[0] for row in store.execute(sql, (listed(statements), listed(passages)))}


def _read(store: Store, rows: Sequence[Row]) -> list[WordedStatement]:
    sql = 'SELECT source_rowid, max("end") FROM passage WHERE source_rowid IN ({}) GROUP BY source_rowid'
    lengths = dict(access.in_chunks(store, sql, {row["source_rowid"] for row in rows}))
    return [_statement(row, lengths.get(row["source_rowid"], 0)) for row in rows]


def _statement(row: Row, length: int) -> WordedStatement:
    place = Place(
        source=row["source_rowid"],
        quote=row["quote"],
        kind=row["kind"] or "paragraph",
        before="" if row["opens"] or row["before"] is None else row["before"],
        closes=bool(row["closes"]),
        leads=bool(row["leads"]),
        heading=tuple(json.loads(row["heading"] or "[]")),
        spoken=bool(row["spoken"]),
        voice=row["voice"],
        context=bool(row["context"]),
        at=row["start"] / length if length else 0.0,
    )
    return WordedStatement(
        row["rowid"], row["text"], row["rule"], row["confidence"], bool(row["waits"]), row["vector"], place
    )
