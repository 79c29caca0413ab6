"""What a person marked as an argument in a note: fields, callouts and signs. It is authored, not guessed.

Fields (as Dataview reads them): `claim:: …`, `critique:: …`, `question:: …`, `evidence:: …`, `toi:: …` make
statements; `supports:: …`, `attacks:: …`, `undercuts:: …`, `restates:: …` link what stands before them to notes, to
places in notes, or to words. Callouts of these kinds make statements, and one inside another answers it. List signs
count only in a note whose properties declare them (`kb-signs: true`), since `+` and `-` are ordinary bullets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kb.extract import marks, relations
from kb.extract.model import Block, Extraction, Span, View
from kb.extract.stages import Stage
from kb.model.rules import MARKED, Rule
from kb.model.words import Relation, StatementKind
from kb.text.plain import plain
from kb.text.strings import squash

FIELD, CALLOUT, SIGNS = f"{MARKED}field", f"{MARKED}callout", f"{MARKED}signs"
STAGE = Stage.MARKS
REVISION = 2
RULES = (
    Rule(
        FIELD,
        "mark",
        "authored",
        what="`claim:: …`, `critique:: …` (`objection::`, `rebuttal::`), `question:: …`, `evidence:: …`, `toi:: …` "
        "(`theory of impact::`, `theory of change::`), on a line of its own or as `[claim:: …]`",
        gives="a statement. A critique attacks, evidence supports: the item that it hangs under, else what stands "
        "before it in its paragraph, else the last claim of its section. `critique:: [[Note]]` says that the "
        "critique is in that note",
    ),
    Rule(
        FIELD,
        "mark",
        "authored",
        what="`supports:: …`, `attacks:: …`, `undercuts:: …`, `restates:: …`",
        gives="a link from what stands before it (as above; on its own, from the note); of a name that means one of "
        "these (`contradicts:: [[Note]]`, see `note-property`) too, where a note is named. `[[Note]]` means that "
        "note, `[[Note#heading]]`, `[[Note#^block]]` and `[[Note#the words]]` the statement there, other words the "
        "statement with just these words, else a claim made here",
    ),
    Rule(
        CALLOUT,
        "mark",
        "authored",
        what="`> [!claim] …`, `[!critique]` (`objection`, `rebuttal`, `reply`), `[!question]`, `[!evidence]` "
        "(`support`, `reason`), `[!toi]`, `[!undercut]`",
        gives="a statement: the callout's title, or its first paragraph where it has none. One inside another answers "
        "it: critiques attack, evidence supports, the rest is related",
    ),
    Rule(
        SIGNS,
        "mark",
        "authored",
        what="`kb-signs: true` among the properties of a note",
        gives="nested list items that begin with `+` support the item above, with `-` attack it. Without that property "
        "they are ordinary bullets",
    ),
)

LONGEST = 60  # words of a list item that is one statement as a whole

_KINDS: Mapping[str, StatementKind] = {
    "claim": "claim", "thesis": "claim", "critique": "critique", "objection": "critique", "rebuttal": "critique",
    "question": "question", "evidence": "evidence", "toi": "theory_of_impact",
    "theory of impact": "theory_of_impact", "theory of change": "theory_of_impact",
}  # fmt: skip
_RELATIONS: Mapping[str, Relation] = {
    "supports": "supports",
    "attacks": "attacks",
    "undercuts": "undercuts",
    "restates": "restates",
}
_ANSWERS: Mapping[str, Relation] = {
    "critique": "attacks",
    "evidence": "supports",
}  # how a statement of this kind bears on what it is under
_CALLOUTS: Mapping[str, StatementKind] = {
    **_KINDS, "support": "claim", "reason": "claim", "reply": "critique", "undercut": "critique",
}  # fmt: skip
_CALLOUT_ANSWERS: Mapping[str, Relation] = {
    "critique": "attacks", "objection": "attacks", "rebuttal": "attacks", "reply": "attacks", "evidence": "supports",
    "support": "supports", "reason": "supports", "undercut": "undercuts",
}  # fmt: skip


@lru_cache(maxsize=4)
def _field(given: tuple[str, ...]) -> re.Pattern[str]:
    """A field of a name that means something, `given` ones of the settings among them."""
    every = sorted({*_KINDS, *_RELATIONS, *relations.names(given)}, key=len, reverse=True)
    names = "|".join(re.escape(name).replace(r"\ ", "[ _-]") for name in every)
    return re.compile(
        rf"(?:^|(?<=\n))[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)?[*_]{{0,2}}(?P<line>{names})[*_]{{0,2}}::[*_]{{0,2}}"
        r"[ \t]+(?P<value>\S[^\n]*)"
        rf"|[\[(](?P<set>{names})::[ \t]*"
        r"(?P<inside>(?:[^\[\]()\n]|\[\[[^\[\]\n]*\]\]|\[[^\[\]\n]*\]|\([^()\n]*\))+)[\])]",
        re.I,
    )


_BLOCK_ID = re.compile(r"\s+\^[A-Za-z0-9-]+\s*$")
_DECLARED = re.compile(r"\A---[ \t]*\n(?:.*\n)*?kb-signs:[ \t]*(?:true|yes)[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|\Z)")
_OPENS_CALLOUT = re.compile(r"[ \t>]*\[!(?P<kind>[^\]\n|]+)[^\]\n]*\][+-]?[ \t]*$")
_QUOTE_MARKS = re.compile(r"\n[ \t]*(?:>[ \t]?)+")


def find(view: View, found: Extraction) -> None:
    """Add what is marked in a note as a statement or a link."""
    if view.kind != "note":
        return
    notes = marks.Notes(view, found)
    if _DECLARED.match(view.text):
        _signs(notes)
    callouts: list[tuple[int, int, str, int]] = []
    for block in list(view.blocks.values()):
        if block.kind == "quote":
            _callout(notes, block, callouts)
        elif block.kind in {"paragraph", "item"} and "::" in view.quote(block):
            _fields(notes, block)
    for source, relation, value, rule in notes.later:
        marks.relate(notes, source, relation, value, rule)


# Fields


def _fields(notes: marks.Notes, block: Block) -> None:
    view = notes.view
    fields = list(_marks(view, block))
    if not fields or view.in_task(block):
        return  # a task's fields are its own: they say nothing that could be true
    host = _before(notes, block, fields[0][1][0])
    for name, whole, value in fields:
        target = host or _outer(notes, block)
        if name in _RELATIONS:
            # `supports:: PDF` among the properties of a page says nothing, nor does what hangs under a task.
            if target or (marks.pointers(view, value) and not _under_task(view, block)):
                notes.later.append((target.end if target else view.source_id, _RELATIONS[name], value, FIELD))
            continue
        if name not in _KINDS:
            if (meant := relations.meaning(name, view.relations)) and marks.pointers(view, value):
                marks.link_ends(notes, target.end if target else view.source_id, meant, value, FIELD)
            continue
        kind = _KINDS[name]
        if marks.pointers(view, value):  # "critique:: [[Note]]": the note named is the critique
            if target and kind in _ANSWERS:
                for end in marks.ends(notes, value):
                    marks.link(notes, end, _ANSWERS[kind], target.end, value, FIELD)
            continue
        made = marks.add(notes, kind, value, FIELD, block)
        if target and kind in _ANSWERS:
            marks.link(notes, made, _ANSWERS[kind], target.end, whole, FIELD)
        if kind not in _ANSWERS or block.kind == "item":
            host = marks.Host(made, block.heading)
            notes.by_block.setdefault(block.number, made)
            if block.kind == "paragraph":
                notes.above = host


def _under_task(view: View, block: Block) -> bool:
    parent = view.blocks.get(block.parent) if block.parent is not None else None
    return parent is not None and view.in_task(parent)


def _marks(view: View, block: Block) -> Iterator[tuple[str, Span, Span]]:
    """The fields of a block: name, span of the whole, span of the value."""
    for match in _field(tuple(view.relations)).finditer(view.quote(block)):
        name = re.sub(r"[_-]", " ", (match["line"] or match["set"]).lower())
        start, end = (block.start + at for at in match.span("value" if match["line"] else "inside"))
        value = _BLOCK_ID.sub("", view.text[start:end]).rstrip()
        if value:
            yield name, (block.start + match.start(), block.start + match.end()), (start, start + len(value))


def _before(notes: marks.Notes, block: Block, stop: int) -> marks.Host | None:
    """The statement that a block makes before its first field: its last sentence there."""
    view = notes.view
    if block.number in notes.by_block:
        return marks.Host(notes.by_block[block.number], block.heading)
    said = [s for s in view.sentences(block) if s[0] < stop and re.search(r"\w", view.text[s[0] : min(s[1], stop)])]
    if not said:
        return None
    start, end = said[-1][0], min(said[-1][1], stop)
    if "::" in view.text[start:end]:
        return None  # other properties
    end = start + len(view.text[start:end].rstrip(" \t\n([*_-"))
    made = marks.add(notes, "claim", (start, end), FIELD, block)
    notes.by_block[block.number] = made
    return marks.Host(made, block.heading)


def _outer(notes: marks.Notes, block: Block) -> marks.Host | None:
    """What a field on its own speaks of: the item it hangs under, else the section's claim."""
    view = notes.view
    parent = view.blocks.get(block.parent) if block.parent is not None else None
    if parent is not None and parent.kind == "item":
        if view.in_task(parent):
            return None
        if parent.number not in notes.by_block:
            span = _whole(view, parent)
            if span is None:
                return None
            notes.by_block[parent.number] = marks.add(notes, "claim", span, FIELD, parent)
        return marks.Host(notes.by_block[parent.number], parent.heading)
    return notes.above if notes.above and notes.above.section == block.heading else None


