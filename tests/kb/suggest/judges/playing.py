"""Plays a language model: it sees planted negations, and says of the rest what a test wants."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from kb.suggest.judges import trials
from tests.importers.web.web_server import Answer, Request, answer_json

PATH = "/v1/chat/completions"
Data = dict[str, Any]
Says = Callable[[Data], Mapping[str, object]]
"""What a model makes of the data of a question, once it is not one of the trial."""

_PLANTED = {(one.answer.quote, one.claim.quote): one.relation for one in trials.every()}


def said(given: Mapping[str, object] | str) -> Answer:
    """A chat completion with this object, or these words."""
    content = given if isinstance(given, str) else json.dumps(given)
    choice = {"message": {"content": content}, "finish_reason": "stop"}
    return answer_json({"choices": [choice], "usage": {"prompt_tokens": 300, "completion_tokens": 40}})


def data_of(request: Request) -> Data:
    """What was sent to be judged."""
    found = json.loads(request.json["messages"][1]["content"])
    assert isinstance(found, dict)
    return found


def model(says: Says, *, sees: bool = True) -> Callable[[Request], Answer]:
    """A model that answers so; without `sees` a "not" means nothing to it."""

    def answer(request: Request) -> Answer:
        data = data_of(request)
        tried = _trial(data, sees=sees)
        return said(says(data) if tried is None else tried)

    return answer


def _trial(data: Data, *, sees: bool) -> Mapping[str, object] | None:
    if {"A", "B"} <= data.keys():
        for first, second in (("A", "B"), ("B", "A")):
            relation = _PLANTED.get((data[first]["text"], data[second]["text"]))
            if relation:
                word = f"{first.lower()}_{relation if sees else 'supports'}_{second.lower()}"
                return {"relation": word, "span_a": data["A"]["text"], "span_b": data["B"]["text"], "confidence": 0.9}
    for number, words in data.get("candidates", {}).items():
        relation = _PLANTED.get((data.get("answer", ""), words.removeprefix(": ")))
        if relation:
            stance = relation if sees else "supports"
            return {"number": int(number), "stance": stance, "words": data["answer"], "confidence": 0.9}
    return None
