"""The author's own outline: a list of claims near the start, and headings that say something."""

from __future__ import annotations

import re

from kb.extract import cues, polarity, wording
from kb.extract.model import Block, Draft, Extraction, View
from kb.extract.stages import Stage
from kb.model.rules import HEADING, OUTLINE_ITEM, Rule
from kb.model.words import StatementKind
from kb.text.caseless import Caseless
from kb.text.plain import plain
from kb.text.strings import fold

STAGE = Stage.STRUCTURE
REVISION = 0
RULES = (
    Rule(
        OUTLINE_ITEM,
        "statement",
        "structure",
        what='the items of a list that is announced ("Here is the list of claims that I will defend:"), of 4 to 25 '
        "words and with a common verb",
        gives="a claim, or a critique if its wording is negative; a heading that repeats the item is a second mention",
        score="0.90",
    ),
    Rule(
        HEADING,
        "statement",
        "structure",
        what='a heading of 4 to 25 words that says something: a finite verb, no question, no order, no topic ("How to '
        '…", "Related work"), its number left out',
        gives="a claim or critique",
        score="0.70, then the head",
    ),
)

_CUE = re.compile(
    r"\b(?:claims?|points?|arguments?|disagreements?|theses|conclusions?|takeaways?|reasons?|lessons|objections?)\b"
    r"[^.?!]*:\s*(?:\([^)]*\))?\s*$",
    re.I,
)
CRITICAL = 0.6  # a heading is short: one mild word of blame makes it a critique

_ASKS = Caseless(r"(?:what|how|why|when|where|which|who|whether)\b(?![^?]*\?\s)")
_AUXILIARY = Caseless(
    r"\b(?:is|are|was|were|isn['’]t|aren['’]t|can|can['’]t|cannot|could|may|might|must|should|shouldn['’]t|will|won['’]t"
    r"|would|do|does|don['’]t|doesn['’]t|has|have|had)\b",
)
_BASE = (
    r"seem|need|mean|make|help|fail|work|beat|show|require|lead|matter|lack|give|go|improve|reduce|harm|depend|explain"
    r"|scale|generali[sz]e|exist|remain|remove|keep|follow|cause|produce|create|take|get|prove|support|deserve"
    r"|outperform|drive|hide|mask|distort|undermine|replace|cost|pay|hurt|measure|predict|change|grow|shrink|increase"
    r"|decrease|break|build|find|lose|save|spend|waste|reward|encourage|prevent|allow|enable|force|differ|affect|tell"
    r"|say|know|think|learn|use|add|serve|hold|move|turn|reach|miss|ignore|overstate|rest|rely"
)
_THIRD = Caseless(rf"(?<!^)\b(?:{_BASE})(?:s|es)\b(?! (?:of|and|for|vs|versus)\b)")
_PLURAL = Caseless(rf"(?:\w+s|people|we|they|you|I|data) (?:\w+ly |never |often |rarely |always )?(?:{_BASE})\b")
_NUMBER = re.compile(
    r"^(?:(?:section|chapter|part|appendix)\s+)?(?:\d{1,2}(?:\.\d{1,2}){0,4}|[A-Z](?:\.\d)+)[.):]?\s+", re.I
)
_MONTH = re.compile(r"\bMay(?= \d|\s*$|,)")
_TOPIC = Caseless(
    r"^(?:on|about|towards?|from|introduction|related|background|future|table|figure|appendix|case stud|overview|notes?"
    r"|references|see also|further|things?|ways?|tips?|steps?|guide|how|using|enabl|creat|add|mak|sett|gett)\w*\b",
)


def find(view: View, found: Extraction) -> None:
    """Add what the outline and the headings assert."""
    announced: dict[int, bool] = {}  # of the items that were met, whether their list is
    for block in view.blocks.values():
        if block.kind == "item" and _in_claim_list(view, block, announced) and proposition(view.quote(block)):
            _add(view, found, block, OUTLINE_ITEM, 0.9)
    if view.kind == "transcript":
        return  # its headings are the editor's, and nobody's claims
    for block in view.blocks.values():
        if block.kind == "heading" and proposition(view.quote(block)) and not _same(view, found, block):
            _add(view, found, block, HEADING, 0.7)


def _in_claim_list(view: View, block: Block, announced: dict[int, bool]) -> bool:
    """Whether the list is announced: "Here is the list of claims that I will defend:" """
    before = view.blocks.get(block.number - 1)
    if before is not None and before.kind == "item" and before.parent == block.parent:
        told = announced[before.number]
    else:
        told = before is not None and before.kind in {"paragraph", "item"} and bool(_CUE.search(view.quote(before)))
    announced[block.number] = told
    return told


def proposition(title: str) -> bool:
    """Whether a title says something: it has a finite verb, and is neither a question, a topic nor an order."""
    if wording.points_elsewhere(title):
        return False
    title = _MONTH.sub("", _NUMBER.sub("", plain(title)))
    return (
        4 <= len(title.split()) <= 25
        and not _ASKS.match(title)
        and not _TOPIC.match(title)
        and not cues.INSTRUCTION.match(title)
        and not title.rstrip().endswith(("?", ":"))
        and bool(_AUXILIARY.search(title) or _THIRD.search(title) or _PLURAL.search(title))
    )


def _same(view: View, found: Extraction, block: Block) -> bool:
    """A heading that repeats an outline entry is a second mention of it."""
    title = fold(view.quote(block)).rstrip(".?! ")
    for index, there in enumerate(found.statements):
        if there.rule != OUTLINE_ITEM:
            continue
        entry = fold(view.text[there.start : there.end]).rstrip(".?! ")
        if entry == title:
            found.mention(index, (block.start, block.end))
            return True
    return False


def _add(view: View, found: Extraction, block: Block, rule: str, confidence: float) -> None:
    text = view.quote(block)
    critical = wording.classify(text)[0] == "critique" or polarity.against(text) >= CRITICAL
    kind: StatementKind = "critique" if critical else "claim"
    found.add(Draft(kind, block.start, block.end, rule, "structure", confidence, view.speaker(block), block.number))
