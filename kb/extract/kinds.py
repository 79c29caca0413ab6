"""The kind of a statement once its target is known: what is put forward against something is a critique.

Wording alone seldom tells: "Three of the plots changed their crop halfway" blames nobody, and is an objection where it
answers a claim. What evidence says, what a question asks and what a person marked stay what they are.
"""

from __future__ import annotations

from dataclasses import replace

from kb.extract.model import Extraction

LEAST = 0.55
"""Score of a link from which on it tells the kind of what it starts from."""
_AGAINST = {"attacks", "undercuts"}


def settle(found: Extraction) -> None:
    """Make critiques of the claims that attack or undercut something."""
    for link in found.links:
        if isinstance(link.source, int) and link.relation in _AGAINST and link.score >= LEAST:
            draft = found.statements[link.source]
            if draft.kind == "claim" and draft.basis != "authored":
                found.statements[link.source] = replace(draft, kind="critique")
