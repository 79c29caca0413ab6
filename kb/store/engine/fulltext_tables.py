"""Full text in SQLite: FTS5 tables over passages and statements, which triggers keep in step with them."""

from __future__ import annotations

TOKENIZER = "porter unicode61 remove_diacritics 2"

CREATE = (
    """CREATE VIEW searchable_passage AS SELECT rowid, text, context FROM passage WHERE kind <> 'heading'""",
    f"""CREATE VIRTUAL TABLE passage_fts USING fts5(
    text, context, content='searchable_passage', content_rowid='rowid',
    tokenize='{TOKENIZER}'
)""",
    """CREATE TRIGGER passage_fts_insert AFTER INSERT ON passage WHEN new.kind <> 'heading' BEGIN
    INSERT INTO passage_fts(rowid, text, context) VALUES (new.rowid, new.text, new.context);
END""",
    """CREATE TRIGGER passage_fts_delete AFTER DELETE ON passage WHEN old.kind <> 'heading' BEGIN
    INSERT INTO passage_fts(passage_fts, rowid, text, context)
    VALUES ('delete', old.rowid, old.text, old.context);
END""",
    """CREATE TRIGGER passage_fts_update AFTER UPDATE OF text, context ON passage WHEN old.kind <> 'heading' BEGIN
    INSERT INTO passage_fts(passage_fts, rowid, text, context)
    VALUES ('delete', old.rowid, old.text, old.context);
    INSERT INTO passage_fts(rowid, text, context) VALUES (new.rowid, new.text, new.context);
END""",
    f"""CREATE VIRTUAL TABLE statement_fts USING fts5(
    text, content='statement', content_rowid='rowid', tokenize='{TOKENIZER}'
)""",
    """CREATE TRIGGER statement_fts_insert AFTER INSERT ON statement BEGIN
    INSERT INTO statement_fts(rowid, text) VALUES (new.rowid, new.text);
END""",
    """CREATE TRIGGER statement_fts_delete AFTER DELETE ON statement BEGIN
    INSERT INTO statement_fts(statement_fts, rowid, text) VALUES ('delete', old.rowid, old.text);
END""",
    """CREATE TRIGGER statement_fts_update AFTER UPDATE OF text ON statement BEGIN
    INSERT INTO statement_fts(statement_fts, rowid, text) VALUES ('delete', old.rowid, old.text);
    INSERT INTO statement_fts(rowid, text) VALUES (new.rowid, new.text);
END""",
)
"""In this order. Headings are passages, but are not searched."""
