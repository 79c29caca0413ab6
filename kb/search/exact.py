"""What a query names: a source by its title, citekey or address, or anything by its id. It is the first hit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.errors import KbError, notify
from kb.model import ids
from kb.model.identity import is_address
from kb.model.named import Named as Thing
from kb.model.words import Table
from kb.sources import resolve
from kb.store import fulltext, named, search_rows
from kb.store.open import Store
from kb.text.strings import clip

_LONGEST = 500  # characters of a title or an address
_SHORTEST_PREFIX = 4  # of an id
_MOST = 3  # sources of one title


@dataclass(frozen=True, slots=True)
class Named:
    """What a query names.

    `rows` are (table, rowid) of what to show; `by` is "id", "citekey", "address" or "title". An id has no words, so
    the other hits are those for `words`: the title or text of the thing. Empty if it names nothing.
    """

    rows: tuple[tuple[Table, int], ...] = ()
    by: str = ""
    words: str = ""


def find(store: Store, typed: str, prefer: Table) -> Named:
    """What a text names as a whole. Of a source, the first text of the preferred table is shown."""
    text = typed.strip().strip('"').strip()
    if not text or len(text) > _LONGEST:
        return Named()
    if ids.ID.fullmatch(text) and not _only_a_word(store, text):
        try:
            return _named(store, [resolve.exactly(store, text)], prefer, "id")
        except KbError:
            pass  # no id, or the beginning of several
    sources = resolve.sources(store, text)[:_MOST]
    by = "address" if is_address(text) else "title"
    if any(source.citekey == text for source in sources):
        by = "citekey"
    return _named(store, sources, prefer, by)


def _named(store: Store, things: Sequence[Thing], prefer: Table, by: str) -> Named:
    shown = dict.fromkeys(row for thing in things for row in _rows(store, thing, prefer))
    if not things or by == "title":
        return Named(tuple(shown), by)
    words = []
    for thing in things:
        if thing.kind == "link":
            words += [search_rows.units(store, table, [rowid])[rowid].text for table, rowid in shown]
        else:
            words.append(thing.label)
    return Named(tuple(shown), by, " ".join(words))


def _only_a_word(store: Store, text: str) -> bool:
    """Whether what may be the beginning of an id ("cats", "p53") is a word of the texts, or too short."""
    if len(text) >= ids.LENGTHS[text[0]]:
        return False
    return len(text) < _SHORTEST_PREFIX or fulltext.contains(store, fulltext.every_word(text))


def _rows(store: Store, thing: Thing, prefer: Table) -> list[tuple[Table, int]]:
    """What to show for a thing: a link's two ends, the beginning of a source, anything else as it is."""
    if thing.kind == "link":
        from kb.store import links  # with all that it imports, a tenth of a search's start: only where it is needed

        link = links.edges_by_id(store, [thing.id])[thing.id]
        ends = [
            named.by_id(store, "source" if end.startswith(ids.SOURCE) else "statement", end)
            for end in (link.from_id, link.to_id)
        ]
        return [row for end in ends if end for row in _rows(store, end, prefer)]
    if thing.kind != "source":
        table: Table = "passage" if thing.kind == "passage" else "statement"
        return [(table, named.rowid(store, thing.kind, thing.id))]
    if (row := search_rows.first_text(store, thing.id, prefer)) is not None:
        return [(prefer, row)]
    from kb.store import sources

    source = sources.read(store, [thing.id])[thing.id]
    if source.state != "here":
        notify(f"{clip(source.title, 80)} ({source.id}) is {source.state}: `kb show {source.id}` still shows it")
    elif not source.passages:
        cure = f"; `kb add {source.url}` reads it" if source.url else ""
        notify(f"{clip(source.title, 80)} ({source.id}) has no text yet{cure}")
    return []
