"""Credences that a person gives, what optional judges answered, and what the index has to follow."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ABOUT_HASH = """
    SELECT 'passage', rowid FROM passage WHERE content_hash = {row}.content_hash AND kind <> 'heading' UNION ALL
    SELECT 'statement', rowid FROM statement WHERE content_hash = {row}.content_hash"""

# (name, event, what is noted: a SELECT of table and rowid). Nothing is noted before a model is chosen.
_FOLLOWED = (
    ("passage_insert", "INSERT ON passage", "SELECT 'passage', new.rowid WHERE new.kind <> 'heading'"),
    ("passage_delete", "DELETE ON passage", "SELECT 'passage', old.rowid WHERE old.kind <> 'heading'"),
    ("passage_update", "UPDATE OF kind, content_hash ON passage", "SELECT 'passage', new.rowid"),
    ("statement_insert", "INSERT ON statement", "SELECT 'statement', new.rowid"),
    ("statement_delete", "DELETE ON statement", "SELECT 'statement', old.rowid"),
    ("statement_update", "UPDATE OF status, content_hash ON statement", "SELECT 'statement', new.rowid"),
    ("mention_insert", "INSERT ON mention", "SELECT 'statement', new.statement_rowid"),
    ("mention_delete", "DELETE ON mention", "SELECT 'statement', old.statement_rowid"),
    ("mention_update", "UPDATE OF lost ON mention", "SELECT 'statement', new.statement_rowid"),
    ("embedding_insert", "INSERT ON embedding", _ABOUT_HASH.format(row="new")),
    ("embedding_delete", "DELETE ON embedding", _ABOUT_HASH.format(row="old")),
)
_HAS_MODEL = "EXISTS (SELECT 1 FROM meta WHERE name = 'model')"


def upgrade() -> None:
    op.create_table(
        "credence",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("low", sa.Float(), nullable=False),
        sa.Column("high", sa.Float(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("low >= 0 AND high <= 1 AND low <= high", name="ck_credence"),
        sa.PrimaryKeyConstraint("rowid"),
    )
    op.create_index(op.f("ix_credence_statement_id"), "credence", ["statement_id"], unique=False)
    op.create_table(
        "judgement",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("judge", sa.String(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "index_change",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("searched", sa.String(), nullable=False),
        sa.Column("changed_rowid", sa.Integer(), nullable=False),
        sa.Column("token", sa.Integer(), server_default=sa.text("(random())"), nullable=False),
        sa.PrimaryKeyConstraint("rowid"),
    )
    for name, event, noted in _FOLLOWED:
        op.execute(
            f"""CREATE TRIGGER index_{name} AFTER {event} WHEN {_HAS_MODEL} BEGIN
            INSERT INTO index_change (searched, changed_rowid) {noted}; END"""
        )
    for event in ("INSERT", "UPDATE"):
        op.execute(
            f"""CREATE TRIGGER index_model_{event.lower()} AFTER {event} ON meta WHEN new.name = 'model' BEGIN
            INSERT INTO index_change (searched, changed_rowid) VALUES ('model', 0); END"""
        )
    op.execute("INSERT INTO index_change (searched, changed_rowid) SELECT 'model', 0 FROM meta WHERE name = 'model'")
