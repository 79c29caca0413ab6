"""What a person says: claims, notes, links, and verdicts about what the program proposed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from kb.errors import KbError, NotFoundError, UsageError
from kb.model import ids
from kb.model.document import Author, Block, Document, Reference
from kb.model.link import new_link
from kb.model.named import Named, NamedKind
from kb.model.rules import PERSON
from kb.model.statement import NewMention, NewStatement
from kb.model.words import RELATIONS, STATEMENT_KINDS, Relation, StatementKind
from kb.review.decide import read, record
from kb.sources import add, own_words, resolve
from kb.sources.extraction import OWN_CLAIM
from kb.store import link_writing, links, meta, sources, statement_writing, statements
from kb.store.open import Store, now
from kb.text.repair import repair
from kb.text.spelling import one_of
from kb.text.strings import digest, squash


def claim(
    store: Store,
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
        raise UsageError(f"no kind {kind!r}", one_of(kind, STATEMENT_KINDS))
    if (source is None) != (quote is None):
        raise UsageError("--source and --quote go together", "give both, or neither")
    signed: tuple[tuple[Relation, Sequence[str]], ...] = (("supports", supports), ("attacks", attacks))
    ends = [(relation, resolve.ref(store, ref, "statement", "source").id) for relation, refs in signed for ref in refs]
    where = resolve.source(store, source) if source else None
    if where is None:
        where = _own_note(store, text, me, None)
    with store.transaction():
        read = sources.stored(store, where)
        assert read is not None
        start, end = _find(read.text, repair(quote) if quote else text, read.title)
        name = ids.make(ids.STATEMENT, "authored", text, taken=lambda i: _is_another(store, i, text))
        mention = NewMention(read.rowid, read.text[start:end], start, end, None if quote else me)
        new = NewStatement(
            name, cast(StatementKind, kind), text, "authored", PERSON, "accepted", None, now(), digest(text), (mention,)
        )
        statement_writing.insert(store, [new])
        if statements.read(store, [name])[name].status == "rejected":  # it was taken out, and is said again
            _judge(store, name, "accepted")
        link_writing.insert(store, [new_link(name, relation, end_, now()) for relation, end_ in ends])
        meta.bump_generation(store)
    return name


def note(store: Store, text: str, on: str, me: str) -> str:
    """Write a note on a source. Returns the note's id."""
    text = repair(text).strip()
    if not text:
        raise UsageError("an empty note", "write the note in quotes")
    about = resolve.source(store, on)
    title = sources.read(store, [about])[about].title
    return _own_note(store, text, me, (about, title))


def jotting(store: Store, document: Document, me: str) -> str:
    """Write a note of one's own on nothing in particular, read as Markdown. Returns its id.

    Raises:
        UsageError: it says nothing.
    """
    if not document.text.strip():
        raise UsageError("an empty note", "write the note in quotes, or give - and the text on standard input")
    own = replace(
        document,
        title=document.title if document.text.startswith("---\n") else own_words.title(document.text),
        authors=document.authors or (Author(me),),
        published=document.published or now(),
        original=document.text.encode(),
        importer=own_words.JOTTING,
        target="",
        external_ids={"kb": digest(now() + document.text)[:16]},
    )
    return add.add(store, own, "1", sole=False).source_id


def link(store: Store, from_ref: str, relation: str, to_ref: str) -> str:
    """Write a link. Returns its id; one that the program had proposed is thereby accepted.

    Raises:
        UsageError: an unknown relation, or ends that cannot be linked so.
        NotFoundError: an end does not exist.
    """
    if relation not in RELATIONS:
        raise UsageError(f"no relation {relation!r}", one_of(relation, RELATIONS))
    with store.transaction():
        from_id = resolve.ref(store, from_ref, "statement", "source").id
        ends: tuple[NamedKind, ...] = ("statement", "source")
        to_id = resolve.ref(store, to_ref, *ends, *(("link",) if relation == "undercuts" else ())).id
        if from_id == to_id:
            raise UsageError("a statement cannot be linked to itself", "name two")
        new = new_link(from_id, cast(Relation, relation), to_id, now())
        if links.read(store, [new.id]):
            _judge(store, new.id, "accepted")
        else:
            link_writing.insert(store, [new])
        meta.bump_generation(store, texts=False)
    return new.id


def decide(store: Store, refs: Sequence[str], verdict: str) -> list[Named]:
    """Accept or reject statements, links and what judges say of them, all or none."""
    with store.transaction():
        named = [_suggested(store, ref) for ref in refs]
        for one in named:
            _judge(store, one.id, verdict)
        meta.bump_generation(store, texts=False)
    return named


def _suggested(store: Store, ref: str) -> Named:
    if ids.OF_PROPOSAL.fullmatch(ref.strip()):
        return Named("proposal", read(store, ref.strip()).id, "")
    return resolve.ref(store, ref, "link", "statement")


def _judge(store: Store, name: str, verdict: str) -> None:
    record(store, read(store, name), verdict)


def _own_note(store: Store, text: str, me: str, about: tuple[str, str] | None) -> str:
    """A note by oneself as a source, with a reference to what it is about."""
    references: tuple[Reference, ...] = ()
    body = text
    if about:
        mark = f"[[{about[1].replace('[', '(').replace(']', ')').replace('|', '-')}]]"
        body = f"{mark}\n\n{text}"
        references = (Reference("wikilink", mark, 0, len(mark), about[1]),)
    start = len(body) - len(text)
    own = _own_blocks(text, start, me, 0 if about else None)
    document = Document(
        kind="note",
        title=own_words.title(text),
        text=body,
        blocks=(Block("paragraph", 0, len(references[0].raw)), *own) if about else own,
        references=references,
        authors=(Author(me),),
        published=now(),
        original=body.encode(),
        importer="note" if about else OWN_CLAIM,
        external_ids={"kb": digest(now() + body)[:16]},
    )
    return add.add(store, document, "1", sole=False, about=about[0] if about else None).source_id


def _own_blocks(text: str, start: int, me: str, about: int | None) -> tuple[Block, ...]:
    """The note, said by oneself, but for what is quoted at its beginning: the words of what it is about."""
    quoted = re.match(r"(?:>[^\n]*\n?)+", text) if about is not None else None
    if quoted is None:
        return (Block("paragraph", start, start + len(text), about=about, speaker=me),)
    rest = len(text) - len(text[quoted.end() :].lstrip())
    blocks = [Block("quote", start, start + len(quoted[0].rstrip()))]
    if rest < len(text):
        blocks.append(Block("paragraph", start + rest, start + len(text), about=about, speaker=me))
    return tuple(blocks)


def _find(text: str, quote: str, title: str) -> tuple[int, int]:
    """The span of a quote, blanks aside.

    Raises:
        NotFoundError: the source does not have it.
        KbError: the quote is empty.
    """
    words = quote.split()
    if not words:
        raise KbError("an empty quote", "copy the words from the source")
    found = re.search(r"\s+".join(re.escape(word) for word in words), text)
    if not found:
        raise NotFoundError(
            f"the quote is not in {title!r}", "copy it as it stands there; `kb show REF` prints the text"
        )
    return found.start(), found.end()


def _is_another(store: Store, name: str, text: str) -> bool:
    return statements.text_of(store, name) not in (None, text)
