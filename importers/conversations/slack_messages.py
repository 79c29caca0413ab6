"""One message of Slack: who wrote it, its words as Markdown, its reactions; and which are no words of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from importers.conversations import marks, times
from importers.conversations.talk import Message, quote
from importers.exports.parsing import listed, objects
from kb.text.strings import squash

_SAID = {"", "thread_broadcast", "me_message", "file_share", "file_comment", "reply_broadcast", "bot_add_no"}
_BOTS = {"bot_message"}
# The full name first: it tells a person apart where people meet again in other texts.
_NAMES = ("real_name", "display_name", "display_name_normalized", "real_name_normalized", "name", "first_name")


@dataclass(slots=True)
class People:
    """Who is behind an id: by the list of the export, else by what messages say of their writers."""

    entries: Sequence[dict[str, Any]]
    names: dict[str, str] | None = None

    def learn(self, rows: Sequence[dict[str, Any]]) -> None:
        """Take up who wrote these messages, where they say it and the list does not."""
        known = self._known()
        for row in rows:
            profile, id_ = row.get("user_profile"), row.get("user")
            if isinstance(id_, str) and id_ not in known and isinstance(profile, dict) and (name := _name(profile)):
                known[id_] = name

    def name(self, id_: str) -> str:
        """The name behind an id; the id where nobody knows."""
        return self._known().get(id_, id_)

    def _known(self) -> dict[str, str]:
        if self.names is None:
            self.names = {}
            for one in self.entries:
                profile = one.get("profile")
                name = _name(profile if isinstance(profile, dict) else {}) or _name(one)
                if isinstance(id_ := one.get("id"), str) and name:
                    self.names[id_] = name
        return self.names


def _name(profile: Mapping[str, Any]) -> str:
    return next((squash(value) for key in _NAMES if isinstance(value := profile.get(key), str) and value.strip()), "")


def left_out(row: Mapping[str, Any]) -> str | None:
    """The kind of a message that says nothing of its own; None of one that does."""
    subtype = str(row.get("subtype") or "")
    if row.get("type") not in ("message", None):
        return "other events"
    if subtype in _BOTS or (row.get("bot_id") and not row.get("user")):
        return "messages of bots"
    if subtype == "tombstone" or row.get("hidden"):
        return "deleted messages"
    return None if subtype in _SAID else "joins and other notices"


def message(row: dict[str, Any], people: People, channels: Mapping[str, str], *, whole: bool) -> Message | None:
    """What a message says; with `whole`, its day stands beside its time."""
    text = row.get("text")
    body = marks.markdown(text if isinstance(text, str) else "", people.name, channels)
    parts = [body] if body.strip() else []
    for one in objects(row, "attachments"):
        shared = one.get("text") or one.get("fallback")
        if isinstance(shared, str) and shared.strip() and (one.get("is_share") or one.get("is_msg_unfurl")):
            parts.append(
                quote(marks.markdown(shared, people.name, channels), str(one.get("author_name") or "Somebody"))
            )
    files = [squash(str(one.get("title") or one.get("name") or "a file")) for one in objects(row, "files")]
    if files:
        parts.append(f"(files: {', '.join(files)})")
    if not parts:
        return None
    id_ = row.get("user")
    who = people.name(id_) if isinstance(id_, str) else squash(str(row.get("username") or "")) or "Somebody"
    when = times.of_seconds(row.get("ts"))
    counts = [
        (marks.sign(str(one.get("name") or "?")), one.get("count") or len(listed(one, "users")))
        for one in objects(row, "reactions")
    ]
    return Message(
        who=who,
        body="\n\n".join(parts),
        when=times.shown(when) if whole else times.minute(when),
        facts=", ".join(f"{sign} {count}" for sign, count in counts),
    )
