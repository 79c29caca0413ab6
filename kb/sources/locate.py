"""Where a source can be read in full: its page on the web, at the words in question, or the file that it came from."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from urllib.parse import quote, urlsplit

from kb.errors import KbError
from kb.sources import resolve
from kb.store import passages, sources, statements

_RUN = re.compile(r"\w[\w'’-]*(?:[ ,;][ ]?\w[\w'’-]*){2,7}")
"""A few words with no markup between them."""


def place(connection: sqlite3.Connection, ref: str) -> str:
    """The address or the file of what `ref` names: a source, or the source of a passage or statement.

    An address gets a text fragment (https://wicg.github.io/scroll-to-text-fragment/), so that a browser goes to the
    words. Only web addresses and files that are there are given: a note's own `url` may be anything.

    Raises:
        NotFoundError: nothing of that name. KbError: the source has neither address nor file.
    """
    table, name = resolve.ref(connection, ref, "source", "statement", "passage")
    words = ""
    source_id = name
    if table == "statement":
        mentions = statements.read(connection, [name])[name]["mentions"]
        if not mentions:
            raise KbError(f"{name} is no longer said anywhere", "`kb show` tells what is known of it")
        source_id, words = mentions[0]["source"], mentions[0]["quote"]
    elif table == "passage":
        source_id, words = passages.source_and_text(connection, name)
    row = sources.row(connection, source_id)
    assert row is not None
    if urlsplit(row["url"] or "").scheme in {"http", "https"}:
        return str(row["url"]) + _fragment(words, row["url"])
    if row["target"] and Path(row["target"]).is_file():
        return str(row["target"])
    where = f"; it was read from {row['target']}, which is not there" if row["target"] else ""
    raise KbError(
        f"{row['title']!r} has no web address and no file{where}", f"`kb show {source_id}` prints what was read"
    )


def _fragment(words: str, url: str) -> str:
    found = _RUN.search(words)
    return f"#:~:text={quote(found[0], safe='')}" if found and "#" not in url else ""
