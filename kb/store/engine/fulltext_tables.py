"""Full text in SQLite: FTS5 tables over passages and statements, which triggers keep in step with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kb.model.words import Table
from kb.store.engine.apart import SQL_NAME, USUAL_NAME

TOKENIZER = "porter unicode61 remove_diacritics 2"

_COLUMNS: dict[Table, tuple[str, ...]] = {"passage": ("text", "context"), "statement": ("text",)}
_ROWS: dict[Table, str] = {"passage": "searchable_passage", "statement": "statement"}
_SEARCHED: dict[Table, str] = {"passage": " WHEN {}.kind <> 'heading'", "statement": ""}


def _as_it_is(value: str) -> str:
    return value


def _apart(value: str) -> str:
    return f"{SQL_NAME}({value})"


def _triggers(table: Table, said: Callable[[str], str]) -> Iterator[str]:
    """Triggers that keep full text in step with a table; `said` is what full text is told of a value."""
    names = ", ".join(_COLUMNS[table])
    old, new = (", ".join(said(f"{row}.{column}") for column in _COLUMNS[table]) for row in ("old", "new"))
    into = f"INSERT INTO {table}_fts(rowid, {names}) VALUES (new.rowid, {new});"
    out = f"INSERT INTO {table}_fts({table}_fts, rowid, {names})\n    VALUES ('delete', old.rowid, {old});"
    when_new, when_old = (_SEARCHED[table].format(row) for row in ("new", "old"))
    yield f"CREATE TRIGGER {table}_fts_insert AFTER INSERT ON {table}{when_new} BEGIN\n    {into}\nEND"
    yield f"CREATE TRIGGER {table}_fts_delete AFTER DELETE ON {table}{when_old} BEGIN\n    {out}\nEND"
    yield f"""CREATE TRIGGER {table}_fts_update AFTER UPDATE OF {names} ON {table}{when_old} BEGIN
    {out}
    {into}
END"""


def _filling(table: Table) -> str:
    names = ", ".join(_COLUMNS[table])
    values = ", ".join(map(_apart, _COLUMNS[table]))
    return f"INSERT INTO {table}_fts(rowid, {names}) SELECT rowid, {values} FROM {_ROWS[table]}"


FILL: dict[str, str] = {table: _filling(table) for table in _COLUMNS}
"""Of each table: what puts all its texts into full text that is empty. FTS5's own 'rebuild' sets nothing apart."""

ANEW = {table: (f"INSERT INTO {table}_fts({table}_fts) VALUES ('delete-all')", fill) for table, fill in FILL.items()}
"""Of each table: what makes its full text anew, in this order."""

UNUSUAL = {
    table: f"SELECT 1 FROM {_ROWS[table]} WHERE {' OR '.join(f'{USUAL_NAME}({c}) <> {c}' for c in names)} LIMIT 1"
    for table, names in _COLUMNS.items()
}
"""Of each table: what finds a text with letters that are written in two ways."""

CREATE = (
    """CREATE VIEW searchable_passage AS SELECT rowid, text, context FROM passage WHERE kind <> 'heading'""",
    f"""CREATE VIRTUAL TABLE passage_fts USING fts5(
    text, context, content='searchable_passage', content_rowid='rowid',
    tokenize='{TOKENIZER}'
)""",
    *_triggers("passage", _as_it_is),
    f"""CREATE VIRTUAL TABLE statement_fts USING fts5(
    text, content='statement', content_rowid='rowid', tokenize='{TOKENIZER}'
)""",
    *_triggers("statement", _as_it_is),
)
"""In this order. Headings are passages, but are not searched."""


def _setting_apart(table: Table) -> Iterator[str]:
    names = ", ".join(_COLUMNS[table])
    differs = " OR ".join(f"{_apart(column)} <> {column}" for column in _COLUMNS[table])
    for event in ("insert", "delete", "update"):
        yield f"DROP TRIGGER {table}_fts_{event}"
    yield f"""INSERT INTO {table}_fts({table}_fts, rowid, {names})
        SELECT 'delete', rowid, {names} FROM {_ROWS[table]} WHERE {differs}"""
    yield f"{_filling(table)} WHERE {differs}"
    yield from _triggers(table, _apart)


SET_APART = tuple(statement for table in _COLUMNS for statement in _setting_apart(table))
"""In this order: what stands in scripts without blanks is taken up anew, letter by letter (`apart`)."""
