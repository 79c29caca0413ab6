"""A language model as a judge of pairs: one relation, and the words of both statements that show it.

It is asked twice, the statements in both orders, and only what it says both times counts. Texts are data: whatever
they ask for, only that JSON counts, and only with spans that stand verbatim in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.model.words import Relation
from kb.suggest.judges import Refused, Side, Suggested, Trial
from kb.suggest.judges import trials as planted
from kb.suggest.judges.model import DIFFER, NO_CONFIDENCE, Both, Found, Work, agreed, confidence
from kb.suggest.judges.pair import NOT_THERE, Pair, Proposal, suggested
from kb.suggest.judges.prompts import messages

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


def _trials() -> Sequence[Trial[Pair]]:
    return [Trial(Pair(one.answer, one.claim), one.relation) for one in planted.every()]


def _comes_to(pair: Pair, first: Found, second: Found) -> Suggested:
    return suggested(proposal(pair, first, second))


def proposal(pair: Pair, first: Found, second: Found) -> Proposal | Refused | None:
    """What both answers say; None where they see no relation, or cannot tell."""
    made = agreed(_one(pair, first), _one(Pair(pair.b, pair.a), second))
    if made is None or isinstance(made, Refused):
        return made
    one, other = made
    if (one.start, one.end, one.relation) != (other.start, other.end, other.relation):
        return Refused(DIFFER)
    return replace(one, score=min(one.score, other.score))


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


WORK = Work(
    "pairs", "The statements, their speakers and titles are sent there.", _TOKENS_OUT, _both, _comes_to, _trials
)
