"""Whose words a statement is made in, and what makes it readable alone."""

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
    follow(op.get_bind().exec_driver_sql, "mention")
