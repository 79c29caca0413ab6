"""The words of a statement without what only ties them to the sentence before: "But diaries fail" is "Diaries fail".

The quote keeps it. Words that carry a condition, a contrast within the sentence or a name stay: "Though small, the
trial was sound", "But for the diaries", "So far", "Yet another survey", "Second-order effects".
"""

from __future__ import annotations

import re

from kb.extract.standing import FINITE
from kb.text.caseless import Caseless

# What may stand before the statement proper, each with what must not follow it.
_TIES = re.compile(
    r"(?:"
    r"(?:but|and)(?! (?:for\b|so on\b|so forth\b))(?=[,\s]),?\s+(?:(?:so|also|yet|then|besides|still)\b(?! (?:far|much|many|called|long|few|little|life)\b)(?=[,\s]),?\s+(?=(?:the|a|an|this|these|it|there|we|they|i|you)\b))?"
    r"|so(?! (?:far|much|many|few|little|long as|called|that|as|what|too|do|does|did|is|are|be|it goes|is it|called)\b)(?=[,\s]),?\s+"
    r"|so(?=,? (?:what|is|are|do|does|did)\b[^.!]*\?),?\s+"
    r"|(?:also)(?! (?:known|called|referred|related|see|available|in|of|on|at|a|an|by)\b)(?=[,\s]),?\s+"
    r"|(?:however|moreover|furthermore|additionally|nonetheless|nevertheless|besides|likewise|thus|hence|therefore|consequently|accordingly|relatedly|similarly|conversely|anyway|still|yet|then|next|finally|lastly|first|second|third|fourth|firstly|secondly|thirdly|first off|first of all|last thing|in addition|on top of that|that said|that being said|with that said|having said that|all that said|of course|in fact|indeed|again|basically|overall|in short|in other words|in sum|in conclusion|to conclude|to sum up|to be clear|on the other hand|on the one hand|on the flip[- ]?side|at the same time|as a result|for example|for instance|e\.g\.|more generally|more importantly|more meaningfully|most importantly|importantly|in particular|specifically|note that|edit|eta|note|fwiw|conclusion|granted|sure|right|ok|okay|alright|well|oh|yeah|yes|no|nope|hmm|look|listen|see|frankly|honestly|unfortunately|fortunately|admittedly|i mean|you know|for starters|thank you|good question|great question|fair enough|thanks|in the same vein|in a similar vein|on that note|that is|that is to say|like i said|as i said|and some other things i want to mention)(?:,|:|\s*[—–])\s+"
    r"|(?:then|therefore|thus|hence)\s+(?=(?:the|a|an|this|these|there|we|they|it|i|you|one)\b(?! \w+ (?:and|,)))"
    r"|thus\s+(?!far\b)(?=[a-z])"
    r"|\[[^\[\]]{3,40}\]\s+(?=[A-Z])"
    r"|note that\s+|again\s+(?=(?:because|we|the|it|this|i)\b)"
    r")",
    re.I,
)
_THOUGH = Caseless(r"(?:though|although)\s+")
_BECAUSE = Caseless(r"because\s+(?!of\b)")
_ASIDE = re.compile(r"\([^()]*\)")
_MOST = 4  # "And yes, well, I mean, …"
_LEAST = 2  # words that are left
_CLAUSE = re.compile(r"[,;—–]\s")


def without_ties(words: str) -> str:
    """The same without leading connectives and interjections, and with a capital; `words` where little would be left.

    `words` is a statement's text without marks. A connective that opens a clause which the sentence goes on from
    stays, with its clause.
    """
    left = words
    for _ in range(_MOST):
        match = _TIES.match(left) or _alone(left)
        if match is None or len(left[match.end() :].split()) < _LEAST:
            break
        left = left[match.end() :]
    if left is words:
        return words
    if not left[:1].isalpha():  # what follows is a number, a bracket or a quotation: as it stands
        return left if left[:1] in "\"“‘'" or left[:1].isdigit() else words
    first = left.split(maxsplit=1)[0]
    return left if any(c.isupper() for c in first[1:]) else left[0].upper() + left[1:]


def _alone(words: str) -> re.Match[str] | None:
    """Where a whole sentence is one subordinate clause: "Though I think it is fine", "Because diaries are cheap"."""
    match = _THOUGH.match(words) or _BECAUSE.match(words)
    if match is None or _CLAUSE.search(_ASIDE.sub("", words)):
        return None
    # A main clause may follow without a comma ("Because it rains it floods"): two verbs, and it stays.
    verbs = sum(1 for _ in FINITE.finditer(words[match.end() :]))
    return match if verbs and (verbs == 1 or match[0].lower() != "because ") else None
