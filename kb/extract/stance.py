"""Where a speaker stands towards what is answered, in the sentences that open the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.extract import cues
from kb.model.words import Relation

_BUT = re.compile(
    r"\W*(?:but|however|though|still|yet|that said|on the other hand|my (?:main |only |biggest )?"
    r"(?:concern|worry|objection)"
    r"|i(?:['’]m| am) (?:\w+ )?(?:worried|concerned))\b",
    re.I,
)
_STEP = re.compile(
    r"\b(?:(?:that|this|it|which|the (?:conclusion|inference)) (?:simply |just |still )?(?:does(?:n['’]t| not)"
    r"|need not) "
    r"(?:\w+ )?follow|non[- ]sequitur|begs the question|(?:that|this) (?:is|would be) no reason (?:to|for|why)"
    r"|(?:does(?:n['’]t| not)) (?:imply|entail|show) (?:that|this|the)|even if [^.;?!]{3,120}, [^.;?!]{0,80}"
    r"(?:(?:does|would|do)(?:n['’]t| not) follow|tells? us nothing about))",
    re.I,
)
_BUT_WITHIN = re.compile(r"[,;] (?:but|though|yet) ", re.I)


def step(sentences: Sequence[str]) -> int | None:
    """The number of the sentence that says a reason is none: "that does not follow"; None where none does."""
    return next((n for n, s in enumerate(sentences) if _STEP.search(s) and not s.rstrip().endswith("?")), None)


def of(sentences: Sequence[str]) -> tuple[Relation, int] | None:
    """("supports" or "attacks", number of the sentence that marks it), or None.

    The first marker decides. Agreement that is only granted before a "but" is none, and questions mark nothing.
    """
    for number, sentence in enumerate(sentences):
        if sentence.rstrip().endswith("?"):
            continue
        if cues.DISAGREES.search(sentence):
            return "attacks", number
        if cues.AGREES.search(sentence):
            granted = _BUT_WITHIN.search(sentence) or any(_BUT.match(s) for s in sentences[number + 1 : number + 2])
            return None if granted else ("supports", number)
    return None
