"""What the marks in a note have in common: the statements they make, and what the words beside them name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kb.extract.model import Block, Draft, Extraction, LinkDraft, Pointer, Span, View
from kb.extract.relations import Meaning
from kb.model.words import Relation, StatementKind
from kb.text.plain import plain
from kb.text.strings import fold, heading_key, squash

_SEPARATORS = re.compile(r"[\s,;·\[\]]|\band\b")


@dataclass
class Host:
    """What a field may speak of: a statement of this note, or the note."""

    end: int | str
    section: tuple[str, ...] = ()


@dataclass
class Notes:
    """One note, and what its marks gave so far."""

    view: View
    found: Extraction
    by_block: dict[int, int] = field(default_factory=dict)  # the statement that a block makes
    above: Host | None = None  # the claim that a section's fields speak of
    later: list[tuple[int | str, Relation, Span, str]] = field(
        default_factory=list
    )  # links whose target may come later


def pointers(view: View, value: Span) -> list[Pointer]:
    """The references that a value consists of, none where it has words of its own."""
    inside = [p for p in view.pointers if value[0] <= p.start and p.end <= value[1]]
    rest = view.text[slice(*value)]
    for pointer in reversed(inside):
        rest = rest[: pointer.start - value[0]] + rest[pointer.end - value[0] :]
    return inside if inside and not _SEPARATORS.sub("", rest) else []


def ends(notes: Notes, value: Span) -> list[int | str]:
    """The statements or sources that the references of a value mean."""
    return [end for pointer in pointers(notes.view, value) if (end := _end(notes, pointer)) is not None]


def _end(notes: Notes, pointer: Pointer) -> int | str | None:
    view = notes.view
    if not pointer.fragment or pointer.target is None:
        return pointer.target
    if pointer.target != view.source_id:
        return view.placed(pointer.target, pointer.fragment) or pointer.target
    wanted = fold(pointer.fragment)
    for index, draft in enumerate(notes.found.statements):
        block = view.blocks[draft.block]
        if wanted in {fold(block.label or ""), fold(draft.words or view.text[draft.start : draft.end])}:
            return index
    heading = heading_key(pointer.fragment.rpartition("#")[2])
    under = (
        index
        for index, draft in enumerate(notes.found.statements)
        if any(heading_key(title) == heading for title in view.blocks[draft.block].heading[-1:])
    )
    return next(under, None)


def relate(notes: Notes, source: int | str, relation: Relation, value: Span, rule: str) -> None:
    """Link a statement, or a source, to what the value names: references, else a statement in just these words."""
    targets = ends(notes, value)
    if not targets and not pointers(notes.view, value):
        targets = [_worded(notes, value, rule)]
    for target in targets:
        link(notes, source, relation, target, value, rule)


def link_ends(
    notes: Notes, source: int | str, meant: Meaning, value: Span, rule: str, whole: Span | None = None
) -> None:
    """Link a statement, or a source, to what the references of a value mean, in the direction that is meant.

    `whole` is the evidence where it is more than the value.
    """
    for end in ends(notes, value):
        first, last = (end, source) if meant.backward else (source, end)
        link(notes, first, meant.relation, last, whole or value, rule)


def _worded(notes: Notes, value: Span, rule: str) -> int | str:
    """The statement that has just these words, here or in another source; else they are a claim made here."""
    view = notes.view
    said = view.text[slice(*value)]
    wanted = fold(plain(squash(said)))
    for index, draft in enumerate(notes.found.statements):
        if fold(draft.words or plain(squash(view.text[draft.start : draft.end]))) == wanted:
            return index
    block = next(b for b in view.blocks.values() if b.start <= value[0] < b.end)
    return view.worded(plain(squash(said))) or add(notes, "claim", value, rule, block)


def add(notes: Notes, kind: StatementKind, span: Span, rule: str, block: Block, words: str | None = None) -> int:
    """Add a statement that a person marked. Returns its index."""
    draft = Draft(kind, *span, rule, "authored", 1.0, notes.view.speaker(block), block.number, words=words)
    return notes.found.add(draft)


def link(notes: Notes, source: int | str, relation: Relation, target: int | str, evidence: Span, rule: str) -> None:
    """A link; one that undercuts is aimed at the step by which its target speaks for or against something."""
    if source == target:
        return
    aim: int | str | LinkDraft = target
    if relation == "undercuts":
        steps = [x for x in notes.found.links if x.source == target and x.relation in {"supports", "attacks"}]
        aim = steps[0] if len(steps) == 1 else target
    notes.found.links.append(LinkDraft(source, aim, relation, rule, "authored", 1.0, evidence))
