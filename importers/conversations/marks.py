"""Messages of Slack as Markdown: mentions by name, links, emphasis, lists; and emoji by the signs that they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape

from importers.layout import layout

_ENTITY = re.compile(r"<(?P<mark>[@#!]?)(?P<what>[^<>|\n]{1,2000})(?:\|(?P<shown>[^<>\n]*))?>")
_CODE = re.compile(r"(```.*?```|`[^`\n]+`)", re.S)
_BOLD = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,500}?)(?<=\S)\*(?![\w*])")
_STRUCK = re.compile(r"(?<![\w~])~(?=\S)([^~\n]{1,500}?)(?<=\S)~(?![\w~])")
_EMOJI = re.compile(r"(?<![\w:]):(?P<name>[a-z0-9_+-]{1,40}):(?::skin-tone-\d:)?(?![\w:])")
_SIGNS = {
    "+1": "👍", "thumbsup": "👍", "-1": "👎", "thumbsdown": "👎", "heart": "❤️", "tada": "🎉", "eyes": "👀",
    "smile": "😄", "slightly_smiling_face": "🙂", "joy": "😂", "thinking_face": "🤔", "pray": "🙏", "fire": "🔥",
    "100": "💯", "white_check_mark": "✅", "heavy_check_mark": "✔️", "x": "❌", "raised_hands": "🙌", "clap": "👏",
    "rocket": "🚀", "wave": "👋", "sob": "😭", "bulb": "💡", "warning": "⚠️", "question": "❓", "heavy_plus_sign": "➕",
    "wink": "😉", "laughing": "😆", "point_up": "☝️", "ok_hand": "👌", "grin": "😁", "star": "⭐",
}  # fmt: skip


def markdown(words: str, people: Callable[[str], str], channels: Mapping[str, str]) -> str:
    """The Markdown of a message. `people` gives the name behind an id; `channels` those of channels."""

    def entity(found: re.Match[str]) -> str:
        mark, what, shown = found["mark"], found["what"], found["shown"]
        if mark == "@":
            return "@" + people(what)
        if mark == "#":
            return "#" + (shown or channels.get(what, what))
        if mark == "!":
            return shown or "@" + what.partition("^")[0]
        address = what.removeprefix("mailto:")
        if shown and shown not in (what, address):
            return f"[{re.sub(r'[][]', ' ', shown).strip()}]({what.replace(' ', '%20').replace(')', '%29')})"
        return address if what.startswith("mailto:") else f"<{what}>"

    parts = _CODE.split(words)
    for number, part in enumerate(parts):
        if part.startswith("```"):
            inner = unescape(_ENTITY.sub(lambda found: found["what"], part[3:-3])).strip("\n")
            parts[number] = f"\n```\n{inner}\n```\n"
        elif number % 2:
            parts[number] = unescape(_ENTITY.sub(lambda found: found["what"], part))
        else:
            marked = _STRUCK.sub(r"~~\1~~", _BOLD.sub(r"**\1**", part))
            parts[number] = _spared(_ENTITY.sub(entity, emoji(marked)))
    lines = "".join(parts).split("\n")
    return layout([re.sub(r"^>(?=[^\s>])", "> ", line) for line in lines])


def _spared(words: str) -> str:
    """The words with Slack's three entities read, and the signs that they stand for kept from being markup."""
    return words.replace("&lt;", "\\<").replace("&gt;", ">").replace("&amp;", "&")


def emoji(words: str) -> str:
    """The words with the usual emoji as signs; others stay `:name:`."""
    return _EMOJI.sub(lambda found: _SIGNS.get(found["name"], found[0]), words)


def sign(name: str) -> str:
    """The sign of a reaction, else its name."""
    return _SIGNS.get(name.partition("::")[0], f":{name}:")
