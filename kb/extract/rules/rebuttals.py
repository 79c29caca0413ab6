"""An answer to a review, point by point: each part of it answers what it quotes, the point it calls, or names.

It attacks the point where it opens by disputing it ("We respectfully disagree", "This is a misunderstanding"), supports
it where it concedes ("We agree and have added …"), and is related otherwise.
"""

from __future__ import annotations

from dataclasses import replace

from kb.extract import polarity
from kb.extract.model import Block, Draft, Extraction, LinkDraft, Span, View
from kb.extract.rebuttals import aligning, parts, sections, stand
from kb.extract.rebuttals.aligning import Sentence
from kb.extract.rebuttals.parts import Part
from kb.extract.stages import Stage
from kb.model.rules import Rule
from kb.model.words import Basis, Relation, StatementKind
from kb.text.plain import plain

RULE = "rebuttal"
STAGE = Stage.ANSWERS
RULES = (
    Rule(
        RULE,
        "statement",
        "structure",
        what='a sentence of a review that is answered, and the first one of the answer, under headings "Review" and '
        '"Rebuttal" (Reviewer 2, Response to reviewer 2, …), where no other rule found a statement',
        gives="a claim, a critique or a question",
        score="0.55",
    ),
    Rule(
        RULE,
        "link",
        "cue, else structure",
        what="each part of the answer, and what it quotes of the review (`> …`, in quotation marks or word for "
        'word), the number it calls ("W2", "Response to point 3"), else the point whose words it repeats, '
        "where no other comes near",
        gives="attacks or supports the point where it is quoted or called and one of the first three sentences "
        "disputes or concedes it, or it is called a weakness and nothing is conceded; related otherwise",
        score="0.70; unsigned 0.60, by words 0.45",
    ),
)

_CONFIDENCE = 0.55
_LEAST_WORDS = 4


def find(view: View, found: Extraction) -> None:
    """Link the parts of each answer to the points of its review."""
    for exchange in sections.exchanges(view):
        review = aligning.read(view, exchange.review)
        cut = parts.cut(view, exchange.review, exchange.answer)
        said = [aligning.stems(view.text[slice(*span)]) for part in cut for _, span in part.said]
        weights = aligning.weigh([*(one.stems for point in review for one in point.sentences), *said])
        for part, (points, sure) in zip(cut, aligning.about(view, cut, review, weights), strict=True):
            _answer(view, found, part, points, sure)


def _answer(view: View, found: Extraction, part: Part, points: list[Sentence], sure: bool) -> None:
    opening = [view.text[slice(*span)] for _, span in part.said]
    stance: tuple[Relation, int | None] | None = (
        stand.of(opening) if sure else None
    )  # shared words find a point, and are no ground for a sign
    asked = any(view.text[slice(*point.span)].rstrip().endswith("?") for point in points)
    if stance is None and sure and part.blamed and not asked and not stand.grants(opening):
        stance = ("attacks", None)  # "Response to weakness 2" that grants nothing
    source = _said(view, found, part, stance[1] if stance else None)
    if source is None:
        return
    told = stance[1] if stance else None
    evidence = (found.statements[source].start, found.statements[source].end) if told is None else part.said[told][1]
    score = 0.7 if stance else 0.6 if sure else 0.45
    for target in dict.fromkeys(_point(view, found, point) for point in points):
        if target is not None and target != source:
            relation: Relation = stance[0] if stance else "related"
            basis: Basis = "structure" if told is None else "cue"
            found.links.append(LinkDraft(source, target, relation, RULE, basis, score, evidence))


def _said(view: View, found: Extraction, part: Part, at: int | None) -> int | None:
    """The statement with which a part answers: the one that tells how it stands, else its first."""
    order = [part.said[at], *part.said[at + 1 :]] if at is not None else part.said
    for block, span in order:
        made = _at(view, found, span)
        if made is not None:
            return made
        if at is not None and len(view.text[slice(*span)].split()) >= _LEAST_WORDS:
            return _add(view, found, block, span)
    for block, span in order:
        if len(view.text[slice(*span)].split()) >= _LEAST_WORDS:
            return _add(view, found, block, span)
    return None


def _point(view: View, found: Extraction, point: Sentence) -> int | None:
    made = _at(view, found, point.span)
    if made is not None or len(view.text[slice(*point.span)].split()) < _LEAST_WORDS:
        return made
    return _add(view, found, point.block, point.span)


def _at(view: View, found: Extraction, span: Span) -> int | None:
    """The statement made there, without what it calls its point."""
    there = found.overlapping(*span)
    if not there:
        return None
    index = min(there, key=lambda index: found.statements[index].start)
    made = found.statements[index]
    begins = parts.after_call(view.text, made.start, made.end)
    if begins > made.start and made.basis != "authored" and made.words is None:
        found.statements[index] = replace(made, words=plain(view.text[begins : made.end]))
    return index


def _add(view: View, found: Extraction, block: Block, span: Span) -> int:
    span = (parts.after_call(view.text, *span), span[1])
    words = view.text[slice(*span)]
    against = polarity.against(words) >= 0.6
    kind: StatementKind = "question" if words.rstrip().endswith("?") else "critique" if against else "claim"
    return found.add(Draft(kind, *span, RULE, "structure", _CONFIDENCE, view.speaker(block), block.number))