def _whole(view: View, block: Block) -> Span | None:
    """A list item as one statement: all of it, or its first sentence where it is long."""
    spans = view.sentences(block)
    if not spans:
        return None
    start, end = spans[0][0], spans[-1][1]
    return (start, end) if len(view.text[start:end].split()) <= LONGEST else spans[0]


# Callouts


def _callout(notes: marks.Notes, block: Block, stack: list[tuple[int, int, str, int]]) -> None:
    """A callout's title, or its first paragraph where it has none. `stack`: (depth, last block, kind, statement)."""
    view = notes.view
    line = view.text.rfind("\n", 0, block.start) + 1
    depth = view.text.count(">", line, block.start)
    kept = [entry for entry in stack if entry[0] <= depth and entry[1] == block.number - 1]
    stack[:] = [(d, block.number, kind, made) for d, _, kind, made in kept]
    head = _OPENS_CALLOUT.match(view.text, line, block.start)
    if head is None and line > 0:
        before = view.text.rfind("\n", 0, line - 1) + 1
        head = _OPENS_CALLOUT.match(view.text, before, line - 1)
        depth = max(depth, view.text.count(">", before, head.start("kind")) if head else depth)
    name = re.sub(r"[_-]", " ", head["kind"].strip().lower()) if head else ""
    if name not in _CALLOUTS:
        return
    while stack and stack[-1][0] >= depth:
        stack.pop()
    words = _QUOTE_MARKS.sub("\n", view.quote(block))
    made = marks.add(notes, _CALLOUTS[name], (block.start, block.end), CALLOUT, block, plain(squash(words)))
    if stack:
        marks.link(notes, made, _CALLOUT_ANSWERS.get(name, "related"), stack[-1][3], (block.start, block.end), CALLOUT)
    stack.append((depth, block.number, name, made))


# Signs


def _signs(notes: marks.Notes) -> None:
    """Nested items that begin with + support the item above, those with - attack it."""
    view = notes.view
    for block in view.blocks.values():
        parent = view.blocks.get(block.parent) if block.parent is not None else None
        if block.kind != "item" or parent is None or parent.kind != "item" or "::" in view.quote(block):
            continue
        line = view.text.rfind("\n", 0, block.start) + 1
        sign = view.text[line : block.start].strip()[-1:]
        if sign not in {"+", "-"}:
            continue
        own: StatementKind = "critique" if sign == "-" else "claim"
        both: tuple[tuple[Block, StatementKind], ...] = ((parent, "claim"), (block, own))
        for one, kind in both:
            if one.number not in notes.by_block and (span := _whole(view, one)):
                notes.by_block[one.number] = marks.add(notes, kind, span, SIGNS, one)
        if block.number in notes.by_block and parent.number in notes.by_block:
            made, above = notes.by_block[block.number], notes.by_block[parent.number]
            marks.link(notes, made, "supports" if sign == "+" else "attacks", above, (block.start, block.end), SIGNS)
