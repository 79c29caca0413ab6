"""A comparison in the shape of the interface."""

from __future__ import annotations

from kb.graph.questions.compare import Comparison
from kb.graph.questions.grouping import Group, Pair
from kb.graph.questions.utterances import Utterance
from kb.model.json_form import JsonObject, JsonValue

DOES = {"disagree": "disagrees", "agree": "agrees", "unsigned": "takes it up"}
"""What somebody does who takes a stance."""


def as_json(found: Comparison, most: int | None) -> JsonObject:
    """The comparison as JSON: groups by sense with their statements and pairs."""
    kept = sorted(found.groups, key=lambda g: (g.sense == "unsigned", -g.weight))[: most or None]

    def groups(sense: str) -> list[JsonValue]:
        return [_as_group(found, group) for group in kept if group.sense == sense]

    return {
        "parties": [{"name": p.label, "source": p.source, "statements": len(p.statements)} for p in found.parties],
        "disagree": groups("disagree"),
        "agree": groups("agree"),
        "same_subject": groups("unsigned"),
        "both": [item.as_json() for item in found.both],
        "only": [[_as_statement(found.said[n]) for n in own[: most or None]] for own in found.alone],
        "questions": [
            {
                "party": asked.party,
                "question": asked.question.as_json(),
                "answer": asked.answer.as_json() if asked.answer else None,
            }
            for asked in found.asked
        ],
        "by_meaning": found.by_meaning,
    }


def _as_group(found: Comparison, group: Group) -> JsonObject:
    return {
        "label": group.label,
        "statements": [_as_statement(found.said[n]) for n in group.said],
        "pairs": [
            {
                "from": pair.edge.from_id if pair.edge else found.said[pair.second].id,
                "to": pair.edge.to_id if pair.edge else found.said[pair.first].id,
                "sense": pair.sense,
                "near": round(pair.near, 3),
                "link": pair.edge.id if pair.edge else None,
                "words": _as_words(found, pair),
            }
            for pair in group.pairs
        ],
    }


def _as_statement(one: Utterance) -> JsonObject:
    return one.item.as_json() | {"party": one.party, "turn": one.turn, "heading": list(one.heading)}


def _as_words(found: Comparison, pair: Pair) -> JsonObject | None:
    """The sentence that a link rests on."""
    link = found.links.get(pair.edge.id) if pair.edge and pair.edge.basis == "cue" else None
    if link is None or link.evidence is None:
        return None
    said = link.evidence
    return {
        "sense": DOES[pair.sense],
        "for": pair.sense == "agree",
        "source": said.source,
        "quote": said.quote,
        "start": said.start,
        "end": said.end,
    }
