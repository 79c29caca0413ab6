"""What stands behind a colon: "This plan is doomed: Nobody can pay for it" gives its reason."""

from __future__ import annotations

import re

from kb.extract import asides, leads, propositions, speech, standing, wording
from kb.extract.model import Block, Extraction, LinkDraft, Span, View
from kb.extract.rules.announced import ANNOUNCED
from kb.extract.stages import Stage
from kb.model.rules import Rule

RULE = "colon-reason"
STAGE = Stage.STRUCTURE + 5
RULES = (
    Rule(
        RULE,
        "link",
        "cue",
        what='a whole sentence behind the colon of one that judges or announces reasons ("This plan is doomed: Nobody can '
        'pay for it"), in the same sentence, with a capital',
        gives="supports it",
        score="0.60",
    ),
)

_COLON = re.compile(r"^(?P<a>[^:“”\"]{20,}?)(?P<colon>:)\s+(?:\d\)?\.?\s)?(?P<b>[A-Z][^:]{19,})$", re.S)
_NAMES = re.compile(r"\b(?:says?|said|writes?|wrote|asks?|argues?|explains?|puts it|calls?|called|named|question|example|list|like|follows|following"
                    r"|quote[sd]?|note[sd]?|notes that|summary|version|known as|i\.e\.|definition|mean[st]?|see|read|but|and|or|is|are)\W*$", re.I)  # fmt: skip


def find(view: View, found: Extraction) -> None:
    """Link what stands behind a colon to what stands before it."""
    if view.kind == "transcript":
        return
    for block in propositions.prose(view):
        if ": " not in view.text[block.start : block.end]:
            continue
        spans = view.sentences(block)
        for number, span in enumerate(spans):
            if match := _COLON.match(view.text[slice(*span)]):
                _explained(view, found, block, spans, number, match)


def _explained(
    view: View, found: Extraction, block: Block, spans: list[Span], number: int, match: re.Match[str]
) -> None:
    head, behind = match["a"].strip(), match["b"].strip()
    announces = bool(ANNOUNCED.search(head))
    if leads.at(view.text, *spans[number]) is not None:
        return  # a heading of what follows, and no sentence
    if (
        (_NAMES.search(head) and not announces)
        or asides.of(head)
        or speech.reported(view.text, head)
        or behind.endswith("?")
    ):
        return
    if not (wording.judges(head) and standing.FINITE.search(head) and wording.joined(f"{head}.")):
        return
    start = spans[number][0]
    if speech.within(speech.quotations(view.text, block.start, block.end), *spans[number]):
        return
    whole = propositions.sentence(view, found, block, spans, number)
    if whole is None:
        return
    made = propositions.clause(
        view, found, block, (start + match.start("b"), start + len(match[0].rstrip(" ."))), whole
    )
    if made is not None and made != whole:
        found.links.append(LinkDraft(made, whole, "supports", RULE, "cue", 0.6, spans[number]))
