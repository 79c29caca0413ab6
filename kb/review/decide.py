"""What a decision in a review does to the store, and how it is taken back.

Decisions are only ever added: taking one back adds another, "suggested". Turning a link round, or giving it another
relation, rejects what was proposed and writes the right link, with the same evidence, as one's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn, cast

from kb.errors import NotFoundError, UsageError
from kb.model import ids
from kb.model.link import Link, new_link
from kb.model.statement import Statement
from kb.model.words import RELATIONS, Relation
from kb.sources import wording
from kb.sources.wording import StatementEdit
from kb.store import decisions, link_writing, links, meta, statement_writing, statements
from kb.store.open import Store, now
from kb.text.spelling import one_of


@dataclass(frozen=True, slots=True)
class Done:
    """A decision made: what it was called, what it was about, and what is needed to take it back.

    `before` is the statement or link as it was; `written` the link written in its place, `had` that link's status
    before, "" where there was none.
    """

    what: str
    target: str
    before: Statement | Link
    written: str = ""
    had: str = ""


def verdict(store: Store, name: str, verdict: str) -> Done:
    """Accept or reject a statement or link."""
    with store.transaction():
        before = _read(store, name)
        record(store, before, verdict)
        meta.bump_generation(store, texts=False)
    return Done(verdict, name, before)


def turn_round(store: Store, name: str) -> Done:
    """Swap the ends of a link.

    Raises:
        UsageError: it has no direction, or an end that no link can start from.
    """
    with store.transaction():
        before = _link(store, name)
        if before.relation == "related":
            raise UsageError("a related link has no direction", "c gives it a relation")
        if before.to_id.startswith(ids.LINK):
            raise UsageError("what undercuts a link cannot be turned round", "r rejects it")
        new = _authored(before, before.to_id, before.relation, before.from_id)
        done = _replace(store, before, new, "turned round", decisions.WRONG + "the other way round")
        meta.bump_generation(store, texts=False)
    return done


def change_relation(store: Store, name: str, relation: str) -> Done | None:
    """Give a link another relation; None where it has that one already.

    A `related` link that gets a sign was right as far as it went, and counts so for its rule.

    Raises:
        UsageError: no such relation.
    """
    if relation not in RELATIONS:
        raise UsageError(f"no relation {relation!r}", one_of(relation, RELATIONS))
    with store.transaction():
        before = _link(store, name)
        if before.relation == relation:
            return None
        mark = decisions.RIGHT if before.relation == "related" else decisions.WRONG
        new = _authored(before, before.from_id, cast(Relation, relation), before.to_id)
        done = _replace(store, before, new, relation, f"{mark}{before.relation} → {relation}")
        meta.bump_generation(store, texts=False)
    return done


def edit(store: Store, name: str, text: str, kind: str) -> Done | None:
    """Put a statement in one's own words, or say what kind it is, and so accept it; None where nothing changes.

    Its quotes stay as they are. For its rule it counts as right, unless the kind was wrong.

    Raises:
        UsageError: no such kind, or no text.
    """
    change = wording.checked(StatementEdit(text, kind))
    with store.transaction():
        before = _statement(store, name)
        if not wording.edit(store, before, change):
            return None
        other = f"{decisions.WRONG}{before.kind} → {kind}" if kind != before.kind else "put in other words"
        record(store, before, "accepted", other)
        meta.bump_generation(store)
    return Done("edited", name, before)


def undo(store: Store, done: Done) -> None:
    """Take a decision back: everything is as it was before, and the record says so."""
    with store.transaction():
        if done.written and not done.had:
            link_writing.delete(store, done.written)
        elif done.written:
            record(store, _read(store, done.written), done.had, "taken back")
        if done.what == "edited" and isinstance(was := done.before, Statement):
            wording.edit(store, _statement(store, done.target), StatementEdit(was.text, was.kind))
        record(store, done.before, done.before.status, "taken back")
        meta.bump_generation(store)


def _read(store: Store, name: str) -> Statement | Link:
    return _link(store, name) if name.startswith(ids.LINK) else _statement(store, name)


def _link(store: Store, name: str) -> Link:
    return links.read(store, [name]).get(name) or _gone(name)


def _statement(store: Store, name: str) -> Statement:
    return statements.read(store, [name]).get(name) or _gone(name)


def _gone(name: str) -> NoReturn:
    raise NotFoundError(f"{name} is gone", "a text was read again meanwhile; run kb review again")


def record(store: Store, one: Statement | Link, status: str, note: str = "") -> None:
    """Note a verdict about a statement or link, inside a transaction, and let it have that status."""
    decisions.add(store, one.id, status, now(), one.basis, one.rule, note)
    (link_writing if isinstance(one, Link) else statement_writing).set_status(store, one.id, status)


def _authored(was: Link, from_id: str, relation: Relation, to_id: str) -> Link:
    return new_link(from_id, relation, to_id, now(), evidence=was.evidence)


def _replace(store: Store, before: Link, new: Link, what: str, note: str) -> Done:
    there = links.read(store, [new.id]).get(new.id)
    if there:
        record(store, there, "accepted")
    else:
        link_writing.insert(store, [new])
    record(store, before, "rejected", note)
    return Done(what, before.id, before, new.id, there.status if there else "")
