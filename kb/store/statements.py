"""Tables `statement` and `mention`: reading propositions, and the verbatim spans in which somebody makes them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from kb.model.context import Context
from kb.model.filters import Filters
from kb.model.statement import Gloss, LostQuote, Mention, Point, Statement
from kb.store import access, people, proposals
from kb.store.conditions import EVERYTHING, HERE, SHOWN, Condition, on_statements, said_in
from kb.store.engine.sql import MEMBERS, SEPARATOR, joined, listed
from kb.store.engine.sqlite import Row
from kb.store.open import Store
from kb.text.strings import digest, fold, heading_key, squash

_COLUMNS = "st.rowid, st.id, st.kind, st.text, st.status, st.basis, st.rule, st.confidence"


def read(store: Store, statement_ids: Iterable[str]) -> dict[str, Statement]:
    """Statements by id."""
    sql = f"SELECT {_COLUMNS} FROM statement st WHERE st.id IN ({{}})"
    rows = list(access.in_chunks(store, sql, statement_ids))
    return {statement.id: statement for statement in _with_mentions(store, rows)}


def chosen(store: Store, condition: Condition = EVERYTHING, limit: int | None = None) -> list[Statement]:
    """Statements that meet a condition on `st`, in the order of their texts."""
    sql = f"""SELECT {_COLUMNS} FROM (SELECT st.rowid AS number, (SELECT min(m.source_rowid * 100000000 + m.start)
            FROM mention m WHERE m.statement_rowid = st.rowid AND NOT m.lost) AS place
            FROM statement st WHERE {condition.sql}) found JOIN statement st ON st.rowid = found.number
        WHERE found.place IS NOT NULL ORDER BY found.place"""
    return _with_mentions(store, access.limited(store, sql, condition.values, limit))


def _with_mentions(store: Store, rows: Sequence[Row]) -> list[Statement]:
    mentions: dict[int, list[Mention]] = {}
    contexts: dict[int, Context] = {}
    known = people.known_as(store)
    sql = """SELECT m.statement_rowid, s.id, m.speaker, m.quote, m.start, m.end, m.voice, m.context_quote,
            m.context_start
        FROM mention m JOIN source s ON s.rowid = m.source_rowid
        WHERE NOT m.lost AND m.statement_rowid IN ({}) ORDER BY m.source_rowid, m.start"""
    for row in access.in_chunks(store, sql, [row["rowid"] for row in rows]):
        rowid, source, speaker, quote, start, end, voice, around, at = row
        mention = Mention(source, people.speaker_as(known, speaker), quote, start, end, voice)
        mentions.setdefault(rowid, []).append(mention)
        if around is not None and len(mentions[rowid]) == 1:  # of the place that is shown first
            contexts[rowid] = Context(source, around, at, at + len(around))
    glosses = proposals.standing(store, "gloss", [row["id"] for row in rows])
    return [
        Statement(
            name, kind, text, status, basis, rule, confidence, tuple(mentions.get(rowid, ())), contexts.get(rowid),
            Gloss(said.value, said.rule, said.status) if (said := glosses.get(name)) else None,
        )
        for rowid, name, kind, text, status, basis, rule, confidence in rows
    ]  # fmt: skip


def points(store: Store) -> dict[str, Point]:
    """By id, in order of their rows, every statement that is said somewhere and not rejected, without its text."""
    known = people.known_as(store)
    sql = f"""SELECT st.id, st.kind, st.status, st.confidence, st.created,
            {joined("s.id")} AS sources, {joined("coalesce(m.speaker, '')")} AS speakers, st.basis, st.rule
        FROM statement st JOIN mention m ON m.statement_rowid = st.rowid JOIN source s ON s.rowid = m.source_rowid
        WHERE NOT m.lost AND st.status <> 'rejected' GROUP BY st.rowid ORDER BY st.rowid"""
    return {
        name: Point(
            name, kind, status, confidence, created, frozenset(sources.split(SEPARATOR)),
            frozenset(map(known, filter(None, speakers.split(SEPARATOR)))), basis, rule,
        )
        for name, kind, status, confidence, created, sources, speakers, basis, rule in store.execute(sql)
    }  # fmt: skip


def of_source(store: Store, source_id: str) -> list[Statement]:
    """Statements made in a source, in text order."""
    return chosen(store, said_in(source_id))


def created_since(store: Store, at: str) -> list[Statement]:
    """Statements that came at that time or later and are said somewhere, rejected ones left out."""
    sql = "SELECT st.id FROM statement st WHERE st.created >= ? AND st.status <> 'rejected'"
    found = read(store, [row[0] for row in store.execute(sql, (at,))])
    return [statement for statement in found.values() if statement.mentions]


def lost(store: Store) -> int:
    """How many mentions a person's decision keeps though the text, which is here, no longer has them."""
    sql = f"SELECT count(*) FROM mention m JOIN source s ON s.rowid = m.source_rowid WHERE m.lost AND {HERE.sql}"
    return access.number(store, sql)


