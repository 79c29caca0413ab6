"""Credences that a person gives, what optional judges answered, and what the index has to follow."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kb.store.engine.change_triggers import CREATE

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


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
    for statement in CREATE:
        op.execute(statement)
    op.execute("INSERT INTO index_change (searched, changed_rowid) SELECT 'model', 0 FROM meta WHERE name = 'model'")
