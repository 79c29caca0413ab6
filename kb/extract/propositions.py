"""The statement that a sentence makes, or a clause of one, for rules that relate neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from kb.extract import speech, standing, wording
from kb.extract.model import Block, Draft, Extraction, Span, View
from kb.model.rules import REASON_CLAUSE
from kb.model.words import StatementKind
from kb.text.plain import plain

_SAME = 0.6  # share of two spans that is common where they are the same sentence
CLAUSE = 0.45  # of what stands in a sentence that is listed whole: below what is listed


def prose(view: View) -> Iterator[Block]:
    """Blocks in which sentences may argue: tasks have fields that say when they are due, and no reasons."""
    return (block for block in view.prose() if "::" not in view.quote(block) or not view.in_task(block))


def sentence(view: View, found: Extraction, block: Block, spans: list[Span], number: int) -> int | None:
    """The statement made by a sentence of a block: the one there, else a new one, as its wording has it.

    None where it is no proposition, a question, somebody's words in quotation marks, or a part of a longer statement.
    """
    span = spans[number]
    if (there := _there(found, span)) is not None:
        return there if found.statements[there].kind != "question" else None
    words = wording.bare_of(view.text[slice(*span)])
    if found.overlapping(*span) or not (wording.joined(words) or wording.proposition(words)):
        return None
    kind, rule, confidence = wording.classify(words)
    quotation = speech.within(speech.quotations(view.text, block.start, block.end), *span)
    if kind == "question" or quotation:
        return None
    return found.add(
        Draft(
            kind,
            *span,
            rule,
            "cue",
            round(max(confidence - wording.talk(words), 0.0), 2),
            view.speaker(block),
            block.number,
            context=spans[number - 1] if number and standing.leans(words) else None,
        )
    )


def clause(view: View, found: Extraction, block: Block, span: Span, whole: int, *, joined: bool = False) -> int | None:
    """The statement that a clause makes within a sentence, which is a statement too; None where it cannot stand.

    `joined`: a conjunction says that it is a clause, whatever its verb is.
    """
    words = plain(view.text[slice(*span)]).rstrip(".;, ")
    words = words[:1].upper() + words[1:]
    if not (wording.joined(f"{words}.") if joined else wording.proposition(words)) or standing.leans(words):
        return None
    kind: StatementKind = wording.classify(words)[0]
    if kind == "question":
        return None
    there = found.statements[whole]
    return found.add(
        Draft(
            kind,
            *span,
            REASON_CLAUSE,
            "structure",
            CLAUSE,
            there.speaker,
            block.number,
            words=words,
            voice=there.voice,
            context=there.context,
        )
    )


def _there(found: Extraction, span: Span) -> int | None:
    """The statement whose span is nearly this one."""
    start, end = span
    for index in found.overlapping(start, end):
        there = found.statements[index]
        common = min(end, there.end) - max(start, there.start)
        if common >= _SAME * (max(end, there.end) - min(start, there.start)):
            return index
    return None
