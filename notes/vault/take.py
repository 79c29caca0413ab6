"""A note of a vault into the store: what changed in it since both last agreed, and nothing else.

What the store learned meanwhile stays. Where both changed the same thing, the person's word counts for facts and the
newer text for texts; what does not stand then is told in the note, and in the report.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kb.errors import NotFoundError
from kb.model.document import Block, Document, Reference, SourceRecord, StatementRecord
from kb.model.source import StoredSource
from kb.model.words import SourceKind
from kb.review import decide
from kb.sources import add, corrections
from kb.sources.edit import SourceEdit, edit
from kb.sources.wording import restate, set_speaker
from kb.store import exported, people, references, source_writing, sources, statements
from kb.store.open import Store
from kb.text import merge
from kb.text.merge import Clash
from kb.text.strings import digest, squash
from notes.vault import hand, reading_property, remarks
from notes.vault.exchange import Place
from notes.vault.hand import LineEdits
from notes.vault.note_file import NoteFile
from notes.vault.remarks import Subject
from notes.vault.source_note import SourceNote
from notes.vault.text_links import Leads, TextLink, source_of

Cut = Callable[[SourceNote], tuple[tuple[Block, ...], tuple[Reference, ...]]]
"""Cuts the text of a source as its importer did."""


@dataclass(slots=True)
class Taken:
    """What came of one note. `lines` and `record` go in once all notes are read, since they may name any."""

    source: str | None = None
    statement: bool = False  # whether it is a statement's note, that of one in `source`
    changed: bool = False
    again: bool = False  # it could not be taken, and is to be looked at anew next time
    decisions: int = 0
    conflicts: list[str] = field(default_factory=list)
    lines: LineEdits = hand.NOTHING
    record: SourceRecord | StatementRecord | None = None
    clashes: list[tuple[Clash, str]] = field(default_factory=list)


def take_source(
    store: Store, row: StoredSource, place: Place, now: NoteFile, before: NoteFile | None, cut: Cut, me: str,
    *, by_kb: bool,
) -> Taken:  # fmt: skip
    """Take up what changed in the note of a source that the store has.

    `before` is the note as it was agreed on, None where nobody knows; `by_kb` says that kb wrote it as it is, in this
    home or another, so that its lines are nobody's hand.
    """
    note, was = _source(now), _source(before) if before else None
    taken = Taken(row.id)
    facts = _facts(store, row, note, was, taken)
    with store.transaction():
        taken.changed |= bool(edit(store, row.id, facts))
        taken.changed |= reading_property.take(store, row.id, note, was)
        if place.vault.agreed.get(now.subject) and place.vault.agreed[now.subject].path != place.path:
            stem = place.path.removesuffix(".md").rsplit("/", 1)[-1]
            source_writing.add_names(store, row.rowid, [(stem, 1)])  # links follow a file that somebody renamed
    row = sources.stored(store, row.id) or row  # with the facts that have just changed
    _text(store, row, place, note, was, cut, taken)
    if note.record:
        old = set(was.record.links) if was and was.record else set()
        rejected = set(was.record.rejected) if was and was.record else set()
        links = tuple(link for link in note.record.links if link not in old)
        taken.record = SourceRecord(row.id, links, tuple(n for n in note.record.rejected if n not in rejected))
    _by_hand(place, now, before, row.id, taken, by_kb=by_kb)
    title = facts.title or row.title
    _own(store, place, Subject(row.id, row.id, title), now, before, me, taken)
    return taken


def take_statement(store: Store, place: Place, now: NoteFile, before: NoteFile, me: str, *, by_kb: bool) -> Taken:
    """Take up what changed in the note of a statement."""
    record, was = _statement(now), _statement(before)
    there = statements.read(store, [record.id]).get(record.id)
    taken = Taken(there.mentions[0].source if there and there.mentions else None, statement=True)
    text, kind, status = record.text, record.kind, record.status
    stray = ""
    if now.shown != before.shown and not by_kb:
        said = squash(now.shown.removeprefix("\\"))
        if before.shown in now.said:
            stray = now.shown
        elif text == was.text:
            text = said
        elif said != text:
            stray = now.shown  # the properties say it in other words
    if (text, kind) != (was.text, was.kind) and there is not None:
        if there.text not in (was.text, text):
            taken.clashes.append((Clash(text, there.text), "the statement"))
        _decide(taken, lambda: decide.edit(store, record.id, text, kind))
    elif status != was.status and (there is None or there.status != status):
        _decide(taken, lambda: decide.verdict(store, record.id, status))
    _by_hand(place, now, before, record.id, taken, by_kb=by_kb)
    speaker = _speaker(now, before, taken.lines)
    if speaker is not None and there is not None:
        with store.transaction():
            set_speaker(store, record.id, speaker)
            corrections.follow(store, statements.read(store, [record.id])[record.id])
        taken.changed = True
    old = set(was.links)
    held = set(was.credences)
    taken.record = replace(
        record, status="suggested", text=there.text if there else text, edited=(),
        links=tuple(link for link in record.links if link not in old),
        credences=tuple(one for one in record.credences if one not in held),
    )  # fmt: skip
    if not taken.record.links and not taken.record.credences and record.mentions == was.mentions:
        taken.record = None
    taken.lines = replace(taken.lines, stray="\n\n".join(filter(None, (stray, taken.lines.stray))))
    _own(store, place, Subject(record.id, taken.source, squash(text)), now, before, me, taken)
    return taken


# Facts


def _facts(store: Store, row: StoredSource, note: SourceNote, was: SourceNote | None, taken: Taken) -> SourceEdit:
    """The facts that a person changed in the front matter."""
    tags = sources.tags(store, row.rowid)
    if was is None:
        for name in ("title", "published", "url", "citekey"):
            said, known = getattr(note, name), getattr(row, name)
            if said and said != known:
                taken.clashes.append((Clash(str(known), str(said)), name))
        return SourceEdit(
            tagged=tuple(tag for tag in note.tags if tag not in tags),
            authors=note.authors if note.authors and not sources.authors(store, row.rowid) else None,
        )
    changed: dict[str, str] = {}
    for name in ("title", "kind", "published", "url", "citekey"):
        said, before, known = (getattr(one, name) or "" for one in (note, was, row))
        if said in (before, known, note.id) or (name in {"title", "kind", "citekey"} and not said):
            continue
        if known != before:
            taken.clashes.append((Clash(said, known), name))
        changed[name] = said
    kind: SourceKind | None = changed.pop("kind", None)  # type: ignore[assignment]  # checked when it was read
    if names(note) != names(was):
        known = people.author_names(store, [row.rowid]).get(row.rowid, [])
        if not people.same_people(store, known, names(was)):
            taken.clashes.append((Clash(", ".join(names(note)), ", ".join(known)), "authors"))
    return SourceEdit(
        title=changed.get("title"),
        published=changed.get("published"),
        url=changed.get("url"),
        citekey=changed.get("citekey"),
        kind=kind,
        authors=note.authors if names(note) != names(was) else None,
        tagged=tuple(tag for tag in note.tags if tag not in was.tags),
        untagged=tuple(tag for tag in was.tags if tag not in note.tags),
        aliases=tuple(alias for alias in note.aliases if alias not in was.aliases),
    )


def names(note: SourceNote) -> list[str]:
    """The authors of a note by name."""
    return [author.name for author in note.authors]


# Text


def _text(
    store: Store, row: StoredSource, place: Place, note: SourceNote, was: SourceNote | None, cut: Cut, taken: Taken
) -> None:
    base = was.text if was else _known_text(store, row, note)
    if note.text == base or note.text == row.text:
        return
    if not note.text and base:
        taken.conflicts.append("its text was taken out; delete the note to remove what it shows")
        return
    merged = merge.merge(base, row.text, note.text)
    taken.clashes += [(clash, "the text") for clash in merged.clashes]
    if merged.text == row.text:
        return
    replace_text(store, row, replace(note, text=merged.text), cut, place.vault.note)
    taken.changed = True


def _known_text(store: Store, row: StoredSource, note: SourceNote) -> str:
    """What a text grew from of which nobody knows: itself, where store and vault once agreed about it."""
    if not note.edited and exported.agreed_before(store, [digest(note.text)[:16]]):
        return note.text
    return merge.common(row.text, note.text)


def replace_text(store: Store, row: StoredSource, note: SourceNote, cut: Cut, leads: Leads) -> None:
    """Let a person's version be the text of a source; what was imported is kept to compare later imports with."""
    said = statements.of_source(store, row.id) if row.importer == "claim" else []
    document = _document(store, row, note, cut, leads)
    add.add(store, document, row.importer_version.split("/")[0], sole=False, by_hand=True)
    with store.transaction():
        for one in said:  # a claim of one's own says what its note says
            restate(store, row.id, one, note.text)


