"""A source as text: on one line, and with all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from commands import output
from commands.views.statement import statement_lines
from kb.model.json_form import JsonObject, json_form, json_object
from kb.text.strings import clip

if TYPE_CHECKING:
    from kb.model.source import Source, StoredReference
    from kb.sources.details import Details


_NAME = 60  # characters of a name on a line
_AWAY = {"gone": "gone, its file is no longer there", "removed": "removed"}


def source_line(source: Source, *, state: bool = True, fact: str = "") -> str:
    """A source on one line, with its state where it is not here, and the fact of this name that it has."""
    authors = ", ".join(clip(name, _NAME) for name in source.authors[:2])
    authors += " and others" if len(source.authors) > 2 else ""
    parts = [authors, (source.published or "")[:10], clip(source.title, 70)]
    empty = "" if source.passages or source.kind == "stub" else "  (no text yet)"
    if empty and source.kind == "note":
        empty = "  (empty)"
    if source.state != "here":
        empty = f"  ({source.state})" if state else ""
    elif source.reading and source.reading != "read":
        empty = f"  ({source.reading}){empty}"
    if fact in source.facts:
        empty = f"  ({fact} {source.facts[fact]}){empty}"
    head = f"{output.style(source.id, 'yellow')}  {source.kind:<10}"
    return f"{head}  {' · '.join(part for part in parts if part)}{output.style(empty, 'dim')}"


def source_lines(found: Details, parent: Source | None, least: float, *, text: bool) -> Iterator[str]:
    """A source with its details: facts, text or outline, references, statements.

    Of the statements those that are accepted or at least so sure; `parent` is the source that it answers.
    """
    from kb.review.calibration import confident

    source, outline = found.source, found.outline
    yield from output.wrapped(output.style(source.title, "bold"))
    facts = [source.kind, ", ".join(source.authors), source.published or "", source.url or ""]
    yield "  ".join(fact for fact in facts if fact)
    yield output.style(f"{source.id}  {source.citekey}", "dim")
    if source.state != "here":
        yield f"{_AWAY[source.state]}: not listed or searched; kb restore {source.id} brings it back"
    if source.reading:
        yield f"reading: {source.reading}"
    if found.facts:
        yield from output.wrapped("facts: " + " · ".join(one.in_words for one in found.facts), "  ")
    if source.tags:
        yield "tags: " + ", ".join(source.tags)
    for problem in found.problems:
        yield from output.wrapped(output.style("odd ", "yellow") + problem, "    ")
    if parent:
        yield "answers: " + source_line(parent)
    if text and found.text:
        yield from ("", found.text.rstrip(), "")
    elif outline.headings:
        yield from ("", *("  " * heading.level + heading.text for heading in outline.headings), "")
    if outline.turns:
        yield "speakers: " + ", ".join(f"{one.speaker} ({output.count(one.turns, 'turn')})" for one in outline.turns)
    if found.references:
        yield output.count(len(found.references), "reference") + ":"
        yield from (f"  {one.target or '-':<9} {one.raw}" for one in found.references)
    if found.backlinks:
        yield output.count(len(found.backlinks), "backlink") + ":"
        yield from (f"  {one.source:<9} {one.title}" for one in found.backlinks)
    if found.statements:
        sure = [one for one in found.statements if one.status == "accepted" or confident(one, least)]
        more = len(found.statements) - len(sure)
        hint = f" ({more:,} less sure: kb statements --all --source {source.id})" if more else ""
        yield output.count(len(sure), "statement") + hint + ":" * bool(sure)
        for statement in sure:
            yield from statement_lines(statement, {source.id: source.title})


def as_json(found: Details) -> JsonObject:
    """A source with its details in the shape of the interface."""
    return json_object(found.source) | {
        "text": found.text,
        "references": [_reference(one) for one in found.references],
        "backlinks": json_form(found.backlinks),
        "statement_list": json_form(found.statements),
        "outline": json_form(found.outline),
        "importer": found.importer,
        "target": found.target,
        "problems": json_form(found.problems),
    }


def _reference(one: StoredReference) -> JsonObject:
    return {
        "raw": one.raw,
        "kind": one.kind,
        "alias": one.alias,
        "target": one.target,
        "url": one.url,
        "name": one.name,
        "fragment": one.fragment,
        "start": one.start,
        "end": one.end,
    }
