"""Claude's export: the messages of a conversation in a row, with the text of what was attached to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from importers.conversations import times
from importers.conversations.models.chat import Chat, words_of_model
from importers.conversations.talk import Message, quote
from importers.exports.parsing import objects
from kb.text.strings import squash

_ROOT = "00000000-0000-4000-8000-000000000000"


def is_chat(value: object) -> bool:
    """Whether a value is one of its conversations."""
    return isinstance(value, dict) and isinstance(value.get("chat_messages"), list)


def chat(value: Mapping[str, Any], reader: str, left: Counter[str]) -> Chat:
    """The conversation, with `reader` for who wrote to the model; what is left out is counted in `left`."""
    every = objects(value, "chat_messages")
    branch = _branch(every, value.get("current_leaf_message_uuid"))
    left["messages of other branches"] += len(every) - len(branch)
    model = value.get("model")
    who = f"Claude ({squash(model)})" if isinstance(model, str) and model.strip() else "Claude"
    messages = [one for each in branch if (one := _message(each, who, reader, left))]
    id_ = str(value.get("uuid") or "")
    return Chat(
        provider="claude",
        id=id_,
        title=squash(str(value.get("name") or "")),
        url=f"https://claude.ai/chat/{id_}" if id_ and id_.replace("-", "").isalnum() else None,
        published=times.of_iso(value.get("created_at")),
        messages=tuple(messages),
        raw=value,
    )


def _branch(every: Sequence[dict[str, Any]], leaf: object) -> Sequence[dict[str, Any]]:
    """The messages that lead to the last one that was seen, where the export says which it is; else all."""
    known = {str(one.get("uuid")): one for one in every if one.get("uuid")}
    if not isinstance(leaf, str) or leaf not in known:
        return every
    way: list[dict[str, Any]] = []
    at: object = leaf
    while isinstance(at, str) and at in known and len(way) <= len(every):
        way.append(known[at])
        at = known[at].get("parent_message_uuid")
    return way[::-1] if at in (None, "", _ROOT) or not isinstance(at, str) or len(way) > 1 else every


def _message(message: dict[str, Any], model: str, reader: str, left: Counter[str]) -> Message | None:
    sender = message.get("sender") or message.get("role")
    words: list[str] = []
    for part in objects(message, "content"):
        kind = part.get("type")
        if kind == "text" and isinstance(part.get("text"), str):
            words.append(part["text"])
        elif kind in ("tool_use", "tool_result", "server_tool_use", "web_search_tool_result"):
            left["messages of and to tools"] += 1
        elif kind in ("thinking", "redacted_thinking"):
            left["thoughts of the model"] += 1
        elif kind is not None:
            left["other parts"] += 1
    if not any(one.strip() for one in words) and isinstance(message.get("text"), str):
        words = [message["text"]]
    if sender not in ("human", "user", "assistant"):
        left["messages of the system"] += 1
        return None
    said = "\n\n".join(one.strip() for one in words if one.strip())
    parts = [words_of_model(said) if sender == "assistant" else said]
    attached = objects(message, "attachments")
    for one in attached:
        inside, name = one.get("extracted_content"), str(one.get("file_name") or "a text")
        if isinstance(inside, str) and inside.strip():
            parts.append(quote(inside, attached=name))
        else:
            left["attached files"] += 1
    left["attached files"] += len(objects(message, "files")) + len(objects(message, "files_v2"))
    body = "\n\n".join(filter(None, parts))
    when = times.of_iso(message.get("created_at"))
    return Message(model if sender == "assistant" else reader, body, times.shown(when)) if body else None
