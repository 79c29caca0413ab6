"""Characters that steer a terminal or turn round what stands after them, rather than say something."""

from __future__ import annotations

import re

_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours, moves, deletions
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)"  # titles, links, the clipboard
)
_LAYOUT = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85]+")
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def without(text: str) -> str:
    """A name without control characters, sequences of them, and characters that turn the direction of writing."""
    if not _STEERING.search(text):
        return text
    return _STEERING.sub("", _LAYOUT.sub(" ", _SEQUENCE.sub("", text)))


def visible(text: str) -> str:
    """The text with a sign for each control character but newline and tab, and for each that turns the direction, so
    that no terminal obeys it.

    Of the same length: every character stays in its place.
    """
    return _CONTROL.sub(_sign, text) if _CONTROL.search(text) else text


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"
