"""The first schema: sources, passages, statements, links, decisions, vectors, and full-text search over them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kb.store.engine.fulltext_tables import CREATE

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("rowid"),
    )
    op.create_index(op.f("ix_decision_target"), "decision", ["target"], unique=False)
    op.create_table(
        "embedding",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("rowid"),
        sa.UniqueConstraint("content_hash", "model"),
    )
    op.create_table(
        "exported",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("vault", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("file_hash", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("rowid"),
        sa.UniqueConstraint("vault", "path"),
    )
    op.create_table(
        "import_run",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("started", sa.String(), nullable=False),
        sa.Column("finished", sa.String(), nullable=True),
        sa.Column("targets", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("failures", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("rowid"),
    )
    op.create_table(
        "seen_file",
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("target"),
    )
    op.create_table(
        "meta",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "person",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("rowid"),
    )
    op.create_index(op.f("ix_person_name_key"), "person", ["name_key"], unique=False)
    op.create_table(
        "source",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("citekey", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_key", sa.String(), nullable=False),
        sa.Column("title_given", sa.Boolean(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("added", sa.String(), nullable=False),
        sa.Column("updated", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=True),
        sa.Column("external_ids", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("original", sa.LargeBinary(), nullable=True),
        sa.Column("original_hash", sa.String(), nullable=True),
        sa.Column("text_hash", sa.String(), nullable=True),
        sa.Column("importer", sa.String(), nullable=False),
        sa.Column("importer_version", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=True),
        sa.Column("path", sa.String(), nullable=True),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('post', 'comment', 'paper', 'note', 'transcript', 'shortform', 'web', 'stub')",
            name="ck_kind",
        ),
        sa.PrimaryKeyConstraint("rowid"),
        sa.UniqueConstraint("citekey"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_source_original_hash"), "source", ["original_hash"], unique=False)
    op.create_index(op.f("ix_source_parent"), "source", ["parent"], unique=False)
    op.create_index(op.f("ix_source_published"), "source", ["published"], unique=False)
    op.create_index(op.f("ix_source_target"), "source", ["target"], unique=False)
    op.create_index(op.f("ix_source_title_key"), "source", ["title_key"], unique=False)
    op.create_table(
        "statement",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("created", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.CheckConstraint("basis IN ('authored', 'structure', 'cue', 'embedding', 'nli', 'llm')", name="ck_basis"),
        sa.CheckConstraint("kind IN ('claim', 'critique', 'theory_of_impact', 'question', 'evidence')", name="ck_kind"),
        sa.CheckConstraint("status IN ('accepted', 'suggested', 'rejected')", name="ck_status"),
        sa.PrimaryKeyConstraint("rowid"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_statement_content_hash"), "statement", ["content_hash"], unique=False)
    op.create_index(op.f("ix_statement_kind"), "statement", ["kind"], unique=False)
    op.create_table(
        "authorship",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("source_rowid", sa.Integer(), nullable=False),
        sa.Column("person_rowid", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_rowid"],
            ["person.rowid"],
        ),
        sa.ForeignKeyConstraint(["source_rowid"], ["source.rowid"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("rowid"),
        sa.UniqueConstraint("source_rowid", "person_rowid"),
    )
    op.create_index(op.f("ix_authorship_person_rowid"), "authorship", ["person_rowid"], unique=False)
    op.create_index(op.f("ix_authorship_source_rowid"), "authorship", ["source_rowid"], unique=False)
    op.create_table(
        "link",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("from_id", sa.String(), nullable=False),
        sa.Column("to_id", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("created", sa.String(), nullable=False),
        sa.Column("owner_rowid", sa.Integer(), nullable=True),
        sa.Column("evidence_rowid", sa.Integer(), nullable=True),
        sa.Column("evidence_quote", sa.Text(), nullable=True),
        sa.Column("evidence_start", sa.Integer(), nullable=True),
        sa.Column("evidence_end", sa.Integer(), nullable=True),
        sa.CheckConstraint("basis IN ('authored', 'structure', 'cue', 'embedding', 'nli', 'llm')", name="ck_basis"),
        sa.CheckConstraint(
            "relation IN ('supports', 'attacks', 'undercuts', 'restates', 'related')", name="ck_relation"
        ),
        sa.CheckConstraint("status IN ('accepted', 'suggested', 'rejected')", name="ck_status"),
        sa.ForeignKeyConstraint(["evidence_rowid"], ["source.rowid"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["owner_rowid"], ["source.rowid"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("rowid"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_link_ends", "link", ["from_id", "to_id"], unique=False)
    op.create_index(op.f("ix_link_evidence_rowid"), "link", ["evidence_rowid"], unique=False)
    op.create_index(op.f("ix_link_owner_rowid"), "link", ["owner_rowid"], unique=False)
    op.create_index(op.f("ix_link_to_id"), "link", ["to_id"], unique=False)
    op.create_table(
        "mention",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("statement_rowid", sa.Integer(), nullable=False),
        sa.Column("source_rowid", sa.Integer(), nullable=False),
        sa.Column("passage_ordinal", sa.Integer(), nullable=True),
        sa.Column("speaker", sa.String(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Boolean(), nullable=False),
        sa.CheckConstraint('start >= 0 AND "end" > start', name="ck_mention_span"),
        sa.ForeignKeyConstraint(["source_rowid"], ["source.rowid"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["statement_rowid"], ["statement.rowid"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("rowid"),
    )
    op.create_index(op.f("ix_mention_source_rowid"), "mention", ["source_rowid"], unique=False)
    op.create_index(op.f("ix_mention_statement_rowid"), "mention", ["statement_rowid"], unique=False)
    op.create_table(
        "passage",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source_rowid", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("context", sa.String(), nullable=False),
        sa.Column("heading", sa.JSON(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=True),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("about", sa.Integer(), nullable=True),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=True),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.CheckConstraint('start >= 0 AND "end" > start', name="ck_span"),
        sa.ForeignKeyConstraint(["source_rowid"], ["source.rowid"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("rowid"),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("source_rowid", "ordinal"),
    )
    op.create_index(op.f("ix_passage_content_hash"), "passage", ["content_hash"], unique=False)
    op.create_index(op.f("ix_passage_source_rowid"), "passage", ["source_rowid"], unique=False)
    op.create_table(
        "reference",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("source_rowid", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("raw", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("alias", sa.String(), nullable=True),
        sa.Column("fragment", sa.String(), nullable=True),
        sa.Column("target", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["source_rowid"], ["source.rowid"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("rowid"),
        sa.UniqueConstraint("source_rowid", "ordinal"),
    )
    op.create_index(op.f("ix_reference_key"), "reference", ["key"], unique=False)
    op.create_index(op.f("ix_reference_source_rowid"), "reference", ["source_rowid"], unique=False)
    op.create_index(op.f("ix_reference_target"), "reference", ["target"], unique=False)
    op.create_table(
        "source_key",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("source_rowid", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["source_rowid"], ["source.rowid"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(op.f("ix_source_key_source_rowid"), "source_key", ["source_rowid"], unique=False)
    op.create_table(
        "source_name",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("source_rowid", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["source_rowid"], ["source.rowid"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("rowid"),
        sa.UniqueConstraint("name_key", "source_rowid"),
    )
    op.create_index(op.f("ix_source_name_name_key"), "source_name", ["name_key"], unique=False)
    op.create_index(op.f("ix_source_name_source_rowid"), "source_name", ["source_rowid"], unique=False)
    op.create_table(
        "tag",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source_rowid", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["source_rowid"], ["source.rowid"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("rowid"),
        sa.UniqueConstraint("name", "source_rowid"),
    )
    op.create_index(op.f("ix_tag_source_rowid"), "tag", ["source_rowid"], unique=False)
    for statement in CREATE:
        op.execute(sa.text(statement))
