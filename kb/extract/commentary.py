"""What a reader says about a source: bullets under an entry, and a comment under the post it answers."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.extract import claims, cues, stance
from kb.extract.model import Block, Draft, Extraction, LinkDraft, View

COMMENTARY = 0.6
WHOLE = "comment-on-post"  # the rule that links a comment to what it answers as a whole


def find(view: View, found: Extraction) -> None:
    """Link what is said in commentary to the source it is about, with a sign where a stance is marked."""
    for block in view.prose():
        if block.about is not None and block.about < len(view.reference_ids):
            target = view.reference_ids[block.about]
            if target and not _is_entry(view, block):
                _comment(view, found, block, target, "commentary")
    if view.kind == "comment" and view.parent_id:
        _reply(view, found, view.parent_id)


def _is_entry(view: View, block: Block) -> bool:
    return len(view.quote(block).split()) < 4


def _comment(view: View, found: Extraction, block: Block, target: str, rule: str) -> None:
    relation, score = _stance(view, block)
    mine = found.in_block(block.number)
    if not mine:
        span = first_proposition(view, block)
        if span is None:
            return
        kind = claims.classify(view.text[slice(*span)])[0]
        if kind not in {"critique", "question"}:
            kind = "critique" if relation == "attacks" else "claim"
        mine = [found.add(Draft(kind, *span, rule, "structure", COMMENTARY, view.speaker(block), block.number))]
    for index in mine:
        # What a reader writes about a text is put forward, however it is worded.
        statement = replace(found.statements[index], confidence=max(found.statements[index].confidence, COMMENTARY))
        found.statements[index] = statement
        if statement.kind == "question":
            continue
        basis = "structure" if relation == "related" else "cue"
        found.links.append(LinkDraft(index, target, relation, rule, basis, score, (statement.start, statement.end)))


def first_proposition(view: View, block: Block) -> tuple[int, int] | None:
    """The first sentence of a block that says something of its own."""
    for start, end in view.sentences(block):
        sentence = view.text[start:end]
        if len(sentence.split()) >= 5 and not sentence.rstrip().endswith(":") and not cues.META.match(sentence):
            return start, end
    return None


def _stance(view: View, block: Block) -> tuple[str, float]:
    """The sign that the block, or a bullet above it that announces it, gives."""
    if marked := stance.of([view.text[slice(*span)] for span in view.sentences(block)]):
        return marked[0], 0.7
    above = view.blocks.get(block.parent) if block.parent is not None else None
    while above is not None:
        quote = view.quote(above)
        if quote.rstrip().endswith(":") and (marked := stance.of([quote])):
            return marked[0], 0.65
        above = view.blocks.get(above.parent) if above.parent is not None else None
    return "related", 0.5


def _reply(view: View, found: Extraction, parent: str) -> None:
    """A comment's leading statement, linked to the post; signed only by a stance marker near its start."""
    blocks = list(view.prose())
    if not blocks:
        return
    opening = next((b for b in blocks if len(view.quote(b).split()) >= 3), blocks[0])
    first = view.sentences(opening)[:2]
    head = view.text[first[0][0] : first[-1][1]] if first else ""
    candidates = [i for i, s in enumerate(found.statements) if s.kind in {"claim", "critique"}]
    if not candidates:
        span = first_proposition(view, opening)
        if span is None:
            return
        kind = claims.classify(view.text[slice(*span)])[0]
        candidates = [
            found.add(Draft(kind, *span, "comment-lead", "structure", 0.5, view.speaker(opening), opening.number))
        ]
    lead = max(candidates[:4], key=lambda i: found.statements[i].confidence)
    relation, score = "related", 0.5
    if re.match(
        r"^\W*(?:I (?:\w+ )?disagree|I don(?:'|’)t (?:think|buy)|"
        r"I(?:'|’)m (?:confused|skeptical|not (?:sure|convinced)))",
        head,
        re.I,
    ):
        relation, score = "attacks", 0.6
    elif re.match(r"^\W*(?:I (?:\w+ )?agree|Yeah, agreed|Agreed|Yes,|I(?:'|’)d definitely agree)", head, re.I):
        relation, score = "supports", 0.6
    statement = found.statements[lead]
    evidence = first[0] if relation != "related" and first else (statement.start, statement.end)
    basis = "structure" if relation == "related" else "cue"
    found.links.append(LinkDraft(lead, parent, relation, WHOLE, basis, score, evidence))
