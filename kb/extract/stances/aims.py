"""Which of the other's statements is meant, by the words that take it up.

What is said before is compared sentence by sentence: by words of the other put in quotation marks, and by rare words
that both have. Where no sentence stands out, the turn is meant as a whole, never a sentence that is only likelier than
the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt

from kb.extract import wording
from kb.extract.model import Draft, Extraction, Span, Whole
from kb.extract.stances import markers, telling
from kb.extract.stances.exchange import Turn
from kb.extract.stances.telling import Words
from kb.model.rules import ANSWERED
from kb.text.strings import fold

CLEAR = 0.42
"""Least worth of a sentence that is meant: of two telling words shared by sentences of a dozen."""
APART = 1.2
"""How many times as much the next statement must be worth less."""
_SHARED = 2  # telling words that a sentence must share; one may be chance
_QUOTED = 0.6  # what the other's own words in quotation marks add
_SEVERAL = 2  # turns of which one may be taken for another
_MUCH = 4  # words that tell what is meant: a turn that has none of them is not meant
_FEW = 2  # words that tell what is meant, of which one will do
_TOLD_IN = 2  # sentences of a turn that tell whether it is meant
_OF_A_TURN = 0.2  # what they must be worth together
_MORE = 1.5  # how many times as much as those of the turn that is answered
_AGO = 0.03  # what is lost by each turn that has passed since
_LONG_AGO = 0.7
_CONFIDENCE = 0.45  # of a sentence that is a statement only because it is answered

_QUOTES = re.compile(r"[\"“]([^\"“”\n]{3,90})[\"”]")


@dataclass(frozen=True, slots=True)
class Aim:
    """What is meant: a statement by its index, or a turn as a whole; the turn it is in; `worth`, how clearly."""

    target: int | Whole
    turn: Turn
    worth: float


@dataclass(frozen=True)
class _Sentence:
    turn: Turn
    span: Span
    block: int
    words: Words


class Said:
    """Everything said in a talk, sentence by sentence, with how rare each word is there."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        self.turns = turns

    @cached_property
    def _sentences(self) -> dict[int, list[_Sentence]]:
        return {
            turn.order: [
                _Sentence(turn, span, block, telling.words(turn.words(span))) for span, block in turn.sentences
            ]
            for turn in self.turns
        }

    @cached_property
    def _worth(self) -> dict[str, float]:
        """How much a word tells: 1 where one sentence has it, nearly nothing where all have it."""
        every = [sentence.words.single for sentences in self._sentences.values() for sentence in sentences]
        known = Counter(word for words in every for word in words)
        most = log(1 + len(every))
        return {word: log(1 + len(every) / count) / most for word, count in known.items()}

    def aimed(
        self, found: Extraction, words: str, among: Sequence[Turn], answered: Turn, *, at_once: bool
    ) -> Aim | None:
        """What these words mean among the turns of others; with `at_once` they speak of the turn they answer.

        Else of whichever turn shares most with them, and where none does, of the one they answer; of nothing known
        where several may be meant, they tell much, and that turn has none of it.
        """
        own = telling.words(words)
        quoted = [fold(quote).strip(" .,!?") for quote in _QUOTES.findall(words)]
        pool = [answered] if at_once else among
        rated: list[tuple[float, _Sentence]] = []
        for turn in pool:
            ago = _lately(turn, answered)
            for sentence in self._sentences[turn.order]:
                worth = self._rate(own, quoted, sentence) * ago
                if worth > 0:
                    rated.append((worth, sentence))
        rated.sort(key=lambda one: -one[0])
        best = rated[0][0] if rated else 0.0
        turn = self._turn(own, pool, answered) if best < CLEAR else rated[0][1].turn
        alone = _alone(found, turn)
        if len(pool) > _SEVERAL and best < CLEAR and not self._touches(own, turn):
            return None
        whole = Aim(Whole(turn.blocks[0].number) if alone is None else alone, turn, best)
        if best < CLEAR:
            return whole
        stated = [
            (worth, one, index)
            for worth, one in rated
            if (index := asserting(found, one.span, one.block)) is not None
            and not markers.announces(one.turn.words(one.span))
        ]
        worth, first, index = stated[0] if stated else (0.0, rated[0][1], -1)
        if best > APART * worth:  # a sentence that is no statement
            rival = rated[1][0] if len(rated) > 1 else 0.0
            made = _made(found, rated[0][1]) if best >= APART * rival else None
            return whole if made is None else Aim(made, turn, best)
        rival = next((w for w, _, other in stated if other != index), 0.0)
        clear = first.turn is turn and worth >= APART * rival
        return Aim(index, turn, best) if clear else whole

    def _touches(self, own: Words, turn: Turn) -> bool:
        """Whether words that tell what they mean have anything in common with a turn."""
        return len(own.single) < _MUCH or any(own.shared(one.words) for one in self._sentences[turn.order])

    def _turn(self, own: Words, pool: Sequence[Turn], answered: Turn) -> Turn:
        """The turn whose sentences share most with the words; the one that is answered where none shares enough."""

        def rate(turn: Turn) -> float:
            sentences = self._sentences[turn.order]
            shared = {word for one in sentences for word in own.shared(one.words)}
            if len(shared) < (1 if len(own.single) <= _FEW or turn is answered else _SHARED):
                return 0.0
            worth = sum(sorted((self._rate(own, (), one, 1) for one in sentences), reverse=True)[:_TOLD_IN])
            return worth if len(shared) > _SHARED else worth * _lately(turn, answered)

        best = max(pool, key=rate, default=answered)
        return best if rate(best) > max(_OF_A_TURN, _MORE * rate(answered)) else answered

    def _rate(self, own: Words, quoted: Iterable[str], sentence: _Sentence, least: int = _SHARED) -> float:
        shared = own.shared(sentence.words)
        text = ""
        worth = 0.0
        for quote in quoted:
            text = text or fold(sentence.turn.words(sentence.span))
            if re.search(rf"\b{re.escape(quote)}\b", text):
                worth += _QUOTED
        if len(shared) >= least or worth:
            worth += sum(self._worth.get(word, 1.0) for word in shared) / sqrt(len(sentence.words.single) + 4)
        return worth


def _made(found: Extraction, sentence: _Sentence) -> int | None:
    """A statement made of a sentence because somebody answers it; None where it says too little, or asks."""
    words = sentence.turn.words(sentence.span)
    if len(words.split()) < wording.MIN_WORDS or words.rstrip(" \"”»)'").endswith("?") or markers.find(words):
        return None  # what speaks to the other is talk
    kind = wording.classify(words)[0]
    return found.add(Draft(kind, *sentence.span, ANSWERED, "cue", _CONFIDENCE, sentence.turn.speaker, sentence.block))


def _alone(found: Extraction, turn: Turn) -> int | None:
    """The statement that a turn is, where it says nothing else."""
    said = [(span, block) for span, block in turn.sentences if turn.says(span)]
    return asserting(found, *said[0]) if len(said) == 1 else None


def _lately(turn: Turn, answered: Turn) -> float:
    """How much likelier it is that what was just said is meant."""
    return 1 - min(_LONG_AGO, _AGO * max(0, answered.order - turn.order))


def asserting(found: Extraction, span: Span, block: int) -> int | None:
    """The statement made at a span that may be agreed or disagreed with, if there is one."""
    for index in found.in_block(block):
        draft = found.statements[index]
        if draft.kind != "question" and draft.voice == "author" and draft.start < span[1] and span[0] < draft.end:
            return index
    return None
