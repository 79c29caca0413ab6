"""Whether a source is here, its file is gone, or a person removed it; and which has a text, found at once."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """ALTER TABLE source ADD COLUMN state VARCHAR DEFAULT 'here' NOT NULL
        CONSTRAINT ck_state CHECK (state IN ('here', 'gone', 'removed'))"""
    )
    # Few are away, and asking which must not read every text on the way to this last column.
    op.execute("CREATE INDEX ix_source_away ON source (state) WHERE state <> 'here'")
    op.create_index(op.f("ix_source_text_hash"), "source", ["text_hash"], unique=False)
