"""The id that a note's front matter gives it: whatever its file is called, the note is the one with that id."""

from __future__ import annotations

import re

from notes.markdown import front_matter

KEYS = frozenset(
    {"id", "uid", "uuid", "guid", "zettel-id", "zettelid", "zettel", "zk-id", "zid", "note-id", "noteid", "page-id"}
)


def ids(text: str) -> tuple[dict[str, str], int]:
    """The ids of a note by the names of their keys, and where the text begins after the front matter."""
    if not text.startswith("---"):
        return {}, 0
    fields, body, _ = front_matter.split(text)
    found = {re.sub(r"[ _]", "-", key.strip().casefold()): value for key, value in fields.items()}
    named = {key: value.strip() for key, value in found.items() if key in KEYS and isinstance(value, str)}
    return {key: value for key, value in named.items() if value}, body
