"""The knowledge base as a vault: a Markdown note for each source and each statement worth one.

Notes that a person changed are left alone. Texts are read a few hundred at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from kb.errors import KbError
from kb.model.document import CredenceRecord, SourceRecord, SpanRecord, StatementRecord
from kb.model.source import StoredReference
from kb.store import credences, exported, links, statements, wholes
from kb.store import references as references_
from kb.store.open import Store
from kb.text.strings import clip
from notes.markdown.meta import plain
from notes.vault import names, source_note, statement_note
from notes.vault.folder import FOLDERS, VaultFolder
from notes.vault.link_lines import LinkLines, Section
from notes.vault.text_links import TextLink, rewrite

BATCH = 200
STATEMENT_NAME = 90  # characters of a statement in its file's name

_SOURCES, _STATEMENTS = FOLDERS


@dataclass(frozen=True, slots=True)
class Conflict:
    """A file that was left alone, and why."""

    path: str
    reason: str


@dataclass(slots=True)
class Report:
    """What an export did; paths are relative to the folder."""

    written: list[str] = field(default_factory=list)
    unchanged: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    files: list[exported.Written] = field(default_factory=list, metadata={"json": None})  # of this home, there now


def export(store: Store, directory: Path, threshold: float, *, dry_run: bool = False) -> Report:
    """Write the vault; `remember` notes in the store what was written.

    `threshold` is the least confidence of a suggested statement that gets a note.

    Raises:
        KbError: the folder is a file, or cannot be written.
    """
    try:
        folder = VaultFolder(directory, exported.all_written(store, vault_key(directory)), dry_run=dry_run)
        return _Export(store, folder, threshold).run()
    except OSError as error:
        place = error.filename or directory
        raise KbError(f"cannot write {place}: {error.strerror}", "check permissions and free space") from error


def remember(store: Store, directory: Path, report: Report) -> None:
    """Note in the store what an export wrote."""
    with store.transaction():
        exported.replace(store, vault_key(directory), report.files)


def vault_key(directory: Path) -> str:
    """Under what a home remembers a vault."""
    return str(directory.resolve())


class _Export:
    def __init__(self, store: Store, folder: VaultFolder, threshold: float) -> None:
        self.store = store
        self.folder = folder
        self.report = Report()
        heads = wholes.source_heads(store)
        claims = wholes.statement_heads(store, threshold)
        self.kinds = {name: kind for name, kind, _ in claims}
        self.folders = dict.fromkeys((name for name, _ in heads), _SOURCES) | dict.fromkeys(self.kinds, _STATEMENTS)
        titles = [*heads, *((name, clip(plain(text), STATEMENT_NAME)) for name, _, text in claims)]
        before = folder.names()
        self.stems = names.assign(titles, before, self._changed(titles, before))
        self.source_ids = [name for name, _ in heads]

    def run(self) -> Report:
        for batch in _batches(self.source_ids):
            self._sources(batch)
        for batch in _batches(list(self.kinds)):
            self._statements(batch)
        self.report.files = self.folder.finish(self._clear())
        return self.report

    def _changed(self, titles: Sequence[tuple[str, str]], before: Mapping[str, str]) -> dict[str, str]:
        """Notes that a person changed keep their names, whatever their title is now."""
        return {
            name: before[name]
            for name, title in titles
            if name in before
            and not names.fits(before[name], title, name)
            and self.folder.state(f"{self.folders[name]}/{before[name]}.md") not in ("ours", "absent")
        }

    def _path(self, name: str) -> str | None:
        """Path of a note in the vault, without extension."""
        return f"{self.folders[name]}/{self.stems[name]}" if name in self.stems else None

    def _put(self, name: str, text: str) -> None:
        path = f"{self._path(name)}.md"
        result = self.folder.put(path, name, text.encode())
        if result == "written":
            self.report.written.append(path)
        elif result == "unchanged":
            self.report.unchanged += 1
        else:
            self.report.conflicts.append(Conflict(path, result))

    def _clear(self) -> list[str]:
        """Remove notes of what is gone or has another name, where nobody changed them. Returns what stays."""
        kept = []
        planned = {f"{self._path(name)}.md" for name in self.stems}
        for path in self.folder.stale():
            state = self.folder.state(path)
            subject = self.folder.subjects[path]
            if path in planned or (subject not in self.stems and path not in self.folder.mine):
                kept.append(path)  # a conflict, reported already; or what another home wrote
            elif state == "ours":
                self.folder.remove(path)
                self.report.removed.append(path)
            elif state != "absent":
                kept.append(path)
                self.report.conflicts.append(Conflict(path, f"{state}; what it shows is gone"))
        return kept

    def _links(self, batch: Sequence[str]) -> LinkLines:
        touching = links.touching(self.store, batch)
        ends = links.read(self.store, {link.to_id for link in touching} - self.stems.keys())
        return LinkLines(self.stems, touching, ends)

    # Sources

    def _sources(self, batch: Sequence[str]) -> None:
        lines = self._links(batch)
        for whole in wholes.wholes(self.store, batch):
            name = whole.source.id
            shown, text_links = rewrite(whole.text, whole.references, self._path)
            note = _source_note(whole, text_links, lines)
            sections: list[Section] = [
                ("Statements", [self._statement_line(i) for i in whole.statements if i in self.stems]),
                ("Answers", [f"[[{self.stems[i]}]]" for i in whole.answers]),
                *lines.sections(name),
                ("Backlinks", [f"[[{self.stems[i]}]]" for i in whole.backlinks]),
            ]
            parent = self.stems.get(note.parent or "", "")
            self._put(name, source_note.write(note, shown, sections, self.stems[name], parent))

    def _statement_line(self, name: str) -> str:
        return f"{self.kinds[name].replace('_', ' ')}: [[{self.stems[name]}]]"

    # Statements

    def _statements(self, batch: Sequence[str]) -> None:
        lines = self._links(batch)
        found = statements.read(self.store, batch)
        sources = {mention.source for statement in found.values() for mention in statement.mentions}
        pointing = references_.of_sources(self.store, sources)
        believed = credences.read(self.store, batch)
        for name in batch:
            statement = found[name]
            mentions = tuple(SpanRecord(m.source, m.quote, m.start, m.end, m.speaker) for m in statement.mentions)
            held = tuple(CredenceRecord(c.who, c.low, c.high, c.at, c.note) for c in believed.get(name, ()))
            record = StatementRecord(
                id=name,
                kind=statement.kind,
                text=statement.text,
                status=statement.status,
                basis=statement.basis,
                rule=statement.rule,
                confidence=statement.confidence,
                mentions=mentions,
                links=lines.records(name),
                credences=held,
            )
            quotes, shown = [], record.text
            for mention in mentions:
                quote, changed = self._quote(mention, pointing.get(mention.source, ()))
                quotes.append(quote)
                for raw, written in changed:
                    shown = shown.replace(raw, written)
            self._put(name, statement_note.write(record, quotes, lines.sections(name), shown))

    def _quote(self, mention: SpanRecord, references: Sequence[StoredReference]) -> tuple[str, list[tuple[str, str]]]:
        """The quote as a block quote with its source, and the links in it that were changed."""
        within = [
            replace(r, start=r.start - mention.start, end=r.end - mention.start)
            for r in references
            if mention.start <= r.start and r.end <= mention.end
        ]
        shown, found = rewrite(mention.quote, within, self._path)
        speaker = f"{mention.speaker}, " if mention.speaker else ""
        quoted = "\n".join(f"> {line}".rstrip() for line in shown.splitlines())
        line = f"{quoted}\n>\n> — {speaker}[[{self.stems[mention.source]}]]"
        return line, [(link.raw, link.written) for link in found if link.written]


def _source_note(whole: wholes.Whole, text_links: tuple[TextLink, ...], lines: LinkLines) -> source_note.SourceNote:
    source = whole.source
    record = SourceRecord(source.id, lines.records(source.id), tuple(whole.rejected))
    return source_note.SourceNote(
        id=source.id,
        kind=source.kind,
        title=source.title,
        title_given=whole.title_given,
        text=whole.text,
        citekey=source.citekey,
        authors=tuple(whole.authors),
        url=source.url,
        published=source.published,
        added=source.added,
        parent=source.parent,
        external_ids=tuple(source.external_ids.items()),
        tags=tuple(source.tags),
        aliases=tuple(whole.aliases),
        namespace=whole.namespace,
        importer=whole.importer,
        path=whole.path,
        file=(whole.target or "").replace("\\", "/").rsplit("/", 1)[-1] or None,
        links=text_links,
        record=record,
    )


def _batches(listed: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(listed)
    while batch := list(islice(rest, BATCH)):
        yield batch
