"""What hangs on sources and statements: answers, notes on them and into them; and counted, for whoever removes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.store import access, same_as
from kb.store.conditions import HERE, among
from kb.store.decisions import JUDGED
from kb.store.engine.sql import MEMBERS, listed
from kb.store.open import Store


@dataclass(frozen=True, slots=True)
class Hanging:
    """How many statements are made there, links lead there or from there, and what people decided and believe of them.

    `statements` and `links` that are rejected do not count; `decisions` are those that stand, rejections too.
    """

    statements: int = 0
    links: int = 0
    decisions: int = 0
    credences: int = 0


_MADE = """SELECT DISTINCT st.id, st.status <> 'rejected' FROM statement st
    JOIN mention m ON m.statement_rowid = st.rowid JOIN source s ON s.rowid = m.source_rowid
    WHERE NOT m.lost AND s.id IN {0}"""


def count(store: Store, source_ids: Iterable[str], statement_ids: Iterable[str] = ()) -> Hanging:
    """What hangs on these sources and these statements."""
    sources = list(source_ids)
    made = {row[0]: bool(row[1]) for row in store.execute(_MADE.format(MEMBERS), (listed(sources),))}
    named = list(dict.fromkeys([*made, *statement_ids]))
    ends = listed([*sources, *named])
    sql = f"SELECT id, status <> 'rejected' FROM link WHERE from_id IN {MEMBERS} OR to_id IN {MEMBERS}"
    links = {row[0]: bool(row[1]) for row in store.execute(sql, (ends, ends))}
    judged = f"SELECT count(*) FROM ({JUDGED}) j WHERE j.target IN {MEMBERS} OR j.target IN {MEMBERS}"
    held = f"SELECT count(*) FROM credence WHERE statement_id IN {MEMBERS}"
    return Hanging(
        sum(made.values()),
        sum(links.values()),
        access.number(store, judged, (listed(named), listed(list(links)))),
        access.number(store, held, (listed(named),)),
    )


def quoting_below(store: Store, source_id: str) -> list[str]:
    """Ids of the answers to a source, and to these, that quote somebody."""
    sql = """WITH RECURSIVE below(id) AS (
            SELECT id FROM source WHERE parent = ?
            UNION SELECT s.id FROM below b JOIN source s ON s.parent = b.id)
        SELECT s.id FROM below b JOIN source s ON s.id = b.id
        WHERE s.id <> ? AND EXISTS (SELECT 1 FROM passage p WHERE p.source_rowid = s.rowid AND p.kind = 'quote')
        ORDER BY s.rowid"""
    return [row[0] for row in store.execute(sql, (source_id, source_id))]


def answers_below(store: Store, source_id: str) -> list[str]:
    """Ids of the answers to a source that are here, and to these, those that stand highest first."""
    sql = f"""WITH RECURSIVE below(id, depth) AS (
            SELECT id, 1 FROM source WHERE parent = ?
            UNION SELECT s.id, b.depth + 1 FROM below b JOIN source s ON s.parent = b.id WHERE b.depth < 200)
        SELECT s.id FROM below b JOIN source s ON s.id = b.id WHERE {HERE.sql} AND s.id <> ?
        GROUP BY s.id ORDER BY min(b.depth), s.published, s.id"""
    return [row[0] for row in store.execute(sql, (source_id, source_id))]


def hanging_on(store: Store, source_ids: Iterable[str], own_note: str) -> list[str]:
    """Ids of the answers to these sources, to these answers, and so on, and of a person's own notes on any of them.

    `own_note` is the importer of such notes; a note is about what its first reference points to.
    """
    wanted = list(source_ids)
    start, named = among("n.id", wanted), among("s.id", wanted)
    sql = f"""WITH RECURSIVE below(id) AS (
            SELECT n.id FROM source n WHERE {start.sql}
            UNION SELECT s.id FROM below b JOIN source s ON s.parent = b.id
            UNION SELECT s.id FROM below b JOIN reference r ON r.target = b.id AND r.ordinal = 0
                JOIN source s ON s.rowid = r.source_rowid WHERE s.importer = ?)
        SELECT s.id FROM below b JOIN source s ON s.id = b.id WHERE NOT {named.sql}
            AND s.id NOT IN ({same_as.JOINED}) ORDER BY s.rowid"""
    return [row[0] for row in store.execute(sql, (*start.values, own_note, *named.values))]


def noting(store: Store, source_id: str, rules: str) -> list[str]:
    """Ids of the sources in which notation of a person (`rules`, a pattern for LIKE) points into this source."""
    sql = """SELECT DISTINCT s.id, s.rowid FROM reference r JOIN source s ON s.rowid = r.source_rowid
        WHERE r.target = ? AND r.fragment IS NOT NULL AND s.id <> ? AND EXISTS
        (SELECT 1 FROM link l WHERE l.owner_rowid = s.rowid AND l.rule LIKE ?) ORDER BY s.rowid"""
    return [row[0] for row in store.execute(sql, (source_id, source_id, rules))]
