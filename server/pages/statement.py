"""A statement: its quote in its context, what is said for and against it, how likely people hold it to be."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from kb.errors import NotFoundError
from kb.graph.questions import around
from kb.review import credences
from kb.review.context import excerpt
from kb.sources import resolve
from kb.store import statements
from server.asked import Asked
from server.routes import get, post
from server.view import after, fragment, page


def statement(asked: Asked) -> Response:
    """The page of a statement, or what stands of it beside a text (`?panel=1`)."""
    name = resolve.ref(asked.store, asked.path["ref"], "statement").id
    one = statements.read(asked.store, [name])[name]
    found = around.of(asked.store, name)
    if found is None:
        raise NotFoundError(f"{name} stands in no text any more", "its text has changed, or was removed; kb restore")
    first = {mention.source: mention for mention in reversed(one.mentions)}  # of each text
    made = [first[place] for place in dict.fromkeys(mention.source for mention in one.mentions)]
    me = credences.own_name(asked.store)
    held = credences.histories(asked.store, me, [name]).get(name, {})
    records: dict[str, Any] = {"statement": one, "around": found, "held": held, "me": me}
    records["places"] = [(excerpt(asked.store, name, mention.source), mention) for mention in made]
    if asked.text("panel"):
        return fragment(asked, "statement_panel.html", **records)
    return page(asked, "statement.html", title=one.text, **records)


def believe(asked: Asked) -> Response:
    """How likely I hold it to be."""
    name = resolve.ref(asked.store, asked.path["ref"], "statement").id
    given = asked.text("credence")
    low, high = credences.parse(given) if given else credences.WITHDRAWN
    words = f"kb believe {name} {given}" if given else f"kb believe {name} --forget"
    with asked.writing(words) as store:
        credences.believe(store, name, low, high, note=asked.text("note"))
    return after(asked, f"/statement/{name}")


def decide(asked: Asked) -> Response:
    """Accept or reject a statement or a link."""
    from kb.review import write

    verdict = asked.one_of("verdict", ("accepted", "rejected"))
    name = asked.text("id")
    with asked.writing(f"kb {'accept' if verdict == 'accepted' else 'reject'} {name}") as store:
        write.decide(store, [name], verdict)
    return after(asked, f"/statement/{name}" if name.startswith("c") else "/")


ROUTES = (
    get("/statement/{ref}", statement), post("/statement/{ref}/believe", believe), post("/decide", decide),
)  # fmt: skip
