"""Table `link`: adding links, and dropping those that nothing holds any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.model.link import Link
from kb.store import access, decisions
from kb.store.open import Store

UNDERCUT = """EXISTS (SELECT 1 FROM link u
    WHERE u.to_id = l.id AND +u.owner_rowid IS NULL AND u.basis = 'authored')"""
"""What holds of a `link l` that a person, in words of their own, says something about."""


def insert(store: Store, links: Sequence[Link]) -> None:
    """Add links. The best-scored of several with the same ends and relation stays; one already there stays."""
    from kb.store.schema import Link as Row

    best: dict[str, Link] = {}
    for link in links:
        if link.from_id != link.to_id and (link.id not in best or (link.score or 0) > (best[link.id].score or 0)):
            best[link.id] = link
    there = {row["id"] for row in access.in_chunks(store, "SELECT id FROM link WHERE id IN ({})", best)}
    new = [link for name, link in best.items() if name not in there]
    named = {link.owner for link in new} | {link.evidence.source for link in new if link.evidence}
    sql = "SELECT id, rowid FROM source WHERE id IN ({})"
    rowids = dict(access.in_chunks(store, sql, filter(None, named)))
    access.insert(
        store,
        Row,
        [
            {
                "id": link.id,
                "from_id": link.from_id,
                "to_id": link.to_id,
                "relation": link.relation,
                "basis": link.basis,
                "rule": link.rule,
                "status": link.status,
                "score": link.score,
                "created": link.created,
                "owner_rowid": rowids.get(link.owner or ""),
                "evidence_rowid": rowids.get(link.evidence.source) if link.evidence else None,
                "evidence_quote": link.evidence.quote if link.evidence else None,
                "evidence_start": link.evidence.start if link.evidence else None,
                "evidence_end": link.evidence.end if link.evidence else None,
            }
            for link in new
        ],
    )


def clear(store: Store, owner_rowid: int) -> None:
    """Drop what the extraction of a source proposed and nobody judged."""
    store.execute(f"DELETE FROM link WHERE owner_rowid = ? AND id NOT IN ({decisions.JUDGED})", (owner_rowid,))


def withdraw(store: Store, source_rowid: int, source_id: str) -> None:
    """Drop what a source proposed, and what likeness proposed of it as a whole, where nobody judged it.

    What a person undercut stays, so that their words have an end.
    """
    kept = f"l.id NOT IN ({decisions.JUDGED}) AND NOT {UNDERCUT}"
    store.execute(f"DELETE FROM link AS l WHERE l.owner_rowid = ? AND {kept}", (source_rowid,))
    sql = f"DELETE FROM link AS l WHERE l.{{}} = ? AND +l.owner_rowid IS NULL AND l.basis <> 'authored' AND {kept}"
    for end in ("from_id", "to_id"):
        store.execute(sql.format(end), (source_id,))


def clear_dangling(store: Store) -> None:
    """Drop inferred, unjudged links whose ends are gone."""
    store.execute(
        f"""DELETE FROM link WHERE basis <> 'authored' AND id NOT IN ({decisions.JUDGED}) AND (
        (from_id NOT IN (SELECT id FROM statement) AND from_id NOT IN (SELECT id FROM source)) OR
        (to_id NOT IN (SELECT id FROM statement) AND to_id NOT IN (SELECT id FROM source)
            AND to_id NOT IN (SELECT id FROM passage) AND to_id NOT IN (SELECT id FROM link)))"""
    )


def clear_ends(store: Store, gone: Iterable[str]) -> None:
    """Drop inferred, unjudged links of statements that are gone."""
    for name in gone:
        store.execute(
            f"""DELETE FROM link WHERE (from_id = ? OR to_id = ?) AND basis <> 'authored'
            AND id NOT IN ({decisions.JUDGED})
            AND NOT EXISTS (SELECT 1 FROM statement WHERE id = ?)""",
            (name, name, name),
        )


def clear_evidence(store: Store, source_rowid: int, text: str) -> None:
    """Evidence whose quote a new text no longer has at its place is found again or let go."""
    sql = "SELECT rowid, evidence_quote FROM link WHERE evidence_rowid = ?"
    for rowid, quote in store.execute(sql, (source_rowid,)).fetchall():
        at = text.find(quote or "\0")
        place = (source_rowid, at, at + len(quote)) if at >= 0 else (None, None, None)
        store.execute(
            "UPDATE link SET evidence_rowid = ?, evidence_start = ?, evidence_end = ? WHERE rowid = ?", (*place, rowid)
        )


def replace_proposed(store: Store, rules: Sequence[str], new: Sequence[Link]) -> None:
    """Let these be the links that some rules propose, besides what a person judged. Those that stay are not touched."""
    wanted = {link.id: link.score for link in new}
    sql = f"SELECT id, score FROM link WHERE rule IN ({{}}) AND id NOT IN ({decisions.JUDGED})"
    there = dict(access.in_chunks(store, sql, rules))
    store.execute_many("DELETE FROM link WHERE id = ?", [(name,) for name in there if name not in wanted])
    moved = [(wanted[name], name) for name, score in there.items() if name in wanted and wanted[name] != score]
    store.execute_many("UPDATE link SET score = ? WHERE id = ?", moved)
    insert(store, new)


def set_status(store: Store, link_id: str, status: str) -> None:
    """Note what a person, or undoing that, makes of a link."""
    store.execute("UPDATE link SET status = ? WHERE id = ?", (status, link_id))


def delete(store: Store, link_id: str) -> None:
    """Take back a link that a person has just written."""
    store.execute("DELETE FROM link WHERE id = ?", (link_id,))
