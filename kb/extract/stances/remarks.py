"""Where somebody stands towards a text that they remark on, in the sentences that open the remark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.extract import cues
from kb.extract.stances import markers
from kb.model.words import Relation

_STEP = re.compile(
    r"\b(?:(?:that|this|it|which|the (?:conclusion|inference)) (?:simply |just |still )?(?:does(?:n['’]t| not)"
    r"|need not) "
    r"(?:\w+ )?follow|non[- ]sequitur|begs the question|(?:that|this) (?:is|would be) no reason (?:to|for|why)"
    r"|(?:does(?:n['’]t| not)) (?:imply|entail|show) (?:that|this|the)|even if [^.;?!]{3,120}, [^.;?!]{0,80}"
    r"(?:(?:does|would|do)(?:n['’]t| not) follow|tells? us nothing about))",
    re.I,
)


def step(sentences: Sequence[str]) -> int | None:
    """The number of the sentence that says a reason is none: "that does not follow"; None where none does."""
    return next((n for n, s in enumerate(sentences) if _STEP.search(s) and not s.rstrip().endswith("?")), None)


def of(sentences: Sequence[str]) -> tuple[Relation, int] | None:
    """("supports" or "attacks", number of the sentence that marks it), or None.

    The first marker decides. Who agrees and goes on to object attacks; questions mark nothing. What praises or blames
    a text ("convincing", "overstates") counts as well as a stance towards it.
    """
    for number, sentence in enumerate(sentences):
        if sentence.rstrip().endswith("?"):
            continue
        after = sentences[number + 1] if number + 1 < len(sentences) else ""
        marker = markers.find(sentence, opening=number < _OPENING, after=after)
        if marker is not None and marker.relation != "related":
            return marker.relation, number
        if cues.DISAGREES.search(sentence) and not _NO_REPLY.search(sentence):
            return "attacks", number
        if cues.AGREES.search(sentence):
            return None if markers.objection_at(sentence) or markers.opens_objection(after) else ("supports", number)
    return None


_NO_REPLY = re.compile(
    r"\b(?:struggled|hard|tried) to (?:find|think of|come up with) (?:a|any|an)? ?(?:\w+ )?"
    r"(?:reply|answer|objection|counter-?\w*|rebuttal)",
    re.I,
)
_OPENING = 2  # sentences in which a "Yes, but" speaks of what is remarked on
