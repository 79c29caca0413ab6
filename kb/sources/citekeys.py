"""Citekeys that were made up here: they follow what is known of a source until somebody has used one, and then stay."""

from __future__ import annotations

from collections.abc import Iterable

from kb.model import ids
from kb.model.identity import CITEKEY, ONCE
from kb.model.source import StoredSource
from kb.store import free_citekeys, source_writing, sources
from kb.store.open import Store


def follow(store: Store, rowid: int) -> None:
    """Give a source, inside a transaction, the citekey that its author, date and title make now, unless its own is
    used. It goes on answering to the old one."""
    row = sources.stored_at(store, rowid)
    authors = sources.authors(store, rowid)
    free = would_be(store, row, authors[0].name if authors else None, row.published, row.title)
    if free != row.citekey:
        source_writing.update(store, rowid, {"citekey": free})
        remember(store, rowid, row.citekey)


def would_be(store: Store, row: StoredSource, author: str | None, published: str | None, title: str) -> str:
    """The citekey that a source has, or would have, with this first author, date and title."""
    if row.citekey_used or row.citekey == row.id:
        return row.citekey
    return free_citekeys.find(store, ids.citekey(author, published, title), made=True, own=row.rowid)


def remember(store: Store, rowid: int, old: str) -> None:
    """Let a source, inside a transaction, answer to a citekey that it had."""
    # A mere word, without a year, may stand in a text and mean nothing of the kind.
    kind = CITEKEY if any(sign.isdigit() for sign in old) else ONCE
    source_writing.add_keys(store, rowid, [kind + old])


def use(store: Store, source_ids: Iterable[str]) -> None:
    """Note that the citekeys of these sources are in use. It is no change that could be undone: they are out."""
    unused = sources.unused_citekeys(store, source_ids)
    if unused:
        with store.transaction():
            source_writing.use_citekeys(store, unused)
