"""The one set of filters of every reading command, and the SQL that it means."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kb.errors import UsageError
from kb.model.words import SOURCE_KINDS, STATEMENT_KINDS, STATUSES
from kb.search import words
from kb.search.query import every_word
from kb.store.embeddings import Table
from kb.text.dates import span
from kb.text.strings import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DEFAULT_LIMIT = 10

Condition = tuple[str, list[Any]]
"""SQL and the values of its placeholders."""

SHOWN = """st.status <> 'rejected'
    AND EXISTS (SELECT 1 FROM mention m WHERE m.statement_rowid = st.rowid AND NOT m.lost)"""
"""What holds of a statement `st` that is shown where nothing else is asked for. The index knows these by itself."""

ALL_STATEMENTS: Condition = (f"SELECT st.rowid FROM statement st WHERE {SHOWN}", [])
"""Where no filter is given: recognised, so that nobody lists a million rows to leave out a few."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What to leave out. Of several kinds, authors, sources or statuses any will do; tags must all be there.

    `kind` takes kinds of sources and of statements; the latter, like `status`, leaves only statements. `author` is a
    name, a part of one or an account name, of an author or of the speaker. `since` and `until` are dates as
    `kb.text.dates` reads them, both inclusive; an undated source meets neither. `source` holds ids of sources.
    Each of `heading` holds words that must all stand in one of the headings above a passage, or above a statement.

    Raises:
        UsageError: a kind, status, date or limit that does not exist.
    """

    kind: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    source: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    limit: int = DEFAULT_LIMIT

    def __post_init__(self) -> None:
        _check("kind", self.kind, (*SOURCE_KINDS, *STATEMENT_KINDS))
        _check("status", self.status, STATUSES)
        if not all(map(every_word, self.heading)):
            raise UsageError("a heading to look for has no word in it", 'write heading:methods or heading:"field work"')
        if self.limit < 1:
            raise UsageError(f"a limit of {self.limit} leaves nothing", "use -n 1 or more")
        for day in (self.since, self.until):
            if day is not None:
                span(day)

    @property
    def statements_only(self) -> bool:
        """Whether they ask for something that only a statement has."""
        return bool(self.status) or any(kind in STATEMENT_KINDS for kind in self.kind)

    @property
    def source_kinds(self) -> list[str]:
        return [kind for kind in self.kind if kind in SOURCE_KINDS]

    @property
    def statement_kinds(self) -> list[str]:
        return [kind for kind in self.kind if kind in STATEMENT_KINDS]


def on_sources(connection: sqlite3.Connection, filters: Filters) -> Condition:
    """A condition on the columns of `source s`."""
    parts = _source_parts(filters)
    if filters.author:
        parts.append(_any_of("s.rowid", _sources_by(connection, filters.author)))
    return _all_of(parts)


def on_statements(connection: sqlite3.Connection, filters: Filters) -> Condition:
    """A condition on the columns of `statement st`: filters on its sources hold for one of its mentions.

    Rejected statements are left out unless asked for.
    """
    where, values = _all_of([_spoken(connection, filters, "m.speaker", "mention"), *_made_under(connection, filters)])
    parts: list[Condition] = [
        (
            f"""EXISTS (SELECT 1 FROM mention m JOIN source s ON s.rowid = m.source_rowid
            WHERE m.statement_rowid = st.rowid AND NOT m.lost AND {where})""",
            values,
        )
    ]
    if filters.statement_kinds:
        parts.append(_any_of("st.kind", filters.statement_kinds))
    parts.append(_any_of("st.status", filters.status) if filters.status else ("st.status <> 'rejected'", []))
    return _all_of(parts)


def on_passages(connection: sqlite3.Connection, filters: Filters) -> Condition:
    """A condition on the columns of `passage p` and `source s`."""
    if filters.statements_only:
        return "0", []
    return _all_of([_spoken(connection, filters, "p.speaker", "passage"), *_under(connection, filters)])


def rows(connection: sqlite3.Connection, filters: Filters, table: Table) -> Condition | None:
    """A SELECT of the rowids that remain, or None if all do; of statements ALL_STATEMENTS if none is left out."""
    if table == "statement":
        if filters == Filters(limit=filters.limit):
            return ALL_STATEMENTS
        where, values = on_statements(connection, filters)
        return f"SELECT st.rowid FROM statement st WHERE {where}", values
    where, values = on_passages(connection, filters)
    if where == "1":
        return None
    return (
        f"SELECT p.rowid FROM passage p JOIN source s ON s.rowid = p.source_rowid WHERE {where}",
        values,
    )  # headings among them: neither index has any, and to ask for the kind would read every row


def allowed(connection: sqlite3.Connection, selection: Condition | None) -> NDArray[np.int64] | None:
    """The rowids of a selection, ascending, shape (n,); None if it leaves out no more than the index does."""
    if selection is None or selection == ALL_STATEMENTS:
        return None
    import numpy as np

    found = np.array([row[0] for row in connection.execute(*selection)], dtype=np.int64)
    found.sort()
    return found


def _source_parts(filters: Filters) -> list[Condition]:
    parts: list[Condition] = []
    if filters.source_kinds:
        parts.append(_any_of("s.kind", filters.source_kinds))
    if filters.source:
        parts.append(_any_of("s.id", filters.source))
    for tag in filters.tag:
        sql = "EXISTS (SELECT 1 FROM tag t WHERE t.source_rowid = s.rowid AND lower(t.name) = lower(?))"
        parts.append((sql, [tag.removeprefix("#")]))
    # "2023" and "2023-05" stand for their first day
    day = "substr(s.published || '-01-01', 1, 10)"
    if filters.since is not None:
        parts.append((f"{day} >= ?", [span(filters.since)[0].isoformat()]))
    if filters.until is not None:
        parts.append((f"{day} < ?", [span(filters.until)[1].isoformat()]))
    return parts


def _spoken(connection: sqlite3.Connection, filters: Filters, column: str, table: str) -> Condition:
    """Like `on_sources`, where an author may also be who speaks."""
    parts = _source_parts(filters)
    if filters.author:
        names = [row[0] for row in connection.execute(f"SELECT DISTINCT speaker FROM {table} WHERE speaker > ''")]
        speakers = [name for name in names if any(means(author, name) for author in filters.author)]
        by_source, sources = _any_of("s.rowid", _sources_by(connection, filters.author))
        by_speaker, spoken = _any_of(column, speakers)
        # Who speaks decides. "Tomas" in a talk by Tomas Ekdahl is he; where nobody is named, it is the author.
        meant = [name for name in names if any(means(name, p) for p in _people_meant(connection, filters.author))]
        by_first_name, first_names = _any_of(column, meant)
        parts.append(
            (
                f"({by_speaker} OR {by_source} AND (coalesce({column}, '') = '' OR {by_first_name}))",
                [*spoken, *sources, *first_names],
            )
        )
    return _all_of(parts)


def _under(connection: sqlite3.Connection, filters: Filters) -> list[Condition]:
    """Conditions on `passage p`: the headings above it. Full-text search has them together with the title."""
    parts: list[Condition] = []
    for asked in filters.heading:
        match = every_word(asked)
        near = "SELECT rowid FROM passage_fts WHERE passage_fts MATCH ?"
        sql = f"SELECT DISTINCT heading FROM passage WHERE rowid IN ({near})"
        paths = [row[0] for row in connection.execute(sql, [f"context : ({match})"])]
        each = list(dict.fromkeys(heading for path in paths for heading in json.loads(path)))
        meant = {each[place] for place in words.found(dict(enumerate(each)), match)}
        where, values = _any_of("p.heading", [path for path in paths if meant.intersection(json.loads(path))])
        parts.append((f"p.rowid IN ({near}) AND {where}", [f"context : ({match})", *values]))
    return parts


def _made_under(connection: sqlite3.Connection, filters: Filters) -> list[Condition]:
    """The same on `mention m`."""
    sql = "EXISTS (SELECT 1 FROM passage p WHERE p.source_rowid = m.source_rowid AND p.ordinal = m.passage_ordinal AND "
    return [(f"{sql}{where})", values) for where, values in _under(connection, filters)]


def _people_meant(connection: sqlite3.Connection, authors: Iterable[str]) -> dict[str, int]:
    """Name and rowid of the people that the words may mean."""
    people = connection.execute("SELECT rowid, name, slug FROM person").fetchall()
    wanted = list(authors)
    return {row["name"]: row["rowid"] for row in people if any(means(a, row["name"], row["slug"]) for a in wanted)}


def _sources_by(connection: sqlite3.Connection, authors: Iterable[str]) -> list[int]:
    where, values = _any_of("person_rowid", _people_meant(connection, authors).values())
    return [row[0] for row in connection.execute(f"SELECT source_rowid FROM authorship WHERE {where}", values)]


def means(asked: str, name: str, slug: str | None = None) -> bool:
    """Whether the words asked for all begin words of the name, or are the account name."""
    key = fold(asked).removeprefix("@")
    if not key:
        return False
    parts = fold(name).replace("-", " ").split()
    return key == (slug or "").casefold() or all(
        any(part.startswith(word) for part in parts) for word in key.replace("-", " ").split()
    )


def _check(what: str, given: Iterable[str], known: tuple[str, ...]) -> None:
    for value in given:
        if value not in known:
            raise UsageError(f"there is no {what} {value!r}", f"known: {', '.join(known)}")


def _any_of(column: str, values: Iterable[Any]) -> Condition:
    """`column IN (…)`, through one JSON value: a list may be longer than SQLite has placeholders."""
    return f"{column} IN (SELECT value FROM json_each(?))", [json.dumps(list(values))]


def _all_of(parts: list[Condition]) -> Condition:
    told = [part for part in parts if part[0] != "1"]
    return " AND ".join(sql for sql, _ in told) or "1", [value for _, values in told for value in values]
