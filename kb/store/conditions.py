"""Conditions: what filters and the demands of a query mean in SQL. Outside of the store they are only passed on.

A condition is about the columns of one of `source s`, `statement st`, `passage p`; a selection is a whole SELECT of
rowids. Both are `Condition`s: SQL with the values of its placeholders.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kb.model import facts
from kb.model.filters import Filters
from kb.model.reading import NONE
from kb.model.words import Table
from kb.store import people_meant, same_as
from kb.store.engine import marks
from kb.store.engine.match import every_word, rows_found
from kb.store.engine.sql import MEMBERS, listed
from kb.store.open import Store
from kb.store.people_meant import Meant


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL and the values of its placeholders."""

    sql: str
    values: Sequence[Any] = ()


EVERYTHING = Condition("TRUE")
NOTHING = Condition("FALSE")

_AWAY = "SELECT away.rowid FROM source away WHERE away.state <> 'here'"

HERE = Condition(f"s.rowid NOT IN ({_AWAY})")
"""What holds of a `source s` that is neither gone nor removed. By the index of those that are: they are few."""

STUB = Condition("s.kind = 'stub'")
"""What holds of a `source s` that is known only because another refers to it."""

WITHDRAWN = f"""SELECT away.id FROM source away WHERE away.state <> 'here' UNION ALL
    SELECT said.id FROM source away JOIN mention x ON x.source_rowid = away.rowid
        JOIN statement said ON said.rowid = x.statement_rowid
        WHERE away.state <> 'here' AND NOT EXISTS (SELECT 1 FROM mention y JOIN source s ON s.rowid = y.source_rowid
            WHERE y.statement_rowid = said.rowid AND {HERE.sql}) UNION ALL
    SELECT turn.id FROM source away JOIN passage turn ON turn.source_rowid = away.rowid WHERE away.state <> 'here'"""
"""A SELECT of the ids of sources that are gone or removed, of their passages, and of the statements only they make."""

LINKED_HERE = Condition(
    f"""l.from_id NOT IN ({WITHDRAWN}) AND l.to_id NOT IN ({WITHDRAWN}) AND l.to_id NOT IN (
        SELECT w.id FROM link w WHERE w.from_id IN ({WITHDRAWN}) UNION ALL
        SELECT w.id FROM link w WHERE w.to_id IN ({WITHDRAWN}))"""
)
"""What holds of a `link l` neither end of which is gone or removed, nor, where it is a link, has such an end."""

SHOWN = """st.status <> 'rejected'
    AND EXISTS (SELECT 1 FROM mention m WHERE m.statement_rowid = st.rowid AND NOT m.lost)"""
"""What holds of a statement `st` that is shown where nothing else is asked for. The index knows these by itself."""


# Of filters


def on_sources(store: Store, filters: Filters) -> Condition:
    """A condition on the columns of `source s`."""
    parts = _source_parts(filters)
    if filters.state == "here":
        parts.append(HERE)
    elif filters.state != "all":
        # A stub goes with the notes that refer to it: what a person looks for are these.
        stubs = "" if "stub" in filters.kind else " AND s.kind <> 'stub'"
        joined = f" AND s.id NOT IN ({same_as.JOINED})"
        parts.append(Condition(f"s.state <> 'here' AND s.state = ?{stubs}{joined}", [filters.state]))
    else:
        parts.append(Condition(f"s.id NOT IN ({same_as.JOINED})"))
    if filters.author:
        parts.append(_written_by(people_meant.find(store, filters.author)))
    return every(parts)


def on_statements(store: Store, filters: Filters) -> Condition:
    """A condition on the columns of `statement st`: filters on its sources hold for one of its mentions.

    Rejected statements are left out unless asked for.
    """
    made = every([_spoken(store, filters, "m.speaker", "mention"), *_made_under(store, filters)])
    parts = [
        Condition(
            f"""EXISTS (SELECT 1 FROM mention m JOIN source s ON s.rowid = m.source_rowid
            WHERE m.statement_rowid = st.rowid AND NOT m.lost AND {made.sql})""",
            made.values,
        )
    ]
    if filters.statement_kinds:
        parts.append(among("st.kind", filters.statement_kinds))
    parts.append(among("st.status", filters.status) if filters.status else Condition("st.status <> 'rejected'"))
    return every(parts)


def on_passages(store: Store, filters: Filters) -> Condition:
    """A condition on the columns of `passage p` and `source s`."""
    if filters.statements_only:
        return NOTHING
    return every([_spoken(store, filters, "p.speaker", "passage"), *_under(store, filters)])


def whole_sources(store: Store, filters: Filters) -> Condition | None:
    """A condition on `source s` that leaves the same passages; None if they ask for more than their sources."""
    if filters.statements_only or filters.author or filters.heading:
        return None
    return on_passages(store, filters)


def rows(store: Store, filters: Filters, table: Table) -> Condition:
    """A SELECT of the rowids that remain; of statements without those that are not shown."""
    if table == "statement":
        where = on_statements(store, filters)
        return Condition(f"SELECT st.rowid FROM statement st WHERE {where.sql}", where.values)
    where = on_passages(store, filters)
    # Headings are among them: neither index has any, and to ask for the kind would read every row.
    sql = f"SELECT p.rowid FROM passage p JOIN source s ON s.rowid = p.source_rowid WHERE {where.sql}"
    return Condition(sql, where.values)


