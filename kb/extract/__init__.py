"""From passages to statements and links, by named rules over structure and wording.

A sign is only ever taken from structure or from a stance marker with a target, never from similarity
(DESIGN, decision 4). Whatever a rule finds is a suggestion that carries the rule's name.
"""

from __future__ import annotations

from kb.extract import (
    argdown_blocks,
    claims,
    commentary,
    dialogue,
    footnotes,
    notation,
    objections,
    outline,
    replies,
    theories,
    titles,
)
from kb.extract.model import Extraction, View

VERSION = "3"

_RULES = (
    notation.find,
    argdown_blocks.find,
    outline.find,
    theories.find,
    claims.find,
    outline.reasons,
    objections.find,
    titles.find,
    footnotes.find,
    commentary.find,
    replies.find,
    dialogue.find,
)
"""In this order: a later rule sees what the earlier ones found and does not find it again."""


def extract(view: View) -> Extraction:
    """All statements and links that the rules find in one source."""
    found = Extraction()
    for rule in _RULES:
        rule(view, found)
    return found
