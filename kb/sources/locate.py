"""Where a source can be read in full: its page on the web, at the words in question, or the file that it came from."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, urlsplit

from kb.errors import KbError
from kb.sources import resolve
from kb.store import passages, sources, statements
from kb.store.open import Store

_RUN = re.compile(r"\w[\w'’-]*(?:[ ,;][ ]?\w[\w'’-]*){2,7}")
"""A few words with no markup between them."""


def place(store: Store, ref: str) -> str:
    """The address or the file of what `ref` names: a source, or the source of a passage or statement.

    An address gets a text fragment (https://wicg.github.io/scroll-to-text-fragment/), so that a browser goes to the
    words. Only web addresses and files that are there are given: a note's own `url` may be anything.

    Raises:
        NotFoundError: nothing of that name. KbError: the source has neither address nor file.
    """
    named = resolve.ref(store, ref, "source", "statement", "passage")
    words = ""
    source_id = name = named.id
    if named.kind == "statement":
        mentions = statements.read(store, [name])[name].mentions
        if not mentions:
            raise KbError(f"{name} is no longer said anywhere", "`kb show` tells what is known of it")
        source_id, words = mentions[0].source, mentions[0].quote
    elif named.kind == "passage":
        source_id, words = passages.source_and_text(store, name)
    source = sources.stored(store, source_id)
    assert source is not None
    if source.url and urlsplit(source.url).scheme in {"http", "https"}:
        return source.url + _fragment(words, source.url)
    if source.target and Path(source.target).is_file():
        return source.target
    where = f"; it was read from {source.target}, which is not there" if source.target else ""
    raise KbError(
        f"{source.title!r} has no web address and no file{where}", f"`kb show {source_id}` prints what was read"
    )


def _fragment(words: str, url: str) -> str:
    found = _RUN.search(words)
    return f"#:~:text={quote(found[0], safe='')}" if found and "#" not in url else ""
