"""Attacks on what a person stands for to which they have said nothing: no reply, no verdict, no credence, no note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.graph import argument_graph
from kb.graph.argument_graph import ArgumentGraph
from kb.graph.questions import critiques
from kb.graph.questions.critiques import Critique
from kb.review import calibration
from kb.review.credences import range_text
from kb.review.held import Held, Me, held
from kb.store import decisions, passages, reading, sources, statements
from kb.store.open import Store
from kb.text.strings import clip, squash

OWN_NOTE = "note"
"""Importer of a note that a person wrote on a text: they have said something about it."""

_WORDS = 70  # characters of a statement
_RANK = {"claim": 0, "text": 1, "credence": 2, "accepted": 3}


@dataclass(frozen=True, slots=True)
class Attack:
    """An attack in words, and the ids of what is attacked, what attacks it, and the link."""

    words: str
    ids: tuple[str, str, str]


def by_source(store: Store, me: Me) -> dict[str, list[Attack]]:
    """The attacks by the text in which they are made: the surest first, those on one's own claims before others."""
    graph = argument_graph.load(store, doubted=calibration.hidden_rules(store, "link"))
    mine = held(store, me, graph.points)
    targets = sorted(mine, key=lambda name: (_RANK[mine[name].why], name))
    found = [one for one in critiques.of(graph, targets) if not _answered(graph, me, one)]
    judged = decisions.verdicts(store, {name for one in found for name in (one.id, one.edge.id)})
    settled = {name for name, verdict in judged.items() if verdict != "suggested"}
    found = [one for one in found if not settled & {one.id, one.edge.id}]
    found.sort(key=lambda one: (one.edge.status != "accepted", _RANK[mine[one.target].why]))
    texts = {
        name: squash(statement.text)
        for name, statement in statements.read(store, {name for one in found for name in (one.target, one.id)}).items()
    }
    texts |= sources.titles(store, {one.target for one in found} - texts.keys())
    turns = passages.turns(store, {one.target for one in found} - texts.keys())
    texts |= {name: squash(turn.quote) for name, turn in turns.items()}
    annotated = reading.annotated(store, OWN_NOTE)
    attacks: dict[str, list[Attack]] = {}
    for one in found:
        for source in sorted(graph.points[one.id].sources - annotated):
            attacks.setdefault(source, []).append(_attack(one, mine[one.target], texts))
    return attacks


def _answered(graph: ArgumentGraph, me: Me, one: Critique) -> bool:
    """Whether the person makes this critique themselves, replied to it, or said how likely they hold it to be."""
    replies = (graph.points.get(reply.from_id) for reply in one.replies)
    replied = any(point and me.makes(point) for point in replies)
    return replied or me.makes(graph.points[one.id]) or bool(me.given(one.id))


def _attack(one: Critique, mine: Held, texts: Mapping[str, str]) -> Attack:
    does = "undercut" if one.edge.relation == "undercuts" else "attack"
    does = f"{does}s" if one.edge.status == "accepted" else f"may {does}"
    aim = "a reason for " if one.step else ""
    by = f": «{clip(texts[one.id], _WORDS)}»" if one.id in texts else ""
    words = f"{does} {aim}{_called(mine)} «{clip(texts[one.target], _WORDS)}», and you have said nothing to it{by}"
    return Attack(words, (one.target, one.id, one.edge.id))


def _called(mine: Held) -> str:
    if mine.why == "text":
        return "your text"
    if mine.why == "accepted":
        return "what you accepted,"
    at = range_text(mine.credence.low, mine.credence.high) if mine.credence else ""
    if mine.why == "claim":
        return f"your claim (held at {at})" if at else "your claim"
    return f"what you hold at {at},"
