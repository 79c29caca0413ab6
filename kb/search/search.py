"""Search and `similar`: both rankings, fused, filtered before the cut, each text once."""

from __future__ import annotations

import sqlite3
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from kb import index, resolve
from kb.errors import NotFoundError, UsageError
from kb.search import fields, fuse, hits, lexical, semantic
from kb.search import filters as filtering
from kb.search.filters import Condition, Filters
from kb.search.fuse import Scored
from kb.search.hits import Hit
from kb.search.query import Query, parse
from kb.store.embeddings import Table
from kb.text import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kb.index import Vectors

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

    def to_dict(self) -> dict[str, Any]:
        """The shape of the interface."""
        return {"query": self.query, "mode": self.mode, "hits": [hit.to_dict() for hit in self.hits]}


def search(
    connection: sqlite3.Connection,
    home: Path,
    query: str,
    where: Where = "passages",
    mode: Mode = "hybrid",
    filters: Filters | None = None,
    explain: bool = False,
) -> SearchResult:
    """Passages or statements that answer to any text, best first.

    A phrase in double quotes must occur; where no text has it, its words are searched for and stderr says so.

    Args:
        connection: from `kb.db.open_reader`; it is only read. home: where the index files are.

    Raises:
        UsageError: an unknown `where` or `mode`.
    """
    _known("--in", where, get_args(Where))
    _known("--mode", mode, get_args(Mode))
    given = filters or Filters()
    said = fields.read(query, given, lambda name: resolve.source(connection, name))
    filters, parsed = said.filters, parse(said.text)
    if filters.statements_only and not given.statements_only:
        where = "statements"  # "kind:critique" typed into the query asks for statements
    if parsed.empty:  # no letter and no digit in it: neither a word nor a meaning
        return SearchResult(query, mode)
    tables = tuple(t for t in _TABLES[where] if t == "statement" or not filters.statements_only)
    selections = {table: filtering.rows(connection, filters, table) for table in tables}
    if said.without:
        selections = {t: lexical.lacking(t, said.without, selection) for t, selection in selections.items()}
    if parsed.phrases:
        parsed, selections = _demand(connection, parsed, selections)
    vector = None if mode == "lexical" else semantic.query_vector(connection, home, parsed.text)
    if vector is None:
        mode = "lexical"
    depth = max(_DEPTH, 5 * filters.limit)
    ranked = _ranked(connection, home, selections, depth, parsed if mode != "semantic" else None, vector)
    return SearchResult(query, mode, _best(connection, ranked, filters.limit, explain))


def similar(
    connection: sqlite3.Connection,
    home: Path,
    *,
    text: str | None = None,
    table: Literal["passage", "statement", "source"] | None = None,
    rowid: int | None = None,
    where: Where = "passages",
    filters: Filters | None = None,
    exclude_same_source: bool = False,
    explain: bool = False,
) -> SearchResult:
    """What means about the same as a text, or as the passage, statement or source with that rowid.

    A row is never similar to itself. With `exclude_same_source` neither is anything else of its source.

    Raises:
        NotFoundError: the row has no vector yet. UsageError: neither a text nor a row is given.
    """
    _known("--in", where, get_args(Where))
    filters = filters or Filters()
    if text is not None:
        vector = semantic.query_vector(connection, home, text)
        if vector is None:
            return search(connection, home, text, where, "lexical", filters, explain)
        own: dict[Table, set[int]] = {}
        sources: set[int] = set()
        shown = text
    elif table is not None and rowid is not None:
        vector, own, sources, shown = _row(connection, home, table, rowid)
    else:
        raise UsageError("similar to what?", "name a passage, statement or source, or use --text")
    tables = tuple(t for t in _TABLES[where] if t == "statement" or not filters.statements_only)
    selections = {t: filtering.rows(connection, filters, t) for t in tables}
    depth = max(_DEPTH, 5 * filters.limit) + sum(map(len, own.values()))
    if exclude_same_source and sources:
        selections = {t: _elsewhere(t, selection, sources) for t, selection in selections.items()}
    ranked = _ranked(connection, home, selections, depth, None, vector)
    kept = [(t, s) for t, s in ranked if s.rowid not in own.get(t, ())]
    return SearchResult(
        shown, "semantic", _best(connection, kept, filters.limit, explain, {fold(shown)} if own else set())
    )


def _known(option: str, value: str, values: tuple[str, ...]) -> None:
    if value not in values:
        raise UsageError(f"{option} {value} does not exist", f"one of {', '.join(values)}")


def _demand(
    connection: sqlite3.Connection, query: Query, selections: dict[Table, Condition | None]
) -> tuple[Query, dict[Table, Condition | None]]:
    """Only rows that contain the phrases; or, if there are none, all rows and the query's words."""
    demanded: dict[Table, Condition | None] = {}
    for table, selection in selections.items():
        sql, values = lexical.containing(table, query) or ("", [])
        demanded[table] = (
            (f"{sql} AND +rowid IN ({selection[0]})", [*values, *selection[1]]) if selection else (sql, values)
        )
    if any(c and connection.execute(f"{c[0]} LIMIT 1", c[1]).fetchone() for c in demanded.values()):
        return query, demanded
    print(f"no text contains {' and '.join(query.phrases)}; searching for the words", file=sys.stderr)
    return query.without_phrases(), selections


