"""A chat with a model, whoever exported it, and the source that it gives."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from importers.base import Input
from importers.conversations.talk import Message, document
from importers.titles import first_sentence
from kb.model.document import Document

_MARKS = re.compile("\ue200[^\ue201]{0,400}\ue201|【\\d+[^】\\n]{0,80}】|[\ue000-\uf8ff]")
_FENCED = re.compile(r"(^(?:```|~~~).*?(?:^(?:```|~~~)[ \t]*$|\Z)|`[^`\n]+`)", re.M | re.S)
_SHOWN = re.compile(r"\\\[[ \t]*\n?(.+?)\n?[ \t]*\\\]", re.S)
_INLINE = re.compile(r"\\\(\s*([^\n]{1,400}?)\s*\\\)")


@dataclass(frozen=True, slots=True)
class Chat:
    """One conversation: its id and address at the provider, and what was said, in order."""

    provider: str  # the name of its kind of id
    id: str
    title: str
    url: str | None
    published: str | None
    messages: tuple[Message, ...]
    raw: Mapping[str, Any] = field(default_factory=dict)


def source_of(chat: Chat, source: Input, importer: str) -> Document:
    """The chat as a source. Its model speaks for itself: what it says is never the reader's own."""
    title = chat.title or next((first_sentence(one.body) for one in chat.messages if one.body.strip()), "Chat")
    return document(
        source, importer, title, chat.messages, ids={chat.provider: chat.id} if chat.id else {},
        published=chat.published, url=chat.url,
        original=json.dumps(chat.raw, ensure_ascii=False).encode("utf-8", "replace"),
        by=list(dict.fromkeys(one.who for one in chat.messages)),
    )  # fmt: skip


def words_of_model(words: str) -> str:
    """What a model wrote, without the marks of its interface; its formulas in dollar signs, as Markdown has them."""
    parts = _FENCED.split(_MARKS.sub("", words))
    for number in range(0, len(parts), 2):
        part = _SHOWN.sub(lambda found: f"\n$$\n{found[1].strip()}\n$$\n", parts[number])
        parts[number] = _INLINE.sub(lambda found: f"${found[1]}$", part)
    return "".join(parts).strip()
