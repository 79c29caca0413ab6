"""What was found, with everything a person needs to judge and to cite it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kb.search.snippet import Snippet
from kb.store import rows
from kb.store.embeddings import Table

_PAGE = re.compile(r"\bp\. (\d+)$")

_SOURCE = """s.rowid AS source_rowid, s.id AS source_id, s.citekey, s.kind AS source_kind, s.title, s.url, s.published,
    (SELECT json_group_array(name) FROM (SELECT a_p.name FROM authorship a JOIN person a_p ON a_p.rowid = a.person_rowid
        WHERE a.source_rowid = s.rowid ORDER BY a.position)) AS authors"""

_PASSAGE = f"""SELECT p.rowid, p.rowid AS place, p.id AS place_id, p.kind = 'quote' AS quoted,
        p.id, p.text, p.heading, p.label, p.speaker, p.start, p.end, {_SOURCE}
    FROM passage p JOIN source s ON s.rowid = p.source_rowid WHERE p.rowid IN ({{}})"""

_STATEMENT = f"""SELECT st.rowid, p.rowid AS place, p.id AS place_id, coalesce(p.kind = 'quote', 0) AS quoted,
        st.id, st.text, coalesce(p.heading, '[]') AS heading, p.label, m.speaker, m.start, m.end, {_SOURCE}
    FROM statement st
    JOIN mention m ON m.rowid = (SELECT rowid FROM mention
        WHERE statement_rowid = st.rowid AND NOT lost ORDER BY source_rowid, start LIMIT 1)
    JOIN source s ON s.rowid = m.source_rowid
    LEFT JOIN passage p ON p.source_rowid = m.source_rowid AND p.ordinal = m.passage_ordinal
    WHERE st.rowid IN ({{}})"""


@dataclass(frozen=True, slots=True)
class Item:
    """A passage, or a statement at the first place where it is made.

    `place` and `place_id` are the passage's, None where a statement stands in none; `quoted` says that its words are
    set off as somebody else's.
    """

    type: Table
    rowid: int
    id: str
    text: str
    source_rowid: int
    source: dict[str, Any]
    locator: dict[str, Any]
    place: int | None
    place_id: str | None
    quoted: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """An item in its place of a ranking. Scores can be compared within one search only.

    `snippet` is the part of the text to show. `also` are ids of the same words elsewhere, which are not shown. Where
    passages and statements are searched together, `within` are the ids that stand at the same place: statements made
    in the passage, or the passage and others in it.
    """

    rank: int
    score: float
    item: Item
    snippet: Snippet
    also: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    explain: dict[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The shape of the interface."""
        item = self.item
        found: dict[str, Any] = {
            "rank": self.rank,
            "score": round(self.score, 4),
            "type": item.type,
            "id": item.id,
            "text": item.text,
            "source": item.source,
            "locator": item.locator,
            "snippet": self.snippet.to_dict(),
        }
        if self.also:
            found["also"] = list(self.also)
        if self.within:
            found["within"] = list(self.within)
        return found if self.explain is None else found | {"explain": self.explain}


def items(connection: sqlite3.Connection, table: Table, rowids: Iterable[int]) -> dict[int, Item]:
    """Passages or statements by rowid; what is no longer there is left out."""
    sql = _PASSAGE if table == "passage" else _STATEMENT
    return {row["rowid"]: _item(table, row) for row in rows.in_chunks(connection, sql, rowids)}


def _item(table: Table, row: sqlite3.Row) -> Item:
    return Item(
        type=table,
        rowid=row["rowid"],
        id=row["id"],
        text=row["text"],
        source_rowid=row["source_rowid"],
        source={
            "id": row["source_id"],
            "citekey": row["citekey"],
            "kind": row["source_kind"],
            "title": row["title"],
            "authors": json.loads(row["authors"]),
            "url": row["url"],
            "published": row["published"],
        },
        locator={
            "heading": json.loads(row["heading"]),
            "speaker": row["speaker"],
            "start": row["start"],
            "end": row["end"],
            **_page(row["label"]),
        },
        place=row["place"],
        place_id=row["place_id"],
        quoted=bool(row["quoted"]),
    )


def _page(label: str | None) -> dict[str, int]:
    """The page of a PDF, which blocks carry in their label: "p. 12"."""
    found = _PAGE.search(label or "")
    return {"page": int(found[1])} if found else {}
