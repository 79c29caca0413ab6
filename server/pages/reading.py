"""What to read next, and why; and what changed since one was here last."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from starlette.responses import Response

from kb.errors import UsageError
from kb.graph.questions import changes as change_question
from kb.graph.questions import items
from kb.model.reading import NONE, state_of
from kb.model.words import READING_STATES
from kb.review import history, queue
from kb.sources import reading, resolve
from kb.store.open import now
from kb.text.dates import span
from server.asked import Asked
from server.routes import get, post
from server.view import after, page

_SHOWN = 25
_COOKIE = "kb-seen"
_VISIT = timedelta(minutes=30)  # pages that are looked at within it are one visit
_COMMANDS = 12


def following(asked: Asked) -> Response:
    """The reading queue."""
    found = queue.queue(asked.store, asked.number("n", _SHOWN, 1000), date.fromisoformat(now()[:10]))
    return page(asked, "queue.html", title="Reading queue", queue=found, states=(*READING_STATES, NONE))


def state(asked: Asked) -> Response:
    """How far I am with a source."""
    word = asked.text("state")
    given = None if word == NONE else state_of(word)
    if given is None and word != NONE:
        raise UsageError(f"no reading state {word!r}", f"one of {', '.join((*READING_STATES, NONE))}")
    name = resolve.source(asked.store, asked.path["ref"])
    with asked.writing(f"kb status {name} {word}") as store, store.transaction():
        reading.give(store, [name], given)
    return after(asked, f"/source/{name}")


def changes(asked: Asked) -> Response:
    """What is new since a time; without one, since the last visit."""
    before, here = _visits(asked.cookies.get(_COOKIE, ""))
    given = asked.text("since")
    since = span(given)[0].isoformat() if given else before or span("last week")[0].isoformat()
    found = change_question.since(asked.store, since)
    few = asked.number("n", 20, 10_000)
    said = [one.now.statement_id for one in found.believed]
    linked = [end for link in found.linked[:few] for end in (link.from_id, link.to_id)]
    critiques = [name for one in (*found.answered, *found.reopened) for name in (one.id, one.target)]
    decided = [one.target for one in found.decided[:few]]
    answer = page(
        asked, "changes.html", title="What changed", found=found, since=since, given=given, few=few, before=before,
        known=items.read(asked.store, [*said, *linked, *critiques, *decided]),
        commands=history.last(asked.store, _COMMANDS),
    )  # fmt: skip
    answer.set_cookie(_COOKIE, f"{before}|{here}", max_age=400 * 86_400, httponly=True, samesite="lax")
    return answer


def _visits(cookie: str) -> tuple[str, str]:
    """The last visit before this one ("" for none), and this one's last moment."""
    before, _, last = cookie.partition("|")
    at = now()
    try:
        ended = datetime.fromisoformat(last) if last else None
        datetime.fromisoformat(before or at)
    except ValueError:
        return "", at
    if ended is not None and (ended.tzinfo is None or datetime.now(UTC) - ended > _VISIT):
        before = last
    return before, at


def undo(asked: Asked) -> Response:
    """Take back the last command, whoever gave it: a page or the terminal."""
    from notes.vault.undone import keep_words

    with asked.writing("", alone=True) as store:
        found = history.undo(store, 1)
        keep_words(store, (name for one in found for name in one.sources))
    return after(asked, "/changes")


ROUTES = (
    get("/queue", following), post("/source/{ref}/reading", state), get("/changes", changes), post("/undo", undo),
)  # fmt: skip