def _ranked(
    connection: sqlite3.Connection,
    home: Path,
    selections: dict[Table, Condition | None],
    depth: int,
    query: Query | None,
    vector: NDArray[np.float32] | None,
) -> list[tuple[Table, Scored]]:
    """Rows of all tables, best first; by word if there is a query, by meaning if there is a vector."""
    near: dict[Table, list[tuple[int, float]]] = {}
    stored: dict[Table, Vectors] = {}
    if vector is not None:
        for table, selection in selections.items():
            stored[table] = index.load(connection, home, table)
            allowed = filtering.allowed(connection, selection)
            near[table] = stored[table].search(vector[None], depth, allowed)[0]
            if table == "passage":
                near[table] = semantic.lift(connection, home, vector, near[table], selection, depth)
    best = max((rows[0][1] for rows in near.values() if rows), default=0.0)
    ranked: list[tuple[Table, Scored]] = []
    for table, selection in selections.items():
        words = lexical.search(connection, table, query, selection, depth) if query else []
        if vector is None:
            scored = fuse.by_word(words)
        elif query is None:
            scored = fuse.by_meaning(near[table])
        else:
            scored = fuse.fuse(near[table], words, _cosines(stored[table], vector, near[table], words), best)
        ranked += [(table, one) for one in scored]
    return sorted(ranked, key=lambda one: -one[1].score)


def _cosines(
    stored: Vectors, vector: NDArray[np.float32], near: list[tuple[int, float]], words: list[tuple[int, float]]
) -> dict[int, float]:
    import numpy as np

    known = {rowid for rowid, _ in near}
    rest = [rowid for rowid, _ in words if rowid not in known]
    return stored.cosines(vector, np.array(rest, dtype=np.int64)) if rest and len(stored) else {}


def _best(
    connection: sqlite3.Connection,
    ranked: list[tuple[Table, Scored]],
    limit: int,
    explain: bool,
    seen: set[str] | None = None,
) -> tuple[Hit, ...]:
    """The first rows with different texts."""
    seen = seen or set()
    found: list[Hit] = []
    step = 2 * limit
    for at in range(0, len(ranked), step):
        part = ranked[at : at + step]
        known = {t: hits.items(connection, t, [s.rowid for u, s in part if u == t]) for t in {t for t, _ in part}}
        for table, scored in part:
            item = known[table].get(scored.rowid)
            if item is None or (key := fold(item.text)) in seen:
                continue
            seen.add(key)
            found.append(Hit(len(found) + 1, scored.score, item, scored.explain() if explain else None))
            if len(found) == limit:
                return tuple(found)
    return tuple(found)


def _row(
    connection: sqlite3.Connection, home: Path, table: Literal["passage", "statement", "source"], rowid: int
) -> tuple[NDArray[np.float32], dict[Table, set[int]], set[int], str]:
    """Vector of a row, the rows that are itself, its sources, and its text. A source is the mean of its passages."""
    import numpy as np

    if table == "statement":
        named = connection.execute("SELECT text FROM statement WHERE rowid = ?", (rowid,)).fetchone()
        rows = [rowid]
        spoken = connection.execute("SELECT source_rowid FROM mention WHERE statement_rowid = ? AND NOT lost", (rowid,))
        sources = {row[0] for row in spoken}
    elif table == "passage":
        named = connection.execute("SELECT text, source_rowid FROM passage WHERE rowid = ?", (rowid,)).fetchone()
        rows, sources = [rowid], {named[1]} if named else set()
    else:
        named = connection.execute("SELECT title FROM source WHERE rowid = ?", (rowid,)).fetchone()
        of_source = "SELECT rowid FROM passage WHERE source_rowid = ? AND kind <> 'heading'"
        rows, sources = [row[0] for row in connection.execute(of_source, (rowid,))], {rowid}
    kept: Table = "statement" if table == "statement" else "passage"
    _, matrix = index.load(connection, home, kept).of(np.array(rows, dtype=np.int64))
    if not named or not len(matrix):
        raise NotFoundError(f"there is no vector of this {table} yet", "run `kb index`")
    mean = matrix.mean(axis=0)
    vector = (mean / (np.linalg.norm(mean) or 1.0)).astype(np.float32)
    return vector, {kept: set(rows)}, sources, str(named[0])


def _elsewhere(table: Table, selection: Condition | None, sources: set[int]) -> Condition:
    """The selection without what stands in these sources."""
    listed = ", ".join(str(int(source)) for source in sources)
    if table == "passage":
        sql = f"SELECT rowid FROM passage WHERE kind <> 'heading' AND source_rowid NOT IN ({listed})"
    else:
        sql = f"""SELECT rowid FROM statement WHERE rowid NOT IN
            (SELECT statement_rowid FROM mention WHERE NOT lost AND source_rowid IN ({listed}))"""
    return (f"{sql} AND rowid IN ({selection[0]})", selection[1]) if selection else (sql, [])
