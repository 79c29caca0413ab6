"""Headings that are an objection or a reply by a label, and the sentences under one that reject it."""

from __future__ import annotations

import re

from kb.extract.labels import reading
from kb.extract.labels.vocabulary import Role
from kb.extract.model import Block, View

_OBJECTS = frozenset([Role.ATTACK, Role.COUNTER])
_ANSWERS = frozenset([Role.REPLY, Role.REJOINDER])

_OBJECTION = r"(?:objection|criticism|critique|worry|concern|challenge|counter-?argument|counter-?example)"
_ANY = rf"(?:{_OBJECTION}|argument|claim|charge|complaint)"
_HOW = r"(?:(?:simply|plainly|clearly|just|also|itself|quite|deeply|badly|\w+ly|therefore|thus|however) )*"
_FALLS = (
    rf"(?:{_HOW}(?:fails|collapses|misfires|misses (?:the|its) (?:point|mark|target)|rests on an? (?:\w+ )?(?:mistake"
    r"|error|confusion|misunderstanding|misreading|fallacy|false \w+)|begs the question|proves too much|overreaches"
    r"|falls (?:flat|apart|short)|confuses|conflates|overlooks|ignores|misunderstands|misreads|misrepresents)\b"
    rf"|(?:is|seems|looks) {_HOW}(?:mistaken|wrong|confused|misguided|misplaced|unsound|invalid|false|fallacious"
    r"|unconvincing|unpersuasive|baseless|unfounded|groundless|weak|beside the point|easily (?:met|answered))\b"
    rf"|(?:is|are) not {_HOW}(?:convincing|persuasive|sound|valid|compelling|decisive|fatal|conclusive|right|correct)\b"
    rf"|(?:does not|doesn['’]t|cannot|can['’]t) {_HOW}(?:work|succeed|hold|stand|follow|apply|convince|persuade|go"
    r" through|hold up|hold water|be right|get off the ground)\b"
    rf"|(?:can|may) {_HOW}be (?:answered|met|rebutted|refuted|dismissed|set aside|resisted)\b)"
)
_REJECTS = re.compile(rf"\b(?:this|that|the|such an) {_OBJECTION} {_FALLS}", re.I)
_REJECTS_FIRST = re.compile(
    rf"^\W*(?:(?:but|yet|however|still|I think(?: that)?),? )?(?:this|that) {_ANY} {_FALLS}", re.I
)
_OPEN = re.compile(
    r"\?\W*$|\b(?:if|unless|whether|when|suppose|may|might|would|could|says?|said|claims?|thinks?|argues?|believes?"
    r"|suggests?|holds?|maintains?|insists?|repl(?:y|ies)) (?:that )?(?:this|that|the|such an) \w+\b"
    r"|\b(?:not|nobody|never|hardly)\b.{0,30}\b(?:that|say|show|think|mean) (?:that )?(?:this|that|the) \w+\b",
    re.I,
)
"""What leaves it open, or what others say."""
_MINE = re.compile(r"\bI (?:\w+ )?(?:think|say|believe|argue|suggest|hold|maintain) ", re.I)


def headings(view: View) -> dict[str, bool]:
    """The headings that are an objection or a reply, or stand right in a section of them: whether an objection."""
    found: dict[str, bool] = {}
    for block in view.blocks.values():
        if block.kind != "heading":
            continue
        title = view.quote(block)
        label = reading.at_start(view.text, block.start, block.end) or reading.whole(title)
        if label is None and block.heading:
            label = reading.whole(block.heading[-1])
        if label is not None and label.role in _OBJECTS | _ANSWERS:
            found[title] = label.role in _OBJECTS
    return found


def rejects(words: str, *, opens: bool) -> bool:
    """Whether a sentence says that the objection of its section fails.

    "This argument fails" may mean another one, except in the first sentence of the section (`opens`).
    """
    found = _REJECTS.search(words) or (_REJECTS_FIRST.search(words) if opens else None)
    return found is not None and not _OPEN.search(_MINE.sub("", words))


def titled(view: View, block: Block) -> Block | None:
    """The heading right above, where it names an objection and this block says that the objection fails."""
    above = view.blocks.get(block.number - 1)
    if above is None or above.kind != "heading" or reading.whole(view.quote(above)):
        return None
    said = (view.text[slice(*span)] for span in view.sentences(block))
    return above if any(rejects(words, opens=not at) for at, words in enumerate(said)) else None
