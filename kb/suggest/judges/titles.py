"""A language model that names an issue: one claim, in the words of the statements, on which all of them bear.

It is asked twice, the statements in both orders. A title counts where its telling words are the statements' own, where
it is short, and where both answers come to the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.extract import standing
from kb.store import statements
from kb.store.open import Store
from kb.suggest.judges import Refused, Suggested, Told
from kb.suggest.judges.glosses import alike, stems
from kb.suggest.judges.model import DIFFER, NO_CONFIDENCE, Both, Found, Work, agreed, confidence
from kb.suggest.judges.prompts import Messages, messages
from kb.text.strings import squash

_MOST = 12  # statements that are sent
_LONGEST = 300  # characters of each
_MOST_WORDS = 18
_TOKENS_OUT = 40


@dataclass(frozen=True, slots=True)
class Discussed:
    """An issue, by its id, and the statements in it, those first that say it best."""

    id: str
    statements: tuple[str, ...]


def _comes_to(item: Discussed, first: Found, second: Found) -> Suggested:
    told = agreed(_one(item, first), _one(item, second))
    if told is None or isinstance(told, Refused):
        return told or []
    one, other = told
    if not alike(one.value, other.value):
        return Refused(DIFFER)
    return [Told(item.id, "title", one.value, min(one.score, other.score))]


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


WORK = Work(
    "titles",
    "The statements are sent there.",
    _TOKENS_OUT,
    _both,
    _comes_to,
)


def items(store: Store, issues: Iterable[tuple[str, Sequence[str]]]) -> list[Discussed]:
    """What is asked about these issues, each by its id and the ids of its statements."""
    listed = [(name, list(said)) for name, said in issues]
    texts = statements.read(store, {one for _, said in listed for one in said})
    return [
        Discussed(name, tuple(texts[one].text for one in said if one in texts))
        for name, said in listed
        if any(one in texts for one in said)
    ]
