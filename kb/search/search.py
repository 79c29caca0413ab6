"""Search and `similar`: both rankings, fused, filtered before the cut, each text once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from kb.errors import NotFoundError, UsageError, notify
from kb.model.filters import Filters
from kb.model.found import Comparable
from kb.model.json_form import JsonObject
from kb.model.named import Named
from kb.model.words import Table
from kb.search import exact, fields, late_interaction, semantic, whole
from kb.search.fuse import Scored
from kb.search.grammar import in_words
from kb.search.hits import Hit, as_json
from kb.search.leading import follow, leading
from kb.search.page import page
from kb.search.query import Query, plain
from kb.search.rank import rank
from kb.sources import resolve
from kb.store import named as named_rows
from kb.store import search_rows, selected
from kb.store.open import Store
from kb.store.selected import Selected
from kb.text.strings import clip, without_surrogates

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Where = Literal["passages", "statements", "all"]
Mode = Literal["hybrid", "lexical", "semantic"]

_TABLES: dict[Where, tuple[Table, ...]] = {
    "passages": ("passage",),
    "statements": ("statement",),
    "all": ("passage", "statement"),
}
_DEPTH = 200  # rows each ranking gives to the fusion, at least


@dataclass(frozen=True, slots=True)
class SearchResult:
    """`mode` is the one that was used: lexical where nothing is embedded."""

    query: str
    mode: Mode
    hits: tuple[Hit, ...] = ()

    def as_json(self) -> JsonObject:
        """The shape of the interface."""
        return {"query": self.query, "mode": self.mode, "hits": [as_json(hit) for hit in self.hits]}


def search(
    store: Store,
    query: str,
    where: Where = "passages",
    mode: Mode = "hybrid",
    filters: Filters | None = None,
    explain: bool = False,
    each: bool = False,
) -> SearchResult:
    """Passages or statements that answer to any text, best first (`kb.search.query` says what a query may hold).

    What the query names comes first, whatever the others: a source by title, citekey or address, anything by its id.
    A query of fields only lists what they leave, the newest source first. Where no text has what it demands, its words
    are searched for and a notice says so.

    Args:
        each: show every row, also one with the same words as another.

    Raises:
        UsageError: an unknown `where` or `mode`.
    """
    _known("--in", where, get_args(Where))
    _known("--mode", mode, get_args(Mode))
    query = without_surrogates(query)
    given = filters or Filters()
    asked = fields.read(query, given, lambda name: resolve.source(store, name))
    filters, parsed = asked.filters, asked.query
    if asked.statements_only and not given.statements_only:
        where = "statements"  # "kind:critique" typed into the query asks for statements
    tables = _tables(where, filters)
    selections = {table: selected.left(store, filters, table) for table in tables}
    named = exact.find(store, query, tables[0] if tables else "statement")
    first = _left(store, named, filters)
    if named.words:
        parsed = plain(f"{named.words} {query}" if named.by == "address" else named.words)
    else:
        parsed, selections = _demanded(store, parsed, asked, selections)
    depth = max(_DEPTH, 5 * filters.limit)
    if parsed.empty:
        listed = parsed.demand or filters != given
        if not listed and not first:
            notify("there is no word in this query to search for")
        ranked = _listed(store, selections, depth) if listed else []
        return SearchResult(query, "lexical", page(store, parsed, ranked, filters.limit, explain=explain, first=first))
    read = None if mode == "lexical" else semantic.read(store, parsed.text)
    if read is None:
        mode = "lexical"
    ranked = rank(store, selections, depth, parsed if mode != "semantic" else None, read.vector if read else None)
    if read is not None:
        ranked = late_interaction.rescored(store, ranked, parsed.text, read)
    lead = leading(store, parsed, ranked)
    found = page(store, parsed, ranked, filters.limit, explain=explain, first=first, lead=lead, each=each)
    follow(parsed, found)
    return SearchResult(query, mode, found)


def similar(
    store: Store,
    *,
    text: str | None = None,
    like: Named | None = None,
    where: Where = "passages",
    filters: Filters | None = None,
    exclude_same_source: bool = False,
    explain: bool = False,
) -> SearchResult:
    """What means about the same as a text, or as a passage, a statement or a source.

    A thing is never similar to itself, nor a passage to the statements made in it, a source to its texts. With
    `exclude_same_source` neither is anything else of its source.

    Raises:
        NotFoundError: it has no vector yet. UsageError: neither a text nor a thing is given, or a text has to
            be left out of its own source.
    """
    _known("--in", where, get_args(Where))
    filters = filters or Filters()
    if text is not None:
        if exclude_same_source:
            raise UsageError("a text has no source to leave out", "name a passage, statement or source instead")
        if not re.search(r"\w", text):
            raise UsageError("there is no word in this text", "give a sentence to compare with")
        vector = semantic.query_vector(store, text)
        if vector is None:
            return search(store, text, where, "lexical", filters, explain)
        own: dict[Table, frozenset[int]] = {}
        sources: frozenset[int] = frozenset()
        said = text
    elif like is not None:
        itself = search_rows.comparable(store, like.kind, named_rows.rowid(store, like.kind, like.id))
        vector, said, sources = _mean(store, itself), itself.text, itself.sources
        own = {"passage": itself.passages, "statement": itself.statements}
    else:
        raise UsageError("similar to what?", "name a passage, statement or source, or use --text")
    selections = {t: selected.left(store, filters, t) for t in _tables(where, filters)}
    depth = max(_DEPTH, 5 * filters.limit) + sum(map(len, own.values()))
    if exclude_same_source and sources:
        selections = {t: selected.elsewhere(store, t, rows, sources) for t, rows in selections.items()}
    length = whole.LONG if like and like.kind == "source" else len(said.split())
    ranked = rank(store, selections, depth, None, vector, length)
    kept = [(t, s) for t, s in ranked if s.rowid not in own.get(t, ())]
    found = page(
        store,
        plain(said),
        kept,
        filters.limit,
        explain=explain,
        known=said if own else "",
    )
    return SearchResult(said, "semantic", found)


def _known(option: str, value: str, values: tuple[str, ...]) -> None:
    if value not in values:
        raise UsageError(f"{option} {value} does not exist", f"one of {', '.join(values)}")


def _tables(where: Where, filters: Filters) -> tuple[Table, ...]:
    return tuple(t for t in _TABLES[where] if t == "statement" or not filters.statements_only)


def _left(store: Store, named: exact.Named, filters: Filters) -> list[tuple[Table, int, str]]:
    """What the query names, as far as the filters leave it."""
    return [
        (table, rowid, named.by)
        for table, rowid in named.rows
        if (rows := selected.left(store, filters, table)) is None or rowid in rows
    ]


def _demanded(
    store: Store, query: Query, asked: fields.Asked, selections: dict[Table, Selected | None]
) -> tuple[Query, dict[Table, Selected | None]]:
    """Only rows of which the demands hold; where no text has the words demanded, that demand is dropped."""

    def meeting(wanted: Query) -> dict[Table, Selected | None]:
        demand = [node for node in asked.demand if node in wanted.demand]
        return {t: fields.selection(store, t, demand, asked.source, left) for t, left in selections.items()}

    strict = meeting(query)
    if not query.texts or any(rows and rows.count for rows in strict.values()):
        return query, strict
    notify(f"no text contains {' and '.join(map(in_words, query.texts))}; searching for the words")
    return query.without_texts(), meeting(query.without_texts())


def _listed(store: Store, selections: dict[Table, Selected | None], depth: int) -> list[tuple[Table, Scored]]:
    """Rows that are left, without any ranking: newest source first, in the order of its text."""
    return [
        (table, Scored(rowid, 0.0))
        for table, selection in selections.items()
        for rowid in search_rows.in_order(store, table, selection, depth)
    ]


def _mean(store: Store, itself: Comparable) -> NDArray[np.float32]:
    """The vector of a thing, shape (d,), of length 1; a source's is the mean of its passages'.

    Raises:
        NotFoundError: there is none yet.
    """
    import numpy as np

    from kb.vectors import index
    from kb.vectors.unit import unit

    _, matrix = index.load(store, itself.table).of(np.array(itself.rows, dtype=np.int64))
    if not len(matrix):
        raise NotFoundError(f"there is no vector of {clip(itself.text, 60)!r} yet", "run `kb index`")
    return unit(matrix.mean(axis=0))
