"""A source's statements and links, extracted anew: what a person wrote or judged stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb import config
from kb.extract import extract
from kb.extract import version as extract_version
from kb.extract.model import Draft, Extraction, LinkDraft, Pointer, Quotable, View, Whole
from kb.model import ids, rules
from kb.model.context import Context
from kb.model.link import Evidence, Link, new_link
from kb.model.passages import Passage
from kb.model.source import StoredReference, StoredSource
from kb.model.statement import NewMention, NewStatement
from kb.sources.ahead import Ahead
from kb.store import (
    decisions,
    edits,
    hanging,
    link_writing,
    links,
    passages,
    references,
    same_as,
    sources,
    statement_writing,
    statements,
)  # fmt: skip
from kb.store.open import Store
from kb.text.plain import plain
from kb.text.strings import digest, fold, squash


def version(store: Store) -> str:
    """Kept with every source: a text that other rules, or other names of relations, read is read again."""
    given = config.relations(store.home)
    named = digest("\n".join(f"{name}={given[name]}" for name in sorted(given)))[:8] if given else ""
    return extract_version() + (f"+relations.{named}" if named else "")


OWN_CLAIM = "claim"
"""Importer of a statement that a person wrote: it says what it is, nothing is inferred from it."""


def infer(store: Store, source_id: str, now: str, ahead: Ahead | None = None) -> None:
    """Extract the statements and links of a source and put them in the place of the old ones.

    What was found in its document `ahead` is taken, where it holds; its passages must be those of the source.
    """
    source = sources.stored(store, source_id)
    assert source is not None
    rowid, text = source.rowid, source.text
    view, found = (ahead and _found_ahead(store, source, ahead)) or _found(store, source)
    link_writing.clear(store, rowid)
    gone = statement_writing.clear(store, rowid, text, rules.NOTATION)
    link_writing.clear_evidence(store, rowid, text)
    names, new = _statements(store, view, found, rowid, now)
    statement_writing.set_found(store, statement_writing.insert(store, new))
    spoken = {(one.id, source_id, m.quote): (m.speaker, m.voice) for one in new for m in one.mentions}
    edits.apply_speakers(store, names, spoken)
    turns = passages.ids_of(store, rowid) if any(isinstance(x.target, Whole) for x in found.links) else {}
    link_writing.insert(store, _links(view, found, names, turns, now))
    link_writing.clear_ends(store, gone - set(names))
    decisions.apply(store, rowid)


def _found(store: Store, source: StoredSource) -> tuple[View, Extraction]:
    view = view_of(store, source)
    return view, Extraction() if source.importer == OWN_CLAIM else extract(view)


def _found_ahead(store: Store, source: StoredSource, ahead: Ahead) -> tuple[View, Extraction] | None:
    """What was found before the source was stored, with as much of its view as statements and links need."""
    authors = tuple(author.name for author in sources.authors(store, source.rowid))
    found = ahead.extraction(source, authors, config.relations(store.home))
    if found is None or source.importer == OWN_CLAIM or _quotable(store, source, ahead.passages):
        return None
    return View(source.id, source.kind, source.title, authors, source.text, ahead.passages), found


def view_of(store: Store, source: StoredSource) -> View:
    """A stored source as the rules see it."""
    pointing = references.of_source(store, source.id)
    cut = passages.of_source(store, source.rowid)
    return View(
        source_id=source.id,
        kind=source.kind,
        title=source.title,
        authors=tuple(author.name for author in sources.authors(store, source.rowid)),
        text=source.text,
        passages=cut,
        reference_ids=[reference.target for reference in pointing],
        parent_id=source.parent,
        quotable=_quotable(store, source, cut),
        pointers=_pointers(store, pointing),
        worded=lambda words: statements.worded(store, words),
        placed=lambda source_id, fragment: statements.placed(store, source_id, fragment),
        relations=config.relations(store.home),
    )


def _pointers(store: Store, pointing: Sequence[StoredReference]) -> list[Pointer]:
    titles = sources.titles(store, {r.target for r in pointing if r.target})
    return [
        Pointer(r.start, r.end, r.alias or r.name, r.target, titles.get(r.target or "", ""), r.fragment)
        for r in pointing
        if not r.is_none
    ]


def _quotable(store: Store, source: StoredSource, cut: Sequence[Passage]) -> tuple[Quotable, ...]:
    """What a source with quotes answers, and the post at the root of that discussion; so of a comment whose copy may
    have lost the marks of its quotes."""
    unmarked = source.kind == "comment" and sum(passage.kind == "paragraph" for passage in cut) > 1
    if not unmarked and not any(passage.kind == "quote" for passage in cut):
        return ()
    above = sources.above(store, source.id)
    return tuple(
        Quotable(one.id, one.text, tuple(statements.places(store, one.rowid)), links.reasons(store, one.rowid))
        for one in {one.id: one for one in (*above[:1], *above[-1:])}.values()
        if one.text
    )


def infer_replies(store: Store, source_id: str, now: str) -> None:
    """Extract again what points into a source: the replies that quote it, the notes that name a place in it.

    What they point to came after them, or has changed.
    """
    for reply in hanging.quoting_below(store, source_id):
        infer(store, reply, now)
    for note in hanging.noting(store, source_id, rules.NOTATION):
        infer(store, note, now)


def infer_pointing(store: Store, moved: Sequence[references.Resolved], now: str) -> None:
    """Extract again the sources in which references that lead elsewhere now bear on what is said there."""
    by_source: dict[str, list[references.Resolved]] = {}
    for one in moved:
        by_source.setdefault(one.source, []).append(one)
    for source_id, pointing in by_source.items():
        source = sources.stored(store, source_id)
        assert source is not None
        if any(_matters(source.text, one.start) for one in pointing) or passages.comments_on(
            store, source.rowid, [one.ordinal for one in pointing]
        ):
            infer(store, source_id, now)


def _matters(text: str, at: int) -> bool:
    """Whether what stands there may be a person's notation: a field, or a property of the note."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return "::" in line or (text.startswith("---") and at < text.find("\n---", 3))


