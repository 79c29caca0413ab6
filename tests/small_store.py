"""A few rows in a real store, without importers: for tests of what reads them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from kb.model.embedded_text import embedded_text
from kb.store import access, meta
from kb.store.open import Store
from kb.store.schema import Authorship, Mention, Passage, Person, Source, Statement, Tag
from kb.text.strings import digest, fold

_numbers = count(1)


def add_source(
    store: Store,
    title: str,
    texts: Sequence[str | tuple[str, str]],
    *,
    kind: str = "post",
    author: str | None = None,
    published: str | None = None,
    tags: Sequence[str] = (),
    heading: Sequence[str] = (),
) -> int:
    """A source with one passage a text, or (speaker, text). Returns its rowid."""
    number = next(_numbers)
    with store.transaction():
        row = {
            "id": f"src_{number}",
            "citekey": f"key{number}",
            "kind": kind,
            "title": title,
            "title_key": fold(title),
            "published": published,
            "added": "2024-01-01T00:00:00Z",
            "updated": "2024-01-01T00:00:00Z",
        }
        rowid = access.insert_one(store, Source, row)
        if author:
            person = {"name": author, "name_key": fold(author), "slug": author.split()[0].lower()}
            person_rowid = access.insert_one(store, Person, person)
            access.insert(store, Authorship, [{"source_rowid": rowid, "person_rowid": person_rowid}])
        access.insert(store, Tag, [{"name": tag, "source_rowid": rowid} for tag in tags])
        at = 0
        passages = []
        for ordinal, given in enumerate(texts):
            speaker, text = given if isinstance(given, tuple) else (None, given)
            passages.append(
                {
                    "id": f"pas_{number}_{ordinal}",
                    "source_rowid": rowid,
                    "ordinal": ordinal,
                    "block": ordinal,
                    "kind": "paragraph",
                    "start": at,
                    "end": at + len(text),
                    "text": text,
                    "context": " › ".join((title, *heading)),
                    "heading": list(heading),
                    "speaker": speaker,
                    "content_hash": digest(embedded_text(title, heading, text)),
                }
            )
            at += len(text) + 2
        access.insert(store, Passage, passages)
        meta.bump_generation(store)
    return rowid


def add_statement(store: Store, source: int, text: str, *, kind: str = "claim", status: str = "suggested") -> int:
    """A statement, made in the first passage of the source. Returns its rowid."""
    with store.transaction():
        row = {
            "id": f"sta_{next(_numbers)}",
            "kind": kind,
            "text": text,
            "basis": "cue",
            "status": status,
            "created": "2024-01-01T00:00:00Z",
            "content_hash": digest(text),
        }
        rowid = access.insert_one(store, Statement, row)
        mention = {
            "statement_rowid": rowid,
            "source_rowid": source,
            "passage_ordinal": 0,
            "speaker": "Ada",
            "quote": text,
            "start": 3,
            "end": 3 + len(text),
        }
        access.insert(store, Mention, [mention])
        meta.bump_generation(store)
    return rowid


def delete_source(store: Store, rowid: int) -> None:
    with store.transaction():
        store.execute("DELETE FROM source WHERE rowid = ?", (rowid,))
        meta.bump_generation(store)