def lost_since(store: Store, at: str) -> list[LostQuote]:
    """What sources that changed since no longer say, though a person's decision keeps it."""
    sql = f"""SELECT st.id, st.text, s.id FROM mention m JOIN statement st ON st.rowid = m.statement_rowid
        JOIN source s ON s.rowid = m.source_rowid WHERE m.lost AND s.updated >= ? AND {HERE.sql} ORDER BY st.rowid"""
    return [LostQuote(*row) for row in store.execute(sql, (at,))]


def ids_of(store: Store, condition: Condition = EVERYTHING) -> list[str]:
    """Ids of the statements that meet a condition on `st`."""
    sql = f"SELECT st.id FROM statement st WHERE {condition.sql}"
    return [row[0] for row in store.execute(sql, condition.values)]


def rowids(store: Store, statement_ids: Iterable[str]) -> dict[str, int]:
    """Rowids by id: vectors are kept under these."""
    sql = "SELECT id, rowid FROM statement WHERE id IN ({})"
    return dict(access.in_chunks(store, sql, statement_ids))


def standing(store: Store, statement_ids: Iterable[str], condition: Condition = EVERYTHING) -> set[str]:
    """Of these ids the statements that are said somewhere, not rejected, and meet a condition on `st`."""
    sql = f"SELECT st.id FROM statement st WHERE st.id IN {MEMBERS} AND {SHOWN} AND ({condition.sql})"
    return {row[0] for row in store.execute(sql, (listed(statement_ids), *condition.values))}


def text_of(store: Store, statement_id: str) -> str | None:
    """The words of a statement, None where there is none of that id."""
    row = store.execute("SELECT text FROM statement WHERE id = ?", (statement_id,)).fetchone()
    return str(row[0]) if row else None


def at(store: Store, source_rowid: int, start: int, end: int) -> list[str]:
    """Ids of the statements made in just this span of a source."""
    sql = """SELECT st.id FROM mention m JOIN statement st ON st.rowid = m.statement_rowid
        WHERE m.source_rowid = ? AND m.start = ? AND m.end = ? AND NOT m.lost ORDER BY st.rowid"""
    return [row[0] for row in store.execute(sql, (source_rowid, start, end))]


def sources_of(store: Store, statement_id: str) -> list[str]:
    """Ids of the sources that make a statement, or made it once."""
    sql = """SELECT DISTINCT s.id FROM mention m JOIN statement st ON st.rowid = m.statement_rowid
        JOIN source s ON s.rowid = m.source_rowid WHERE st.id = ? ORDER BY s.rowid"""
    return [row[0] for row in store.execute(sql, (statement_id,))]


def wholes_of(store: Store, statement_id: str) -> set[str]:
    """Ids of what a link may mean as a whole where it means this statement: its sources, its passage, its turn."""
    held = """SELECT p.id FROM mention m JOIN statement st ON st.rowid = m.statement_rowid
        JOIN passage t ON t.source_rowid = m.source_rowid AND t.start <= m.start AND m.start < t.end
        JOIN passage p ON p.source_rowid = t.source_rowid AND (p.ordinal = t.ordinal OR p.turn = t.turn)
        WHERE st.id = ?"""
    return {*sources_of(store, statement_id), *(row[0] for row in store.execute(held, (statement_id,)))}


