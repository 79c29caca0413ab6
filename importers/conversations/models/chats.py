"""Chats with ChatGPT and Claude: `conversations.json`, one conversation of it, or the zip as it is downloaded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from importers.base import Importer, Input
from importers.conversations import packed
from importers.conversations.models import chatgpt, claude
from importers.conversations.models.chat import source_of
from importers.conversations.talk import counted, structure, with_problems
from importers.decode import is_zip
from importers.exports.parsing import loads, read_json
from kb.errors import KbError
from kb.model.document import Document
from kb.text.json_values import json_value

_FILE = re.compile(r"(?:^|/)conversations(?:[-_]\d{1,4})?\.json$")
_NAMES = ('"mapping"', '"chat_messages"')


def sniff(source: Input) -> float:
    """Sure by the tree of messages of the one, the list of messages of the other."""
    if is_zip(source.original):
        return 0.95 if packed.named(source, _FILE) else 0.0
    if source.text[:2000].lstrip()[:1] not in ("{", "[") or not any(name in source.text for name in _NAMES):
        return 0.0
    try:
        value = loads(source.text)
    except (ValueError, RecursionError):
        return 0.0
    return 0.96 if any(chatgpt.is_chat(one) or claude.is_chat(one) for one in _listed(value)) else 0.0


def read(source: Input) -> list[Document]:
    """One source a conversation.

    Raises:
        KbError: nobody says anything in it, or the zip is damaged.
    """
    left: Counter[str] = Counter()
    found = []
    for one in _chats(source):
        kind = chatgpt if chatgpt.is_chat(one) else claude if claude.is_chat(one) else None
        if kind is None:
            left["records that are no conversations"] += 1
            continue
        chat = kind.chat(one, source.reader, left)
        if chat.messages:
            found.append(source_of(chat, source, IMPORTER.name))
        else:
            left["empty conversations"] += 1
    if not found:
        raise KbError(f"{source.called} holds no conversation in which anything is said", "export it again")
    return with_problems(found, source, counted(left))


def _chats(source: Input) -> Iterator[Any]:
    if not is_zip(source.original):
        yield from _listed(read_json(source))
        return
    archive = packed.opened(source)
    for name in sorted(filter(_FILE.search, archive.names)):
        try:
            yield from _listed(json_value(archive.read(name)))
        except (ValueError, RecursionError) as error:
            raise KbError(f"{source.called}: {name} is not valid JSON: {error}", "export it again") from None


def _listed(value: Any) -> list[Any]:
    if isinstance(value, dict) and isinstance(value.get("conversations"), list):
        return list(value["conversations"])
    return value if isinstance(value, list) else [value]


IMPORTER = Importer(
    name="modelchats",
    version="1",
    what="chats with ChatGPT and Claude (`conversations.json`, or the zip of the export)",
    recognised_by="conversations with a `mapping` of messages, or with `chat_messages`",
    gives="one a conversation, in which the model and you speak",
    keeps="each turn with its speaker and day, code, formulas",
    loses="branches not taken, what the model looked up or thought, files",
    sniff=sniff,
    read=read,
    structure=structure,
    sample='[{"uuid": "11111111-2222-4333-8444-555555555555", "name": "The mill", "created_at": "2024-05-01T09:00:00Z",'
    ' "chat_messages": [{"sender": "human", "text": "Should the mill be mended?"},'
    ' {"sender": "assistant", "text": "I think so, for it grinds."}]}]',
    examples=("conversations.json",),
    precedence=22,
)
