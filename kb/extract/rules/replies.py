"""A reply that quotes what it answers: the quote says which point is meant.

A block quote in a comment whose words stand in the parent, or in the post at the root, ties the comment's next own
statement to the statement that was quoted. The sign comes from the sentence after the quote, where it marks a stance.
"That does not follow" undercuts the link by which what is quoted supports something else.
"""

from __future__ import annotations

from kb.extract import wording
from kb.extract.model import Block, Draft, Extraction, LinkDraft, Quotable, Span, View, Whole
from kb.extract.quoting import locate
from kb.extract.stages import Stage
from kb.extract.stances import bearers, rejoinders, remarks, telling
from kb.extract.stances.markers import Marker
from kb.model.rules import ANSWERED, COMMENT_ON_POST, DOES_NOT_FOLLOW, QUOTED_REPLY, Rule
from kb.model.words import Basis, Relation

STAGE = Stage.ANSWERS + 1
REVISION = 3
RULES = (
    Rule(
        QUOTED_REPLY,
        "statement",
        "structure",
        what="what follows a quote in a comment, where no other rule found a statement",
        gives="a claim or critique: its first proposition",
        score="0.55",
    ),
    Rule(
        QUOTED_REPLY,
        "link",
        "cue, else structure",
        what="the statement after a block quote in a comment whose words stand in the parent comment or the post; what "
        "takes a stance towards the words of any other quote in one of the first two sentences after it",
        gives="supports or attacks the statement quoted (the whole source where none is made there; the quote where it "
        "is not clear which), where the first sentence after the quote has a stance marker; related otherwise",
        score="0.70; 0.60 unsigned, or towards words that stand in no source here",
    ),
    Rule(
        DOES_NOT_FOLLOW,
        "link",
        "cue",
        what='"That does not follow", "non sequitur", "Even if X, it doesn\'t follow that Y" after a quote of a '
        "statement that supports another, or at the start of a turn after one that gave a single reason",
        gives="undercuts the link by which the reason supports",
        score="0.60, 0.55 in a dialogue",
    ),
)

_CONFIDENCE = 0.55  # of a statement that is one only because it answers a quote


def find(view: View, found: Extraction) -> None:
    """Link the statement after each quote to the statement it quotes, or to the whole source where there is none.

    Another's words without a mark (`kb.extract.unmarked`) are quotes too. Of what no source here has, the answer takes
    a stance towards the words as they are quoted, and only where it takes one.
    """
    if not view.voices.quoted and not view.quotable:
        return
    blocks = list(view.blocks.values())
    for at, block in enumerate(blocks):
        if not _is_quote(view, block) or block.label is not None:
            continue
        after = _after(view, blocks, at)
        if not after:
            continue
        target = _quoted(view, block)
        if target is not None:
            source = _statement(view, found, after)
            if source is not None:
                _link(view, found, source, target, block, after[0])
        elif not at or not _is_quote(view, blocks[at - 1]):
            _as_quoted(view, found, [block, *_rest(view, blocks, at)], after)


_TALK = frozenset({"comment", "shortform"})


def _is_quote(view: View, block: Block) -> bool:
    return block.kind == "quote" or not view.own(block)


def _as_quoted(view: View, found: Extraction, quote: list[Block], after: list[Block]) -> None:
    """Link what answers a quote to its words, where it takes a stance towards them at once."""
    if after[0].parent not in {quote[0].parent, quote[-1].number}:
        return  # another entry of a list
    answering = [b for b in after if view.answered(b) is not None]
    spans = [(span, block.number) for block in answering for span in view.sentences(block)]
    words = [view.text[slice(*span)] for span, _ in spans]
    quoted = " ".join(view.quote(block) for block in quote)
    talk = view.kind in _TALK
    opens = {n for n in range(1, len(spans)) if spans[n][1] != spans[n - 1][1]} if talk else set()
    for number, relation in rejoinders.answers(words, quoted, talk=talk, opens=frozenset(opens)):
        marker = Marker("disagrees" if relation == "attacks" else "agrees", 0, 0, back=True)
        source = bearers.bearer(found, bearers.Said(view.text, spans, number, view.speaker(after[0])), marker)
        target = _words_meant(view, found, quote, words[number]) if source is not None else None
        if source is None or target is None or any(x.source == source and x.target == target for x in found.links):
            continue
        found.links.append(LinkDraft(source, target, relation, QUOTED_REPLY, "cue", 0.6, spans[number][0]))


