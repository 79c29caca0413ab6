"""What a reader says about a source: bullets under an entry, and a comment under the post it answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.extract import wording
from kb.extract.model import Block, Draft, Extraction, LinkDraft, Span, View
from kb.extract.stages import Stage
from kb.extract.stances import bearers, markers, remarks
from kb.model.rules import COMMENT_LEAD, COMMENT_ON_POST, COMMENTARY, STANCE, Rule
from kb.model.words import Basis, Relation, StatementKind

STAGE = Stage.ANSWERS
REVISION = 2
RULES = (
    Rule(
        COMMENTARY,
        "statement",
        "structure",
        what="a bullet under an entry of reading notes in which no other rule found a statement",
        gives="a claim or critique: its first proposition",
        score="0.60",
    ),
    Rule(
        COMMENT_LEAD,
        "statement",
        "structure",
        what="a comment in which no other rule found a claim",
        gives="a claim or critique: its first proposition",
        score="0.50",
    ),
    Rule(
        COMMENTARY,
        "link",
        "cue, else structure",
        what="a statement in commentary on a source",
        gives="supports or attacks the source where the bullet has a stance marker, or a bullet above it that ends in "
        "a colon has one; related otherwise",
        score="0.70, 0.65 announced above, 0.50 unsigned",
    ),
    Rule(
        COMMENT_ON_POST,
        "link",
        "cue, else structure",
        what='what a comment says for or against what it answers ("I agree that …", "I disagree", "I\'m not '
        'convinced"), else its leading statement',
        gives="supports or attacks the post where there is such a stance; related otherwise",
        score="0.60 at its beginning, 0.50 later, 0.50 unsigned",
    ),
)

CONFIDENCE = 0.6
_SHORT = 8  # words of a first sentence that only greets
_OPENS = re.compile(
    r"^\W*(?:I (?:\w+ )?(?:dis)?agree|I don['’]t (?:think|buy|agree|believe)|I (?:\w+ )?doubt"
    r"|I['’]m (?:\w+ )?(?:confused|skeptical|sceptical|unconvinced|not (?:sure|convinced))|(?:yeah|yes|no),? |agreed\b"
    r"|I['’]d (?:definitely |also )?(?:dis)?agree|good point|well put|exactly|you['’]re right"
    r"|that['’]s (?:wrong|right))",
    re.I,
)
"""How a comment takes a stance towards what it answers, at its very beginning."""

_VOUCHES = re.compile(r"^\W*(?:correctly|rightly|convincingly|persuasively)\b", re.I)
"""A note-taker's agreement in a sentence that tells what the text says: "Correctly points out that …"."""


def find(view: View, found: Extraction) -> None:
    """Link what is said in commentary to the source it is about, with a sign where a stance is marked."""
    for block in view.prose():
        if block.about is not None and block.about < len(view.reference_ids):
            target = view.reference_ids[block.about]
            if target and not _is_entry(view, block):
                _comment(view, found, block, target, COMMENTARY)
    if view.kind == "comment" and view.parent_id:
        _reply(view, found, view.parent_id)


def _is_entry(view: View, block: Block) -> bool:
    return len(view.quote(block).split()) < 4


def _comment(view: View, found: Extraction, block: Block, target: str, rule: str) -> None:
    relation, score = _stance(view, block) if view.own(block) else ("related", 0.5)
    mine = found.in_block(block.number)
    if not mine:
        span = wording.first_proposition(view, block)
        if span is None:
            return
        kind = wording.classify(view.text[slice(*span)])[0]
        if kind not in {"critique", "question"}:
            kind = "critique" if relation == "attacks" else "claim"
        mine = [found.add(Draft(kind, *span, rule, "structure", CONFIDENCE, view.speaker(block), block.number))]
    for index in mine:
        # What a reader writes about a text is put forward, however it is worded.
        statement = replace(found.statements[index], confidence=max(found.statements[index].confidence, CONFIDENCE))
        found.statements[index] = statement
        if statement.kind == "question":
            continue
        vouched = statement.voice == "author" or _VOUCHES.match(view.quote(block)) is not None
        sign, sure = (relation, score) if vouched else ("related", 0.5)
        basis: Basis = "structure" if sign == "related" else "cue"
        found.links.append(LinkDraft(index, target, sign, rule, basis, sure, (statement.start, statement.end)))


def _stance(view: View, block: Block) -> tuple[Relation, float]:
    """The sign that the block, or a bullet above it that announces it, gives."""
    if marked := remarks.of([view.text[slice(*span)] for span in view.sentences(block)]):
        return marked[0], 0.7
    above = view.blocks.get(block.parent) if block.parent is not None else None
    while above is not None:
        quote = view.quote(above)
        if quote.rstrip().endswith(":") and (marked := remarks.of([quote])):
            return marked[0], 0.65
        above = view.blocks.get(above.parent) if above.parent is not None else None
    return "related", 0.5


