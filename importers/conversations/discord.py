"""Discord, as DiscordChatExporter writes a channel (JSON): a thread or forum post is a source, else each day is.

A thread of Discord is a channel of its own in the export. In a channel answers point to what they answer, and what is
said at a time belongs together: its days are the parting that a longer export does not move.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from importers.base import Importer, Input
from importers.conversations import times
from importers.conversations.talk import Message, counted, document, quote, structure, with_problems
from importers.exports.parsing import held, loads, objects, read_json
from importers.layout import layout
from kb.errors import KbError
from kb.model.document import Document
from kb.text.strings import squash

_SAID = {"Default", "Reply", "0", "19", "ThreadStarterMessage", "21"}


def sniff(source: Input) -> float:
    """Sure by a guild, a channel and messages."""
    start = source.text[:4000]
    if not start.lstrip().startswith("{") or '"channel"' not in start or '"messages"' not in source.text:
        return 0.0
    try:
        value = loads(source.text)
    except (ValueError, RecursionError):
        return 0.0
    known = isinstance(value, dict) and isinstance(value.get("channel"), dict) and isinstance(value.get("guild"), dict)
    return 0.96 if known and isinstance(value.get("messages"), list) else 0.0


def read(source: Input) -> list[Document]:
    """The thread, or the days of the channel.

    Raises:
        KbError: nobody says anything in it.
    """
    value = read_json(source)
    if not isinstance(value, dict):
        raise KbError(f"{source.called} is no export of DiscordChatExporter", "export it again as JSON")
    left: Counter[str] = Counter()
    rows = [row for row in objects(value, "messages") if not _is_left(row, left)]
    rows.sort(key=lambda row: (times.of_iso(row.get("timestamp")) or "", str(row.get("id") or "")))
    channel, guild = held(value, "channel"), held(value, "guild")
    known = {str(row.get("id")): row for row in rows}
    thread = "Thread" in str(channel.get("type") or "")
    if thread:
        days = [("", rows)] if rows else []
    else:
        days = [
            (day, list(some))
            for day, some in groupby(rows, lambda row: (times.of_iso(row.get("timestamp")) or "")[:10])
        ]
    found = [made for day, some in days if (made := _document(source, guild, channel, day, some, known))]
    if not found:
        raise KbError(f"{source.called} holds no message", "nothing to add")
    return with_problems(found, source, counted(left))


def _is_left(row: Mapping[str, Any], left: Counter[str]) -> bool:
    kind = "joins and other notices" if str(row.get("type", "Default")) not in _SAID else ""
    kind = "messages of bots" if not kind and held(row, "author").get("isBot") else kind
    if kind:
        left[kind] += 1
    return bool(kind)


def _document(
    source: Input, guild: Mapping[str, Any], channel: Mapping[str, Any], day: str, rows: Sequence[dict[str, Any]],
    known: Mapping[str, dict[str, Any]],
) -> Document | None:  # fmt: skip
    said = [one for row in rows if (one := _message(row, known, day))]
    if not said:
        return None
    id_, name = str(channel.get("id") or channel.get("name") or ""), squash(str(channel.get("name") or "channel"))
    direct = "Direct" in str(channel.get("type") or "")
    title = name if not day else f"{name}, {day}" if direct else f"#{name}, {day}"
    place = "@me" if direct else str(guild.get("id") or "")
    parts = [place, id_, *([str(rows[0].get("id"))] if day else [])]
    url = (
        "https://discord.com/channels/" + "/".join(parts)
        if all(one.isdigit() or one == "@me" for one in parts)
        else None
    )
    return document(
        source, IMPORTER.name, title, said, ids={"discord": f"{id_}/{day}" if day else id_} if id_ else {},
        published=times.of_iso(rows[0].get("timestamp")), url=url, original=json.dumps(rows).encode(),
    )  # fmt: skip


def _who(row: Mapping[str, Any]) -> str:
    author = held(row, "author")
    return squash(str(author.get("nickname") or author.get("name") or "")) or "Somebody"


def _shown(row: Mapping[str, Any], day: str) -> str:
    when = times.of_iso(row.get("timestamp"))
    return times.minute(when) if day and when and when.startswith(day) else times.shown(when)


def _message(row: Mapping[str, Any], known: Mapping[str, dict[str, Any]], day: str) -> Message | None:
    content = row.get("content")
    parts = [layout((content if isinstance(content, str) else "").split("\n"))]
    for one in objects(row, "embeds"):
        title, words, url = (str(one.get(name) or "").strip() for name in ("title", "description", "url"))
        who = held(one, "author").get("name") or title or url
        if words and who:
            parts.append(quote(words, str(who)))
        elif title and url and url not in parts[0]:
            parts.append(f"<{url}>")
    files = [squash(str(one.get("fileName") or "a file")) for one in objects(row, "attachments")]
    if files:
        parts.append(f"(files: {', '.join(files)})")
    answered = known.get(str(held(row, "reference").get("messageId") or ""))
    counts = [(str(held(one, "emoji").get("name") or "?"), one.get("count") or 1) for one in objects(row, "reactions")]
    body = "\n\n".join(part for part in parts if part.strip())
    return Message(
        who=_who(row),
        body=body,
        when=_shown(row, day),
        to=_who(answered) if answered else "",
        at=_shown(answered, day) if answered else "",
        facts=", ".join(f"{name} {count}" for name, count in counts),
    ) if body else None  # fmt: skip


IMPORTER = Importer(
    name="discord",
    version="1",
    what="a channel of Discord (JSON of DiscordChatExporter)",
    recognised_by="a JSON object with `guild`, `channel` and `messages`",
    gives="one a day, or one for a thread",
    keeps="each message under its writer, who answers whom, reactions, names of files",
    loses="joins and other notices, files",
    sniff=sniff,
    read=read,
    structure=structure,
    sample='{"guild": {"id": "1", "name": "Mills"}, "channel": {"id": "2", "type": "GuildTextChat", "name": "stones"},'
    ' "messages": [{"id": "3", "type": "Default", "timestamp": "2024-05-01T09:00:00+00:00", "content": "Mend it.",'
    ' "author": {"name": "ada", "nickname": "Ada Moss", "isBot": false}},'
    ' {"id": "4", "type": "Reply", "timestamp": "2024-05-01T09:01:00+00:00", "content": "Its stone is cracked.",'
    ' "author": {"name": "bo", "isBot": false}, "reference": {"messageId": "3"}}]}',
    examples=("discord.json",),
    precedence=23,
)
