"""Tables `statement` and `mention`: adding statements, making room for an extraction, and what a person changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.model.statement import NewMention, NewStatement
from kb.store import access, decisions, edits
from kb.store.link_writing import UNDERCUT
from kb.store.open import Store


def insert(store: Store, statements: Sequence[NewStatement]) -> list[NewStatement]:
    """Add statements with their mentions. One that is there already keeps its status and gets the new mentions.

    Returns those that were there.
    """
    from kb.store.schema import Mention, Statement

    there = _rowids(store, statements)
    new = [s for s in statements if s.id not in there]
    names = ("id", "kind", "text", "basis", "rule", "status", "confidence", "created", "content_hash")
    access.insert(store, Statement, [{name: getattr(s, name) for name in names} for s in new])
    rowids = _rowids(store, statements) if new else there
    sql = """SELECT m.statement_rowid, m.source_rowid, m.start FROM mention m
        WHERE NOT m.lost AND m.statement_rowid IN ({})"""
    standing = {tuple(row) for row in access.in_chunks(store, sql, there.values())}
    access.insert(
        store,
        Mention,
        [
            {
                "statement_rowid": rowids[statement.id],
                "source_rowid": mention.source_rowid,
                "passage_ordinal": mention.passage_ordinal,
                "speaker": mention.speaker,
                "voice": mention.voice,
                "quote": mention.quote,
                "start": mention.start,
                "end": mention.end,
                "lost": False,
                **dict(zip(("context_quote", "context_start"), _context(mention), strict=True)),
            }
            for statement in statements
            for mention in statement.mentions
            if (rowids[statement.id], mention.source_rowid, mention.start) not in standing
        ],
    )
    return [s for s in statements if s.id in there]


def set_found(store: Store, statements: Sequence[NewStatement]) -> None:
    """Let mentions that are there already have the speakers, voices and contexts with which they were found again."""
    rowids = _rowids(store, statements)
    now = [
        (
            (mention.speaker, mention.voice, *_context(mention)),
            (rowids[statement.id], mention.source_rowid, mention.start),
        )
        for statement in statements
        for mention in statement.mentions
    ]
    store.execute_many(
        """UPDATE mention SET speaker = ?, voice = ?, context_quote = ?, context_start = ?
        WHERE statement_rowid = ? AND source_rowid = ? AND start = ? AND NOT lost
        AND (speaker, voice, context_quote, context_start) IS NOT (?, ?, ?, ?)""",
        [(*found, *place, *found) for found, place in now],
    )


def set_quote(store: Store, statement_id: str, source_rowid: int, quote: str) -> None:
    """Let all of a text, `quote`, be where a statement is made in it."""
    store.execute(
        """UPDATE mention SET quote = ?, start = 0, "end" = ?, passage_ordinal = NULL, lost = FALSE,
        context_quote = NULL, context_start = NULL
        WHERE source_rowid = ? AND statement_rowid = (SELECT rowid FROM statement WHERE id = ?)""",
        (quote, len(quote), source_rowid, statement_id),
    )


def _rowids(store: Store, statements: Sequence[NewStatement]) -> dict[str, int]:
    sql = "SELECT id, rowid FROM statement WHERE id IN ({})"
    return dict(access.in_chunks(store, sql, [s.id for s in statements]))


def clear(store: Store, source_rowid: int, text: str, notation: str) -> set[str]:
    """Make room for a new extraction of a source whose text is now `text`. Returns the ids that went.

    What the program inferred, or read from a person's notation (rules like `notation`), and nobody judged goes; what
    a person wrote or judged stays: its quote is found again at its new place, or marked lost.
    """
    going = store.execute(
        f"""SELECT DISTINCT st.rowid, st.id FROM mention m JOIN statement st ON st.rowid = m.statement_rowid
        WHERE m.source_rowid = ? AND (st.basis <> 'authored' OR st.rule LIKE ?)
        AND st.id NOT IN ({decisions.JUDGED}) AND st.id NOT IN ({edits.EDITED})
        AND NOT EXISTS (SELECT 1 FROM credence c WHERE c.statement_id = st.id)
        AND NOT EXISTS (SELECT 1 FROM link l WHERE (l.from_id = st.id OR l.to_id = st.id)
            AND (l.basis = 'authored' OR l.id IN ({decisions.JUDGED})
                OR {UNDERCUT}))""",
        (source_rowid, notation),
    ).fetchall()
    for rowid, _ in going:
        store.execute("DELETE FROM mention WHERE statement_rowid = ? AND source_rowid = ?", (rowid, source_rowid))
        store.execute(
            "DELETE FROM statement WHERE rowid = ? AND NOT EXISTS (SELECT 1 FROM mention WHERE statement_rowid = ?)",
            (rowid, rowid),
        )
    sql = "SELECT m.rowid, m.quote, m.start, m.context_quote, m.context_start FROM mention m WHERE m.source_rowid = ?"
    for rowid, quote, start, around, place in store.execute(sql, (source_rowid,)).fetchall():
        at = _nearest(text, quote, start)
        if at is None:
            store.execute("UPDATE mention SET lost = TRUE WHERE rowid = ?", (rowid,))
        else:
            store.execute(
                """UPDATE mention SET lost = FALSE, start = ?, "end" = ?, passage_ordinal = NULL,
                context_quote = ?, context_start = ? WHERE rowid = ?""",
                (at, at + len(quote), *_moved(text, around, at + (place or 0) - start), rowid),
            )
    return {name for _, name in going}


def _context(mention: NewMention) -> tuple[str | None, int | None]:
    return (mention.context.quote, mention.context.start) if mention.context else (None, None)


def _moved(text: str, around: str | None, place: int) -> tuple[str | None, int | None]:
    """A context at its new place, the nearest to this one; none where the text has it no more."""
    at = None if around is None else _nearest(text, around, max(place, 0))
    return (None, None) if at is None else (around, at)


def _nearest(text: str, quote: str, place: int) -> int | None:
    """Where the quote stands nearest to where it stood, or None."""
    before, after = text.rfind(quote, 0, place + len(quote)), text.find(quote, place)
    found = [at for at in (before, after) if at >= 0]
    return min(found, key=lambda at: abs(at - place), default=None)


def set_confidence(store: Store, values: Iterable[tuple[float, int]]) -> None:
    """Give statements a confidence, as (confidence, rowid)."""
    store.execute_many("UPDATE statement SET confidence = ? WHERE rowid = ?", list(values))


def set_status(store: Store, statement_id: str, status: str) -> None:
    """Note what a person, or undoing that, makes of a statement."""
    store.execute("UPDATE statement SET status = ? WHERE id = ?", (status, statement_id))


def set_words(store: Store, statement_id: str, text: str, kind: str, content_hash: str) -> None:
    """Put a person's wording and kind in the place of the old ones; the quotes stay."""
    sql = "UPDATE statement SET text = ?, kind = ?, content_hash = ? WHERE id = ?"
    store.execute(sql, (text, kind, content_hash, statement_id))
