"""The text of a note that a person wrote in the program: how it is cut, what of it is theirs, and changing it."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from kb.errors import UsageError
from kb.model.document import Author, Block, Document, Reference
from kb.model.source import StoredSource
from kb.sources import contents, derived
from kb.sources.extraction import OWN_CLAIM
from kb.sources.match import Candidate
from kb.sources.references import Targets
from kb.sources.removal import OWN_NOTE
from kb.store import references, source_writing, sources
from kb.store.open import Store
from kb.text.repair import repair
from kb.text.strings import clip, digest, squash

OWN = (OWN_NOTE, OWN_CLAIM)
"""Importers of what a person wrote with `kb note --on` and `kb claim`."""

JOTTING = "jotting"
"""Importer of what a person wrote with `kb note` on nothing in particular: it is cut as Markdown."""

REMARKS = "remarks"
"""Importer of what a person wrote into a note of an exported vault."""

Cut = Callable[[str, str, Sequence[Author]], tuple[Sequence[Block], Sequence[Reference]]]
"""Gives the blocks and references of a text: of its importer's name, the text, and the authors."""

_ABOUT = re.compile(r"(\[\[([^\[\]|]+)\]\])\n\n(?=\S)")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(\S.*?)[ \t#]*$", re.M)
_TITLE = 80  # characters of such a note that are its title


def title(text: str) -> str:
    """What a note of one's own is called: its first heading, else the first words of its first line."""
    heading = _HEADING.search(text)
    line = heading[1] if heading else next((line for line in text.splitlines() if line.strip("#>*_- \t")), "")
    return clip(line.lstrip("#>*_- \t"), _TITLE) or "Untitled"


def structure(text: str, authors: Sequence[Author]) -> tuple[tuple[Block, ...], tuple[Reference, ...]]:
    """The blocks and references of such a note: one paragraph, after the name of what it is about."""
    me = authors[0].name if authors else None
    about = _ABOUT.match(text)
    if about is None:
        return (Block("paragraph", 0, len(text), speaker=me),), ()
    mark, name = about.groups()
    blocks = (Block("paragraph", 0, len(mark)), Block("paragraph", about.end(), len(text), about=0, speaker=me))
    return blocks, (Reference("wikilink", mark, 0, len(mark), name),)


def is_own(row: StoredSource) -> bool:
    """Whether a person wrote it in the program, so that its text is theirs to change."""
    return row.importer in (*OWN, JOTTING, REMARKS)


def body(row: StoredSource) -> str:
    """The text of such a note without the name of what it is about."""
    about = _ABOUT.match(row.text) if row.importer == OWN_NOTE else None
    return row.text[about.end() :] if about else row.text


def rewrite(store: Store, row: StoredSource, words: str, cut: Cut, at: str) -> None:
    """Let a note of one's own say something else, inside a transaction. A title made of its words follows.

    Raises:
        UsageError: it would say nothing.
    """
    words = repair(words).strip()
    if not words:
        raise UsageError("a note needs a text", f"kb rm {row.id} takes it out")
    before = body(row)
    text = row.text.removesuffix(before) + words
    if row.importer == OWN_CLAIM:
        text = words = squash(words)
    set_text(store, row, text, cut, at)
    if row.title == title(before) and title(words) != row.title:
        source_writing.update(store, row.rowid, {"title": title(words)})
        derived.follow(store, row, {"title"}, at)


def set_text(store: Store, row: StoredSource, text: str, cut: Cut, at: str) -> None:
    """Put a text in the place of that of a source, inside a transaction; links that stay lead where they led.

    Of a note of one's own it is the original too.
    """
    there = references.of_source(store, row.id)
    led = {one.raw: one.target for one in there}
    authors = sources.authors(store, row.rowid)
    blocks, found = cut(row.importer, text, authors)
    document = Document(
        kind=row.kind,
        title=row.title,
        text=text,
        blocks=tuple(blocks),
        references=tuple(replace(one, source=led.get(one.raw)) for one in found),
        external_ids=dict(row.external_ids),
        importer=row.importer,
        id=row.id,
    )
    source_writing.update(store, row.rowid, {"text": text, "text_hash": digest(text), "updated": at})
    if is_own(row):
        original = text.encode()
        source_writing.update(
            store,
            row.rowid,
            {"original": zlib.compress(original, 6), "original_hash": hashlib.sha256(original).hexdigest()},
        )
    if row.state == "here":
        about = there[0].target if row.importer == OWN_NOTE and there else None
        targets = Targets(store, Candidate.of(document, row.id), about, at)
        contents.put(store, sources.stored_at(store, row.rowid), document, targets, at, emptied=not text)