def places(store: Store, source_rowid: int) -> list[tuple[str, int, int]]:
    """Where a source makes its statements: (id, start, end), rejected ones left out."""
    sql = """SELECT st.id, m.start, m.end FROM mention m JOIN statement st ON st.rowid = m.statement_rowid
        WHERE m.source_rowid = ? AND NOT m.lost AND st.status <> 'rejected' ORDER BY m.start"""
    return [(row[0], row[1], row[2]) for row in store.execute(sql, (source_rowid,))]


def sources_by_rowid(store: Store, least: float = 0.0) -> dict[int, set[int]]:
    """Rowids of the sources in which each statement is made, by its rowid; rejected ones left out.

    Suggested ones only from the confidence `least` on.
    """
    sources: dict[int, set[int]] = {}
    sql = """SELECT m.statement_rowid, m.source_rowid FROM mention m JOIN statement st ON st.rowid = m.statement_rowid
        WHERE NOT m.lost AND (st.status = 'accepted' OR st.status = 'suggested' AND coalesce(st.confidence, 1) >= ?)"""
    for statement, source in store.execute(sql, (least,)):
        sources.setdefault(statement, set()).add(source)
    return sources


def ids(store: Store, rowids: Iterable[int] | None = None) -> dict[int, str]:
    """Ids by rowid, of all or of these."""
    if rowids is None:
        return dict(store.execute("SELECT rowid, id FROM statement").fetchall())
    return dict(access.in_chunks(store, "SELECT rowid, id FROM statement WHERE rowid IN ({})", rowids))


def texts(store: Store, rowids: Iterable[int]) -> dict[int, str]:
    """Texts by rowid."""
    rows = access.in_chunks(store, "SELECT rowid, text FROM statement WHERE rowid IN ({})", rowids)
    return {row["rowid"]: row["text"] for row in rows}


def worded(store: Store, words: str) -> str | None:
    """Id of the first statement with just these words, or None."""
    sql = f"SELECT st.id FROM statement st WHERE st.content_hash = ? AND {SHOWN} ORDER BY st.rowid"
    row = store.execute(sql, (digest(squash(words)),)).fetchone()
    return str(row[0]) if row else None


def placed(store: Store, source_id: str, fragment: str) -> str | None:
    """Id of the statement that `fragment` names in a source: by its words, its ^block, or the heading it is under.

    Under a heading that is no statement itself the one that the author put first is meant.
    """
    wanted, heading = fold(fragment), heading_key(fragment.rpartition("#")[2])
    made = store.execute(
        """SELECT st.id, st.text, p.label, p.kind, p.heading FROM mention m
        JOIN statement st ON st.rowid = m.statement_rowid JOIN source s ON s.rowid = m.source_rowid
        LEFT JOIN passage p ON p.source_rowid = m.source_rowid AND p.start <= m.start AND m.end <= p.end
        WHERE s.id = ? AND NOT m.lost AND st.status <> 'rejected' ORDER BY m.start""",
        (source_id,),
    ).fetchall()
    exact = (row["id"] for row in made if fold(row["text"]) == wanted)
    marked = (row["id"] for row in made if wanted.startswith("^") and fold(row["label"] or "") == wanted)
    heads = (row["id"] for row in made if row["kind"] == "heading" and heading_key(row["text"]) == heading)
    under = (
        row["id"] for row in made if any(heading_key(h) == heading for h in json.loads(row["heading"] or "[]")[-1:])
    )
    return next((str(name) for found in (exact, marked, heads, under) for name in found), None)


def ids_left(store: Store, filters: Filters) -> set[str] | None:
    """Ids of the statements that the filters leave, whatever the limit; None where they leave all."""
    return None if filters.leave_all else set(ids_of(store, on_statements(store, filters)))
