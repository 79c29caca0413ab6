"""The knowledge base as a vault: a Markdown note for each source and each statement worth one.

Notes that a person changed are left alone. Texts are read a few hundred at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from kb.errors import KbError
from kb.model.context import QUOTED
from kb.model.document import SpanRecord
from kb.model.source import StoredReference
from kb.sources import citekeys
from kb.store import credences, edits, exported, links, passages, sources, statements, wholes
from kb.store import references as references_
from kb.store.open import Store
from kb.text.plain import plain as words_of
from kb.text.strings import clip, digest
from notes.markdown.meta import plain
from notes.vault import note_file, records, remarks, source_note, statement_note
from notes.vault.body import NOTHING, Own, Section
from notes.vault.folder import VaultFolder
from notes.vault.layout import STATEMENTS, Layout
from notes.vault.link_lines import LinkLines
from notes.vault.outcome import Conflict
from notes.vault.text_links import rewrite

BATCH = 200
STATEMENT_NAME = 90  # characters of a statement in its file's name


@dataclass(slots=True)
class Report:
    """What an export did; paths are relative to the folder."""

    written: list[str] = field(default_factory=list)
    unchanged: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def export(
    store: Store, directory: Path, threshold: float, *, dry_run: bool = False, leave: Collection[str] = ()
) -> Report:
    """Write the vault, and note in the store what both agree on now.

    `threshold` is the least confidence of a suggested statement that gets a note; what `leave` names gets none.

    Raises:
        KbError: the folder is a file, or cannot be written.
    """
    try:
        key = vault_key(directory)
        known = exported.of_vault(store, key) or _moved(store)
        folder = VaultFolder(directory, known, lambda found: exported.agreed_before(store, [found]), dry_run=dry_run)
        return _Export(store, folder, key, threshold, set(leave)).run()
    except OSError as error:
        place = error.filename or directory
        raise KbError(f"cannot write {place}: {error.strerror}", "check permissions and free space") from error


def _moved(store: Store) -> list[exported.Written]:
    """What was exchanged with folders that are not there any more: this may be one of them under another name."""
    gone = [vault for vault in exported.vaults(store) if not Path(vault).is_dir()]
    return [written for vault in gone for written in exported.of_vault(store, vault)]


def vault_key(directory: Path) -> str:
    """Under what a home remembers a vault."""
    return str(directory.resolve())


class _Export:
    def __init__(self, store: Store, folder: VaultFolder, key: str, threshold: float, leave: set[str]) -> None:
        self.store = store
        self.folder = folder
        self.key = key
        self.report = Report()
        own = {one.id: one.path for one in wholes.own_notes(store, key)}
        heads = [one for one in wholes.source_heads(store) if one.importer != remarks.REMARKS]
        claims = wholes.statement_heads(store, threshold)
        self.kinds = {name: kind for name, kind, _ in claims}
        self.source_ids = [one.id for one in heads if one.id not in own and one.id not in leave]
        self.statement_ids = [name for name in self.kinds if name not in leave]
        titles = [*((one.id, one.title) for one in heads if one.id not in own),
                  *((name, clip(plain(text), STATEMENT_NAME)) for name, _, text in claims)]  # fmt: skip
        self.layout = Layout(folder, titles, own, dict.fromkeys(self.kinds, STATEMENTS))
        self.stems = dict(self.layout.links)
        self.remarks = {remarks.id_of(name): name for name in (*self.source_ids, *self.statement_ids)}
        self.stems |= {name: self.stems[subject] for name, subject in self.remarks.items()}
        self.agreed: list[tuple[str, str, bytes, str | None]] = []

    def run(self) -> Report:
        for batch in _batches(self.source_ids):
            self._sources(batch)
            self._agree()
        for batch in _batches(self.statement_ids):
            self._statements(batch)
            self._agree()
        self.folder.finish(self._clear())
        if not self.folder.dry_run:
            citekeys.use(self.store, self.source_ids)
        return self.report

    def _path(self, name: str) -> str | None:
        """Path of a note in the vault, without extension."""
        return self.layout.paths.get(self.remarks.get(name, name))

    def _leads(self, name: str) -> str | None:
        """The same as a link needs it: from the vault's root where its name alone may mean another note."""
        path = self._path(name)
        return f"/{path}" if path and self.stems[name] == path and "/" in path else path

    def _put(self, name: str, text: str, fingerprint: str | None = None) -> None:
        path = f"{self._path(name)}.md"
        text = note_file.marked(text)
        content = text.encode()
        result = self.folder.put(path, name, content)
        if result == "written":
            self.report.written.append(path)
        elif result == "unchanged":
            self.report.unchanged += 1
        else:
            self.report.conflicts.append(Conflict(path, result))
            return
        place = self.folder.places.get(name)
        if result == "written" or place is None or path not in self.folder.mine or place.path != path:
            self.agreed.append((path, name, content, fingerprint))

    def _agree(self) -> None:
        """Note what was written, a batch at a time: whatever stops the export, what it wrote is known."""
        if self.agreed and not self.folder.dry_run:
            with self.store.transaction():
                for path, name, content, fingerprint in self.agreed:
                    named = name in self.layout.named
                    state = note_file.state_of(content.decode())
                    exported.agree(
                        self.store, self.key, path, name, content, state=state, text=fingerprint, named=named
                    )
        self.agreed = []

    def _own(self, batch: Sequence[str]) -> dict[str, Own]:
        """What the person put into these notes, as the file has it where it says the same."""
        held = wholes.texts(self.store, [remarks.id_of(name) for name in batch])
        found = {}
        for name in batch:
            if text := held.get(remarks.id_of(name)):
                found[name] = remarks.own(text)
                raw = self.folder.read(f"{self._path(name)}.md").decode("utf-8-sig", "replace")
                if (there := note_file.own_in(raw)) is not None and remarks.text(there) == text:
                    found[name] = there
        return found

    def _clear(self) -> list[str]:
        """Remove notes of what is gone or has another name, where nobody changed them. Returns what stays."""
        kept = []
        gone: list[str] = []
        planned = {f"{self._path(name)}.md" for name in (*self.source_ids, *self.statement_ids)}
        subjects = {one.path: one.subject for one in (*self.folder.manifest, *self.folder.places.values())}
        for path in self.folder.stale():
            state = self.folder.state(path)
            if path in planned or (subjects[path] not in self.layout.paths and path not in self.folder.mine):
                kept.append(path)  # a conflict, reported already; or what another home wrote
            elif state == "ours":
                self.folder.remove(path)
                self.report.removed.append(path)
                gone.append(path)
            elif state != "absent":
                kept.append(path)
                self.report.conflicts.append(Conflict(path, f"{state}; what it shows is gone"))
            elif subjects[path] not in self.layout.paths:
                gone.append(path)
        if gone and not self.folder.dry_run:
            with self.store.transaction():
                # Where a person put the note of what may come back: a removed source, one that was joined to another.
                placed = {one.path for one in self.folder.places.values() if one.named}
                exported.leave_place(self.store, self.key, [path for path in gone if path in placed])
                exported.forget(self.store, self.key, [path for path in gone if path not in placed])
        return kept

    def _links(self, batch: Sequence[str]) -> LinkLines:
        touching = links.touching(self.store, batch)
        beyond = {link.to_id for link in touching} - self.stems.keys()
        ends, turns = links.read(self.store, beyond), passages.turns(self.store, beyond)
        return LinkLines(self.stems, touching, ends, turns)

    # Sources

    def _sources(self, batch: Sequence[str]) -> None:
        lines, own = self._links(batch), self._own(batch)
        told = sources.bibliographies(self.store, batch)
        for whole in wholes.wholes(self.store, batch):
            name = whole.source.id
            shown, text_links = rewrite(whole.text, whole.references, self._leads)
            note = replace(records.of_source(whole, text_links, lines.records(name)), bibliography=told[name])
            sections: list[Section] = [
                ("Statements", [self._statement_line(i) for i in whole.statements if i in self.kinds]),
                ("Answers", self._named(i for i in whole.answers if i not in self.remarks)),
                *lines.sections(name),
                ("Backlinks", self._named(i for i in whole.backlinks if self.remarks.get(i) != name)),
            ]
            parent = self.stems.get(note.parent or "", "")
            stem = self.layout.paths[name].rsplit("/", 1)[-1]
            text = source_note.write(note, shown, sections, stem, parent, own.get(name, NOTHING))
            self._put(name, text, digest(whole.text)[:16] if whole.text else None)

    def _named(self, names: Iterable[str]) -> list[str]:
        return list(dict.fromkeys(f"[[{self.stems[name]}]]" for name in names if name in self.stems))

    def _statement_line(self, name: str) -> str:
        return f"{self.kinds[name].replace('_', ' ')}: [[{self.stems[name]}]]"

    # Statements

    def _statements(self, batch: Sequence[str]) -> None:
        lines, own = self._links(batch), self._own(batch)
        found = statements.read(self.store, batch)
        named = {mention.source for statement in found.values() for mention in statement.mentions}
        pointing = references_.of_sources(self.store, named)
        believed = credences.read(self.store, batch)
        said = edits.fields_of(self.store, batch)
        for name in batch:
            statement = found[name]
            record = records.of_statement(
                statement, said.get(statement.id, ()), lines.records(name), believed.get(name, ())
            )
            quotes, shown = [], record.text
            for mention in record.mentions:
                quote, changed = self._quote(mention, pointing.get(mention.source, ()))
                quotes.append(quote)
                for raw, written in changed:
                    shown = shown.replace(raw, written)
            if record.context:
                quotes.insert(0, f"on “{words_of(record.context.quote)}”")
            self._put(name, statement_note.write(record, quotes, lines.sections(name), shown, own.get(name, NOTHING)))

    def _quote(self, mention: SpanRecord, references: Sequence[StoredReference]) -> tuple[str, list[tuple[str, str]]]:
        """The quote as a block quote with its source, and the links in it that were changed."""
        within = [
            replace(r, start=r.start - mention.start, end=r.end - mention.start)
            for r in references
            if mention.start <= r.start and r.end <= mention.end
        ]
        shown, found = rewrite(mention.quote, within, self._leads)
        name = mention.speaker or (QUOTED if mention.voice == "quoted" else "")
        speaker = f"{name}, " if name else ""
        quoted = "\n".join(f"> {line}".rstrip() for line in shown.splitlines())
        line = f"{quoted}\n>\n> — {speaker}[[{self.stems[mention.source]}]]"
        return line, [(link.raw, link.written) for link in found if link.written]


def _batches(listed: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(listed)
    while batch := list(islice(rest, BATCH)):
        yield batch
