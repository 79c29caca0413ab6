"""A language model as a judge of replies: which of these numbered candidates does this answer, and does it support it.

It is fed a comment with what its parent says, a turn with the turns of others before it, and a section with its
heading. Where no statement is meant, the turn before, or the parent, may be as a whole. It is asked twice, with the
candidates in both orders; only where it means the same one both times there is a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.model.words import RELATIONS, STATUSES, Relation
from kb.store import links
from kb.store.open import Store
from kb.suggest.judges import Drawn, Refused, Side, Suggested, Trial
from kb.suggest.judges import trials as planted
from kb.suggest.judges.material import WHOLE, Placed, Text, texts
from kb.suggest.judges.model import DIFFER, NO_CONFIDENCE, Both, Found, Work, agreed, confidence
from kb.suggest.judges.pair import NOT_THERE
from kb.suggest.judges.prompts import Messages, messages
from kb.text.stop_words import STOP_WORDS

_MOST = 10  # candidates
_NEAREST = 5  # of them from the turn or place just before, the others by the words they share
_LONGEST = 600  # characters of a candidate that are sent
_AROUND = 1200
_LEAST_WORDS = 3
_TOKENS_OUT = 60
_STANCES: dict[str, Relation] = {"supports": "supports", "attacks": "attacks", "neither": "related"}
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Reply:
    """A statement, the passage around it, and what it may answer."""

    answer: Side
    around: str
    candidates: tuple[Side, ...]


def _trials() -> Sequence[Trial[Reply]]:
    every = planted.every()
    return [
        Trial(Reply(one.answer, one.answer.text, (*_others(every, at), one.claim)), one.relation)
        for at, one in enumerate(every)
    ]


def _comes_to(item: Reply, first: Found, second: Found) -> Suggested:
    drawn = agreed(_one(item, item.candidates, first), _one(item, item.candidates[::-1], second))
    if drawn is None or isinstance(drawn, Refused):
        return drawn or []
    one, other = drawn
    if one.to_id != other.to_id:
        return Refused(DIFFER)
    relation: Relation = one.relation if one.relation == other.relation else "related"
    return [replace(one, relation=relation, score=min(one.score, other.score))]


def _one(item: Reply, candidates: Sequence[Side], found: Found) -> Drawn | Refused | None:
    number, stance, words = (found.get(name) for name in ("number", "stance", "words"))
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= len(candidates):
        return Refused("no number that was asked for")
    if number == 0:
        return None
    if not isinstance(stance, str) or stance not in _STANCES:
        return Refused("no stance that was asked for")
    score, quote = confidence(found), item.answer.quote
    if score is None:
        return NO_CONFIDENCE
    if not isinstance(words, str) or not words.strip() or words not in quote:
        return Refused(NOT_THERE)
    if len(words.split()) < min(_LEAST_WORDS, len(quote.split())):
        return Refused("too few words as evidence")
    place = item.answer.start + quote.index(words)
    target = candidates[number - 1].id
    return Drawn(item.answer.id, _STANCES[stance], target, score, item.answer.source, place, words)


def _both(item: Reply) -> Both:
    return _messages(item, item.candidates), _messages(item, item.candidates[::-1])


def _messages(item: Reply, candidates: Sequence[Side]) -> Messages:
    numbered = {str(at): _shown(one) for at, one in enumerate(candidates, 1)}
    answer = {"answer": item.answer.quote, "speaker": item.answer.speaker, "around": item.around}
    return messages("replies", {**answer, "candidates": numbered})


def _shown(side: Side) -> str:
    whole = "as a whole, where none of the others is meant: " if side.kind == WHOLE else ""
    return f"{side.speaker}: {whole}{side.quote[:_LONGEST]}"


def _others(every: Sequence[planted.Planted], at: int) -> tuple[Side, Side]:
    """Claims that an answer of the trial does not bear on."""
    return every[(at + 2) % len(every)].claim, every[(at + 5) % len(every)].claim


WORK = Work(
    "replies",
    "The statements, the passages around them and their speakers are sent there.",
    _TOKENS_OUT,
    _both,
    _comes_to,
    _trials,
)


# What is asked


def items(store: Store, about: str | None, least: float) -> list[Reply]:
    """What may answer something in its own discussion and is not known to: comments and turns first, critiques first.

    What bears on one of the candidates already, with a sign, is left out; so is a candidate of which a person said no.
    A turn or text as a whole is no such candidate: it may still be asked which statement of it is meant.
    """
    known = links.edges(store, STATUSES, RELATIONS)
    settled = {(e.from_id, e.to_id) for e in known if e.relation != "related" and e.status != "rejected"}
    refused = {(e.from_id, e.to_id) for e in known if e.status == "rejected"}
    ranked: list[tuple[int, Reply]] = []
    for text in texts(store, about, least):
        for placed in text.said:
            if about is not None and about not in (text.source.id, placed.side.id):
                continue
            rank, found = _candidates(text, placed)
            named = [one for one in found if (placed.side.id, one.id) not in refused and one.id != placed.side.id]
            if not named or any((placed.side.id, one.id) in settled for one in named if one.kind != WHOLE):
                continue
            reply = Reply(placed.side, text.whole(placed, _AROUND), tuple(named))
            ranked.append((2 * rank + (placed.side.kind != "critique"), reply))
    ranked.sort(key=lambda one: one[0])
    return [reply for _, reply in ranked]


def _candidates(text: Text, placed: Placed) -> tuple[int, list[Side]]:
    """What a statement may answer, the likeliest first, and how likely it is to answer anything (0 the likeliest)."""
    here = placed.passage
    if text.turns and here is not None and here.turn is not None:
        earlier = [
            one
            for one in text.said
            if one.passage and one.passage.turn is not None and one.passage.turn < here.turn
            if one.side.speaker != placed.side.speaker
        ]
        last = max((one.passage.turn or 0 for one in earlier if one.passage), default=0)
        near = [one.side for one in earlier if one.passage and one.passage.turn == last]
        before = [
            one.turn
            for one in text.passages
            if one.turn is not None and one.turn < here.turn and one.speaker not in (None, here.speaker)
        ]
        whole = [text.turn(before[-1], _LONGEST)] if before else []
        return 0, [*_ranked(placed.side, near, [one.side for one in earlier]), *whole]
    if text.parent is not None:
        above = text.parent
        return 0, [*_ranked(placed.side, [], [one.side for one in above.said]), above.itself(_LONGEST)]
    return 1, list(_in_section(text, placed))[:_MOST]


def _in_section(text: Text, placed: Placed) -> Iterator[Side]:
    """The headings above a statement that are statements themselves, the nearest first; then what its section says
    before it."""
    here = placed.passage
    if here is None or not here.heading:
        return
    heads = [one for one in text.said if text.heading(one) in here.heading]
    before = [one for one in heads if one.side.start < placed.side.start]
    if not before:
        return
    yield from (one.side for one in reversed(before))
    section = before[-1].side.start
    within = [one for one in text.said if section < one.side.start < placed.side.start and one not in heads]
    yield from (one.side for one in reversed(within[-_NEAREST:]))


def _ranked(answer: Side, near: Sequence[Side], every: Sequence[Side]) -> list[Side]:
    """Some of what was said just before, and of the rest what shares most words with the answer."""
    words = _words(answer.text)
    shared = sorted(every, key=lambda one: -len(words & _words(one.text)))
    first = sorted(near, key=lambda one: -len(words & _words(one.text)))[:_NEAREST]
    return list({one.id: one for one in (*first, *shared)}.values())[:_MOST]


def _words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.casefold()) if word not in STOP_WORDS}