def read_again(store: Store, row: StoredSource, note: SourceNote, version: str, cut: Cut) -> None:
    """Cut and extract the text that the store has by a newer version of its importer or of the rules."""
    pointing = references.of_source(store, row.id)
    links = tuple(TextLink(one.raw, one.target) for one in pointing if one.target)
    document = _document(store, row, replace(note, text=row.text, links=links), cut)
    add.add(store, document, version, sole=False)


def _document(store: Store, row: StoredSource, note: SourceNote, cut: Cut, leads: Leads = lambda _: None) -> Document:
    """A stored source with the text of a note; `leads` knows where links go that the note does not tell of."""
    blocks, found = cut(note)
    targets = {link.raw: link.to for link in note.links}
    return Document(
        kind=row.kind,
        title=row.title,
        title_given=row.title_given,
        text=note.text,
        blocks=blocks,
        references=tuple(replace(one, source=targets.get(one.raw) or source_of(one, leads)) for one in found),
        external_ids=dict(row.external_ids),
        original=sources.original(store, row.id),
        importer=row.importer,
        problems=row.problems,
        id=row.id,
    )


# Hand and own words


def _by_hand(place: Place, now: NoteFile, before: NoteFile | None, subject: str, taken: Taken, *, by_kb: bool) -> None:
    if before is None or by_kb:
        return
    vault = place.vault
    taken.lines = hand.line_edits(before.said, now.said, subject, vault.was, vault.known)