def _words_meant(view: View, found: Extraction, quote: list[Block], answer: str) -> int | Whole | None:
    """What of a quote is answered: the statement it makes; of several the one that shares words with the answer."""
    there = [i for b in quote for i in found.in_block(b.number) if found.statements[i].kind != "question"]
    if not there:
        spans = [span for block in quote if (span := wording.first_proposition(view, block)) is not None]
        if len(spans) != 1 or (kind := wording.classify(view.text[slice(*spans[0])])[0]) == "question":
            return Whole(quote[0].number)
        block = next(b for b in quote if b.start <= spans[0][0] < b.end)
        return found.add(Draft(kind, *spans[0], ANSWERED, "cue", 0.45, None, block.number))
    if len(there) == 1:
        return there[0]
    own = telling.words(answer)
    rated = sorted(
        ((len(own.shared(telling.words(view.text[found.statements[i].start : found.statements[i].end]))), i)
         for i in there), reverse=True
    )  # fmt: skip
    return rated[0][1] if rated[0][0] > rated[1][0] else Whole(quote[0].number)


def _rest(view: View, blocks: list[Block], at: int) -> list[Block]:
    """The other blocks of a quote of several paragraphs."""
    end = at + 1
    while end < len(blocks) and _is_quote(view, blocks[end]):
        end += 1
    return blocks[at + 1 : end]


def _quoted(view: View, block: Block) -> str | None:
    """Id of the statement that the block quotes, or of the source where it makes none there."""
    for source in view.quotable:
        if (span := locate(view.quote(block), source.text)) is not None:
            return _at(source, span)
    return None


def _reason(view: View, statement: str) -> str | None:
    """The link by which a quoted statement supports another."""
    return next((q.reasons[statement] for q in view.quotable if statement in q.reasons), None)


def _at(source: Quotable, span: Span) -> str:
    def shared(statement: tuple[str, int, int]) -> int:
        return min(statement[2], span[1]) - max(statement[1], span[0])

    best = max(source.statements, key=shared, default=None)
    return best[0] if best is not None and shared(best) > 0 else source.source_id


def _after(view: View, blocks: list[Block], at: int) -> list[Block]:
    """What is said after a quote, up to the next one; a quote of several paragraphs is one quote."""
    while at + 1 < len(blocks) and _is_quote(view, blocks[at + 1]):
        at += 1
    said: list[Block] = []
    for block in blocks[at + 1 :]:
        if _is_quote(view, block):
            break
        if block.kind in {"paragraph", "item", "insertion"}:
            said.append(block)
    return said


def _statement(view: View, found: Extraction, after: list[Block]) -> int | None:
    """The first statement there, or the first sentence that could be one."""
    for block in after:
        if there := [i for i in found.in_block(block.number) if found.statements[i].voice == "author"]:
            return min(there, key=lambda index: found.statements[index].start)
    for block in after:
        if (span := wording.first_proposition(view, block)) is not None:
            kind = wording.classify(view.text[slice(*span)])[0]
            draft = Draft(kind, *span, QUOTED_REPLY, "structure", _CONFIDENCE, view.speaker(block), block.number)
            return found.add(draft)
    return None


def _link(view: View, found: Extraction, source: int, target: str, quote: Block, following: Block) -> None:
    opening = [view.text[slice(*span)] for span in view.sentences(following)[:2]]
    marked = remarks.of(opening)
    relation: Relation = "related"
    basis: Basis = "structure"
    score = 0.6
    if (step := remarks.step(opening)) is not None:
        if reason := _reason(view, target):
            evidence = view.sentences(following)[step]
            found.links.append(LinkDraft(source, reason, "undercuts", DOES_NOT_FOLLOW, "cue", 0.6, evidence))
        marked = ("attacks", 0) if step == 0 else marked
    if marked and marked[1] == 0:
        relation, basis, score = marked[0], "cue", 0.7
    elif answers := rejoinders.answers(opening, view.quote(quote), talk=True):
        relation, basis, score = answers[0][1], "cue", 0.6
    if any(x.source == source and x.target == target and x.rule == QUOTED_REPLY for x in found.links):
        return  # a quote of several paragraphs
    # That the comment is about the post as a whole says less, unless it says more of the sign.
    found.links[:] = [
        x
        for x in found.links
        if x.source != source
        or not (x.target == target or (x.rule == COMMENT_ON_POST and x.relation in {relation, "related"}))
    ]
    found.links.append(LinkDraft(source, target, relation, QUOTED_REPLY, basis, score, (quote.start, quote.end)))
