"""Answers that fit into so many tokens, and say what was left out."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kb.model.json_form import JsonObject, JsonValue

CHARACTERS = 3
"""Of a token, at least: of JSON with English in it tokenizers make one for 3.3 to 4.2. An estimate on the safe side."""
LEAST = 200
"""Tokens that every answer may take."""
_CUTS = (1_200, 600, 300, 150, 60)  # characters that a string of a single row keeps
_ROOM = 80  # characters for what says that something was left out


def size(answer: JsonValue) -> int:
    """How many characters an answer has, as it is sent."""
    return len(json.dumps(answer, ensure_ascii=False))


def fitted(answer: JsonObject, lists: Sequence[str], tokens: int) -> JsonObject:
    """The answer with as many rows of its `lists` as fit, the first lists and the first rows first.

    `left_out` says how many rows do not. Where not even one fits, its strings are cut, each with an ellipsis, and `cut`
    is true.
    """
    room = max(tokens, LEAST) * CHARACTERS
    if size(answer) <= room:
        return answer
    every = {name: rows for name in lists if isinstance(rows := answer.get(name), list)}
    rest = {name: value for name, value in answer.items() if name not in every}
    left = room - size(rest) - _ROOM - sum(len(name) + 6 for name in every)
    kept: dict[str, list[JsonValue]] = {name: [] for name in every}
    for name, rows in every.items():
        for row in rows:
            left -= size(row) + 2
            if left < 0:
                break
            kept[name].append(row)
        if left < 0:
            break
    total, taken = sum(map(len, every.values())), sum(map(len, kept.values()))
    if taken:
        return rest | {name: list(rows) for name, rows in kept.items()} | {"left_out": total - taken}
    first = next((name for name, rows in every.items() if rows), "")
    for most in _CUTS:
        small = _object(_cut(rest, most)) | {"left_out": max(total - 1, 0), "cut": True}
        if first:
            small[first] = [_cut(every[first][0], most)]
        if size(small) <= room:
            return small
    return {"left_out": total, "cut": True}


def _object(value: JsonValue) -> JsonObject:
    assert isinstance(value, dict)
    return value


def _cut(value: JsonValue, most: int) -> JsonValue:
    if isinstance(value, str):
        return value if len(value) <= most else value[: most - 1] + "…"
    if isinstance(value, list):
        return [_cut(inner, most) for inner in value[:20]]
    if isinstance(value, dict):
        return {name: _cut(inner, most) for name, inner in value.items()}
    return value
