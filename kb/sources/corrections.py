"""What a person's correction of a statement says of the rule that found it.

Whoever puts a statement in other words, or says its kind or its speaker, keeps it: it is accepted thereby. A kind that
was wrong counts against the rule. What the verdict notes is read off what the person says now, so that a second edit
forgets nothing of the first, and taking all of it back takes the verdict back too.
"""

from __future__ import annotations

import re

from kb.model.statement import Statement
from kb.store import decisions, edits, statement_writing
from kb.store.open import Store, now

_WORDED, _SPEAKER = "put in other words", "another speaker"
_NOTE = re.compile(rf"{decisions.WRONG}\w+ → \w+|{_WORDED}|{_SPEAKER}")


def note(store: Store, statement: Statement) -> str:
    """What a person has put right of a statement, as a verdict notes it; "" for nothing."""
    said = edits.held(store, statement.id)
    parts = []
    if (kind := said.get(edits.KIND)) and kind.imported is not None:
        parts.append(f"{decisions.WRONG}{kind.imported} → {kind.value}")
    parts += [_WORDED] if edits.WORDING in said else []
    parts += [_SPEAKER] if edits.SPEAKER in said else []
    return "; ".join(parts)


def follow(store: Store, statement: Statement) -> None:
    """Note, inside a transaction, what an edit of a statement says of its rule; `statement` is as it was before.

    What a person wrote themselves has no rule, and what they rejected stays so.
    """
    if statement.basis == "authored" or statement.status == "rejected":
        return
    verdict, told = "accepted", note(store, statement)
    if not told:
        past = decisions.of(store, statement.id)
        if not past or not _NOTE.match(past[0].note):
            return
        own = next((one for one in past if not _NOTE.match(one.note)), None)
        verdict, told = (own.verdict if own else "suggested"), "taken back"
    decisions.add(store, statement.id, verdict, now(), statement.basis, statement.rule, told)
    statement_writing.set_status(store, statement.id, verdict)
