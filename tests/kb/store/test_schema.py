"""One schema: what SQLModel declares is what the migrations make, in a new store and in one that was brought up."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from kb.store import open as opening
from kb.store import schema  # noqa: F401  the tables register themselves
from kb.store.engine import sqlite
from kb.store.open import DB_NAME, Store, open_reader, open_store
from kb.store.version import SCHEMA_VERSION

ROWS = (
    """INSERT INTO source (rowid, id, citekey, kind, title, title_key, title_given, added, updated, external_ids, text,
        importer, importer_version, problems)
        VALUES (1, 's1', 'key', 'note', 'Herons', 'herons', 0, '2024-01-01', '2024-01-01', '{"doi": "10.1/x"}',
        'Herons return.', 'plain', '1', '[]')""",
    """INSERT INTO passage (rowid, id, source_rowid, ordinal, block, kind, start, "end", text, context, heading, level,
        content_hash) VALUES (1, 'p1', 1, 0, 0, 'paragraph', 0, 14, 'Herons return.', 'Herons', '[]', 0, 'h1')""",
    """INSERT INTO statement (rowid, id, kind, text, basis, rule, status, confidence, created, content_hash)
        VALUES (1, 'c1', 'claim', 'Herons return.', 'cue', 'r', 'accepted', 0.7, '2024-01-01', 'h2')""",
    """INSERT INTO mention (statement_rowid, source_rowid, passage_ordinal, quote, start, "end", lost)
        VALUES (1, 1, 0, 'Herons return.', 0, 14, 0)""",
    """INSERT INTO link (id, from_id, to_id, relation, basis, rule, status, created, owner_rowid)
        VALUES ('e1', 'c1', 's1', 'related', 'authored', 'person', 'accepted', '2024-01-01', 1)""",
    """INSERT INTO decision (target, verdict, basis, rule, at, note)
        VALUES ('c1', 'accepted', 'cue', 'r', '2024-01-01', '')""",
    "INSERT INTO embedding (content_hash, model, vector) VALUES ('h1', 'm#1', x'0000803f')",
    "INSERT INTO meta (name, value) VALUES ('model', 'm#1')",
)


def _first_version(home: Path, version: int = 1) -> None:
    """A store as the first schema, or a later one, made it, with a few rows."""
    from alembic import command
    from alembic.config import Config

    home.mkdir()
    sqlite.write_ahead(home / DB_NAME)
    connection = sqlite.connect(home / DB_NAME)
    config = Config()
    config.set_main_option("script_location", str(Path(opening.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    with sqlite.core(connection).begin() as started:
        config.attributes["connection"] = started
        command.upgrade(config, f"{version:04}")
        sqlite.set_version(connection, version)
        for row in ROWS:
            connection.execute(row)
    connection.close()


EARLIER = range(1, SCHEMA_VERSION)


@pytest.fixture(params=[0, *EARLIER])
def store(tmp_path: Path, request: pytest.FixtureRequest) -> Store:
    home = tmp_path / "home"
    if request.param:
        _first_version(home, request.param)
    return open_store(home)


def _shape(store: Store) -> list[tuple[str, ...]]:
    """Every table, index, view and trigger with the words that made it."""
    return sorted(
        tuple(row) for row in store.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")
    )


def _rows(path: Path) -> dict[str, list[dict[str, object]]]:
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {
        table: [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]
        for table in tables
        if "_fts" not in table and table != "alembic_version"
    }
    connection.close()
    return found


def test_declarations_and_migrations_are_one_schema(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from sqlalchemy import create_engine, text

    scripts = ScriptDirectory(str(Path(opening.__file__).parent / "migrations"))
    assert int(scripts.get_current_head() or 0) == SCHEMA_VERSION

    def ours(_object: object, name: str | None, kind: str, *_: object) -> bool:
        return not (kind == "table" and name is not None and ("_fts" in name or name == "alembic_version"))

    with create_engine(f"sqlite:///{store.home / DB_NAME}").connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA user_version")).scalar() == SCHEMA_VERSION
    store.close()


@pytest.mark.parametrize("version", EARLIER)
def test_a_store_that_is_brought_up_is_like_a_new_one_and_loses_nothing(tmp_path: Path, version: int) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    _first_version(old, version)
    before = _rows(old / DB_NAME)
    with open_store(old) as store, open_store(new) as fresh:
        assert _shape(store) == _shape(fresh)
        after = _rows(old / DB_NAME)
        kept = {
            table: [{column: row[column] for column in was} for was, row in zip(rows, after[table], strict=True)]
            for table, rows in before.items()
        }
        assert kept == before
        assert {table for table in after.keys() - before.keys() if after[table]} <= {"index_change", "event"}
        assert [row["state"] for row in after["source"]] == ["here"]
        assert store.execute("SELECT rowid FROM passage_fts WHERE passage_fts MATCH 'heron'").fetchone()[0] == 1
    (copy,) = old.glob(f"{DB_NAME}.before-*")
    assert copy.name == f"{DB_NAME}.before-{SCHEMA_VERSION}-from-{version}"
    assert _rows(copy) == before
    assert sqlite.version(copy) == version
    open_store(old).close()
    assert [path.name for path in old.glob(f"{DB_NAME}.before-*")] == [copy.name]
    assert not list(new.glob(f"{DB_NAME}.before-*"))


def test_tags_for_how_far_one_is_with_a_text_become_states(tmp_path: Path) -> None:
    _first_version(tmp_path / "old", 4)
    with closing(sqlite3.connect(tmp_path / "old" / DB_NAME)) as connection, connection:
        connection.execute("UPDATE source SET importer = 'readlater'")
        for tag in ("queue", "read", "ponds"):
            connection.execute("INSERT INTO tag (name, source_rowid) VALUES (?, 1)", (tag,))
    with open_store(tmp_path / "old") as store:
        rows = store.execute("SELECT source_id, state, at, given, imported FROM reading").fetchall()
        assert [tuple(row) for row in rows] == [("s1", "read", "2024-01-01", 0, '{"readlater":"read"}')]
        assert [row[0] for row in store.execute("SELECT name FROM tag")] == ["ponds"]


@pytest.mark.parametrize("version", [1, 6])
@pytest.mark.parametrize("has_letters", [True, False])
def test_full_text_is_made_anew_where_letters_are_written_in_two_ways(
    tmp_path: Path, notices: list[str], version: int, *, has_letters: bool
) -> None:
    _first_version(tmp_path / "old", version)
    connection = sqlite.connect(tmp_path / "old" / DB_NAME)
    connection.create_function("set_apart", 1, lambda text: text)  # as it was
    street = "Straße" if has_letters else "Strasse"
    connection.execute("UPDATE passage SET text = ?", (f"{street} der Reiher.",))
    connection.close()
    with open_store(tmp_path / "old") as store:
        for word in ("strasse", "reiher"):
            assert store.execute("SELECT rowid FROM passage_fts WHERE passage_fts MATCH ?", (word,)).fetchone()[0] == 1
        store.execute("INSERT INTO passage_fts (passage_fts) VALUES ('integrity-check')")
        with store.transaction():
            store.execute("DELETE FROM passage")
        assert not store.execute("SELECT rowid FROM passage_fts WHERE passage_fts MATCH 'strasse'").fetchall()
    assert any("made anew" in notice for notice in notices) == has_letters


def test_a_reader_brings_an_old_store_up_too(tmp_path: Path) -> None:
    _first_version(tmp_path / "old")
    with open_reader(tmp_path / "old") as reader:
        assert reader.execute("SELECT text FROM statement").fetchone()[0] == "Herons return."
        assert reader.execute("SELECT count(*) FROM credence").fetchone()[0] == 0


def test_an_upgrade_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("cut off")

    _first_version(tmp_path / "old")
    before = _rows(tmp_path / "old" / DB_NAME)
    with monkeypatch.context() as patched:
        patched.setattr(sqlite, "set_version", fail)
        with pytest.raises(RuntimeError, match="cut off"):
            open_store(tmp_path / "old")
    assert _rows(tmp_path / "old" / DB_NAME) == before
    with open_store(tmp_path / "old") as store:
        assert store.execute("SELECT count(*) FROM credence").fetchone()[0] == 0
