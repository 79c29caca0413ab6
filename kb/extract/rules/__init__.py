"""The rules, a module each, found here: `STAGE` says when it has its turn, `find` adds what it finds, `RULES` tells it.

`kb/extract/rules/corrections.py`, for a paragraph that takes back what the heading above it says, would be:

    from kb.extract import thesis
    from kb.extract.model import Draft, Extraction, LinkDraft, View
    from kb.extract.stages import Stage
    from kb.model.rules import Rule

    STAGE = Stage.WITHIN
    RULES = (
        Rule("correction", "link", "structure", what="a paragraph that begins `Correction:`",
             gives="attacks the heading above it, else the text", score="0.60"),
    )

    def find(view: View, found: Extraction) -> None:
        for block in view.prose():
            if view.quote(block).startswith("Correction:"):
                span = (block.start, block.end)
                there = found.overlapping(*span)  # what an earlier rule found is not found again
                made = there[0] if there else found.add(
                    Draft("critique", *span, "correction", "structure", 0.6, view.speaker(block), block.number)
                )
                target = thesis.of_section(view, found, block.heading)
                found.links.append(LinkDraft(made, target, "attacks", "correction", "structure", 0.6, span))

With a test of it in `tests/kb/extract/rules` (`tests.kb.extract.views` makes a view of a text) that is all;
docs/extraction.md has its row after `python -m scripts.reference`. Texts that are in the store already are read anew
when they are added again; after a change of a rule that is to have this effect too, give its module a `REVISION`, 2
and up. Who says a statement is settled when it is added (`kb.extract.voice`): a rule gives `view.speaker`, and what a
sentence reports or a block quotes is put right. What rules share (cues, stance, polarity, wording, quoting) stands in
`kb.extract`. A sign comes from structure or from a stance marker with a target, never from similarity. The basis of a
link is `structure` where the place or a label decides (a heading, a list, what is answered), and `cue` where the
wording of a sentence does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from kb.extract.model import Extraction, View
from kb.model.rules import Rule


@dataclass(frozen=True, slots=True)
class RuleModule:
    """A module of rules as it says of itself."""

    name: str
    stage: int
    find: Callable[[View, Extraction], None]
    rules: tuple[Rule, ...]
    revision: int  # raised when it finds something else; 0 for what the first versions found


@cache
def modules() -> tuple[RuleModule, ...]:
    """All modules of rules, in the order in which they have their turns: by stage, then by name."""
    found = []
    for name in sorted(module.name for module in iter_modules(__path__)):
        module = import_module(f"{__name__}.{name}")
        found.append(RuleModule(name, module.STAGE, module.find, module.RULES, getattr(module, "REVISION", 1)))
    return tuple(sorted(found, key=lambda module: module.stage))
