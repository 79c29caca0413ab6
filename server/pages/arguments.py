"""Theories of impact and critiques as tables: what speaks against each, and what answers that."""

from __future__ import annotations

from starlette.responses import Response

from kb.graph import argument_graph
from kb.graph.questions import candidates, items, subject
from kb.graph.questions import critiques as critique_question
from kb.graph.questions import theories as theory_question
from kb.graph.questions.critiques import Critique
from kb.store import statements
from server.asked import Asked
from server.routes import get
from server.view import page

_SHOWN = 40
_LOOSE = 3


def theories(asked: Asked) -> Response:
    """Every theory of impact, or those about some words, with its critiques."""
    about, alone = asked.text("q"), bool(asked.text("open"))
    graph = argument_graph.load(asked.store)
    among = subject.find(asked.store, about, "theory_of_impact").ids if about else None
    allowed = statements.ids_left(asked.store, asked.filters(_SHOWN))
    found = [one for one in theory_question.of(graph, among) if allowed is None or one.id in allowed]
    without = sum(not one.critiques for one in found)
    found = [one for one in found if not (alone and one.critiques)]
    shown = found[: asked.number("n", _SHOWN, 1000)]
    every = [one for theory in shown for one in theory.critiques]
    known = items.read(asked.store, [*(one.id for one in shown), *critique_question.ends(every)])
    return page(
        asked, "theories.html", title="Theories of impact", query=about, alone=alone, total=len(found), without=without,
        theories=[one for one in shown if one.id in known], known=known,
        maybe=candidates.of(asked.store, graph, every),
    )  # fmt: skip


def critiques(asked: Asked) -> Response:
    """What speaks against a statement, a source, or what some words mean; without any, against everything."""
    about, unanswered = asked.text("q"), bool(asked.text("open"))
    graph = argument_graph.load(asked.store)
    meant = subject.find(asked.store, about, turns=True) if about else None
    by = statements.ids_left(asked.store, asked.filters(_SHOWN))
    found = critique_question.of(graph, meant.ids if meant else None)
    found = critique_question.only(found, by=by, which="open" if unanswered else "all")
    shown = found[: asked.number("n", _SHOWN, 1000)]
    loose = critique_question.unplaced(graph, meant.ids)[:_LOOSE] if meant and meant.searched and not unanswered else []
    known = items.read(asked.store, [*critique_question.ends(shown), *loose])
    return page(
        asked, "critiques.html", title="Critiques", query=about, unanswered=unanswered, total=len(found),
        groups=_by_target(shown), known=known, loose=[known[name] for name in loose if name in known],
        maybe=candidates.of(asked.store, graph, shown),
    )  # fmt: skip


def _by_target(found: list[Critique]) -> list[tuple[str, list[Critique]]]:
    groups: dict[str, list[Critique]] = {}
    for one in found:
        groups.setdefault(one.target, []).append(one)
    return list(groups.items())


ROUTES = (get("/theories", theories), get("/critiques", critiques))
