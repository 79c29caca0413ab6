"""Table `decision`: what a person judged. Rows are only ever added; the newest about a target counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kb.store import access, same_as
from kb.store.open import Store

_NEWEST = "WHERE rowid IN (SELECT max(rowid) FROM decision GROUP BY target) AND verdict <> 'suggested'"

_ONCE = f"AND target NOT IN ({same_as.JOINED})"  # what became one with another has given its verdict to that one

JUDGED = f"SELECT target FROM decision {_NEWEST}"
"""Ids of what a person accepted or rejected, and has not taken back."""

RIGHT, WRONG = "right: ", "wrong: "
"""How a note begins where the verdict alone does not say whether the rule was right: a `related` link is rejected in
favour of `attacks`, but related it is; a statement is kept, but it is of another kind than the rule said."""

OTHER_TARGET, OTHER_WAY = "other target", "the other way round"
"""What such a note says of a link that ends elsewhere, or the other end of which speaks."""


def add(store: Store, target: str, verdict: str, at: str, basis: str, rule: str, note: str = "") -> None:
    """Record a verdict about a statement or link, with what had proposed it. "suggested" takes the last one back."""
    store.execute(
        "INSERT INTO decision (target, verdict, basis, rule, at, note) VALUES (?, ?, ?, ?, ?, ?)",
        (target, verdict, basis, rule, at, note),
    )


def verdicts(store: Store, targets: Iterable[str]) -> dict[str, str]:
    """The newest verdict about each of these statements and links that has one."""
    sql = "SELECT target, verdict FROM decision WHERE target IN ({}) ORDER BY rowid"
    return {row["target"]: row["verdict"] for row in access.in_chunks(store, sql, targets)}


def since(store: Store, at: str) -> list[Decision]:
    """Decisions from that time on, oldest first."""
    sql = "SELECT target, verdict, at, note FROM decision WHERE at >= ? ORDER BY rowid"
    return [Decision(*row) for row in store.execute(sql, (at,))]


def of(store: Store, target: str) -> list[Decision]:
    """Every decision about a statement or link, the newest first."""
    sql = "SELECT target, verdict, at, note FROM decision WHERE target = ? ORDER BY rowid DESC"
    return [Decision(*row) for row in store.execute(sql, (target,))]


def apply(store: Store, source_rowid: int | None = None) -> None:
    """Give statements and links found again the status a person gave them before; all, or those of one source."""
    own = {
        "statement": "AND rowid IN (SELECT statement_rowid FROM mention WHERE source_rowid = ?)",
        "link": "AND owner_rowid = ?",
    }
    for table, condition in own.items():
        store.execute(
            f"""UPDATE {table} SET status = (SELECT verdict FROM decision d WHERE d.target = {table}.id
                ORDER BY d.rowid DESC LIMIT 1)
            WHERE basis <> 'authored' AND id IN (SELECT target FROM decision)
            {condition if source_rowid is not None else ""}""",
            () if source_rowid is None else (source_rowid,),
        )


def count(store: Store) -> dict[str, dict[str, int]]:
    """Verdicts by basis: {basis: {accepted, rejected}}; only the newest about each target."""
    sql = f"SELECT basis, verdict, count(*) AS n FROM decision {_NEWEST} {_ONCE} GROUP BY basis, verdict"
    counts: dict[str, dict[str, int]] = {}
    for row in store.execute(sql):
        counts.setdefault(row["basis"], {})[row["verdict"]] = row["n"]
    return counts


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict about a statement or link, by its id."""

    target: str
    verdict: str
    at: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a rule was right about a statement or link (`table`), of how many that a person decided about."""

    table: Literal["statement", "link", "proposal"]
    basis: str
    rule: str
    right: int
    decided: int


def tallies(store: Store) -> list[Tally]:
    """For each rule what the newest decisions say of it; what a person wrote, and what nobody proposed, aside."""
    table = "CASE substr(target, 1, 1) WHEN 'e' THEN 'link' WHEN 'g' THEN 'proposal' ELSE 'statement' END"
    sql = f"""SELECT {table} AS kind, basis, rule,
            sum(CASE WHEN note LIKE '{RIGHT}%' THEN 1 WHEN note LIKE '{WRONG}%' THEN 0
                WHEN verdict = 'accepted' THEN 1 ELSE 0 END) AS good, count(*) AS n
        FROM decision {_NEWEST} {_ONCE} AND basis NOT IN ('', 'authored') GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""
    return [Tally(*row) for row in store.execute(sql)]


def corrections(store: Store) -> dict[str, int]:
    """How often a person put right what was found, by what: of statements as they are held to be now (kind, speaker,
    text), of links by the newest decisions about them (relation, target, direction)."""
    sql = """SELECT CASE e.field WHEN 'wording' THEN 'text' ELSE e.field END, count(*) FROM edit e
        JOIN statement st ON st.id = e.target WHERE st.basis <> 'authored' AND e.field IN ('kind', 'speaker', 'wording')
        GROUP BY 1"""
    found = dict(store.execute(sql).fetchall())
    for what, told in (("relation", " → "), ("target", OTHER_TARGET), ("direction", OTHER_WAY)):
        sql = f"""SELECT count(*) FROM decision {_NEWEST} {_ONCE} AND verdict = 'rejected' AND basis <> 'authored'
            AND note LIKE ?"""
        found[what] = access.number(store, sql, (f"%{told}%",))
    order = ("kind", "speaker", "text", "relation", "target", "direction")
    return {what: found[what] for what in order if found.get(what)}


def newest(store: Store) -> int:
    """Tells whether there are new decisions: the rowid of the last one, 0 where there is none."""
    return int(store.execute("SELECT coalesce(max(rowid), 0) FROM decision").fetchone()[0])
