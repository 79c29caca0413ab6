"""ChatGPT's export: a tree of messages, of which the branch that was last seen is the conversation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from importers.conversations import times
from importers.conversations.models.chat import Chat, words_of_model
from importers.conversations.talk import Message
from importers.exports.parsing import held, listed, objects
from kb.text.strings import squash

_MOST = 100_000  # messages of a branch


def is_chat(value: object) -> bool:
    """Whether a value is one of its conversations."""
    if not isinstance(value, dict):
        return False
    mapping = value.get("mapping")
    return isinstance(mapping, dict) and ("current_node" in value or any(_is_node(one) for one in mapping.values()))


def _is_node(value: object) -> bool:
    return isinstance(value, dict) and "message" in value and "children" in value


def chat(value: Mapping[str, Any], reader: str, left: Counter[str]) -> Chat:
    """The conversation, with `reader` for who wrote to the model; what is left out is counted in `left`."""
    branch = list(_branch(value))
    there = value["mapping"].values()
    others = sum(_speaks(one.get("message")) for one in there if isinstance(one, dict)) - sum(map(_speaks, branch))
    if others > 0:
        left["messages of other branches"] += others
    model = squash(str(value.get("default_model_slug") or ""))
    messages = [one for each in branch if (one := _message(each, model, reader, left))]
    id_ = str(value.get("conversation_id") or value.get("id") or "")
    return Chat(
        provider="chatgpt",
        id=id_,
        title=squash(str(value.get("title") or "")),
        url=f"https://chatgpt.com/c/{id_}" if id_ and id_.replace("-", "").isalnum() else None,
        published=times.of_seconds(value.get("create_time")) or times.of_iso(value.get("create_time")),
        messages=tuple(messages),
        raw=value,
    )


def _branch(value: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The messages from the first to the one that was last seen; without that, down the newest branch."""
    mapping = value["mapping"]
    at = value.get("current_node")
    if not isinstance(at, str) or at not in mapping:
        at = next((key for key, node in mapping.items() if isinstance(node, dict) and not node.get("parent")), None)
        for _ in range(_MOST):
            below = [one for one in listed(mapping[at], "children") if one in mapping] if at in mapping else []
            if not below or not isinstance(mapping[below[-1]], dict):
                break
            at = below[-1]
    way: list[Mapping[str, Any]] = []
    seen: set[str] = set()
    while isinstance(at, str) and at in mapping and at not in seen and isinstance(mapping[at], dict):
        seen.add(at)
        if isinstance(mapping[at].get("message"), dict):
            way.append(mapping[at]["message"])
        at = mapping[at].get("parent")
    yield from reversed(way)


def _role(message: Mapping[str, Any]) -> str:
    return str(held(message, "author").get("role") or "")


def _speaks(message: object) -> bool:
    return isinstance(message, dict) and _role(message) in ("user", "assistant") and bool(_words(message, Counter()))


def _message(message: Mapping[str, Any], model: str, reader: str, left: Counter[str]) -> Message | None:
    role, meta = _role(message), held(message, "metadata")
    content = message.get("content")
    kind = content.get("content_type") if isinstance(content, dict) else None
    to = message.get("recipient") or "all"
    if role == "system" or meta.get("is_visually_hidden_from_conversation"):
        if _words(message, Counter()):
            left["messages of the system"] += 1
        return None
    if role == "tool" or (role == "assistant" and (to != "all" or kind in ("code", "execution_output"))):
        left["messages of and to tools"] += 1
        return None
    if kind in ("thoughts", "reasoning_recap"):
        left["thoughts of the model"] += 1
        return None
    if role not in ("user", "assistant") or kind in ("user_editable_context", "model_editable_context"):
        left["messages of the system"] += 1
        return None
    left["attached files"] += len(objects(meta, "attachments"))
    words = _words(message, left)
    if not words:
        return None
    slug = squash(str(meta.get("model_slug") or "")) or model
    who = reader if role == "user" else f"ChatGPT ({slug})" if slug else "ChatGPT"
    when = times.of_seconds(message.get("create_time")) or times.of_iso(message.get("create_time"))
    return Message(who, words_of_model(words) if role == "assistant" else words, times.shown(when))


def _words(message: Mapping[str, Any], left: Counter[str]) -> str:
    content = message.get("content")
    if isinstance(content, str):
        return content.strip()
    if not isinstance(content, dict):
        return ""
    found: list[str] = []
    for part in listed(content, "parts"):
        if isinstance(part, str):
            found.append(part)
        elif isinstance(part, dict) and isinstance(part.get("text"), str):
            found.append(part["text"])
        elif isinstance(part, dict):
            kind = str(part.get("content_type") or "")
            left["pictures" if "image" in kind else "recordings" if "audio" in kind else "other parts"] += 1
    if not found and isinstance(content.get("text"), str):
        found.append(content["text"])
    return "\n\n".join(one.strip() for one in found if one.strip())
