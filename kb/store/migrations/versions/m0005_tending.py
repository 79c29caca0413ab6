"""What commands did and how it is undone; people and sources that are one; what is read; citekeys in use."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kb.store.engine import fulltext_tables, name_tables
from kb.store.engine.change_log import FOLLOWED, follow

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _history()
    _joined()
    _reading()
    op.add_column("edit", sa.Column("imported", sa.Text(), nullable=True))
    op.execute("ALTER TABLE source ADD COLUMN citekey_used BOOLEAN DEFAULT 0 NOT NULL")
    op.execute("ALTER TABLE source ADD COLUMN bibliography JSON")
    op.execute("UPDATE source SET citekey_used = 1 WHERE kind <> 'stub'")  # they may stand in manuscripts
    for subject, at, what, table in (
        ("id", "added", "'added'", "source WHERE kind <> 'stub'"),
        ("target", "at", "verdict", "decision"),
        (
            "statement_id",
            "at",
            "'held at ' || low || CASE WHEN high > low THEN '–' || high ELSE '' END || ' by ' || who",
            "credence",
        ),
    ):
        op.execute(f"INSERT INTO event (at, subject, label, what) SELECT {at}, {subject}, '', {what} FROM {table}")
    follow(op.get_bind().exec_driver_sql, *FOLLOWED)
    for statement in (*name_tables.CREATE, *fulltext_tables.SET_APART):
        op.execute(sa.text(statement))


def _history() -> None:
    op.create_table(
        "command",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reverts", sa.Integer(), nullable=True),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('did', 'undid', 'redid')", name="ck_kind"),
        sa.PrimaryKeyConstraint("rowid"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_command_reverts"), "command", ["reverts"], unique=False)
    op.create_table(
        "step",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("command_rowid", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["command_rowid"], ["command.rowid"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("rowid"),
    )
    op.create_index(op.f("ix_step_command_rowid"), "step", ["command_rowid"], unique=False)
    op.create_index(op.f("ix_step_last"), "step", ["last"], unique=False)
    op.create_table(
        "row_change",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("changed", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.CheckConstraint("action IN ('insert', 'update', 'delete')", name="ck_action"),
        sa.PrimaryKeyConstraint("rowid"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "event",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("command_rowid", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["command_rowid"], ["command.rowid"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("rowid"),
    )
    op.create_index(op.f("ix_event_command_rowid"), "event", ["command_rowid"], unique=False)
    op.create_index(op.f("ix_event_subject"), "event", ["subject"], unique=False)


def _joined() -> None:
    op.create_table(
        "same_as",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("gone", sa.String(), nullable=False),
        sa.Column("kept", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("rowid"),
        sa.UniqueConstraint("gone"),
    )
    op.create_index(op.f("ix_same_as_kept"), "same_as", ["kept"], unique=False)
    op.create_table(
        "copied",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("gone", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("rowid"),
    )
    op.create_index(op.f("ix_copied_gone"), "copied", ["gone"], unique=False)
    op.create_table(
        "same_person",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("rowid"),
    )
    op.create_index(op.f("ix_same_person_name_key"), "same_person", ["name_key"], unique=False)
    op.create_index(op.f("ix_same_person_person"), "same_person", ["person"], unique=False)
    op.create_table(
        "other_person",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("other_key", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("rowid"),
        sa.UniqueConstraint("name_key", "other_key"),
    )


def _reading() -> None:
    op.create_table(
        "reading",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("imported", sa.JSON(), nullable=False),
        sa.CheckConstraint("state IN ('to-read', 'reading', 'read')", name="ck_state"),
        sa.PrimaryKeyConstraint("rowid"),
        sa.UniqueConstraint("source_id"),
    )
    # Importers wrote it as tags until now: of several the furthest counts.
    far = "max(CASE t.name WHEN 'queue' THEN 1 WHEN 'reading' THEN 2 ELSE 3 END)"
    states = f"CASE {far} WHEN 1 THEN 'to-read' WHEN 2 THEN 'reading' ELSE 'read' END"
    listed = """FROM tag t JOIN source s ON s.rowid = t.source_rowid
        WHERE t.name IN ('queue', 'reading', 'read') AND s.importer IN ('readlater', 'bibtex')"""
    op.execute(
        f"""INSERT INTO reading (source_id, state, at, given, imported)
        SELECT s.id, {states}, s.added, 0, json_object(s.importer, {states}) {listed} GROUP BY s.id"""
    )
    op.execute(f"DELETE FROM tag WHERE rowid IN (SELECT t.rowid {listed})")
    op.create_table(
        "revisit",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("due", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("rowid"),
        sa.UniqueConstraint("statement_id"),
    )
    op.create_index(op.f("ix_revisit_due"), "revisit", ["due"], unique=False)
