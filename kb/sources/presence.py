"""Taking a source out of search, maps and lists without losing it, and bringing it back.

Search, maps and questions work on passages, and on statements that are said somewhere. So a source that is withdrawn
loses its passages and what was inferred from it, and the mentions that are left count as lost. Its text, original and
references stay, as do decisions, credences and what a person wrote. Brought back, it is cut and read again: everything
has the same ids, and what was decided is applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.model import passages as cutting
from kb.model import rules
from kb.model.document import Block
from kb.model.embedded_text import embedded_text
from kb.model.passages import Passage
from kb.model.source import StoredSource
from kb.model.words import SourceState
from kb.sources import naming
from kb.sources.extraction import infer, infer_replies
from kb.store import link_writing, meta, passages, references, source_writing, sources, statement_writing
from kb.store.open import Store
from kb.text.strings import digest


def withdraw(store: Store, source_ids: Iterable[str], state: SourceState, at: str) -> None:
    """Have these sources gone or removed, inside a transaction. One that is so already only changes its state."""
    stubs: dict[str, None] = {}
    names: dict[str, None] = {}
    for source_id in source_ids:
        row = sources.stored(store, source_id)
        if row is None or row.state == state:
            continue
        if row.state == "here":
            link_writing.withdraw(store, row.rowid, source_id)
            link_writing.clear_ends(store, statement_writing.clear(store, row.rowid, "", rules.NOTATION))
            passages.delete(store, row.rowid)
            stubs |= dict.fromkeys(_referred(store, row))
            names |= dict.fromkeys(sources.names(store, row.rowid))
        source_writing.set_state(store, row.rowid, state, at)
    source_writing.settle_stubs(store, stubs)
    naming.choose_again(store, names)
    meta.bump_generation(store)


def bring_back(store: Store, source_id: str, blocks: Sequence[Block], at: str) -> None:
    """Have a source here again, inside a transaction. `blocks` are those into which its importer cuts its text."""
    row = sources.stored(store, source_id)
    assert row is not None
    source_writing.set_state(store, row.rowid, "here", at)
    if row.text:
        cut(store, row, blocks)
        infer(store, source_id, at)
        infer_replies(store, source_id, at)
    found_again(store, row)
    meta.bump_generation(store)


def cut(store: Store, row: StoredSource, blocks: Sequence[Block], made: Sequence[Passage] | None = None) -> None:
    """Make the passages of a source out of the blocks of its text, unless they are `made` already."""
    passages.replace(
        store, row.rowid, row.id, row.title, row.text, cutting.cut(row.text, blocks) if made is None else made,
        lambda title, heading, quote: digest(embedded_text(title, heading, quote)),
    )  # fmt: skip


def found_again(store: Store, row: StoredSource) -> None:
    """What goes with a source that is here again: the stubs that it refers to, and the links that name it."""
    source_writing.wake_stubs(store, _referred(store, row))
    naming.choose_again(store, sources.names(store, row.rowid))


def _referred(store: Store, row: StoredSource) -> list[str]:
    return [name for name in (row.parent, *(r.target for r in references.of_source(store, row.id))) if name]
