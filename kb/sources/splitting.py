"""A source that was joined to another, given back: as it was, while what was given to the other is taken from that.

What a person decided, wrote or linked after the joining stays with the source that stayed; only what that one had from
the other goes, where it is still as it was given. A text of the other's that came meanwhile is its text now.
"""

from __future__ import annotations

from collections.abc import Iterable

from kb.errors import UsageError
from kb.model import ids
from kb.model.source import StoredSource
from kb.sources import gaps, naming, presence, resolve
from kb.sources.extraction import infer, infer_pointing, infer_replies
from kb.sources.names import link_key
from kb.sources.removal import Cut
from kb.store import (
    carrying,
    edits,
    link_writing,
    meta,
    references,
    same_as,
    source_writing,
    sources,
    statement_writing,
    statements,
)
from kb.store.open import Store, now
from kb.text.strings import clip, digest


def joined(store: Store, ref: str) -> list[str]:
    """Ids of the sources that splitting `ref` gives back: of a source all that were joined to it, the last one first.

    An id, citekey or address of one that was joined means that one alone.

    Raises:
        NotFoundError: the REF names nothing, or several things. UsageError: nothing was joined to it.
    """
    kept = resolve.source(store, ref)
    gone = same_as.joined_to(store, kept)
    if own := [name for name in gone if ref.strip() in _names(store, name)]:
        return own
    if not gone:
        row = sources.stored(store, kept)
        title = clip(row.title, 60) if row else ref
        raise UsageError(f"nothing was joined to {title!r}", "kb merge joins two sources that are the same")
    return gone


def titles(store: Store, gone: Iterable[str]) -> dict[str, str]:
    """The titles, by id, of sources that were joined."""
    rows = (sources.stored_itself(store, name) for name in gone)
    return {row.id: row.title for row in rows if row is not None}


def _names(store: Store, source_id: str) -> set[str]:
    row = sources.stored_itself(store, source_id)
    assert row is not None
    return {row.id, row.citekey, row.url or row.id}


def split(store: Store, gone_id: str, cut: Cut) -> str:
    """Give a source back that was joined to another, in one transaction. Returns the id of the one that stayed."""
    at = now()
    with store.transaction():
        gone, kept = sources.stored_itself(store, gone_id), sources.stored(store, gone_id)
        assert gone is not None
        assert kept is not None
        _Split(store, kept, gone, at).run(cut)
    return kept.id


class _Split:
    def __init__(self, store: Store, kept: StoredSource, gone: StoredSource, at: str) -> None:
        self.store, self.kept, self.gone, self.at = store, kept, gone, at
        self.noted: dict[str, list[same_as.Copied]] = {}
        for thing in same_as.copied(store, gone.id):
            self.noted.setdefault(thing.kind, []).append(thing)

    def run(self, cut: Cut) -> None:
        store, gone, kept = self.store, self.gone, self.kept
        ((state, text, target),) = self._of("state") or [("here", kept.text_hash or "", "")]
        self._take_back()
        same_as.part(store, [gone.id, *(name for (name,) in self._of("pair"))])
        for name, before in self._of("joined"):
            same_as.join_again(store, name, before)
        moved = self._references()
        answers = [name for (name,) in self._of("answer")]
        carrying.set_parent(store, answers, kept.id, gone.id)
        facts = ("field", "authors", "tag", "fact", "reading", "revisit")
        for thing in (x for kind in facts for x in self.noted.get(kind, ())):
            gaps.empty(store, sources.stored_at(store, kept.rowid), thing)
        if kept.target and kept.target == gone.target and target != kept.target:
            source_writing.update(store, kept.rowid, {"target": target})  # it was read from the other's file
        same_as.forget(store, gone.id)
        if state == "here":
            blocks = cut(gone.importer, gone.text, sources.authors(store, gone.rowid))
            presence.bring_back(store, gone.id, blocks, self.at)
        else:
            source_writing.set_state(store, gone.rowid, "gone", self.at)
        self._evidence()
        if (kept.text_hash or "") != text and kept.text:
            infer(store, kept.id, self.at)
        infer_pointing(store, moved, self.at)
        if answers:
            infer_replies(store, kept.id, self.at)
        naming.choose_again(store, {*sources.names(store, gone.rowid), *sources.names(store, kept.rowid)})
        meta.bump_generation(store)

    def _of(self, kind: str) -> list[tuple[str, ...]]:
        return [thing.of for thing in self.noted.get(kind, ())]

    def _take_back(self) -> None:
        store = self.store
        decided = [(name, int(rowid)) for name, rowid in self._of("decision")]
        carrying.delete_rows(store, (rowid for _, rowid in decided), (int(x) for (x,) in self._of("credence")))
        for name, status, last in ((of[0], of[1], int(of[2])) for of in self._of("status")):
            if carrying.last_decision(store, name) == last:
                (link_writing if name.startswith(ids.LINK) else statement_writing).set_status(store, name, status)
        given = {name for (name,) in self._of("link")}
        for name in given:
            about = {link.id for link in carrying.links_at(store, [name])}
            if not carrying.last_decision(store, name) and about <= given:
                link_writing.delete(store, name)
        for name, text, kind, given_text, given_kind in self._of("words"):
            there = statements.read(store, [name]).get(name)
            if there is not None and (there.text, there.kind) == (given_text, given_kind):
                statement_writing.set_words(store, name, text, kind, digest(text))
        for name, field, value in self._of("edit"):
            if edits.of(store, name).get(field) != value:
                continue
            if field == edits.SPEAKER:
                edits.give_speakers_back(store, name)
            else:
                edits.drop(store, name, field)
        for (name,) in self._of("mention"):
            carrying.drop_mentions(store, name, self.kept.rowid)

    def _evidence(self) -> None:
        text = self.gone.text
        for link, start, end in ((of[0], int(of[1]), int(of[2])) for of in self._of("evidence")):
            if carrying.quote_of(self.store, link) == text[start:end]:
                carrying.set_evidence(self.store, link, self.gone.rowid, start, end)

    def _references(self) -> list[references.Resolved]:
        """What led to it before, and what names it since, leads to it."""
        noted = {(source, key) for source, key, _ in self._of("reference")}
        own = set(_keys(self.store, self.gone))
        moved = []
        for one in carrying.pointing_to(self.store, self.kept.id):
            if (one.source, one.key) in noted or one.key in own:
                references.retarget(self.store, one.rowid, self.gone.id)
                moved.append(one.resolved)
        return [one for one in moved if one.source != self.gone.id]


def _keys(store: Store, gone: StoredSource) -> Iterable[str]:
    yield from sources.keys(store, gone.rowid)
    yield "id:" + gone.id
    yield from (link_key(name) for name in sources.names(store, gone.rowid))
