"""What hangs on sources and statements, counted: for whoever is about to take them out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.store import access
from kb.store.decisions import JUDGED
from kb.store.engine.sql import MEMBERS, listed
from kb.store.open import Store


@dataclass(frozen=True, slots=True)
class Hanging:
    """How many statements are made there, links lead there or from there, and what people decided and believe of them.

    `links` that are rejected do not count; `decisions` are those that stand.
    """

    statements: int = 0
    links: int = 0
    decisions: int = 0
    credences: int = 0


_MADE = """SELECT st.id FROM statement st JOIN mention m ON m.statement_rowid = st.rowid
    JOIN source s ON s.rowid = m.source_rowid WHERE NOT m.lost AND st.status <> 'rejected' AND s.id IN {0}"""


def count(store: Store, source_ids: Iterable[str], statement_ids: Iterable[str] = ()) -> Hanging:
    """What hangs on these sources and these statements."""
    sources = list(source_ids)
    made = [row[0] for row in store.execute(_MADE.format(MEMBERS), (listed(sources),))]
    statements = listed(dict.fromkeys([*made, *statement_ids]))
    ends = listed([*sources, *dict.fromkeys([*made, *statement_ids])])
    sql = f"SELECT id FROM link WHERE status <> 'rejected' AND (from_id IN {MEMBERS} OR to_id IN {MEMBERS})"
    links = [row[0] for row in store.execute(sql, (ends, ends))]
    judged = f"SELECT count(*) FROM ({JUDGED}) j WHERE j.target IN {MEMBERS} OR j.target IN {MEMBERS}"
    held = f"SELECT count(*) FROM credence WHERE statement_id IN {MEMBERS}"
    return Hanging(
        len(set(made)),
        len(links),
        access.number(store, judged, (statements, listed(links))),
        access.number(store, held, (statements,)),
    )
