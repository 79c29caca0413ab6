"""What hangs on a source or a statement, given to another as well, and taken from it again.

Nothing is taken from the one that it comes from. Rows that are made are named by their numbers, or by what they are of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.model.link import Link
from kb.model.words import Basis, Voice
from kb.store import access, links
from kb.store.engine.sqlite import Row
from kb.store.open import Store
from kb.store.references import Resolved


@dataclass(frozen=True, slots=True)
class Said:
    """A statement that a source makes: one of its mentions there. `elsewhere`: another source makes it, too."""

    rowid: int
    id: str
    kind: str
    text: str
    basis: Basis
    rule: str
    status: str
    speaker: str | None
    voice: Voice
    quote: str
    lost: bool
    elsewhere: bool


def said(store: Store, source_rowid: int) -> list[Said]:
    """Every mention in a source, lost ones too, in the order of the text."""
    sql = """SELECT st.rowid, st.id, st.kind, st.text, st.basis, st.rule, st.status, m.speaker, m.voice,
            m.quote, m.lost,
            EXISTS (SELECT 1 FROM mention o
                WHERE o.statement_rowid = st.rowid AND o.source_rowid <> m.source_rowid) AS elsewhere
        FROM mention m JOIN statement st ON st.rowid = m.statement_rowid
        WHERE m.source_rowid = ? ORDER BY m.start, m.rowid"""
    rows = store.execute(sql, (source_rowid,))
    return [Said(**{**dict(row), "lost": bool(row["lost"]), "elsewhere": bool(row["elsewhere"])}) for row in rows]


def add_mention(store: Store, one: Said, source_rowid: int, quote: str, at: int | None) -> None:
    """Have a statement made in a source, where the quote stands; lost without a place."""
    start = at or 0
    store.execute(
        """INSERT INTO mention (statement_rowid, source_rowid, speaker, voice, quote, start, "end", lost)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (one.rowid, source_rowid, one.speaker, one.voice, quote, start, start + len(quote), at is None),
    )


def drop_mentions(store: Store, statement_id: str, source_rowid: int) -> bool:
    """Have a statement made in a source no more; whether its quote stood there."""
    sql = """SELECT rowid, lost FROM mention
        WHERE source_rowid = ? AND statement_rowid = (SELECT rowid FROM statement WHERE id = ?)"""
    rows = store.execute(sql, (source_rowid, statement_id)).fetchall()
    store.execute_many("DELETE FROM mention WHERE rowid = ?", [(row[0],) for row in rows])
    return any(not row[1] for row in rows)


# Decisions and credences


def decisions(store: Store, before: str, now: str) -> tuple[list[int], str]:
    """Let what was decided about one thing hold for another, unless that was decided about later.

    Returns the rows made, and the verdict that holds by them.
    """
    sql = "SELECT verdict, basis, rule, at, note, rowid FROM decision WHERE target = ? ORDER BY rowid"
    made, there = store.execute(sql, (before,)).fetchall(), store.execute(sql, (now,)).fetchall()
    if not made or (there and _when(there[-1]) > _when(made[-1])):
        return [], ""
    insert = "INSERT INTO decision (target, verdict, basis, rule, at, note) VALUES (?, ?, ?, ?, ?, ?)"
    return [_number(store.execute(insert, (now, *tuple(row)[:-1])).lastrowid) for row in made], str(made[-1]["verdict"])


def credences(store: Store, before: str, now: str) -> list[int]:
    """Let what people believed of one statement hold for another, unless they gave that one a credence later."""
    sql = "SELECT who, low, high, at, note, rowid FROM credence WHERE statement_id = ? ORDER BY at, rowid"
    made, there = store.execute(sql, (before,)).fetchall(), store.execute(sql, (now,)).fetchall()
    newest, known = ({row["who"]: _when(row) for row in rows} for rows in (made, there))
    later = [row for row in made if newest[row["who"]] > known.get(row["who"], ("", 0))]
    insert = "INSERT INTO credence (statement_id, who, low, high, at, note) VALUES (?, ?, ?, ?, ?, ?)"
    return [_number(store.execute(insert, (now, *tuple(row)[:-1])).lastrowid) for row in later]


def _when(row: Row) -> tuple[str, int]:
    """When something was said; within a second the order of the rows tells."""
    return row["at"], row["rowid"]


