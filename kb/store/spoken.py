"""What is said in a turn that a link means as a whole: tables `passage` and `mention`, read along a talk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.store import access
from kb.store.conditions import HERE
from kb.store.engine.sql import MEMBERS, listed
from kb.store.open import Store

_ENDS = f"""SELECT DISTINCT p.id FROM link l JOIN passage p ON p.id = l.to_id JOIN source s ON s.rowid = p.source_rowid
    WHERE l.status <> 'rejected' AND {HERE.sql} AND """
"""Passages, each the first of a turn, at which some link ends."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A turn that a link ends at, by its first passage: where it begins and ends in its source, with the turns that
    the same speaker adds before anybody else speaks."""

    id: str
    source_rowid: int
    start: int
    end: int
    last: int


def speeches(store: Store, passage_ids: Iterable[str]) -> dict[str, Speech]:
    """Turns by the passage that begins each: `end` is where the turn ends, `last` where what its speaker adds does."""
    rows = list(
        access.in_chunks(
            store, "SELECT p.id, p.source_rowid, p.turn, p.start, p.end FROM passage p WHERE p.id IN ({})", passage_ids
        )
    )
    talks = {source: _talk(store, source) for source in {row[1] for row in rows}}
    found = {}
    for name, source, turn, start, end in rows:
        stop = last = end
        speaker = next((said for number, said, _ in talks[source] if number == turn), None)
        for number, said, until in talks[source]:
            if turn is None or number < turn:
                continue
            if said != speaker:
                break
            last = max(last, until)
            stop = max(stop, until) if number == turn else stop
        found[name] = Speech(name, source, start, stop, last)
    return found


def _talk(store: Store, source_rowid: int) -> Sequence[tuple[int, str | None, int]]:
    """The turns of a talk in order: number, speaker, end."""
    sql = """SELECT p.turn, max(p.speaker), max(p.end) FROM passage p
        WHERE p.source_rowid = ? AND p.turn IS NOT NULL AND p.kind <> 'insertion' GROUP BY p.turn ORDER BY p.turn"""
    return [(turn, speaker, end) for turn, speaker, end in store.execute(sql, (source_rowid,))]


def said_in(store: Store, passage_ids: Iterable[str]) -> dict[str, list[str]]:
    """By the passage that begins a turn the statements made in it, or in what its speaker adds at once."""
    return {
        speech.id: [
            row[0]
            for row in store.execute(
                """SELECT DISTINCT st.id FROM mention m JOIN statement st ON st.rowid = m.statement_rowid
                WHERE m.source_rowid = ? AND NOT m.lost AND m.start >= ? AND m.start < ?""",
                (speech.source_rowid, speech.start, speech.last),
            )
        ]
        for speech in speeches(store, passage_ids).values()
    }


def turns_of(store: Store, statement_ids: Iterable[str]) -> dict[str, list[str]]:
    """By statement the turns it is made in at which some link ends, by their first passages."""
    wanted = set(statement_ids)
    sql = f"""{_ENDS} p.source_rowid IN (SELECT m.source_rowid FROM mention m
        JOIN statement st ON st.rowid = m.statement_rowid WHERE st.id IN {MEMBERS})"""
    ends = [row[0] for row in store.execute(sql, (listed(wanted),))]
    found: dict[str, list[str]] = {}
    for turn, said in said_in(store, ends).items():
        for name in said:
            if name in wanted:
                found.setdefault(name, []).append(turn)
    return found


def of_source(store: Store, source_id: str) -> list[str]:
    """The turns of a source at which some link ends, by their first passages."""
    return [row[0] for row in store.execute(f"{_ENDS} s.id = ?", (source_id,))]
