"""Chats with models, Slack, Discord, posts on X: who speaks, what is left out, and what stays the same source."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from importers.base import Input
from importers.conversations import discord, packed, posts, slack
from importers.conversations.models import chats
from importers.files import read_files
from kb.errors import KbError
from kb.model.document import Document

Read = Callable[..., list[Document]]


def said(found: Document) -> list[tuple[str | None, str]]:
    return [(one.speaker, found.text[one.start : one.end]) for one in found.blocks]


def zipped(files: Mapping[str, str]) -> Input:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return Input("", "export.zip", "-", held.getvalue())


def node(id_: str, parent: str | None, role: str, *parts: object, **more: Any) -> dict[str, Any]:
    content = {"content_type": more.pop("kind", "text"), "parts": list(parts)}
    message = {"author": {"role": role}, "content": content, "create_time": 1714554000.0, **more}
    return {"id": id_, "parent": parent, "children": [], "message": message if role else None}


def gpt() -> dict[str, Any]:
    slug = {"model_slug": "gpt-4o"}
    nodes = [
        node("a", None, "system", "be brief"), node("b", "a", "user", "Is the weir old?"),
        node("c", "b", "assistant", "search(weir)", recipient="web"), node("d", "c", "tool", "1850"),
        node("e", "d", "assistant", "It is old: \\(t > 150\\).\n\n```py\nx", metadata=slug),
        node("f", "d", "assistant", "No.", metadata=slug),
        node("g", "e", "user", {"content_type": "image_asset_pointer"}, "And this?", kind="multimodal_text"),
    ]  # fmt: skip
    return {"title": "The weir", "conversation_id": "c-1", "create_time": 1714554000.0, "current_node": "g",
            "mapping": {one["id"]: one for one in nodes}}  # fmt: skip


def test_the_branch_that_was_last_seen_with_the_model_as_speaker(read: Read) -> None:
    (found,) = read(chats.IMPORTER, json.dumps([gpt()]), "conversations.json")
    assert said(found) == [
        ("me", "Is the weir old?"), ("ChatGPT (gpt-4o)", "It is old: $t > 150$."), ("ChatGPT (gpt-4o)", "x"),
        ("me", "And this?"),
    ]  # fmt: skip
    assert found.problems == (
        "messages of and to tools are left out: 2", "messages of other branches are left out: 1",
        "messages of the system are left out: 1", "pictures are left out: 1",
    )  # fmt: skip
    assert (found.kind, dict(found.external_ids)) == ("transcript", {"chatgpt": "c-1"})


def test_the_reader_is_called_as_the_settings_say() -> None:
    text = json.dumps(gpt())
    (found,) = chats.IMPORTER.read(Input(text, "one.json", "-", text.encode(), reader="Ines Roth"))
    assert [one.name for one in found.authors] == ["Ines Roth", "ChatGPT (gpt-4o)"]


def test_claude_with_blocks_and_the_text_of_what_was_attached(read: Read) -> None:
    messages = [
        {"sender": "human", "text": "", "content": [{"type": "text", "text": "Read this."}],
         "attachments": [{"file_name": "weirs_1.txt", "extracted_content": "# Weirs\nA weir is a low dam."}]},
        {"sender": "assistant", "content": [{"type": "thinking"}, {"type": "text", "text": "I did."}]},
    ]  # fmt: skip
    value = {"uuid": "u-1", "name": "Weirs", "created_at": "2024-05-01T09:00:00.1Z", "chat_messages": messages}
    (found,) = read(chats.IMPORTER, json.dumps([value]), "conversations.json")
    assert said(found) == [("me", "Read this."), (None, "\\# Weirs\n> A weir is a low dam."), ("Claude", "I did.")]
    assert found.blocks[1].kind == "quote"
    assert found.problems == ("thoughts of the model are left out: 1",)


def test_the_zip_as_it_is_downloaded_and_a_bomb(tmp_path: Path) -> None:
    source = zipped({"conversations.json": json.dumps([gpt()]), "chat.html": "<html>"})
    assert chats.IMPORTER.sniff(source) > 0.9
    assert len(chats.IMPORTER.read(source)) == 1
    (tmp_path / "chats.zip").write_bytes(source.original)
    (tmp_path / "other.zip").write_bytes(zipped({"a.txt": "x"}).original)
    met = [one for one in read_files(tmp_path) if isinstance(one, Input)]
    assert [one.name for one in met] == ["chats.zip"]
    bomb = zipped({"conversations.json": "[" + " " * 5_000_000 + "]"})
    with pytest.raises(KbError, match="too much"):
        chats.IMPORTER.read(bomb)
    with pytest.raises(KbError):
        packed.opened(Input("", "a.zip", "-", source.original[:200]))


USERS = [{"id": "U1", "name": "ines", "profile": {"real_name": "Ines Roth"}}, {"id": "U2", "real_name": "Tom Ek"}]
ROOT = {"type": "message", "user": "U1", "text": "Open the *weir*? <https://w.example|plan> &lt;now&gt;",
        "ts": "1714554000.1",
        "thread_ts": "1714554000.1", "reply_count": 1, "reactions": [{"name": "+1", "count": 2}]}  # fmt: skip
REPLY = {"type": "message", "user": "U2", "text": "<@U1> no", "ts": "1714640400.1", "thread_ts": "1714554000.1"}
DAY = [
    {"type": "message", "subtype": "channel_join", "user": "U2", "text": "joined", "ts": "1714553000.1"}, ROOT,
    {"type": "message", "user": "U2", "text": "Lunch?", "ts": "1714556000.1"},
    {"type": "message", "subtype": "bot_message", "text": "Reminder", "ts": "1714556001.1"},
]  # fmt: skip
SLACK = {"channels.json": [{"id": "C9", "name": "weir"}], "users.json": USERS, "weir/2024-05-01.json": DAY}


def test_a_thread_of_slack_is_a_source_and_the_rest_of_a_day(tmp_path: Path) -> None:
    files = {**SLACK, "weir/2024-05-02.json": [REPLY]}
    of_zip = slack.IMPORTER.read(zipped({name: json.dumps(value) for name, value in files.items()}))
    assert {str(one.external_ids["slack"]): said(one) for one in of_zip} == {
        "C9/1714554000.1": [
            ("Ines Roth", "Open the **weir**? [plan](https://w.example) \\<now>"), ("Tom Ek", "@Ines Roth no"),
        ],
        "C9/2024-05-01": [("Tom Ek", "Lunch?")],
    }  # fmt: skip
    assert "👍 2" in of_zip[0].text
    assert of_zip[0].problems == ("joins and other notices are left out: 1", "messages of bots are left out: 1")
    for name, value in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(json.dumps(value))
    of_days = []
    for day in ("2024-05-01", "2024-05-02"):
        path = tmp_path / "weir" / f"{day}.json"
        of_days.append(slack.IMPORTER.read(Input(path.read_text(), path.name, str(path), path.read_bytes())))
    assert [one.text for one in of_days[0]] == [one.text for one in of_zip]
    assert [(one.text, one.external_ids) for one in of_days[1]] == [(of_zip[0].text, of_zip[0].external_ids)]


def test_days_of_a_channel_of_discord_and_who_answers_whom(read: Read) -> None:
    def row(id_: str, when: str, who: str, words: str, **more: Any) -> dict[str, Any]:
        return {"id": id_, "type": "Default", "timestamp": when, "content": words, "author": {"name": who}, **more}

    rows = [
        row("1", "2024-05-01T23:30:00+02:00", "ines", "Open it?", reactions=[{"emoji": {"name": "👍"}, "count": 2}]),
        row("2", "2024-05-01T23:31:00+02:00", "tom", "Hello."),
        row("3", "2024-05-01T23:32:00+02:00", "bo", "No.", type="Reply", reference={"messageId": "1"}),
        row("4", "2024-05-03T09:00:00+00:00", "bot", "beep", author={"name": "bot", "isBot": True}),
    ]
    export = {"guild": {"id": "7", "name": "G"}, "channel": {"id": "8", "type": "GuildTextChat", "name": "weir"}}
    (found,) = read(discord.IMPORTER, json.dumps({**export, "messages": rows}), "weir.json")
    assert (found.title, dict(found.external_ids)) == ("#weir, 2024-05-01", {"discord": "8/2024-05-01"})
    assert [(one.speaker, one.label, one.parent) for one in found.blocks] == [
        ("ines", "21:30", None), ("tom", "21:31", None), ("bo", "21:32", 0),
    ]  # fmt: skip
    assert found.problems == ("messages of bots are left out: 1",)
    thread = {**export, "channel": {"id": "9", "type": "GuildPublicThread", "name": "When to open"}, "messages": rows}
    (whole,) = read(discord.IMPORTER, json.dumps(thread), "t.json")
    assert (whole.title, dict(whole.external_ids)) == ("When to open", {"discord": "9"})


def ytd(name: str, rows: list[dict[str, Any]]) -> str:
    return f"window.YTD.{name}.part0 = " + json.dumps(rows)


def test_posts_of_x_with_their_threads_addresses_and_long_texts() -> None:
    def post(id_: str, words: str, **more: Any) -> dict[str, Any]:
        at = "Wed May 01 09:00:00 +0000 2024"
        return {"tweet": {"id_str": id_, "full_text": words, "created_at": at, **more}}

    long = "The weir was built in 1850 by the miller and his sons, " + "and it has stood since then, " * 12 + "the end."
    rows = [
        post("103", "And &amp; closed in June.", in_reply_to_status_id_str="101", in_reply_to_screen_name="ines"),
        post("102", "RT @tom: weirs"),
        post("101", "Open it: https://t.co/x", entities={"urls": [{"url": "https://t.co/x", "expanded_url": "https://w.example"}]}),
        post("104", long[:275] + "… https://t.co/y"),
    ]  # fmt: skip
    files = {
        "data/tweets.js": ytd("tweets", rows),
        "data/account.js": ytd("account", [{"account": {"accountDisplayName": "Ines Roth", "username": "ines"}}]),
        "data/note-tweet.js": ytd("note_tweet", [{"noteTweet": {"core": {"text": long}}}]),
    }
    found = posts.IMPORTER.read(zipped(files))
    assert [one.text for one in found] == ["Open it: https://w.example\n\nAnd & closed in June.", long]
    assert [one.external_ids["x"] for one in found] == ["101", "104"]
    assert (found[0].kind, found[0].authors[0].name, found[0].url) == (
        "shortform",
        "Ines Roth",
        "https://x.com/ines/status/101",
    )
    assert found[0].problems == ("posts of others that were passed on are left out: 1",)


@pytest.mark.parametrize(
    "text", ["[]", "{}", "[1]", '[{"type": "message"}]', '{"mapping": 3}', '{"guild": {}, "channel": {}}']
)
def test_other_json_is_none_of_these(text: str) -> None:
    source = Input(text, "a.json", "-", text.encode())
    assert [one.sniff(source) for one in (chats.IMPORTER, slack.IMPORTER, discord.IMPORTER, posts.IMPORTER)] == [
        0,
        0,
        0,
        0,
    ]
