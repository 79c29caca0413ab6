"""What the place of a text counts or says of it: karma, votes, ratings, whether it is open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kb.store.engine.change_log import follow

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "source_fact",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("source_rowid", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.Float(), nullable=True),
        sa.Column("said", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source_rowid"], ["source.rowid"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("rowid"),
        sa.UniqueConstraint("name", "source_rowid"),
    )
    op.create_index(op.f("ix_source_fact_source_rowid"), "source_fact", ["source_rowid"], unique=False)
    op.create_index("ix_source_fact_number", "source_fact", ["name", "number"], unique=False)
    follow(op.get_bind().exec_driver_sql, "source_fact")
