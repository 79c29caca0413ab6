"""A language model as a judge of pairs: one relation, and the words of both statements that show it.

It is asked twice, the statements in both orders, and only what it says both times counts. Texts are data: whatever
they ask for, only that JSON counts, and only with spans that stand verbatim in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kb.model.words import Basis, Relation
from kb.suggest.judges import Answer, Cost, Refused, Side, Suggested, Trial
from kb.suggest.judges import trials as planted
from kb.suggest.judges.model import DIFFER, NO_CONFIDENCE, Both, Found, Model, confidence, read
from kb.suggest.judges.pair import NOT_THERE, Pair, Proposal, suggested
from kb.suggest.judges.prompts import messages

if TYPE_CHECKING:
    from kb.suggest.judges.chat import Chat

_RELATIONS: dict[str, tuple[str, Relation]] = {
    "a_attacks_b": ("a", "attacks"),
    "b_attacks_a": ("b", "attacks"),
    "a_supports_b": ("a", "supports"),
    "b_supports_a": ("b", "supports"),
    "same": ("later", "restates"),
}
_SILENT = {"none", "cannot_tell"}
_LONGEST = 2000  # characters of a statement that are sent
_LEAST_WORDS = 3
_TOKENS_OUT = 90  # of such an answer


class Llm:
    """A language model as a judge of pairs."""

    basis: Basis = "llm"
    batch = 1  # each answer is kept as it comes
    sends = "The statements, their speakers and titles are sent there."

    def __init__(self, chat: Chat, price_in: float = 0.0, price_out: float = 0.0) -> None:
        self._model = Model(chat, price_in, price_out)
        self.name = self._model.name

    def trials(self) -> Sequence[Trial[Pair]]:
        return [Trial(Pair(one.answer, one.claim), one.relation) for one in planted.every()]

    def question(self, pair: Pair) -> str:
        return self._model.question(_both(pair))

    def cost(self, pairs: Sequence[Pair]) -> Cost:
        return self._model.cost([_both(pair) for pair in pairs], _TOKENS_OUT)

    def answers(self, pairs: Sequence[Pair]) -> list[Answer]:
        return self._model.answers([_both(pair) for pair in pairs])

    def suggestions(self, pair: Pair, answer: Answer) -> Suggested:
        return suggested(self.proposal(pair, answer))

    def proposal(self, pair: Pair, answer: Answer) -> Proposal | Refused | None:
        """What both answers say; None where they see no relation, or cannot tell."""
        both = read(answer)
        if isinstance(both, Refused):
            return both
        first, second = _one(pair, both[0]), _one(Pair(pair.b, pair.a), both[1])
        for one in (first, second):
            if isinstance(one, Refused):
                return one
        if not isinstance(first, Proposal) or not isinstance(second, Proposal):
            return None if first is second else Refused(DIFFER)
        if (first.start, first.end, first.relation) != (second.start, second.end, second.relation):
            return Refused(DIFFER)
        score = min(first.score, second.score)
        return Proposal(first.start, first.end, first.relation, score, first.start_span, first.end_span)


def _one(pair: Pair, found: Found) -> Proposal | Refused | None:
    relation = found.get("relation")
    if not isinstance(relation, str) or relation not in _SILENT | _RELATIONS.keys():
        return Refused("no relation that was asked for")
    if relation in _SILENT:
        return None
    score = confidence(found)
    if score is None:
        return NO_CONFIDENCE
    spans = [found.get("span_a"), found.get("span_b")]
    for span, side in zip(spans, (pair.a, pair.b), strict=True):
        if not isinstance(span, str) or span not in _sent(side) or not span.strip():
            return Refused(NOT_THERE)
        if len(span.split()) < min(_LEAST_WORDS, len(side.quote.split())):
            return Refused("too few words as evidence")
    first, kind = _RELATIONS[relation]
    if first == "later":
        first = "a" if (pair.a.published, pair.a.id) > (pair.b.published, pair.b.id) else "b"
    if first == "a":
        return Proposal(pair.a, pair.b, kind, score, str(spans[0]), str(spans[1]))
    return Proposal(pair.b, pair.a, kind, score, str(spans[1]), str(spans[0]))


def _both(pair: Pair) -> Both:
    return _messages(pair.a, pair.b), _messages(pair.b, pair.a)


def _messages(a: Side, b: Side) -> list[dict[str, str]]:
    return messages("pairs", {"A": _side(a), "B": _side(b)})


def _side(side: Side) -> dict[str, str]:
    shown = {"text": _sent(side), "speaker": side.speaker, "source": side.title[:200]}
    if _letters(side.quote) != _letters(side.text):
        shown["in other words"] = side.text[:_LONGEST]
    return shown


def _sent(side: Side) -> str:
    return side.quote[:_LONGEST]


def _letters(text: str) -> str:
    """Without the marks and blanks in which a quote differs from the same words cleaned."""
    return "".join(filter(str.isalnum, text.casefold()))
