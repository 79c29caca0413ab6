"""Review: one suggestion at a time, by the keys of `kb review`; each decision can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from kb.errors import NotFoundError, UsageError
from kb.model.link import Link
from kb.model.proposed import Proposed
from kb.model.words import BASES, RELATIONS, STATEMENT_KINDS
from kb.review.context import excerpt
from kb.sources import resolve
from kb.store.open import Store
from server.asked import Asked
from server.routes import get, post
from server.view import after, page

if TYPE_CHECKING:
    from kb.review.decide import Done, Suggestion
    from kb.review.order import What

_WHAT: tuple[What, ...] = ("links", "statements", "proposals")


def review(asked: Asked) -> Response:
    """The suggestion that is worth most to be decided, of those that wait."""
    from kb.review import order

    what = next(one for one in _WHAT if one == asked.one_of("what", _WHAT))
    about, basis = asked.text("source") or None, asked.one_of("basis", ("", *BASES)) or None
    everything, sitting = bool(asked.text("all")), asked.place.sitting

    def find() -> list[str]:
        choice = order.chosen(asked.store, what, about=about, basis=basis, everything=everything)
        return order.waiting(asked.store, what, choice)

    waiting = sitting.waiting((what, about, basis, everything), find)
    one, decided = _first(asked.store, waiting)
    if one is None and waiting:  # the order was of some minutes ago
        sitting.drop(decided)
        waiting = sitting.waiting((what, about, basis, everything), find)
        one, decided = _first(asked.store, waiting)
    sitting.drop(decided)
    ends = _ends(asked.store, one) if one is not None else []
    done = len(asked.place.sitting.done)
    return page(
        asked, "review.html", title="Review", what=what, one=one, ends=ends, done=done,
        waiting=len(waiting) - len(decided), is_link=isinstance(one, Link),
        is_proposal=isinstance(one, Proposed), kinds=_WHAT, basis=basis or "", about=about or "",
        last=asked.place.sitting.done[-1].what if done else "",
    )  # fmt: skip


def _first(store: Store, waiting: list[str]) -> tuple[Suggestion | None, list[str]]:
    """The first that still waits, and those before it that do not."""
    for number, name in enumerate(waiting):
        if (found := _read(store, name)) is not None:
            return found, waiting[:number]
    return None, waiting


def _read(store: Store, name: str) -> Suggestion | None:
    from kb.review import decide

    try:
        one = decide.read(store, name)
    except NotFoundError:
        return None
    return one if one.status == "suggested" else None


def _ends(store: Store, one: Suggestion) -> list[tuple[str, object]]:
    """What is to be seen to judge it, in context: both ends of a link, or the statement itself."""
    if isinstance(one, Link):
        near = one.evidence.source if one.evidence else None
        return [("from", excerpt(store, one.from_id, near)), ("to", excerpt(store, one.to_id))]
    return [("", excerpt(store, one.target if isinstance(one, Proposed) else one.id))]


def act(asked: Asked) -> Response:
    """What a key says of the suggestion: accept, reject, turn round, change, edit, skip; or undo of the last one."""
    from kb.review import decide

    action, name = asked.path["action"], asked.text("id")
    sitting = asked.place.sitting
    if action == "skip":
        sitting.skip(name)
    elif action == "undo":
        last = sitting.undone()
        if last is None:
            raise UsageError("nothing to undo in this sitting", "kb undo in the terminal takes back older decisions")
        with asked.writing("kb review, undo") as store:
            decide.undo(store, last)
    else:
        with asked.writing(f"kb review, {action} {name}") as store:
            done = _decide(asked, store, action, name)
        if done is not None:
            sitting.add(done)
    return after(asked, "/review")


def _decide(asked: Asked, store: Store, action: str, name: str) -> Done | None:
    from kb.review import decide

    if action in ("accept", "reject"):
        return decide.verdict(store, name, f"{action}ed")
    if action == "turn":
        return decide.turn_round(store, name)
    if action == "relation":
        return decide.change_relation(store, name, asked.one_of("relation", RELATIONS))
    if action == "target":
        to_id = resolve.ref(store, asked.text("ref"), "statement", "source").id
        return decide.change_target(store, name, to_id)
    if action == "edit":
        speaker = asked.text("speaker") if asked.text("speaker") != asked.text("was") else None
        return decide.edit(store, name, asked.text("text"), asked.one_of("kind", STATEMENT_KINDS), speaker)
    raise NotFoundError(
        f"nothing is called {action!r} in a review", "accept, reject, turn, relation, target, edit, skip, undo"
    )


ROUTES = (get("/review", review), post("/review/{action}", act))
