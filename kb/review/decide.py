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
from kb.model.proposed import Proposed
from kb.model.statement import Statement
from kb.model.words import RELATIONS, Relation
from kb.sources import corrections, wording
from kb.sources.wording import StatementEdit
from kb.store import decisions, edits, link_writing, links, meta, proposals, statement_writing, statements
from kb.store.open import Store, now
from kb.text.spelling import one_of


@dataclass(frozen=True, slots=True)
class Done:
    """A decision made: what it was called, what it was about, and what is needed to take it back.

    `before` is the statement, link or proposal as it was; `written` the link written in its place, `had` that link's
    status before, "" where there was none; `speaker` whom a person had called the speaker before, None for nobody.
    """

    what: str
    target: str
    before: Statement | Link | Proposed
    written: str = ""
    had: str = ""
    speaker: str | None = None


def verdict(store: Store, name: str, verdict: str) -> Done:
    """Accept or reject a statement, a link or what a judge says of one."""
    with store.transaction():
        before = read(store, name)
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
        if not before.to_id.startswith((ids.STATEMENT, ids.SOURCE)):
            raise UsageError("what ends at no statement or text cannot be turned round", "r rejects it")
        new = _authored(before, before.to_id, before.relation, before.from_id)
        done = _replace(store, before, new, "turned round", decisions.WRONG + decisions.OTHER_WAY)
        meta.bump_generation(store, texts=False)
    return done


def change_relation(store: Store, name: str, relation: str) -> Done | None:
    """Give a link another relation; None where it has that one already.

    A `related` link that gets a sign was right as far as it went, and counts so for its rule.

    Raises:
        UsageError: no such relation.
    """
    with store.transaction():
        return put_right(store, _link(store, name), relation=relation)


def change_target(store: Store, name: str, to_id: str) -> Done | None:
    """Have a link end elsewhere; None where it ends there already.

    Raises:
        UsageError: it cannot end there.
    """
    with store.transaction():
        return put_right(store, _link(store, name), to_id=to_id)


def put_right(store: Store, before: Link, *, relation: str | None = None, to_id: str | None = None) -> Done | None:
    """Give a link another relation or target, inside a transaction; None where it has both already.

    The link is rejected, and the right one is the person's, with the same evidence. One that was right as far as it
    went counts so for its rule: `related` where there is a sign, a text or turn where one statement of it is meant.

    Raises:
        UsageError: no such relation, or an end that it cannot have.
    """
    relation, to_id = relation or before.relation, to_id or before.to_id
    check_right(before, relation, to_id)
    if (relation, to_id) == (before.relation, before.to_id):
        return None
    told, wrong = [], False
    if relation != before.relation:
        told.append(f"{before.relation} → {relation}")
        wrong |= before.relation != "related"
    if to_id != before.to_id:
        told.append(decisions.OTHER_TARGET)
        wrong |= before.to_id not in statements.wholes_of(store, to_id)
    mark = decisions.WRONG if wrong else decisions.RIGHT
    new = _authored(before, before.from_id, cast(Relation, relation), to_id)
    what = relation if relation != before.relation else decisions.OTHER_TARGET
    done = _replace(store, before, new, what, mark + ", ".join(told))
    meta.bump_generation(store, texts=False)
    return done


def check_right(before: Link, relation: str, to_id: str) -> None:
    """See that a link can have this relation and this target.

    Raises:
        UsageError: it cannot.
    """
    if relation not in RELATIONS:
        raise UsageError(f"no relation {relation!r}", one_of(relation, RELATIONS))
    if to_id in (before.from_id, before.id):
        raise UsageError("nothing can be linked to itself", "name another target")
    if to_id.startswith(ids.LINK) and relation != "undercuts":
        raise UsageError(f"a link can only be undercut, and {to_id} is one", "--relation undercuts")


def edit(store: Store, name: str, text: str, kind: str, speaker: str | None = None) -> Done | None:
    """Put a statement in one's own words, say what kind it is or who makes it, and so accept it; None where nothing
    changes. `speaker` is None where nothing is said about that, "" for nobody known.

    Its quotes stay as they are. For its rule it counts as right, unless the kind was wrong.

    Raises:
        UsageError: no such kind, or no text.
    """
    change = wording.checked(StatementEdit(text, kind, speaker))
    with store.transaction():
        before, said = _statement(store, name), edits.of(store, name).get(edits.SPEAKER)
        if not wording.edit(store, before, change):
            return None
        record(store, before, "accepted")
        meta.bump_generation(store)
    return Done("edited", name, before, speaker=said)


def undo(store: Store, done: Done) -> None:
    """Take a decision back: everything is as it was before, and the record says so."""
    with store.transaction():
        if done.written and not done.had:
            link_writing.delete(store, done.written)
        elif done.written:
            record(store, read(store, done.written), done.had, "taken back")
        if done.what == "edited" and isinstance(was := done.before, Statement):
            wording.edit(store, _statement(store, done.target), StatementEdit(was.text, was.kind, done.speaker))
            if done.speaker is None and edits.SPEAKER in edits.of(store, done.target):
                edits.give_speakers_back(store, done.target)
        record(store, done.before, done.before.status, "taken back")
        meta.bump_generation(store)


Suggestion = Statement | Link | Proposed


def read(store: Store, name: str) -> Suggestion:
    """What a person decides about, by its id.

    Raises:
        NotFoundError: it is gone.
    """
    if name.startswith(ids.PROPOSAL):
        return proposals.read(store, [name]).get(name) or _gone(name)
    return _link(store, name) if name.startswith(ids.LINK) else _statement(store, name)


def _link(store: Store, name: str) -> Link:
    return links.read(store, [name]).get(name) or _gone(name)


def _statement(store: Store, name: str) -> Statement:
    return statements.read(store, [name]).get(name) or _gone(name)


def _gone(name: str) -> NoReturn:
    raise NotFoundError(f"{name} is gone", "a text was read again meanwhile; run kb review again")


def record(store: Store, one: Statement | Link | Proposed, status: str, note: str = "") -> None:
    """Note a verdict about a suggestion, inside a transaction, and let it have that status.

    To accept a statement is to accept it as one put it right; to accept a speaker is to name them.
    """
    if isinstance(one, Statement) and status == "accepted" and not note:
        note = corrections.note(store, one)
    decisions.add(store, one.id, status, now(), one.basis, one.rule, note)
    if isinstance(one, Statement):
        statement_writing.set_status(store, one.id, status)
    elif isinstance(one, Link):
        link_writing.set_status(store, one.id, status)
    else:
        proposals.set_status(store, one.id, status)
        if one.field == "speaker":
            _name_speaker(store, one, status)


def _name_speaker(store: Store, one: Proposed, status: str) -> None:
    """Let a speaker that is accepted be one's own word; where that is taken back, the texts' name counts again."""
    statement = statements.read(store, [one.target]).get(one.target)
    if statement is None:
        return
    if status == "accepted":
        wording.set_speaker(store, one.target, one.value)
    elif edits.of(store, one.target).get(edits.SPEAKER) == one.value:
        edits.give_speakers_back(store, one.target)
    else:
        return
    corrections.follow(store, statement)


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
