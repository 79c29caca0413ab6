"""Notes of exported vaults in a run: those that the store knows are taken up by what changed in them, others read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from importers import importers
from importers.base import Input
from importers.texts import vault_note
from kb.model import ids
from kb.model.document import Records
from kb.model.source import StoredSource
from kb.review import hand as decisions
from kb.sources import extraction
from kb.store import exported, same_as, sources, statements
from kb.store.open import Store
from kb.text.merge import Clash
from kb.text.strings import digest, squash
from notes.vault import note_file, remarks, take
from notes.vault.exchange import Exchange, Place, base, other_file
from notes.vault.hand import LineEdits
from notes.vault.note_file import NoteFile
from notes.vault.outcome import Conflict, Outcome
from notes.vault.remarks import Subject
from notes.vault.take import Taken


@dataclass(frozen=True, slots=True)
class _Agreed:
    """What store and vault agree on once the run is through."""

    target: str
    place: Place
    subject: str
    content: bytes
    text: str | None
    named: bool


class Vaults:
    """The vaults that a run meets. `me` is who writes in their notes."""

    def __init__(self, store: Store, me: str) -> None:
        self._store = store
        self._me = me
        self._exchange = Exchange(store)
        self._agreed: list[_Agreed] = []
        self._lines: list[LineEdits] = []
        self._new: list[tuple[Input, Place, NoteFile]] = []
        self.outcome = Outcome()
        self.records: dict[str, Records] = {}
        """What notes say of statements and links, by target: for once all sources are there."""

    def take(self, found: Input) -> Taken | None:
        """Take up what changed in a note of kb's that the store knows; None where it is to be read as any other.

        Raises:
            KbError: it is of a later form, or says what cannot be.
        """
        place = self._exchange.place(found.target)
        if not vault_note.sniff(found):
            return self._broken(place) if place else None
        now = note_file.read(vault_note.raw(found))
        if place is None:
            return None
        content = base(self._store, place, now.subject, found.original)
        if not self._is_known(now):
            # What it shows is gone, and it goes with the next export; else it is to be read.
            agreed = now.subject in place.vault.agreed and content == found.original
            return Taken(statement=True) if agreed else None
        if (nothing := self._nothing(found, place, now, content)) is not None:
            return nothing
        before = note_file.read(content.decode("utf-8-sig")) if content is not None else None
        taken = self._changed(found, place, now, before)
        if taken is None:
            return None
        for reason in taken.conflicts:
            self._conflict(place, reason)
        if taken.record:
            self.records[found.target] = (taken.record,)
        if taken.lines.accepted or taken.lines.rejected or taken.lines.written:
            self._lines.append(taken.lines)
            taken.changed = True
        self.outcome.decisions += taken.decisions
        if taken.changed:
            self.outcome.taken.append(place.path)
            self.outcome.subjects.add(now.subject)
        self._agree(found, place, now)
        return taken

    def _broken(self, place: Place) -> Taken | None:
        """A file that was a note of kb's, is no more, and has not gone elsewhere: it is no note of the person's own."""
        subject = place.vault.by_path.get(place.path)
        if subject is None or subject in place.vault.files.values() or not place.vault.agreed[subject].file_hash:
            return None
        cure = "put them back, or delete the file and have kb export write it anew"
        self._conflict(place, f"its properties, by which kb knows it, are gone; {cure}")
        return Taken(again=True, statement=True)

    def _nothing(self, found: Input, place: Place, now: NoteFile, content: bytes | None) -> Taken | None:
        """Where nothing is to be taken: the note is as agreed (`content`), a copy, damaged, or of what is away."""
        statement = now.source is None
        if (away := self._away(now)) is not None:
            if content != found.original:
                reason = f"changed, but what it shows is {away.state}: kb restore {away.id}, or delete the note"
                self._conflict(place, reason)
            return Taken(away.id, again=True, statement=statement)
        if now.damage or (copy := other_file(place, place.vault.agreed.get(now.subject))):
            self._conflict(place, now.damage or f"is a copy of {copy}; one of the two is the note")
            return Taken(self._source(now), again=True, statement=statement)
        if content == found.original:
            agreed = place.vault.agreed.get(now.subject)
            if agreed is None or agreed.file_hash == exported.digest(content):
                self._agree(found, place, now)  # else it is an older state, which tells nothing, whoever put it back
        else:
            return None
        return Taken(self._source(now), changed=self._read_again(now), statement=statement)

    def _away(self, note: NoteFile) -> StoredSource | None:
        """What a note shows, where that is not here: a source; of a statement that nobody makes, removed remarks."""
        if note.source is not None:
            row = self._stored(note.subject)
            return row if row is not None and row.state != "here" else None
        row = self._stored(remarks.id_of(note.subject))
        if row is None or row.state != "removed" or statements.read(self._store, [note.subject])[note.subject].mentions:
            return None
        return row

    def added(self, found: Input, source_id: str | None) -> None:
        """A note of kb's was read as what it shows: what the person wrote into it goes in too."""
        place = self._exchange.place(found.target)
        if not vault_note.sniff(found) or place is None:
            return
        now = note_file.read(vault_note.raw(found))
        if now.statement is not None:
            self._new.append((found, place, now))  # it is there once all records are in
            return
        if now.source is not None:
            self._write(place, Subject(source_id or now.subject, source_id, now.source.title), now)
        self._agree(found, place, now)

    def _write(self, place: Place, subject: Subject, note: NoteFile) -> None:
        """Take in what the person wrote into a note that is new here."""
        if words := remarks.with_words(remarks.text(note.own), note.stray):
            remarks.put(self._store, subject, words, self._me, place.vault.note)

    def clashed(self, source_id: str, clash: Clash) -> None:
        """Keep the words of a person's version that a new import has others for: they go below, in the note."""
        row = self._stored(source_id)
        assert row is not None
        words = remarks.with_words(remarks.of(self._store, source_id), remarks.told(clash, "the text"))
        remarks.put(self._store, Subject(row.id, row.id, row.title), words, self._me)
        self.outcome.conflicts.append(Conflict(row.title, "the text: changed here and in the knowledge base"))

    def decide(self) -> None:
        """Do what the person's hand said about statements and links, once all of them are there."""
        stated = statements.read(self._store, [note.subject for _, _, note in self._new])
        for found, place, note in self._new:
            there = stated.get(note.subject)
            if there is None:
                self._conflict(place, f"{note.subject}, which it shows, is not in the knowledge base")
                continue
            where = there.mentions[0].source if there.mentions else None
            self._write(place, Subject(there.id, where, squash(there.text)), note)
            self._agree(found, place, note)
        for lines in self._lines:
            done = decisions.apply(
                self._store, lines.accepted, lines.rejected, [(n.from_id, n.relation, n.to_id) for n in lines.written]
            )
            self.outcome.decisions += done

    def forget(self, target: str) -> None:
        """Have what a note says read again next time: not all of it went in."""
        self._agreed = [one for one in self._agreed if one.target != target]

    def keep(self) -> None:
        """Note, inside a transaction, what store and vaults agree on now."""
        for one in self._agreed:
            vault, path = one.place.vault.root, one.place.path
            state = note_file.state_of(one.content.decode("utf-8-sig"))
            exported.agree(
                self._store, vault, path, one.subject, one.content, state=state, text=one.text, named=one.named
            )

    def _changed(self, found: Input, place: Place, now: NoteFile, before: NoteFile | None) -> Taken | None:
        by_kb = (now.subject, exported.digest(found.original)) in place.vault.written
        if now.statement is not None and before is not None and before.statement is not None:
            kept = same_as.name(self._store, now.subject)  # it may have become one with another
            now = replace(now, statement=replace(now.statement, id=kept))
            before = replace(before, statement=replace(before.statement, id=kept))
            return take.take_statement(self._store, place, now, before, self._me, by_kb=by_kb)
        if now.statement is not None:
            return None
        row = self._stored(now.subject)
        if row is None or (before is None and row.kind == "stub"):
            return None
        return take.take_source(self._store, row, place, now, before, vault_note.cut_note, self._me, by_kb=by_kb)

    def _is_known(self, note: NoteFile) -> bool:
        if note.subject.startswith(ids.STATEMENT):
            return statements.text_of(self._store, same_as.name(self._store, note.subject)) is not None
        row = self._stored(note.subject)
        return row is not None and row.citekey != row.id  # one that another note named waits for its own

    def _read_again(self, note: NoteFile) -> bool:
        """Whether the text in the store was cut or read by an older version, and is now read anew."""
        row = self._stored(note.subject) if note.source else None
        if row is None or note.source is None or not row.text:
            return False
        known = importers().get(row.importer)
        version = known.version if known else "1"
        if row.importer_version == f"{version}/{extraction.version(self._store)}":
            return False
        take.read_again(self._store, row, note.source, version, vault_note.cut_note)
        if words := remarks.of(self._store, row.id):
            remarks.put(self._store, Subject(row.id, row.id, row.title), words, self._me)
        return True

    def _stored(self, name: str) -> StoredSource | None:
        row = sources.stored(self._store, name)
        return row or next(iter(sources.by_keys(self._store, ["id:" + name])), None)

    def _source(self, note: NoteFile) -> str | None:
        row = self._stored(note.subject) if note.source is not None else None
        return row.id if row else None

    def _agree(self, found: Input, place: Place, note: NoteFile) -> None:
        agreed = place.vault.agreed.get(note.subject)
        named = agreed is not None and (agreed.named or agreed.path != place.path)
        text = digest(note.source.text)[:16] if note.source and note.source.text else None
        content = found.original
        if agreed is None or agreed.path != place.path or agreed.file_hash != exported.digest(content):
            self._agreed.append(_Agreed(found.target, place, note.subject, content, text, named))

    def _conflict(self, place: Place, reason: str) -> None:
        self.outcome.conflicts.append(Conflict(place.path, reason))


def root_of(store: Store, directory: Path) -> Path:
    """The vault in which a folder lies; itself, where it lies in none."""
    place = Exchange(store).place(str(directory / "note.md"))
    return Path(place.vault.root) if place else directory
