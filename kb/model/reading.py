"""How far a person is with a text: the words that people and programs have for it, and what an import says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from kb.model.words import READING_STATES, ReadingState
from kb.text.strings import fold

NONE = "none"
"""What a person writes to take a state away."""

_UNMISTAKABLE: dict[str, ReadingState] = {
    "to read": "to-read", "toread": "to-read", "unread": "to-read", "to be read": "to-read", "tbr": "to-read",
    "want to read": "to-read", "read later": "to-read", "readlater": "to-read", "reading list": "to-read",
    "reading": "reading", "currently reading": "reading", "reading now": "reading", "half read": "reading",
    "read": "read", "already read": "read", "have read": "read", "finished reading": "read",
}  # fmt: skip
_OTHERS: dict[str, ReadingState] = {
    "queue": "to-read", "queued": "to-read", "later": "to-read", "inbox": "to-read", "new": "to-read",
    "todo": "to-read", "to do": "to-read", "not started": "to-read", "unstarted": "to-read", "shortlist": "to-read",
    "in progress": "reading", "started": "reading", "begun": "reading", "active": "reading", "current": "reading",
    "done": "read", "finished": "read", "complete": "read", "completed": "read", "archive": "read",
    "archived": "read", "skimmed": "read", "annotated": "read",
}  # fmt: skip
_TOPIC = "reading"  # as a tag it is what a text is about
_BLANKS = re.compile(r"[\s_/.:-]+")


@dataclass(frozen=True, slots=True)
class ReadingMark:
    """How far the reading of a text is, as an export or a note has it.

    `at`: since when, where it says so. `changed`: when the entry last changed, where it says so; else `seen`, when
    the file was written. Both tell an older export from a newer one.
    """

    state: ReadingState
    at: str | None = None
    changed: str | None = None
    seen: str | None = None


def state_of(word: object, *, only_plain: bool = False) -> ReadingState | None:
    """The state that a word means in a field for it, in any spelling ("To Read", "queue", "archived"); None for others.

    With `only_plain` only words that mean reading in any field (`status: done` is about a note, not its reading).
    """
    if not isinstance(word, str):
        return None
    plain = _BLANKS.sub(" ", fold(word).lstrip("#")).strip()
    found = _UNMISTAKABLE.get(plain)
    return found if found or only_plain else _OTHERS.get(plain)


def of_tags(tags: Iterable[str]) -> ReadingState | None:
    """The state that tags or folders of a reference manager say; of several the furthest."""
    found = {state_of(tag, only_plain=True) for tag in tags if fold(tag) != _TOPIC}
    return furthest(state for state in found if state)


def furthest(states: Iterable[ReadingState]) -> ReadingState | None:
    """Of several states the last on the way; None where there is none."""
    return max(states, key=READING_STATES.index, default=None)


def rank(state: str | None) -> int:
    """How far along a state is; none at all comes first."""
    return READING_STATES.index(cast(ReadingState, state)) if state else -1
