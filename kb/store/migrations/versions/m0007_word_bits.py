"""The words of embedded texts as vectors of one bit a component."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "word_bits",
        sa.Column("embedding_rowid", sa.Integer(), nullable=False),
        sa.Column("bits", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["embedding_rowid"], ["embedding.rowid"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("embedding_rowid"),
    )
