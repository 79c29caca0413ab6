"""Table `proposal`: what judges say of statements and the like, links aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from kb.model.proposed import Proposed
from kb.store import access
from kb.store.open import Store

_COLUMNS = "g.id, g.target, g.field, g.value, g.basis, g.rule, g.status, g.score, g.created"


def insert(store: Store, proposals: Sequence[Proposed]) -> None:
    """Add proposals."""
    from kb.store.schema import Proposal as Row

    access.insert(store, Row, [asdict(one) for one in proposals])


def read(store: Store, proposal_ids: Iterable[str]) -> dict[str, Proposed]:
    """Proposals by id."""
    sql = f"SELECT {_COLUMNS} FROM proposal g WHERE g.id IN ({{}})"
    return {row["id"]: Proposed(*row) for row in access.in_chunks(store, sql, proposal_ids)}


def waiting(store: Store, field: str | None = None) -> list[Proposed]:
    """Proposals that nobody decided about, about what is there, the best scored first."""
    sql = f"""SELECT {_COLUMNS} FROM proposal g WHERE g.status = 'suggested' AND g.field = coalesce(?, g.field)
        AND (g.field = 'title'
            OR EXISTS (SELECT 1 FROM statement st WHERE st.id = g.target AND st.status <> 'rejected'))
        ORDER BY g.score DESC, g.rowid"""
    return [Proposed(*row) for row in store.execute(sql, (field,))]


def standing(store: Store, field: str, targets: Iterable[str]) -> dict[str, Proposed]:
    """The proposal of this field about each of these: an accepted one, else the newest that is not rejected."""
    sql = f"""SELECT {_COLUMNS} FROM proposal g WHERE g.status <> 'rejected' AND g.field = ? AND g.target IN ({{}})
        ORDER BY g.status = 'accepted', g.rowid"""
    rows = access.in_chunks(store, sql, targets, before=[field])
    return {row["target"]: Proposed(*row) for row in rows}


def set_status(store: Store, proposal_id: str, status: str) -> None:
    """Note what a person, or undoing that, makes of a proposal."""
    store.execute("UPDATE proposal SET status = ? WHERE id = ?", (status, proposal_id))
