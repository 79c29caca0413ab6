"""A language model behind an OpenAI-compatible endpoint, asked each question twice, in two orders."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kb.model.words import Basis
from kb.suggest.judges import Answer, Cost, Item, Refused, Suggested, Trial
from kb.suggest.judges.prompts import WORDING, Messages, Task

if TYPE_CHECKING:
    from kb.suggest.judges.chat import Chat

DIFFER = "two answers that differ"
"""Asked again in another order, the model says something else: neither is used."""

_CHARACTERS = 4  # in a token of English, about

Said = TypeVar("Said")

Both = tuple[Messages, Messages]
"""One question in two orders of what it is about."""


Found = dict[str, Any]
"""A JSON object as a model wrote it: nothing of it is believed before it is checked."""


@dataclass(frozen=True, slots=True)
class Work(Generic[Item]):
    """A task for a language model: what is sent of an item, in two orders, and what the two answers come to.

    `tokens_out` is about what an answer has. `trials` as for a `Judge`.
    """

    task: Task
    sends: str
    tokens_out: int
    both: Callable[[Item], Both]
    comes_to: Callable[[Item, Found, Found], Suggested]
    trials: Callable[[], Sequence[Trial[Item]]] = tuple


class Model(Generic[Item]):
    """A language model as a judge. Prices are for a million tokens; 0 where the person gave none."""

    basis: Basis = "llm"
    batch = 1  # each answer is kept as it comes

    def __init__(self, work: Work[Item], chat: Chat, price_in: float = 0.0, price_out: float = 0.0) -> None:
        self._work, self._chat = work, chat
        self._prices = price_in, price_out
        self.name = f"llm {chat.model}" if work.task == "pairs" else f"llm {chat.model}: {work.task}"
        self.sends = work.sends

    def trials(self) -> Sequence[Trial[Item]]:
        return self._work.trials()

    def question(self, item: Item) -> str:
        return json.dumps([WORDING, self._chat.model, self._work.both(item)], ensure_ascii=False)

    def cost(self, items: Sequence[Item]) -> Cost:
        asked = [self._work.both(item) for item in items]
        sent = sum(len(m["content"]) for both in asked for one in both for m in one) // _CHARACTERS
        answered = self._work.tokens_out * 2 * len(asked)
        price = (sent * self._prices[0] + answered * self._prices[1]) / 1e6 if any(self._prices) else None
        return Cost(2 * len(asked), sent, answered, price, f"{self._chat.model} at {self._chat.host}")

    def answers(self, items: Sequence[Item]) -> list[Answer]:
        """What it says, each question in both orders.

        Raises:
            KbError: the server cannot be reached, refuses, or stays busy.
        """
        return [self._twice(self._work.both(item)) for item in items]

    def _twice(self, both: Both) -> Answer:
        replies = [self._chat.ask(one) for one in both]
        return {
            "said": [{"text": reply.text, "cut": reply.cut} for reply in replies],
            "tokens_in": sum(reply.tokens_in for reply in replies),
            "tokens_out": sum(reply.tokens_out for reply in replies),
        }

    def suggestions(self, item: Item, answer: Answer) -> Suggested:
        both = read(answer)
        return both if isinstance(both, Refused) else self._work.comes_to(item, *both)


def agreed(first: Said | Refused | None, second: Said | Refused | None) -> tuple[Said, Said] | Refused | None:
    """What two answers say, where both can be used; None where neither says anything."""
    if isinstance(first, Refused):
        return first
    if isinstance(second, Refused):
        return second
    if first is None or second is None:
        return None if first is second else Refused(DIFFER)
    return first, second


def read(answer: Answer) -> tuple[Found, Found] | Refused:
    """The two JSON objects in an answer."""
    said = answer.get("said")
    both = [_one(one) for one in said if isinstance(one, dict)] if isinstance(said, list) else []
    if len(both) != 2:
        return Refused("no JSON")
    first, second = both
    if isinstance(first, Refused):
        return first
    return second if isinstance(second, Refused) else (first, second)


def _one(reply: Found) -> Found | Refused:
    found = _object(str(reply.get("text", "")))
    if found is None:
        return Refused("cut off" if reply.get("cut") else "no JSON")
    return found


def _object(text: str) -> Found | None:
    """The JSON object in a reply, which some models wrap in thoughts or a code block."""
    text = re.sub(r"<think>.*?(?:</think>|\Z)", "", text, flags=re.S)
    begin, end = text.find("{"), text.rfind("}")
    if begin < 0 or end < begin:
        return None
    try:
        found = json.loads(text[begin : end + 1])
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def confidence(found: Found) -> float | None:
    """The probability that a model gives; None where it is none."""
    score = found.get("confidence")
    if isinstance(score, bool) or not isinstance(score, int | float):
        return None
    return float(score) if math.isfinite(score) and 0 <= score <= 1 else None


NO_CONFIDENCE = Refused("no confidence between 0 and 1")