def _reply(view: View, found: Extraction, parent: str) -> None:
    """A comment's leading statement, linked to the post; signed only by a stance marker near its start."""
    blocks = [block for block in view.prose() if view.own(block)]
    if not blocks:
        return
    opening = next((b for b in blocks if len(view.quote(b).split()) >= 3), blocks[0])
    if stances := _stances(view, found, parent, blocks):
        found.links += stances
        return
    first = view.sentences(opening)[:3]
    marked = _opening_stance(view, first) if view.answered(opening) is None else None
    if marked:
        relation, evidence = marked
        source = _said_with(view, found, opening, evidence, relation)
        if source is not None:
            found.links.append(LinkDraft(source, parent, relation, COMMENT_ON_POST, "cue", 0.6, evidence))
            return
    said = enumerate(found.statements)
    candidates = [i for i, s in said if s.kind in {"claim", "critique"} and s.voice == "author"]
    if not candidates:
        span = wording.first_proposition(view, opening)
        if span is None:
            return
        kind = wording.classify(view.text[slice(*span)])[0]
        candidates = [
            found.add(Draft(kind, *span, COMMENT_LEAD, "structure", 0.5, view.speaker(opening), opening.number))
        ]
    lead = max(candidates[:4], key=lambda i: found.statements[i].confidence)
    statement = found.statements[lead]
    found.links.append(
        LinkDraft(lead, parent, "related", COMMENT_ON_POST, "structure", 0.5, (statement.start, statement.end))
    )  # fmt: skip


def _stances(view: View, found: Extraction, parent: str, blocks: Sequence[Block]) -> list[LinkDraft]:
    """What a comment says for or against what it answers, up to the first quote: that is another matter.

    Where it does both, the agreement is what it grants.
    """
    quoted = min((block.start for block in view.blocks.values() if block.kind == "quote"), default=len(view.text))
    spans = [
        (span, b.number) for b in blocks if b.start < quoted and view.answered(b) is None for span in view.sentences(b)
    ]
    words = [view.text[slice(*span)] for span, _ in spans]
    drafts = []
    for number, (span, block) in enumerate(spans):
        opens = number == 0 or (number == 1 and len(words[0].split()) <= _SHORT)
        before = words[number - 1] if number and spans[number - 1][1] == block else ""
        after = words[number + 1] if number + 1 < len(spans) and spans[number + 1][1] == block else ""
        marker = markers.find(words[number], opening=opens, before=before, after=after)
        if marker is None or marker.relation == "related" or markers.concedes(words[number], marker):
            continue
        if markers.with_somebody_else(words[number], marker, frozenset()):
            continue
        said = bearers.Said(view.text, spans, number, view.speaker(view.blocks[block]))
        source = bearers.bearer(found, said, marker)
        if source is not None:
            score = 0.6 if opens else 0.5
            drafts.append(LinkDraft(source, parent, marker.relation, COMMENT_ON_POST, "cue", score, span))
    against = any(draft.relation == "attacks" for draft in drafts)
    return [draft for draft in drafts if not (against and draft.relation == "supports")]


def _opening_stance(view: View, spans: Sequence[Span]) -> tuple[Relation, Span] | None:
    """The stance with which a comment begins: in its first sentence, or its second after a word of thanks."""
    heads = [view.text[slice(*span)] for span in spans]
    for number, head in enumerate(heads[:2]):
        if number and len(heads[0].split()) > _SHORT:
            return None
        if _OPENS.match(head) and (marked := remarks.of(heads[number:])) and marked[1] == 0:
            return marked[0], spans[number]
    return None


def _said_with(view: View, found: Extraction, block: Block, evidence: Span, relation: Relation) -> int | None:
    """The statement in which the stance is marked, else the one right after it, else that sentence itself."""
    for index in found.in_block(block.number):
        if found.statements[index].start <= evidence[0] < found.statements[index].end:
            return index
    if len(view.text[slice(*evidence)].split()) >= wording.MIN_WORDS:
        kind: StatementKind = "critique" if relation == "attacks" else "claim"
        return found.add(Draft(kind, *evidence, STANCE, "cue", 0.5, view.speaker(block), block.number))
    following = [i for i in found.in_block(block.number) if found.statements[i].start >= evidence[1]]
    if not following:
        return None
    first = min(following, key=lambda i: found.statements[i].start)
    if relation == "supports" and found.statements[first].kind == "critique":
        return None  # it agrees, and goes on to object
    return first if found.statements[first].kind in {"claim", "critique"} else None
