"""What a person says: claims, notes, links, and verdicts about what the program proposed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kb.errors import KbError, NotFoundError, UsageError
from kb.model import ids
from kb.model.document import Author, Block, Document, Reference
from kb.model.rules import PERSON
from kb.model.words import RELATIONS, STATEMENT_KINDS
from kb.sources import add, resolve
from kb.sources.extraction import OWN_CLAIM
from kb.store import decisions, links, meta, open, sources, statements
from kb.text.repair import repair
from kb.text.strings import digest, squash

if TYPE_CHECKING:
    pass


def claim(
    store: open.Store,
    text: str,
    me: str,
    *,
    kind: str = "claim",
    supports: Sequence[str] = (),
    attacks: Sequence[str] = (),
    source: str | None = None,
    quote: str | None = None,
) -> str:
    """Write a statement of one's own. Returns its id.

    With `source` and `quote` the quote is found in that source and is its mention; otherwise the statement is a
    note of one's own, so that it too has a source.

    Raises:
        UsageError: an unknown kind, or a quote without a source.
        NotFoundError: the quote is not in the source, or a link's end does not exist.
    """
    text = squash(repair(text))
    if not text:
        raise UsageError("an empty claim", "write the claim in quotes")
    if kind not in STATEMENT_KINDS:
        raise UsageError(f"no kind {kind!r}", "one of: " + ", ".join(STATEMENT_KINDS))
    if (source is None) != (quote is None):
        raise UsageError("--source and --quote go together", "give both, or neither")
    reader = store.reader()
    ends = [(relation, resolve.ref(reader, ref, "statement", "source")[1])
            for relation, refs in (("supports", supports), ("attacks", attacks)) for ref in refs]  # fmt: skip
    where = resolve.source(reader, source) if source else None
    reader.close()
    if where is None:
        where = _own_note(store, text, me, None)
    with store.transaction() as session:
        connection = open.raw(session)
        row = sources.row(connection, where)
        assert row is not None
        start, end = _find(row["text"], repair(quote) if quote else text, row["title"])
        name = ids.make(ids.STATEMENT, "authored", text, taken=lambda i: _is_another(connection, i, text))
        mention = statements.NewMention(row["rowid"], row["text"][start:end], start, end, None if quote else me)
        new = statements.NewStatement(
            name, kind, text, "authored", PERSON, "accepted", None, open.now(), digest(text), (mention,)
        )
        statements.insert(session, connection, [new])
        links.insert(session, connection, [_authored(name, relation, end_) for relation, end_ in ends])
        meta.bump_generation(connection)
    return name


def note(store: open.Store, text: str, on: str, me: str) -> str:
    """Write a note on a source. Returns the note's id."""
    text = repair(text).strip()
    if not text:
        raise UsageError("an empty note", "write the note in quotes")
    reader = store.reader()
    about = resolve.source(reader, on)
    title = sources.read(reader, [about])[about]["title"]
    reader.close()
    return _own_note(store, text, me, (about, title))


def link(store: open.Store, from_ref: str, relation: str, to_ref: str) -> str:
    """Write a link. Returns its id; one that the program had proposed is thereby accepted.

    Raises:
        UsageError: an unknown relation, or ends that cannot be linked so.
        NotFoundError: an end does not exist.
    """
    if relation not in RELATIONS:
        raise UsageError(f"no relation {relation!r}", "one of: " + ", ".join(RELATIONS))
    with store.transaction() as session:
        connection = open.raw(session)
        _, from_id = resolve.ref(connection, from_ref, "statement", "source")
        ends = ("statement", "source", "link") if relation == "undercuts" else ("statement", "source")
        _, to_id = resolve.ref(connection, to_ref, *ends)
        if from_id == to_id:
            raise UsageError("a statement cannot be linked to itself", "name two")
        new = _authored(from_id, relation, to_id)
        if links.read(connection, [new.id]):
            _judge(connection, "link", new.id, "accepted")
        else:
            links.insert(session, connection, [new])
        meta.bump_generation(connection)
    return new.id


def decide(store: open.Store, refs: Sequence[str], verdict: str) -> list[tuple[str, str]]:
    """Accept or reject statements and links, all or none. Returns (table, id) of each."""
    with store.transaction() as session:
        connection = open.raw(session)
        named = [resolve.ref(connection, ref, "link", "statement") for ref in refs]
        for table, name in named:
            _judge(connection, table, name, verdict)
        meta.bump_generation(connection)
    return named


def _judge(connection: sqlite3.Connection, table: str, name: str, verdict: str) -> None:
    there = (links if table == "link" else statements).read(connection, [name])[name]
    decisions.add(connection, name, verdict, open.now(), there["basis"], there["rule"])
    (links if table == "link" else statements).set_status(connection, name, verdict)


def _authored(from_id: str, relation: str, to_id: str) -> links.NewLink:
    return links.NewLink(from_id, to_id, relation, "authored", PERSON, "accepted", None, open.now())


def _own_note(store: open.Store, text: str, me: str, about: tuple[str, str] | None) -> str:
    """A note by oneself as a source, with a reference to what it is about."""
    from kb.text.strings import clip

    references: tuple[Reference, ...] = ()
    body = text
    if about:
        mark = f"[[{about[1].replace('[', '(').replace(']', ')').replace('|', '-')}]]"
        body = f"{mark}\n\n{text}"
        references = (Reference("wikilink", mark, 0, len(mark), about[1]),)
    start = len(body) - len(text)
    block = Block("paragraph", start, len(body), about=0 if about else None, speaker=me)
    document = Document(
        kind="note",
        title=clip(text, 80),
        text=body,
        blocks=(Block("paragraph", 0, len(references[0].raw)), block) if about else (block,),
        references=references,
        authors=(Author(me),),
        published=open.now(),
        original=body.encode(),
        importer="note" if about else OWN_CLAIM,
        external_ids={"kb": digest(open.now() + body)[:16]},
    )
    return add.add(store, document, "1", sole=False, about=about[0] if about else None).source_id


def _find(text: str, quote: str, title: str) -> tuple[int, int]:
    """The span of a quote, blanks aside.

    Raises:
        NotFoundError: the source does not have it.
        KbError: the quote is empty.
    """
    import re

    words = quote.split()
    if not words:
        raise KbError("an empty quote", "copy the words from the source")
    found = re.search(r"\s+".join(re.escape(word) for word in words), text)
    if not found:
        raise NotFoundError(
            f"the quote is not in {title!r}", "copy it as it stands there; `kb show REF` prints the text"
        )
    return found.start(), found.end()


def _is_another(connection: sqlite3.Connection, name: str, text: str) -> bool:
    row = connection.execute("SELECT text FROM statement WHERE id = ?", (name,)).fetchone()
    return row is not None and row[0] != text