def _own(
    store: Store, place: Place, subject: Subject, now: NoteFile, before: NoteFile | None, me: str, taken: Taken
) -> None:
    """The person's own words: what is below the mark, and what they wrote elsewhere in the note."""
    held, said = remarks.of(store, subject.id), remarks.text(now.own)
    base = remarks.text(before.own) if before else merge.common(held, said)
    merged = merge.merge(base, said, held)
    words = merged.text
    stray = now.stray if before is None or now.stray != before.stray else ""
    for more in (stray, taken.lines.stray):
        words = remarks.with_words(words, more)
    clashes = [*taken.clashes, *((clash, "these words") for clash in merged.clashes)]
    for clash, what in clashes:
        if clash.other.strip():
            words = remarks.with_words(words, remarks.told(clash, what))
        taken.conflicts.append(f"{what}: changed here and in the knowledge base")
    if words != held:
        remarks.put(store, subject, words, me, place.vault.note)
        taken.changed = True


def _speaker(now: NoteFile, before: NoteFile, lines: LineEdits) -> str | None:
    """Who a person says makes the statement, where they changed that."""
    if now.speaker != before.speaker:
        return now.speaker or ""
    was, said = ({span.speaker for span in _statement(one).mentions} for one in (before, now))
    if was != said and len(said) == 1:
        return said.pop() or ""
    return lines.speaker


def _decide(taken: Taken, decision: Callable[[], decide.Done | None]) -> None:
    try:
        if decision() is not None:
            taken.changed = True
            taken.decisions += 1
    except NotFoundError as error:
        taken.conflicts.append(error.message)


def _source(note: NoteFile) -> SourceNote:
    assert note.source is not None
    return note.source


def _statement(note: NoteFile) -> StatementRecord:
    assert note.statement is not None
    return note.statement