def _source_parts(filters: Filters) -> list[Condition]:
    parts: list[Condition] = []
    if filters.source_kinds:
        parts.append(among("s.kind", filters.source_kinds))
    if filters.source:
        parts.append(among("s.id", filters.source))
    for tag in filters.tag:
        name = tag.removeprefix("#").rstrip("/")  # and what lies within it: a/b in a
        sql = """EXISTS (SELECT 1 FROM tag t WHERE t.source_rowid = s.rowid AND (lower(t.name) = lower(?)
            OR substr(lower(t.name), 1, ?) = lower(?)))"""
        parts.append(Condition(sql, [name, len(name) + 1, f"{name}/"]))
    if filters.reading:
        begun = among("g.state", [state for state in filters.reading if state != NONE])
        told = "EXISTS (SELECT 1 FROM reading g WHERE g.source_id = s.id AND {})"
        asked = [Condition(told.format(begun.sql), begun.values)]
        if NONE in filters.reading:
            asked.append(Condition(f"NOT {told.format('g.state IS NOT NULL')}"))
        parts.append(some(asked))
    parts += [_fact(facts.asked(one)) for one in filters.fact]
    if filters.since is not None or filters.until is not None:
        parts += _published(filters)
    return parts


def _fact(asked: facts.Asked) -> Condition:
    met = f"f.number {asked.how} ?" if asked.how else "instr(replace(lower(f.said), '-', ' '), ?)"
    sql = f"s.rowid IN (SELECT f.source_rowid FROM source_fact f WHERE f.name = ? AND {met})"
    return Condition(sql, [asked.name, asked.number if asked.how else asked.words])


def _published(filters: Filters) -> list[Condition]:
    from kb.text.dates import span  # most searches name no date

    parts: list[Condition] = []
    # "2023" and "2023-05" stand for their first day
    day = "substr(s.published || '-01-01', 1, 10)"
    if filters.since is not None:
        parts.append(Condition(f"{day} >= ?", [span(filters.since)[0].isoformat()]))
    if filters.until is not None:
        parts.append(Condition(f"{day} < ?", [span(filters.until)[1].isoformat()]))
    return parts


def _spoken(store: Store, filters: Filters, column: str, table: str) -> Condition:
    """Like `on_sources`, where an author may also be who speaks."""
    parts = _source_parts(filters)
    if filters.author:
        meant = people_meant.find(store, filters.author)
        by_author = f"coalesce({column}, '') = ''" + (" AND m.voice <> 'quoted'" if table == "mention" else "")
        names = [row[0] for row in store.execute(f"SELECT DISTINCT speaker FROM {table} WHERE speaker > ''")]
        speakers = among(column, filter(meant.speaks, names))
        written = _written_by(meant)
        # Who speaks decides. "Tomas" in a talk by Tomas Ekdahl is he; where nobody is named, it is the author.
        by_first_name = among(column, filter(meant.by_first_name, names))
        parts.append(
            Condition(
                f"({speakers.sql} OR {written.sql} AND (({by_author}) OR {by_first_name.sql}))",
                [*speakers.values, *written.values, *by_first_name.values],
            )
        )
    return every(parts)


def _under(store: Store, filters: Filters) -> list[Condition]:
    """Conditions on `passage p`: the headings above it. Full-text search has them together with the title."""
    parts: list[Condition] = []
    for asked in filters.heading:
        match = every_word(asked)
        near = matching("passage", f"context : ({match})")
        sql = f"SELECT DISTINCT p.heading FROM passage p WHERE p.rowid IN ({near.sql})"
        paths = [row[0] for row in store.execute(sql, near.values)]
        each = list(dict.fromkeys(heading for path in paths for heading in json.loads(path)))
        meant = {each[place] for place in marks.found(dict(enumerate(each)), match)}
        under = among("p.heading", [path for path in paths if meant.intersection(json.loads(path))])
        parts.append(Condition(f"p.rowid IN ({near.sql}) AND {under.sql}", [*near.values, *under.values]))
    return parts


def _made_under(store: Store, filters: Filters) -> list[Condition]:
    """The same on `mention m`."""
    sql = "EXISTS (SELECT 1 FROM passage p WHERE p.source_rowid = m.source_rowid AND p.ordinal = m.passage_ordinal AND "
    return [Condition(f"{sql}{part.sql})", part.values) for part in _under(store, filters)]


def _written_by(meant: Meant) -> Condition:
    by = among("a.person_rowid", meant.rowids)
    return Condition(f"s.rowid IN (SELECT a.source_rowid FROM authorship a WHERE {by.sql})", by.values)


# Of conditions


def among(column: str, values: Iterable[Any]) -> Condition:
    """`column IN (…)`, through one value: a list may be longer than there are placeholders."""
    return Condition(f"{column} IN {MEMBERS}", [listed(values)])


def every(parts: Iterable[Condition]) -> Condition:
    """All of them hold."""
    told = [part for part in parts if part != EVERYTHING]
    if not told:
        return EVERYTHING
    return Condition(" AND ".join(part.sql for part in told), [value for part in told for value in part.values])


def some(parts: Sequence[Condition]) -> Condition:
    """At least one holds."""
    return Condition(f"({' OR '.join(part.sql for part in parts)})", [value for part in parts for value in part.values])


def negated(part: Condition) -> Condition:
    """It does not hold."""
    return Condition(f"NOT ({part.sql})", part.values)


def matching(table: Table, match: str) -> Condition:
    """A SELECT of the rows that a full-text expression finds."""
    return Condition(rows_found(table), [match])


def said_in(source_id: str) -> Condition:
    """A condition on `statement st`: it is made in this source."""
    return Condition(
        """st.rowid IN (SELECT x.statement_rowid FROM mention x JOIN source o ON o.rowid = x.source_rowid
        WHERE NOT x.lost AND o.id = ?)""",
        [source_id],
    )
