"""A small home whose statements and links the tests choose: real texts, read in the usual way, judged by nobody."""

from __future__ import annotations

from pathlib import Path

from kb.model.link import Evidence, new_link
from kb.model.statement import NewMention, NewStatement
from kb.store import link_writing, sources, statement_writing
from kb.store.open import open_reader, open_store
from kb.text.strings import digest, squash
from tests.vault_homes import add, sql

POST = """# Lighthouses are not needed

## Ships have better instruments

Every ship carries a receiver today. The receiver is more exact than any lamp. A lamp is seen by those who look.

## What remains

Some small boats carry nothing. They should be given receivers rather than lamps.
"""
REPLY = """# On lamps

A receiver fails when its battery does. A lamp on a rock does not depend on the ship. I would keep the lamps.

Nobody has counted the boats without receivers. The number matters.
"""
RECEIVER = "The receiver is more exact than any lamp."
BATTERY = "A receiver fails when its battery does."
LAMP = "A lamp on a rock does not depend on the ship."
BOATS = "Some small boats carry nothing."
COUNT = "Nobody has counted the boats without receivers."


def two_texts(folder: Path) -> Path:
    """A home with POST and REPLY and no statements. Returns it."""
    folder.mkdir(exist_ok=True)
    home = folder / "home"
    for name, text in (("post", POST), ("reply", REPLY)):
        (folder / f"{name}.md").write_text(text)
    add(home, folder / "post.md", folder / "reply.md")
    for table in ("link", "mention", "statement"):
        sql(home, f"DELETE FROM {table}")
    return home


def suggest(home: Path, quote: str, kind: str = "claim", *, rule: str = "claim-wording", basis: str = "cue",
            confidence: float = 0.7, text: str | None = None) -> str:  # fmt: skip
    """A statement that a rule found, by its quote in one of the texts. Returns its id."""
    name = "c" + digest(quote)[:8]
    with open_store(home) as store, store.transaction():
        rowid, start = next(
            (row["rowid"], row["text"].index(quote))
            for row in store.execute("SELECT rowid, text FROM source")
            if quote in row["text"]
        )
        mention = NewMention(rowid, quote, start, start + len(quote))
        words = text or squash(quote)
        new = NewStatement(
            name, kind, words, basis, rule, "suggested", confidence, "2024-01-01T00:00:00Z", digest(words), (mention,)
        )
        statement_writing.insert(store, [new])
    return name


def propose(home: Path, from_id: str, relation: str, to_id: str, *, rule: str = "stance", basis: str = "cue",
            score: float = 0.6, status: str = "suggested", evidence: str = "") -> str:  # fmt: skip
    """A link that a rule found. Returns its id."""
    with open_store(home) as store, store.transaction():
        found = None
        if evidence:
            row = next(r for r in store.execute("SELECT id, text FROM source") if evidence in r["text"])
            at = row["text"].index(evidence)
            found = Evidence(row["id"], evidence, at, at + len(evidence))
        link = new_link(
            from_id, relation, to_id, "2024-01-01T00:00:00Z",
            basis=basis, rule=rule, status=status, score=score, evidence=found,
        )  # fmt: skip
        link_writing.insert(store, [link])
    return link.id


def source_id(home: Path, title: str) -> str:
    """Id of a text by its title."""
    with open_reader(home) as store:
        return next(source.id for source in sources.listed(store) if source.title == title)


def status(home: Path, name: str) -> str:
    """Of a statement or link; "" where there is none."""
    found = sql(home, f"SELECT status FROM {'link' if name.startswith('e') else 'statement'} WHERE id = ?", name)
    return str(found[0][0]) if found else ""
