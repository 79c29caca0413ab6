"""What a decision in a review does to the store, and how it is taken back.

Decisions are only ever added: taking one back adds another, "suggested". Turning a link round, or giving it another
relation, rejects what was proposed and writes the right link, with the same evidence, as one's own.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from typing import Any

from kb.errors import NotFoundError, UsageError
from kb.model.rules import PERSON
from kb.model.words import RELATIONS, STATEMENT_KINDS
from kb.store import decisions, links, meta, open, sources, statements
from kb.text.repair import repair
from kb.text.strings import digest, squash


@dataclass(frozen=True, slots=True)
class Done:
    """A decision made: what it was called, what it was about, and what is needed to take it back.

    `before` is the statement or link as it was; `written` the link written in its place, `had` that link's status
    before, "" where there was none.
    """

    what: str
    target: str
    before: dict[str, Any]
    written: str = ""
    had: str = ""


def verdict(store: open.Store, name: str, verdict: str) -> Done:
    """Accept or reject a statement or link."""
    with store.transaction() as session:
        connection = open.raw(session)
        before = _read(connection, name)
        _record(connection, before, verdict)
        meta.bump_generation(connection)
    return Done(verdict, name, before)


def turn_round(store: open.Store, name: str) -> Done:
    """Swap the ends of a link.

    Raises:
        UsageError: it has no direction, or an end that no link can start from.
    """
    with store.transaction() as session:
        connection = open.raw(session)
        before = _read(connection, name)
        if before["relation"] == "related":
            raise UsageError("a related link has no direction", "c gives it a relation")
        if before["to"].startswith("e"):
            raise UsageError("what undercuts a link cannot be turned round", "r rejects it")
        new = _authored(connection, before, before["to"], before["relation"], before["from"])
        done = _replace(session, connection, before, new, "turned round", decisions.WRONG + "the other way round")
        meta.bump_generation(connection)
    return done


def change_relation(store: open.Store, name: str, relation: str) -> Done | None:
    """Give a link another relation; None where it has that one already.

    A `related` link that gets a sign was right as far as it went, and counts so for its rule.

    Raises:
        UsageError: no such relation.
    """
    if relation not in RELATIONS:
        raise UsageError(f"no relation {relation!r}", "one of: " + ", ".join(RELATIONS))
    with store.transaction() as session:
        connection = open.raw(session)
        before = _read(connection, name)
        if before["relation"] == relation:
            return None
        mark = decisions.RIGHT if before["relation"] == "related" else decisions.WRONG
        new = _authored(connection, before, before["from"], relation, before["to"])
        done = _replace(session, connection, before, new, relation, f"{mark}{before['relation']} → {relation}")
        meta.bump_generation(connection)
    return done


def edit(store: open.Store, name: str, text: str, kind: str) -> Done | None:
    """Put a statement in one's own words, or say what kind it is, and so accept it; None where nothing changes.

    Its quotes stay as they are. For its rule it counts as right, unless the kind was wrong.

    Raises:
        UsageError: no such kind, or no text.
    """
    text = squash(repair(text))
    if not text:
        raise UsageError("a statement needs a text", "write it in a sentence")
    if kind not in STATEMENT_KINDS:
        raise UsageError(f"no kind {kind!r}", "one of: " + ", ".join(STATEMENT_KINDS))
    with store.transaction() as session:
        connection = open.raw(session)
        before = _read(connection, name)
        if (before["text"], before["kind"]) == (text, kind):
            return None
        statements.set_words(connection, name, text, kind, digest(text))
        other = f"{decisions.WRONG}{before['kind']} → {kind}" if kind != before["kind"] else "put in other words"
        _record(connection, before, "accepted", other)
        meta.bump_generation(connection)
    return Done("edited", name, before)


def undo(store: open.Store, done: Done) -> None:
    """Take a decision back: everything is as it was before, and the record says so."""
    with store.transaction() as session:
        connection = open.raw(session)
        if done.written and not done.had:
            links.delete(connection, done.written)
        elif done.written:
            _record(connection, _read(connection, done.written), done.had, "taken back")
        if done.what == "edited":
            was = done.before
            statements.set_words(connection, done.target, was["text"], was["kind"], digest(was["text"]))
        _record(connection, done.before, done.before["status"], "taken back")
        meta.bump_generation(connection)


def _read(connection: sqlite3.Connection, name: str) -> dict[str, Any]:
    found = (links if name.startswith("e") else statements).read(connection, [name]).get(name)
    if found is None:
        raise NotFoundError(f"{name} is gone", "a text was read again meanwhile; run kb review again")
    return dict(found)


def _record(connection: sqlite3.Connection, item: dict[str, Any], status: str, note: str = "") -> None:
    decisions.add(connection, item["id"], status, open.now(), item["basis"], item["rule"], note)
    (links if "relation" in item else statements).set_status(connection, item["id"], status)


def _authored(
    connection: sqlite3.Connection, was: dict[str, Any], from_id: str, relation: str, to_id: str
) -> links.NewLink:
    new = links.NewLink(from_id, to_id, relation, "authored", PERSON, "accepted", None, open.now())
    if (evidence := was["evidence"]) and (row := sources.row(connection, evidence["source"])):
        return replace(
            new,
            evidence_rowid=row["rowid"],
            evidence_quote=evidence["quote"],
            evidence_start=evidence["start"],
            evidence_end=evidence["end"],
        )
    return new


def _replace(
    session: Any, connection: sqlite3.Connection, before: dict[str, Any], new: links.NewLink, what: str, note: str
) -> Done:
    there = links.read(connection, [new.id]).get(new.id)
    if there:
        _record(connection, there, "accepted")
    else:
        links.insert(session, connection, [new])
    _record(connection, before, "rejected", note)
    return Done(what, before["id"], before, new.id, there["status"] if there else "")
