"""Theories of impact, listed one by one, and the answers under them.

A list under a heading or introduction that speaks of theories of impact gives a theory for each item; what hangs
under an item answers it. An answer may only point elsewhere ("same critique as 10. Norm setting", "critiqued in
section X"): then what stands there attacks this theory too, with the pointer as evidence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache

from kb.extract import cues, polarity, wording
from kb.extract.model import Block, Draft, Extraction, LinkDraft, Span, View
from kb.extract.stages import Stage
from kb.model.rules import Rule
from kb.text.strings import fold

LISTED, ANSWER, POINTER = "theory-list", "answer-to-theory", "pointer"
STAGE = Stage.STRUCTURE + 1
REVISION = 2
RULES = (
    Rule(
        LISTED,
        "statement",
        "structure",
        what="the items of a list of three or more under a heading or introduction that speaks of theories of impact "
        "or change",
        gives="a theory of impact; its speaker is who the introduction says proposed or owns the list",
        score="0.90",
    ),
    Rule(
        ANSWER,
        "statement",
        "structure",
        what="what hangs under such an item",
        gives="a critique: its first sentences, as far as the first that judges; that one alone, with the first for "
        "its context, where much stands between",
        score="0.80",
    ),
    Rule(
        ANSWER,
        "link",
        "structure",
        what="a critique that hangs under a listed theory",
        gives="attacks the theory",
        score="0.85; 0.60 if it grants that the theory is valid",
    ),
    Rule(
        POINTER,
        "link",
        "structure",
        what='an answer that points elsewhere: "Same critique as 3. Range maps", "Critiqued in section “…”"',
        gives="what stands there attacks this theory too; the pointer is the evidence",
        score="0.75",
    ),
)


_NAMED = re.compile(r"^\W*(?P<title>[^:.?!\n]{3,80}?)\W* ?:\s")
_PROPOSED_BY = re.compile(
    r"\b(?:proposed|listed|made|given|suggested|written) by (?P<who>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)\b"
)
_OWNER = re.compile(r"\b(?P<who>[A-Z][\w-]+(?: [A-Z][\w-]+)?)[’']s\b")
_ANNOUNCES = re.compile(
    r"\b(?:here (?:is|are)|list|longlist|following|these|those|each)\b[^.?!]{0,80}"
    r"\btheor(?:y|ies) of (?:impact|change)\b"
    r"|\btheor(?:y|ies) of (?:impact|change)\b[^.?!]{0,80}:\s*$",
    re.I,
)
_SAME_AS = re.compile(
    r"\b(?:same|similar) (?:critique|critiques|answer|objection|reply|problem)s? (?:as|to)(?: (?:in|for|under))? "
    r"(?:(?:number|no\.|#|point|theory|item)\s*)?(?P<number>\d+)?\.?\s*(?P<title>[^.\n]*)",
    re.I,
)
_IN_SECTION = re.compile(
    r"\b(?:critiqued?|criticized|criticised|answered|discussed|see|refer to|same critiques? as|critiques as)\b"
    r"[^.“\"\[]{0,40}\bsection\s+[“\"]?\s*(?P<title>[^”\".\]\n]{3,120})",
    re.I,
)
_SAYS_WHY = 9  # words with which an answer says more than a verdict
_CRITICAL = 0.5
_LIST = 3  # items that make a list
_TURNS = re.compile(r"(?:^|[.!?]\s+)(?:but|however|yet)\b|\bI (?:don['’]t|do not)\b", re.I)
_VERDICT = re.compile(r"^(?:Not the most direct way|Yes|No|Unclear|Maybe|Object level|Meta level)\b", re.I)


def find(view: View, found: Extraction) -> None:
    """Add listed theories, their answers, and what the answers point to."""
    theories = _listed(view, found)
    for number, index in theories.items():
        for child in view.children.get(number, []):
            _answer(view, found, index, view.blocks[child])
    _pointers(view, found, theories)


def _listed(view: View, found: Extraction) -> dict[int, int]:
    """Statement index of each theory by its block."""
    theories: dict[int, int] = {}

    @cache
    def items() -> Counter[tuple[str, ...]]:
        """How many items stand below the same headings."""
        return Counter(b.heading for b in view.blocks.values() if b.kind == "item" and b.parent is None)

    for block in view.blocks.values():
        if block.kind != "item" or block.parent is not None or not _theory_section(view, block, items):
            continue
        if len(view.quote(block).split()) < 5 or found.in_block(block.number):
            continue
        who = _proposer(view, block)
        draft = Draft("theory_of_impact", block.start, block.end, LISTED, "structure", 0.9, who, block.number)
        theories[block.number] = found.add(draft)
    return theories


def _theory_section(view: View, block: Block, items: Callable[[], Counter[tuple[str, ...]]]) -> bool:
    before = view.introductions[block.number]
    announced = bool(before) and bool(_ANNOUNCES.search(view.quote(before))) if before else False
    headed = any(cues.THEORY.search(title) for title in block.heading[-1:])
    if not (announced or headed) or items()[block.heading] < _LIST:
        return False
    return bool(_NAMED.match(view.quote(block)) or view.children.get(block.number) or headed)


def _proposer(view: View, block: Block) -> str | None:
    """Whose theories they are, where heading or introduction says so; else the text's own author."""
    before = view.introductions[block.number]
    if before and (match := _PROPOSED_BY.search(view.quote(before)) or _OWNER.search(view.quote(before))):
        return match["who"]
    return view.speaker(block)


