"""A language model that says a statement so that it can be read alone: beside the quote, never in place of it.

It is fed statements that lean on what stands before them, with that. A gloss counts where all its telling words are
those of the quote and of what is around it, where no check says that it claims something else than the quote (a "not",
a "may", an "all" more or less), and where both answers come to the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kb.extract import standing
from kb.store import edits, proposals
from kb.store.open import Store
from kb.suggest import antonyms, contrast
from kb.suggest.judges import Refused, Suggested, Told
from kb.suggest.judges.material import texts
from kb.suggest.judges.model import DIFFER, NO_CONFIDENCE, Both, Found, Work, agreed, confidence
from kb.suggest.judges.prompts import messages
from kb.text.stop_words import STOP_WORDS
from kb.text.strings import fold, squash

_BEFORE = 900  # characters of what stands before that are sent
_TOKENS_OUT = 70
_MOST_WORDS = 60
_KEPT = 0.5  # share of the quote's telling words that a gloss must have
_ALIKE = 0.7  # share of the telling words of two glosses, taken together, that both must have
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Leaning:
    """A statement that cannot be read alone, and what is around it."""

    id: str
    quote: str
    before: str
    heading: str
    title: str
    speaker: str


def _comes_to(item: Leaning, first: Found, second: Found) -> Suggested:
    told = agreed(_one(item, first), _one(item, second))
    if told is None or isinstance(told, Refused):
        return told or []
    one, other = told
    if not alike(one.value, other.value):
        return Refused(DIFFER)
    return [Told(item.id, "gloss", min(one.value, other.value, key=len), min(one.score, other.score))]


def _one(item: Leaning, found: Found) -> Told | Refused | None:
    gloss, score = found.get("gloss"), confidence(found)
    if not isinstance(gloss, str):
        return Refused("no gloss")
    gloss = squash(gloss)
    if not gloss or fold(gloss) == fold(item.quote):
        return None
    if score is None:
        return NO_CONFIDENCE
    if (fault := fault_of(gloss, item.quote, (item.before, item.heading, item.title, item.speaker))) is not None:
        return Refused(fault)
    return Told(item.id, "gloss", gloss, score)


def fault_of(gloss: str, quote: str, around: Iterable[str]) -> str | None:
    """What is wrong with a gloss of a quote, whoever made it; None for nothing."""
    there = stems(" ".join((quote, *around)))
    words = stems(gloss)
    if words - there:
        return "a gloss with words of its own"
    if len(gloss.split()) > _MOST_WORDS:
        return "a gloss that is too long"
    said = stems(quote)
    if len(said & words) < _KEPT * len(said):
        return "a gloss that leaves out what is said"
    if numbers(quote) - numbers(gloss):
        return "a gloss with other numbers"
    if differs := contrast.turned(quote, gloss):
        return f"a gloss that may claim something else: {differs}"
    return None


def stems(text: str) -> set[str]:
    """The telling words of a text, in one form each."""
    words = (word.replace("’", "'").split("'")[0] for word in _WORD.findall(text.casefold()))
    return {antonyms.stem(word) for word in words if word and word not in STOP_WORDS}


def numbers(text: str) -> set[str]:
    """The numbers in a text."""
    return {word for word in _WORD.findall(text) if word[0].isdigit()}


def alike(one: str, other: str) -> bool:
    """Whether two glosses come to the same: nearly all telling words are in both, and neither turns the other round."""
    mine, theirs = stems(one), stems(other)
    return len(mine & theirs) >= _ALIKE * len(mine | theirs) and contrast.turned(one, other) is None


def _both(item: Leaning) -> Both:
    data = {"quote": item.quote, "before": item.before, "heading": item.heading, "title": item.title,
            "speaker": item.speaker}  # fmt: skip
    return messages("glosses", data), messages("glosses", dict(reversed(data.items())))


WORK = Work(
    "glosses",
    "The statements, what stands before them, their headings, titles and speakers are sent there.",
    _TOKENS_OUT,
    _both,
    _comes_to,
)


# What is asked


def items(store: Store, about: str | None, least: float) -> list[Leaning]:
    """Statements that lean on something before them and have no gloss yet, nor a person's wording, in text order."""
    found = []
    for text in texts(store, about, least):
        for placed in text.said:
            side = placed.side
            if about is not None and about not in (text.source.id, side.id):
                continue
            if placed.statement.context is None and not standing.leans(squash(side.quote)):
                continue
            heading = placed.passage.heading[-1] if placed.passage and placed.passage.heading else ""
            before = text.before(placed, _BEFORE)
            found.append(Leaning(side.id, side.quote, before, heading, side.title, side.speaker))
    there = proposals.standing(store, "gloss", [one.id for one in found])
    said = edits.fields_of(store, [one.id for one in found])
    return [one for one in found if one.id not in there and edits.WORDING not in said.get(one.id, ())]
