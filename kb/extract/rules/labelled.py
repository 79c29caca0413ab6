"""Parts that are labelled as reasons, objections or replies, wherever people write such labels.

"**Con 2.** …", a list under "Pros", "Reply to objection 2: …", columns For | Against, "1.2. Con: …". The label is the
sign; what it hangs on is said by nesting, number and order (`kb.extract.labels.targets`), else it is what the section
around is about: its question, its thesis, its subject, else the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kb.extract import standing, thesis, wording
from kb.extract.labels import pieces, points, reading, targets
from kb.extract.labels.model import Point
from kb.extract.labels.targets import Around
from kb.extract.labels.vocabulary import OBJECTIONS, SIGN, WORDS, Role
from kb.extract.model import Block, Draft, Extraction, LinkDraft, Span, View
from kb.extract.rebuttals import aligning, sections, stand
from kb.extract.stages import Stage
from kb.model.rules import LABEL, OBJECTION_SECTION, REPLY_TO_OBJECTION, Rule
from kb.model.words import Relation, StatementKind
from kb.text import sentences
from kb.text.plain import plain
from kb.text.strings import fold, squash

STAGE = Stage.STRUCTURE + 2
RULES = (
    Rule(
        LABEL,
        "statement",
        "structure",
        what='what stands after a label ("Objection 2: …", "**Con.** …", "Good, because …"), as an item or paragraph '
        'under one ("Pros", "Arguments against"), in a column that has one as its head, in a callout of that type; and '
        "what it hangs on, where that is a heading or an item of the text",
        gives="a critique for what speaks against something, evidence or a claim for what speaks for it, a claim for "
        "a thesis, a question where a question is discussed; without its label",
        score="0.80; 0.55 where it is no whole sentence, 0.40 below three words and for a mere subject",
    ),
    Rule(
        OBJECTION_SECTION,
        "link",
        "structure",
        what="under Objections, Counterarguments, Criticisms, Arguments against and the like: each item, and each "
        "subsection, by its heading where that is a sentence, else by what it says first",
        gives="attacks the thesis or question of the section around, else the text",
        score="0.75, 0.65 at the text",
    ),
    Rule(
        REPLY_TO_OBJECTION,
        "link",
        "structure",
        what='"Reply: …", "Response to objection 2. …", "Rebuttal: …", an item under an objection where the heading '
        'promises replies, or a section "Replies to objections" with as many items as there were objections',
        gives="attacks the objection of that number, that it hangs under, or just before",
        score="0.85 nested or by number, 0.80 by order",
    ),
    Rule(
        LABEL,
        "link",
        "structure",
        what="Pro, Con, For, Against, Advantage, Drawback, Argument, Evidence, Grounds, Warrant, Premise, Objection, "
        "Criticism, Counterclaim, Reply, Response, Rebuttal, Rejoinder and the like; one that is also an ordinary word "
        "only where the text has its partner",
        gives="supports or attacks, as the label says: the item it hangs under, the point of the number it names, the "
        "objection, argument or claim just before, the thesis or question of the section around, else the text",
        score="0.85 nested or by number, 0.80 by order, 0.75 at the section, 0.65 at the text",
    ),
)

_JOINED = re.compile(r" (?:and|&|or|vs\.?|versus) | ?/ ?")
_SEE = re.compile(r"\W*see (?:(?:point|claim|no\.|number) )?(?P<number>\d+(?:\.\d+)*)\W*$", re.I)  # the same again
_LONGEST = 45  # words of a part that is one statement as a whole
_SUBJECT = 0.4  # confidence of a heading or item that only names what is spoken about
_OBJECTIONS = OBJECTIONS | {"argument against", "case against", "the case against"}
_STANDS = 0.8  # confidence of a whole sentence: what is less is read with what it hangs on
_REVIEWED = frozenset(["weakness", "concern", "comment", "remark", "suggestion"]) | {
    word for word, role in WORDS.values() if role is Role.REMARK
}
_PROOF = frozenset(["evidence", "data", "datum", "ground"])
_GENERIC = re.compile(
    r"\W*(?:[\dA-Z]{1,2}(?:\.\d+)*[.):]? )?(?:the )?(?:\w+ )?(?:consequences?|considerations?|arguments?|analysis"
    r"|evaluation|discussion|summary|overview|introduction|background|details|debate|options|decision|outcome|notes"
    r"|implications|comparison|trade-?offs?|review|assessment|verdict|examples?|appendix|reasons?|for and against"
    r"|arguments for and against|(?:pros?|advantages?|benefits?|strengths?|costs?|arguments?|objections?|reasons?) "
    r"(?:and|&|/|vs\.?|or) .*)\W*$",
    re.I,
)


@dataclass
class _Made:
    """What the points of a text gave so far."""

    view: View
    found: Extraction
    points: Sequence[Point]
    drafts: dict[int, int] = field(default_factory=dict)  # statement of a point
    around: dict[object, int | str] = field(default_factory=dict)  # of a section, an item, a cell


def find(view: View, found: Extraction) -> None:
    """Add what is labelled, and link it to what it hangs on."""
    if not pieces.any_in(view.text):
        return
    given = points.collect(view)
    made = _Made(view, found, given)
    for number, point in enumerate(given):
        if point.role is Role.QUESTION or _SEE.match(view.text, *point.words):
            continue
        if (draft := _statement(made, point)) is not None:
            made.drafts[number] = draft
    for number, point in enumerate(given):
        if (see := _SEE.match(view.text, *point.words)) and (there := _called(made, see["number"])) is not None:
            made.drafts[number] = there
    for number, point in enumerate(given):
        if number in made.drafts and point.role in SIGN:
            target = targets.chosen(given, number)
            _link(made, number, _repeated(view, given, number) if target is None else target)


def _repeated(view: View, given: Sequence[Point], number: int) -> int | None:
    """Of several objections that a reply may mean the only one whose words it repeats."""
    said = aligning.stems(view.text[slice(*given[number].words)])
    some = targets.several(given, number)
    shared = [n for n in some if said & aligning.stems(view.text[slice(*given[n].words)])]
    return shared[0] if len(shared) == 1 else None


def _called(made: _Made, number: str) -> int | None:
    """The statement of the point with that number."""
    return next((made.drafts.get(n) for n, point in enumerate(made.points) if point.number == number), None)


def _link(made: _Made, number: int, target: targets.Target) -> None:
    point, source = made.points[number], made.drafts[number]
    if target is None:
        return
    end = made.drafts.get(target) if isinstance(target, int) else _around(made, point, target)
    if end is None or end == source or any(x.source == source and x.target == end for x in made.found.links):
        return
    if isinstance(target, int):
        exact = point.under is not None or point.answers is not None or point.row is not None
        score = 0.85 if exact else 0.8
    elif target is Around.SECTION:
        score = 0.65 if isinstance(end, str) else 0.75
    else:
        score = 0.85
    draft = made.found.statements[source]
    if isinstance(end, int) and (draft.confidence < _STANDS or standing.leans(made.view.text[draft.start : draft.end])):
        there = made.found.statements[end]
        draft = made.found.statements[source] = replace(draft, context=(there.start, there.end))
    evidence = (point.whole[0], draft.end) if point.whole[0] <= draft.start < point.whole[1] else point.whole
    made.found.links.append(
        LinkDraft(source, end, _sign(made, point, target), _rule(point), "structure", score, evidence)
    )


def _sign(made: _Made, point: Point, target: targets.Target) -> Relation:
    """What the label says; of a response to a reviewer what its words say, which may concede."""
    answered = made.points[target] if isinstance(target, int) else None
    if answered is None or point.role is not Role.REPLY or answered.word not in _REVIEWED:
        return SIGN[point.role]
    spans = sentences.split(made.view.text, *point.words)
    stance = stand.of([made.view.text[slice(*span)] for span in spans])
    return stance[0] if stance else "related" if answered.role is Role.REMARK else "attacks"


def _rule(point: Point) -> str:
    if point.role is Role.REPLY:
        return REPLY_TO_OBJECTION
    return OBJECTION_SECTION if point.group is not None and point.word in _OBJECTIONS else LABEL


def _statement(made: _Made, point: Point) -> int | None:
    """The statement that a point makes: what there is already in just this place, else its first sentences."""
    view, found = made.view, made.found
    block = view.blocks[point.block]
    span = _first(view.text, *point.words)
    said = plain(squash(view.text[slice(*span)]))
    said = said[:1].upper() + said[1:]
    kind = _kind(point, said)
    for index in found.overlapping(*span):
        there = found.statements[index]
        if there.basis == "authored":
            return index
        if there.start <= span[0] and span[1] <= there.end:
            found.statements[index] = replace(there, kind=kind, words=said)
            return index
    if found.overlapping(*span) or wording.points_elsewhere(view.text[slice(*span)]):
        return None
    if block.kind == "heading":
        span = (block.start, block.end)  # as other rules know headings
    verbatim = plain(squash(view.text[slice(*span)]))
    draft = Draft(kind, *span, LABEL, "structure", _confidence(said), view.speaker(block), block.number,
                  words=None if said == verbatim else said)  # fmt: skip
    return found.add(draft)


def _kind(point: Point, said: str) -> StatementKind:
    if point.role in {Role.ATTACK, Role.COUNTER, Role.REPLY, Role.REJOINDER, Role.REMARK}:
        return "critique"
    if point.role is Role.SUPPORT and (point.word in _PROOF or wording.classify(said)[0] == "evidence"):
        return "evidence"
    return "question" if point.role is Role.CLAIM and said.endswith("?") else "claim"


def _confidence(said: str) -> float:
    words = len(said.split())
    whole = said.endswith((".", "!", "?")) or standing.FINITE.search(said)
    return 0.4 if words < 3 else 0.8 if words >= 4 and whole else 0.55


def _first(text: str, start: int, end: int) -> Span:
    """The whole of a short part, else its first sentences up to one that says something."""
    spans = sentences.split(text, start, end)
    if not spans or (len(spans) <= 2 and len(text[start:end].split()) <= _LONGEST):
        return start, end
    stop = spans[0][1]
    for _, stop in spans:
        if len(text[start:stop].split()) >= wording.MIN_WORDS:
            break
    return start, stop


def _around(made: _Made, point: Point, target: Around) -> int | str | None:
    view = made.view
    key: object
    if target is Around.ITEM and point.under is not None:
        host = view.blocks[point.under]
        key, span = host.number, _first(view.text, host.start, host.end)
        return made.around.setdefault(key, _subject(made, host, span))
    if target is Around.SUBJECT and point.subject is not None:
        if point.subject not in made.around:
            made.around[point.subject] = _subject(made, view.blocks[point.block], point.subject)
        return made.around[point.subject]
    if point.path not in made.around:
        made.around[point.path] = _section(made, point)
    return made.around[point.path]


def _section(made: _Made, point: Point) -> int | str:
    """What a section is about: a question or proposition right before its first point, a heading, else the text."""
    view, found = made.view, made.found
    first = next(other for other in made.points if other.path == point.path)
    if (asked := _asked(view, first)) is not None:
        return _subject(made, asked, (asked.start, asked.end))
    headings = {view.quote(b): b for b in view.blocks.values() if b.kind == "heading"}
    made_there = thesis.headings(view, found)
    for title in reversed(point.path):
        if title in made_there:
            return made_there[title]
        block = headings.get(title)
        if block is None or _names_no_subject(title):
            continue
        if title.rstrip().endswith("?"):
            return _subject(made, block, (block.start, block.end))
        if fold(title) == fold(view.title) or block.level == 1:
            break
        return _subject(made, block, (block.start, block.end))
    return thesis.spoken_about(view, found)


def _names_no_subject(title: str) -> bool:
    """Whether a heading only says what kind of section it is over."""
    if _GENERIC.match(title) or sections.is_review(title) or sections.is_answer(title):
        return True
    return any(reading.whole(part) for part in _JOINED.split(title))


def _asked(view: View, first: Point) -> Block | None:
    """The paragraph before the first point of a section, where it asks or demands what the points speak about."""
    number = first.block - 1
    while (block := view.blocks.get(number)) is not None and reading.whole(view.quote(block).strip("*_: ")):
        number -= 1  # the label over it
    if block is None or block.kind != "paragraph" or block.turn is not None:
        return None
    said = view.quote(block)
    spans = view.sentences(block)
    if len(spans) != 1 or len(said.split()) > _LONGEST or reading.at_start(view.text, block.start, block.end):
        return None
    return block if said.rstrip("*_ ").endswith("?") or _DEMANDS.search(said) else None


_DEMANDS = re.compile(r"^(?!.*:\s*$).*\b(?:should|ought to|must|would be better|is better|are better)\b", re.I)


def _subject(made: _Made, block: Block, span: Span) -> int:
    view, found = made.view, made.found
    there = found.overlapping(*span)
    if there:
        return there[0]
    said = plain(squash(view.text[slice(*span)]))
    asks = said.endswith("?")
    confidence = (
        0.6 if asks else _confidence(said) if len(said.split()) >= 4 and standing.FINITE.search(said) else _SUBJECT
    )
    kind: StatementKind = "question" if asks else "claim"
    return found.add(Draft(kind, *span, LABEL, "structure", confidence, view.speaker(block), block.number))