def _number(rowid: int | None) -> int:
    assert rowid is not None
    return rowid


def delete_rows(store: Store, decided: Iterable[int], believed: Iterable[int]) -> None:
    """Take back what these two gave."""
    store.execute_many("DELETE FROM decision WHERE rowid = ?", [(rowid,) for rowid in decided])
    store.execute_many("DELETE FROM credence WHERE rowid = ?", [(rowid,) for rowid in believed])


def last_decision(store: Store, target: str) -> int:
    """The number of the newest decision about something; 0 where there is none."""
    return access.number(store, "SELECT coalesce(max(rowid), 0) FROM decision WHERE target = ?", (target,))


# What is asked about again


def revisit(store: Store, before: str, now: str) -> bool:
    """Let a statement be asked about again when another is, where it is not yet; whether that was done."""
    sql = """INSERT INTO revisit (statement_id, card, due, at) SELECT ?, card, due, at FROM revisit
        WHERE statement_id = ? AND NOT EXISTS (SELECT 1 FROM revisit r WHERE r.statement_id = ?)"""
    return store.execute(sql, (now, before, now)).rowcount > 0


def drop_revisit(store: Store, name: str, before: str) -> None:
    """Take that back, where it is as it was given by `before`."""
    store.execute(
        """DELETE FROM revisit AS r WHERE statement_id = ?
        AND EXISTS (SELECT 1 FROM revisit b WHERE b.statement_id = ? AND b.card = r.card)""",
        (name, before),
    )


# Links


def links_at(store: Store, ends: Sequence[str]) -> list[Link]:
    """Every link with an end among these ids, whatever its state."""
    found: dict[str, Link] = {}
    for end in ("from_id", "to_id"):
        rows = access.in_chunks(store, f"SELECT id FROM link WHERE {end} IN ({{}}) ORDER BY rowid", ends)
        found |= links.read(store, [row[0] for row in rows])
    return list(found.values())


def evidence_in(store: Store, source_rowid: int) -> list[tuple[str, str, int, int]]:
    """(link, quote, start, end) of the evidence that stands in a source."""
    sql = """SELECT id, evidence_quote, evidence_start, evidence_end FROM link
        WHERE evidence_rowid = ? AND evidence_quote IS NOT NULL ORDER BY rowid"""
    return [tuple(row) for row in store.execute(sql, (source_rowid,))]


def quote_of(store: Store, link_id: str) -> str:
    """The evidence of a link; "" where it has none."""
    row = store.execute("SELECT evidence_quote FROM link WHERE id = ?", (link_id,)).fetchone()
    return str(row[0] or "") if row else ""


def set_evidence(store: Store, link_id: str, source_rowid: int, start: int, end: int) -> None:
    """Have the evidence of a link stand there."""
    store.execute(
        "UPDATE link SET evidence_rowid = ?, evidence_start = ?, evidence_end = ? WHERE id = ?",
        (source_rowid, start, end, link_id),
    )


# What points to a source


@dataclass(frozen=True, slots=True)
class Pointing:
    """A reference: where it stands, and what it asks for."""

    rowid: int
    source: str
    ordinal: int
    start: int
    key: str
    raw: str

    @property
    def resolved(self) -> Resolved:
        return Resolved(self.source, self.ordinal, self.start)


def pointing_to(store: Store, source_id: str) -> list[Pointing]:
    """The references to a source, of sources in any state."""
    sql = """SELECT r.rowid, s.id, r.ordinal, r.start, r.key, r.raw FROM reference r
        JOIN source s ON s.rowid = r.source_rowid WHERE r.target = ? ORDER BY r.rowid"""
    return [Pointing(*row) for row in store.execute(sql, (source_id,))]


def answers_to(store: Store, source_id: str) -> list[str]:
    """Ids of what answers a source, in any state."""
    return [row[0] for row in store.execute("SELECT id FROM source WHERE parent = ? ORDER BY rowid", (source_id,))]


def set_parent(store: Store, source_ids: Iterable[str], before: str, now: str) -> None:
    """Have those of these that answer `before` answer `now`."""
    sql = "UPDATE source SET parent = ? WHERE id = ? AND parent = ?"
    store.execute_many(sql, [(now, name, before) for name in source_ids])
