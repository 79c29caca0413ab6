"""What is made from the facts of a source, when a person changes them: passages, names, statements, links to it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from kb.model.embedded_text import embedded_text
from kb.model.source import UNSURE, StoredSource
from kb.sources import naming
from kb.sources.extraction import infer, infer_pointing, infer_replies
from kb.sources.names import link_key, names_of_path
from kb.sources.wanted import CITATION
from kb.store import passages, references, source_writing, sources
from kb.store.open import Store
from kb.text.strings import digest, fold


def follow(store: Store, before: StoredSource, changed: AbstractSet[str], at: str) -> None:
    """Let what hangs on the changed fields of a source, which was `before`, be so too, inside a transaction."""
    row = sources.stored_at(store, before.rowid)
    waiting: list[str] = []
    if "title" in changed:
        retitle(store, before, row.title)
        waiting.append(link_key(row.title))
    if "aliases" in changed:
        names = sources.aliases(store, row.rowid)
        naming.choose_again(store, names)
        waiting += map(link_key, names)
    if "citekey" in changed:
        waiting += (CITATION + row.citekey, UNSURE + CITATION + row.citekey)
    if changed & {"title", "kind", "authors"} and row.state == "here" and row.text:
        infer(store, row.id, at)
        infer_replies(store, row.id, at)
    if waiting:
        infer_pointing(store, references.resolve(store, row.id, waiting), at)


def retitle(store: Store, before: StoredSource, title: str) -> None:
    """Let passages, and the links that name it, follow a title. Links by the old one lead here still."""
    passages.set_title(store, before.rowid, title, lambda *parts: digest(embedded_text(*parts)))
    if fold(before.title) not in names_of_path(before.path):
        source_writing.demote_name(store, before.rowid, before.title)
    source_writing.add_names(store, before.rowid, [(title, 0)])
    naming.choose_again(store, {fold(before.title), fold(title)})
