"""Whose words a statement is made in, what makes it readable alone, and what judges say of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kb.store.engine.change_log import follow

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """ALTER TABLE mention ADD COLUMN voice VARCHAR DEFAULT 'author' NOT NULL
        CONSTRAINT ck_voice CHECK (voice IN ('author', 'named', 'quoted'))"""
    )
    op.add_column("mention", sa.Column("context_quote", sa.Text(), nullable=True))
    op.add_column("mention", sa.Column("context_start", sa.Integer(), nullable=True))
    words = {
        "field": ("speaker", "gloss", "title"),
        "basis": ("authored", "structure", "cue", "embedding", "nli", "llm"),
        "status": ("accepted", "suggested", "rejected"),
    }
    op.create_table(
        "proposal",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("created", sa.String(), nullable=False),
        *(sa.CheckConstraint(f"{name} IN {known}", name=f"ck_{name}") for name, known in words.items()),
        sa.PrimaryKeyConstraint("rowid"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_proposal_target"), "proposal", ["target"], unique=False)
    follow(op.get_bind().exec_driver_sql, "mention", "proposal")
