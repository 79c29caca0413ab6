"""What a vault and the store last agreed on, and what a person says over importers and rules."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("exported", sa.Column("content", sa.LargeBinary(), nullable=True))
    op.add_column("exported", sa.Column("named", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index(op.f("ix_exported_subject"), "exported", ["subject"], unique=False)
    op.create_table(
        "edit",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("rowid"),
        sa.UniqueConstraint("target", "field"),
    )
    op.create_table(
        "agreed_before",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("rowid"),
        sa.UniqueConstraint("hash"),
    )
    op.create_index(op.f("ix_agreed_before_subject"), "agreed_before", ["subject"], unique=False)
