"""The schema and its migrations, health checks, and backups."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlmodel import SQLModel

from importers import read
from importers.base import Input
from kb import check as health
from kb.errors import KbError
from kb.graph import argument_graph
from kb.graph.questions import critiques
from kb.review import write
from kb.sources import add
from kb.store import decisions, links, open, schema, statements


@pytest.fixture
def store(tmp_path: Path) -> open.Store:
    return open.Store(tmp_path / "home")


def _add(store: open.Store, body: str, name: str = "a.md") -> str:
    (document,) = read(Input(body, name, f"/x/{name}", body.encode()), "markdown")
    return add.add(store, document, "1").source_id


def test_migrations_and_models_describe_one_schema(store: open.Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    assert open.HEAD == schema.SCHEMA_VERSION
    engine = create_engine(f"sqlite:///{store.path}")

    def ours(_object: object, name: str | None, kind: str, *_: object) -> bool:
        return not (kind == "table" and name is not None and ("_fts" in name or name == "alembic_version"))

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"


def test_a_newer_store_is_left_alone(store: open.Store) -> None:
    store.close()
    connection = sqlite3.connect(store.path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(KbError, match="newer version"):
        open.open_reader(store.home)


def test_a_reader_cannot_write(store: open.Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.reader().execute("DELETE FROM source")


def test_a_backup_is_the_whole_store(store: open.Store, tmp_path: Path) -> None:
    _add(store, "I think that everything should be backed up.\n")
    open.backup(store.home, tmp_path / "copy.sqlite")
    copy = sqlite3.connect(tmp_path / "copy.sqlite")
    assert copy.execute("SELECT count(*) FROM statement").fetchone()[0] == 1
    with pytest.raises(KbError):
        open.backup(store.home, tmp_path / "no" / "such" / "folder.sqlite")


@pytest.mark.parametrize(
    ("damage", "check"),
    [
        ("UPDATE source SET text = 'x' || text", "quotes"),
        ("UPDATE mention SET start = start + 1", "quotes"),
        ("INSERT INTO passage_fts(passage_fts, rowid, text, context) SELECT 'delete', rowid, text, context "
         "FROM searchable_passage", "full-text"),
        ("UPDATE reference SET target = 's0000000'", "references"),
        ("UPDATE link SET to_id = 'c00000000'", "dangling-link"),
    ],
)  # fmt: skip
def test_check_finds_damage(store: open.Store, damage: str, check: str) -> None:
    _add(store, "I think that [[A thing]] should be looked at.\n\nI believe that nothing is not worth a look.\n")
    one, two = [s["id"] for s in statements.listed(store.reader())]
    write.link(store, one, "supports", two)
    assert health.findings(store.reader(), store.home) == []
    connection = sqlite3.connect(store.path)
    connection.execute(damage)
    connection.commit()
    found = health.findings(store.reader(), store.home)
    assert check in {finding.check for finding in found}
    with store.transaction() as session:
        health.fix(open.raw(session))
    if check == "full-text":
        assert health.findings(store.reader(), store.home) == []


def test_full_text_search_follows_every_change(store: open.Store) -> None:
    _add(store, "The walrus sings.\n")
    _add(store, "The ferret sings.\n")
    hits = store.reader().execute("SELECT rowid FROM passage_fts WHERE passage_fts MATCH 'walrus OR ferret'").fetchall()
    assert len(hits) == 1
    assert health.findings(store.reader(), store.home) == []


def test_decisions_are_counted_by_basis(store: open.Store) -> None:
    _add(store, "I think that samples should be larger than they are.\n")
    (statement,) = statements.listed(store.reader())
    write.decide(store, [statement["id"]], "accepted")
    write.decide(store, [statement["id"]], "rejected")
    assert decisions.count(store.reader()) == {"cue": {"rejected": 1}}
    assert statements.listed(store.reader())[0]["status"] == "rejected"
    assert links.listed(store.reader()) == []


def test_unanswered_critiques_attack_something_and_nothing_attacks_them(store: open.Store) -> None:
    thesis = write.claim(store, "The thesis stands here.", "me")
    answered = write.claim(store, "It does not hold.", "me", kind="critique", attacks=[thesis])
    reply = write.claim(store, "It does hold.", "me", kind="critique", attacks=[answered])
    assert critiques.unanswered(argument_graph.load(store.reader())) == {reply}
    (link,) = [item["id"] for item in links.touching(store.reader(), [reply])]
    write.decide(store, [link], "rejected")
    assert critiques.unanswered(argument_graph.load(store.reader())) == {answered}
