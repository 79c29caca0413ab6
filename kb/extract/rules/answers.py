"""Lists of proposals, arguments or ideas that the text goes through one by one, with a comment under each.

Theories of impact are such a list too; `theories` reads those. What the comment does to its item is said by the words
that announce it ("with my objections") or by its own; where neither does, it is only related.
"""

from __future__ import annotations

import re

from kb.extract import cues, polarity, wording
from kb.extract.model import Block, Draft, Extraction, LinkDraft, Span, View
from kb.extract.stages import Stage
from kb.extract.stances import remarks
from kb.model.rules import Rule
from kb.model.words import Basis, Relation, StatementKind

LISTED, RULE = "answered-item", "answer-to-item"
STAGE = Stage.STRUCTURE + 2
RULES = (
    Rule(
        LISTED,
        "statement",
        "structure",
        what="the items of a list of three or more, each with one comment under it, behind a heading or introduction that "
        'speaks of proposals, arguments, ideas, options, hypotheses and the like, and of what is said to them ("The '
        "council's proposals, with my comments:\")",
        gives="a claim",
        score="0.70",
    ),
    Rule(
        RULE,
        "statement",
        "structure",
        what="the comment under such an item, down to its first sentence that judges",
        gives="a critique where it attacks the item, else as it is worded",
        score="0.70",
    ),
    Rule(
        RULE,
        "link",
        "structure, else cue",
        what="such a comment",
        gives="attacks the item where critiques or objections are announced, or it is worded against something or takes a "
        "stance against it; supports it by a stance for it; related otherwise",
        score="0.70, 0.50 unsigned",
    ),
)

_THINGS = (
    r"(?:proposals?|arguments?|ideas?|suggestions?|options?|hypothes[ie]s|recommendations?|theses|claims?|plans?|measures?|views?"
    r"|theor(?:y|ies)|approach(?:es)?|solutions?|explanations?|remedies|positions?|reasons?|points?|demands?|myths?)"
)
_AGAINST = r"(?:critiques?|criticisms?|objections?|counter-?arguments?|rebuttals?|refutations?|why (?:each|they|none)\b[^.:]{0,40})"
_SAID = r"(?:comments?|answers?|repl(?:y|ies)|responses?|thoughts|takes?|views?|assessments?|verdicts?|remarks|reactions?|opinions?)"
_INTRODUCES = re.compile(
    rf"\b{_THINGS}\b[^.?!]{{0,120}}\b(?:with|and|followed by|under|below|here)\b[^.?!]{{0,60}}?\b(?:(?P<against>{_AGAINST})|{_SAID})\b"
    rf"|\b(?:(?P<against2>{_AGAINST})|{_SAID})\b (?:to|of|on|about|under) (?:each|every|all|the(?:ir|se|ir)?|\w+['’]s)\b[^.?!]{{0,40}}\b{_THINGS}\b",
    re.I,
)
_LEAD = re.compile(
    r"^\W*(?:(?:my|our)\s)?(?:answer|comment|critique|verdict|assessment|view|take|me|thoughts?|remark)\s?[:.–—]\W*",
    re.I,
)
_LEAST = 3
_CRITICAL = 0.6


def find(view: View, found: Extraction) -> None:
    """Link the comments in such lists to their items."""
    if not any(block.kind == "item" and block.parent is not None for block in view.blocks.values()):
        return
    seen: set[int] = set()
    for block in view.blocks.values():
        if block.kind != "item" or block.parent is not None or block.number in seen:
            continue
        items = _list(view, block)
        seen.update(item.number for item in items)
        answered = [item for item in items if _only(view, item) is not None]
        if len(items) < _LEAST or len(answered) < max(_LEAST - 1, 0.6 * len(items)):
            continue
        said = _INTRODUCES.search(_words_before(view, block))
        if said is None or cues.THEORY.search(said[0]):
            continue
        against = bool(said["against"] or said["against2"])
        for item in answered:
            if (below := _only(view, item)) is not None and not found.in_block(item.number):
                _answer(view, found, item, below, against)


def _list(view: View, first: Block) -> list[Block]:
    """The outermost items from this one on, to the end of the list."""
    items, number = [first], first.number + 1
    while (there := view.blocks.get(number)) is not None and (there.parent is not None or there.kind == "item"):
        if there.parent is None:
            items.append(there)
        number += 1
    return items


def _only(view: View, item: Block) -> Block | None:
    below = [view.blocks[number] for number in view.children.get(item.number, ())]
    return below[0] if below and below[0].kind in {"item", "paragraph"} else None


def _words_before(view: View, block: Block) -> str:
    before = view.introductions[block.number]
    return " ".join([*block.heading[-1:], view.quote(before) if before is not None else ""])


def _answer(view: View, found: Extraction, item: Block, below: Block, against: bool) -> None:
    span, context = _gist(view, below)
    words = view.text[slice(*span)]
    if len(words.split()) < 4 or len(view.quote(item).split()) < 4:
        return
    relation, basis = _sign(words, against)
    listed = found.add(Draft("claim", item.start, item.end, LISTED, "structure", 0.7, view.speaker(item), item.number))
    worded = wording.classify(words)[0]
    kind: StatementKind = "critique" if relation == "attacks" else worded
    made = found.add(Draft(kind, *span, RULE, "structure", 0.7, view.speaker(below), below.number, context=context))
    score = 0.5 if relation == "related" else 0.7
    found.links.append(LinkDraft(made, listed, relation, RULE, basis, score, span))


def _gist(view: View, below: Block) -> tuple[Span, Span | None]:
    """The comment down to the first sentence that judges, without the label that it begins with."""
    start = below.start
    if label := _LEAD.match(view.quote(below)):
        start += label.end()
    spans = [(max(a, start), b) for a, b in view.sentences(below) if b > start]
    for a, b in spans:
        if len(view.text[a:b].split()) < wording.MIN_WORDS:
            continue  # a verdict: it comes with what says why
        if wording.judges(view.text[a:b]) or polarity.against(view.text[a:b]) >= _CRITICAL:
            whole = (spans[0][0], b)
            return (whole, None) if len(view.text[slice(*whole)].split()) <= wording.MAX_WORDS else ((a, b), spans[0])
    return (spans[0] if spans else (start, below.end)), None


def _sign(words: str, against: bool) -> tuple[Relation, Basis]:
    """The relation, by what was announced, by a stance, or by wording against something."""
    marked = remarks.of([words])
    if marked and marked[0] == "supports" and not against:
        return "supports", "cue"
    if against:
        return ("related" if marked and marked[0] == "supports" else "attacks"), "structure"
    if (marked and marked[0] == "attacks") or polarity.against(words) >= 1:
        return "attacks", "cue"
    return "related", "structure"
