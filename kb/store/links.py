"""Table `link`: reading directed relations between statements, or between a statement and a whole source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.model import ids
from kb.model.link import Edge, Evidence, Link
from kb.model.rules import NEAREST_IN_TEXT
from kb.store import access
from kb.store.conditions import EVERYTHING, LINKED_HERE, WITHDRAWN, Condition, among, every, negated, said_in
from kb.store.engine.sql import MEMBERS, listed
from kb.store.engine.sqlite import Row
from kb.store.open import Store

EDGE = "l.id, l.from_id, l.to_id, l.relation, l.basis, l.rule, l.status, l.score, l.created"
WITH_EVIDENCE = f"""{EDGE}, l.evidence_quote, l.evidence_start, l.evidence_end, s.id AS evidence_source, o.id AS owner
    FROM link l LEFT JOIN source s ON s.rowid = l.evidence_rowid LEFT JOIN source o ON o.rowid = l.owner_rowid"""

_NOT_REJECTED = Condition("l.status <> 'rejected'")
_NOT_AIMED = Condition(
    f"""(substr(l.to_id, 1, 1) NOT IN ('{ids.SOURCE}', '{ids.PASSAGE}') OR l.status <> 'suggested' OR NOT EXISTS (
        SELECT 1 FROM link aimed WHERE aimed.from_id = l.from_id AND aimed.relation = l.relation
            AND aimed.rule = '{NEAREST_IN_TEXT}' AND aimed.status <> 'rejected' AND aimed.to_id <> l.to_id
            AND (aimed.evidence_rowid, aimed.evidence_start) IS (l.evidence_rowid, l.evidence_start)))"""
)
"""Of a `link l`: it ends at no whole text or turn of which another one, on the same evidence, says which statement is
meant."""


def chosen(
    store: Store,
    *,
    relation: str | None = None,
    basis: str | None = None,
    status: str | None = None,
    about: str | None = None,
    limit: int | None = None,
) -> list[Link]:
    """Links by what they are, and those about a source (its statements too), a statement or a link; signed ones first.

    Rejected ones only where `status` asks for them; those with an end that is gone or removed are left out.
    """
    parts = [LINKED_HERE, _NOT_AIMED, *([_NOT_REJECTED] if status is None else [])]
    for column, wanted in (("relation", relation), ("basis", basis), ("status", status)):
        if wanted is not None:
            parts.append(Condition(f"l.{column} = ?", [wanted]))
    if about is not None:
        made = said_in(about)
        inside = f"SELECT st.id FROM statement st WHERE {made.sql}"
        sql = f"(? IN (l.id, l.from_id, l.to_id) OR l.from_id IN ({inside}) OR l.to_id IN ({inside}))"
        parts.append(Condition(sql, [about, *made.values, *made.values]))
    return _ordered(store, every(parts), limit)


def created_since(store: Store, at: str) -> list[Link]:
    """Links that came at that time or later, rejected ones left out; signed ones first."""
    return _ordered(store, every([Condition("l.created >= ?", [at]), _NOT_REJECTED, LINKED_HERE, _NOT_AIMED]))


def _ordered(store: Store, condition: Condition, limit: int | None = None) -> list[Link]:
    sql = f"""SELECT {WITH_EVIDENCE} WHERE {condition.sql}
        ORDER BY l.relation = 'related', l.status <> 'accepted', l.score IS NULL, l.score DESC, l.rowid"""
    return [of_row(row) for row in access.limited(store, sql, condition.values, limit)]


def read(store: Store, link_ids: Iterable[str]) -> dict[str, Link]:
    """Links by id."""
    rows = access.in_chunks(store, f"SELECT {WITH_EVIDENCE} WHERE l.id IN ({{}})", link_ids)
    return {row["id"]: of_row(row) for row in rows}


def touching(store: Store, node_ids: Iterable[str]) -> list[Link]:
    """Links with an end among these ids, each once, and no end that is gone or removed."""
    wanted = list(node_ids)
    found: dict[str, Link] = {}
    for end in ("from_id", "to_id"):
        for row in access.in_chunks(
            store, f"SELECT {WITH_EVIDENCE} WHERE l.{end} IN ({{}}) AND {LINKED_HERE.sql} AND {_NOT_AIMED.sql}", wanted
        ):
            if row["id"] not in found:
                found[row["id"]] = of_row(row)
    return list(found.values())


def of_row(row: Row) -> Link:
    """The link in a row of `WITH_EVIDENCE`."""
    evidence = None
    if row["evidence_quote"] is not None and row["evidence_source"] is not None:
        place = row["evidence_quote"], row["evidence_start"], row["evidence_end"]
        evidence = Evidence(row["evidence_source"], *place)
    name, start, end, relation, basis, rule, status, score, created = row[:9]
    return Link(name, start, end, relation, basis, rule, status, score, created, evidence, row["owner"])


# Without their evidence


def edges(store: Store, statuses: Sequence[str], relations: Sequence[str]) -> list[Edge]:
    """Every link of these statuses and relations, in order of their rows."""
    kept = every([among("l.status", statuses), among("l.relation", relations), _NOT_AIMED])
    sql = f"SELECT {EDGE} FROM link l WHERE {kept.sql} ORDER BY l.rowid"
    return [Edge(*row) for row in store.execute(sql, kept.values)]


def answering(store: Store, statuses: Sequence[str], rules: Sequence[str], least: float) -> list[Edge]:
    """Unsigned links by which an answer was found to what it answers: of these rules, with at least this score."""
    kept = every([among("l.status", statuses), among("l.rule", rules), Condition("l.score >= ?", [least])])
    sql = f"SELECT {EDGE} FROM link l WHERE l.relation = 'related' AND {kept.sql} ORDER BY l.rowid"
    return [Edge(*row) for row in store.execute(sql, kept.values)]


def edges_at(
    store: Store,
    ends: Iterable[str],
    *,
    statuses: Sequence[str],
    relations: Sequence[str],
    bases: Sequence[str] = (),
) -> dict[str, Edge]:
    """By id the links with an end among these ids; of any basis where none is named."""
    wanted = list(ends)
    limits = [("l.status", statuses), ("l.relation", relations), *([("l.basis", bases)] if bases else [])]
    kept = [Condition(f"{column} IN ({', '.join('?' * len(values))})", values) for column, values in limits]
    found: dict[str, Edge] = {}
    for end in ("l.from_id", "l.to_id"):
        where = every([among(end, wanted), *kept, _NOT_AIMED])
        rows = store.execute(f"SELECT {EDGE} FROM link l WHERE {where.sql}", where.values)
        found.update((row["id"], Edge(*row)) for row in rows)
    return found


def edges_by_id(store: Store, link_ids: Iterable[str]) -> dict[str, Edge]:
    """Links by id."""
    rows = access.in_chunks(store, f"SELECT {EDGE} FROM link l WHERE l.id IN ({{}})", link_ids)
    return {row["id"]: Edge(*row) for row in rows}


# How much is said

_SAID = """SELECT {end} AS id, {weight} AS n FROM link
    WHERE relation IN ('supports', 'attacks', 'undercuts') AND status <> 'rejected'"""


def discussion(store: Store, ends: Iterable[str]) -> dict[str, int]:
    """How much is said about these ids: links with a sign that end there count twice, those that start there once."""
    wanted = listed(ends)
    parts = [
        _SAID.format(end=end, weight=weight) + f" AND {end} IN {MEMBERS}"
        for end, weight in (("to_id", 2), ("from_id", 1))
    ]
    sql = f"SELECT said.id, sum(said.n) FROM ({' UNION ALL '.join(parts)}) said GROUP BY said.id"
    return dict(store.execute(sql, (wanted, wanted)))


def most_discussed(store: Store, limit: int, condition: Condition | None = None) -> list[str]:
    """The statements that meet a condition on `st` about which most is said; without one, sources are among them."""
    ends = f"{_SAID.format(end='to_id', weight=2)} UNION ALL {_SAID.format(end='from_id', weight=1)}"
    kept = condition or EVERYTHING
    among_statements = f"said.id IN (SELECT st.id FROM statement st WHERE st.status <> 'rejected' AND {kept.sql})"
    among_sources = " OR said.id IN (SELECT id FROM source)" if condition is None else ""
    sql = f"""WITH said AS (SELECT x.id, sum(x.n) AS n FROM ({ends}) x GROUP BY x.id)
        SELECT said.id FROM said WHERE ({among_statements}{among_sources}) AND said.id NOT IN ({WITHDRAWN})
        ORDER BY said.n DESC, said.id"""
    return [row[0] for row in access.limited(store, sql, kept.values, limit)]


def reasons(store: Store, source_rowid: int) -> dict[str, str]:
    """Of the statements that a source makes to support one of its own: the link by which each does."""
    sql = """SELECT l.from_id, l.id FROM link l JOIN statement st ON st.id = l.from_id
        JOIN mention m ON m.statement_rowid = st.rowid
        WHERE m.source_rowid = ? AND l.relation = 'supports' AND l.status <> 'rejected' ORDER BY l.rowid DESC"""
    return {row[0]: row[1] for row in store.execute(sql, (source_rowid,))}


def count_rule(store: Store, rule: str) -> int:
    """How many links one rule proposed."""
    return access.number(store, "SELECT count(*) FROM link WHERE rule = ?", (rule,))


_OTHER_ENDS = " OR l.to_id IN (SELECT id FROM passage) OR l.to_id IN (SELECT id FROM link)"


def dangling(store: Store) -> list[Edge]:
    """Links with an end that is not there."""
    gone = [
        negated(Condition(f"l.{end} IN (SELECT id FROM statement) OR l.{end} IN (SELECT id FROM source){also}"))
        for end, also in (("from_id", ""), ("to_id", _OTHER_ENDS))
    ]
    sql = f"SELECT {EDGE} FROM link l WHERE {gone[0].sql} OR {gone[1].sql}"
    return [Edge(*row) for row in store.execute(sql)]
