"""A source's statements and links, extracted anew: what a person wrote or judged stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kb.extract import extract
from kb.extract.model import Draft, Extraction, LinkDraft, Pointer, Quotable, View
from kb.extract.plain import plain
from kb.model import ids
from kb.model.passages import Passage
from kb.store import decisions, links, passages, references, sources, statements
from kb.text.strings import digest, fold, squash

if TYPE_CHECKING:
    from sqlmodel import Session

OWN_CLAIM = "claim"
"""Importer of a statement that a person wrote: it says what it is, nothing is inferred from it."""


def infer(session: Session, connection: sqlite3.Connection, source_id: str, now: str) -> None:
    """Extract the statements and links of a source and put them in the place of the old ones."""
    row = sources.row(connection, source_id)
    assert row is not None
    rowid, text = row["rowid"], row["text"]
    view = view_of(connection, row)
    found = Extraction() if row["importer"] == OWN_CLAIM else extract(view)
    links.clear(connection, rowid)
    gone = statements.clear(connection, rowid, text)
    links.clear_evidence(connection, rowid, text)
    names, new = _statements(view, found, rowid, now)
    statements.insert(session, connection, new)
    links.insert(session, connection, _links(view, found, names, rowid, now))
    links.clear_ends(connection, gone - set(names))
    decisions.apply(connection, rowid)


def view_of(connection: sqlite3.Connection, row: sqlite3.Row) -> View:
    """A stored source as the rules see it."""
    refs = references.of_source(connection, row["rowid"])
    cut = passages.of_source(connection, row["rowid"])
    return View(
        source_id=row["id"],
        kind=row["kind"],
        title=row["title"],
        authors=tuple(a.name for a in sources.authors(connection, row["rowid"])),
        text=row["text"],
        passages=cut,
        reference_ids=[r["target"] for r in refs],
        parent_id=row["parent"],
        quotable=_quotable(connection, row["id"], cut),
        pointers=_pointers(connection, refs),
        worded=lambda words: statements.worded(connection, words),
        placed=lambda source, fragment: statements.placed(connection, source, fragment),
    )


def _pointers(connection: sqlite3.Connection, refs: Sequence[sqlite3.Row]) -> list[Pointer]:
    titles = sources.titles(connection, {r["target"] for r in refs if r["target"]})
    return [
        Pointer(r["start"], r["end"], r["alias"] or r["name"], r["target"], titles.get(r["target"], ""), r["fragment"])
        for r in refs
    ]


def _quotable(connection: sqlite3.Connection, source_id: str, cut: Sequence[Passage]) -> tuple[Quotable, ...]:
    """What a source with quotes answers, and the post at the root of that discussion."""
    if not any(passage.kind == "quote" for passage in cut):
        return ()
    above = sources.above(connection, source_id)
    return tuple(
        Quotable(
            row["id"],
            row["text"],
            tuple(statements.places(connection, row["rowid"])),
            links.reasons(connection, row["rowid"]),
        )
        for row in dict.fromkeys((*above[:1], *above[-1:]))
        if row["text"]
    )


def infer_replies(session: Session, connection: sqlite3.Connection, source_id: str, now: str) -> None:
    """Extract again what points into a source: the replies that quote it, the notes that name a place in it.

    What they point to came after them, or has changed.
    """
    for reply in sources.quoting_below(connection, source_id):
        infer(session, connection, reply, now)
    for note in links.noting(connection, source_id):
        infer(session, connection, note, now)


def _statements(view: View, found: Extraction, rowid: int, now: str) -> tuple[list[str], list[statements.NewStatement]]:
    """The id of each draft, and the statements; drafts of the same words are mentions of one."""
    places: dict[int, int] = {}
    for passage in view.passages:
        places.setdefault(passage.block, passage.ordinal)
    names: list[str] = []
    new: dict[str, statements.NewStatement] = {}
    for draft in found.statements:
        verbatim = squash(view.text[draft.start : draft.end])
        # The id hangs on the verbatim words, so that another way to clean them leaves what was decided in place.
        name = ids.make(ids.STATEMENT, view.source_id, fold(verbatim))
        words = squash(draft.words) if draft.words else plain(verbatim)
        authored = draft.basis == "authored"
        names.append(name)
        mentions = _mentions(view, draft, rowid, places)
        if name in new:
            mentions = (*new[name].mentions, *mentions)
        new[name] = statements.NewStatement(
            name,
            draft.kind,
            words,
            draft.basis,
            draft.rule,
            "accepted" if authored else "suggested",
            None if authored else draft.confidence,
            now,
            digest(words),
            mentions,
        )
    return names, list(new.values())


def _mentions(view: View, draft: Draft, rowid: int, places: dict[int, int]) -> tuple[statements.NewMention, ...]:
    return tuple(
        statements.NewMention(rowid, view.text[a:b], a, b, draft.speaker, places.get(draft.block))
        for a, b in ((draft.start, draft.end), *draft.also)
    )


def _links(view: View, found: Extraction, names: list[str], rowid: int, now: str) -> list[links.NewLink]:
    def end(end: int | str | LinkDraft) -> str:
        if isinstance(end, LinkDraft):
            return made(end).id
        return end if isinstance(end, str) else names[end]

    def made(link: LinkDraft) -> links.NewLink:
        authored = link.basis == "authored"
        return links.NewLink(
            from_id=end(link.source),
            to_id=end(link.target),
            relation=link.relation,
            basis=link.basis,
            rule=link.rule,
            status="accepted" if authored else "suggested",
            score=None if authored else link.score,
            created=now,
            owner_rowid=rowid,
            evidence_rowid=rowid if link.evidence else None,
            evidence_quote=view.text[slice(*link.evidence)] if link.evidence else None,
            evidence_start=link.evidence[0] if link.evidence else None,
            evidence_end=link.evidence[1] if link.evidence else None,
        )

    # What is undercut stands before what undercuts it.
    return [made(link) for link in sorted(found.links, key=lambda link: isinstance(link.target, LinkDraft))]
