"""Issues: points on which several people or texts speak; each with its sides."""

from __future__ import annotations

from starlette.responses import Response

from kb.errors import NotFoundError
from kb.graph.questions import items
from server.asked import Asked
from server.routes import get
from server.view import page

_SHOWN = 40


def issues(asked: Asked) -> Response:
    """The issues, or those of a query, the nearest first."""
    from kb.review.issue_list import listing

    query = asked.text("q")
    found = listing(asked.store, asked.filters(_SHOWN), query or None).issues
    shown = found[: asked.number("n", _SHOWN, 1000)]
    return page(asked, "issues.html", title="Issues", query=query, issues=shown, total=len(found))


def issue(asked: Asked) -> Response:
    """An issue with what each side says, and what answers that."""
    from kb.review.issue_list import listing

    name = asked.path["ref"]
    found = listing(asked.store, asked.filters(_SHOWN), name)
    if not found.one:
        raise NotFoundError(f"no issue {name!r}", "issues are found anew as texts come in: look for it among them")
    one = found.issues[0]
    ends = [*one.statements, *(edge.from_id for edge in one.answers)]
    return page(asked, "issue.html", title=one.title, issue=one, known=items.read(asked.store, ends))


ROUTES = (get("/issues", issues), get("/issue/{ref}", issue))
