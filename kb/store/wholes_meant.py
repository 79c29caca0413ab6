"""What is said of a text or a turn as a whole, and the statements of it that may be meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.model import ids
from kb.model.link import Link
from kb.model.words import NodeKind, Voice
from kb.store import links, people, spoken
from kb.store.conditions import HERE, among
from kb.store.engine.sql import SEPARATOR, joined
from kb.store.open import Store


@dataclass(frozen=True, slots=True)
class Answerable:
    """A statement that a text makes and that may be answered. `start` is where it stands in the text."""

    rowid: int
    id: str
    kind: NodeKind
    speaker: str | None
    voice: Voice
    start: int


@dataclass(frozen=True, slots=True)
class OnWhole:
    """A link to a text or a turn as a whole, with the rowids of its statement and of the text.

    `authors` are the text's, or whoever has the turn; `span` is the turn's, None for a whole text.
    """

    link: Link
    from_rowid: int
    source_rowid: int
    authors: tuple[str, ...]
    span: tuple[int, int] | None = None

    def holds(self, one: Answerable) -> bool:
        """Whether a statement of the text is within what is meant."""
        return self.span is None or self.span[0] <= one.start < self.span[1]


def links_to(store: Store, rules: Sequence[str]) -> list[OnWhole]:
    """Links that these rules drew to a text or a turn as a whole, rejected ones left out."""
    named = joined("p.name")
    kept = among("l.rule", rules)
    sql = f"""SELECT {links.EDGE}, l.evidence_quote, l.evidence_start, l.evidence_end, e.id AS evidence_source,
            NULL AS owner, f.rowid AS from_rowid, t.rowid AS source_rowid, turn.speaker AS speaker, (SELECT {named}
                FROM authorship a JOIN person p ON p.rowid = a.person_rowid WHERE a.source_rowid = t.rowid) AS authors
        FROM link l JOIN statement f ON f.id = l.from_id LEFT JOIN passage turn ON turn.id = l.to_id
        JOIN source t ON t.id = l.to_id OR t.rowid = turn.source_rowid
        LEFT JOIN source e ON e.rowid = l.evidence_rowid
        WHERE {kept.sql} AND l.status <> 'rejected' AND t.rowid IN (SELECT s.rowid FROM source s WHERE {HERE.sql})
        ORDER BY l.rowid"""
    rows = store.execute(sql, kept.values).fetchall()
    known = people.known_as(store)
    turns = spoken.speeches(store, {row["to_id"] for row in rows if row["to_id"].startswith(ids.PASSAGE)})
    found = []
    for row in rows:
        turn = turns.get(row["to_id"])
        names = [row["speaker"]] if turn else (row["authors"] or "").split(SEPARATOR)
        found.append(
            OnWhole(
                links.of_row(row), row["from_rowid"], row["source_rowid"],
                tuple(known(name) for name in names if name), (turn.start, turn.last) if turn else None,
            )
        )  # fmt: skip
    return found


def said(store: Store, source_rowid: int, least: float = 0.3) -> list[Answerable]:
    """What a text asserts and stands to be answered: its statements but questions and what is hardly one."""
    sql = """SELECT st.rowid, st.id, st.kind, max(m.speaker), max(m.voice), min(m.start) FROM mention m
        JOIN statement st ON st.rowid = m.statement_rowid
        WHERE m.source_rowid = ? AND NOT m.lost AND st.status <> 'rejected' AND st.kind <> 'question'
            AND coalesce(st.confidence, 1) >= ? GROUP BY st.rowid"""
    known, rows = people.known_as(store), store.execute(sql, (source_rowid, least))
    return [
        Answerable(rowid, name, kind, people.speaker_as(known, speaker), voice, start)
        for rowid, name, kind, speaker, voice, start in rows
    ]
