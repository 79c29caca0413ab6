"""Footnotes that speak against the sentence they hang on: "One might object that …", "I'm not sure of this"."""

from __future__ import annotations

import re

from kb.extract.model import Block, Draft, Extraction, LinkDraft, Span, View
from kb.extract.stages import Stage
from kb.model.rules import Rule
from kb.model.words import StatementKind

RULE, ANSWER = "footnote-rebuttal", "footnote-answer"
STAGE = Stage.WITHIN + 3
REVISION = 0
RULES = (
    Rule(
        RULE,
        "link",
        "cue",
        what='a footnote that begins "One might object that …", "I\'m not sure of this", "This is not quite true"',
        gives="attacks the statement that carries its mark",
        score="0.65",
    ),
    Rule(
        ANSWER,
        "link",
        "cue",
        what='"But …" after such an objection',
        gives="attacks the objection",
        score="0.65",
    ),
)

CONFIDENCE = 0.6

_SOMEBODY = (
    r"(?:one|someone|somebody|some(?: people| readers?)?|you|critics?|skeptics?|sceptics?|a (?:critic|skeptic|reader)"
    r"|(?:an?|another|one|the obvious) (?:\w+ )?(?:objection|counter-?argument|worry|rejoinder|caveat)"
    r"(?: (?:here|to this))?)"
)
_OBJECTS = re.compile(
    rf"^\W*(?:(?:of course|admittedly|now|here),? )?{_SOMEBODY} (?:might|may|could|can|would|will|is|has)\b"
    r"(?: be)?(?: that|:| \w+){0,3}?"
    r"(?: (?:object|argue|say|worry|reply|respond|complain|counter|protest|disagree)\w*)?\b",
    re.I,
)
_SAYS = re.compile(r"\b(?:object|argue|say|worry|reply|respond|complain|counter|protest|disagree|is that)\b", re.I)
_DOUBTS = re.compile(
    r"^\W*(?:(?:though|although|but|however|that said),? )?(?:I(?:['’]m| am) (?:\w+ )?"
    r"(?:not (?:sure|convinced)|skeptical"
    r"|sceptical|unconvinced)|I (?:\w+ )?(?:disagree|doubt)"
    r"|this (?:may|might|could) (?:well )?(?:not|be (?:wrong|false|too))"
    r"|(?:this|that|it)(?:['’]s| is) (?:not (?:quite |strictly |entirely |always )?(?:true|right|correct)"
    r"|(?:a bit |an )?"
    r"(?:oversimplif\w+|overstat\w+|exaggerat\w+))|not (?:quite|strictly|entirely|always) (?:true|right|correct))",
    re.I,
)
_BUT = re.compile(
    r"^\W*(?:but|however|yet|still|I (?:reply|think|would (?:say|reply|answer))|in reply|nevertheless)\b", re.I
)


def find(view: View, found: Extraction) -> None:
    """Link such a footnote to the statement that carries its mark; an answer in the footnote attacks the objection."""
    notes = [b for b in view.blocks.values() if b.kind == "footnote" and (b.label or "").startswith("^")]
    seen: set[str] = set()
    for note in notes:
        if note.label in seen:
            continue  # a later paragraph of the same footnote
        seen.add(str(note.label))
        spans = view.sentences(note)
        if not spans:
            continue
        first = view.text[slice(*spans[0])]
        objects = bool(_OBJECTS.match(first) and _SAYS.search(first))
        if (objects or _DOUBTS.match(first)) and not first.rstrip().endswith("?"):
            target = _marked(view, found, note)
            if target is not None:
                _rebut(view, found, note, spans, target, objects)


def _marked(view: View, found: Extraction, note: Block) -> int | None:
    """The statement in which the mark of the footnote stands, or just before it."""
    at = view.text.find(f"[{note.label}]")
    while at >= 0 and view.text.startswith("]:", at + len(str(note.label)) + 1):
        at = view.text.find(f"[{note.label}]", at + 1)
    if at < 0 or note.start <= at < note.end:
        return None
    for index, statement in enumerate(found.statements):
        if statement.start <= at <= statement.end + 2 and statement.kind != "question":
            return index
    return None


def _rebut(view: View, found: Extraction, note: Block, spans: list[Span], target: int, objects: bool) -> None:
    rebuttal = _statement(view, found, note, spans[0], "critique")
    found.links.append(LinkDraft(rebuttal, target, "attacks", RULE, "cue", 0.65, spans[0]))
    if objects and len(spans) > 1 and _BUT.match(view.text[slice(*spans[1])]):
        answer = _statement(view, found, note, spans[1], "claim")
        if answer != rebuttal:
            found.links.append(LinkDraft(answer, rebuttal, "attacks", ANSWER, "cue", 0.65, spans[1]))


def _statement(view: View, found: Extraction, note: Block, span: Span, kind: StatementKind) -> int:
    for index in found.overlapping(*span):
        return index
    return found.add(Draft(kind, *span, RULE, "cue", CONFIDENCE, view.speaker(note), note.number))
