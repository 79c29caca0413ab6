"""A language model that names an issue: one claim, in the words of the statements, on which all of them bear.

It is asked twice, the statements in both orders. A title counts where its telling words are the statements' own, where
it is short, and where both answers come to the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.extract import standing
from kb.model.words import Basis
from kb.store import statements
from kb.store.open import Store
from kb.suggest.judges import Answer, Cost, Refused, Suggested, Told, Trial
from kb.suggest.judges.glosses import alike, stems
from kb.suggest.judges.model import DIFFER, NO_CONFIDENCE, Both, Found, Model, confidence, read
from kb.suggest.judges.prompts import Messages, messages
from kb.text.strings import squash

if TYPE_CHECKING:
    from kb.suggest.judges.chat import Chat

_MOST = 12  # statements that are sent
_LONGEST = 300  # characters of each
_MOST_WORDS = 18
_TOKENS_OUT = 40


@dataclass(frozen=True, slots=True)
class Discussed:
    """An issue, by its id, and the statements in it, those first that say it best."""

    id: str
    statements: tuple[str, ...]


class Titles:
    """A language model that names issues."""

    basis: Basis = "llm"
    batch = 1
    sends = "The statements are sent there."

    def __init__(self, chat: Chat, price_in: float = 0.0, price_out: float = 0.0) -> None:
        self._model = Model(chat, price_in, price_out)
        self.name = f"{self._model.name}: titles"

    def trials(self) -> Sequence[Trial[Discussed]]:
        return ()

    def question(self, item: Discussed) -> str:
        return self._model.question(_both(item))

    def cost(self, items: Sequence[Discussed]) -> Cost:
        return self._model.cost([_both(item) for item in items], _TOKENS_OUT)

    def answers(self, items: Sequence[Discussed]) -> list[Answer]:
        return self._model.answers([_both(item) for item in items])

    def suggestions(self, item: Discussed, answer: Answer) -> Suggested:
        both = read(answer)
        if isinstance(both, Refused):
            return both
        first, second = _one(item, both[0]), _one(item, both[1])
        if isinstance(first, Refused):
            return first
        if isinstance(second, Refused):
            return second
        if not alike(first.value, second.value):
            return Refused(DIFFER)
        return [Told(item.id, "title", first.value, min(first.score, second.score))]


def _one(item: Discussed, found: Found) -> Told | Refused:
    title, score = found.get("title"), confidence(found)
    if not isinstance(title, str) or not title.strip():
        return Refused("no title")
    if score is None:
        return NO_CONFIDENCE
    title = squash(title)
    if stems(title) - stems(" ".join(item.statements)):
        return Refused("a title with words of its own")
    if len(title.split()) > _MOST_WORDS or standing.leans(title):
        return Refused("a title that is too long, or leans on something")
    return Told(item.id, "title", title, score)


def _both(item: Discussed) -> Both:
    sent = item.statements[:_MOST]
    return _messages(sent), _messages(sent[::-1])


def _messages(said: Sequence[str]) -> Messages:
    return messages("titles", {"statements": {str(at): one[:_LONGEST] for at, one in enumerate(said, 1)}})


def items(store: Store, issues: Iterable[tuple[str, Sequence[str]]]) -> list[Discussed]:
    """What is asked about these issues, each by its id and the ids of its statements."""
    listed = [(name, list(said)) for name, said in issues]
    texts = statements.read(store, {one for _, said in listed for one in said})
    return [
        Discussed(name, tuple(texts[one].text for one in said if one in texts))
        for name, said in listed
        if any(one in texts for one in said)
    ]
