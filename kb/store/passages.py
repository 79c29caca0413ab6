"""Table `passage`: the spans of a text that are searched and quoted. Full-text search follows by triggers."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from kb.model import ids
from kb.model.passages import Passage
from kb.store import rows as _rows

if TYPE_CHECKING:
    from sqlmodel import Session


def replace(
    session: Session,
    connection: sqlite3.Connection,
    source_rowid: int,
    source_id: str,
    title: str,
    text: str,
    passages: Sequence[Passage],
    content_hash: Callable[[str, tuple[str, ...], str], str],
) -> None:
    """Put these passages in the place of the source's old ones. Equal text keeps its id."""
    from kb.store.schema import Passage as Row

    connection.execute("DELETE FROM passage WHERE source_rowid = ?", (source_rowid,))
    seen: dict[str, int] = {}
    rows: list[dict[str, Any]] = []
    for passage in passages:
        quote = text[passage.start : passage.end]
        seen[quote] = seen.get(quote, 0) + 1
        rows.append(
            {
                "id": ids.make(ids.PASSAGE, source_id, quote, str(seen[quote]), taken=_taken(connection)),
                "source_rowid": source_rowid,
                "ordinal": passage.ordinal,
                "block": passage.block,
                "kind": passage.kind,
                "start": passage.start,
                "end": passage.end,
                "text": quote,
                "context": " › ".join((title, *passage.heading)),
                "heading": list(passage.heading),
                "level": passage.level,
                "speaker": passage.speaker,
                "parent": passage.parent,
                "about": passage.about,
                "label": passage.label,
                "turn": passage.turn,
                "content_hash": content_hash(title, passage.heading, quote),
            }
        )
    _rows.insert(session, Row, rows)


def _taken(connection: sqlite3.Connection) -> Callable[[str], bool]:
    return lambda candidate: (
        connection.execute("SELECT 1 FROM passage WHERE id = ?", (candidate,)).fetchone() is not None
    )


def of_source(connection: sqlite3.Connection, source_rowid: int) -> list[Passage]:
    """The passages of a source as they were cut."""
    sql = "SELECT * FROM passage WHERE source_rowid = ? ORDER BY ordinal"
    return [
        Passage(
            ordinal=row["ordinal"],
            block=row["block"],
            kind=row["kind"],
            start=row["start"],
            end=row["end"],
            heading=tuple(json.loads(row["heading"])),
            level=row["level"],
            speaker=row["speaker"],
            parent=row["parent"],
            about=row["about"],
            label=row["label"],
            turn=row["turn"],
        )
        for row in connection.execute(sql, (source_rowid,))
    ]


def around(
    connection: sqlite3.Connection, source_rowid: int, start: int, end: int
) -> tuple[sqlite3.Row | None, list[sqlite3.Row], sqlite3.Row | None]:
    """The passages that a span touches, and the ones before and after them; headings aside."""
    sql = "SELECT start, end, heading, speaker FROM passage WHERE source_rowid = ? AND kind <> 'heading' AND "
    touched = connection.execute(f"{sql} end > ? AND start < ? ORDER BY ordinal", (source_rowid, start, end)).fetchall()
    first, last = (touched[0]["start"], touched[-1]["end"]) if touched else (start, end)
    before = connection.execute(f"{sql} end <= ? ORDER BY ordinal DESC LIMIT 1", (source_rowid, first)).fetchone()
    after = connection.execute(f"{sql} start >= ? ORDER BY ordinal LIMIT 1", (source_rowid, last)).fetchone()
    return before, touched, after


def ids_of(connection: sqlite3.Connection, source_rowid: int) -> dict[int, str]:
    """Ids of the passages of a source by their ordinals."""
    return dict(
        tuple(row)
        for row in connection.execute("SELECT ordinal, id FROM passage WHERE source_rowid = ?", (source_rowid,))
    )


def outline(connection: sqlite3.Connection, source_rowid: int) -> dict[str, Any]:
    """What the text consists of: its headings, speakers with their turns, insertions, commentary on sources."""
    headings = connection.execute(
        "SELECT text, level, start, end FROM passage WHERE source_rowid = ? AND kind = 'heading' ORDER BY ordinal",
        (source_rowid,),
    )
    turns = connection.execute(
        """SELECT speaker, count(DISTINCT turn) FROM passage
        WHERE source_rowid = ? AND turn IS NOT NULL AND kind <> 'insertion' GROUP BY speaker ORDER BY min(ordinal)""",
        (source_rowid,),
    )
    insertions = connection.execute(
        "SELECT speaker, text, start, end FROM passage WHERE source_rowid = ? AND kind = 'insertion' ORDER BY ordinal",
        (source_rowid,),
    )
    commentary = connection.execute(
        """SELECT r.target AS about, p.text, p.start, p.end FROM passage p
        JOIN reference r ON r.source_rowid = p.source_rowid AND r.ordinal = p.about
        WHERE p.source_rowid = ? ORDER BY p.ordinal""",
        (source_rowid,),
    )
    return {
        "commentary": [dict(row) for row in commentary],
        "headings": [dict(row) for row in headings],
        "turns": [{"speaker": speaker, "turns": count} for speaker, count in turns],
        "insertions": [dict(row) for row in insertions],
    }


def source_and_text(connection: sqlite3.Connection, passage_id: str) -> tuple[str, str]:
    """Id of the source that a passage belongs to, and the passage's text."""
    sql = "SELECT s.id, p.text FROM passage p JOIN source s ON s.rowid = p.source_rowid WHERE p.id = ?"
    row = connection.execute(sql, (passage_id,)).fetchone()
    return row[0], row[1]
