"""Full text takes letters that are written in two ways as one: it is made anew where texts have such letters."""

from __future__ import annotations

from alembic import op

from kb.errors import notify
from kb.store.engine.fulltext_tables import ANEW, UNUSUAL

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    tables = [table for table, having in UNUSUAL.items() if run(having).fetchone()]
    if tables:
        notify("full text is made anew: accents of more scripts are found both ways")
    for table in tables:
        for statement in ANEW[table]:
            run(statement)
