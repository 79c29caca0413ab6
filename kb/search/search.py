"""Search and `similar`: both rankings, fused, filtered before the cut, each text once."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from kb.errors import NotFoundError, UsageError, notify
from kb.search import exact, fields, semantic
from kb.search import filters as filtering
from kb.search.filters import Condition, Filters
from kb.search.fuse import Scored
from kb.search.hits import Hit
from kb.search.page import page
from kb.search.query import Query, plain, shown
from kb.search.rank import rank
from kb.sources import resolve
from kb.store.embeddings import Table
from kb.text.strings import without_surrogates
from kb.vectors import index

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

_IN_ORDER: dict[Table, str] = {
    "passage": """SELECT t.rowid FROM passage t JOIN source s ON s.rowid = t.source_rowid WHERE t.kind <> 'heading' {}
        ORDER BY s.published IS NULL, s.published DESC, s.rowid, t.ordinal LIMIT ?""",
    "statement": """SELECT t.rowid FROM statement t JOIN mention m ON m.statement_rowid = t.rowid AND NOT m.lost
        JOIN source s ON s.rowid = m.source_rowid WHERE 1 {} GROUP BY t.rowid
        ORDER BY max(s.published) IS NULL, max(s.published) DESC, min(s.rowid), min(m.start) LIMIT ?""",
}


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
    each: bool = False,
) -> SearchResult:
    """Passages or statements that answer to any text, best first (`kb.search.query` says what a query may hold).

    What the query names comes first, whatever the others: a source by title, citekey or address, anything by its id.
    A query of fields only lists what they leave, the newest source first. Where no text has what it demands, its words
    are searched for and a notice says so.

    Args:
        connection: from `kb.store.open.open_reader`; it is only read. home: where the index files are.
        each: show every row, also one with the same words as another.

    Raises:
        UsageError: an unknown `where` or `mode`.
    """
    _known("--in", where, get_args(Where))
    _known("--mode", mode, get_args(Mode))
    query = without_surrogates(query)
    given = filters or Filters()
    asked = fields.read(query, given, lambda name: resolve.source(connection, name))
    filters, parsed = asked.filters, asked.query
    if asked.statements_only and not given.statements_only:
        where = "statements"  # "kind:critique" typed into the query asks for statements
    tables = _tables(where, filters)
    selections = {table: filtering.rows(connection, filters, table) for table in tables}
    named = exact.named(connection, query, tables[0] if tables else "statement")
    first = _left(connection, named, filters)
    if named.words:
        parsed = plain(f"{named.words} {query}" if named.by == "address" else named.words)
    else:
        parsed, selections = _demanded(connection, parsed, asked, selections)
    depth = max(_DEPTH, 5 * filters.limit)
    if parsed.empty:
        listed = parsed.demand or filters != given
        if not listed and not first:
            notify("there is no word in this query to search for")
        ranked = _listed(connection, selections, depth) if listed else []
        return SearchResult(
            query, "lexical", page(connection, parsed, ranked, filters.limit, explain=explain, first=first)
        )
    vector = None if mode == "lexical" else semantic.query_vector(connection, home, parsed.text)
    if vector is None:
        mode = "lexical"
    ranked = rank(connection, home, selections, depth, parsed if mode != "semantic" else None, vector)
    found = page(connection, parsed, ranked, filters.limit, explain=explain, first=first, each=each)
    return SearchResult(query, mode, found)


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

    A row is never similar to itself, nor a passage to the statements made in it, a source to its texts. With
    `exclude_same_source` neither is anything else of its source.

    Raises:
        NotFoundError: the row has no vector yet. UsageError: neither a text nor a row is given, or a text has to
            be left out of its own source.
    """
    _known("--in", where, get_args(Where))
    filters = filters or Filters()
    if text is not None:
        if exclude_same_source:
            raise UsageError("a text has no source to leave out", "name a passage, statement or source instead")
        if not re.search(r"\w", text):
            raise UsageError("there is no word in this text", "give a sentence to compare with")
        vector = semantic.query_vector(connection, home, text)
        if vector is None:
            return search(connection, home, text, where, "lexical", filters, explain)
        own: dict[Table, set[int]] = {}
        sources: set[int] = set()
        said = text
    elif table is not None and rowid is not None:
        vector, own, sources, said = _row(connection, home, table, rowid)
    else:
        raise UsageError("similar to what?", "name a passage, statement or source, or use --text")
    selections = {t: filtering.rows(connection, filters, t) for t in _tables(where, filters)}
    depth = max(_DEPTH, 5 * filters.limit) + sum(map(len, own.values()))
    if exclude_same_source and sources:
        selections = {t: _elsewhere(t, selection, sources) for t, selection in selections.items()}
    ranked = rank(connection, home, selections, depth, None, vector)
    kept = [(t, s) for t, s in ranked if s.rowid not in own.get(t, ())]
    found = page(
        connection,
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


def _left(connection: sqlite3.Connection, named: exact.Named, filters: Filters) -> list[tuple[Table, int, str]]:
    """What the query names, as far as the filters leave it."""
    kept = []
    for table, rowid in named.rows:
        sql, values = filtering.rows(connection, filters, table) or ("SELECT ?", [rowid])
        if connection.execute(f"SELECT 1 WHERE ? IN ({sql})", [rowid, *values]).fetchone():
            kept.append((table, rowid, named.by))
    return kept


def _demanded(
    connection: sqlite3.Connection, query: Query, asked: fields.Asked, selections: dict[Table, Condition | None]
) -> tuple[Query, dict[Table, Condition | None]]:
    """Only rows of which the demands hold; where no text has the words demanded, that demand is dropped."""

    def meeting(wanted: Query) -> dict[Table, Condition | None]:
        demand = [node for node in asked.demand if node in wanted.demand]
        return {t: fields.selection(connection, t, demand, asked.source, left) for t, left in selections.items()}

    strict = meeting(query)
    if not query.texts or any(c and connection.execute(f"{c[0]} LIMIT 1", c[1]).fetchone() for c in strict.values()):
        return query, strict
    notify(f"no text contains {' and '.join(map(shown, query.texts))}; searching for the words")
    return query.without_texts(), meeting(query.without_texts())


def _listed(
    connection: sqlite3.Connection, selections: dict[Table, Condition | None], depth: int
) -> list[tuple[Table, Scored]]:
    """Rows that are left, without any ranking: newest source first, in the order of its text."""
    listed: list[tuple[Table, Scored]] = []
    for table, selection in selections.items():
        where, values = (f"AND t.rowid IN ({selection[0]})", selection[1]) if selection else ("", [])
        found = connection.execute(_IN_ORDER[table].format(where), [*values, depth])
        listed += [(table, Scored(row[0], 0.0)) for row in found]
    return listed


_MADE = """SELECT m.statement_rowid, p.rowid, m.source_rowid FROM mention m
    LEFT JOIN passage p ON p.source_rowid = m.source_rowid AND p.ordinal = m.passage_ordinal WHERE NOT m.lost"""


def _row(
    connection: sqlite3.Connection, home: Path, table: Literal["passage", "statement", "source"], rowid: int
) -> tuple[NDArray[np.float32], dict[Table, set[int]], set[int], str]:
    """Vector of a row, the rows that are itself, its sources, and its text. A source is the mean of its passages."""
    import numpy as np

    if table == "statement":
        named = connection.execute("SELECT text FROM statement WHERE rowid = ?", (rowid,)).fetchone()
        rows, condition = [rowid], "m.statement_rowid = ?"
    elif table == "passage":
        named = connection.execute("SELECT text, source_rowid FROM passage WHERE rowid = ?", (rowid,)).fetchone()
        rows, condition = [rowid], "p.rowid = ?"
    else:
        named = connection.execute("SELECT title FROM source WHERE rowid = ?", (rowid,)).fetchone()
        of_source = "SELECT rowid FROM passage WHERE source_rowid = ? AND kind <> 'heading'"
        rows, condition = [row[0] for row in connection.execute(of_source, (rowid,))], "m.source_rowid = ?"
    made = connection.execute(f"{_MADE} AND {condition}", (rowid,)).fetchall()
    sources = {source for _, _, source in made}
    if table != "statement" and named:
        sources = {rowid if table == "source" else named[1]}
    kept: Table = "statement" if table == "statement" else "passage"
    _, matrix = index.load(connection, home, kept).of(np.array(rows, dtype=np.int64))
    if not named or not rows:
        raise NotFoundError(f"this {table} has no text yet", "`kb add` reads it")
    if not len(matrix):
        raise NotFoundError(f"there is no vector of this {table} yet", "run `kb index`")
    mean = matrix.mean(axis=0)
    vector = (mean / (np.linalg.norm(mean) or 1.0)).astype(np.float32)
    own: dict[Table, set[int]] = {
        "statement": {statement for statement, _, _ in made},
        "passage": {passage for _, passage, _ in made if passage},
    }
    own[kept].update(rows)
    return vector, own, sources, str(named[0])


def _elsewhere(table: Table, selection: Condition | None, sources: set[int]) -> Condition:
    """The selection without what stands in these sources."""
    listed = ", ".join(str(int(source)) for source in sources)
    if table == "passage":
        sql = f"SELECT rowid FROM passage WHERE kind <> 'heading' AND source_rowid NOT IN ({listed})"
    else:
        sql = f"""SELECT rowid FROM statement WHERE rowid NOT IN
            (SELECT statement_rowid FROM mention WHERE NOT lost AND source_rowid IN ({listed}))"""
    return (f"{sql} AND rowid IN ({selection[0]})", selection[1]) if selection else (sql, [])
