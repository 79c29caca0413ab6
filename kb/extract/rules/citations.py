"""Works that a sentence cites and speaks for or against: "Smith et al. (2020) fail to explain …", "contrary to [3]"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kb.extract import cited_work
from kb.extract.model import Block, Draft, Extraction, LinkDraft, Pointer, Span, View
from kb.extract.stages import Stage
from kb.model.rules import Rule
from kb.model.words import StatementKind

RULE = "citation-stance"
STAGE = Stage.WITHIN + 3
RULES = (
    Rule(
        RULE,
        "link",
        "cue",
        what="a citation or link that is the subject or object of a plain phrase: “[12] fails to explain …”, “contrary "
        "to Moss (2019), we find …”, “we agree with [7]”, “our results replicate …”",
        gives="the statement, else the sentence, attacks or supports the work that is cited",
        score="0.60",
    ),
)

_SCORE = 0.6
_YEAR = re.compile(r"\W*(?:19|20)\d\d[a-z]?\W*")
_CONTEXTS = "Citations in context"  # as `importers.web.cited` has them
_PLAIN = re.compile(r"\[\d{1,3}\]|\((?:19|20)\d\d[a-z]?\)")


def find(view: View, found: Extraction) -> None:
    """Link what is said of a cited work to it."""
    if not view.pointers:
        return
    waiting = sorted(view.pointers, key=lambda one: one.end)
    ends = [one.end for one in waiting]
    for block in view.prose():
        inside = waiting[bisect_right(ends, block.start) : bisect_right(ends, block.end)]
        if not inside or not view.own(block):
            continue
        for span, places, pointers in _cited(view, block, inside):
            _sentence(view, found, block, span, places, pointers)


def _cited(
    view: View, block: Block, inside: Sequence[Pointer]
) -> Iterator[tuple[Span, list[tuple[Span, bool]], list[Pointer]]]:
    """The sentences of a block that cite, with the places of the citations in each."""
    if block.heading[-1:] == (_CONTEXTS,) and len(inside) == 1:
        quoted = re.match(r"“(?P<words>.+)” \(on ", view.quote(block), re.S)
        plain = list(_PLAIN.finditer(quoted["words"])) if quoted else []
        if len(plain) == 1:  # the sentence cites what stands behind it
            span = (block.start + 1, block.start + 1 + len(quoted["words"] if quoted else ""))
            yield span, [(plain[0].span(), plain[0][0].startswith("("))], [inside[0]]
        return
    for start, end in view.sentences(block):
        if not cited_work.may_take_sides(view.text[start:end]):
            continue
        pointers = [one for one in inside if start < one.end <= end and start <= one.start]
        if pointers:
            words = [view.text[one.start : one.end] for one in pointers]
            shown = [re.sub(r"\]\(.*", "", one, flags=re.S).lstrip("[(") for one in words]
            places = [(one.start - start, one.end - start) for one in pointers]
            yield (start, end), [(p, bool(_YEAR.fullmatch(s))) for p, s in zip(places, shown, strict=True)], pointers


def _sentence(
    view: View, found: Extraction, block: Block, span: Span, places: list[tuple[Span, bool]], pointers: list[Pointer]
) -> None:
    marked = cited_work.stance(view.text[slice(*span)], places)
    if marked is None:
        return
    number, relation = marked
    target = pointers[number].target
    if not target or target == view.source_id:
        return
    there = [index for index in found.overlapping(*span) if found.statements[index].kind != "question"]
    if there and all(found.statements[index].voice != "author" for index in there):
        return  # somebody else says so
    kind: StatementKind = "critique" if relation == "attacks" else "claim"
    own = [index for index in there if found.statements[index].voice == "author"]
    index = own[0] if own else found.add(Draft(kind, *span, RULE, "cue", 0.5, view.speaker(block), block.number))
    if found.statements[index].voice == "author":
        found.links.append(LinkDraft(index, target, relation, RULE, "cue", _SCORE, span))
