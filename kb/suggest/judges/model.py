"""A language model behind an OpenAI-compatible endpoint, asked each question twice, in two orders."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kb.suggest.judges import Answer, Cost, Refused
from kb.suggest.judges.prompts import WORDING, Messages

if TYPE_CHECKING:
    from kb.suggest.judges.chat import Chat

DIFFER = "two answers that differ"
"""Asked again in another order, the model says something else: neither is used."""

_CHARACTERS = 4  # in a token of English, about

Both = tuple[Messages, Messages]
"""One question in two orders of what it is about."""


class Model:
    """What every judge that is a language model does. Prices are for a million tokens; 0 where the person gave none."""

    def __init__(self, chat: Chat, price_in: float = 0.0, price_out: float = 0.0) -> None:
        self._chat = chat
        self._prices = price_in, price_out
        self.name = f"llm {chat.model}"

    def question(self, both: Both) -> str:
        """All that the answers depend on."""
        return json.dumps([WORDING, self._chat.model, both], ensure_ascii=False)

    def cost(self, asked: Sequence[Both], tokens_out: int) -> Cost:
        """What asking these would cost, with so many tokens in an answer."""
        sent = sum(len(m["content"]) for both in asked for one in both for m in one) // _CHARACTERS
        answered = tokens_out * 2 * len(asked)
        price = (sent * self._prices[0] + answered * self._prices[1]) / 1e6 if any(self._prices) else None
        return Cost(2 * len(asked), sent, answered, price, f"{self._chat.model} at {self._chat.host}")

    def answers(self, asked: Sequence[Both]) -> list[Answer]:
        """What it says, each question in both orders.

        Raises:
            KbError: the server cannot be reached, refuses, or stays busy.
        """
        return [self._twice(both) for both in asked]

    def _twice(self, both: Both) -> Answer:
        replies = [self._chat.ask(one) for one in both]
        return {
            "said": [{"text": reply.text, "cut": reply.cut} for reply in replies],
            "tokens_in": sum(reply.tokens_in for reply in replies),
            "tokens_out": sum(reply.tokens_out for reply in replies),
        }


Found = dict[str, Any]
"""A JSON object as a model wrote it: nothing of it is believed before it is checked."""


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
