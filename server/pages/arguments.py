"""Theories of impact and critiques as tables: what speaks against each, and what answers that."""

from __future__ import annotations

from starlette.responses import Response

from kb.graph.questions import listings
from kb.graph.questions.critiques import Critique
from server.asked import Asked
from server.routes import get
from server.view import page

_SHOWN = 40


def theories(asked: Asked) -> Response:
    """Every theory of impact, or those about some words, with its critiques."""
    about, alone = asked.text("q"), bool(asked.text("open"))
    most = asked.number("n", _SHOWN, 1000)
    found = listings.theories(asked.store, about or None, asked.filters(_SHOWN), most, alone=alone)
    return page(
        asked, "theories.html", title="Theories of impact", query=about, alone=alone, total=found.total,
        without=found.without, theories=[one for one in found.shown if one.id in found.known], known=found.known,
        maybe=found.maybe,
    )  # fmt: skip


def critiques(asked: Asked) -> Response:
    """What speaks against a statement, a source, or what some words mean; without any, against everything."""
    about, unanswered = asked.text("q"), bool(asked.text("open"))
    most = asked.number("n", _SHOWN, 1000)
    found = listings.critiques(asked.store, about or None, asked.filters(_SHOWN), most, unanswered=unanswered)
    return page(
        asked, "critiques.html", title="Critiques", query=about, unanswered=unanswered, total=found.total,
        groups=_by_target(found.shown), known=found.known, maybe=found.maybe,
        loose=[found.known[name] for name in found.loose if name in found.known],
    )  # fmt: skip


def _by_target(found: list[Critique]) -> list[tuple[str, list[Critique]]]:
    groups: dict[str, list[Critique]] = {}
    for one in found:
        groups.setdefault(one.target, []).append(one)
    return list(groups.items())


ROUTES = (get("/theories", theories), get("/critiques", critiques))
