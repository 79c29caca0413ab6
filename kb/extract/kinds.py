"""The kind of a statement once its voice and target are known, and its wording is read as a whole.

Words of blame seldom tell alone: "Three of the plots changed their crop halfway" blames nobody, and is an objection
where it answers a claim; "Many failures are failures of coordination" blames nobody either. What a person marked, what
a list or label says outright, and what asks a question stay what they are.
"""

from __future__ import annotations

from dataclasses import replace

from kb.extract import findings, impact, rejecting
from kb.extract.model import Draft, Extraction, View
from kb.model.rules import CLAIM_WORDING, CRITIQUE_WORDING, FLAT_CLAIM
from kb.model.words import StatementKind

LEAST = 0.55
"""Score of a link from which on it tells the kind of what it starts from."""
_AGAINST = {"attacks", "undercuts"}
_SAID_TO_BE = {"outline-item", "heading", "answered-item"}  # claims by their place


def settle(view: View, found: Extraction) -> None:
    """Give each statement that was taken for a claim the kind that its target and its wording ask for."""
    against = {
        link.source
        for link in found.links
        if isinstance(link.source, int) and link.relation in _AGAINST and link.score >= LEAST
    }
    for index, draft in enumerate(found.statements):
        if draft.rule == CRITIQUE_WORDING:
            kind = "critique" if index in against else _blaming(_words(view, draft))
        elif draft.kind == "claim" and draft.basis != "authored":
            kind = _kind(view, draft, index in against)
        else:
            continue
        if kind != draft.kind:
            found.statements[index] = replace(draft, kind=kind)


def _words(view: View, draft: Draft) -> str:
    return " ".join((draft.words or view.text[draft.start : draft.end]).split())


def _blaming(words: str) -> StatementKind:
    """The kind of a sentence with words of blame: it may share a view, report, or say what is bad in the world."""
    if rejecting.assents(words):
        return "claim"
    if findings.finding(words):
        return "evidence"
    return "claim" if rejecting.only_names(words) and not rejecting.rejects(words) else "critique"


def _kind(view: View, draft: Draft, against: bool) -> StatementKind:
    if against:
        return "critique"
    if draft.rule in _SAID_TO_BE:
        return "claim"
    words = _words(view, draft)
    if findings.finding(words):
        return "evidence"
    if rejecting.rejects(words):
        return "critique"
    if draft.rule in {CLAIM_WORDING, FLAT_CLAIM} and impact.leads_to_good(words):
        return "theory_of_impact"
    return "claim"
