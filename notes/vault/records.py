"""What the store has, as exported notes hold it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kb.model.credence import Credence
from kb.model.document import CredenceRecord, LinkRecord, SourceRecord, SpanRecord, StatementRecord
from kb.model.statement import Statement
from kb.sources.wording import STORED
from kb.store.wholes import Whole
from notes.vault.source_note import SourceNote
from notes.vault.text_links import TextLink


def of_statement(
    statement: Statement, edited: Collection[str], links: tuple[LinkRecord, ...], held: Iterable[Credence]
) -> StatementRecord:
    """A statement; `edited` are the fields that a person put right, `held` who thinks how much of it."""
    around = statement.context
    return StatementRecord(
        id=statement.id,
        kind=statement.kind,
        text=statement.text,
        status=statement.status,
        basis=statement.basis,
        rule=statement.rule,
        confidence=statement.confidence,
        edited=tuple(name for name, field in STORED.items() if field in edited),
        mentions=tuple(SpanRecord(m.source, m.quote, m.start, m.end, m.speaker, m.voice) for m in statement.mentions),
        context=SpanRecord(around.source, around.quote, around.start, around.end) if around else None,
        links=links,
        credences=tuple(CredenceRecord(c.who, c.low, c.high, c.at, c.note) for c in held),
    )


def of_source(whole: Whole, text_links: tuple[TextLink, ...], links: tuple[LinkRecord, ...]) -> SourceNote:
    """A source with its links, `text_links` those in its text."""
    source = whole.source
    record = SourceRecord(source.id, links, tuple(whole.rejected))
    return SourceNote(
        id=source.id,
        kind=source.kind,
        title=source.title,
        title_given=whole.title_given,
        reading=source.reading or "",
        reading_since=whole.reading.at if whole.reading else None,
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
