"""From passages to statements and links, by named rules over structure and wording.

A sign is only ever taken from structure or from a stance marker with a target, never from similarity
(docs/extraction.md says why). Whatever a rule finds is a suggestion that carries the rule's name.
"""

from __future__ import annotations

from functools import partial

from kb.extract import context, kinds, rules, voice
from kb.extract.model import Extraction, View

_SHARED = "6"  # raised when what the rules share (cues, stance, polarity, wording, …) finds something else


def version() -> str:
    """Kept with every source: a text that another version extracted is extracted again when it is added again."""
    revised = [f"{module.name}.{module.revision}" for module in rules.modules() if module.revision]
    return "+".join([_SHARED, *sorted(revised)])


def extract(view: View) -> Extraction:
    """All statements and links that the rules find in one source."""
    view = voice.read(view)
    found = Extraction(partial(voice.settle, view))
    for module in rules.modules():
        module.find(view, found)
    context.fill(view, found)
    kinds.settle(view, found)
    return found
