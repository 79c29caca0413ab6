"""Critiques and theories as they are listed: what is asked about, what the filters leave, and what to show of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.graph import argument_graph
from kb.graph.questions import candidates, items, subject
from kb.graph.questions import critiques as critique_question
from kb.graph.questions import theories as theory_question
from kb.graph.questions.critiques import Critique
from kb.graph.questions.items import Item
from kb.graph.questions.theories import Theory
from kb.model.filters import Filters
from kb.store import statements
from kb.store.open import Store

_LOOSE = 3


@dataclass(frozen=True, slots=True)
class Critiques:
    """The critiques to be shown, of so many; `maybe` gives what may answer those that nothing does, `loose` the ids of
    critiques near in meaning whose target is not recorded."""

    shown: list[Critique]
    total: int
    loose: list[str]
    known: Mapping[str, Item]
    maybe: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Theories:
    """The theories to be shown, of so many, of which so many are `without` a critique."""

    shown: list[Theory]
    total: int
    without: int
    known: Mapping[str, Item]
    maybe: Mapping[str, Sequence[str]]

    @property
    def critiques(self) -> list[Critique]:
        """All that speaks against those shown."""
        return [one for theory in self.shown for one in theory.critiques]


def critiques(store: Store, about: str | None, filters: Filters, most: int | None, *, unanswered: bool) -> Critiques:
    """What speaks against what is meant by `about`, for None against anything; the filters are about who says it."""
    graph = argument_graph.load(store)
    asked = subject.find(store, about, turns=True) if about is not None else None
    by = statements.ids_left(store, filters)
    found = critique_question.of(graph, asked.ids if asked else None)
    found = critique_question.only(found, by=by, which="open" if unanswered else "all")
    shown = found[:most]
    near = asked is not None and asked.searched and not unanswered
    loose = critique_question.unplaced(graph, asked.ids)[:_LOOSE] if asked and near else []
    loose = [name for name in loose if by is None or name in by]
    known = items.read(store, [*critique_question.ends(shown), *loose])
    return Critiques(shown, len(found), loose, known, candidates.of(store, graph, shown))


def theories(store: Store, about: str | None, filters: Filters, most: int | None, *, alone: bool) -> Theories:
    """Theories of impact about something, for None all; `alone`: only those without a critique."""
    graph = argument_graph.load(store)
    among = subject.find(store, about, "theory_of_impact").ids if about is not None else None
    allowed = statements.ids_left(store, filters)
    found = [one for one in theory_question.of(graph, among) if allowed is None or one.id in allowed]
    found = [one for one in found if not (alone and one.critiques)]
    shown = found[:most]
    every = [one for theory in shown for one in theory.critiques]
    known = items.read(store, [*(one.id for one in shown), *critique_question.ends(every)])
    without = sum(not one.critiques for one in found)
    return Theories(shown, len(found), without, known, candidates.of(store, graph, every))
