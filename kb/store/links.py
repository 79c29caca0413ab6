"""Table `link`: reading directed relations between statements, or between a statement and a whole source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.model.link import Edge, Evidence, Link
from kb.model.words import NodeKind, Voice
from kb.store import access, people
from kb.store.conditions import EVERYTHING, HERE, LINKED_HERE, WITHDRAWN, Condition, among, every, negated, said_in
from kb.store.engine.sql import MEMBERS, SEPARATOR, joined, listed
from kb.store.engine.sqlite import Row
from kb.store.open import Store

_EDGE = "l.id, l.from_id, l.to_id, l.relation, l.basis, l.rule, l.status, l.score, l.created"
_LINK = f"""{_EDGE}, l.evidence_quote, l.evidence_start, l.evidence_end, s.id AS evidence_source, o.id AS owner
    FROM link l LEFT JOIN source s ON s.rowid = l.evidence_rowid LEFT JOIN source o ON o.rowid = l.owner_rowid"""

_NOT_REJECTED = Condition("l.status <> 'rejected'")


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
    parts = [LINKED_HERE, *([_NOT_REJECTED] if status is None else [])]
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
    return _ordered(store, every([Condition("l.created >= ?", [at]), _NOT_REJECTED, LINKED_HERE]))


def _ordered(store: Store, condition: Condition, limit: int | None = None) -> list[Link]:
    sql = f"""SELECT {_LINK} WHERE {condition.sql}
        ORDER BY l.relation = 'related', l.status <> 'accepted', l.score IS NULL, l.score DESC, l.rowid"""
    return [_link(row) for row in access.limited(store, sql, condition.values, limit)]


def read(store: Store, link_ids: Iterable[str]) -> dict[str, Link]:
    """Links by id."""
    rows = access.in_chunks(store, f"SELECT {_LINK} WHERE l.id IN ({{}})", link_ids)
    return {row["id"]: _link(row) for row in rows}


def touching(store: Store, node_ids: Iterable[str]) -> list[Link]:
    """Links with an end among these ids, each once, and no end that is gone or removed."""
    wanted = list(node_ids)
    found: dict[str, Link] = {}
    for end in ("from_id", "to_id"):
        for row in access.in_chunks(store, f"SELECT {_LINK} WHERE l.{end} IN ({{}}) AND {LINKED_HERE.sql}", wanted):
            if row["id"] not in found:
                found[row["id"]] = _link(row)
    return list(found.values())


def _link(row: Row) -> Link:
    evidence = None
    if row["evidence_quote"] is not None and row["evidence_source"] is not None:
        place = row["evidence_quote"], row["evidence_start"], row["evidence_end"]
        evidence = Evidence(row["evidence_source"], *place)
    name, start, end, relation, basis, rule, status, score, created = row[:9]
    return Link(name, start, end, relation, basis, rule, status, score, created, evidence, row["owner"])


# Without their evidence


def edges(store: Store, statuses: Sequence[str], relations: Sequence[str]) -> list[Edge]:
    """Every link of these statuses and relations, in order of their rows."""
    kept = every([among("l.status", statuses), among("l.relation", relations)])
    sql = f"SELECT {_EDGE} FROM link l WHERE {kept.sql} ORDER BY l.rowid"
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
        where = every([among(end, wanted), *kept])
        rows = store.execute(f"SELECT {_EDGE} FROM link l WHERE {where.sql}", where.values)
        found.update((row["id"], Edge(*row)) for row in rows)
    return found


def edges_by_id(store: Store, link_ids: Iterable[str]) -> dict[str, Edge]:
    """Links by id."""
    rows = access.in_chunks(store, f"SELECT {_EDGE} FROM link l WHERE l.id IN ({{}})", link_ids)
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


# What a comment may mean


@dataclass(frozen=True, slots=True)
class CommentLink:
    """A link from what is said about a text to that text as a whole, with rowids of both and the text's authors."""

    link: Link
    from_rowid: int
    source_rowid: int
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answerable:
    """A statement that a text makes and that may be answered."""

    rowid: int
    id: str
    kind: NodeKind
    speaker: str | None
    voice: Voice


def to_texts(store: Store, rules: Sequence[str]) -> list[CommentLink]:
    """Links that these rules drew from what is said about a text, in a comment or in notes, to that text as a whole."""
    named = joined("p.name")
    kept = every(
        [
            among("l.rule", rules),
            _NOT_REJECTED,
            Condition(f"t.rowid IN (SELECT s.rowid FROM source s WHERE {HERE.sql})"),
        ]
    )
    sql = f"""SELECT {_EDGE}, l.evidence_quote, l.evidence_start, l.evidence_end, e.id AS evidence_source,
            NULL AS owner, f.rowid AS from_rowid, t.rowid AS source_rowid, (SELECT {named}
                FROM authorship a JOIN person p ON p.rowid = a.person_rowid WHERE a.source_rowid = t.rowid) AS authors
        FROM link l JOIN statement f ON f.id = l.from_id JOIN source t ON t.id = l.to_id
        LEFT JOIN source e ON e.rowid = l.evidence_rowid WHERE {kept.sql} ORDER BY l.rowid"""
    known = people.known_as(store)
    return [
        CommentLink(
            _link(row), row["from_rowid"], row["source_rowid"],
            tuple(known(name) for name in (row["authors"] or "").split(SEPARATOR) if name),
        )
        for row in store.execute(sql, kept.values)
    ]  # fmt: skip


def aims(store: Store, source_rowid: int, least: float = 0.5) -> list[Answerable]:
    """What a text asserts and stands to be answered: its statements but questions and what is hardly one."""
    sql = """SELECT st.rowid, st.id, st.kind, max(m.speaker), max(m.voice) FROM mention m
        JOIN statement st ON st.rowid = m.statement_rowid
        WHERE m.source_rowid = ? AND NOT m.lost AND st.status <> 'rejected' AND st.kind <> 'question'
            AND coalesce(st.confidence, 1) >= ? GROUP BY st.rowid"""
    known, rows = people.known_as(store), store.execute(sql, (source_rowid, least))
    return [
        Answerable(rowid, name, kind, people.speaker_as(known, said), voice) for rowid, name, kind, said, voice in rows
    ]


_OTHER_ENDS = " OR l.to_id IN (SELECT id FROM passage) OR l.to_id IN (SELECT id FROM link)"


def dangling(store: Store) -> list[Edge]:
    """Links with an end that is not there."""
    gone = [
        negated(Condition(f"l.{end} IN (SELECT id FROM statement) OR l.{end} IN (SELECT id FROM source){also}"))
        for end, also in (("from_id", ""), ("to_id", _OTHER_ENDS))
    ]
    sql = f"SELECT {_EDGE} FROM link l WHERE {gone[0].sql} OR {gone[1].sql}"
    return [Edge(*row) for row in store.execute(sql)]