def _answer(view: View, found: Extraction, theory: int, block: Block) -> None:
    if block.kind not in {"item", "paragraph"}:
        return
    spans = view.sentences(block)
    if not spans or _is_pointer(view.text[slice(*spans[0])]):
        spans = spans[1:]
    if not spans:
        return
    span, context = _gist(view, spans)
    if len(view.text[slice(*span)].split()) < 4:
        return
    answer = found.add(
        Draft(
            "critique",
            *span,
            ANSWER,
            "structure",
            0.8,
            view.speaker(block),
            block.number,
            context=context,
        )
    )
    agrees = re.search(
        r"\b(?:is valid|I (?:do )?agree|I believe (?:it|this)|the one I believe|good theory|promising)\b",
        view.text[slice(*span)],
    )
    score = 0.6 if agrees else 0.85
    found.links.append(LinkDraft(answer, theory, "attacks", ANSWER, "structure", score, span))


def _gist(view: View, spans: list[Span]) -> tuple[Span, Span | None]:
    """A verdict with the first sentence that says why; what only describes comes with it, or is left out.

    The second is the context of a sentence that stands too far behind the first.
    """
    start, end = spans[0]
    for number, (_, stop) in enumerate(spans):
        words = view.text[start:stop]
        if number and len(words.split()) > wording.MAX_WORDS:
            break
        end = stop
        head = view.text[slice(*spans[0])]
        if len(words.split()) >= _SAYS_WHY and not (number == 0 and _VERDICT.match(head) and len(words.split()) < 12):
            break
    if _says_something(view.text[start:end]):
        return (start, end), None
    for place in spans:
        if place[0] < end or not _says_something(view.text[slice(*place)]):
            continue
        words = view.text[start : place[1]]
        if len(words.split()) <= wording.MAX_WORDS:
            return (start, place[1]), None
        return place, spans[0]
    return (start, end), None


def _says_something(words: str) -> bool:
    """Whether they judge, or turn against what stands above, beyond a verdict that is given to many."""
    rest = _VERDICT.sub("", words).strip(" .:;,")
    return polarity.against(rest) >= _CRITICAL or wording.judges(rest) or bool(_TURNS.search(rest))


def _is_pointer(sentence: str) -> bool:
    return bool(_SAME_AS.search(sentence) or _IN_SECTION.search(sentence)) and len(sentence.split()) <= 25


def _pointers(view: View, found: Extraction, theories: dict[int, int]) -> None:
    by_title = {fold(_title(view, number)): index for number, index in theories.items()}
    for number, theory in theories.items():
        for child in [number, *view.children.get(number, [])]:
            block = view.blocks[child]
            for start, end in view.sentences(block):
                _pointer(view, found, theory, by_title, (start, min(end + 60, block.end)), (start, end))


def _pointer(
    view: View, found: Extraction, theory: int, by_title: dict[str, int], window: Span, evidence: Span
) -> None:
    text = view.text[slice(*window)]
    targets: list[int] = []
    if match := _SAME_AS.match(text) or (_SAME_AS.search(text) if text.lower().startswith("mostly") else None):
        title = fold(match["title"]).strip(" .")
        other = next(
            (i for t, i in by_title.items() if title and t and (title.startswith(t) or t.startswith(title))),
            None,
        )
        if other is not None and other != theory:
            targets = [
                x.source
                for x in found.links
                if isinstance(x.source, int) and x.target == other and x.relation == "attacks"
            ]
            evidence = (window[0], window[0] + match.start() + len(match[0].rstrip()))
    if not targets and (match := _IN_SECTION.search(view.text[slice(*evidence)])):
        targets = _of_section(view, found, match["title"])
    for source in targets[:3]:
        found.links.append(LinkDraft(source, theory, "attacks", POINTER, "structure", 0.75, evidence))


def _of_section(view: View, found: Extraction, title: str) -> list[int]:
    """What a section says: the statement its heading makes, else the first critique in it."""
    wanted = fold(title).strip(' .?“”"')
    for block in view.blocks.values():
        heading = fold(view.quote(block)).strip(" .?") if block.kind == "heading" else ""
        if not heading or not (heading.startswith(wanted) or wanted.startswith(heading)):
            continue
        if own := found.overlapping(block.start, block.end):
            return own[:1]
        return _first_critiques(view, found, block)
    return []


def _first_critiques(view: View, found: Extraction, heading: Block) -> list[int]:
    name = view.quote(heading)
    for block in view.prose():
        if block.number <= heading.number or name not in block.heading:
            continue
        spans = view.sentences(block)
        for number in range(len(spans)):
            candidate = wording.judge(view, block, spans, number)
            if candidate and candidate.kind == "critique" and not found.overlapping(*candidate.span):
                draft = Draft(
                    "critique",
                    *candidate.span,
                    candidate.rule,
                    "cue",
                    candidate.confidence,
                    view.speaker(block),
                    block.number,
                )
                return [found.add(draft)]
    return []


def _title(view: View, number: int) -> str:
    match = _NAMED.match(view.quote(view.blocks[number]))
    return match["title"].strip() if match else view.quote(view.blocks[number])[:40]