def _statements(
    store: Store, view: View, found: Extraction, rowid: int, now: str
) -> tuple[list[str], list[NewStatement]]:
    """The id of each draft, and the statements; drafts of the same words are mentions of one."""
    places: dict[int, list[Passage]] = {}
    for passage in view.passages:
        places.setdefault(passage.block, []).append(passage)
    names: list[str] = []
    new: dict[str, NewStatement] = {}
    quotes = [squash(view.text[draft.start : draft.end]) for draft in found.statements]
    # The id hangs on the verbatim words, so that another way to clean them leaves what was decided in place.
    made = [ids.make(ids.STATEMENT, view.source_id, fold(verbatim)) for verbatim in quotes]
    joined = same_as.names(store, made)  # what a source that was joined to this one said first
    for draft, verbatim, own in zip(found.statements, quotes, made, strict=True):
        words = squash(draft.words) if draft.words else plain(verbatim)
        authored = draft.basis == "authored"
        name = joined.get(own, own)
        names.append(name)
        mentions = _mentions(view, draft, rowid, places)
        if name in new:
            mentions = (*new[name].mentions, *mentions)
        new[name] = NewStatement(
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


def _mentions(view: View, draft: Draft, rowid: int, places: Mapping[int, Sequence[Passage]]) -> tuple[NewMention, ...]:
    return tuple(
        NewMention(
            rowid, view.text[a:b], a, b, draft.speaker, _place(places.get(draft.block, ()), a), draft.voice,
            _context(view, draft) if a == draft.start else None,
        )
        for a, b in ((draft.start, draft.end), *draft.also)
    )  # fmt: skip


def _place(passages: Sequence[Passage], at: int) -> int | None:
    """The number of the one among a block's passages, in the order of the text, in which `at` stands."""
    return next((p.ordinal for p in reversed(passages) if p.start <= at), passages[0].ordinal if passages else None)


def _context(view: View, draft: Draft) -> Context | None:
    if draft.context is None:
        return None
    return Context(view.source_id, view.text[slice(*draft.context)], *draft.context)


def _links(view: View, found: Extraction, names: list[str], turns: Mapping[int, str], now: str) -> list[Link]:
    """The links that were found; `turns` are the ids of the passages, by their numbers."""

    def end(end: int | str | LinkDraft | Whole) -> str:
        if isinstance(end, LinkDraft):
            return made(end).id
        if isinstance(end, Whole):
            return turns[next(p.ordinal for p in view.passages if p.block == end.block)]
        return end if isinstance(end, str) else names[end]

    def made(draft: LinkDraft) -> Link:
        authored = draft.basis == "authored"
        evidence = None
        if draft.evidence:
            evidence = Evidence(view.source_id, view.text[slice(*draft.evidence)], *draft.evidence)
        return new_link(
            end(draft.source),
            draft.relation,
            end(draft.target),
            now,
            basis=draft.basis,
            rule=draft.rule,
            status="accepted" if authored else "suggested",
            score=None if authored else draft.score,
            evidence=evidence,
            owner=view.source_id,
        )

    # What is undercut stands before what undercuts it.
    return [made(draft) for draft in sorted(found.links, key=lambda draft: isinstance(draft.target, LinkDraft))]
