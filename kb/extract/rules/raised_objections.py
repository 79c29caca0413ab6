"""Objections that a text raises against itself, answered or not, and views that a sentence reports only to object to them.

"One might object that early adopters are unusual", "The obvious worry is that people wait": against what the paragraph
holds so far, else against the text. "Sandoval (2016) finds full savings, but her sample is selected": what follows the
"but" is against what is found. What is granted or put forward and answered with a "But" is in `concessions`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kb.extract import propositions, speech, thesis, wording
from kb.extract.model import Block, Extraction, LinkDraft, Said, Span, View
from kb.extract.stages import Stage
from kb.model.rules import Rule
from kb.text.caseless import Caseless

RAISED, WITHIN = "raised-objection", "objection-within"
STAGE = Stage.WITHIN + 2
RULES = (
    Rule(
        RAISED,
        "link",
        "cue",
        what='"One might object that …", "It may be objected that …", "A more serious objection was raised by …, who maintains '
        'that …", "The obvious worry is that …"',
        gives="a critique that attacks the sentence of the paragraph before it that judges, else what the text says first "
        'that it holds ("We argue that …"), else the statement of the title, else the text',
        score="0.60, 0.55 at the text",
    ),
    Rule(
        WITHIN,
        "link",
        "cue",
        what='a view and an objection to it in one sentence: "Sandoval (2016) finds full savings, but her sample …", "Ms Stolz '
        'has since said that …, which may be true but …"',
        gives="the objection attacks the view",
        score="0.60",
    ),
)

_MAY = Caseless(r"object|worry|concern|problem with|\bbut\b|difficulty|danger")
_RAISES = re.compile(
    r"^\W*(?:(?:one|you|someone|somebody|a (?:critic|reader|reviewer|sceptic|skeptic)|critics|some|others|sceptics|skeptics) "
    r"(?:(?:might|may|could|can|will|would) )?(?:\w+ )?(?:object|worry)s? that\b"
    r"|it (?:might|may|could|can|has been|is (?:often|sometimes)) (?:be )?objected (?:\w+ ){0,3}?that\b"
    r"|(?:an?|one|another|the) (?:(?:more|most) )?(?:\w+ )?(?:objection|worry|counter-?argument|reservation) (?:here |to this |against this )?"
    r"(?:is|was|would be|comes|has been|runs|goes)\b(?! (?:wrong|mistaken|confused|misplaced|unfounded|not))"
    r"|the (?:obvious|main|usual|biggest|natural|real|most serious|first|second) (?:problem|difficulty|danger|concern)"
    r"(?: with this| here)? is\b)",
    re.I,
)
_FINDS = re.compile(
    r"^\W*(?:(?:Dr|Prof|Mr|Mrs|Ms)\.? )?[A-Z][\w'’-]+(?:,? (?:and|&) [A-Z][\w'’-]+| et al\.?)? (?:\((?:19|20)\d\d[a-z]?\),? )?(?:\w+ ){0,2}?"
    r"(?:(?:finds?|found|reports?|reported|claims?|claimed|argues?|argued|says?|said|holds?|maintains?|concludes?|concluded|suggests?"
    r"|thinks?|believes?)\b)"
)
_BUT = re.compile(
    r",? (?:which (?:may|might|could) (?:well )?be (?:true|so|right),? but|(?:ok(?:ay)? )?but|though)"
    r" (?=(?:her|his|their|its|this|that|these|those|the|an?|it|there|I|we|he|she|they|no|nobody|nothing|none|if|in|cuts both ways)\b"
    r"|[A-Z])(?=.{12,}$)",
    re.S,
)
_LEAST = 4  # words of a view


def find(view: View, found: Extraction) -> None:
    """Link objections to what they are raised against."""
    for block in propositions.prose(view):
        words = view.quote(block)
        if block.turn is not None or not view.own(block) or not _MAY.search(words):
            continue
        spans = view.sentences(block)
        for number, span in enumerate(spans):
            sentence = view.text[slice(*span)]
            if sentence.rstrip().endswith("?"):
                continue
            if _RAISES.match(sentence):
                _raised(view, found, block, spans, number)
            elif " but " in sentence and _FINDS.match(sentence):
                _within(view, found, block, spans, number)


def _raised(view: View, found: Extraction, block: Block, spans: list[Span], number: int) -> None:
    source = propositions.sentence(view, found, block, spans, number)
    if source is None or any(x.source == source and x.relation != "related" for x in found.links):
        return
    target: int | str | None = None
    for before in range(number - 1, -1, -1):
        if wording.judges(view.text[slice(*spans[before])]):
            target = propositions.sentence(view, found, block, spans, before)
            break
    if target is None and number:
        return  # of a paragraph that only tells
    score = 0.6 if target is not None else 0.55
    target = _thesis(view, found, spans[number][0]) if target is None else target
    if target == source:
        return
    said = found.statements[source]
    voiced = replace(said, voice="quoted", speaker=None) if said.voice == "author" and _OTHERS.match(
        view.text[slice(*spans[number])]) else said  # fmt: skip
    found.statements[source] = replace(voiced, kind="critique") if said.basis == "cue" else voiced
    found.links.append(LinkDraft(source, target, "attacks", RAISED, "cue", score, spans[number]))


_OTHERS = re.compile(
    r"^\W*(?:one|you|someone|somebody|critics|some|others|sceptics|skeptics|it|a (?:critic|reader))\b", re.I
)


def _thesis(view: View, found: Extraction, before: int) -> int | str:
    """What the text says first that it holds ("We argue that …"), else the statement of its title, else the text."""
    announced = [
        i
        for i, s in enumerate(found.statements)
        if s.end <= before and s.voice == "author" and _HOLDS.search(view.text[s.start : s.end])
    ]
    if announced:
        return min(announced, key=lambda i: found.statements[i].start)
    return view.source_id if view.title.rstrip().endswith("?") else thesis.of_text(view, found)


_HOLDS = re.compile(
    r"\b(?:we|I) (?:will |shall |want to |here )?(?:show|argue|claim|defend|maintain|contend|conclude|find|propose) that\b"
    r"|\b(?:my|our) (?:main |central )?(?:claim|thesis|argument|contention|point) is that\b",
    re.I,
)


def _within(view: View, found: Extraction, block: Block, spans: list[Span], number: int) -> None:
    start, end = spans[number]
    sentence = view.text[start:end]
    but = _BUT.search(sentence)
    if but is None or len(sentence[: but.start()].split()) < _LEAST:
        return
    said = speech.reported(view.text, sentence[: but.start()] + ".")
    whole = propositions.sentence(view, found, block, spans, number)
    if whole is None or (said is None and not _YEAR.search(sentence[: but.start()])):
        return
    held = propositions.clause(view, found, block, (start, start + but.start()), whole, joined=True)
    answer = propositions.clause(view, found, block, (start + but.end(), end), whole, joined=True)
    if held is None:
        return
    said = said or Said("quoted", None)
    found.statements[held] = replace(found.statements[held], voice=said.voice, speaker=said.speaker)
    source = whole if answer is None else answer
    found.links.append(LinkDraft(source, held, "attacks", WITHIN, "cue", 0.6, spans[number]))


_YEAR = re.compile(r"\((?:19|20)\d\d[a-z]?\)")
