"""Table `passage`: the spans of a text that are searched and quoted. Full-text search follows by triggers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace as replace_fields
from typing import Any

from kb.model import ids
from kb.model.outline import Commentary, Heading, Insertion, Outline, Turns
from kb.model.passages import Passage, Turn
from kb.store import access, people
from kb.store.conditions import HERE
from kb.store.engine.sql import MEMBERS, listed
from kb.store.engine.sqlite import Row
from kb.store.open import Store
from kb.store.people import KnownAs


def replace(
    store: Store,
    source_rowid: int,
    source_id: str,
    title: str,
    text: str,
    passages: Sequence[Passage],
    content_hash: Callable[[str, tuple[str, ...], str], str],
) -> None:
    """Put these passages in the place of the source's old ones. Equal text keeps its id."""
    from kb.store.schema import Passage as Row

    delete(store, source_rowid)
    seen: dict[str, int] = {}
    rows: list[dict[str, Any]] = []
    for passage in passages:
        quote = text[passage.start : passage.end]
        seen[quote] = seen.get(quote, 0) + 1
        rows.append(
            {
                "id": ids.make(ids.PASSAGE, source_id, quote, str(seen[quote]), taken=_taken(store)),
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
    access.insert(store, Row, rows)


def set_title(
    store: Store, source_rowid: int, title: str, content_hash: Callable[[str, tuple[str, ...], str], str]
) -> None:
    """Let the passages of a source stand under another title; they keep their ids and rows."""
    sql = "SELECT rowid, heading, text FROM passage WHERE source_rowid = ?"
    rows = [(rowid, tuple(json.loads(heading)), text) for rowid, heading, text in store.execute(sql, (source_rowid,))]
    store.execute_many(
        "UPDATE passage SET context = ?, content_hash = ? WHERE rowid = ?",
        [(" › ".join((title, *heading)), content_hash(title, heading, text), rowid) for rowid, heading, text in rows],
    )


def delete(store: Store, source_rowid: int) -> None:
    """Take the passages of a source out of search."""
    store.execute("DELETE FROM passage WHERE source_rowid = ?", (source_rowid,))


def _taken(store: Store) -> Callable[[str], bool]:
    return lambda candidate: access.found(store, "SELECT 1 FROM passage WHERE id = ?", (candidate,))


_COLUMNS = """p.ordinal, p.block, p.kind, p.start, p.end, p.heading, p.level, p.speaker, p.parent, p.about, p.label,
    p.turn"""


def _passage(row: Row) -> Passage:
    ordinal, block, kind, start, end, heading, *rest = row
    return Passage(ordinal, block, kind, start, end, tuple(json.loads(heading)), *rest)


def of_source(store: Store, source_rowid: int) -> list[Passage]:
    """The passages of a source as they were cut, with speakers by the names that the text has."""
    sql = f"SELECT {_COLUMNS} FROM passage p WHERE p.source_rowid = ? ORDER BY p.ordinal"
    return [_passage(row) for row in store.execute(sql, (source_rowid,))]


def around(
    store: Store, source_rowid: int, start: int, end: int
) -> tuple[Passage | None, list[Passage], Passage | None]:
    """The passages that a span touches, and the ones before and after them; headings aside. Speakers as known."""
    known = people.known_as(store)

    def found(condition: str, *values: int) -> list[Passage]:
        sql = f"SELECT {_COLUMNS} FROM passage p WHERE p.source_rowid = ? AND p.kind <> 'heading' AND {condition}"
        return [_with_speaker(_passage(row), known) for row in store.execute(sql, (source_rowid, *values))]

    touched = found("p.end > ? AND p.start < ? ORDER BY p.ordinal", start, end)
    first, last = (touched[0].start, touched[-1].end) if touched else (start, end)
    before = found("p.end <= ? ORDER BY p.ordinal DESC LIMIT 1", first)
    after = found("p.start >= ? ORDER BY p.ordinal LIMIT 1", last)
    return next(iter(before), None), touched, next(iter(after), None)


def as_known(store: Store, passages: Iterable[Passage]) -> list[Passage]:
    """The same passages with their speakers as they are known."""
    known = people.known_as(store)
    return [_with_speaker(passage, known) for passage in passages]


def _with_speaker(passage: Passage, known: KnownAs) -> Passage:
    speaker = people.speaker_as(known, passage.speaker)
    return passage if speaker == passage.speaker else replace_fields(passage, speaker=speaker)


def ids_of(store: Store, source_rowid: int) -> dict[int, str]:
    """Ids of the passages of a source by their ordinals."""
    sql = "SELECT ordinal, id FROM passage WHERE source_rowid = ?"
    return dict(store.execute(sql, (source_rowid,)))


def turns(store: Store, passage_ids: Iterable[str]) -> dict[str, Turn]:
    """Passages by id, in sources that are here: a link may end at one, where it means the turn that it begins."""
    known = people.known_as(store)
    sql = f"""SELECT p.id, s.id, p.speaker, p.text, p.start, p.end, p.turn, s.added
        FROM passage p JOIN source s ON s.rowid = p.source_rowid WHERE p.id IN ({{}}) AND {HERE.sql}"""
    return {
        name: Turn(name, source, people.speaker_as(known, speaker), *rest)
        for name, source, speaker, *rest in access.in_chunks(store, sql, passage_ids)
    }


def turn_begins(store: Store, passage_id: str) -> str | None:
    """The passage with which the turn of this one begins; itself where it is in none, None where there is no such."""
    sql = f"""SELECT coalesce((SELECT o.id FROM passage o WHERE o.source_rowid = p.source_rowid AND o.turn = p.turn
        ORDER BY o.ordinal LIMIT 1), p.id) FROM passage p JOIN source s ON s.rowid = p.source_rowid
        WHERE p.id = ? AND {HERE.sql}"""
    row = store.execute(sql, (passage_id,)).fetchone()
    return None if row is None else str(row[0])


def comments_on(store: Store, source_rowid: int, references: Iterable[int]) -> bool:
    """Whether any passage of a source is commentary on one of these references of it, by their ordinals."""
    sql = f"SELECT 1 FROM passage WHERE source_rowid = ? AND about IN {MEMBERS}"
    return access.found(store, sql, (source_rowid, listed(references)))


def outline(store: Store, source_rowid: int) -> Outline:
    """What the text consists of."""

    def rows(sql: str) -> Iterable[Row]:
        return store.execute(sql, (source_rowid,))

    commentary = """SELECT r.target, p.text, p.start, p.end FROM passage p
        JOIN reference r ON r.source_rowid = p.source_rowid AND r.ordinal = p.about
        WHERE p.source_rowid = ? ORDER BY p.ordinal"""
    headings = """SELECT p.text, p.level, p.start, p.end FROM passage p
        WHERE p.source_rowid = ? AND p.kind = 'heading' ORDER BY p.ordinal"""
    turns = """SELECT p.speaker, count(DISTINCT p.turn) FROM passage p
        WHERE p.source_rowid = ? AND p.turn IS NOT NULL AND p.kind <> 'insertion'
        GROUP BY p.speaker ORDER BY min(p.ordinal)"""
    insertions = """SELECT p.speaker, p.text, p.start, p.end FROM passage p
        WHERE p.source_rowid = ? AND p.kind = 'insertion' ORDER BY p.ordinal"""
    known = people.known_as(store)
    return Outline(
        commentary=tuple(Commentary(*row) for row in rows(commentary)),
        headings=tuple(Heading(*row) for row in rows(headings)),
        turns=_turns(rows(turns), known),
        insertions=tuple(Insertion(people.speaker_as(known, said), *rest) for said, *rest in rows(insertions)),
    )


def _turns(rows: Iterable[Row], known: KnownAs) -> tuple[Turns, ...]:
    """How often each speaks; who is named in two ways speaks once."""
    count: dict[str | None, int] = {}
    for speaker, turns in rows:
        name = people.speaker_as(known, speaker)
        count[name] = count.get(name, 0) + turns
    return tuple(Turns(*row) for row in count.items())


def source_and_text(store: Store, passage_id: str) -> tuple[str, str]:
    """Id of the source that a passage belongs to, and the passage's text."""
    sql = "SELECT s.id, p.text FROM passage p JOIN source s ON s.rowid = p.source_rowid WHERE p.id = ?"
    row = store.execute(sql, (passage_id,)).fetchone()
    return row[0], row[1]
